#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "core/text.h"
#include "reach/members.h"
#include "reach/names.h"
#include "reach/network_index.h"
#include "reach/outside.h"
#include "reach/reach.h"

namespace portolan::reach {

namespace {

Place interface_at(const NetworkInterface& interface, std::optional<IpAddress> address) {
  return {.kind = Place::Kind::Interface, .id = interface.id.value, .address = address};
}

void append(std::vector<Place>& places, std::vector<Place> more) {
  places.insert(places.end(), std::make_move_iterator(more.begin()),
                std::make_move_iterator(more.end()));
}

std::vector<Place> internet(const Network& network, const std::vector<Place>& to) {
  return outside_atoms(network, internet_space(network, to), to);
}

std::vector<Place> everything(const Network& network, const std::vector<Place>& to) {
  std::vector<Place> places = internet(network, to);
  for (const NetworkInterface& interface : network.snapshot().all<NetworkInterface>()) {
    places.push_back(interface_at(interface, std::nullopt));
  }
  for (const LoadBalancer& balancer : network.snapshot().all<LoadBalancer>()) {
    if (lacks_nodes(network, balancer)) {
      append(places, members(network, balancer));
    }
  }
  return places;
}

/// The address by which a block holds the interface. Its primary one stands for the interface.
std::optional<Place> held_by(const IpPrefix& block, const NetworkInterface& interface) {
  for (const InterfaceAddress& address : interface.addresses) {
    if (block.contains(address.private_ip)) {
      return interface_at(interface,
                          address.is_primary ? std::nullopt : std::optional(address.private_ip));
    }
  }
  for (const IpAddress& address : interface.ipv6) {
    if (block.contains(address)) {
      return interface_at(interface, address);
    }
  }
  for (const InterfaceAddress& address : interface.addresses) {
    if (address.public_ip && block.contains(*address.public_ip)) {
      return interface_at(interface, address.public_ip);
    }
  }
  return std::nullopt;
}

std::vector<Place> places_in_block(const Network& network, const IpPrefix& block,
                                   const std::vector<Place>& to) {
  std::vector<Place> places = outside_atoms(network, outside_part(network, block), to);
  for (const NetworkInterface& interface : network.snapshot().all<NetworkInterface>()) {
    if (auto place = held_by(block, interface)) {
      places.push_back(*std::move(place));
    }
  }
  return places;
}

/// Everyone who has the address: by private or IPv6 address, and by public address.
std::vector<const NetworkInterface*> owners_of(const Network& network, const IpAddress& address) {
  const NetworkIndex& index = network.index();
  std::set<NetworkInterfaceId> ids;
  for (const NetworkInterface* owner : index.interfaces_at(address)) {
    ids.insert(owner->id);
  }
  for (const Vpc& vpc : network.snapshot().all<Vpc>()) {  // delegated blocks belong to a VPC
    const NetworkInterface* owner = index.interface_at(vpc.id, address);
    if (owner != nullptr) {
      ids.insert(owner->id);
    }
  }
  if (const NetworkInterface* owner = index.interface_of_public(address); owner != nullptr) {
    ids.insert(owner->id);
  }
  std::vector<const NetworkInterface*> owners;
  owners.reserve(ids.size());
  for (const NetworkInterfaceId& id : ids) {
    owners.push_back(network.snapshot().find(id));
  }
  return owners;
}

/// The balancer that an address is reserved for, where its node was not collected.
std::optional<Place> balancer_at(const Network& network, const IpAddress& address) {
  for (const LoadBalancer& balancer : network.snapshot().all<LoadBalancer>()) {
    for (const BalancerZone& zone : balancer.zones) {
      if (std::find(zone.addresses.begin(), zone.addresses.end(), address) !=
          zone.addresses.end()) {
        return members(network, balancer).front();
      }
    }
  }
  return std::nullopt;
}

Place outside_host(const IpAddress& address) {
  return {.kind = Place::Kind::Outside, .id = {}, .address = address};
}

Result<std::vector<Place>> place_in_vpc(const Network& network, const IpAddress& address,
                                        const std::string& vpc_text) {
  const VpcId id = TRY(vpc_named(network, vpc_text));
  for (const NetworkInterface* owner : owners_of(network, address)) {
    if (owner->vpc == id) {
      return std::vector{interface_at(*owner, address)};
    }
  }
  const Vpc* vpc = network.snapshot().find(id);
  const bool is_inside =
      vpc != nullptr && std::any_of(vpc->cidrs.begin(), vpc->cidrs.end(),
                                    [&](const auto& cidr) { return cidr.contains(address); });
  if (!is_inside) {
    return fail("no_such_address",
                fmt::format("{} is not in {}, and nothing there has it", address.text(), id.value),
                address.text());
  }
  return std::vector{outside_host(address)};
}

Result<std::vector<Place>> place_at(const Network& network, const Selector& selector) {
  const IpAddress address = selector.prefix.value_or(IpPrefix{}).first();
  if (!selector.vpc.empty()) {
    return place_in_vpc(network, address, selector.vpc);
  }
  const auto owners = owners_of(network, address);
  if (owners.size() == 1) {
    return std::vector{interface_at(*owners.front(), address)};
  }
  if (owners.empty()) {
    return std::vector{balancer_at(network, address).value_or(outside_host(address))};
  }
  std::vector<std::string> candidates;
  candidates.reserve(owners.size());
  for (const NetworkInterface* owner : owners) {
    candidates.push_back(fmt::format("`{}@{}`", address.text(), owner->vpc.value));
  }
  return fail("ambiguous_name",
              fmt::format("{} is an address in several VPCs, write {}", address.text(),
                          joined(candidates, " or ")),
              address.text());
}

Result<std::vector<Place>> places_by_name(const Network& network, const std::string& value,
                                          const std::vector<Place>& to) {
  if (network.snapshot().find(InternetGatewayId{value}) != nullptr) {
    return internet(network, to);
  }
  return places_named(network, value);
}

Result<std::vector<Place>> unsorted(const Network& network, const Selector& selector,
                                    const std::vector<Place>& to) {
  switch (selector.kind) {
    case SelectorKind::Internet:
      return internet(network, to);
    case SelectorKind::Any:
      return everything(network, to);
    case SelectorKind::Cidr:
      return places_in_block(network, selector.prefix.value_or(IpPrefix{}), to);
    case SelectorKind::Address:
      return place_at(network, selector);
    case SelectorKind::Name:
      return places_by_name(network, selector.value, to);
    case SelectorKind::Group:
    case SelectorKind::Subnet:
    case SelectorKind::VpcOf:
    case SelectorKind::Balancer:
    case SelectorKind::TagOf:
    case SelectorKind::AccountOf:
      return places_in(network, selector);
  }
  return std::vector<Place>{};
}

}  // namespace

Result<std::vector<Place>> resolve(const Network& network, const Selector& selector,
                                   const std::vector<Place>& to) {
  std::vector<Place> places = TRY(unsorted(network, selector, to));
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

}  // namespace portolan::reach
