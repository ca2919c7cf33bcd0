#include "reach/engine/survey.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "reach/connect.h"
#include "reach/engine/key.h"
#include "reach/network_index.h"

namespace portolan::reach {

namespace {

constexpr std::array<IpFamily, 2> kBoth{IpFamily::V4, IpFamily::V6};

/// Looks things up, and keeps nothing: one for all threads.
class Surveyor {
 public:
  Surveyor(const Network& network, const Registrations& registrations)
      : network_(network),
        snapshot_(network.snapshot()),
        index_(network.index()),
        registrations_(registrations) {}

  [[nodiscard]] Surveyed look_at(const NetworkInterface& interface) const {
    Surveyed seen;
    seen.part = part_of(interface);
    if (seen.part == Part::Host) {
      look_at_host(interface, seen);
    }
    return seen;
  }

 private:
  [[nodiscard]] Part part_of(const NetworkInterface& interface) const {
    if (is_down(network_, interface)) {
      return Part::None;
    }
    switch (role_of(network_, interface)) {
      case InterfaceRole::Nat:
      case InterfaceRole::Forwarder:
        return Part::None;
      case InterfaceRole::Endpoint:
      case InterfaceRole::UnknownEndpoint:
      case InterfaceRole::Node:
      case InterfaceRole::UnknownNode:
        return Part::Alone;
      case InterfaceRole::Host:
        return Part::Host;
    }
    return Part::None;
  }

  void look_at_host(const NetworkInterface& interface, Surveyed& seen) const {
    for (std::size_t family = 0; family < kBoth.size(); ++family) {
      seen.address[family] = private_address(interface, kBoth[family]);
    }
    seen.subnet = snapshot_.find(interface.subnet);
    if (is_odd(interface, seen)) {
      seen.part = Part::Alone;
      return;
    }
    seen.is_lone = seen.subnet == nullptr || snapshot_.find(seen.subnet->vpc) == nullptr;
    seen.shares_instance =
        !interface.instance.empty() && index_.interfaces_of(interface.instance).size() > 1;
    seen.ports = ClientPorts::of(snapshot_, &interface);
    seen.registrations = &registrations_.of(interface);
    const auto groups = snapshot_.all<SecurityGroup>();
    seen.groups.reserve(interface.groups.size());
    for (const SecurityGroupId& id : interface.groups) {
      const SecurityGroup* group = snapshot_.find(id);
      seen.groups.push_back(group == nullptr ? kNone
                                             : static_cast<std::uint32_t>(groups.position(*group)));
    }
  }

  /// True if what the documents say of the interface does not fit together: packets to its address
  /// would end elsewhere.
  [[nodiscard]] bool is_odd(const NetworkInterface& interface, const Surveyed& seen) const {
    const Subnet* subnet = seen.subnet;
    if (subnet != nullptr && subnet->vpc != interface.vpc) {
      return true;
    }
    for (const auto& address : seen.address) {
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

  const Network& network_;
  const Snapshot& snapshot_;
  const NetworkIndex& index_;
  const Registrations& registrations_;
};

}  // namespace

Surveyed survey(const Network& network, const Registrations& registrations,
                const NetworkInterface& interface) {
  return Surveyor(network, registrations).look_at(interface);
}

std::vector<Surveyed> survey(const Network& network, const Registrations& registrations,
                             int threads) {
  static constexpr std::size_t kBatch = 512;
  const Surveyor surveyor(network, registrations);
  std::vector<const NetworkInterface*> interfaces;
  for (const NetworkInterface& interface : network.snapshot().all<NetworkInterface>()) {
    interfaces.push_back(&interface);
  }
  std::vector<Surveyed> seen(interfaces.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t at = next.fetch_add(kBatch); at < seen.size(); at = next.fetch_add(kBatch)) {
      for (std::size_t row = at; row < std::min(at + kBatch, seen.size()); ++row) {
        seen[row] = surveyor.look_at(*interfaces[row]);
      }
    }
  };
  std::vector<std::jthread> helpers;
  for (int i = 1; i < threads; ++i) {
    helpers.emplace_back(work);
  }
  work();
  helpers.clear();
  return seen;
}

}  // namespace portolan::reach
