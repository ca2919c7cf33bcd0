#include "reach/engine/classes.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "reach/acl_filter.h"
#include "reach/connect.h"
#include "reach/engine/blocks.h"
#include "reach/engine/subnets.h"
#include "reach/network_index.h"
#include "reach/outside.h"
#include "reach/registrations.h"
#include "reach/stretches.h"

namespace portolan::reach {

namespace {

constexpr std::array<IpFamily, kFamilies> kBoth{IpFamily::V4, IpFamily::V6};

/// Enough for a pair of two subnets and two instances in any two kinds.
constexpr std::size_t kSamplesOfSubnet = 2;
constexpr std::size_t kSamples = 4;

void add_sample(WayKind& kind, const NetworkInterface& interface) {
  const auto in_subnet =
      std::count_if(kind.samples.begin(), kind.samples.end(),
                    [&](const auto* sample) { return sample->subnet == interface.subnet; });
  const bool is_host_there =
      std::any_of(kind.samples.begin(), kind.samples.end(),
                  [&](const auto* sample) { return are_on_one_host(*sample, interface); });
  if (kind.samples.size() < kSamples && !is_host_there &&
      static_cast<std::size_t>(in_subnet) < kSamplesOfSubnet) {
    kind.samples.push_back(&interface);
  }
}

class Classifier {
 public:
  Classifier(const Network& network, const Blocks& blocks, Numbers& groups)
      : network_(network),
        snapshot_(network.snapshot()),
        index_(network.index()),
        groups_(groups),
        blocks_(blocks),
        ways_(blocks_.ways),
        rules_(united(blocks_.ingress, blocks_.egress)),
        registrations_(network),
        subnet_kinds_(subnet_kinds(network)) {
    sets_.emplace_back();
    group_sets_.emplace(std::vector<std::uint32_t>{}, 0);
  }

  Classes run() {
    find_route_targets();
    find_uncollected();
    for (const NetworkInterface& interface : snapshot_.all<NetworkInterface>()) {
      add(interface);
    }
    for (const LoadBalancer& balancer : snapshot_.all<LoadBalancer>()) {
      if (balancer.kind != BalancerKind::Gateway) {
        classes_.alone.push_back(
            {.kind = Place::Kind::Balancer, .id = balancer.id.value, .address = std::nullopt});
      }
    }
    std::stable_sort(found_.begin(), found_.end(), [](const HostClass& a, const HostClass& b) {
      return a.stretch[0] < b.stretch[0];
    });
    classes_.hosts = SharedVector<HostClass>(std::move(found_));
    classes_.group_sets = SharedVector<std::vector<std::uint32_t>>(std::move(sets_));
    add_outside();
    return std::move(classes_);
  }

 private:
  void find_uncollected() {
    for (const Vpc& vpc : snapshot_.all<Vpc>()) {
      if (!snapshot_.coverage().has(Noun::NetworkInterfaces, vpc.owned.account, vpc.owned.region)) {
        uncollected_.push_back(&vpc);
      }
    }
  }

  void find_route_targets() {
    for (const RouteTable& table : snapshot_.all<RouteTable>()) {
      for (const Route& route : table.routes) {
        if (route.target.kind == RouteTargetKind::NetworkInterface) {
          route_targets_.of(route.target.id);
        }
      }
    }
    route_target_count_ = route_targets_.size();
  }

  void add(const NetworkInterface& interface) {
    if (is_down(network_, interface)) {
      return;
    }
    switch (role_of(network_, interface)) {
      case InterfaceRole::Nat:
      case InterfaceRole::Forwarder:
        return;
      case InterfaceRole::Endpoint:
      case InterfaceRole::UnknownEndpoint:
      case InterfaceRole::Node:
      case InterfaceRole::UnknownNode:
        stand_alone(interface);
        return;
      case InterfaceRole::Host:
        add_host(interface);
        return;
    }
  }

  void stand_alone(const NetworkInterface& interface) {
    classes_.alone.push_back(
        {.kind = Place::Kind::Interface, .id = interface.id.value, .address = std::nullopt});
  }

