#include "reach/engine/classes.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "reach/connect.h"
#include "reach/engine/blocks.h"
#include "reach/engine/subnets.h"
#include "reach/engine/survey.h"
#include "reach/network_index.h"
#include "reach/outside.h"
#include "reach/stretches.h"

namespace portolan::reach {

namespace {

constexpr std::array<IpFamily, kFamilies> kBoth{IpFamily::V4, IpFamily::V6};

/// Enough for a pair of two subnets and two instances in any two kinds.
constexpr std::size_t kSamplesOfSubnet = 2;
constexpr std::size_t kSamples = 4;

void add_sample(WayKind& kind, const NetworkInterface& interface) {
  if (kind.samples.size() == kSamples) {
    return;
  }
  const auto in_subnet =
      std::count_if(kind.samples.begin(), kind.samples.end(),
                    [&](const auto* sample) { return sample->subnet == interface.subnet; });
  const bool is_host_there =
      std::any_of(kind.samples.begin(), kind.samples.end(),
                  [&](const auto* sample) { return are_on_one_host(*sample, interface); });
  if (!is_host_there && static_cast<std::size_t>(in_subnet) < kSamplesOfSubnet) {
    kind.samples.push_back(&interface);
  }
}

class Classifier {
 public:
  Classifier(const Network& network, GroupNumbers& groups, int threads)
      : network_(network),
        threads_(threads),
        snapshot_(network.snapshot()),
        index_(network.index()),
        groups_(groups),
        blocks_(blocks_of(snapshot_)),
        ways_(blocks_.ways),
        rules_(united(blocks_.ingress, blocks_.egress)),
        subnet_kinds_(subnet_kinds(network)) {
    classes_.group_sets.emplace_back();
    group_sets_.emplace(std::vector<std::uint32_t>{}, 0);
  }

