#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "reach/balancer.h"
#include "reach/connect.h"
#include "reach/network_index.h"

/// Where the targets of a group are.
namespace portolan::reach {

namespace {

End end_at(const NetworkInterface* interface, const IpAddress& address) {
  End end;
  end.interface = interface;
  end.address = address;
  return end;
}

/// Traffic goes to the primary address of an instance's primary interface. Documents tell that one
/// by its subnet only.
TargetPlace instance_place(const Network& network, const Target& target) {
  TargetPlace place;
  const InstanceId id{target.id};
  const Instance* instance = network.snapshot().find(id);
  std::vector<const NetworkInterface*> interfaces = network.index().interfaces_of(id);
  std::vector<const NetworkInterface*> primary;
  std::copy_if(
      interfaces.begin(), interfaces.end(), std::back_inserter(primary),
      [&](const auto* each) { return instance != nullptr && each->subnet == instance->subnet; });
  for (const NetworkInterface* interface : primary.empty() ? interfaces : primary) {
    if (const auto address = private_address(*interface, IpFamily::V4)) {
      place.ends.push_back(end_at(interface, *address));
      place.zone = interface->zone;
    }
  }
  if (place.ends.empty()) {
    place.gap = fmt::format("the interface of {} was not collected: {}", target.id,
                            call_of(Noun::NetworkInterfaces));
  } else if (place.ends.size() > 1) {
    place.assumption = fmt::format(
        "traffic for {} goes to the best of its {} interfaces, its primary one being "
        "not known",
        target.id, place.ends.size());
  }
  return place;
}

/// An address in the group's VPC; else in another one that a route may lead to; else out there.
TargetPlace address_place(const Network& network, const TargetGroup& group, const Target& target) {
  TargetPlace place;
  const auto address = IpAddress::parse(target.id);
  if (!address) {
    place.gap = fmt::format("{} is not an address", target.id);
    return place;
  }
  const NetworkIndex& index = network.index();
  if (const NetworkInterface* inside = index.interface_at(group.vpc, *address)) {
    place.ends = {end_at(inside, *address)};
    place.zone = inside->zone;
    return place;
  }
  for (const NetworkInterface* owner : index.interfaces_at(*address)) {
    place.ends.push_back(end_at(owner, *address));
  }
  if (place.ends.empty()) {
    place.ends = {end_at(nullptr, *address)};
  }
  return place;
}

TargetPlace balancer_place(const Network& network, const Target& target) {
  TargetPlace place;
  place.balancer = network.snapshot().find(LoadBalancerId{target.id});
  if (place.balancer == nullptr) {
    place.gap = fmt::format("{} was not collected: {}", target.id, call_of(Noun::LoadBalancers));
  }
  return place;
}

}  // namespace

TargetPlace find_target(const Network& network, const TargetGroup& group, const Target& target) {
  if (group.target_type == "lambda") {
    TargetPlace place;
    place.is_function = true;
    return place;
  }
  if (group.target_type == "alb") {
    return balancer_place(network, target);
  }
  TargetPlace place = group.target_type == "ip" ? address_place(network, group, target)
                                                : instance_place(network, target);
  // What is registered for all zones, or lies outside the VPC, is sent to from each of them.
  if (!target.zone.empty()) {
    place.zone = target.zone == "all" ? "" : target.zone;
  }
  return place;
}

}  // namespace portolan::reach
