#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "reach/balancer.h"
#include "reach/connect.h"
#include "reach/network_index.h"

/// The second connection: from a balancer's node to one target.
namespace portolan::reach {

namespace {

const ServiceSet& all_tcp() {
  static const ServiceSet kTcp = ServiceSet::protocol(kProtocolTcp);
  return kTcp;
}

const ServiceSet& all_udp() {
  static const ServiceSet kUdp = ServiceSet::protocol(kProtocolUdp);
  return kUdp;
}

/// The target's port on the protocols that the listener takes.
ServiceSet at_port(int port, const ServiceSet& listener) {
  ServiceSet services = listener.overlaps(all_tcp()) ? ServiceSet::tcp(port) : ServiceSet{};
  return listener.overlaps(all_udp()) ? services.united(ServiceSet::udp(port)) : services;
}

/// Of each protocol the target's side has one port, so what happens to it there happens to all
/// that the listener takes of that protocol.
ServiceSet at_listener(const ServiceSet& at_target, const ServiceSet& listener) {
  const ServiceSet tcp =
      at_target.overlaps(all_tcp()) ? listener.intersected(all_tcp()) : ServiceSet{};
  return at_target.overlaps(all_udp()) ? tcp.united(listener.intersected(all_udp())) : tcp;
}

Passage at_listener(const Passage& at_target, const ServiceSet& listener) {
  return {.yes = at_listener(at_target.yes, listener),
          .depends = at_listener(at_target.depends, listener),
          .unknown = at_listener(at_target.unknown, listener)};
}

void translate(Outcome& outcome, const ServiceSet& listener) {
  outcome.passage = at_listener(outcome.passage, listener);
  for (Hop& hop : outcome.hops) {
    hop.passage = at_listener(hop.passage, listener);
  }
}

/// Whether targets see the client's address. SOURCE: Network Load Balancer guide, "Client IP
/// preservation": always for UDP, by default for targets that are instances or balancers.
bool keeps_client(const TargetGroup& group) {
  static constexpr std::array<std::string_view, 4> kAlways{"UDP", "TCP_UDP", "QUIC", "TCP_QUIC"};
  if (std::find(kAlways.begin(), kAlways.end(), group.protocol) != kAlways.end()) {
    return true;
  }
  return group.preserves_client_ip.value_or(group.target_type != "ip");
}

/// The node as it opens the connection to a target.
struct NodeEnd {
  End end;
  std::string assumption;
};

NodeEnd sending_node(const NodeVisit& visit, const TargetGroup& group, const IpAddress& address) {
  NodeEnd node;
  node.end.interface = &visit.node;
  node.end.address = address;
  node.end.checks_acl_in_subnet = visit.balancer.kind == BalancerKind::Classic;
  if (!visit.client || visit.client->family() != address.family()) {
    return node;
  }
  const bool keeps = keeps_client(group);
  if (keeps) {
    node.end.seen_as = visit.client;
  }
  if (!group.preserves_client_ip) {
    node.assumption = fmt::format("targets of {} see {}, as by default", group.group_name,
                                  keeps ? "the client's address" : "the balancer's address");
  }
  return node;
}

bool has_private(const NetworkInterface& interface, const IpAddress& address) {
  return std::any_of(interface.addresses.begin(), interface.addresses.end(),
                     [&](const auto& each) { return each.private_ip == address; }) ||
         std::find(interface.ipv6.begin(), interface.ipv6.end(), address) != interface.ipv6.end();
}

bool are_peered(const Snapshot& snapshot, const VpcId& a, const VpcId& b) {
  const auto peerings = snapshot.all<VpcPeering>();
  return std::any_of(peerings.begin(), peerings.end(), [&](const VpcPeering& peering) {
    const VpcId& one = peering.requester.vpc;
    const VpcId& other = peering.accepter.vpc;
    return peering.is_active && ((one == a && other == b) || (one == b && other == a));
  });
}

/// What stands against showing the target the client's address.
/// SOURCE: Network Load Balancer guide, "Client IP preservation", "Requirements and
/// considerations"; "Troubleshoot", "Requests time out from a target to its load balancer".
std::optional<Outcome> cannot_show_client(const Network& network, const NodeVisit& visit,
                                          const End& from, const End& to) {
  if (!from.seen_as) {
    return std::nullopt;
  }
  const NetworkInterface* client = visit.from.interface;
  const NetworkInterface* target = to.interface;
  if (client != nullptr && target != nullptr && are_on_one_host(*client, *target) &&
      has_private(*client, *from.seen_as)) {
    return blocked(Direction::Forward, visit.balancer.id.value, "", Reason::BalancerHairpin,
                   fmt::format("{} would get its own packet back", target->id.value));
  }
  const bool is_near =
      target != nullptr && (target->vpc == visit.node.vpc ||
                            are_peered(network.snapshot(), target->vpc, visit.node.vpc));
  if (!is_near) {
    return blocked(Direction::Forward, visit.balancer.id.value, "", Reason::BalancerTargetBlocked,
                   "a balancer that keeps the client's address reaches targets in its own or in "
                   "a peered VPC only");
  }
  return std::nullopt;
}

Outcome not_collected(const NetworkInterface& interface, Noun noun, const ServiceSet& services) {
  return undecided(Direction::Forward, interface.id.value, "", Reason::NotCollected,
                   fmt::format("{} was not collected: {}", interface.description, call_of(noun)),
                   services);
}

/// A target's address may be that of another middle hop.
Outcome connect(const Network& network, const NodeVisit& visit, const End& from, const End& to,
                const ServiceSet& services) {
  if (to.interface == nullptr) {
    return carry(network, from, to, services);
  }
  const NetworkInterface& target = *to.interface;
  const auto carry_to_unknown = [&](Noun noun) {
    Outcome outcome = carry(network, from, to, services);
    if (!outcome.passage.blocked()) {
      outcome.then(not_collected(target, noun, services));
    }
    return outcome;
  };
  switch (role_of(network, target)) {
    case InterfaceRole::Host:
      return carry(network, from, to, services);
    case InterfaceRole::Nat:
    case InterfaceRole::Forwarder:
      return blocked(Direction::Forward, target.id.value, "", Reason::ForwardsOnly,
                     fmt::format("{} only forwards what others send", target.id.value));
    case InterfaceRole::Endpoint:
      return visit_endpoint(network, from, *network.index().endpoint_of(target.id), target,
                            services, visit.depth + 1);
    case InterfaceRole::UnknownEndpoint:
      return carry_to_unknown(Noun::VpcEndpoints);
    case InterfaceRole::Node:
      return visit_balancer(network, from, *network.index().balancer_of(target.id), to, services,
                            {.is_private_only = true, .depth = visit.depth + 1});
    case InterfaceRole::UnknownNode:
      return carry_to_unknown(Noun::LoadBalancers);
  }
  return {};
}

Outcome to_end(const Network& network, const NodeVisit& visit, const TargetGroup& group,
               const End& to, const ServiceSet& services) {
  const auto address = private_address(visit.node, to.address.family());
  if (!address) {
    return blocked(
        Direction::Forward, visit.node.id.value, "", Reason::AddressFamilyMismatch,
        fmt::format("{} has no address to reach {} from", visit.node.id.value, to.address.text()));
  }
  const NodeEnd node = sending_node(visit, group, *address);
  if (auto obstacle = cannot_show_client(network, visit, node.end, to)) {
    return *std::move(obstacle);
  }
  Outcome outcome = connect(network, visit, node.end, to, services);
  if (!node.assumption.empty()) {
    outcome.assumptions.push_back(node.assumption);
  }
  return outcome;
}

/// A Network Load Balancer in front of an Application Load Balancer.
Outcome to_balancer(const Network& network, const NodeVisit& visit, const TargetGroup& group,
                    const LoadBalancer& target, const ServiceSet& services) {
  const auto address = private_address(visit.node, IpFamily::V4);
  if (!address) {
    return blocked(Direction::Forward, visit.node.id.value, "", Reason::AddressFamilyMismatch,
                   fmt::format("{} has no IPv4 address", visit.node.id.value));
  }
  return visit_balancer(network, sending_node(visit, group, *address).end, target, {}, services,
                        {.is_private_only = true, .depth = visit.depth + 1});
}

Outcome over_network(const Network& network, const NodeVisit& visit, const TargetGroup& group,
                     const TargetPlace& place, const ServiceSet& services) {
  if (place.balancer != nullptr) {
    return to_balancer(network, visit, group, *place.balancer, services);
  }
  std::optional<Outcome> best;
  for (const End& end : place.ends) {
    Outcome outcome = to_end(network, visit, group, end, services);
    best = best ? beside(*std::move(best), std::move(outcome)) : std::move(outcome);
  }
  return best.value_or(
      undecided(Direction::Forward, group.id.value, "", Reason::NotCollected, place.gap, services));
}

}  // namespace

Outcome to_target(const Network& network, const NodeVisit& visit, const TargetGroup& group,
                  const Target& target, const TargetPlace& place, const ServiceSet& services) {
  const int port = target.port != 0 ? target.port : group.port;
  const bool is_port = port >= 1 && port <= 65535;
  if (!place.is_function && !is_port) {
    return undecided(Direction::Forward, group.id.value, target.id, Reason::NotCollected,
                     fmt::format("the port of {} in {} is not known", target.id, group.group_name),
                     services);
  }
  const ServiceSet there = place.is_function ? services : at_port(port, services);
  Outcome outcome{.passage = Passage::of(services), .hops = {}, .assumptions = {}};
  outcome.hops.push_back(
      {.direction = Direction::Forward,
       .component = group.id.value,
       .rule = place.is_function ? "target " + target.id
                                 : fmt::format("target {} {}", target.id, there.text()),
       .reason = Reason::Passed,
       .passage = Passage::of(services),
       .detail = target.health.empty() ? "" : fmt::format("{} is {}", target.id, target.health)});
  if (place.is_function) {
    return outcome;
  }
  Outcome leg = over_network(network, visit, group, place, there);
  translate(leg, services);
  outcome.then(std::move(leg));
  if (!place.assumption.empty()) {
    outcome.assumptions.push_back(place.assumption);
  }
  return outcome;
}

}  // namespace portolan::reach
