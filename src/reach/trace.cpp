#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "reach/connect.h"

namespace portolan::reach {

namespace {

Outcome not_collected(const std::string& id, std::string_view call, const ServiceSet& services) {
  return undecided(Direction::Forward, id, "", Reason::NotCollected,
                   fmt::format("{} was not collected: {}", id, call), services);
}

void assume_running(const Network& network, const NetworkInterface* interface, Outcome& outcome) {
  const Instance* instance =
      interface == nullptr ? nullptr : network.snapshot().find(interface->instance);
  if (instance == nullptr ||
      (instance->state != InstanceState::Stopped && instance->state != InstanceState::Stopping)) {
    return;
  }
  std::string assumption =
      fmt::format("{} is stopped; judged as if it were running", instance->id.value);
  if (std::find(outcome.assumptions.begin(), outcome.assumptions.end(), assumption) ==
      outcome.assumptions.end()) {
    outcome.assumptions.push_back(std::move(assumption));
  }
}

/// Why the interface opens no connections of its own.
std::optional<Outcome> sends_nothing(const Network& network, const NetworkInterface& interface,
                                     const ServiceSet& services) {
  const std::string& id = interface.id.value;
  switch (role_of(network, interface)) {
    case InterfaceRole::Host:
    case InterfaceRole::Node:  // see from_balancer
      return std::nullopt;
    case InterfaceRole::Nat:
    case InterfaceRole::Forwarder:
      return blocked(Direction::Forward, id, "", Reason::ForwardsOnly,
                     fmt::format("{} only forwards what others send", id));
    case InterfaceRole::Endpoint:
    case InterfaceRole::UnknownEndpoint:
      return blocked(Direction::Forward, id, "", Reason::PrivateLinkOneWay,
                     fmt::format("{} belongs to an endpoint, which opens no connections", id));
    case InterfaceRole::UnknownNode:
      return not_collected(interface.description, "elbv2 describe-load-balancers", services);
  }
  return std::nullopt;
}

/// Two addresses of one host talk inside it, past groups, NACLs and routes. Not by a public IPv4
/// address: that one is the internet gateway's, and the packet goes there.
bool is_same_host(const EndPair& pair) {
  const NetworkInterface* from = pair.from.interface;
  const NetworkInterface* to = pair.to.interface;
  if (from == nullptr || to == nullptr) {
    return false;
  }
  const bool is_private =
      std::none_of(to->addresses.begin(), to->addresses.end(),
                   [&](const InterfaceAddress& each) { return each.public_ip == pair.to.address; });
  return is_private && are_on_one_host(*from, *to);
}

Outcome inside_host(const EndPair& pair, const ServiceSet& services) {
  const NetworkInterface& to = *pair.to.interface;
  const std::string& host = to.instance.empty() ? to.id.value : to.instance.value;
  return {.passage = Passage::of(services),
          .hops = {{.direction = Direction::Forward,
                    .component = host,
                    .rule = {},
                    .reason = Reason::Passed,
                    .passage = Passage::of(services),
                    .detail = fmt::format("both ends are {}, so the traffic stays inside", host)}},
          .assumptions = {}};
}

/// What an interface whose service was not collected would answer after the network let it pass.
Outcome carry_to_unknown(const Network& network, const EndPair& pair, std::string_view call,
                         const ServiceSet& services) {
  Outcome outcome = carry(network, pair.from, pair.to, services);
  if (!outcome.passage.blocked()) {
    outcome.then(not_collected(pair.to.interface->description, call, services));
  }
  return outcome;
}

/// One connection to an interface or a host out there, by one address.
Outcome arrive(const Network& network, const EndPair& pair, const ServiceSet& services) {
  const NetworkInterface* to = pair.to.interface;
  if (to == nullptr) {
    return carry(network, pair.from, pair.to, services);
  }
  if (is_same_host(pair)) {
    return inside_host(pair, services);
  }
  const NetworkIndex& index = network.index();
  switch (role_of(network, *to)) {
    case InterfaceRole::Host:
      return carry(network, pair.from, pair.to, services);
    case InterfaceRole::Nat:
      return blocked(Direction::Forward, to->id.value, "", Reason::NatOutboundOnly,
                     "a NAT gateway takes no connections");
    case InterfaceRole::Forwarder:
      return blocked(Direction::Forward, to->id.value, "", Reason::ForwardsOnly,
                     fmt::format("{} only forwards what others send", to->id.value));
    case InterfaceRole::Endpoint:
      return through_endpoint(network, pair.from, *index.endpoint_of(to->id), *to, services);
    case InterfaceRole::UnknownEndpoint:
      return carry_to_unknown(network, pair, "ec2 describe-vpc-endpoints", services);
    case InterfaceRole::Node:
      return through_balancer(network, pair.from, *index.balancer_of(to->id), pair.to, services);
    case InterfaceRole::UnknownNode:
      return carry_to_unknown(network, pair, "elbv2 describe-load-balancers", services);
  }
  return {};
}

Outcome to_balancer(const Network& network, const Place& from, const LoadBalancer& balancer,
                    const ServiceSet& services) {
  if (balancer.kind == BalancerKind::Gateway) {
    return blocked(Direction::Forward, balancer.id.value, "", Reason::ForwardsOnly,
                   "a gateway load balancer takes traffic from its endpoints only");
  }
  Outcome outcome = blocked(
      Direction::Forward, from.id, "", Reason::AddressFamilyMismatch,
      fmt::format("{} has no address to talk to {} with", from.text(), balancer.balancer_name));
  if (const auto end = sending_end(network, from, IpFamily::V4)) {
    outcome = through_balancer(network, *end, balancer, {}, services);
  }
  const auto end = balancer.is_dualstack ? sending_end(network, from, IpFamily::V6) : std::nullopt;
  if (end) {
    Outcome by_ipv6 = through_balancer(network, *end, balancer, {}, services);
    const bool is_only_way = !sending_end(network, from, IpFamily::V4);
    outcome = is_only_way ? std::move(by_ipv6) : beside(std::move(outcome), std::move(by_ipv6));
  }
  return outcome;
}

Outcome to_ends(const Network& network, const Place& from, const Place& to,
                const ServiceSet& services) {
  const EndChoice choice = choose_ends(network, from, to);
  if (choice.pairs.empty()) {
    return blocked(Direction::Forward, choice.component, "", choice.reason, choice.detail);
  }
  Outcome outcome = arrive(network, choice.pairs.front(), services);
  for (std::size_t i = 1; i < choice.pairs.size() && !outcome.passage.yes.contains(services); ++i) {
    outcome = beside(std::move(outcome), arrive(network, choice.pairs[i], services));
  }
  return outcome;
}

/// The resource that a place names; null for a host out there.
struct Found {
  const NetworkInterface* interface = nullptr;
  const LoadBalancer* balancer = nullptr;
  bool is_missing = false;
};

Found look_up(const Network& network, const Place& place) {
  Found found;
  switch (place.kind) {
    case Place::Kind::Outside:
      found.is_missing = !place.address;
      break;
    case Place::Kind::Interface:
      found.interface = network.snapshot().find(NetworkInterfaceId{place.id});
      found.is_missing = found.interface == nullptr;
      break;
    case Place::Kind::Balancer:
      found.balancer = network.snapshot().find(LoadBalancerId{place.id});
      found.is_missing = found.balancer == nullptr;
      break;
  }
  return found;
}

Outcome connect(const Network& network, const Place& from, const Place& to,
                const ServiceSet& services) {
  const Found source = look_up(network, from);
  const Found target = look_up(network, to);
  if (source.is_missing || target.is_missing) {
    return not_collected(source.is_missing ? from.text() : to.text(),
                         "ec2 describe-network-interfaces", services);
  }
  for (const NetworkInterface* interface : {source.interface, target.interface}) {
    if (auto down = interface == nullptr ? std::nullopt : is_down(network, *interface)) {
      return *std::move(down);
    }
  }
  if (source.balancer != nullptr) {
    return from_balancer(network, *source.balancer, nullptr, to, services);
  }
  if (source.interface != nullptr) {
    if (auto nothing = sends_nothing(network, *source.interface, services)) {
      return *std::move(nothing);
    }
    if (role_of(network, *source.interface) == InterfaceRole::Node) {
      return from_balancer(network, *network.index().balancer_of(source.interface->id),
                           source.interface, to, services);
    }
  }
  Outcome outcome = target.balancer != nullptr
                        ? to_balancer(network, from, *target.balancer, services)
                        : to_ends(network, from, to, services);
  assume_running(network, source.interface, outcome);
  assume_running(network, target.interface, outcome);
  return outcome;
}

}  // namespace

std::optional<Outcome> is_down(const Network& network, const NetworkInterface& interface) {
  const Instance* instance = network.snapshot().find(interface.instance);
  if (instance != nullptr && (instance->state == InstanceState::Terminated ||
                              instance->state == InstanceState::ShuttingDown)) {
    return blocked(Direction::Forward, interface.id.value, "", Reason::InterfaceDown,
                   fmt::format("{} is terminated", instance->id.value));
  }
  const bool is_loose = interface.status == "available" && interface.instance.empty();
  if (is_loose && role_of(network, interface) == InterfaceRole::Host) {
    return blocked(Direction::Forward, interface.id.value, "", Reason::InterfaceDown,
                   fmt::format("{} is attached to nothing", interface.id.value));
  }
  return std::nullopt;
}

bool is_better(const Passage& a, const Passage& b) {
  if (a.verdict() != b.verdict()) {
    return a.verdict() > b.verdict();
  }
  return a.yes != b.yes && a.yes.contains(b.yes);
}

Outcome beside(Outcome a, Outcome b) {
  Passage both = a.passage.or_else(b.passage);
  Outcome& better = is_better(b.passage, a.passage) ? b : a;
  better.passage = std::move(both);
  return std::move(better);
}

Answer trace(const Network& network, const Place& from, const Place& to,
             const ServiceSet& services) {
  Answer answer = answer_of(connect(network, from, to, services), services);
  answer.from = from.text();
  answer.to = to.text();
  return answer;
}

}  // namespace portolan::reach