  Classes run() {
    find_route_targets();
    find_uncollected();
    const auto interfaces = snapshot_.all<NetworkInterface>();
    const Registrations registrations(network_);
    const std::vector<Surveyed> surveyed = survey(network_, registrations, threads_);
    for (std::size_t row = 0; row < interfaces.size(); ++row) {
      if (surveyed[row].part == Part::Alone) {
        stand_alone(interfaces[row]);
      } else if (surveyed[row].part == Part::Host) {
        add_host(interfaces[row], surveyed[row]);
      }
    }
    for (const LoadBalancer& balancer : snapshot_.all<LoadBalancer>()) {
      if (balancer.kind != BalancerKind::Gateway) {
        classes_.alone.push_back(
            {.kind = Place::Kind::Balancer, .id = balancer.id.value, .address = std::nullopt});
      }
    }
    std::stable_sort(
        classes_.hosts.begin(), classes_.hosts.end(),
        [](const HostClass& a, const HostClass& b) { return a.stretch[0] < b.stretch[0]; });
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
          const auto number = static_cast<std::uint32_t>(route_targets_.size());
          route_targets_.emplace(route.target.id, number);
        }
      }
    }
  }

  void stand_alone(const NetworkInterface& interface) {
    classes_.alone.push_back(
        {.kind = Place::Kind::Interface, .id = interface.id.value, .address = std::nullopt});
  }

  void add_host(const NetworkInterface& interface, const Surveyed& seen) {
    HostClass host;
    if (seen.subnet != nullptr) {
      host.subnet = static_cast<std::uint32_t>(seen.subnet - snapshot_.all<Subnet>().data());
    }
    host.is_lone = seen.is_lone;
    host.groups = group_set_of(interface, seen);
    if (seen.shares_instance) {
      host.host = instances_.of(interface.instance.value);
    }
    Key key;
    key.add(host.subnet == kNone ? kNone - 1 - names_.of(interface.subnet.value) : host.subnet);
    key.add(host.groups).add(host.host == kNone ? kNone : names_.of(interface.id.value));
    key.add(names_.of(*seen.registrations));
    for (const IpFamily family : kBoth) {
      add_family(interface, seen, family, host, key);
    }
    const auto number = static_cast<std::uint32_t>(classes_.hosts.size());
    const auto [place, is_new] = hosts_.emplace(key.bytes(), number);
    if (is_new) {
      classes_.hosts.push_back(std::move(host));
    }
    classes_.hosts[place->second].members.push_back(&interface);
  }

  void add_family(const NetworkInterface& interface, const Surveyed& seen, IpFamily family,
                  HostClass& host, Key& key) {
    const std::size_t number = number_of(family);
    if (const auto& address = seen.address[number]) {
      host.address[number] = *address;
      host.stretch[number] = rules_.of(*address);
      Key inner = inner_key(interface, seen, *address);
      host.inner[number] = kind_of(inner, family, interface, host.is_lone, classes_.inner, inner_);
      inner.add(host.inner[number]);
      add_public(interface, family, inner);
      host.outer[number] = kind_of(inner, family, interface, host.is_lone, classes_.outer, outer_);
    }
    key.add(host.stretch[number]).add(host.outer[number]);
  }

  /// All that can matter for a packet's way from or to the interface, inside.
  Key inner_key(const NetworkInterface& interface, const Surveyed& seen, const IpAddress& address) {
    const Subnet* subnet = seen.subnet;
    Key key;
    if (subnet == nullptr) {
      key.add(kNone).add(names_.of(interface.subnet.value)).add(names_.of(interface.vpc.value));
    } else {
      key.add(subnet_kinds_[static_cast<std::size_t>(subnet - snapshot_.all<Subnet>().data())]);
      key.add(interface.zone == subnet->zone ? kNone : names_.of(interface.zone));
    }
    key.add(ways_.of(address)).add(address.is_public() ? 1 : 0);
    key.add(static_cast<std::uint32_t>(seen.ports.first));
    key.add(static_cast<std::uint32_t>(seen.ports.last));
    const auto target = route_targets_.find(interface.id.value);
    key.add(target == route_targets_.end() ? kNone : target->second);
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

  std::uint32_t group_set_of(const NetworkInterface& interface, const Surveyed& seen) {
    std::vector<std::uint32_t> set = seen.groups;
    for (std::size_t i = 0; i < set.size(); ++i) {
      if (set[i] == kNone) {  // not collected
        set[i] = groups_.of(interface.groups[i]);
      }
    }
    std::sort(set.begin(), set.end());
    const auto number = static_cast<std::uint32_t>(classes_.group_sets.size());
    const auto [place, is_new] = group_sets_.emplace(set, number);
    if (is_new) {
      classes_.group_sets.push_back(std::move(set));
    }
    return place->second;
  }

  void add_outside() {
    for (const bool is_public : {true, false}) {
      const IpSet space = is_public ? internet_space(network_, {}) : on_premises_space(network_);
      add_atoms(space, united(blocks_.ways, blocks_.ingress), classes_.senders);
      add_atoms(space, united(blocks_.ways, blocks_.egress), classes_.receivers);
    }
    for (auto* atoms : {&classes_.senders, &classes_.receivers}) {
      std::stable_sort(
          atoms->begin(), atoms->end(),
          [](const OutsideClass& a, const OutsideClass& b) { return a.block < b.block; });
    }
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
  int threads_;
  const Snapshot& snapshot_;
  const NetworkIndex& index_;
  GroupNumbers& groups_;
  Blocks blocks_;
  Stretches ways_;
  Stretches rules_;
  std::vector<std::uint32_t> subnet_kinds_;
  std::unordered_map<std::string_view, std::uint32_t> route_targets_;  // interfaces, by id
  std::vector<const Vpc*> uncollected_;
  Numbers instances_;
  Numbers names_;
  std::unordered_map<std::string, std::uint32_t> hosts_;
  KindNumbers inner_;
  KindNumbers outer_;
  KindNumbers outside_;
  std::map<std::vector<std::uint32_t>, std::uint32_t> group_sets_;
  Classes classes_;
};

}  // namespace

Classes classify(const Network& network, GroupNumbers& groups, int threads) {
  return Classifier(network, groups, threads).run();
}

}  // namespace portolan::reach
