#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "collect/merge/merge.h"

namespace portolan::collect {

namespace {

/// Interfaces that stand inside of instances and in no document of their own.
std::vector<NetworkInterface> unlisted_interfaces(Merge& merge) {
  std::vector<NetworkInterface> unlisted;
  auto& listed = merge.inventory.of<NetworkInterface>();
  for (Harvest& harvest : merge.harvests) {
    for (auto& [row, origin] : harvest.inline_interfaces) {
      if (find_row(listed, row.id.value) == nullptr) {
        unlisted.push_back(std::move(row));
      }
    }
  }
  std::sort(unlisted.begin(), unlisted.end());
  unlisted.erase(std::unique(unlisted.begin(), unlisted.end(),
                             [](const auto& a, const auto& b) { return a.id == b.id; }),
                 unlisted.end());
  return unlisted;
}

void add_inline_interfaces(Merge& merge) {
  std::vector<NetworkInterface> unlisted = unlisted_interfaces(merge);
  std::set<std::string> places;
  for (const NetworkInterface& row : unlisted) {
    const Owned& owned = row.owned;
    if (!merge.inventory.coverage.has(Noun::NetworkInterfaces, owned.account, owned.region)) {
      places.insert(fmt::format("{}/{}", owned.account.text(), owned.region.text()));
    }
  }
  for (const std::string& place : places) {
    merge.gap("interfaces_from_instances_only", place,
              "network interfaces were not collected: only those of instances are known");
  }
  add_rows(merge.inventory.of<NetworkInterface>(), std::move(unlisted));
}

/// The address of the interface that an elastic address is mapped to.
InterfaceAddress* mapped(NetworkInterface& interface, const ElasticAddress& elastic) {
  for (InterfaceAddress& address : interface.addresses) {
    if (elastic.private_ip ? address.private_ip == *elastic.private_ip : address.is_primary) {
      return &address;
    }
  }
  return nullptr;
}

/// The interface that an elastic address is at; null if it is at none that is known.
NetworkInterface* interface_of(Merge& merge, const ElasticAddress& elastic) {
  auto& interfaces = merge.inventory.of<NetworkInterface>();
  if (!elastic.interface.empty()) {
    return find_row(interfaces, elastic.interface.value);
  }
  const Instance* instance = find_row(merge.inventory.of<Instance>(), elastic.instance.value);
  if (instance == nullptr) {
    return nullptr;
  }
  for (const NetworkInterfaceId& id : instance->interfaces) {
    NetworkInterface* interface = find_row(interfaces, id.value);
    if (interface != nullptr && mapped(*interface, elastic) != nullptr) {
      return interface;
    }
  }
  return nullptr;
}

void join_addresses(Merge& merge) {
  for (const auto& [holder, elastic, origin] : take_parts<ElasticAddress>(merge)) {
    NetworkInterface* interface = interface_of(merge, elastic);
    InterfaceAddress* address = interface == nullptr ? nullptr : mapped(*interface, elastic);
    if (address == nullptr) {
      continue;
    }
    if (!address->public_ip) {
      address->public_ip = elastic.public_ip;
    } else if (address->public_ip != elastic.public_ip) {
      merge.warn("contradiction",
                 fmt::format("the address {} is not what the interface's own document says, which "
                             "is believed",
                             elastic.public_ip->text()),
                 merge.paths[origin.document], interface->id.value);
      merge.gap("contradiction", interface->id.value, "two documents tell different addresses");
    }
  }
}

/// A NAT gateway's document may leave out addresses that its interface has.
void complete_nat_addresses(Merge& merge) {
  auto& interfaces = merge.inventory.of<NetworkInterface>();
  for (NatGateway& gateway : merge.inventory.of<NatGateway>()) {
    for (NatAddress& nat : gateway.addresses) {
      NetworkInterface* interface = find_row(interfaces, nat.interface.value);
      const InterfaceAddress* address =
          interface == nullptr
              ? nullptr
              : mapped(*interface, {.private_ip = nat.private_ip == IpAddress{}
                                                      ? std::nullopt
                                                      : std::optional(nat.private_ip)});
      if (address != nullptr) {
        nat.private_ip = address->private_ip;
        nat.public_ip = nat.public_ip ? nat.public_ip : address->public_ip;
      }
    }
  }
}

/// A route to an instance goes to its interface, if it has one only.
void resolve_routes(Merge& merge) {
  for (RouteTable& table : merge.inventory.of<RouteTable>()) {
    for (Route& route : table.routes) {
      if (route.target.kind != RouteTargetKind::Unknown || !route.target.id.starts_with("i-")) {
        continue;
      }
      const Instance* instance = find_row(merge.inventory.of<Instance>(), route.target.id);
      if (instance != nullptr && instance->interfaces.size() == 1) {
        route.target = {.kind = RouteTargetKind::NetworkInterface,
                        .id = instance->interfaces.front().value};
      }
    }
  }
}

}  // namespace

void join_interfaces(Merge& merge) {
  add_inline_interfaces(merge);
  join_addresses(merge);
  complete_nat_addresses(merge);
  resolve_routes(merge);
}

}  // namespace portolan::collect
