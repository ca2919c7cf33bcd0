#include "reach/engine/classifier.h"

#include <algorithm>
#include <array>
#include <utility>

#include "reach/connect.h"
#include "reach/engine/subnets.h"
#include "reach/network_index.h"
#include "reach/outside.h"

namespace portolan::reach {

namespace {

constexpr std::array<IpFamily, kFamilies> kBoth{IpFamily::V4, IpFamily::V6};

/// Enough for a pair of two subnets and two instances in any two kinds.
constexpr std::size_t kSamplesOfSubnet = 2;
constexpr std::size_t kSamples = 4;

std::vector<Vpc> uncollected_vpcs(const Snapshot& snapshot) {
  std::vector<Vpc> vpcs;
  for (const Vpc& vpc : snapshot.all<Vpc>()) {
    if (!snapshot.coverage().has(Noun::NetworkInterfaces, vpc.owned.account, vpc.owned.region)) {
      vpcs.push_back(vpc);
    }
  }
  return vpcs;
}

Numbers route_targets(const Snapshot& snapshot) {
  Numbers targets;
  for (const RouteTable& table : snapshot.all<RouteTable>()) {
    for (const Route& route : table.routes) {
      if (route.target.kind == RouteTargetKind::NetworkInterface) {
        targets.of(route.target.id);
      }
    }
  }
  return targets;
}

/// The number of a key; the next one if it is new.
std::uint32_t number_of(LayeredMap<std::string, std::uint32_t>& numbers, const std::string& key,
                        std::size_t next) {
  if (const std::uint32_t* known = numbers.find(key)) {
    return *known;
  }
  numbers.set(key, static_cast<std::uint32_t>(next));
  return static_cast<std::uint32_t>(next);
}

std::uint32_t kind_of(Key key, const WayKind& kind, SharedVector<WayKind>& kinds,
                      LayeredMap<std::string, std::uint32_t>& numbers) {
  key.add(static_cast<std::uint32_t>(reach::number_of(kind.family)));
  const std::uint32_t number = number_of(numbers, key.bytes(), kinds.size());
  if (number == kinds.size()) {
    kinds.push_back(kind);
  }
  return number;
}

}  // namespace

void add_sample(SharedVector<WayKind>& kinds, std::uint32_t number,
                const NetworkInterface& interface) {
  const auto& samples = kinds[number].samples;
  if (samples.size() == kSamples) {
    return;
  }
  const auto in_subnet = std::count_if(samples.begin(), samples.end(), [&](const auto* sample) {
    return sample->subnet == interface.subnet;
  });
  const bool is_host_there = std::any_of(samples.begin(), samples.end(), [&](const auto* sample) {
    return are_on_one_host(*sample, interface);
  });
  if (!is_host_there && static_cast<std::size_t>(in_subnet) < kSamplesOfSubnet) {
    WayKind kind = kinds[number];
    kind.samples.push_back(&interface);
    kinds.set(number, std::move(kind));
  }
}

Directory::Directory(const Network& network, Blocks cut) {
  Stretches ways(cut.ways);
  Stretches rules(united(cut.ingress, cut.egress));
  setting = std::make_shared<const Setting>(
      Setting{.blocks = std::move(cut),
              .ways = std::move(ways),
              .rules = std::move(rules),
              .registrations = Registrations(network),
              .subnet_kinds = reach::subnet_kinds(network),
              .uncollected = uncollected_vpcs(network.snapshot()),
              .route_targets = reach::route_targets(network.snapshot())});
}

Classifier::Classifier(const Network& network, Directory& directory, Classes& classes,
                       Numbers& groups)
    : network_(network),
      snapshot_(network.snapshot()),
      index_(network.index()),
      directory_(directory),
      setting_(*directory.setting),
      classes_(classes),
      groups_(groups) {}

void Classifier::run(int threads) {
  classes_.group_sets.push_back({});
  directory_.group_sets.set(Key().bytes(), 0);
  const std::vector<Surveyed> surveyed = survey(network_, setting_.registrations, threads);
  std::size_t row = 0;
  for (const NetworkInterface& interface : snapshot_.all<NetworkInterface>()) {
    const Surveyed& seen = surveyed[row++];
    if (seen.part == Part::Alone) {
      stand_alone(interface);
    } else if (seen.part == Part::Host) {
      add(interface, seen);
    }
  }
  for (const LoadBalancer& balancer : snapshot_.all<LoadBalancer>()) {
    if (balancer.kind != BalancerKind::Gateway) {
      classes_.alone.push_back(
          {.kind = Place::Kind::Balancer, .id = balancer.id.value, .address = std::nullopt});
    }
  }
  sort_hosts();
  add_outside();
}

/// By the stretch of their IPv4 address, so that a block holds a run of them.
void Classifier::sort_hosts() {
  std::vector<std::uint32_t> order(found_.size());
  std::vector<std::uint32_t> places(found_.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    order[i] = static_cast<std::uint32_t>(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return found_[a].host.stretch[0] < found_[b].host.stretch[0];
  });
  std::vector<HostClass> sorted;
  sorted.reserve(found_.size());
  for (const std::uint32_t number : order) {
    directory_.hosts.set(found_[number].key, static_cast<std::uint32_t>(sorted.size()));
    sorted.push_back(std::move(found_[number].host));
  }
  classes_.hosts = SharedVector<HostClass>(std::move(sorted));
  found_.clear();
}

void Classifier::add(const NetworkInterface& interface, const Surveyed& seen) {
  Described description = described(interface, seen);
  const std::uint32_t number = number_of(directory_.hosts, description.key, found_.size());
  if (number == found_.size()) {
    found_.push_back(std::move(description));
  }
  HostClass& host = found_[number].host;
  host.members.push_back(&interface);
  for (std::size_t family = 0; family < kFamilies; ++family) {
    if (host.inner[family] != kNone) {
      add_sample(classes_.inner, host.inner[family], interface);
      add_sample(classes_.outer, host.outer[family], interface);
    }
  }
}

void Classifier::stand_alone(const NetworkInterface& interface) {
  classes_.alone.push_back(
      {.kind = Place::Kind::Interface, .id = interface.id.value, .address = std::nullopt});
}

std::optional<Classifier::Described> Classifier::describe(const NetworkInterface& interface) {
  Surveyed seen = survey(network_, setting_.registrations, interface);
  if (seen.part != Part::Host) {
    return std::nullopt;
  }
  std::transform(interface.groups.begin(), interface.groups.end(), seen.groups.begin(),
                 [&](const SecurityGroupId& id) { return groups_.of(id.value); });
  return described(interface, seen);
}

Classifier::Described Classifier::described(const NetworkInterface& interface,
                                            const Surveyed& seen) {
  HostClass host;
  if (seen.subnet != nullptr) {
    host.subnet = static_cast<std::uint32_t>(snapshot_.all<Subnet>().position(*seen.subnet));
  }
  host.is_lone = seen.is_lone;
  host.groups = group_set_of(interface, seen);
  if (seen.shares_instance) {
    host.host = directory_.instances.of(interface.instance.value);
  }
  Numbers& names = directory_.names;
  Key key;
  key.add(host.subnet == kNone ? kNone - 1 - names.of(interface.subnet.value) : host.subnet);
  key.add(host.groups).add(host.host == kNone ? kNone : names.of(interface.id.value));
  key.add(names.of(*seen.registrations));
  for (const IpFamily family : kBoth) {
    add_family(interface, seen, family, host, key);
  }
  return {.key = key.bytes(), .host = std::move(host)};
}

void Classifier::add_family(const NetworkInterface& interface, const Surveyed& seen,
                            IpFamily family, HostClass& host, Key& key) {
  const std::size_t number = reach::number_of(family);
  if (const auto& address = seen.address[number]) {
    const WayKind kind{.family = family, .is_lone = host.is_lone};
    host.address[number] = *address;
    host.stretch[number] = setting_.rules.of(*address);
    Key inner = inner_key(interface, seen, *address);
    host.inner[number] = kind_of(inner, kind, classes_.inner, directory_.inner);
    inner.add(host.inner[number]);
    add_public(interface, family, inner);
    host.outer[number] = kind_of(inner, kind, classes_.outer, directory_.outer);
    for (std::size_t i = 0; i < directory_.late_blocks.size(); ++i) {
      if (directory_.late_blocks[i].contains(*address)) {
        key.add(kNone - 2).add(static_cast<std::uint32_t>(i));
      }
    }
  }
  key.add(host.stretch[number]).add(host.outer[number]);
}

/// All that can matter for a packet's way from or to the interface, inside.
Key Classifier::inner_key(const NetworkInterface& interface, const Surveyed& seen,
                          const IpAddress& address) {
  const Subnet* subnet = seen.subnet;
  Numbers& names = directory_.names;
  Key key;
  if (subnet == nullptr) {
    key.add(kNone).add(names.of(interface.subnet.value)).add(names.of(interface.vpc.value));
  } else {
    key.add(setting_.subnet_kinds[snapshot_.all<Subnet>().position(*subnet)]);
    key.add(interface.zone == subnet->zone ? kNone : names.of(interface.zone));
  }
  key.add(setting_.ways.of(address)).add(address.is_public() ? 1 : 0);
  key.add(static_cast<std::uint32_t>(seen.ports.first));
  key.add(static_cast<std::uint32_t>(seen.ports.last));
  key.add(setting_.route_targets.find(interface.id.value));
  add_strangers(interface, address, key);
  return key;
}

/// In a VPC with overlapping addresses, where not all interfaces were collected, a packet to the
/// address may end at somebody who is not known.
void Classifier::add_strangers(const NetworkInterface& interface, const IpAddress& address,
                               Key& key) const {
  for (std::size_t number = 0; number < setting_.uncollected.size(); ++number) {
    const Vpc& vpc = setting_.uncollected[number];
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
void Classifier::add_public(const NetworkInterface& interface, IpFamily family, Key& key) const {
  if (family == IpFamily::V6) {
    for (const IpAddress& address : interface.ipv6) {
      key.add(setting_.ways.of(address)).add(address.is_public() ? 1 : 0);
    }
    return;
  }
  for (const InterfaceAddress& each : interface.addresses) {
    if (each.public_ip) {
      key.add(setting_.ways.of(each.private_ip)).add(each.is_primary ? 1 : 0);
    }
  }
}

std::uint32_t Classifier::group_set_of(const NetworkInterface& interface, const Surveyed& seen) {
  std::vector<std::uint32_t> set = seen.groups;
  for (std::size_t i = 0; i < set.size(); ++i) {
    if (set[i] == kNone) {  // not collected
      set[i] = groups_.of(interface.groups[i].value);
    }
  }
  std::sort(set.begin(), set.end());
  Key key;
  for (const std::uint32_t group : set) {
    key.add(group);
  }
  const std::uint32_t number =
      number_of(directory_.group_sets, key.bytes(), classes_.group_sets.size());
  if (number == classes_.group_sets.size()) {
    classes_.group_sets.push_back(std::move(set));
  }
  return number;
}

void Classifier::add_outside() {
  const Blocks& blocks = setting_.blocks;
  std::vector<OutsideClass> senders;
  std::vector<OutsideClass> receivers;
  for (const bool is_public : {true, false}) {
    const IpSet space = is_public ? internet_space(network_, {}) : on_premises_space(network_);
    add_atoms(space, united(blocks.ways, blocks.ingress), senders);
    add_atoms(space, united(blocks.ways, blocks.egress), receivers);
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

void Classifier::add_atoms(const IpSet& space, std::vector<IpPrefix> blocks,
                           std::vector<OutsideClass>& atoms) {
  for (const Atom& atom : atoms_of(network_, space, std::move(blocks))) {
    Key key;
    key.add(setting_.ways.of(atom.host)).add(atom.host.is_public() ? 1 : 0);
    const std::uint32_t number =
        number_of(directory_.outside, key.bytes(), classes_.outside.size());
    if (number == classes_.outside.size()) {
      classes_.outside.push_back({.family = atom.host.family(), .outside = atom.host});
    }
    atoms.push_back({.block = atom.block, .host = atom.host, .kind = number});
  }
}

}  // namespace portolan::reach
