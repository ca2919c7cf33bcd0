#include "reach/reason.h"

#include <algorithm>
#include <array>

#include "core/assert.h"

namespace portolan::reach {

namespace {

// The second text is AWS's code for the same obstacle, empty where its analyzer knows none.
// SOURCE: VPC Reachability Analyzer guide, "Reachability Analyzer explanation codes".
// clang-format off
constexpr std::array kReasons = {
    ReasonInfo{Reason::Passed, "passed", "", "passes"},
    ReasonInfo{Reason::SgNoEgressRule, "sg_no_egress_rule", "ENI_SG_RULES_MISMATCH",
               "no egress rule of the source's security groups allows it"},
    ReasonInfo{Reason::SgNoIngressRule, "sg_no_ingress_rule", "ENI_SG_RULES_MISMATCH",
               "no ingress rule of the destination's security groups allows it"},
    ReasonInfo{Reason::AclDeniesEgress, "acl_denies_egress", "SUBNET_ACL_RESTRICTION",
               "the network acl denies it on the way out of the subnet"},
    ReasonInfo{Reason::AclDeniesIngress, "acl_denies_ingress", "SUBNET_ACL_RESTRICTION",
               "the network acl denies it on the way into the subnet"},
    ReasonInfo{Reason::AclDeniesReply, "acl_denies_reply", "SUBNET_ACL_RESTRICTION",
               "a network acl denies the replies on every ephemeral port of the client"},
    ReasonInfo{Reason::AclLimitsReply, "acl_limits_reply", "SUBNET_ACL_RESTRICTION",
               "a network acl lets replies back on a part of the ephemeral ports only, so it depends on the client"},
    ReasonInfo{Reason::NoRoute, "no_route", "NO_ROUTE_TO_DESTINATION",
               "the route table has no route to the destination"},
    ReasonInfo{Reason::BlackholeRoute, "blackhole_route", "BAD_STATE_ROUTE",
               "the route that matches is a blackhole, its target is gone"},
    ReasonInfo{Reason::NoReturnRoute, "no_return_route", "NO_ROUTE_TO_DESTINATION",
               "the replies have no route back to the source"},
    ReasonInfo{Reason::AsymmetricReturn, "asymmetric_return", "",
               "the replies leave by another stateful gateway than the request came by"},
    ReasonInfo{Reason::NoPublicAddress, "no_public_address", "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS",
               "the interface has no public address, so the internet cannot address it"},
    ReasonInfo{Reason::NoSuchAddress, "no_such_address", "NO_POSSIBLE_DESTINATION",
               "the address lies inside a VPC, but no interface has it"},
    ReasonInfo{Reason::AddressFamilyMismatch, "address_family_mismatch", "",
               "one end speaks IPv4 and the other IPv6 only"},
    ReasonInfo{Reason::PublicAddressSourceCheck, "public_address_source_check",
               "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
               "an internet gateway carries only sources that have a public address"},
    ReasonInfo{Reason::InterfaceDown, "interface_down", "BAD_STATE",
               "the interface is detached, or its instance is gone"},
    ReasonInfo{Reason::SourceDestCheck, "source_dest_check", "ENI_SOURCE_DEST_CHECK_RESTRICTION",
               "the interface checks source and destination, so it drops what it would have to forward"},
    ReasonInfo{Reason::ForwardsOnly, "forwards_only", "",
               "the interface belongs to a gateway that forwards traffic and is no end of a connection"},
    ReasonInfo{Reason::GatewayNotAttached, "gateway_not_attached", "BAD_STATE_ATTACHMENT",
               "the gateway is not attached to the VPC"},
    ReasonInfo{Reason::NatOutboundOnly, "nat_outbound_only", "",
               "a NAT gateway lets nobody open connections inwards"},
    ReasonInfo{Reason::NatUnavailable, "nat_unavailable", "BAD_STATE",
               "the NAT gateway is not available"},
    ReasonInfo{Reason::NatProtocol, "nat_protocol", "PROTOCOL_RESTRICTION",
               "a NAT gateway carries tcp, udp and icmp only"},
    ReasonInfo{Reason::PrivateNatToInternet, "private_nat_to_internet",
               "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
               "a private NAT gateway has no way to the internet"},
    ReasonInfo{Reason::NatSourceOutsideVpc, "nat_source_outside_vpc", "NGW_REQUIRES_SOURCE_IN_VPC",
               "a NAT gateway serves only sources inside its own VPC"},
    ReasonInfo{Reason::EgressOnlyOutbound, "egress_only_outbound", "",
               "an egress-only internet gateway lets nobody open connections inwards"},
    ReasonInfo{Reason::PeeringInactive, "peering_inactive", "BAD_STATE",
               "the peering connection is not active"},
    ReasonInfo{Reason::PeeringNotTransitive, "peering_not_transitive",
               "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR",
               "a peering connection carries only traffic between the two VPCs themselves"},
    ReasonInfo{Reason::PeeringEdgeToEdge, "peering_edge_to_edge", "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR",
               "a peering connection does not lead on to a gateway of the other VPC"},
    ReasonInfo{Reason::TransitNoAssociation, "transit_no_association",
               "TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION",
               "the transit gateway attachment has no route table"},
    ReasonInfo{Reason::TransitNoRoute, "transit_no_route", "TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT",
               "the transit gateway route table has no route to the destination"},
    ReasonInfo{Reason::TransitBlackhole, "transit_blackhole", "TGW_RTB_BAD_STATE_ROUTE",
               "the transit gateway route that matches is a blackhole"},
    ReasonInfo{Reason::TransitZoneRestriction, "transit_zone_restriction", "TGW_ROUTE_AZ_RESTRICTION",
               "the transit gateway has no attachment subnet in that availability zone"},
    ReasonInfo{Reason::TransitUnavailable, "transit_unavailable", "BAD_STATE",
               "the transit gateway or its attachment is not available"},
    ReasonInfo{Reason::GatewayEndpointScope, "gateway_endpoint_scope", "",
               "a gateway endpoint serves only sources inside its own VPC"},
    ReasonInfo{Reason::GatewayEndpointProtocol, "gateway_endpoint_protocol",
               "VPCE_GATEWAY_PROTOCOL_RESTRICTION",
               "a gateway endpoint carries tcp and icmp echo only"},
    ReasonInfo{Reason::EndpointServicePort, "endpoint_service_port", "",
               "the endpoint's service does not answer on that port"},
    ReasonInfo{Reason::EndpointUnavailable, "endpoint_unavailable", "BAD_STATE",
               "the VPC endpoint is not available"},
    ReasonInfo{Reason::PrivateLinkOneWay, "private_link_one_way", "VPCE_INTRA_VPC_TRAFFIC",
               "an endpoint takes connections and opens none of its own"},
    ReasonInfo{Reason::BalancerNoListener, "balancer_no_listener", "ELBV2_LISTENERS_MISMATCH",
               "the load balancer has no listener on that port"},
    ReasonInfo{Reason::BalancerNoTarget, "balancer_no_target", "ELBV2_LISTENER_HAS_NO_TG",
               "the listener leads to no target"},
    ReasonInfo{Reason::BalancerInactive, "balancer_inactive", "BAD_STATE",
               "the load balancer is not active"},
    ReasonInfo{Reason::BalancerTargetBlocked, "balancer_target_blocked",
               "ELBV2_LISTENER_REQUIRES_TG_ACCEPT",
               "no target accepts the load balancer's connection"},
    ReasonInfo{Reason::BalancerZoneDisabled, "balancer_zone_disabled", "ELB_INSTALLED_AZ_RESTRICTION",
               "the target is in an availability zone that the load balancer does not serve"},
    ReasonInfo{Reason::BalancerHairpin, "balancer_hairpin", "ELBV2_SOURCE_ADDRESS_PRESERVATION",
               "a target cannot reach itself through a load balancer that keeps the client's address"},
    ReasonInfo{Reason::BalancerOneWay, "balancer_one_way", "TARGET_ADDRESS_RESTRICTION",
               "a load balancer opens connections to its targets only"},
    ReasonInfo{Reason::FirewallDrops, "firewall_drops", "FIREWALL_RULES_RESTRICTION",
               "a rule of the network firewall drops it"},
    ReasonInfo{Reason::FirewallUndecided, "firewall_undecided", "",
               "the network firewall decides by rules that look into the traffic"},
    ReasonInfo{Reason::ApplianceUndecided, "appliance_undecided", "",
               "an appliance on the way decides by rules that AWS does not know"},
    ReasonInfo{Reason::BlockPublicAccessOn, "block_public_access_on", "VPC_BLOCK_PUBLIC_ACCESS_ENABLED",
               "VPC block public access is on"},
    ReasonInfo{Reason::NotCollected, "not_collected", "UNKNOWN_RESOURCE",
               "a document that decides was not collected"},
    ReasonInfo{Reason::PrefixListMissing, "prefix_list_missing", "UNKNOWN_RESOURCE",
               "the entries of a prefix list were not collected"},
    ReasonInfo{Reason::PeerNotCollected, "peer_not_collected", "UNKNOWN_DESTINATION",
               "a VPC, account or region that was not collected decides"},
    ReasonInfo{Reason::OutOfScope, "out_of_scope", "UNSUPPORTED_COMPONENT",
               "the way leads through a service that is not modelled"},
    ReasonInfo{Reason::UnknownRouteTarget, "unknown_route_target", "UNKNOWN_DESTINATION",
               "the route leads to a kind of target that is not known here"},
    ReasonInfo{Reason::PortBlockedByDefault, "port_blocked_by_default", "",
               "AWS blocks outbound tcp/25 to the internet unless it was asked to lift that"},
};
// clang-format on

}  // namespace

std::span<const ReasonInfo> all_reasons() { return kReasons; }

const ReasonInfo& info(Reason reason) {
  const auto row = static_cast<std::size_t>(reason);
  PORTOLAN_ASSERT(row < kReasons.size());
  return kReasons[row];
}

std::optional<Reason> parse_reason(std::string_view code) {
  const auto* const found = std::find_if(kReasons.begin(), kReasons.end(),
                                         [&](const ReasonInfo& each) { return each.code == code; });
  return found == kReasons.end() ? std::nullopt : std::optional(found->reason);
}

}  // namespace portolan::reach
