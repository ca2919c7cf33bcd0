#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ip.h"
#include "core/service.h"
#include "model/balancer.h"
#include "model/ids.h"
#include "model/tags.h"

namespace portolan {

enum class EndpointKind : std::uint8_t { Gateway, Interface, GatewayLoadBalancer, Other };

/// What an endpoint's policy lets through, as far as it is plain.
enum class EndpointPolicy : std::uint8_t {
  NotTold,  // the document has none
  Open,     // anybody may ask anything of the service
  Bounded,  // every statement is for named principals, or for one's own accounts and networks
  Unclear,  // more than is understood here
};

/// SOURCE: EC2 API, VpcEndpoint.
struct VpcEndpoint {
  VpcEndpointId id;
  Owned owned;
  VpcId vpc;
  EndpointKind kind = EndpointKind::Other;
  std::string service_name;  // com.amazonaws.REGION.s3, com.amazonaws.vpce.REGION.vpce-svc-…
  bool is_available = true;
  std::vector<RouteTableId> route_tables;
  std::vector<SubnetId> subnets;
  std::vector<NetworkInterfaceId> interfaces;
  std::vector<SecurityGroupId> groups;
  EndpointPolicy policy = EndpointPolicy::NotTold;
  friend auto operator<=>(const VpcEndpoint&, const VpcEndpoint&) = default;
};

/// SOURCE: EC2 API, ServiceConfiguration: the provider's side of PrivateLink.
struct EndpointService {
  EndpointServiceId id;  // vpce-svc-…
  Owned owned;
  std::string service_name;
  std::vector<LoadBalancerId> balancers;  // NLBs or GWLBs
  std::optional<bool> asks_acceptance;    // AcceptanceRequired
  friend auto operator<=>(const EndpointService&, const EndpointService&) = default;
};

struct NetworkFirewall;
/// The ARN.
using NetworkFirewallId = Id<NetworkFirewall>;
struct FirewallPolicy;
using FirewallPolicyId = Id<FirewallPolicy>;
struct FirewallRuleGroup;
using FirewallRuleGroupId = Id<FirewallRuleGroup>;

/// SOURCE: Network Firewall API, Firewall with FirewallStatus.
struct NetworkFirewall {
  NetworkFirewallId id;
  Owned owned;
  std::string firewall_name;
  VpcId vpc;
  FirewallPolicyId policy;
  std::vector<SubnetId> subnets;
  std::vector<std::string> endpoints;  // vpce-… of its attachments; empty if not collected
  friend auto operator<=>(const NetworkFirewall&, const NetworkFirewall&) = default;
};

/// A reference of a policy to a rule group. `priority` is 0 where the group has none.
struct FirewallRuleGroupReference {
  FirewallRuleGroupId group;
  int priority = 0;
  friend auto operator<=>(const FirewallRuleGroupReference&,
                          const FirewallRuleGroupReference&) = default;
};

/// SOURCE: Network Firewall API, FirewallPolicy.
struct FirewallPolicy {
  FirewallPolicyId id;
  Owned owned;
  std::vector<FirewallRuleGroupReference> stateless;
  std::vector<std::string> stateless_default_actions;  // aws:pass, aws:drop, aws:forward_to_sfe
  std::vector<FirewallRuleGroupReference> stateful;
  std::vector<std::string> stateful_default_actions;  // aws:drop_strict, aws:drop_established …
  bool is_strict_order = false;
  friend auto operator<=>(const FirewallPolicy&, const FirewallPolicy&) = default;
};

/// A 5-tuple rule, of the stateless or the stateful engine. Empty address or protocol lists = any.
struct FirewallRule {
  int priority = 0;    // stateless only
  std::string action;  // aws:pass, aws:drop, aws:forward_to_sfe; PASS, DROP, REJECT, ALERT
  std::vector<IpPrefix> sources;
  std::vector<IpPrefix> destinations;
  ServiceSet services;  // destination ports and protocols
  bool restricts_source_ports = false;
  bool is_bidirectional = false;  // stateful direction ANY
  bool is_exact = true;           // false: variables, ports or options that are not modelled
  friend auto operator<=>(const FirewallRule&, const FirewallRule&) = default;
};

/// SOURCE: Network Firewall API, RuleGroup.
struct FirewallRuleGroup {
  FirewallRuleGroupId id;
  Owned owned;
  bool is_stateful = false;
  std::vector<FirewallRule> rules;
  bool is_opaque = false;  // domain lists, Suricata strings: what passes is not decided here
  friend auto operator<=>(const FirewallRuleGroup&, const FirewallRuleGroup&) = default;
};

}  // namespace portolan
