#include "checks/egress_needs.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "checks/balancers.h"
#include "checks/collected.h"
#include "checks/missing.h"
#include "checks/openings.h"
#include "checks/routing.h"
#include "core/text.h"

namespace portolan::checks {

namespace {

bool is_node(const NetworkInterface& interface) {
  return interface.description.starts_with("ELB ");
}

void add_need(Needs& needs, const RulePeer& peer, const ServiceSet& services) {
  if (!services.empty()) {
    ServiceSet& known = needs[peer];
    known = known.united(services);
  }
}

void add_gap(std::string& known, std::string gap) {
  if (known.empty()) {
    known = std::move(gap);
  }
}

template <class Value>
void sort_apart(std::vector<Value>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

ServiceSet ingress_services(const SecurityGroup& group) {
  ServiceSet services;
  for (const SecurityGroupRule& rule : group.rules) {
    services = rule.is_egress ? services : services.united(rule.services);
  }
  return services;
}

/// A block that is a subnet or a part of one names whoever is in it; a wider one names nobody.
bool is_in_a_subnet(const std::vector<const Subnet*>& subnets, const IpPrefix& block) {
  return std::any_of(subnets.begin(), subnets.end(), [&](const Subnet* subnet) {
    return std::any_of(subnet->cidrs.begin(), subnet->cidrs.end(),
                       [&](const IpPrefix& cidr) { return cidr.contains(block); });
  });
}

}  // namespace

EgressNeeds::EgressNeeds(const Context& context)
    : snapshot_(&context.snapshot()),
      estate_(&context.estate()),
      answers_(snapshot_->all<SecurityGroup>().size()) {
  add_balancers(context);
  add_admissions(context.snapshot());
  add_endpoints(context);
  add_gateway_endpoints(context);
  add_dependencies(context);
}

void EgressNeeds::add(const SecurityGroupId& group, const RulePeer& peer,
                      const ServiceSet& services) {
  add_need(own_[group].needs, peer, services);
}

/// The groups of the interface that let in some of the services, or else all: somebody has to open
/// one of them. Its addresses if it has none.
std::vector<RulePeer> EgressNeeds::peers_of(const NetworkInterface& interface,
                                            const ServiceSet& services) const {
  std::vector<RulePeer> open;
  std::vector<RulePeer> all;
  for (const SecurityGroupId& id : interface.groups) {
    const SecurityGroup* group = snapshot_->find(id);
    all.emplace_back(GroupReference{.group = id});
    if (group != nullptr && ingress_services(*group).overlaps(services)) {
      open.push_back(all.back());
    }
  }
  if (all.empty()) {
    for (const InterfaceAddress& address : interface.addresses) {
      all.emplace_back(IpPrefix::host(address.private_ip));
    }
  }
  return open.empty() ? all : open;
}

void EgressNeeds::add_interface(const std::vector<SecurityGroupId>& groups,
                                const NetworkInterface& interface, const ServiceSet& services) {
  for (const RulePeer& peer : peers_of(interface, services)) {
    for (const SecurityGroupId& group : groups) {
      add(group, peer, services);
    }
  }
}

void EgressNeeds::add_balancers(const Context& context) {
  const Behind behind(context);
  for (const LoadBalancer& balancer : snapshot_->all<LoadBalancer>()) {
    if (balancer.groups.empty() || balancer.kind == BalancerKind::Gateway) {
      continue;
    }
    for (const ServedInterface* served : behind.targets_of(balancer)) {
      add_interface(balancer.groups, *served->interface, served->services);
    }
    for (const TargetGroup* group : behind.groups_of(balancer)) {
      add_targets(context, balancer, *group);
    }
    const std::string gap =
        balancer.listeners ? behind.gap_of(balancer) : missing_listeners(balancer);
    for (const SecurityGroupId& group : balancer.groups) {
      add_gap(own_[group].gap, gap);
      if (logs_users_in(balancer)) {
        add(group, IpPrefix::all(IpFamily::V4), ServiceSet::tcp(443));
      }
    }
  }
}

/// Targets that are no interface of the snapshot: addresses elsewhere, and balancers.
void EgressNeeds::add_targets(const Context& context, const LoadBalancer& balancer,
                              const TargetGroup& group) {
  for (const Target& target : group.targets.value_or(std::vector<Target>{})) {
    const ServiceSet services =
        transport_services(group.protocol, target.port == 0 ? group.port : target.port);
    const auto address = IpAddress::parse(target.id);
    const LoadBalancer* next = snapshot_->find(LoadBalancerId{target.id});
    for (const SecurityGroupId& from : balancer.groups) {
      if (group.target_type == "ip" && address &&
          context.estate().interface_at(group.vpc, *address) == nullptr) {
        add(from, IpPrefix::host(*address), services);
      }
      for (const SecurityGroupId& to :
           next == nullptr ? std::vector<SecurityGroupId>{} : next->groups) {
        add(from, GroupReference{.group = to}, services);
      }
    }
  }
}

void EgressNeeds::add_admissions(const Snapshot& snapshot) {
  std::unordered_map<VpcId, std::vector<const Subnet*>> subnets;
  for (const Subnet& subnet : snapshot.all<Subnet>()) {
    subnets[subnet.vpc].push_back(&subnet);
  }
  for (const SecurityGroup& group : snapshot.all<SecurityGroup>()) {
    add_gap(by_vpc_[group.vpc].gap, missing_rules(snapshot, group));
    for (const SecurityGroupRule& rule : group.rules) {
      if (rule.is_egress) {
        continue;
      }
      if (const auto* reference = std::get_if<GroupReference>(&rule.peer)) {
        by_name_[reference->group].push_back({.by = &group, .rule = &rule});
      } else if (const auto* block = std::get_if<IpPrefix>(&rule.peer);
                 block != nullptr && is_in_a_subnet(subnets[group.vpc], *block)) {
        by_block_[*block].push_back({.by = &group, .rule = &rule});
        lengths_.insert(block->length());
      }
    }
  }
}

/// AWS's own services answer on tcp/443; what others offer is what their endpoint lets in.
void EgressNeeds::add_endpoints(const Context& context) {
  for (const Vpc& vpc : snapshot_->all<Vpc>()) {
    if (is_missing(context, Noun::VpcEndpoints, vpc.owned)) {
      add_gap(by_vpc_[vpc.id].gap, not_collected(Noun::VpcEndpoints, vpc.owned));
    }
  }
  for (const VpcEndpoint& endpoint : snapshot_->all<VpcEndpoint>()) {
    if (endpoint.kind != EndpointKind::Interface) {
      continue;
    }
    const bool is_of_aws = endpoint.service_name.find(".vpce-svc-") == std::string::npos;
    for (const SecurityGroupId& id : endpoint.groups) {
      const SecurityGroup* group = snapshot_->find(id);
      const ServiceSet offered = group == nullptr ? ServiceSet() : ingress_services(*group);
      add_need(by_vpc_[endpoint.vpc].needs, GroupReference{.group = id},
               is_of_aws ? ServiceSet::tcp(443) : offered);
    }
  }
}

void EgressNeeds::add_gateway_endpoints(const Context& context) {
  std::unordered_map<std::string, const PrefixList*> lists;
  for (const PrefixList& list : snapshot_->all<PrefixList>()) {
    lists.emplace(list.list_name, &list);
  }
  const Routing routing(context);
  for (const VpcEndpoint& endpoint : snapshot_->all<VpcEndpoint>()) {
    for (const RouteTableId& id : endpoint.route_tables) {
      const RouteTable* table = snapshot_->find(id);
      if (endpoint.kind != EndpointKind::Gateway || table == nullptr) {
        continue;
      }
      const auto list = lists.find(endpoint.service_name);
      for (const Subnet* subnet : routing.subnets_of(*table)) {
        Share& share = by_subnet_[subnet->id];
        if (list == lists.end()) {
          add_gap(share.gap,
                  fmt::format("the prefix list {} was not collected: {}",
                              printable(endpoint.service_name), call_of(Noun::PrefixLists)));
        } else {
          add_need(share.needs, list->second->id, ServiceSet::tcp(443));
        }
      }
    }
  }
}

Interfaces EgressNeeds::selected(const Context& context, const reach::Selector& selector) const {
  Interfaces interfaces;
  const auto places = reach::resolve(context.network(), selector, {});
  for (const reach::Place& place : places.value_or(std::vector<reach::Place>{})) {
    if (const auto* found = snapshot_->find(NetworkInterfaceId{place.id})) {
      interfaces.push_back(found);
    } else if (const auto* balancer = snapshot_->find(LoadBalancerId{place.id})) {
      const Interfaces& nodes = estate_->nodes_of(*balancer);
      interfaces.insert(interfaces.end(), nodes.begin(), nodes.end());
    }
  }
  return interfaces;
}

void EgressNeeds::add_dependencies(const Context& context) {
  for (const Dependency& dependency : context.config().dependencies) {
    std::set<SecurityGroupId> from;
    for (const NetworkInterface* interface : selected(context, dependency.from)) {
      from.insert(interface->groups.begin(), interface->groups.end());
    }
    declared_.insert(from.begin(), from.end());
    add_dependency(context, {from.begin(), from.end()}, dependency);
  }
}

void EgressNeeds::add_dependency(const Context& context, const std::vector<SecurityGroupId>& from,
                                 const Dependency& dependency) {
  const reach::Selector& to = dependency.to;
  std::vector<IpPrefix> blocks;
  if (to.prefix) {
    blocks = {*to.prefix};
  } else if (to.kind == reach::SelectorKind::Internet || to.kind == reach::SelectorKind::Any) {
    blocks = {IpPrefix::all(IpFamily::V4), IpPrefix::all(IpFamily::V6)};
  }
  const Interfaces interfaces = blocks.empty() ? selected(context, to) : Interfaces();
  for (const NetworkInterface* interface : interfaces) {
    declared_.insert(interface->groups.begin(), interface->groups.end());
    add_interface(from, *interface, dependency.services);
  }
  for (const SecurityGroupId& group : from) {
    for (const IpPrefix& block : blocks) {
      add(group, block, dependency.services);
    }
    if (blocks.empty() && interfaces.empty()) {
      add_gap(own_[group].gap, fmt::format("nothing in the inventory is {}, which it depends on",
                                           printable(to.text())));
    }
  }
}

const GroupNeeds& EgressNeeds::of(const SecurityGroup& group) const {
  return answers_.of(snapshot_->all<SecurityGroup>().position(group),
                     [&] { return compute(group); });
}

bool EgressNeeds::is_declared(const SecurityGroup& group) const {
  return declared_.contains(group.id);
}

GroupNeeds EgressNeeds::compute(const SecurityGroup& group) const {
  const Interfaces& members = estate_->interfaces_of(group.id);
  GroupNeeds needs;
  needs.all_ = this;
  needs.names_.push_back(group.id);
  for (const NetworkInterface* member : members) {
    needs.names_.insert(needs.names_.end(), member->groups.begin(), member->groups.end());
    take_places(*member, needs);
  }
  sort_apart(needs.names_);
  sort_apart(needs.places_);
  take_shares(members, needs);
  add_gap(needs.gap_, missing(*snapshot_, Noun::NetworkInterfaces, "interfaces", group.owned));
  return needs;
}

/// The blocks of rules that hold the member's addresses.
void EgressNeeds::take_places(const NetworkInterface& member, GroupNeeds& needs) const {
  constexpr int kShortest = 16;  // a subnet of AWS is no larger
  for (const InterfaceAddress& address : member.addresses) {
    for (auto length = lengths_.lower_bound(kShortest);
         length != lengths_.end() && *length <= address.private_ip.width(); ++length) {
      const IpPrefix block(address.private_ip, *length);
      if (by_block_.contains(block)) {
        needs.places_.emplace_back(member.vpc, block);
      }
    }
  }
}

/// What members need by their groups and by where they are.
void EgressNeeds::take_shares(const Interfaces& members, GroupNeeds& needs) const {
  std::set<VpcId> vpcs;
  std::set<SubnetId> subnets;
  for (const NetworkInterface* member : members) {
    if (!is_node(*member)) {  // a balancer sends to its targets only
      vpcs.insert(member->vpc);
      subnets.insert(member->subnet);
    }
  }
  const auto take = [&](const auto& shares, const auto& keys) {
    for (const auto& key : keys) {
      if (const auto found = shares.find(key); found != shares.end()) {
        for (const auto& [peer, services] : found->second.needs) {
          add_need(needs.told_, peer, services);
        }
        add_gap(needs.gap_, found->second.gap);
      }
    }
  };
  take(own_, needs.names_);
  take(by_vpc_, vpcs);
  take(by_subnet_, subnets);
}

}  // namespace portolan::checks
