#include "model/gap.h"

#include <algorithm>

namespace portolan {

std::string_view call_of(Noun noun) {
  switch (noun) {
    case Noun::Vpcs:
      return "ec2 describe-vpcs";
    case Noun::Subnets:
      return "ec2 describe-subnets";
    case Noun::RouteTables:
      return "ec2 describe-route-tables";
    case Noun::NetworkAcls:
      return "ec2 describe-network-acls";
    case Noun::SecurityGroups:
      return "ec2 describe-security-groups";
    case Noun::SecurityGroupRules:
      return "ec2 describe-security-group-rules";
    case Noun::SecurityGroupVpcAssociations:
      return "ec2 describe-security-group-vpc-associations";
    case Noun::NetworkInterfaces:
      return "ec2 describe-network-interfaces";
    case Noun::Instances:
      return "ec2 describe-instances";
    case Noun::Addresses:
      return "ec2 describe-addresses";
    case Noun::InternetGateways:
      return "ec2 describe-internet-gateways";
    case Noun::EgressOnlyInternetGateways:
      return "ec2 describe-egress-only-internet-gateways";
    case Noun::NatGateways:
      return "ec2 describe-nat-gateways";
    case Noun::VpcPeerings:
      return "ec2 describe-vpc-peering-connections";
    case Noun::TransitGateways:
      return "ec2 describe-transit-gateways";
    case Noun::TransitGatewayAttachments:
      return "ec2 describe-transit-gateway-attachments";
    case Noun::TransitGatewayVpcAttachments:
      return "ec2 describe-transit-gateway-vpc-attachments";
    case Noun::TransitGatewayRouteTables:
      return "ec2 describe-transit-gateway-route-tables";
    case Noun::TransitGatewayRoutes:
      return "ec2 search-transit-gateway-routes";
    case Noun::TransitGatewayPropagations:
      return "ec2 get-transit-gateway-route-table-propagations";
    case Noun::VpnGateways:
      return "ec2 describe-vpn-gateways";
    case Noun::VpnConnections:
      return "ec2 describe-vpn-connections";
    case Noun::VpcEndpoints:
      return "ec2 describe-vpc-endpoints";
    case Noun::EndpointServices:
      return "ec2 describe-vpc-endpoint-service-configurations";
    case Noun::PrefixLists:
      return "ec2 get-managed-prefix-list-entries";
    case Noun::LoadBalancers:
      return "elbv2 describe-load-balancers";
    case Noun::ClassicLoadBalancers:
      return "elb describe-load-balancers";
    case Noun::Listeners:
      return "elbv2 describe-listeners";
    case Noun::ListenerRules:
      return "elbv2 describe-rules";
    case Noun::TargetGroups:
      return "elbv2 describe-target-groups";
    case Noun::TargetHealth:
      return "elbv2 describe-target-health";
    case Noun::NetworkFirewalls:
      return "network-firewall describe-firewall";
    case Noun::FirewallPolicies:
      return "network-firewall describe-firewall-policy";
    case Noun::FirewallRuleGroups:
      return "network-firewall describe-rule-group";
    case Noun::BlockPublicAccess:
      return "ec2 describe-vpc-block-public-access-options";
    case Noun::DbInstances:
      return "rds describe-db-instances";
    case Noun::FlowLogs:
      return "ec2 describe-flow-logs";
    case Noun::Trails:
      return "cloudtrail describe-trails";
    case Noun::TrailStatus:
      return "cloudtrail get-trail-status";
    case Noun::EventSelectors:
      return "cloudtrail get-event-selectors";
    case Noun::MetricFilters:
      return "logs describe-metric-filters";
    case Noun::Alarms:
      return "cloudwatch describe-alarms";
    case Noun::Subscriptions:
      return "sns list-subscriptions";
    case Noun::EventRules:
      return "events list-rules";
  }
  return "";
}

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

}  // namespace portolan
