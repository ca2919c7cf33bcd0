#include "tools/scenario/kind.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace portolan::scenario {

namespace {

// clang-format off
constexpr std::array kKinds = {
    KindInfo{Kind::Vpcs, "vpcs", "Vpcs", "Vpcs"},
    KindInfo{Kind::Subnets, "subnets", "Subnets", "Subnets"},
    KindInfo{Kind::RouteTables, "route-tables", "RouteTables", "RouteTables"},
    KindInfo{Kind::NetworkAcls, "network-acls", "NetworkAcls", "NetworkAcls"},
    KindInfo{Kind::SecurityGroups, "security-groups", "SecurityGroups", "SecurityGroups"},
    KindInfo{Kind::SecurityGroupRules, "security-group-rules", "SecurityGroupRules", "SecurityGroupRules"},
    KindInfo{Kind::SecurityGroupVpcAssociations, "security-group-vpc-associations", "SecurityGroupVpcAssociations", "SecurityGroupVpcAssociations"},
    KindInfo{Kind::NetworkInterfaces, "network-interfaces", "NetworkInterfaces", "NetworkInterfaces"},
    KindInfo{Kind::Instances, "instances", "Reservations", "Reservations"},
    KindInfo{Kind::Addresses, "addresses", "Addresses", "Addresses"},
    KindInfo{Kind::InternetGateways, "internet-gateways", "InternetGateways", "InternetGateways"},
    KindInfo{Kind::EgressOnlyInternetGateways, "egress-only-internet-gateways", "EgressOnlyInternetGateways", "EgressOnlyInternetGateways"},
    KindInfo{Kind::NatGateways, "nat-gateways", "NatGateways", "NatGateways"},
    KindInfo{Kind::VpcPeerings, "vpc-peering-connections", "VpcPeeringConnections", "VpcPeeringConnections"},
    KindInfo{Kind::TransitGateways, "transit-gateways", "TransitGateways", "TransitGateways"},
    KindInfo{Kind::TransitGatewayAttachments, "transit-gateway-attachments", "TransitGatewayAttachments", "TransitGatewayAttachments"},
    KindInfo{Kind::TransitGatewayVpcAttachments, "transit-gateway-vpc-attachments", "TransitGatewayVpcAttachments", "TransitGatewayVpcAttachments"},
    KindInfo{Kind::TransitGatewayRouteTables, "transit-gateway-route-tables", "TransitGatewayRouteTables", "TransitGatewayRouteTables"},
    KindInfo{Kind::TransitGatewayRoutes, "transit-gateway-routes", "TransitGatewayRoutes", "Routes", Shape::Each, false},
    KindInfo{Kind::TransitGatewayStaticRoutes, "transit-gateway-static-routes", "TransitGatewayStaticRoutes", "TransitGatewayStaticRoutes", Shape::List, false},
    KindInfo{Kind::TransitGatewayPropagations, "transit-gateway-propagations", "TransitGatewayPropagations", "TransitGatewayRouteTablePropagations", Shape::Each, false},
    KindInfo{Kind::VpnGateways, "vpn-gateways", "VpnGateways", "VpnGateways"},
    KindInfo{Kind::VpnConnections, "vpn-connections", "VpnConnections", "VpnConnections"},
    KindInfo{Kind::VpcEndpoints, "vpc-endpoints", "VpcEndpoints", "VpcEndpoints"},
    KindInfo{Kind::EndpointServices, "vpc-endpoint-services", "VpcEndpointServiceConfigurations", "ServiceConfigurations"},
    KindInfo{Kind::PrefixLists, "prefix-lists", "ManagedPrefixLists", "PrefixLists"},
    KindInfo{Kind::PrefixListEntries, "prefix-list-entries", "ManagedPrefixListEntries", "Entries", Shape::Each, false},
    KindInfo{Kind::LoadBalancers, "load-balancers", "LoadBalancers", "LoadBalancers"},
    KindInfo{Kind::LoadBalancerAttributes, "load-balancer-attributes", "LoadBalancerAttributes", "Attributes", Shape::Each, false},
    KindInfo{Kind::ClassicLoadBalancers, "classic-load-balancers", "ClassicLoadBalancers", "LoadBalancerDescriptions"},
    KindInfo{Kind::ClassicAttributes, "classic-load-balancer-attributes", "ClassicLoadBalancerAttributes", "LoadBalancerAttributes", Shape::Each, false},
    KindInfo{Kind::Listeners, "listeners", "Listeners", "Listeners", Shape::Each, false},
    KindInfo{Kind::ListenerRules, "rules", "Rules", "Rules", Shape::List, false},
    KindInfo{Kind::TargetGroups, "target-groups", "TargetGroups", "TargetGroups"},
    KindInfo{Kind::TargetGroupAttributes, "target-group-attributes", "TargetGroupAttributes", "Attributes", Shape::Each, false},
    KindInfo{Kind::TargetHealth, "target-health", "TargetHealth", "TargetHealthDescriptions", Shape::Each, false},
    KindInfo{Kind::Firewalls, "firewalls", "Firewall", "Firewall", Shape::Each, false},
    KindInfo{Kind::FirewallPolicies, "firewall-policies", "FirewallPolicy", "FirewallPolicy", Shape::Each, false},
    KindInfo{Kind::FirewallRuleGroups, "rule-groups", "RuleGroup", "RuleGroup", Shape::Each, false},
    KindInfo{Kind::BlockPublicAccess, "block-public-access", "VpcBlockPublicAccessOptions", "VpcBlockPublicAccessOptions", Shape::Single},
    KindInfo{Kind::BlockPublicAccessExclusions, "block-public-access-exclusions", "VpcBlockPublicAccessExclusions", "VpcBlockPublicAccessExclusions"},
    KindInfo{Kind::DbInstances, "db-instances", "DBInstances", "DBInstances"},
    KindInfo{Kind::RedshiftClusters, "redshift-clusters", "RedshiftClusters", "Clusters"},
    KindInfo{Kind::LaunchTemplates, "launch-templates", "LaunchTemplates", "LaunchTemplates"},
    KindInfo{Kind::LaunchTemplateVersions, "launch-template-versions", "LaunchTemplateVersions", "LaunchTemplateVersions"},
    KindInfo{Kind::LaunchConfigurations, "launch-configurations", "LaunchConfigurations", "LaunchConfigurations"},
    KindInfo{Kind::AutoScalingGroups, "auto-scaling-groups", "AutoScalingGroups", "AutoScalingGroups"},
    KindInfo{Kind::MetadataDefaults, "instance-metadata-defaults", "InstanceMetadataDefaults", "AccountLevel", Shape::Single},
    KindInfo{Kind::WebAcls, "web-acls", "WebACLs", "WebACLs"},
    KindInfo{Kind::WebAclResources, "resources-for-web-acl", "ResourcesForWebACL", "ResourceArns", Shape::Each, false},
    KindInfo{Kind::EcsServices, "ecs-services", "EcsServices", "services"},
    KindInfo{Kind::EksNodeGroups, "eks-node-groups", "EksNodegroup", "nodegroup", Shape::Each, false, "nodegroups"},
    KindInfo{Kind::ClientVpnEndpoints, "client-vpn-endpoints", "ClientVpnEndpoints", "ClientVpnEndpoints"},
    KindInfo{Kind::ClientVpnAuthorizations, "client-vpn-authorization-rules", "ClientVpnAuthorizationRules", "AuthorizationRules", Shape::Each, false},
    KindInfo{Kind::Functions, "functions", "Functions", "Functions"},
    KindInfo{Kind::FlowLogs, "flow-logs", "FlowLogs", "FlowLogs"},
    KindInfo{Kind::Trails, "trails", "CloudTrailTrails", "trailList"},
    KindInfo{Kind::TrailStatus, "trail-status", "CloudTrailStatus", "", Shape::Each, false},
    KindInfo{Kind::EventSelectors, "event-selectors", "CloudTrailEventSelectors", "EventSelectors", Shape::Each, false},
    KindInfo{Kind::MetricFilters, "metric-filters", "MetricFilters", "metricFilters"},
    KindInfo{Kind::Alarms, "alarms", "Alarms", "MetricAlarms"},
    KindInfo{Kind::Subscriptions, "subscriptions", "Subscriptions", "Subscriptions"},
    KindInfo{Kind::EventRules, "event-rules", "EventRules", "Rules"},
    KindInfo{Kind::OtherServices, "other-services", "portolan-manifest", "PortolanManifest", Shape::Manifest},
};
// clang-format on

}  // namespace

std::span<const KindInfo> all_kinds() { return kKinds; }

const KindInfo& info(Kind kind) { return kKinds.at(static_cast<std::size_t>(kind)); }

const KindInfo* find_kind(std::string_view word) {
  const auto* const found = std::find_if(kKinds.begin(), kKinds.end(),
                                         [&](const KindInfo& kind) { return kind.word == word; });
  return found == kKinds.end() ? nullptr : found;
}

}  // namespace portolan::scenario
