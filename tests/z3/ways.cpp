#include "tests/z3/ways.h"

#include <algorithm>

namespace portolan::tests {

namespace {

bool is_v6(const z3::expr& address) { return address.get_sort().bv_size() == 128; }

}  // namespace

z3::expr Ways::owns(const InterfaceFact& interface, const z3::expr& address) const {
  z3::expr result = filters_->is_in(address, interface.delegated);
  for (const AddressFact& each : interface.addresses) {
    result = result || filters_->is_in(address, Block{.address = each.address,
                                                      .length = each.address.is_v6 ? 128 : 32});
  }
  return result;
}

bool Ways::has_internet_gateway(const std::string& vpc) const {
  return std::any_of(
      facts_->vpc_of_gateway.begin(), facts_->vpc_of_gateway.end(),
      [&](const auto& entry) { return entry.first.starts_with("igw-") && entry.second == vpc; });
}

/// Block public access. In ingress mode only what cannot be opened from outside passes; exclusions
/// of a VPC or a subnet lift it, those for egress in bidirectional mode only.
bool Ways::is_shut(const InterfaceFact& interface, bool inbound, Way::Kind gateway) const {
  const VpcFact& vpc = facts_->vpcs.at(interface.vpc);
  const auto mode = facts_->public_access.find(vpc.account + " " + vpc.region);
  if (mode == facts_->public_access.end() || mode->second == "off") {
    return false;
  }
  const bool is_bidirectional = mode->second == "block-bidirectional";
  if (!is_bidirectional && gateway == Way::Kind::EgressOnly) {
    return false;
  }
  for (const std::string& id : {interface.vpc, interface.subnet}) {
    const auto exclusion = facts_->exclusions.find(id);
    if (exclusion != facts_->exclusions.end() &&
        (exclusion->second == "allow-bidirectional" || (is_bidirectional && !inbound))) {
      return false;
    }
  }
  return true;
}

std::vector<Way> Ways::from_internet(const InterfaceFact& to, const Packet& packet,
                                     const z3::expr& exempt, bool is_reply,
                                     bool by_egress_only) const {
  std::vector<Way> ways;
  const bool is_open = is_reply || !is_shut(to, true, Way::Kind::Internet);
  if (!is_open || (!by_egress_only && !has_internet_gateway(to.vpc))) {
    return ways;
  }
  const auto add = [&](const z3::expr& condition, const Packet& arrived) {
    ways.push_back(
        {.kind = Way::Kind::Internet,
         .condition = condition && (exempt || filters_->acl_admits(to.subnet, false, arrived)),
         .arrived = arrived,
         .references_count = false});
  };
  if (is_v6(packet.destination)) {
    add(owns(to, packet.destination), packet);
    return ways;
  }
  for (const AddressFact& each : to.addresses) {
    if (each.public_address) {
      Packet arrived = packet;
      arrived.destination = filters_->value(each.address);
      add(packet.destination == filters_->value(*each.public_address), arrived);
    }
  }
  return ways;
}

/// An internet gateway maps a private IPv4 address to its public one; without one nothing leaves.
std::vector<Way> Ways::translated(const InterfaceFact& from, const Way& way) const {
  if (is_v6(way.arrived.source)) {
    return {way};
  }
  std::vector<Way> ways;
  for (const AddressFact& each : from.addresses) {
    if (each.public_address) {
      Way mapped = way;
      mapped.condition = way.condition && way.arrived.source == filters_->value(each.address);
      mapped.arrived.source = filters_->value(*each.public_address);
      ways.push_back(mapped);
    }
  }
  return ways;
}

/// Out by a gateway to the internet, and in again if the destination is an interface.
void Ways::add_outward(const InterfaceFact& from, const InterfaceFact* to, const Packet& packet,
                       const z3::expr& exempt, bool is_reply, const Way& way,
                       std::vector<Way>& ways) const {
  if (!is_reply && is_shut(from, false, way.kind)) {
    return;
  }
  if (way.kind == Way::Kind::EgressOnly && (is_reply || !is_v6(packet.source))) {
    return;
  }
  for (const Way& out : translated(from, way)) {
    if (to == nullptr) {
      ways.push_back(out);
      continue;
    }
    for (Way in : from_internet(*to, out.arrived, exempt, is_reply, false)) {
      in.kind = out.kind;
      in.condition = out.condition && in.condition;
      ways.push_back(in);
    }
  }
}

std::vector<Way> Ways::from_interface(const InterfaceFact& from, const InterfaceFact* to,
                                      const Packet& packet, const z3::expr& exempt,
                                      bool is_reply) const {
  std::vector<Way> ways;
  const z3::expr stays =
      filters_->is_in(packet.destination, facts_->subnets.at(from.subnet).blocks);
  z3::expr unrouted = !stays && (exempt || filters_->acl_admits(from.subnet, true, packet));
  const auto into = [&](const z3::expr& condition, Way::Kind kind, bool references) {
    const z3::expr admitted = from.subnet == to->subnet
                                  ? yes()
                                  : exempt || filters_->acl_admits(to->subnet, false, packet);
    ways.push_back({.kind = kind,
                    .condition = condition && owns(*to, packet.destination) && admitted,
                    .arrived = packet,
                    .references_count = references});
  };
  if (to != nullptr && to->subnet == from.subnet) {
    into(stays, Way::Kind::Direct, true);
  }
  for (const RouteFact& route : filters_->routes_of(from.subnet)) {
    const z3::expr chosen = unrouted && filters_->is_in(packet.destination, route.block);
    unrouted = unrouted && !filters_->is_in(packet.destination, route.block);
    if (route.is_blackhole) {
      continue;
    }
    const auto gateway = facts_->vpc_of_gateway.find(route.target);
    const auto peering = facts_->peerings.find(route.target);
    if (route.target == "local" && to != nullptr && to->vpc == from.vpc) {
      into(chosen, Way::Kind::Direct, true);
    } else if (peering != facts_->peerings.end() && peering->second.is_active && to != nullptr) {
      const auto& [one, other] = peering->second.vpcs;
      if ((one == from.vpc && other == to->vpc) || (other == from.vpc && one == to->vpc)) {
        into(chosen && filters_->is_in(packet.source, facts_->vpcs.at(from.vpc).blocks) &&
                 filters_->is_in(packet.destination, facts_->vpcs.at(to->vpc).blocks),
             Way::Kind::Peering, peering->second.is_in_one_region);
      }
    } else if (gateway != facts_->vpc_of_gateway.end() && gateway->second == from.vpc) {
      const Way way{
          .kind = route.target.starts_with("igw-") ? Way::Kind::Internet : Way::Kind::EgressOnly,
          .condition = chosen,
          .arrived = packet,
          .references_count = false};
      add_outward(from, to, packet, exempt, is_reply, way, ways);
    }
  }
  return ways;
}

}  // namespace portolan::tests
