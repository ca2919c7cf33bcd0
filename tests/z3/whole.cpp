#include "tests/z3/whole.h"

#include <set>
#include <string_view>
#include <utility>

#include "core/assert.h"
#include "tests/z3/facts.h"
#include "tests/z3/filters.h"
#include "tests/z3/replies.h"
#include "tests/z3/ways.h"

namespace portolan::tests {

namespace {

constexpr unsigned kAddressBits = 32;
constexpr unsigned kEndBits = 20;

/// The groups that a group's rules of one direction name.
std::set<std::string> named_groups(const boost::json::object& group, bool is_egress) {
  std::set<std::string> named;
  for (const boost::json::value& permission :
       list_at(group, is_egress ? "IpPermissionsEgress" : "IpPermissions")) {
    for (const boost::json::value& pair : list_at(permission.as_object(), "UserIdGroupPairs")) {
      named.insert(text_at(pair.as_object(), "GroupId"));
    }
  }
  return named;
}

/// Nobody in particular in a subnet, to ask for the way from there or to there.
InterfaceFact anyone_in(const SubnetFact& subnet) {
  InterfaceFact anyone;
  anyone.vpc = subnet.vpc;
  anyone.subnet = subnet.id;
  anyone.delegated = {Block{}};  // owns every address; whose it is, is asserted of the end
  return anyone;
}

}  // namespace

struct WholeNetwork::Parts {
  Parts(z3::context& z3, std::span<const collect::Document> documents)
      : solver(z3),
        facts(read_facts(documents)),
        filters(z3, facts),
        ways(z3, facts, filters),
        from(z3.bv_const("from", kEndBits)),
        to(z3.bv_const("to", kEndBits)),
        packet{.source = z3.bv_const("source", kAddressBits),
               .destination = z3.bv_const("destination", kAddressBits),
               .protocol = z3.bv_const("protocol", 8),
               .source_port = z3.bv_const("client", 16),
               .destination_port = z3.bv_const("port", 16)},
        passes(z3.bool_const("passes")),
        is_usual(z3.bool_const("is_usual")),
        network(z3),
        used(z3, z3::solver::simple()) {
    for (const auto& [id, interface] : facts.interfaces) {
      numbers.emplace(id, static_cast<int>(numbers.size()));
    }
    own_addresses();
    network.push_back(passes == (find_way() && admitted(true) && admitted(false)));
    network.push_back(is_usual == usual_port());
    for (const z3::expr& part : network) {
      used.add(part);
    }
  }

  [[nodiscard]] z3::expr no() const { return solver.bool_val(false); }

  [[nodiscard]] z3::expr is_end(const z3::expr& end, const std::string& id) const {
    return end == solver.bv_val(numbers.at(id), kEndBits);
  }

  /// Each end has its address.
  void own_addresses() {
    for (const auto& [id, interface] : facts.interfaces) {
      for (const AddressFact& each : interface.addresses) {
        if (!each.address.is_v6) {
          const z3::expr address = filters.value(each.address);
          network.push_back(z3::implies(is_end(from, id), packet.source == address));
          network.push_back(z3::implies(is_end(to, id), packet.destination == address));
        }
      }
    }
  }

  [[nodiscard]] z3::expr is_in_subnet(const z3::expr& end, const std::string& subnet) const {
    z3::expr result = no();
    for (const auto& [id, interface] : facts.interfaces) {
      if (interface.subnet == subnet && !interface.is_down) {
        result = result || is_end(end, id);
      }
    }
    return result;
  }

  [[nodiscard]] z3::expr is_member(const z3::expr& end, const std::string& group) const {
    z3::expr result = no();
    for (const auto& [id, interface] : facts.interfaces) {
      if (interface.groups.contains(group)) {
        result = result || is_end(end, id);
      }
    }
    return result;
  }

