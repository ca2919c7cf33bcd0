#include "reach/relevant.h"

#include <set>
#include <string>
#include <variant>

#include "reach/network_index.h"

namespace portolan::reach {

namespace {

class Collector {
 public:
  explicit Collector(const Network& network)
      : snapshot_(network.snapshot()), index_(network.index()) {}

  void add_place(const Place& place) {
    switch (place.kind) {
      case Place::Kind::Outside:
        return;
      case Place::Kind::Balancer:
        add_balancer(snapshot_.find(LoadBalancerId{place.id}));
        return;
      case Place::Kind::Interface:
        add_interface(snapshot_.find(NetworkInterfaceId{place.id}));
        return;
    }
  }

  std::vector<IpPrefix> finish() {
    if (routes_to_transit()) {
      add_transit();
    }
    add_tables();
    return {prefixes_.begin(), prefixes_.end()};
  }

 private:
  void add_interface(const NetworkInterface* interface) {
    if (interface == nullptr) {
      return;
    }
    for (const SecurityGroupId& group : interface->groups) {
      add_group(group);
    }
    vpcs_.insert(interface->vpc);
    add_balancer(index_.balancer_of(interface->id));
  }

  void add_group(const SecurityGroupId& id) {
    const SecurityGroup* group = snapshot_.find(id);
    if (group == nullptr || !groups_.insert(id).second) {
      return;
    }
    for (const SecurityGroupRule& rule : group->rules) {
      if (const auto* cidr = std::get_if<IpPrefix>(&rule.peer)) {
        prefixes_.insert(*cidr);
      } else if (const auto* list = std::get_if<PrefixListId>(&rule.peer)) {
        add_list(*list);
      }
    }
  }

  void add_list(const PrefixListId& id) {
    const PrefixList* list = id.empty() ? nullptr : snapshot_.find(id);
    if (list == nullptr || !list->entries || !lists_.insert(id).second) {
      return;
    }
    for (const PrefixListEntry& entry : *list->entries) {
      prefixes_.insert(entry.cidr);
    }
  }

  void add_balancer(const LoadBalancer* balancer) {
    if (balancer == nullptr || !balancers_.insert(balancer->id).second) {
      return;
    }
    vpcs_.insert(balancer->vpc);
    for (const SecurityGroupId& group : balancer->groups) {
      add_group(group);
    }
    for (const NetworkInterface* node : index_.nodes_of(balancer->id)) {
      add_interface(node);
    }
    for (const InstanceId& instance : balancer->instances) {
      add_instance(instance);
    }
    for (const TargetGroup* group : index_.target_groups_of(balancer->id)) {
      add_targets(*group);
    }
  }

  void add_instance(const InstanceId& instance) {
    for (const NetworkInterface* interface : index_.interfaces_of(instance)) {
      add_interface(interface);
    }
  }

  void add_targets(const TargetGroup& group) {
    vpcs_.insert(group.vpc);
    if (!group.targets) {
      return;
    }
    for (const Target& target : *group.targets) {
      if (group.target_type == "instance") {
        add_instance(InstanceId{target.id});
      } else if (group.target_type == "alb") {
        add_balancer(snapshot_.find(LoadBalancerId{target.id}));
      } else if (const auto address = IpAddress::parse(target.id)) {
        add_interface(index_.interface_at(group.vpc, *address));
      }
    }
  }

  [[nodiscard]] bool routes_to_transit() const {
    for (const RouteTable& table : snapshot_.all<RouteTable>()) {
      for (const Route& route : table.routes) {
        if (route.target.kind == RouteTargetKind::TransitGateway && vpcs_.contains(table.vpc)) {
          return true;
        }
      }
    }
    return false;
  }

  /// Behind a transit gateway any attached VPC may lie on the way, to a central exit for example.
  void add_transit() {
    for (const auto& attachment : snapshot_.all<TransitGatewayAttachment>()) {
      if (attachment.kind == AttachmentKind::Vpc) {
        vpcs_.insert(VpcId{attachment.resource});
      }
    }
    for (const auto& table : snapshot_.all<TransitGatewayRouteTable>()) {
      if (!table.routes) {
        continue;
      }
      for (const TransitGatewayRoute& route : *table.routes) {
        prefixes_.insert(route.cidr);
        add_list(route.prefix_list);
      }
    }
  }

  void add_tables() {
    for (const RouteTable& table : snapshot_.all<RouteTable>()) {
      if (vpcs_.contains(table.vpc)) {
        add_routes(table);
      }
    }
    for (const NetworkAcl& acl : snapshot_.all<NetworkAcl>()) {
      if (vpcs_.contains(acl.vpc)) {
        for (const NetworkAclEntry& entry : acl.entries) {
          prefixes_.insert(entry.cidr);
        }
      }
    }
    for (const NetworkFirewall& firewall : snapshot_.all<NetworkFirewall>()) {
      if (vpcs_.contains(firewall.vpc)) {
        add_firewall(snapshot_.find(firewall.policy));
      }
    }
  }

  void add_routes(const RouteTable& table) {
    for (const Route& route : table.routes) {
      if (route.cidr) {
        prefixes_.insert(*route.cidr);
      }
      add_list(route.prefix_list);
    }
  }

  void add_firewall(const FirewallPolicy* policy) {
    if (policy == nullptr) {
      return;
    }
    for (const auto* references : {&policy->stateless, &policy->stateful}) {
      for (const FirewallRuleGroupReference& reference : *references) {
        const FirewallRuleGroup* group = snapshot_.find(reference.group);
        if (group == nullptr) {
          continue;
        }
        for (const FirewallRule& rule : group->rules) {
          prefixes_.insert(rule.sources.begin(), rule.sources.end());
          prefixes_.insert(rule.destinations.begin(), rule.destinations.end());
        }
      }
    }
  }

  const Snapshot& snapshot_;
  const NetworkIndex& index_;
  std::set<IpPrefix> prefixes_;
  std::set<VpcId> vpcs_;
  std::set<SecurityGroupId> groups_;
  std::set<PrefixListId> lists_;
  std::set<LoadBalancerId> balancers_;
};

}  // namespace

std::vector<IpPrefix> relevant_prefixes(const Network& network, const std::vector<Place>& places) {
  Collector collector(network);
  for (const Place& place : places) {
    collector.add_place(place);
  }
  return collector.finish();
}

}  // namespace portolan::reach
