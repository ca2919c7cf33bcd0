#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/resources.h"

/// Private to the module: what resources name other resources, and as what.
namespace portolan::chart {

/// What a resource calls another one, and what it is to that one.
struct Link {
  std::string_view role;     // "security group"
  std::string_view reverse;  // "group of"
};

// One for each member that several kinds of resource have. An id may be empty.
inline constexpr Link kVpc{"VPC", "holds"};
inline constexpr Link kSubnet{"subnet", "holds"};
inline constexpr Link kGroup{"security group", "group of"};
inline constexpr Link kInstance{"instance", "instance of"};
inline constexpr Link kInterface{"interface", "interface of"};
inline constexpr Link kTable{"route table", "route table of"};
inline constexpr Link kBalancer{"load balancer", "load balancer of"};

/// Calls `visit(link, id)` for each of the ids of a list, which may be absent.
template <class Ids, class Visit>
void visit_ids(const Link& link, const Ids& ids, const Visit& visit) {
  if constexpr (requires { ids.has_value(); }) {
    if (ids.has_value()) {
      visit_ids(link, *ids, visit);
    }
  } else {
    for (const auto& id : ids) {
      if constexpr (requires { id.value; }) {
        visit(link, id.value);
      } else {
        visit(link, id);
      }
    }
  }
}

/// What members tell that many kinds of resource have.
template <class Resource, class Visit>
void visit_common(const Resource& resource, const Visit& visit) {
  if constexpr (requires { resource.vpc.value; }) {
    visit(kVpc, resource.vpc.value);
  }
  if constexpr (requires { resource.vpcs.begin()->value; }) {
    visit_ids(kVpc, resource.vpcs, visit);
  }
  if constexpr (requires { resource.subnet.value; }) {
    visit(kSubnet, resource.subnet.value);
  }
  if constexpr (requires { resource.subnets; }) {
    visit_ids(kSubnet, resource.subnets, visit);
  }
  if constexpr (requires { resource.groups.begin()->value; }) {
    visit_ids(kGroup, resource.groups, visit);
  }
  if constexpr (requires { resource.instance.value; }) {
    visit(kInstance, resource.instance.value);
  }
  if constexpr (requires { resource.instances.begin()->value; }) {
    visit_ids(kInstance, resource.instances, visit);
  }
  if constexpr (requires { resource.interfaces.begin()->value; }) {
    visit_ids(kInterface, resource.interfaces, visit);
  }
  if constexpr (requires { resource.route_tables.begin()->value; }) {
    visit_ids(kTable, resource.route_tables, visit);
  }
  if constexpr (requires { resource.balancers.begin()->value; }) {
    visit_ids(kBalancer, resource.balancers, visit);
  }
}

template <class Visit>
void visit_own(const SecurityGroup& group, const Visit& visit) {
  for (const SecurityGroupRule& rule : group.rules) {
    if (const auto* peer = std::get_if<GroupReference>(&rule.peer)) {
      visit(Link{"names in a rule", "named in a rule of"}, peer->group.value);
    } else if (const auto* list = std::get_if<PrefixListId>(&rule.peer)) {
      visit(Link{"prefix list", "prefix list of"}, list->value);
    }
  }
  for (const SecurityGroupVpcAssociation& association : group.associations) {
    visit(Link{"may be used in", "may use"}, association.vpc.value);
  }
}
template <class Visit>
void visit_own(const RouteTable& table, const Visit& visit) {
  visit_ids(Link{"edge table of", "edge table"}, table.gateways, visit);
  for (const Route& route : table.routes) {
    visit(Link{"routes to", "routed to by"}, route.target.id);
    visit(Link{"prefix list", "prefix list of"}, route.prefix_list.value);
  }
}
template <class Visit>
void visit_own(const Instance& instance, const Visit& visit) {
  visit(Link{"instance profile", "profile of"}, instance.instance_profile);
}
template <class Visit>
void visit_own(const NatGateway& nat, const Visit& visit) {
  for (const NatAddress& address : nat.addresses) {
    visit(kInterface, address.interface.value);
  }
}
template <class Visit>
void visit_own(const VpcPeering& peering, const Visit& visit) {
  visit(Link{"requester", "peering"}, peering.requester.vpc.value);
  visit(Link{"accepter", "peering"}, peering.accepter.vpc.value);
}
template <class Visit>
void visit_own(const TransitGatewayAttachment& attachment, const Visit& visit) {
  visit(Link{"transit gateway", "attachment"}, attachment.gateway.value);
  visit(Link{"attaches", "attached by"}, attachment.resource);
  visit(Link{"associated with", "table of"}, attachment.route_table.value);
}
template <class Visit>
void visit_own(const TransitGatewayRouteTable& table, const Visit& visit) {
  visit(Link{"transit gateway", "route table"}, table.gateway.value);
}
template <class Visit>
void visit_own(const VpnConnection& connection, const Visit& visit) {
  visit(Link{"VPN gateway", "connection"}, connection.vpn_gateway.value);
  visit(Link{"transit gateway", "connection"}, connection.transit_gateway.value);
}
template <class Visit>
void visit_own(const LoadBalancer& balancer, const Visit& visit) {
  for (const BalancerZone& zone : balancer.zones) {
    visit(kSubnet, zone.subnet.value);
  }
}
template <class Visit>
void visit_own(const TargetGroup& group, const Visit& visit) {
  if (!group.targets) {
    return;
  }
  for (const Target& target : *group.targets) {
    visit(Link{"target", "target of"}, target.id);
  }
}
template <class Visit>
void visit_own(const NetworkFirewall& firewall, const Visit& visit) {
  visit(Link{"policy", "policy of"}, firewall.policy.value);
  visit_ids(Link{"endpoint", "endpoint of"}, firewall.endpoints, visit);
}
template <class Visit>
void visit_own(const FirewallPolicy& policy, const Visit& visit) {
  for (const auto* references : {&policy.stateless, &policy.stateful}) {
    for (const FirewallRuleGroupReference& reference : *references) {
      visit(Link{"rule group", "rule group of"}, reference.group.value);
    }
  }
}
template <class Visit>
void visit_own(const BlockPublicAccessExclusion& exclusion, const Visit& visit) {
  visit(Link{"leaves out", "left out by"}, exclusion.resource);
}
template <class Visit>
void visit_own(const FlowLog& log, const Visit& visit) {
  visit(Link{"logs", "flow log"}, log.resource);
}
template <class Visit>
void visit_own(const Trail& trail, const Visit& visit) {
  visit(Link{"log group", "log group of"}, trail.log_group);
}
template <class Visit>
void visit_own(const Alarm& alarm, const Visit& visit) {
  visit_ids(Link{"acts by", "called by"}, alarm.actions, visit);
}
template <class Visit>
void visit_own(const Subscription& subscription, const Visit& visit) {
  visit(Link{"topic", "subscription"}, subscription.topic);
}
template <class Visit>
void visit_own(const LaunchTemplate& launch, const Visit& visit) {
  for (const LaunchVersion& version : launch.versions) {
    visit_ids(kGroup, version.groups, visit);
  }
}
template <class Visit>
void visit_own(const AutoScalingGroup& group, const Visit& visit) {
  for (const LaunchUse& launch : group.launches) {
    visit(Link{"launches from", "launched by"}, launch.id);
  }
}
template <class Visit>
void visit_own(const WebAcl& acl, const Visit& visit) {
  visit_ids(Link{"guards", "web ACL"}, acl.resources, visit);
}
template <class Visit>
void visit_own(const EksNodeGroup& group, const Visit& visit) {
  visit_ids(Link{"remote access from", "may log in to"}, group.from_groups, visit);
}
/// All other kinds name nothing but what many kinds name.
template <class Resource, class Visit>
void visit_own(const Resource& /*resource*/, const Visit& /*visit*/) {}

/// Calls `visit(link, id)` for everything that the resource names.
template <class Resource, class Visit>
void visit_links(const Resource& resource, const Visit& visit) {
  visit_common(resource, visit);
  visit_own(resource, visit);
}

}  // namespace portolan::chart
