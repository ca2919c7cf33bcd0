#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace portolan::reach {

/// Why something passes, is blocked, depends or is not known. The text form is snake_case and
/// stable: `no_public_address`, `sg_no_ingress_rule`. The table in reason.cpp maps each to the
/// explanation code of AWS Reachability Analyzer where one exists.
enum class Reason : std::uint8_t {
  Passed,
  // security groups
  SgNoEgressRule,
  SgNoIngressRule,
  // network ACLs
  AclDeniesEgress,   // out of the source's subnet
  AclDeniesIngress,  // into the destination's subnet
  AclDeniesReply,    // replies on the client's ephemeral ports
  AclLimitsReply,    // only part of the ephemeral ports: depends on the client
  // routes
  NoRoute,
  BlackholeRoute,
  NoReturnRoute,     // the reply has no way back
  AsymmetricReturn,  // the reply would leave by another stateful gateway than the request came
  // addresses
  NoPublicAddress,  // an internet gateway needs a public IPv4 mapping
  NoSuchAddress,    // inside a VPC, but no interface has it
  AddressFamilyMismatch,
  PublicAddressSourceCheck,  // private source cannot use the internet gateway
  InterfaceDown,             // detached interface, or instance not running
  SourceDestCheck,           // forwarding to an interface that checks source and destination
  ForwardsOnly,              // an interface that AWS runs for a gateway is no end of a connection
  // gateways
  GatewayNotAttached,
  NatOutboundOnly,  // no unsolicited inbound through NAT or egress-only gateways
  NatUnavailable,
  NatProtocol,  // NAT passes tcp, udp, icmp only
  PrivateNatToInternet,
  NatSourceOutsideVpc,
  EgressOnlyOutbound,
  PeeringInactive,
  PeeringNotTransitive,  // destination outside the peer's CIDRs
  PeeringEdgeToEdge,     // into the peer's gateway
  TransitNoAssociation,
  TransitNoRoute,
  TransitBlackhole,
  TransitZoneRestriction,  // no attachment subnet in the source's zone
  TransitUnavailable,
  GatewayEndpointScope,  // only from inside the VPC
  GatewayEndpointProtocol,
  EndpointServicePort,  // an AWS service endpoint answers its service's ports
  EndpointUnavailable,
  PrivateLinkOneWay,
  // load balancers
  BalancerNoListener,
  BalancerNoTarget,
  BalancerInactive,
  BalancerTargetBlocked,  // no target accepts the balancer's connection
  BalancerZoneDisabled,   // target in a zone the balancer does not serve
  BalancerHairpin,        // a target calling itself with client IP preserved
  BalancerOneWay,         // the balancer's nodes do not open connections of their own
  // firewalls and appliances
  FirewallDrops,
  FirewallUndecided,   // domain lists, Suricata rules
  ApplianceUndecided,  // a third party's appliance decides
  // account settings
  BlockPublicAccessOn,
  // gaps
  NotCollected,  // a document is missing; the detail names the call
  PrefixListMissing,
  PeerNotCollected,  // a VPC, account or region outside the snapshot decides
  OutOfScope,        // Cloud WAN, Lattice, Client VPN, Outposts … : not modelled
  UnknownRouteTarget,
  PortBlockedByDefault,  // EC2 blocks outbound tcp/25 by default
};

struct ReasonInfo {
  Reason reason;
  std::string_view code;      // snake_case
  std::string_view aws_code;  // Reachability Analyzer's, or empty
  std::string_view sentence;  // for `because` lines
};

/// All reasons, in the order of the enum.
std::span<const ReasonInfo> all_reasons();
const ReasonInfo& info(Reason reason);
inline std::string_view text(Reason reason) { return info(reason).code; }
std::optional<Reason> parse_reason(std::string_view code);

}  // namespace portolan::reach