  /// True if what the documents say of the interface does not fit together: packets to its address
  /// would end elsewhere.
  [[nodiscard]] bool is_odd(const NetworkInterface& interface, const Subnet* subnet) const {
    if (subnet != nullptr && subnet->vpc != interface.vpc) {
      return true;
    }
    for (const IpFamily family : kBoth) {
      const auto address = private_address(interface, family);
      if (!address) {
        continue;
      }
      const bool is_in_subnet =
          subnet == nullptr ||
          std::any_of(subnet->cidrs.begin(), subnet->cidrs.end(),
                      [&](const IpPrefix& cidr) { return cidr.contains(*address); });
      if (!is_in_subnet || index_.interface_at(interface.vpc, *address) != &interface) {
        return true;
      }
    }
    return std::any_of(
        interface.addresses.begin(), interface.addresses.end(), [&](const InterfaceAddress& each) {
          return each.public_ip && index_.interface_of_public(*each.public_ip) != &interface;
        });
  }

  void add_host(const NetworkInterface& interface) {
    const Subnet* subnet = snapshot_.find(interface.subnet);
    if (is_odd(interface, subnet)) {
      stand_alone(interface);
      return;
    }
    HostClass host;
    if (subnet != nullptr) {
      host.subnet = static_cast<std::uint32_t>(subnet - snapshot_.all<Subnet>().data());
    }
    host.is_lone = subnet == nullptr || snapshot_.find(subnet->vpc) == nullptr;
    host.groups = group_set_of(interface);
    if (index_.interfaces_of(interface.instance).size() > 1) {
      host.host = instances_.of(interface.instance.value);
    }
    Key key;
    key.add(host.subnet == kNone ? kNone - 1 - names_.of(interface.subnet.value) : host.subnet);
    key.add(host.groups).add(host.host == kNone ? kNone : names_.of(interface.id.value));
    key.add(names_.of(registrations_.of(interface)));
    for (const IpFamily family : kBoth) {
      add_family(interface, subnet, family, host, key);
    }
    const auto number = static_cast<std::uint32_t>(found_.size());
    const auto [place, is_new] = hosts_.emplace(key.bytes(), number);
    if (is_new) {
      found_.push_back(std::move(host));
    }
    found_[place->second].members.push_back(&interface);
  }

  void add_family(const NetworkInterface& interface, const Subnet* subnet, IpFamily family,
                  HostClass& host, Key& key) {
    const auto address = private_address(interface, family);
    const std::size_t number = number_of(family);
    if (address) {
      host.address[number] = *address;
      host.stretch[number] = rules_.of(*address);
      Key inner = inner_key(interface, subnet, *address);
      host.inner[number] = kind_of(inner, family, interface, host.is_lone, classes_.inner, inner_);
      inner.add(host.inner[number]);
      add_public(interface, family, inner);
      host.outer[number] = kind_of(inner, family, interface, host.is_lone, classes_.outer, outer_);
    }
    key.add(host.stretch[number]).add(host.outer[number]);
  }

  /// All that can matter for a packet's way from or to the interface, inside.
  Key inner_key(const NetworkInterface& interface, const Subnet* subnet, const IpAddress& address) {
    const ClientPorts ports = ClientPorts::of(snapshot_, &interface);
    Key key;
    if (subnet == nullptr) {
      key.add(kNone).add(names_.of(interface.subnet.value)).add(names_.of(interface.vpc.value));
    } else {
      key.add(subnet_kinds_[static_cast<std::size_t>(subnet - snapshot_.all<Subnet>().data())]);
      key.add(interface.zone == subnet->zone ? kNone : names_.of(interface.zone));
    }
    key.add(ways_.of(address)).add(address.is_public() ? 1 : 0);
    key.add(static_cast<std::uint32_t>(ports.first)).add(static_cast<std::uint32_t>(ports.last));
    const std::uint32_t target = route_targets_.of(interface.id.value);
    key.add(target < route_target_count_ ? target : kNone);
    add_strangers(interface, address, key);
    return key;
  }

  /// In a VPC with overlapping addresses, where not all interfaces were collected, a packet to the
  /// address may end at somebody who is not known.
  void add_strangers(const NetworkInterface& interface, const IpAddress& address, Key& key) const {
    for (std::size_t number = 0; number < uncollected_.size(); ++number) {
      const Vpc& vpc = *uncollected_[number];
      const bool may_end_there =
          vpc.id != interface.vpc &&
          std::any_of(vpc.cidrs.begin(), vpc.cidrs.end(),
                      [&](const IpPrefix& cidr) { return cidr.contains(address); }) &&
          index_.interface_at(vpc.id, address) == nullptr;
      if (may_end_there) {
        key.add(static_cast<std::uint32_t>(number));
      }
    }
  }

