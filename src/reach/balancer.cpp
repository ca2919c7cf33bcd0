#include "reach/balancer.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "reach/connect.h"
#include "reach/group_filter.h"
#include "reach/network_index.h"
#include "reach/walk.h"

namespace portolan::reach {

namespace {

using Addresses = std::vector<IpAddress>;

void add_public(const NetworkInterface& node, IpFamily family, Addresses& addresses) {
  if (family == IpFamily::V4) {
    for (const InterfaceAddress& each : node.addresses) {
      if (each.public_ip) {
        addresses.push_back(*each.public_ip);
      }
    }
    return;
  }
  std::copy_if(node.ipv6.begin(), node.ipv6.end(), std::back_inserter(addresses),
               [](const IpAddress& address) { return address.is_public(); });
}

/// By which addresses a client may ask for the node. The name of an internet-facing balancer
/// stands for its public addresses, but its private ones answer as well. Nodes of an internal one
/// have no public IPv4 address, so that where the scheme is not known theirs tell it.
Addresses addresses_of(const End& from, const LoadBalancer& balancer, const NetworkInterface& node,
                       const BalancerVisit& visit) {
  const IpFamily family = from.address.family();
  Addresses addresses;
  const bool is_internet = from.interface == nullptr && from.address.is_public();
  if (!is_internet) {
    if (const auto inside = private_address(node, family)) {
      addresses.push_back(*inside);
    }
  }
  const bool may_go_outside = from.interface != nullptr && family == IpFamily::V4 &&
                              balancer.may_face_internet() && !visit.is_private_only;
  if (is_internet || may_go_outside) {
    add_public(node, family, addresses);
  }
  return addresses;
}

/// The source address of a packet from `from` that arrives at `address` of a node: after NAT, if
/// there was any on the way.
IpAddress source_at_node(const Network& network, const End& from, const IpAddress& address) {
  if (from.seen_as || from.interface == nullptr) {
    return from.seen_as.value_or(from.address);
  }
  const Walked walked =
      walk_from_interface(network, {.services = ServiceSet::all()}, *from.interface,
                          {.source = from.address,
                           .destination = address,
                           .shown_source = {},
                           .shown_destination = {}});
  const Arrival& arrival = walked.arrival;
  switch (arrival.kind) {
    case Arrival::Kind::Nat: {
      const NatAddress& nat = arrival.nat->addresses.front();
      return address.is_public() ? nat.public_ip.value_or(nat.private_ip) : nat.private_ip;
    }
    case Arrival::Kind::Interface:
    case Arrival::Kind::Outside:
      return arrival.header.source;
    case Arrival::Kind::Nowhere:
      return from.address;
  }
  return from.address;
}

/// SOURCE: Network Load Balancer guide, "Update the security groups": without groups all reaches
/// the listeners; with them PrivateLink traffic is checked against the inbound rules, unless that
/// was switched off, and its source is the client's address, not the endpoint's.
Outcome arrive_by_private_link(const Network& network, const End& from,
                               const LoadBalancer& balancer, const NetworkInterface& node,
                               const ServiceSet& services) {
  if (!balancer.checks_private_link || balancer.groups.empty()) {
    return {.passage = Passage::of(services), .hops = {}, .assumptions = {}};
  }
  const Peer peer{
      .address = from.address, .interface = nullptr, .crossing = {.hides_private_addresses = true}};
  return group_filter(network, node, false, peer, services);
}

/// One node, by one of its addresses.
Outcome through_node(const Network& network, const End& from, const LoadBalancer& balancer,
                     const End& to, const ServiceSet& services, const BalancerVisit& visit) {
  const NetworkInterface& node = *to.interface;
  const bool is_network = balancer.kind == BalancerKind::Network;
  End door = to;
  door.skips_groups_of_target = is_network && balancer.groups.empty();
  Outcome outcome = visit.is_private_link
                        ? arrive_by_private_link(network, from, balancer, node, services)
                        : carry(network, from, door, services);
  const ServiceSet arrived = outcome.passage.possible();
  if (arrived.empty()) {
    return outcome;
  }
  const bool may_show_client = is_network && !visit.is_private_link;
  outcome.then(past_node(
      network,
      {.from = from,
       .balancer = balancer,
       .node = node,
       .client = may_show_client ? std::optional(source_at_node(network, from, to.address))
                                 : std::nullopt,
       .depth = visit.depth},
      arrived));
  return outcome;
}

/// What can be said without knowing the nodes: listeners, and groups where the client's address is
/// the one that they see.
Outcome without_nodes(const Network& network, const End& from, const LoadBalancer& balancer,
                      const ServiceSet& services) {
  Outcome outcome{.passage = Passage::of(services), .hops = {}, .assumptions = {}};
  const bool is_direct = from.interface == nullptr ||
                         (from.interface->vpc == balancer.vpc && !balancer.may_face_internet());
  if (is_direct && !balancer.groups.empty()) {
    NetworkInterface any_node;
    any_node.id = {balancer.id.value};
    any_node.groups = balancer.groups;
    outcome = group_filter(network, any_node, false,
                           {.address = from.address, .interface = from.interface, .crossing = {}},
                           services);
  }
  if (!outcome.passage.blocked()) {
    outcome.then(undecided(Direction::Forward, balancer.id.value, "", Reason::NotCollected,
                           fmt::format("the interfaces of {} were not collected: {}",
                                       balancer.balancer_name, call_of(Noun::NetworkInterfaces)),
                           outcome.passage.possible()));
  }
  return outcome;
}

/// PrivateLink leads to the node in the endpoint's zone.
/// SOURCE: PrivateLink guide, "Share your services": endpoints are per availability zone.
std::vector<const NetworkInterface*> nodes_for(const Network& network, const LoadBalancer& balancer,
                                               const BalancerVisit& visit) {
  std::vector<const NetworkInterface*> nodes = network.index().nodes_of(balancer.id);
  std::vector<const NetworkInterface*> near;
  std::copy_if(nodes.begin(), nodes.end(), std::back_inserter(near), [&](const auto* node) {
    const Subnet* subnet = network.snapshot().find(node->subnet);
    return subnet != nullptr && subnet->zone_id == visit.zone_id;
  });
  return visit.zone_id.empty() || near.empty() ? nodes : near;
}

Outcome through_any_node(const Network& network, const End& from, const LoadBalancer& balancer,
                         const ServiceSet& services, const BalancerVisit& visit) {
  std::optional<Outcome> best;
  const auto nodes = nodes_for(network, balancer, visit);
  for (const NetworkInterface* node : nodes) {
    for (const IpAddress& address : addresses_of(from, balancer, *node, visit)) {
      if (best && best->passage.yes.contains(services)) {
        return *std::move(best);
      }
      End door;
      door.interface = node;
      door.address = address;
      Outcome outcome = through_node(network, from, balancer, door, services, visit);
      best = best ? beside(*std::move(best), std::move(outcome)) : std::move(outcome);
    }
  }
  if (best) {
    return *std::move(best);
  }
  if (nodes.empty()) {
    return without_nodes(network, from, balancer, services);
  }
  const bool is_internet = from.interface == nullptr && from.address.is_public();
  return blocked(Direction::Forward, balancer.id.value, "",
                 is_internet ? Reason::NoPublicAddress : Reason::AddressFamilyMismatch,
                 fmt::format("the nodes of {} have no address that {} could ask for",
                             balancer.balancer_name, from.address.text()));
}

/// Why the balancer takes nothing of `services` from there, whichever node is asked.
std::optional<Outcome> refuses(const End& from, const LoadBalancer& balancer,
                               const ServiceSet& services) {
  const std::string& id = balancer.id.value;
  if (!balancer.is_active) {
    return blocked(Direction::Forward, id, "", Reason::BalancerInactive,
                   fmt::format("{} is not active", balancer.balancer_name));
  }
  if (balancer.kind == BalancerKind::Gateway) {
    return blocked(Direction::Forward, id, "", Reason::BalancerNoListener,
                   "a gateway load balancer takes traffic from its endpoints only");
  }
  if (balancer.listeners && !listener_services(balancer).overlaps(services)) {
    return blocked(
        Direction::Forward, id, "", Reason::BalancerNoListener,
        fmt::format("{} takes {}", balancer.balancer_name, listener_services(balancer).text()));
  }
  const bool is_internet = from.interface == nullptr && from.address.is_public();
  if (is_internet && !balancer.may_face_internet()) {
    return blocked(Direction::Forward, id, "", Reason::NoPublicAddress,
                   fmt::format("{} is internal", balancer.balancer_name));
  }
  // Nodes of an internal balancer have public IPv6 addresses as well, which nobody outside reaches.
  // SOURCE: Application Load Balancer guide, "IP address type", `ipv6.deny_all_igw_traffic`.
  if (is_internet && balancer.lacks_scheme() && balancer.is_dualstack &&
      from.address.family() == IpFamily::V6) {
    return undecided(Direction::Forward, id, "", Reason::NotCollected,
                     fmt::format("no document says whether {} is internal", balancer.balancer_name),
                     services);
  }
  return std::nullopt;
}

}  // namespace

Outcome visit_balancer(const Network& network, const End& from, const LoadBalancer& balancer,
                       const End& to, const ServiceSet& services, const BalancerVisit& visit) {
  if (visit.depth >= kMiddleHopsMax) {
    return undecided(Direction::Forward, balancer.id.value, "", Reason::OutOfScope,
                     fmt::format("more than {} balancers and endpoints in a row", kMiddleHopsMax),
                     services);
  }
  if (auto refusal = refuses(from, balancer, services)) {
    return *std::move(refusal);
  }
  const ServiceSet asked =
      balancer.listeners ? services.intersected(listener_services(balancer)) : services;
  return to.interface == nullptr ? through_any_node(network, from, balancer, asked, visit)
                                 : through_node(network, from, balancer, to, asked, visit);
}

Outcome through_balancer(const Network& network, const End& from, const LoadBalancer& balancer,
                         const End& to, const ServiceSet& services) {
  return visit_balancer(network, from, balancer, to, services, {});
}

}  // namespace portolan::reach
