#pragma once

#include <string>
#include <vector>

#include "tests/z3/filters.h"

/// Routes, peerings and gateways: by which ways a packet gets from one end to the other.
namespace portolan::tests {

/// One way, taken when `condition` holds of the packet as it was sent.
struct Way {
  enum class Kind { Direct, Peering, Internet, EgressOnly };
  Kind kind = Kind::Direct;
  z3::expr condition;
  Packet arrived;  // as the receiver sees it: an internet gateway translates
  bool references_count = false;
};

/// What filters are not asked about: `exempt` packets pass every NACL.
/// SOURCE of the semantics: VPC guide, "Route tables", "Internet gateways", "Egress-only internet
/// gateways", "Block public access"; VPC peering guide.
class Ways {
 public:
  Ways(z3::context& solver, const Facts& facts, const Filters& filters)
      : solver_(&solver), facts_(&facts), filters_(&filters) {}

  /// From an interface to another one, or (null) to the host on the internet that the packet's
  /// destination is. `is_reply`: block public access counts for who opens connections only.
  [[nodiscard]] std::vector<Way> from_interface(const InterfaceFact& from, const InterfaceFact* to,
                                                const Packet& packet, const z3::expr& exempt,
                                                bool is_reply) const;
  /// In from the internet. `by_own_gateway`: by the VPC's internet gateway; else by the egress-only
  /// one, which lets in replies.
  [[nodiscard]] std::vector<Way> from_internet(const InterfaceFact& to, const Packet& packet,
                                               const z3::expr& exempt, bool is_reply,
                                               bool by_egress_only) const;

 private:
  [[nodiscard]] z3::expr yes() const { return solver_->bool_val(true); }
  [[nodiscard]] z3::expr owns(const InterfaceFact& interface, const z3::expr& address) const;
  [[nodiscard]] bool has_internet_gateway(const std::string& vpc) const;
  [[nodiscard]] bool is_shut(const InterfaceFact& interface, bool inbound, Way::Kind gateway) const;
  void add_outward(const InterfaceFact& from, const InterfaceFact* to, const Packet& packet,
                   const z3::expr& exempt, bool is_reply, const Way& way,
                   std::vector<Way>& ways) const;
  [[nodiscard]] std::vector<Way> translated(const InterfaceFact& from, const Way& way) const;

  z3::context* solver_;
  const Facts* facts_;
  const Filters* filters_;
};

}  // namespace portolan::tests
