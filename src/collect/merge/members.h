#pragma once

#include <string_view>
#include <tuple>

#include "model/snapshot.h"

/// Private to the module: the members of each resource that two documents may tell differently.
namespace portolan::collect {

template <class Row, class Value>
struct NamedMember {
  std::string_view name;
  Value Row::*pointer;
};
template <class Row, class Value>
NamedMember(std::string_view, Value Row::*) -> NamedMember<Row, Value>;

/// True for resources that several calls describe, each a part: a member that has its default
/// value in one of them may simply not be told there.
template <class Row>
inline constexpr bool kIsToldInParts = false;
template <>
inline constexpr bool kIsToldInParts<TransitGatewayAttachment> = true;
template <>
inline constexpr bool kIsToldInParts<PrefixList> = true;

/// All members but `id` and `owned`.
template <class Row>
struct MembersOf;

template <>
struct MembersOf<Vpc> {
  static constexpr auto kList =
      std::tuple{NamedMember{"cidrs", &Vpc::cidrs}, NamedMember{"is_default", &Vpc::is_default}};
};
template <>
struct MembersOf<Subnet> {
  static constexpr auto kList =
      std::tuple{NamedMember{"vpc", &Subnet::vpc},
                 NamedMember{"zone", &Subnet::zone},
                 NamedMember{"zone_id", &Subnet::zone_id},
                 NamedMember{"cidrs", &Subnet::cidrs},
                 NamedMember{"maps_public_ip_on_launch", &Subnet::maps_public_ip_on_launch},
                 NamedMember{"assigns_ipv6_on_creation", &Subnet::assigns_ipv6_on_creation}};
};
template <>
struct MembersOf<RouteTable> {
  static constexpr auto kList = std::tuple{
      NamedMember{"vpc", &RouteTable::vpc}, NamedMember{"is_main", &RouteTable::is_main},
      NamedMember{"subnets", &RouteTable::subnets}, NamedMember{"gateways", &RouteTable::gateways},
      NamedMember{"routes", &RouteTable::routes}};
};
template <>
struct MembersOf<NetworkAcl> {
  static constexpr auto kList = std::tuple{
      NamedMember{"vpc", &NetworkAcl::vpc}, NamedMember{"is_default", &NetworkAcl::is_default},
      NamedMember{"subnets", &NetworkAcl::subnets}, NamedMember{"entries", &NetworkAcl::entries}};
};
template <>
struct MembersOf<SecurityGroup> {
  static constexpr auto kList = std::tuple{NamedMember{"vpc", &SecurityGroup::vpc},
                                           NamedMember{"group_name", &SecurityGroup::group_name},
                                           NamedMember{"description", &SecurityGroup::description},
                                           NamedMember{"rules", &SecurityGroup::rules}};
};
template <>
struct MembersOf<NetworkInterface> {
  static constexpr auto kList =
      std::tuple{NamedMember{"vpc", &NetworkInterface::vpc},
                 NamedMember{"subnet", &NetworkInterface::subnet},
                 NamedMember{"zone", &NetworkInterface::zone},
                 NamedMember{"addresses", &NetworkInterface::addresses},
                 NamedMember{"ipv6", &NetworkInterface::ipv6},
                 NamedMember{"delegated", &NetworkInterface::delegated},
                 NamedMember{"groups", &NetworkInterface::groups},
                 NamedMember{"instance", &NetworkInterface::instance},
                 NamedMember{"instance_owner", &NetworkInterface::instance_owner},
                 NamedMember{"interface_type", &NetworkInterface::interface_type},
                 NamedMember{"description", &NetworkInterface::description},
                 NamedMember{"requester", &NetworkInterface::requester},
                 NamedMember{"status", &NetworkInterface::status},
                 NamedMember{"checks_source_dest", &NetworkInterface::checks_source_dest}};
};
template <>
struct MembersOf<Instance> {
  static constexpr auto kList =
      std::tuple{NamedMember{"vpc", &Instance::vpc},
                 NamedMember{"subnet", &Instance::subnet},
                 NamedMember{"state", &Instance::state},
                 NamedMember{"interfaces", &Instance::interfaces},
                 NamedMember{"metadata", &Instance::metadata},
                 NamedMember{"instance_profile", &Instance::instance_profile},
                 NamedMember{"platform", &Instance::platform},
                 NamedMember{"image", &Instance::image}};
};
template <>
struct MembersOf<InternetGateway> {
  static constexpr auto kList = std::tuple{NamedMember{"vpcs", &InternetGateway::vpcs}};
};
template <>
struct MembersOf<EgressOnlyInternetGateway> {
  static constexpr auto kList = std::tuple{NamedMember{"vpcs", &EgressOnlyInternetGateway::vpcs}};
};
template <>
struct MembersOf<NatGateway> {
  static constexpr auto kList = std::tuple{NamedMember{"vpc", &NatGateway::vpc},
                                           NamedMember{"subnet", &NatGateway::subnet},
                                           NamedMember{"is_public", &NatGateway::is_public},
                                           NamedMember{"is_available", &NatGateway::is_available},
                                           NamedMember{"is_regional", &NatGateway::is_regional},
                                           NamedMember{"addresses", &NatGateway::addresses}};
};
template <>
struct MembersOf<VpcPeering> {
  static constexpr auto kList = std::tuple{NamedMember{"requester", &VpcPeering::requester},
                                           NamedMember{"accepter", &VpcPeering::accepter},
                                           NamedMember{"is_active", &VpcPeering::is_active}};
};
template <>
struct MembersOf<TransitGateway> {
  static constexpr auto kList = std::tuple{
      NamedMember{"references_security_groups", &TransitGateway::references_security_groups},
      NamedMember{"is_available", &TransitGateway::is_available},
      NamedMember{"accepts_by_itself", &TransitGateway::accepts_by_itself}};
};
template <>
struct MembersOf<TransitGatewayAttachment> {
  static constexpr auto kList =
      std::tuple{NamedMember{"gateway", &TransitGatewayAttachment::gateway},
                 NamedMember{"kind", &TransitGatewayAttachment::kind},
                 NamedMember{"resource", &TransitGatewayAttachment::resource},
                 NamedMember{"route_table", &TransitGatewayAttachment::route_table},
                 NamedMember{"is_available", &TransitGatewayAttachment::is_available},
                 NamedMember{"subnets", &TransitGatewayAttachment::subnets},
                 NamedMember{"is_appliance_mode", &TransitGatewayAttachment::is_appliance_mode},
                 NamedMember{"references_security_groups",
                             &TransitGatewayAttachment::references_security_groups}};
};
template <>
struct MembersOf<TransitGatewayRouteTable> {
  static constexpr auto kList =
      std::tuple{NamedMember{"gateway", &TransitGatewayRouteTable::gateway}};
};
template <>
struct MembersOf<VpnGateway> {
  static constexpr auto kList = std::tuple{NamedMember{"vpcs", &VpnGateway::vpcs}};
};
template <>
struct MembersOf<VpnConnection> {
  static constexpr auto kList =
      std::tuple{NamedMember{"vpn_gateway", &VpnConnection::vpn_gateway},
                 NamedMember{"transit_gateway", &VpnConnection::transit_gateway},
                 NamedMember{"is_available", &VpnConnection::is_available},
                 NamedMember{"static_routes", &VpnConnection::static_routes}};
};
template <>
struct MembersOf<VpcEndpoint> {
  static constexpr auto kList = std::tuple{NamedMember{"vpc", &VpcEndpoint::vpc},
                                           NamedMember{"kind", &VpcEndpoint::kind},
                                           NamedMember{"service_name", &VpcEndpoint::service_name},
                                           NamedMember{"is_available", &VpcEndpoint::is_available},
                                           NamedMember{"route_tables", &VpcEndpoint::route_tables},
                                           NamedMember{"subnets", &VpcEndpoint::subnets},
                                           NamedMember{"interfaces", &VpcEndpoint::interfaces},
                                           NamedMember{"groups", &VpcEndpoint::groups},
                                           NamedMember{"policy", &VpcEndpoint::policy}};
};
template <>
struct MembersOf<EndpointService> {
  static constexpr auto kList =
      std::tuple{NamedMember{"service_name", &EndpointService::service_name},
                 NamedMember{"balancers", &EndpointService::balancers},
                 NamedMember{"asks_acceptance", &EndpointService::asks_acceptance}};
};
template <>
struct MembersOf<PrefixList> {
  static constexpr auto kList =
      std::tuple{NamedMember{"list_name", &PrefixList::list_name},
                 NamedMember{"is_aws_managed", &PrefixList::is_aws_managed},
                 NamedMember{"max_entries", &PrefixList::max_entries},
                 NamedMember{"entries", &PrefixList::entries}};
};
template <>
struct MembersOf<DbInstance> {
  static constexpr auto kList =
      std::tuple{NamedMember{"identifier", &DbInstance::identifier},
                 NamedMember{"engine", &DbInstance::engine},
                 NamedMember{"vpc", &DbInstance::vpc},
                 NamedMember{"subnets", &DbInstance::subnets},
                 NamedMember{"groups", &DbInstance::groups},
                 NamedMember{"port", &DbInstance::port},
                 NamedMember{"is_publicly_accessible", &DbInstance::is_publicly_accessible}};
};
template <>
struct MembersOf<LoadBalancer> {
  static constexpr auto kList =
      std::tuple{NamedMember{"balancer_name", &LoadBalancer::balancer_name},
                 NamedMember{"dns_name", &LoadBalancer::dns_name},
                 NamedMember{"kind", &LoadBalancer::kind},
                 NamedMember{"scheme", &LoadBalancer::scheme},
                 NamedMember{"is_active", &LoadBalancer::is_active},
                 NamedMember{"is_dualstack", &LoadBalancer::is_dualstack},
                 NamedMember{"vpc", &LoadBalancer::vpc},
                 NamedMember{"zones", &LoadBalancer::zones},
                 NamedMember{"groups", &LoadBalancer::groups},
                 NamedMember{"listeners", &LoadBalancer::listeners},
                 NamedMember{"instances", &LoadBalancer::instances},
                 NamedMember{"checks_private_link", &LoadBalancer::checks_private_link}};
};
template <>
struct MembersOf<TargetGroup> {
  static constexpr auto kList =
      std::tuple{NamedMember{"group_name", &TargetGroup::group_name},
                 NamedMember{"protocol", &TargetGroup::protocol},
                 NamedMember{"port", &TargetGroup::port},
                 NamedMember{"target_type", &TargetGroup::target_type},
                 NamedMember{"vpc", &TargetGroup::vpc},
                 NamedMember{"health_check_port", &TargetGroup::health_check_port},
                 NamedMember{"balancers", &TargetGroup::balancers}};
};
template <>
struct MembersOf<NetworkFirewall> {
  static constexpr auto kList = std::tuple{
      NamedMember{"firewall_name", &NetworkFirewall::firewall_name},
      NamedMember{"vpc", &NetworkFirewall::vpc}, NamedMember{"policy", &NetworkFirewall::policy},
      NamedMember{"subnets", &NetworkFirewall::subnets},
      NamedMember{"endpoints", &NetworkFirewall::endpoints}};
};
template <>
struct MembersOf<FirewallPolicy> {
  static constexpr auto kList = std::tuple{
      NamedMember{"stateless", &FirewallPolicy::stateless},
      NamedMember{"stateless_default_actions", &FirewallPolicy::stateless_default_actions},
      NamedMember{"stateful", &FirewallPolicy::stateful},
      NamedMember{"stateful_default_actions", &FirewallPolicy::stateful_default_actions},
      NamedMember{"is_strict_order", &FirewallPolicy::is_strict_order}};
};
template <>
struct MembersOf<FirewallRuleGroup> {
  static constexpr auto kList =
      std::tuple{NamedMember{"is_stateful", &FirewallRuleGroup::is_stateful},
                 NamedMember{"rules", &FirewallRuleGroup::rules},
                 NamedMember{"is_opaque", &FirewallRuleGroup::is_opaque}};
};
template <>
struct MembersOf<BlockPublicAccess> {
  static constexpr auto kList =
      std::tuple{NamedMember{"mode", &BlockPublicAccess::mode},
                 NamedMember{"exclusions_allowed", &BlockPublicAccess::exclusions_allowed}};
};
template <>
struct MembersOf<BlockPublicAccessExclusion> {
  static constexpr auto kList =
      std::tuple{NamedMember{"resource", &BlockPublicAccessExclusion::resource},
                 NamedMember{"allows_ingress", &BlockPublicAccessExclusion::allows_ingress},
                 NamedMember{"is_active", &BlockPublicAccessExclusion::is_active}};
};
template <>
struct MembersOf<LaunchTemplate> {
  static constexpr auto kList =
      std::tuple{NamedMember{"template_name", &LaunchTemplate::template_name},
                 NamedMember{"latest", &LaunchTemplate::latest},
                 NamedMember{"versions", &LaunchTemplate::versions}};
};
template <>
struct MembersOf<AutoScalingGroup> {
  static constexpr auto kList = std::tuple{NamedMember{"group_name", &AutoScalingGroup::group_name},
                                           NamedMember{"launches", &AutoScalingGroup::launches}};
};
template <>
struct MembersOf<MetadataDefaults> {
  static constexpr auto kList = std::tuple{NamedMember{"options", &MetadataDefaults::options}};
};
template <>
struct MembersOf<ElasticIp> {
  static constexpr auto kList = std::tuple{NamedMember{"address", &ElasticIp::address},
                                           NamedMember{"is_used", &ElasticIp::is_used}};
};
template <>
struct MembersOf<WebAcl> {
  static constexpr auto kList = std::tuple{NamedMember{"acl_name", &WebAcl::acl_name}};
};
template <>
struct MembersOf<EcsService> {
  static constexpr auto kList =
      std::tuple{NamedMember{"service_name", &EcsService::service_name},
                 NamedMember{"has_network", &EcsService::has_network},
                 NamedMember{"assigns_public_address", &EcsService::assigns_public_address}};
};
template <>
struct MembersOf<EksNodeGroup> {
  static constexpr auto kList =
      std::tuple{NamedMember{"group_name", &EksNodeGroup::group_name},
                 NamedMember{"cluster", &EksNodeGroup::cluster},
                 NamedMember{"has_remote_access", &EksNodeGroup::has_remote_access},
                 NamedMember{"from_groups", &EksNodeGroup::from_groups}};
};
template <>
struct MembersOf<ClientVpnEndpoint> {
  static constexpr auto kList =
      std::tuple{NamedMember{"vpc", &ClientVpnEndpoint::vpc},
                 NamedMember{"logs_connections", &ClientVpnEndpoint::logs_connections}};
};

template <>
struct MembersOf<FlowLog> {
  static constexpr auto kList = std::tuple{NamedMember{"resource", &FlowLog::resource},
                                           NamedMember{"traffic", &FlowLog::traffic},
                                           NamedMember{"is_active", &FlowLog::is_active},
                                           NamedMember{"is_delivering", &FlowLog::is_delivering}};
};
template <>
struct MembersOf<Trail> {
  static constexpr auto kList =
      std::tuple{NamedMember{"trail_name", &Trail::trail_name},
                 NamedMember{"is_multi_region", &Trail::is_multi_region},
                 NamedMember{"is_of_organization", &Trail::is_of_organization},
                 NamedMember{"log_group", &Trail::log_group}};
};
template <>
struct MembersOf<MetricFilter> {
  static constexpr auto kList = std::tuple{NamedMember{"log_group", &MetricFilter::log_group},
                                           NamedMember{"filter_name", &MetricFilter::filter_name},
                                           NamedMember{"pattern", &MetricFilter::pattern},
                                           NamedMember{"metrics", &MetricFilter::metrics}};
};
template <>
struct MembersOf<Alarm> {
  static constexpr auto kList =
      std::tuple{NamedMember{"alarm_name", &Alarm::alarm_name}, NamedMember{"acts", &Alarm::acts},
                 NamedMember{"actions", &Alarm::actions}, NamedMember{"metrics", &Alarm::metrics}};
};
template <>
struct MembersOf<Subscription> {
  static constexpr auto kList = std::tuple{NamedMember{"topic", &Subscription::topic}};
};
template <>
struct MembersOf<EventRule> {
  static constexpr auto kList = std::tuple{NamedMember{"rule_name", &EventRule::rule_name},
                                           NamedMember{"is_enabled", &EventRule::is_enabled},
                                           NamedMember{"takes_calls", &EventRule::takes_calls},
                                           NamedMember{"calls", &EventRule::calls},
                                           NamedMember{"is_exact", &EventRule::is_exact}};
};
template <>
struct MembersOf<PublishedRanges> {
  static constexpr auto kList = std::tuple{NamedMember{"ec2_v4", &PublishedRanges::ec2_v4},
                                           NamedMember{"ec2_v6", &PublishedRanges::ec2_v6}};
};

}  // namespace portolan::collect
