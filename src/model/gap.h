#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "core/name.h"

namespace portolan {

/// The kinds of document that an answer can need, one for each `describe` call.
enum class Noun : std::uint8_t {
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
  TransitGatewayPropagations,
  VpnGateways,
  VpnConnections,
  VpcEndpoints,
  EndpointServices,
  PrefixLists,
  LoadBalancers,
  ClassicLoadBalancers,
  Listeners,
  ListenerRules,
  TargetGroups,
  TargetHealth,
  NetworkFirewalls,
  FirewallPolicies,
  FirewallRuleGroups,
  BlockPublicAccess,
  DbInstances,
  FlowLogs,
  Trails,
  TrailStatus,
  EventSelectors,
  MetricFilters,
  Alarms,
  Subscriptions,
  EventRules,
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
};

/// The AWS CLI call that prints this kind of document, e.g. `ec2 describe-network-acls`.
std::string_view call_of(Noun noun);

/// Something an answer would need and the snapshot does not have.
/// `code` is stable snake_case, e.g. `network_acls_not_collected`, `prefix_list_entries_missing`,
/// `peer_vpc_not_collected`; `resource` is what it concerns; `message` says it in a sentence.
struct Gap {
  std::string code;
  std::string resource;
  std::string message;
  friend auto operator<=>(const Gap&, const Gap&) = default;
};

/// Which kinds of document were read for which account and region. An empty answer (`[]`) counts as
/// read: nothing there is knowledge, no document is not.
class Coverage {
 public:
  void add(Noun noun, const AccountId& account, const Region& region);
  /// True if the document was read for that account and region. A document of unknown account (or
  /// region) stands for every account (or region).
  [[nodiscard]] bool has(Noun noun, const AccountId& account, const Region& region) const;
  /// True if the document was read for any account and region.
  [[nodiscard]] bool has_any(Noun noun) const;
  /// True if anything was read for that account and region.
  [[nodiscard]] bool knows(const AccountId& account, const Region& region) const;

  /// What nobody asked there, though it may name security groups: services and calls beyond those
  /// that have a noun, as a text for people, such as `glue, mq describe-broker`.
  void set_unasked(const AccountId& account, const Region& region, std::string calls);
  /// Empty: all was asked. What was found of unknown account (or region) holds for every one.
  [[nodiscard]] std::string_view unasked(const AccountId& account, const Region& region) const;
  friend bool operator==(const Coverage&, const Coverage&) = default;

 private:
  std::set<std::tuple<Noun, AccountId, Region>> read_;
  std::map<std::pair<AccountId, Region>, std::string> unasked_;
};

}  // namespace portolan
