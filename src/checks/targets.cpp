#include "checks/targets.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "checks/exposure.h"
#include "checks/finding_text.h"
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

/// VPCs that a peering or a transit gateway joins to this one. Whether packets get there is for the
/// trace to say.
std::set<VpcId> joined_vpcs(const Snapshot& snapshot, const VpcId& vpc) {
  std::set<VpcId> joined;
  for (const VpcPeering& peering : snapshot.all<VpcPeering>()) {
    if (peering.is_active && peering.requester.vpc == vpc) {
      joined.insert(peering.accepter.vpc);
    } else if (peering.is_active && peering.accepter.vpc == vpc) {
      joined.insert(peering.requester.vpc);
    }
  }
  std::set<TransitGatewayId> gateways;
  const auto attachments = snapshot.all<TransitGatewayAttachment>();
  for (const TransitGatewayAttachment& each : attachments) {
    if (each.kind == AttachmentKind::Vpc && each.is_available && each.resource == vpc.value) {
      gateways.insert(each.gateway);
    }
  }
  for (const TransitGatewayAttachment& each : attachments) {
    if (each.kind == AttachmentKind::Vpc && each.is_available && gateways.contains(each.gateway)) {
      joined.insert(VpcId{each.resource});
    }
  }
  joined.erase(vpc);
  return joined;
}

/// Pods have addresses out of a prefix that the interface was given whole.
const NetworkInterface* delegate_at(const Context& context, const VpcId& vpc,
                                    const IpAddress& address) {
  for (const NetworkInterface& interface : context.snapshot().all<NetworkInterface>()) {
    const auto& prefixes = interface.delegated;
    if (interface.vpc == vpc &&
        std::any_of(prefixes.begin(), prefixes.end(),
                    [&](const IpPrefix& prefix) { return prefix.contains(address); })) {
      return &interface;
    }
  }
  return nullptr;
}

const NetworkInterface* interface_in(const Context& context, const VpcId& vpc,
                                     const IpAddress& address) {
  const NetworkInterface* interface = context.estate().interface_at(vpc, address);
  return interface != nullptr ? interface : delegate_at(context, vpc, address);
}

/// Who has the address, as seen from the VPC; null if nobody is known to, or two are.
const NetworkInterface* interface_seen(const Context& context, const VpcId& vpc,
                                       const IpAddress& address) {
  if (const NetworkInterface* own = interface_in(context, vpc, address)) {
    return own;
  }
  const Vpc* row = context.snapshot().find(vpc);
  if (row == nullptr || std::any_of(row->cidrs.begin(), row->cidrs.end(),
                                    [&](const IpPrefix& own) { return own.contains(address); })) {
    return nullptr;
  }
  const NetworkInterface* found = nullptr;
  for (const VpcId& joined : joined_vpcs(context.snapshot(), vpc)) {
    if (const NetworkInterface* interface = interface_in(context, joined, address)) {
      if (found != nullptr) {
        return nullptr;
      }
      found = interface;
    }
  }
  return found;
}

const NetworkInterface* interface_of(const Context& context, const TargetGroup& group,
                                     const Target& target) {
  if (group.target_type == "instance") {
    return primary_interface(context, target.id);
  }
  const auto address = IpAddress::parse(target.id);
  return group.target_type == "ip" && address ? interface_seen(context, group.vpc, *address)
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
      if (served.interface->instance.empty() || !balancer->may_face_internet()) {
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

namespace {

constexpr std::size_t kUnseenMax = 5;

std::string not_seen(std::vector<std::string> ids, std::string_view holder) {
  const std::size_t all = ids.size();
  ids.resize(std::min(all, kUnseenMax));
  const std::string more = all > kUnseenMax ? fmt::format(" and {} more", all - kUnseenMax) : "";
  return fmt::format("no interface was collected of {}{}, target{} of {}", joined(ids, ", "), more,
                     all == 1 ? "" : "s", printable(holder));
}

/// What is missing of the targets of the group; empty if nothing is.
std::string gap_of(const Context& context, const TargetGroup& group) {
  if (group.target_type != "instance" && group.target_type != "ip") {
    return {};
  }
  if (!group.targets) {
    return fmt::format("the targets of {} were not collected: {}", printable(group.group_name),
                       call_of(Noun::TargetHealth));
  }
  std::vector<std::string> unseen;
  for (const Target& target : *group.targets) {
    if (interface_of(context, group, target) == nullptr) {
      unseen.push_back(printable(target.id));
    }
  }
  return unseen.empty() ? std::string() : not_seen(std::move(unseen), group.group_name);
}

std::string gap_of(const Context& context, const LoadBalancer& balancer) {
  std::vector<std::string> unseen;
  for (const InstanceId& id : balancer.instances) {
    if (primary_interface(context, id.value) == nullptr) {
      unseen.push_back(printable(id.value));
    }
  }
  return unseen.empty() ? std::string() : not_seen(std::move(unseen), balancer.balancer_name);
}

}  // namespace

Finding about(std::string_view check, const UnseenTargets& unseen) {
  Finding finding =
      unseen.group != nullptr ? about(check, *unseen.group) : about(check, *unseen.balancer);
  finding.name =
      unseen.group != nullptr ? unseen.group->group_name : unseen.balancer->balancer_name;
  return finding;
}

std::vector<UnseenTargets> unseen_targets(const Context& context) {
  std::vector<UnseenTargets> unseen;
  for (const TargetGroup& group : context.snapshot().all<TargetGroup>()) {
    const auto balancers = balancers_of(context, group);
    const bool is_used = group.targets ? !balancers.empty() : !group.balancers.empty();
    if (std::string gap = is_used ? gap_of(context, group) : std::string(); !gap.empty()) {
      unseen.push_back({.group = &group,
                        .balancer = balancers.empty() ? nullptr : balancers.front(),
                        .gap = std::move(gap)});
    }
  }
  for (const LoadBalancer& balancer : context.snapshot().all<LoadBalancer>()) {
    if (balancer.kind == BalancerKind::Classic && balancer.listeners) {
      if (std::string gap = gap_of(context, balancer); !gap.empty()) {
        unseen.push_back({.group = nullptr, .balancer = &balancer, .gap = std::move(gap)});
      }
    }
  }
  return unseen;
}

}  // namespace portolan::checks
