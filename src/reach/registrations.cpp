#include "reach/registrations.h"

#include <fmt/format.h>

#include "reach/network_index.h"

namespace portolan::reach {

Registrations::Registrations(const Network& network) : index_(network.index()) {
  for (const LoadBalancer& balancer : network.snapshot().all<LoadBalancer>()) {
    for (const InstanceId& instance : balancer.instances) {
      add(index_.interfaces_of(instance), balancer.id.value);
    }
  }
  for (const TargetGroup& group : network.snapshot().all<TargetGroup>()) {
    for (const Target& target : group.targets.value_or(std::vector<Target>{})) {
      add(interfaces_of(group, target),
          fmt::format("{}:{}:{}:{}", group.id.value, target.port, target.zone, target.health));
    }
  }
}

const std::string& Registrations::of(const NetworkInterface& interface) const {
  static const std::string kNowhere;
  const auto found = texts_.find(interface.id);
  return found == texts_.end() ? kNowhere : found->second;
}

std::vector<const NetworkInterface*> Registrations::interfaces_of(const TargetGroup& group,
                                                                  const Target& target) const {
  if (group.target_type == "instance") {
    return index_.interfaces_of(InstanceId{target.id});
  }
  const auto address = IpAddress::parse(target.id);
  return address ? index_.interfaces_at(*address) : std::vector<const NetworkInterface*>{};
}

void Registrations::add(const std::vector<const NetworkInterface*>& interfaces,
                        const std::string& text) {
  for (const NetworkInterface* interface : interfaces) {
    texts_[interface->id] += text + ";";
  }
}

}  // namespace portolan::reach