  /// By which addresses the internet asks for it.
  void add_public(const NetworkInterface& interface, IpFamily family, Key& key) const {
    if (family == IpFamily::V6) {
      for (const IpAddress& address : interface.ipv6) {
        key.add(ways_.of(address)).add(address.is_public() ? 1 : 0);
      }
      return;
    }
    for (const InterfaceAddress& each : interface.addresses) {
      if (each.public_ip) {
        key.add(ways_.of(each.private_ip)).add(each.is_primary ? 1 : 0);
      }
    }
  }

  using KindNumbers = std::unordered_map<std::string, std::uint32_t>;

  static std::uint32_t kind_of(Key key, IpFamily family, const NetworkInterface& interface,
                               bool is_lone, std::vector<WayKind>& kinds, KindNumbers& numbers) {
    key.add(static_cast<std::uint32_t>(number_of(family)));
    const auto number = static_cast<std::uint32_t>(kinds.size());
    const auto [place, is_new] = numbers.emplace(key.bytes(), number);
    if (is_new) {
      kinds.push_back({.family = family, .is_lone = is_lone});
    }
    add_sample(kinds[place->second], interface);
    return place->second;
  }

  std::uint32_t group_set_of(const NetworkInterface& interface) {
    std::vector<std::uint32_t> set;
    set.reserve(interface.groups.size());
    for (const SecurityGroupId& group : interface.groups) {
      set.push_back(groups_.of(group.value));
    }
    std::sort(set.begin(), set.end());
    const auto number = static_cast<std::uint32_t>(sets_.size());
    const auto [place, is_new] = group_sets_.emplace(set, number);
    if (is_new) {
      sets_.push_back(std::move(set));
    }
    return place->second;
  }

  void add_outside() {
    std::vector<OutsideClass> senders;
    std::vector<OutsideClass> receivers;
    for (const bool is_public : {true, false}) {
      const IpSet space = is_public ? internet_space(network_, {}) : on_premises_space(network_);
      add_atoms(space, united(blocks_.ways, blocks_.ingress), senders);
      add_atoms(space, united(blocks_.ways, blocks_.egress), receivers);
    }
    for (auto* atoms : {&senders, &receivers}) {
      std::stable_sort(
          atoms->begin(), atoms->end(),
          [](const OutsideClass& a, const OutsideClass& b) { return a.block < b.block; });
    }
    classes_.sorted_senders = senders.size();
    classes_.senders = SharedVector<OutsideClass>(std::move(senders));
    classes_.receivers = SharedVector<OutsideClass>(std::move(receivers));
  }

  void add_atoms(const IpSet& space, std::vector<IpPrefix> blocks,
                 std::vector<OutsideClass>& atoms) {
    for (const Atom& atom : atoms_of(network_, space, std::move(blocks))) {
      Key key;
      key.add(ways_.of(atom.host)).add(atom.host.is_public() ? 1 : 0);
      const auto number = static_cast<std::uint32_t>(classes_.outside.size());
      const auto [place, is_new] = outside_.emplace(key.bytes(), number);
      if (is_new) {
        classes_.outside.push_back({.family = atom.host.family(), .outside = atom.host});
      }
      atoms.push_back({.block = atom.block, .host = atom.host, .kind = place->second});
    }
  }

