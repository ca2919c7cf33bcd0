#include "reach/thin.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "reach/connect.h"
#include "reach/registrations.h"
#include "reach/relevant.h"
#include "reach/stretches.h"

namespace portolan::reach {

namespace {

constexpr std::size_t kStayOfEachKind = 2;

/// Interfaces that routes name: the packets of others go through them.
std::set<std::string> route_targets(const Snapshot& snapshot) {
  std::set<std::string> ids;
  for (const RouteTable& table : snapshot.all<RouteTable>()) {
    for (const Route& route : table.routes) {
      if (route.target.kind == RouteTargetKind::NetworkInterface) {
        ids.insert(route.target.id);
      }
    }
  }
  return ids;
}

/// Writes down all that can make a difference.
class Kinds {
 public:
  Kinds(const Network& network, const Pairs& pairs)
      : network_(network),
        stretches_(relevant_prefixes(network, both(pairs))),
        route_targets_(route_targets(network.snapshot())),
        registrations_(network) {}

  /// Empty if the place stands for itself alone.
  [[nodiscard]] std::string of(const Place& place) const {
    const NetworkInterface* interface = place.kind == Place::Kind::Interface && !place.address
                                            ? network_.snapshot().find(NetworkInterfaceId{place.id})
                                            : nullptr;
    if (interface == nullptr || role_of(network_, *interface) != InterfaceRole::Host ||
        route_targets_.contains(place.id) ||
        network_.index().interfaces_of(interface->instance).size() > 1) {
      return {};
    }
    std::string kind =
        fmt::format("{}|{}|{}|{}|{}|", interface->subnet.value, interface->owned.account.text(),
                    interface->interface_type, interface->requester, interface->status);
    for (const SecurityGroupId& group : interface->groups) {
      kind += group.value + ",";
    }
    return kind + instance_text(*interface) + address_text(*interface) +
           registrations_.of(*interface);
  }

 private:
  static std::vector<Place> both(const Pairs& pairs) {
    std::vector<Place> places = pairs.from;
    places.insert(places.end(), pairs.to.begin(), pairs.to.end());
    return places;
  }

  [[nodiscard]] std::string instance_text(const NetworkInterface& interface) const {
    const Instance* instance = network_.snapshot().find(interface.instance);
    if (instance == nullptr) {
      return interface.instance.empty() ? "|none|" : "|unknown|";
    }
    return fmt::format("|{} {}|", static_cast<int>(instance->state), instance->platform);
  }

  [[nodiscard]] std::string address_text(const NetworkInterface& interface) const {
    std::string text;
    for (const InterfaceAddress& address : interface.addresses) {
      text += fmt::format("{}{}", stretches_.of(address.private_ip), address.is_primary ? "p" : "");
      text += address.public_ip ? fmt::format("={} ", stretches_.of(*address.public_ip)) : " ";
    }
    for (const IpAddress& address : interface.ipv6) {
      text += fmt::format("{}{} ", stretches_.of(address), address.is_public() ? "g" : "");
    }
    return text + "|";
  }

  const Network& network_;
  Stretches stretches_;
  std::set<std::string> route_targets_;
  Registrations registrations_;
};

void thin_side(const Kinds& kinds, std::vector<Place>& places) {
  std::unordered_map<std::string, std::size_t> seen;
  std::vector<Place> kept;
  for (Place& place : places) {
    const std::string kind = kinds.of(place);
    if (kind.empty() || ++seen[kind] <= kStayOfEachKind) {
      kept.push_back(std::move(place));
    }
  }
  places = std::move(kept);
}

}  // namespace

void thin(const Network& network, Pairs& pairs) {
  const Kinds kinds(network, pairs);
  thin_side(kinds, pairs.from);
  thin_side(kinds, pairs.to);
}

}  // namespace portolan::reach
