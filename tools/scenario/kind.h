#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace portolan::scenario {

/// The kinds of document that an estate expands to, one for each call of the AWS CLI.
enum class Kind : std::uint8_t {
  Vpcs,
  Subnets,
  RouteTables,
  NetworkAcls,
  SecurityGroups,
  SecurityGroupRules,
  SecurityGroupVpcAssociations,
  NetworkInterfaces,
  Instances,
  Addresses,
  InternetGateways,
  EgressOnlyInternetGateways,
  NatGateways,
  VpcPeerings,
  TransitGateways,
  TransitGatewayAttachments,
  TransitGatewayVpcAttachments,
  TransitGatewayRouteTables,
  TransitGatewayRoutes,
  TransitGatewayStaticRoutes,
  TransitGatewayPropagations,
  VpnGateways,
  VpnConnections,
  VpcEndpoints,
  EndpointServices,
  PrefixLists,
  PrefixListEntries,
  LoadBalancers,
  LoadBalancerAttributes,
  ClassicLoadBalancers,
  ClassicAttributes,
  Listeners,
  ListenerRules,
  TargetGroups,
  TargetGroupAttributes,
  TargetHealth,
  Firewalls,
  FirewallPolicies,
  FirewallRuleGroups,
  BlockPublicAccess,
  BlockPublicAccessExclusions,
  DbInstances,
  RedshiftClusters,
  LaunchTemplates,
  LaunchTemplateVersions,
  LaunchConfigurations,
  AutoScalingGroups,
  MetadataDefaults,
  WebAcls,
  WebAclResources,
  EcsServices,
  EksNodeGroups,
  ClientVpnEndpoints,
  ClientVpnAuthorizations,
  Functions,
  FlowLogs,
  Trails,
  TrailStatus,
  EventSelectors,
  MetricFilters,
  Alarms,
  Subscriptions,
  EventRules,
  OtherServices,
};

/// How the rows of a kind become documents.
enum class Shape : std::uint8_t {
  List,      // one document with all rows in a list
  Each,      // one document for each row, with its id in the file name
  Single,    // one document that holds the one row there is
  Manifest,  // what else was asked, as `portolan collect` notes it
};

struct KindInfo {
  Kind kind;
  std::string_view word;    // as `not-collected` names it
  std::string_view file;    // name of the document, without `.json`
  std::string_view member;  // of the answer
  Shape shape = Shape::List;
  bool is_always_there = true;  // an answer without rows is written too: nothing there, and we know
  std::string_view empty_member = {};  // of `Each`: the list of names that is empty without rows
};

/// All kinds, in the order of the enum.
std::span<const KindInfo> all_kinds();
const KindInfo& info(Kind kind);
/// Null if no kind has that word.
const KindInfo* find_kind(std::string_view word);

}  // namespace portolan::scenario
