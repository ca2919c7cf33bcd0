#include "checks/exposure.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "checks/finding_text.h"

namespace portolan::checks {

namespace {

/// Where a packet to or from the internet ends or begins.
std::optional<IpAddress> own_address(Flow flow, const NetworkInterface& interface,
                                     IpFamily family) {
  return flow == Flow::Inbound ? public_address(interface, family)
                               : private_address(interface, family);
}

reach::Place place_of(const NetworkInterface& interface, const IpAddress& address) {
  return {.kind = reach::Place::Kind::Interface, .id = interface.id.value, .address = address};
}

reach::Place outside_at(const IpAddress& address) {
  return {.kind = reach::Place::Kind::Outside, .id = {}, .address = address};
}

bool passes_gateway(const reach::Answer& answer) {
  return std::any_of(answer.hops.begin(), answer.hops.end(), [](const reach::Hop& hop) {
    return hop.component.starts_with("igw-") || hop.component.starts_with("nat-") ||
           hop.component.starts_with("eigw-");
  });
}

/// What the atoms add up to.
void sum_up(Exposed& exposed, IpFamily family) {
  std::vector<Opening> openings;
  for (const Atom& atom : exposed.atoms) {
    exposed.unknown = exposed.unknown.united(atom.passage.unknown);
    if (!atom.is_by_gateway) {
      continue;
    }
    openings.push_back({.sources = atom.addresses, .services = passable(atom.passage)});
    exposed.some = exposed.some.united(openings.back().services);
  }
  exposed.world = world_services(openings, family);
  exposed.unknown = exposed.unknown.without(exposed.some);
}

}  // namespace

ServiceSet passable(const reach::Passage& passage) { return passage.yes.united(passage.depends); }

Exposure::Exposure(const reach::Network& network, const Estate& estate, Pairs pairs)
    : network_(&network),
      estate_(&estate),
      pairs_(std::move(pairs)),
      answers_{Memo<Exposed>(estate.kinds()), Memo<Exposed>(estate.kinds()),
               Memo<Exposed>(estate.kinds()), Memo<Exposed>(estate.kinds())} {}

const Exposed& Exposure::of(const NetworkInterface& interface, IpFamily family) const {
  return answer(Flow::Inbound, interface, family);
}

const Exposed& Exposure::out_of(const NetworkInterface& interface, IpFamily family) const {
  return answer(Flow::Outbound, interface, family);
}

const Exposed& Exposure::answer(Flow flow, const NetworkInterface& interface,
                                IpFamily family) const {
  const std::size_t place = (flow == Flow::Inbound ? 0U : 2U) + (family == IpFamily::V4 ? 0U : 1U);
  return answers_[place].of(estate_->kind_of(interface),
                            [&] { return compute(flow, interface, family); });
}

Exposed Exposure::compute(Flow flow, const NetworkInterface& interface, IpFamily family) const {
  Exposed exposed;
  const auto address = own_address(flow, interface, family);
  if (!address) {
    return exposed;
  }
  Atoms atoms = cut_internet(*estate_, interface, family, flow);
  for (IpSet& block : atoms.blocks) {
    const auto sample = estate_->free_address(block);
    if (!sample) {
      continue;
    }
    Atom atom{.addresses = std::move(block), .sample = *sample, .passage = {}};
    pass(flow, place_of(interface, *address), atom);
    exposed.atoms.push_back(std::move(atom));
  }
  std::stable_sort(exposed.atoms.begin(), exposed.atoms.end(), [&](const Atom& a, const Atom& b) {
    return a.addresses.share(family) > b.addresses.share(family);
  });
  sum_up(exposed, family);
  if (!atoms.is_complete) {
    exposed.unknown = ServiceSet::all().without(exposed.some);
  }
  return exposed;
}

void Exposure::pass(Flow flow, const reach::Place& place, Atom& atom) const {
  if (flow == Flow::Inbound) {
    atom.is_by_gateway = true;  // traffic from a public address has no other way in
    const auto passage = pairs_().passage(outside_at(atom.sample), place);
    atom.passage = passage ? *passage : trace(flow, place, atom.sample, ServiceSet::all()).passage;
    return;
  }
  const reach::Answer answer = trace(flow, place, atom.sample, ServiceSet::all());
  atom.passage = answer.passage;
  atom.is_by_gateway = passes_gateway(answer);  // only the hops tell
}

ServiceSet Exposure::world_of(const NetworkInterface& interface) const {
  return of(interface, IpFamily::V4).world.united(of(interface, IpFamily::V6).world);
}

bool Exposure::is_reachable(const LoadBalancer& balancer) const {
  const auto outside = estate_->free_address(estate_->outside(IpFamily::V4));
  const reach::Place place{
      .kind = reach::Place::Kind::Balancer, .id = balancer.id.value, .address = {}};
  const Interfaces& nodes = estate_->nodes_of(balancer);
  const bool is_node_open = std::any_of(nodes.begin(), nodes.end(),
                                        [&](const auto* node) { return !world_of(*node).empty(); });
  return is_node_open ||
         (outside &&
          !passable(trace(Flow::Inbound, place, *outside, ServiceSet::all()).passage).empty());
}

reach::Answer Exposure::trace(Flow flow, const reach::Place& place, const IpAddress& outside,
                              const ServiceSet& services) const {
  const reach::Place other = outside_at(outside);
  return flow == Flow::Inbound ? reach::trace(*network_, other, place, services)
                               : reach::trace(*network_, place, other, services);
}

std::optional<reach::Answer> Exposure::way(Flow flow, const NetworkInterface& interface,
                                           IpFamily family, const ServiceSet& services) const {
  const auto address = own_address(flow, interface, family);
  for (const Atom& atom : answer(flow, interface, family).atoms) {
    const ServiceSet passing = passable(atom.passage).intersected(services);
    if (address && atom.is_by_gateway && !passing.empty()) {
      return trace(flow, place_of(interface, *address), atom.sample, passing);
    }
  }
  return std::nullopt;
}

std::string Exposure::doubt(Flow flow, const NetworkInterface& interface) const {
  for (const IpFamily family : kFamilies) {
    const auto address = own_address(flow, interface, family);
    for (const Atom& atom : answer(flow, interface, family).atoms) {
      if (address && !atom.passage.unknown.empty()) {
        return reason_of(
            trace(flow, place_of(interface, *address), atom.sample, atom.passage.unknown));
      }
    }
  }
  return fmt::format("the filters around {} cut the internet in too many parts",
                     interface.id.value);
}

std::optional<reach::Answer> Exposure::attempt(const NetworkInterface& interface, IpFamily family,
                                               const ServiceSet& services) const {
  const auto address = public_address(interface, family);
  if (!address) {
    return std::nullopt;
  }
  const auto& atoms = of(interface, family).atoms;
  const auto sample = atoms.empty() ? estate_->free_address(estate_->outside(family))
                                    : std::optional<IpAddress>(atoms.front().sample);
  if (!sample) {
    return std::nullopt;
  }
  return trace(Flow::Inbound, place_of(interface, *address), *sample, services);
}

std::string Exposure::blocker(const NetworkInterface& interface, IpFamily family,
                              const ServiceSet& services) const {
  if (!public_address(interface, family)) {
    return fmt::format("{} has no public {} address", interface.id.value,
                       family == IpFamily::V4 ? "IPv4" : "IPv6");
  }
  const auto answer = attempt(interface, family, services);
  if (!answer) {
    return "no address is outside the VPCs";
  }
  return answer->because.empty()
             ? fmt::format("only a part of the internet reaches {}", interface.id.value)
             : reason_of(*answer);
}

}  // namespace portolan::checks
