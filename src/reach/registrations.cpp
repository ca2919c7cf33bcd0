#include "reach/registrations.h"

#include <algorithm>

#include <fmt/format.h>

#include "reach/network_index.h"

namespace portolan::reach {

namespace {

std::vector<const NetworkInterface*> interfaces_of(const NetworkIndex& index,
                                                   const TargetGroup& group, const Target& target) {
  if (group.target_type == "instance") {
    return index.interfaces_of(InstanceId{target.id});
  }
  const auto address = IpAddress::parse(target.id);
  return address ? index.interfaces_at(*address) : std::vector<const NetworkInterface*>{};
}

}  // namespace

Registrations::Registrations(const Network& network) {
  for (const LoadBalancer& balancer : network.snapshot().all<LoadBalancer>()) {
    for (const InstanceId& instance : balancer.instances) {
      named_.insert(instance.value);
      add(network.index().interfaces_of(instance), balancer.id.value);
    }
  }
  for (const TargetGroup& group : network.snapshot().all<TargetGroup>()) {
    for (const Target& target : group.targets.value_or(std::vector<Target>{})) {
      const auto address = IpAddress::parse(target.id);
      named_.insert(address ? address->text() : target.id);
      add(interfaces_of(network.index(), group, target),
          fmt::format("{}:{}:{}:{}", group.id.value, target.port, target.zone, target.health));
    }
  }
}

const std::string& Registrations::of(const NetworkInterface& interface) const {
  static const std::string kNowhere;
  const auto found = texts_.find(interface.id);
  return found == texts_.end() ? kNowhere : found->second;
}

bool Registrations::name(const NetworkInterface& interface) const {
  return named_.contains(interface.instance.value) ||
         std::any_of(interface.ipv6.begin(), interface.ipv6.end(),
                     [&](const IpAddress& address) { return named_.contains(address.text()); }) ||
         std::any_of(interface.addresses.begin(), interface.addresses.end(),
                     [&](const InterfaceAddress& address) {
                       return named_.contains(address.private_ip.text());
                     });
}

void Registrations::add(const std::vector<const NetworkInterface*>& interfaces,
                        const std::string& text) {
  for (const NetworkInterface* interface : interfaces) {
    texts_[interface->id] += text + ";";
  }
}

}  // namespace portolan::reach
