#include "model/gap.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace portolan {

namespace {

struct Call {
  Noun noun;
  std::string_view text;
};

/// In the order of the enum.
constexpr std::array kCalls = {
    Call{Noun::Vpcs, "ec2 describe-vpcs"},
    Call{Noun::Subnets, "ec2 describe-subnets"},
    Call{Noun::RouteTables, "ec2 describe-route-tables"},
    Call{Noun::NetworkAcls, "ec2 describe-network-acls"},
    Call{Noun::SecurityGroups, "ec2 describe-security-groups"},
    Call{Noun::SecurityGroupRules, "ec2 describe-security-group-rules"},
    Call{Noun::SecurityGroupVpcAssociations, "ec2 describe-security-group-vpc-associations"},
    Call{Noun::NetworkInterfaces, "ec2 describe-network-interfaces"},
    Call{Noun::Instances, "ec2 describe-instances"},
    Call{Noun::Addresses, "ec2 describe-addresses"},
    Call{Noun::InternetGateways, "ec2 describe-internet-gateways"},
    Call{Noun::EgressOnlyInternetGateways, "ec2 describe-egress-only-internet-gateways"},
    Call{Noun::NatGateways, "ec2 describe-nat-gateways"},
    Call{Noun::VpcPeerings, "ec2 describe-vpc-peering-connections"},
    Call{Noun::TransitGateways, "ec2 describe-transit-gateways"},
    Call{Noun::TransitGatewayAttachments, "ec2 describe-transit-gateway-attachments"},
    Call{Noun::TransitGatewayVpcAttachments, "ec2 describe-transit-gateway-vpc-attachments"},
    Call{Noun::TransitGatewayRouteTables, "ec2 describe-transit-gateway-route-tables"},
    Call{Noun::TransitGatewayRoutes, "ec2 search-transit-gateway-routes"},
    Call{Noun::TransitGatewayPropagations, "ec2 get-transit-gateway-route-table-propagations"},
    Call{Noun::VpnGateways, "ec2 describe-vpn-gateways"},
    Call{Noun::VpnConnections, "ec2 describe-vpn-connections"},
    Call{Noun::VpcEndpoints, "ec2 describe-vpc-endpoints"},
    Call{Noun::EndpointServices, "ec2 describe-vpc-endpoint-service-configurations"},
    Call{Noun::PrefixLists, "ec2 get-managed-prefix-list-entries"},
    Call{Noun::LoadBalancers, "elbv2 describe-load-balancers"},
    Call{Noun::ClassicLoadBalancers, "elb describe-load-balancers"},
    Call{Noun::Listeners, "elbv2 describe-listeners"},
    Call{Noun::ListenerRules, "elbv2 describe-rules"},
    Call{Noun::TargetGroups, "elbv2 describe-target-groups"},
    Call{Noun::TargetHealth, "elbv2 describe-target-health"},
    Call{Noun::NetworkFirewalls, "network-firewall describe-firewall"},
    Call{Noun::FirewallPolicies, "network-firewall describe-firewall-policy"},
    Call{Noun::FirewallRuleGroups, "network-firewall describe-rule-group"},
    Call{Noun::BlockPublicAccess, "ec2 describe-vpc-block-public-access-options"},
    Call{Noun::DbInstances, "rds describe-db-instances"},
    Call{Noun::FlowLogs, "ec2 describe-flow-logs"},
    Call{Noun::Trails, "cloudtrail describe-trails"},
    Call{Noun::TrailStatus, "cloudtrail get-trail-status"},
    Call{Noun::EventSelectors, "cloudtrail get-event-selectors"},
    Call{Noun::MetricFilters, "logs describe-metric-filters"},
    Call{Noun::Alarms, "cloudwatch describe-alarms"},
    Call{Noun::Subscriptions, "sns list-subscriptions"},
    Call{Noun::EventRules, "events list-rules"},
    Call{Noun::RedshiftClusters, "redshift describe-clusters"},
    Call{Noun::LaunchTemplates, "ec2 describe-launch-templates"},
    Call{Noun::LaunchTemplateVersions, "ec2 describe-launch-template-versions"},
    Call{Noun::LaunchConfigurations, "autoscaling describe-launch-configurations"},
    Call{Noun::AutoScalingGroups, "autoscaling describe-auto-scaling-groups"},
    Call{Noun::MetadataDefaults, "ec2 get-instance-metadata-defaults"},
    Call{Noun::WebAcls, "wafv2 list-web-acls"},
    Call{Noun::WebAclResources, "wafv2 list-resources-for-web-acl"},
    Call{Noun::EcsServices, "ecs describe-services"},
    Call{Noun::EksNodeGroups, "eks describe-nodegroup"},
    Call{Noun::ClientVpnEndpoints, "ec2 describe-client-vpn-endpoints"},
    Call{Noun::ClientVpnAuthorizations, "ec2 describe-client-vpn-authorization-rules"},
    Call{Noun::Functions, "lambda list-functions"},
};

constexpr bool is_in_order() {
  for (std::size_t i = 0; i < kCalls.size(); ++i) {
    if (static_cast<std::size_t>(kCalls[i].noun) != i) {
      return false;
    }
  }
  return true;
}
static_assert(is_in_order());
static_assert(kCalls.back().noun == Noun::Functions, "the last noun has a call as well");

}  // namespace

std::string_view call_of(Noun noun) { return kCalls.at(static_cast<std::size_t>(noun)).text; }

void Coverage::add(Noun noun, const AccountId& account, const Region& region) {
  read_.emplace(noun, account, region);
}

bool Coverage::has(Noun noun, const AccountId& account, const Region& region) const {
  return read_.contains({noun, account, region}) || read_.contains({noun, AccountId{}, region}) ||
         read_.contains({noun, account, Region{}}) || read_.contains({noun, AccountId{}, Region{}});
}

bool Coverage::has_any(Noun noun) const {
  return std::any_of(read_.begin(), read_.end(),
                     [&](const auto& entry) { return std::get<0>(entry) == noun; });
}

bool Coverage::knows(const AccountId& account, const Region& region) const {
  return std::any_of(read_.begin(), read_.end(), [&](const auto& entry) {
    return std::get<1>(entry) == account && std::get<2>(entry) == region;
  });
}

void Coverage::set_unasked(const AccountId& account, const Region& region, std::string calls) {
  unasked_[{account, region}] = std::move(calls);
}

std::string_view Coverage::unasked(const AccountId& account, const Region& region) const {
  for (const AccountId& each : {account, AccountId{}}) {
    for (const Region& there : {region, Region{}}) {
      if (const auto found = unasked_.find({each, there}); found != unasked_.end()) {
        return found->second;
      }
    }
  }
  return {};
}

}  // namespace portolan