  const Network& network_;
  const Snapshot& snapshot_;
  const NetworkIndex& index_;
  Numbers& groups_;
  const Blocks& blocks_;
  Stretches ways_;
  Stretches rules_;
  Registrations registrations_;
  std::vector<std::uint32_t> subnet_kinds_;
  Numbers route_targets_;
  std::size_t route_target_count_ = 0;
  std::vector<const Vpc*> uncollected_;
  Numbers instances_;
  Numbers names_;
  std::unordered_map<std::string, std::uint32_t> hosts_;
  KindNumbers inner_;
  KindNumbers outer_;
  KindNumbers outside_;
  std::map<std::vector<std::uint32_t>, std::uint32_t> group_sets_;
  std::vector<HostClass> found_;
  std::vector<std::vector<std::uint32_t>> sets_;
  Classes classes_;
};

}  // namespace

namespace {

/// A class of each of two networks, or none of one of them.
struct ClassPair {
  std::uint32_t before = kNone;
  std::uint32_t after = kNone;
  friend auto operator<=>(const ClassPair&, const ClassPair&) = default;
};

using Members = std::vector<const NetworkInterface*>;

/// One interface in both networks.
struct Joined {
  ClassPair pair;
  const NetworkInterface* before = nullptr;
  const NetworkInterface* after = nullptr;
};

template <class Visit>
void for_each_member(const Classes& classes, const Visit& visit) {
  for (std::size_t number = 0; number < classes.hosts.size(); ++number) {
    for (const NetworkInterface* member : classes.hosts[number].members) {
      visit(static_cast<std::uint32_t>(number), member);
    }
  }
}

HostClass part_of(const Classes& classes, std::uint32_t number, Members members) {
  if (number == kNone) {
    return {};
  }
  HostClass part = classes.hosts[number];
  part.members = std::move(members);
  return part;
}

void join_hosts(const Classes& before, const Classes& after, JointClasses& joint) {
  std::map<std::string_view, Joined> interfaces;
  for_each_member(before, [&](std::uint32_t number, const NetworkInterface* member) {
    Joined& interface = interfaces[member->id.value];
    interface.pair.before = number;
    interface.before = member;
  });
  for_each_member(after, [&](std::uint32_t number, const NetworkInterface* member) {
    Joined& interface = interfaces[member->id.value];
    interface.pair.after = number;
    interface.after = member;
  });
  for (const Place& place : joint.before.alone) {
    interfaces.erase(place.id);  // it is compared by itself, also where it had a class
  }
  std::map<ClassPair, std::pair<Members, Members>> members;
  for (const auto& [id, interface] : interfaces) {
    auto& [old_rows, new_rows] = members[interface.pair];
    if (interface.before != nullptr) {
      old_rows.push_back(interface.before);
    }
    if (interface.after != nullptr) {
      new_rows.push_back(interface.after);
    }
  }
  std::vector<HostClass> hosts_before;
  std::vector<HostClass> hosts_after;
  for (auto& [pair, rows] : members) {
    hosts_before.push_back(part_of(before, pair.before, std::move(rows.first)));
    hosts_after.push_back(part_of(after, pair.after, std::move(rows.second)));
  }
  joint.before.hosts = SharedVector<HostClass>(std::move(hosts_before));
  joint.after.hosts = SharedVector<HostClass>(std::move(hosts_after));
}

/// Where an atom stands in its list: public and private hosts of one block are two.
std::pair<IpPrefix, bool> place_in_list(const OutsideClass& atom) {
  return {atom.block, !atom.host.is_public()};
}

using Atoms = std::map<std::pair<IpPrefix, bool>, OutsideClass>;

/// Those of `all` that `mine` has, and in their places the others, which nobody is in.
SharedVector<OutsideClass> filled(const SharedVector<OutsideClass>& mine, const Atoms& all) {
  std::vector<OutsideClass> result;
  auto own = mine.begin();
  for (const auto& [place, atom] : all) {
    if (own != mine.end() && place_in_list(*own) == place) {
      result.push_back(*own);
      ++own;
    } else {
      result.push_back({.block = atom.block, .host = atom.host, .kind = kNone});
    }
  }
  return SharedVector<OutsideClass>(std::move(result));
}

void join_outside(SharedVector<OutsideClass> Classes::*atoms, JointClasses& joint) {
  Atoms all;
  for (const Classes* classes : {&joint.before, &joint.after}) {
    for (const OutsideClass& atom : classes->*atoms) {
      all.emplace(place_in_list(atom), atom);
    }
  }
  joint.before.*atoms = filled(joint.before.*atoms, all);
  joint.after.*atoms = filled(joint.after.*atoms, all);
}

}  // namespace

JointClasses joined(const Classes& before, const Classes& after) {
  JointClasses joint{before, after};
  std::set<Place> alone(before.alone.begin(), before.alone.end());
  alone.insert(after.alone.begin(), after.alone.end());
  joint.before.alone.assign(alone.begin(), alone.end());
  joint.after.alone = joint.before.alone;
  join_hosts(before, after, joint);
  join_outside(&Classes::senders, joint);
  join_outside(&Classes::receivers, joint);
  for (Classes* classes : {&joint.before, &joint.after}) {
    classes->sorted_senders = classes->senders.size();
  }
  return joint;
}

Numbers group_numbers(const Snapshot& snapshot) {
  Numbers numbers;
  for (const SecurityGroup& group : snapshot.all<SecurityGroup>()) {
    numbers.of(group.id.value);
  }
  return numbers;
}

Classes classify(const Network& network, const Blocks& blocks, Numbers& groups) {
  return Classifier(network, blocks, groups).run();
}

}  // namespace portolan::reach
