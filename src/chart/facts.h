#pragma once

#include <vector>

#include "chart/details.h"

/// Private to the module: what the members of resources say to people.
namespace portolan::chart {

class Facts {
 public:
  explicit Facts(Details& details) : details_(details) {}

  void tell(const Vpc& vpc);
  void tell(const Subnet& subnet);
  void tell(const RouteTable& table);
  void tell(const NetworkAcl& acl);
  void tell(const SecurityGroup& group);
  void tell(const NetworkInterface& interface);
  void tell(const Instance& instance);
  void tell(const InternetGateway& /*gateway*/) {}
  void tell(const EgressOnlyInternetGateway& /*gateway*/) {}
  void tell(const NatGateway& nat);
  void tell(const VpcPeering& peering);
  void tell(const TransitGateway& gateway);
  void tell(const TransitGatewayAttachment& attachment);
  void tell(const TransitGatewayRouteTable& table);
  void tell(const VpnGateway& /*gateway*/) {}
  void tell(const VpnConnection& connection);
  void tell(const VpcEndpoint& endpoint);
  void tell(const EndpointService& service);
  void tell(const PrefixList& list);
  void tell(const DbInstance& database);
  void tell(const LoadBalancer& balancer);
  void tell(const TargetGroup& group);
  void tell(const NetworkFirewall& firewall);
  void tell(const FirewallPolicy& policy);
  void tell(const FirewallRuleGroup& group);
  void tell(const BlockPublicAccess& block);
  void tell(const BlockPublicAccessExclusion& exclusion);
  void tell(const FlowLog& log);
  void tell(const Trail& trail);
  void tell(const MetricFilter& filter);
  void tell(const Alarm& alarm);
  void tell(const Subscription& subscription);
  void tell(const EventRule& rule);
  void tell(const PublishedRanges& ranges);
  void tell(const LaunchTemplate& launch);
  void tell(const AutoScalingGroup& group);
  void tell(const MetadataDefaults& defaults);
  void tell(const ElasticIp& address);
  void tell(const WebAcl& acl);
  void tell(const EcsService& service);
  void tell(const EksNodeGroup& group);
  void tell(const ClientVpnEndpoint& endpoint);

 private:
  void add(std::string label, std::string value);
  void add(std::string label, bool value);
  void add(std::string label, const std::optional<bool>& value);
  template <class List>
  void add_list(std::string label, const List& list);
  void name(const std::string& name);
  void tell(const MetadataOptions& options);

  Details& details_;
};

}  // namespace portolan::chart
