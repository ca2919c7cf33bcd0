#include "checks/instances.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "checks/services.h"
#include "checks/tag_patterns.h"

namespace portolan::checks {

bool is_gone(const Instance& instance) {
  return instance.state == InstanceState::Terminated ||
         instance.state == InstanceState::ShuttingDown;
}

bool is_stopped(const Instance& instance) {
  return instance.state == InstanceState::Stopped || instance.state == InstanceState::Stopping;
}

bool is_stopped(const Snapshot& snapshot, const NetworkInterface& interface) {
  const Instance* instance = snapshot.find(interface.instance);
  return instance != nullptr && is_stopped(*instance);
}

void call_stopped(Finding& finding) {
  finding.risk = lower(finding.risk);
  finding.is_latent = true;
  finding.message += "; it is stopped now";
}

OwnInterfaces interfaces_of(const Snapshot& snapshot, const Instance& instance) {
  OwnInterfaces own;
  for (const NetworkInterfaceId& id : instance.interfaces) {
    if (const NetworkInterface* interface = snapshot.find(id)) {
      own.interfaces.push_back(interface);
    } else {
      own.gap = fmt::format("{} was not collected: {}", id.value, call_of(Noun::NetworkInterfaces));
    }
  }
  if (instance.interfaces.empty()) {
    own.gap = fmt::format("the interfaces of {} were not collected: {}", instance.id.value,
                          call_of(Noun::NetworkInterfaces));
  }
  return own;
}

InstanceExposure exposure_of(const Context& context, const Instance& instance) {
  const OwnInterfaces own = interfaces_of(context.snapshot(), instance);
  InstanceExposure exposure;
  exposure.doubt = own.gap;
  for (const NetworkInterface* interface : own.interfaces) {
    for (const IpFamily family : kFamilies) {
      const Exposed& exposed = context.exposure().of(*interface, family);
      if (!exposed.world.empty()) {
        return {.interface = interface,
                .family = family,
                .services = exposed.world,
                .for_some = {},
                .doubt = {}};
      }
      exposure.for_some = exposure.for_some.united(exposed.some);
      if (!exposed.unknown.empty()) {
        exposure.doubt = context.exposure().doubt(Flow::Inbound, *interface);
      }
    }
  }
  return exposure;
}

bool is_appliance(const Snapshot& snapshot, const NetworkInterface& interface) {
  static const std::vector<std::string> kPatterns = {
      "role=nat*",       "role=firewall*",  "role=vpn*",     "role=router*",     "role=proxy*",
      "role=appliance*", "name=nat",        "name=nat-*",    "name=*-nat",       "name=*-nat-*",
      "name=*firewall*", "name=*vpn*",      "name=*router*", "name=*wireguard*", "name=*fck-nat*",
      "name=*pfsense*",  "name=*fortigate*"};
  const Instance* instance = snapshot.find(interface.instance);
  return matches_tags(interface.owned, kPatterns) ||
         (instance != nullptr && matches_tags(instance->owned, kPatterns));
}

}  // namespace portolan::checks
