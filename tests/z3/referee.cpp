#include "tests/z3/referee.h"

#include <utility>

#include <fmt/format.h>

#include "core/assert.h"
#include "tests/z3/replies.h"

namespace portolan::tests {

namespace {

/// Two addresses of one host talk inside it, except by a public address.
bool is_one_host(const InterfaceFact* from, const InterfaceFact* to, const Address& destination) {
  if (from == nullptr || to == nullptr) {
    return false;
  }
  for (const AddressFact& each : to->addresses) {
    if (each.public_address == destination) {
      return false;
    }
  }
  return from->id == to->id || (!from->instance.empty() && from->instance == to->instance);
}

/// The same formula for packets between two addresses: the solver's simplifier settles what
/// prefixes decide before it turns to ports, which makes most questions some five times cheaper.
z3::expr with_addresses(z3::expr formula, const Packet& packet, const z3::expr& source,
                        const z3::expr& destination) {
  z3::expr_vector variables(formula.ctx());
  variables.push_back(packet.source);
  variables.push_back(packet.destination);
  z3::expr_vector values(formula.ctx());
  values.push_back(source);
  values.push_back(destination);
  return formula.substitute(variables, values).simplify();
}

/// Whether some packet is as `wish` says.
bool exists(z3::solver& solver, const z3::expr& wish) {
  solver.push();
  solver.add(wish);
  const bool is_found = solver.check() == z3::sat;
  solver.pop();
  return is_found;
}

}  // namespace

struct Referee::Question {
  Packet packet;
  z3::expr is_meant;     // the addresses are those of the ends
  z3::expr passes;       // the packet and its answer
  z3::expr is_usual;     // the client's port is one that its system uses
  z3::expr is_possible;  // … one that some system uses
};

Referee::Referee(z3::context& solver, std::span<const collect::Document> documents)
    : facts_(read_facts(documents)),
      solver_(&solver),
      filters_(solver, facts_),
      ways_(solver, facts_, filters_) {}

const InterfaceFact* Referee::interface_of(const End& end) const {
  if (end.interface.empty()) {
    return nullptr;
  }
  return &facts_.interfaces.at(end.interface);
}

z3::expr Referee::replies(const InterfaceFact* from, const InterfaceFact* to,
                          const Way& way) const {
  const Packet answer = answer_to(way.arrived);
  const z3::expr exempt = has_no_answer(way.arrived);
  std::vector<Way> back;
  if (to == nullptr) {
    back = ways_.from_internet(*from, answer, exempt, true, way.kind == Way::Kind::EgressOnly);
  } else if (from != nullptr && way.kind == Way::Kind::EgressOnly) {
    // Out to the internet as if to a host, and in by the gateway that the request went out by.
    for (const Way& out : ways_.from_interface(*to, nullptr, answer, exempt, true)) {
      for (Way in : ways_.from_internet(*from, out.arrived, exempt, true, true)) {
        in.condition = in.condition && out.condition;
        back.push_back(in);
      }
    }
  } else {
    back = ways_.from_interface(*to, from, answer, exempt, true);
  }
  z3::expr result = answer.protocol.ctx().bool_val(false);
  for (const Way& one : back) {
    result = result || one.condition;
  }
  return result;
}

z3::expr Referee::connects(const InterfaceFact* from, const InterfaceFact* to,
                           const Packet& packet) const {
  z3::context& solver = packet.protocol.ctx();
  const z3::expr nothing = solver.bool_val(false);
  z3::expr result = nothing;
  const std::vector<Way> ways = from == nullptr
                                    ? ways_.from_internet(*to, packet, nothing, false, false)
                                    : ways_.from_interface(*from, to, packet, nothing, false);
  for (const Way& way : ways) {
    z3::expr passes = way.condition && replies(from, to, way);
    if (from != nullptr) {
      passes = passes && filters_.groups_admit(*from, true, packet,
                                               {.address = packet.destination,
                                                .member = way.references_count ? to : nullptr});
    }
    if (to != nullptr) {
      passes = passes && filters_.groups_admit(*to, false, way.arrived,
                                               {.address = way.arrived.source,
                                                .member = way.references_count ? from : nullptr});
    }
    result = result || passes;
  }
  return result;
}

Referee::Question Referee::question(const End& from, const End& to) {
  const Address source = address_of(from.address);
  const Address destination = address_of(to.address);
  PORTOLAN_ASSERT(source.is_v6 == destination.is_v6);
  const unsigned width = source.is_v6 ? 128 : 32;
  const InterfaceFact* sender = interface_of(from);
  const InterfaceFact* receiver = interface_of(to);
  const Packet packet{.source = solver_->bv_const("source", width),
                      .destination = solver_->bv_const("destination", width),
                      .protocol = solver_->bv_const("protocol", 8),
                      .source_port = solver_->bv_const("client", 16),
                      .destination_port = solver_->bv_const("port", 16)};
  z3::expr passes = solver_->bool_val(false);
  const bool is_down =
      (sender != nullptr && sender->is_down) || (receiver != nullptr && receiver->is_down);
  if (!is_down) {
    passes = is_one_host(sender, receiver, destination) ? solver_->bool_val(true)
                                                        : connects(sender, receiver, packet);
  }
  const Ports ports = client_ports(facts_, sender);
  return {
      .packet = packet,
      .is_meant = packet.source == filters_.value(source) &&
                  packet.destination == filters_.value(destination),
      .passes = with_addresses(passes, packet, filters_.value(source), filters_.value(destination)),
      .is_usual = is_between(packet.source_port, ports.first, ports.last),
      .is_possible = is_between(packet.source_port, 1024, 65535)};
}

Referee::Wishes Referee::wishes(const End& from, const End& to, const Service& service) {
  const Question asked = question(from, to);
  const z3::expr is_asked = asked.is_meant &&
                            asked.packet.protocol == solver_->bv_val(service.protocol, 8) &&
                            asked.packet.destination_port == solver_->bv_val(service.port, 16);
  return {.passes = is_asked && asked.is_possible && asked.passes,
          .fails = is_asked && asked.is_usual && !asked.passes};
}

Referee::Verdict Referee::judge(z3::solver& solver, const Wishes& wishes) {
  if (!exists(solver, wishes.passes)) {
    return Verdict::No;
  }
  return exists(solver, wishes.fails) ? Verdict::Depends : Verdict::Yes;
}

Referee::Verdict Referee::ask(const End& from, const End& to, const Service& service) {
  z3::solver solver(*solver_, z3::solver::simple());
  return judge(solver, wishes(from, to, service));
}

z3::expr Referee::is_one_of(std::span<const Services> services, const Packet& packet) {
  z3::expr result = solver_->bool_val(false);
  for (const Services& each : services) {
    result = result || (z3::uge(packet.protocol, solver_->bv_val(each.first_protocol, 8)) &&
                        z3::ule(packet.protocol, solver_->bv_val(each.last_protocol, 8)) &&
                        is_between(packet.destination_port, each.first_port, each.last_port));
  }
  return result;
}

std::string Referee::refute(const End& from, const End& to, const Claim& claim) {
  const Question asked = question(from, to);
  const Packet& packet = asked.packet;
  const z3::expr is_yes = is_one_of(claim.yes, packet);
  const z3::expr depends = is_one_of(claim.depends, packet);
  const z3::expr is_asked = asked.is_meant && !is_one_of(claim.not_asked, packet);
  z3::expr_vector client(*solver_);
  client.push_back(packet.source_port);
  std::vector<std::pair<std::string_view, z3::expr>> doubts = {
      {"does not pass for every client", is_yes && asked.is_usual && !asked.passes},
      {"passes, though held to be blocked",
       !is_yes && !depends && asked.is_possible && asked.passes}};
  if (!claim.depends.empty()) {
    doubts.emplace_back("passes for no client",
                        depends && !z3::exists(client, asked.is_possible && asked.passes));
    doubts.emplace_back("passes for every client",
                        depends && z3::forall(client, z3::implies(asked.is_usual, asked.passes)));
  }
  for (const auto& [words, doubt] : doubts) {
    z3::solver solver(*solver_, z3::solver::simple());
    solver.add(is_asked && doubt);
    const z3::check_result result = solver.check();
    if (result == z3::unsat) {
      continue;
    }
    if (result == z3::unknown) {
      return fmt::format("the solver gives up: {}", solver.reason_unknown());
    }
    const z3::model model = solver.get_model();
    const auto number = [&](const z3::expr& part) {
      return model.eval(part, true).get_numeral_uint();
    };
    return fmt::format("protocol {} port {} (client port {}) {}", number(packet.protocol),
                       number(packet.destination_port), number(packet.source_port), words);
  }
  return {};
}

}  // namespace portolan::tests
