#include "collect/decode/members.h"

#include <algorithm>
#include <array>

#include "collect/decode/families.h"

namespace portolan::collect {

namespace {

// clang-format off
/// Sorted by key.
constexpr std::array kMembers = {
    Member{"AccountLevel", decode_metadata_defaults, Noun::MetadataDefaults},
    Member{"Addresses", decode_addresses, Noun::Addresses, NameUse::Shared},
    Member{"AdvancedEventSelectors", decode_advanced_event_selectors, Noun::EventSelectors, NameUse::SharedNotEmpty},
    Member{"Associations", decode_transit_gateway_associations, std::nullopt, NameUse::SharedNotEmpty},
    Member{"Attributes", decode_attributes, std::nullopt, NameUse::SharedNotEmpty},
    Member{"AuthorizationRules", decode_client_vpn_authorizations, Noun::ClientVpnAuthorizations},
    Member{"AutoScalingGroups", decode_auto_scaling_groups, Noun::AutoScalingGroups},
    Member{"ClientVpnEndpoints", decode_client_vpn_endpoints, Noun::ClientVpnEndpoints},
    Member{"Clusters", decode_redshift_clusters, Noun::RedshiftClusters, NameUse::Shared},
    Member{"DBInstances", decode_db_instances, Noun::DbInstances},
    Member{"EgressOnlyInternetGateways", decode_egress_only_internet_gateways, Noun::EgressOnlyInternetGateways},
    Member{"Entries", decode_prefix_list_entries, Noun::PrefixLists, NameUse::SharedNotEmpty},
    Member{"EventSelectors", decode_event_selectors, Noun::EventSelectors, NameUse::SharedNotEmpty},
    Member{"Firewall", decode_firewall, Noun::NetworkFirewalls, NameUse::Shared},
    Member{"FirewallPolicy", decode_firewall_policy, Noun::FirewallPolicies, NameUse::Shared},
    Member{"FirewallPolicyResponse", decode_firewall_policy_response, std::nullopt},
    Member{"FirewallStatus", decode_firewall_status, std::nullopt, NameUse::Shared},
    Member{"FlowLogs", decode_flow_logs, Noun::FlowLogs},
    Member{"Functions", decode_functions, Noun::Functions, NameUse::Shared},
    Member{"Instances", decode_instances, Noun::Instances, NameUse::SharedNotEmpty, false},
    Member{"InternetGateways", decode_internet_gateways, Noun::InternetGateways},
    Member{"IsLogging", decode_trail_status, Noun::TrailStatus, NameUse::Shared},
    Member{"LaunchConfigurations", decode_launch_configurations, Noun::LaunchConfigurations},
    Member{"LaunchTemplateVersions", decode_launch_template_versions, Noun::LaunchTemplateVersions},
    Member{"LaunchTemplates", decode_launch_templates, Noun::LaunchTemplates},
    Member{"Listeners", decode_listeners, Noun::Listeners, NameUse::Shared},
    Member{"LoadBalancerAttributes", decode_balancer_attributes, std::nullopt, NameUse::Shared},
    Member{"LoadBalancerDescriptions", decode_classic_load_balancers, Noun::ClassicLoadBalancers},
    Member{"LoadBalancerListeners", decode_nested_answers, Noun::Listeners},
    Member{"LoadBalancerTargetHealth", decode_nested_answers, Noun::TargetHealth},
    Member{"LoadBalancers", decode_load_balancers, Noun::LoadBalancers, NameUse::Shared},
    Member{"MetricAlarms", decode_alarms, Noun::Alarms},
    Member{"NatGateways", decode_nat_gateways, Noun::NatGateways},
    Member{"NetworkAcls", decode_network_acls, Noun::NetworkAcls},
    Member{"NetworkInterfaces", decode_network_interfaces, Noun::NetworkInterfaces, NameUse::Shared, false},
    Member{"PortolanManifest", decode_manifest, std::nullopt, NameUse::Own, false},
    Member{"PrefixLists", decode_prefix_lists, Noun::PrefixLists},
    Member{"Reservations", decode_reservations, Noun::Instances, NameUse::Own, false},
    Member{"ResourceArns", decode_web_acl_resources, Noun::WebAclResources, NameUse::Shared},
    Member{"RouteTables", decode_route_tables, Noun::RouteTables},
    Member{"Routes", decode_transit_gateway_routes, Noun::TransitGatewayRoutes, NameUse::Shared},
    Member{"RuleGroup", decode_firewall_rule_group, Noun::FirewallRuleGroups, NameUse::Shared},
    Member{"RuleGroupResponse", decode_firewall_rule_group_response, std::nullopt},
    Member{"Rules", decode_rules, Noun::ListenerRules, NameUse::SharedNotEmpty},
    Member{"SecurityGroupRules", decode_security_group_rules, Noun::SecurityGroupRules, NameUse::Own, false},
    Member{"SecurityGroupVpcAssociations", decode_security_group_vpc_associations, Noun::SecurityGroupVpcAssociations, NameUse::Own, false},
    Member{"SecurityGroups", decode_security_groups, Noun::SecurityGroups, NameUse::Shared, false},
    Member{"ServiceConfigurations", decode_endpoint_services, Noun::EndpointServices},
    Member{"Subnets", decode_subnets, Noun::Subnets, NameUse::Shared},
    Member{"Subscriptions", decode_subscriptions, Noun::Subscriptions, NameUse::Shared},
    Member{"TagDescriptions", decode_tag_descriptions, std::nullopt, NameUse::SharedNotEmpty},
    Member{"TargetGroups", decode_target_groups, Noun::TargetGroups, NameUse::Shared},
    Member{"TargetHealthDescriptions", decode_target_health, Noun::TargetHealth},
    Member{"TransitGatewayAttachments", decode_transit_gateway_attachments, Noun::TransitGatewayAttachments},
    Member{"TransitGatewayPeeringAttachments", decode_transit_gateway_peering_attachments, std::nullopt},
    Member{"TransitGatewayPrefixListReferences", decode_transit_gateway_prefix_list_references, std::nullopt},
    Member{"TransitGatewayPropagations", decode_nested_answers, Noun::TransitGatewayPropagations},
    Member{"TransitGatewayRouteTablePropagations", decode_transit_gateway_propagations, Noun::TransitGatewayPropagations},
    Member{"TransitGatewayRouteTables", decode_transit_gateway_route_tables, Noun::TransitGatewayRouteTables},
    Member{"TransitGatewayStaticRoutes", decode_nested_answers, Noun::TransitGatewayRoutes},
    Member{"TransitGatewayVpcAttachments", decode_transit_gateway_vpc_attachments, Noun::TransitGatewayVpcAttachments},
    Member{"TransitGateways", decode_transit_gateways, Noun::TransitGateways},
    Member{"VpcBlockPublicAccessExclusions", decode_block_public_access_exclusions, std::nullopt},
    Member{"VpcBlockPublicAccessOptions", decode_block_public_access, Noun::BlockPublicAccess},
    Member{"VpcEndpoints", decode_vpc_endpoints, Noun::VpcEndpoints},
    Member{"VpcPeeringConnections", decode_vpc_peerings, Noun::VpcPeerings},
    Member{"Vpcs", decode_vpcs, Noun::Vpcs, NameUse::Shared},
    Member{"VpnConnections", decode_vpn_connections, Noun::VpnConnections},
    Member{"VpnGateways", decode_vpn_gateways, Noun::VpnGateways},
    Member{"WebACLs", decode_web_acls, std::nullopt, NameUse::Shared},
    Member{"clusterArns", decode_ecs_names, std::nullopt, NameUse::Shared},
    Member{"clusters", decode_eks_names, std::nullopt, NameUse::Shared},
    Member{"ipv6_prefixes", decode_published_ranges_v6, std::nullopt, NameUse::Shared},
    Member{"metricFilters", decode_metric_filters, Noun::MetricFilters},
    Member{"nodegroup", decode_eks_node_group, Noun::EksNodeGroups},
    Member{"nodegroups", decode_eks_names, std::nullopt, NameUse::Shared},
    Member{"prefixes", decode_published_ranges_v4, std::nullopt, NameUse::Shared},
    Member{"serviceArns", decode_ecs_names, std::nullopt, NameUse::Shared},
    Member{"services", decode_ecs_services, Noun::EcsServices, NameUse::Shared},
    Member{"trailList", decode_trails, Noun::Trails},
};
// clang-format on

constexpr bool is_sorted(const auto& members) {
  for (std::size_t i = 1; i < members.size(); ++i) {
    if (!(members[i - 1].key < members[i].key)) {
      return false;
    }
  }
  return true;
}
static_assert(is_sorted(kMembers));

/// A tag, a stack or a log entry names a group, but nothing sends traffic through it.
constexpr std::array<std::string_view, 8> kListsOnly = {
    "Events",   // CloudTrail LookupEvents
    "Records",  // CloudTrail log files
    "ResourceTagMappingList",
    "SecurityGroupReferenceSet",
    "StackResourceSummaries",
    "StackResources",
    "StaleSecurityGroupSet",
    "Tags",
};

}  // namespace

const Member* find_member(std::string_view key) {
  const auto found =
      std::lower_bound(kMembers.begin(), kMembers.end(), key,
                       [](const Member& member, std::string_view k) { return member.key < k; });
  return found != kMembers.end() && found->key == key ? &*found : nullptr;
}

bool only_lists_groups(std::string_view key) {
  return std::find(kListsOnly.begin(), kListsOnly.end(), key) != kListsOnly.end();
}

}  // namespace portolan::collect
