#include "checks/targets.h"

#include <algorithm>
#include <utility>

#include "checks/exposure.h"
#include "core/text.h"

namespace portolan::checks {

ServiceSet transport_services(std::string_view protocol, int port) {
  const bool is_udp = protocol == "UDP" || protocol == "QUIC";
  const bool is_both = protocol == "TCP_UDP" || protocol == "TCP_QUIC";
  if (port < 1 || port > 65535) {
    return {};
  }
  if (is_both) {
    return ServiceSet::tcp(port).united(ServiceSet::udp(port));
  }
  return is_udp ? ServiceSet::udp(port) : ServiceSet::tcp(port);
}

namespace {

/// Health checks come over tcp, on the traffic port or one of their own.
ServiceSet health_services(const TargetGroup& group, int traffic_port) {
  const auto port = decimal(group.health_check_port, 65535);
  return transport_services("TCP", port ? static_cast<int>(*port) : traffic_port);
}

const NetworkInterface* primary_interface(const Context& context, const std::string& instance) {
  const Instance* found = context.snapshot().find(InstanceId{instance});
  if (found == nullptr) {
    return nullptr;
  }
  for (const NetworkInterfaceId& id : found->interfaces) {
    if (const NetworkInterface* interface = context.snapshot().find(id)) {
      return interface;
    }
  }
  return nullptr;
}

const NetworkInterface* interface_of(const Context& context, const TargetGroup& group,
                                     const Target& target) {
  if (group.target_type == "instance") {
    return primary_interface(context, target.id);
  }
  const auto address = IpAddress::parse(target.id);
  return group.target_type == "ip" && address ? context.estate().interface_at(group.vpc, *address)
                                              : nullptr;
}

std::vector<const LoadBalancer*> balancers_of(const Context& context, const TargetGroup& group) {
  std::vector<const LoadBalancer*> balancers;
  for (const LoadBalancerId& id : group.balancers) {
    const LoadBalancer* balancer = context.snapshot().find(id);
    if (balancer != nullptr && balancer->is_active && balancer->kind != BalancerKind::Gateway) {
      balancers.push_back(balancer);
    }
  }
  return balancers;
}

void add_target_groups(const Context& context, std::vector<ServedInterface>& served) {
  for (const TargetGroup& group : context.snapshot().all<TargetGroup>()) {
    auto balancers = balancers_of(context, group);
    if (balancers.empty() || !group.targets) {
      continue;
    }
    for (const Target& target : *group.targets) {
      const int port = target.port == 0 ? group.port : target.port;
      if (const NetworkInterface* interface = interface_of(context, group, target)) {
        served.push_back(
            {.interface = interface,
             .group = &group,
             .balancers = balancers,
             .services =
                 transport_services(group.protocol, port).united(health_services(group, port))});
      }
    }
  }
}

void add_classic(const Context& context, std::vector<ServedInterface>& served) {
  for (const LoadBalancer& balancer : context.snapshot().all<LoadBalancer>()) {
    if (balancer.kind != BalancerKind::Classic || !balancer.listeners) {
      continue;
    }
    ServiceSet services;
    for (const Listener& listener : *balancer.listeners) {
      services = services.united(transport_services("TCP", listener.instance_port));
    }
    for (const InstanceId& id : balancer.instances) {
      if (const NetworkInterface* interface = primary_interface(context, id.value)) {
        served.push_back({.interface = interface,
                          .group = nullptr,
                          .balancers = {&balancer},
                          .services = services});
      }
    }
  }
}

}  // namespace

std::vector<ServedInterface> served_interfaces(const Context& context) {
  std::vector<ServedInterface> served;
  add_target_groups(context, served);
  add_classic(context, served);
  return served;
}

std::map<InstanceId, const LoadBalancer*> internet_targets(const Context& context) {
  std::map<InstanceId, const LoadBalancer*> targets;
  std::map<const LoadBalancer*, bool> is_reached;
  for (const ServedInterface& served : served_interfaces(context)) {
    for (const LoadBalancer* balancer : served.balancers) {
      if (served.interface->instance.empty() || !balancer->is_internet_facing) {
        continue;
      }
      const auto [entry, is_new] = is_reached.emplace(balancer, false);
      if (is_new) {
        entry->second = context.exposure().is_reachable(*balancer);
      }
      if (entry->second) {
        targets.emplace(served.interface->instance, balancer);
      }
    }
  }
  return targets;
}

bool keeps_client_address(const ServedInterface& served) {
  const bool is_network = std::any_of(
      served.balancers.begin(), served.balancers.end(),
      [](const LoadBalancer* balancer) { return balancer->kind == BalancerKind::Network; });
  if (!is_network || served.group == nullptr) {
    return false;
  }
  const bool is_by_default = served.group->target_type == "instance" ||
                             (served.group->protocol != "TCP" && served.group->protocol != "TLS");
  return served.group->preserves_client_ip.value_or(is_by_default);
}

std::vector<const TargetGroup*> uncollected_target_groups(const Context& context) {
  std::vector<const TargetGroup*> groups;
  for (const TargetGroup& group : context.snapshot().all<TargetGroup>()) {
    if (!group.targets && !group.balancers.empty() &&
        (group.target_type == "instance" || group.target_type == "ip")) {
      groups.push_back(&group);
    }
  }
  return groups;
}

}  // namespace portolan::checks
