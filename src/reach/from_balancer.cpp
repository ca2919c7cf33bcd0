#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "reach/balancer.h"
#include "reach/connect.h"

namespace portolan::reach {

namespace {

/// How a balancer knows one destination.
struct Registration {
  ServiceSet services;      // empty: it is no target
  bool is_unknown = false;  // a list of targets was not collected
};

bool is_port(int port) { return port > 0 && port <= 65535; }

ServiceSet health_check(const TargetGroup& group) {
  const std::string& text = group.health_check_port;
  int port = 0;
  std::from_chars(text.data(), text.data() + text.size(), port);
  return is_port(port) ? ServiceSet::tcp(port) : ServiceSet{};
}

/// A destination, looked up.
struct Destination {
  const Place& place;
  const NetworkInterface* interface = nullptr;
  const LoadBalancer* balancer = nullptr;  // itself, or the one that the interface is a node of

  Destination(const Network& network, const Place& to) : place(to) {
    if (to.kind == Place::Kind::Interface) {
      interface = network.snapshot().find(NetworkInterfaceId{to.id});
      balancer = interface == nullptr ? nullptr : network.index().balancer_of(interface->id);
    } else if (to.kind == Place::Kind::Balancer) {
      balancer = network.snapshot().find(LoadBalancerId{to.id});
    }
  }
};

bool has_address(const NetworkInterface& interface, const IpAddress& address) {
  return std::any_of(interface.addresses.begin(), interface.addresses.end(),
                     [&](const auto& each) { return each.private_ip == address; }) ||
         std::find(interface.ipv6.begin(), interface.ipv6.end(), address) != interface.ipv6.end();
}

bool is_target(const Target& target, const TargetGroup& group, const Destination& to) {
  if (group.target_type == "instance") {
    return to.interface != nullptr && to.interface->instance.value == target.id;
  }
  if (group.target_type == "alb") {
    return to.balancer != nullptr && to.balancer->id.value == target.id;
  }
  const auto address = IpAddress::parse(target.id);
  if (!address) {
    return false;
  }
  return to.interface != nullptr ? has_address(*to.interface, *address)
                                 : to.place.address == *address;
}

void register_classic(const LoadBalancer& balancer, const Destination& to,
                      Registration& registration) {
  const bool is_listed =
      to.interface != nullptr && std::find(balancer.instances.begin(), balancer.instances.end(),
                                           to.interface->instance) != balancer.instances.end();
  if (!is_listed) {
    return;
  }
  registration.is_unknown = !balancer.listeners;
  for (const Listener& listener : balancer.listeners.value_or(std::vector<Listener>{})) {
    if (is_port(listener.instance_port)) {
      registration.services = registration.services.united(ServiceSet::tcp(listener.instance_port));
    }
  }
}

Registration registration_of(const Network& network, const LoadBalancer& balancer,
                             const Destination& to) {
  Registration registration;
  register_classic(balancer, to, registration);
  for (const TargetGroup* group : network.index().target_groups_of(balancer.id)) {
    if (!group->targets) {
      registration.is_unknown = true;
      continue;
    }
    for (const Target& target : *group->targets) {
      const int port = target.port != 0 ? target.port : group->port;
      if (is_port(port) && is_target(target, *group, to)) {
        registration.services =
            registration.services.united(listener_services(group->protocol, port))
                .united(health_check(*group));
      }
    }
  }
  return registration;
}

Outcome from_node(const Network& network, const LoadBalancer& balancer,
                  const NetworkInterface& node, const Destination& to, const ServiceSet& services) {
  const Place source{.kind = Place::Kind::Interface, .id = node.id.value, .address = std::nullopt};
  if (to.balancer != nullptr) {
    const auto end = sending_end(network, source, IpFamily::V4);
    const auto door = sending_end(network, to.place, IpFamily::V4);
    return end ? through_balancer(network, *end, *to.balancer, door.value_or(End{}), services)
               : blocked(Direction::Forward, node.id.value, "", Reason::AddressFamilyMismatch,
                         "the node has no IPv4 address");
  }
  const EndChoice choice = choose_ends(network, source, to.place);
  Outcome outcome = blocked(Direction::Forward, choice.component, "", choice.reason, choice.detail);
  for (EndPair pair : choice.pairs) {
    pair.from.checks_acl_in_subnet = balancer.kind == BalancerKind::Classic;
    outcome = beside(carry(network, pair.from, pair.to, services), std::move(outcome));
  }
  return outcome;
}

constexpr std::string_view kTargets = "the targets (elbv2 describe-target-health) were";

Outcome not_collected(const LoadBalancer& balancer, std::string_view what,
                      const ServiceSet& services) {
  return undecided(Direction::Forward, balancer.id.value, "", Reason::NotCollected,
                   fmt::format("{} of {} not collected", what, balancer.balancer_name), services);
}

}  // namespace

Outcome from_balancer(const Network& network, const LoadBalancer& balancer,
                      const NetworkInterface* node, const Place& to, const ServiceSet& services) {
  const Destination destination(network, to);
  const Registration registration = registration_of(network, balancer, destination);
  const ServiceSet asked = services.intersected(registration.services);
  if (asked.empty() && registration.is_unknown) {
    return not_collected(balancer, kTargets, services);
  }
  if (asked.empty()) {
    return blocked(
        Direction::Forward, balancer.id.value, "", Reason::BalancerOneWay,
        registration.services.empty()
            ? fmt::format("{} is no target of {}", to.text(), balancer.balancer_name)
            : fmt::format("{} opens connections to {} on {} only", balancer.balancer_name,
                          to.text(), registration.services.text()));
  }
  std::vector<const NetworkInterface*> nodes = network.index().nodes_of(balancer.id);
  if (node != nullptr) {
    nodes = {node};
  }
  Outcome best =
      nodes.empty()
          ? not_collected(balancer, "the interfaces (ec2 describe-network-interfaces) were", asked)
          : from_node(network, balancer, *nodes.front(), destination, asked);
  for (std::size_t i = 1; i < nodes.size() && !best.passage.yes.contains(asked); ++i) {
    best = beside(std::move(best), from_node(network, balancer, *nodes[i], destination, asked));
  }
  const ServiceSet others = services.without(asked);
  if (registration.is_unknown && !others.empty()) {
    best = beside(std::move(best), not_collected(balancer, kTargets, others));
  }
  return best;
}

}  // namespace portolan::reach
