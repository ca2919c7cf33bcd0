#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>
#include <z3++.h>

#include "tests/z3/facts.h"

/// Groups, NACLs and route tables as formulas over one packet.
namespace portolan::tests {

/// A packet that nobody has chosen yet: bit-vectors. Addresses are 32 or 128 bits wide, all of one
/// question alike. For ICMP the type is the high and the code the low byte of `destination_port`.
struct Packet {
  z3::expr source;
  z3::expr destination;
  z3::expr protocol;          // 8
  z3::expr source_port;       // 16
  z3::expr destination_port;  // 16
};

/// What a filter may know of the other end beside its address.
struct OtherEnd {
  z3::expr address;
  /// The interface, if references to its groups count on this way.
  const InterfaceFact* member = nullptr;
};

/// A route that a table may choose: the first whose block holds the destination counts.
struct RouteFact {
  Block block;
  bool is_blackhole = false;
  std::string target;  // `local`, `igw-…`, `eigw-…`, `pcx-…`
};

class Filters {
 public:
  Filters(z3::context& solver, const Facts& facts) : solver_(&solver), facts_(&facts) {}

  [[nodiscard]] z3::expr value(const Address& address) const;
  [[nodiscard]] z3::expr is_in(const z3::expr& address, const Block& block) const;
  [[nodiscard]] z3::expr is_in(const z3::expr& address, std::span<const Block> blocks) const;

  /// Some rule of some group of the interface admits the packet.
  [[nodiscard]] z3::expr groups_admit(const InterfaceFact& interface, bool is_egress,
                                      const Packet& packet, const OtherEnd& other) const;
  /// The packet may cross the border of the subnet, in or out.
  [[nodiscard]] z3::expr acl_admits(const std::string& subnet, bool is_egress,
                                    const Packet& packet) const;
  /// The routes of the subnet's table, best first.
  [[nodiscard]] std::vector<RouteFact> routes_of(const std::string& subnet) const;

 private:
  [[nodiscard]] z3::expr no() const { return solver_->bool_val(false); }
  [[nodiscard]] z3::expr has_ports(const Packet& packet, int first, int last) const;
  [[nodiscard]] z3::expr has_type(const Packet& packet, std::int64_t type, std::int64_t code) const;
  [[nodiscard]] z3::expr rule_fits(const boost::json::object& permission, const Packet& packet,
                                   const OtherEnd& other) const;
  [[nodiscard]] z3::expr peer_fits(const boost::json::object& permission,
                                   const OtherEnd& other) const;
  [[nodiscard]] z3::expr entry_fits(const boost::json::object& entry, bool is_egress,
                                    const Packet& packet) const;

  z3::context* solver_;
  const Facts* facts_;
};

}  // namespace portolan::tests