  /// There and back, from subnet to subnet.
  [[nodiscard]] z3::expr find_way() const {
    std::set<std::string> settled;
    for (const auto& [id, interface] : facts.interfaces) {
      settled.insert(interface.subnet);
    }
    z3::expr result = no();
    for (const std::string& from_id : settled) {
      const InterfaceFact sender = anyone_in(facts.subnets.at(from_id));
      for (const std::string& to_id : settled) {
        const InterfaceFact receiver = anyone_in(facts.subnets.at(to_id));
        z3::expr is_open = no();
        for (const Way& way : ways.from_interface(sender, &receiver, packet, no(), false)) {
          PORTOLAN_ASSERT(way.kind == Way::Kind::Direct);
          z3::expr comes_back = no();
          for (const Way& back : ways.from_interface(receiver, &sender, answer_to(way.arrived),
                                                     has_no_answer(way.arrived), true)) {
            comes_back = comes_back || back.condition;
          }
          is_open = is_open || (way.condition && comes_back);
        }
        result = result || (is_in_subnet(from, from_id) && is_in_subnet(to, to_id) && is_open);
      }
    }
    return result;
  }

  /// By the sender's groups, or by the receiver's: some rule of some group that the end is in.
  [[nodiscard]] z3::expr admitted(bool is_egress) const {
    const z3::expr& end = is_egress ? from : to;
    const z3::expr& other = is_egress ? to : from;
    const z3::expr& address = is_egress ? packet.destination : packet.source;
    z3::expr result = no();
    for (const auto& [id, group] : facts.groups) {
      InterfaceFact member;
      member.groups = {id};
      z3::expr fits = filters.groups_admit(member, is_egress, packet, {.address = address});
      for (const std::string& name : named_groups(group, is_egress)) {
        InterfaceFact named;
        named.groups = {name};
        fits = fits || (is_member(other, name) &&
                        filters.groups_admit(member, is_egress, packet,
                                             {.address = address, .member = &named}));
      }
      result = result || (is_member(end, id) && fits);
    }
    return result;
  }

  [[nodiscard]] z3::expr usual_port() const {
    z3::expr result = no();
    std::map<std::pair<int, int>, z3::expr> who;
    for (const auto& [id, interface] : facts.interfaces) {
      const Ports ports = client_ports(facts, &interface);
      const auto place = who.emplace(std::pair(ports.first, ports.last), no()).first;
      place->second = place->second || is_end(from, id);
    }
    for (const auto& [ports, clients] : who) {
      result = result || (clients && is_between(packet.source_port, ports.first, ports.second));
    }
    return result;
  }

  [[nodiscard]] Referee::Verdict judge(z3::solver& with, const Referee::End& source,
                                       const Referee::End& target,
                                       const Referee::Service& service) const {
    const z3::expr is_asked = is_end(from, source.interface) && is_end(to, target.interface) &&
                              packet.protocol == solver.bv_val(service.protocol, 8) &&
                              packet.destination_port == solver.bv_val(service.port, 16);
    const auto exists = [&](const z3::expr& wish) {
      with.push();
      with.add(is_asked && wish);
      const bool is_found = with.check() == z3::sat;
      with.pop();
      return is_found;
    };
    if (!exists(is_between(packet.source_port, 1024, 65535) && passes)) {
      return Referee::Verdict::No;
    }
    return exists(is_usual && !passes) ? Referee::Verdict::Depends : Referee::Verdict::Yes;
  }

  z3::context& solver;
  Facts facts;
  Filters filters;
  Ways ways;
  std::map<std::string, int, std::less<>> numbers;  // of interfaces
  z3::expr from;
  z3::expr to;
  Packet packet;
  z3::expr passes;
  z3::expr is_usual;
  z3::expr_vector network;  // what holds of them
  z3::solver used;
};

WholeNetwork::WholeNetwork(z3::context& solver, std::span<const collect::Document> documents)
    : parts_(std::make_unique<Parts>(solver, documents)) {}

WholeNetwork::~WholeNetwork() = default;

Referee::Verdict WholeNetwork::ask(const Referee::End& from, const Referee::End& to,
                                   const Referee::Service& service) {
  return parts_->judge(parts_->used, from, to, service);
}

Referee::Verdict WholeNetwork::ask_anew(const Referee::End& from, const Referee::End& to,
                                        const Referee::Service& service) {
  z3::solver solver(parts_->solver, z3::solver::simple());
  for (const z3::expr& part : parts_->network) {
    solver.add(part);
  }
  return parts_->judge(solver, from, to, service);
}

}  // namespace portolan::tests
