#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>
#include <z3++.h>

#include "collect/collect.h"
#include "tests/z3/facts.h"
#include "tests/z3/filters.h"
#include "tests/z3/ways.h"

namespace portolan::tests {

/// Judges reachability without our model and our evaluators: it reads AWS's documents, writes down
/// what AWS's guides say as a formula over one packet and the port of its client, and asks Z3.
///
/// It knows: groups and references to them, NACLs, route tables with prefix lists, blackholes and
/// the main table, peering, internet and egress-only gateways, public addresses, block public
/// access, both address families. It knows nothing of NAT, transit gateways, VPNs, endpoints,
/// balancers, firewalls and appliances, nor of documents that are missing.
///
/// Example: `Referee(solver, scenario.documents).ask(from, to, {.protocol = 6, .port = 443})`.
class Referee {
 public:
  enum class Verdict : std::uint8_t { No, Depends, Yes };

  /// By which address an interface takes part, or a host on the internet.
  struct End {
    std::string interface;  // `eni-…`; empty: a host
    std::string address;
  };
  /// For ICMP and ICMPv6 the type is the high byte of the port, the code the low one.
  struct Service {
    int protocol = 0;
    int port = 0;
  };
  /// Services of one protocol, or of several in a row with all their ports.
  struct Services {
    int first_protocol = 0;
    int last_protocol = 0;
    int first_port = 0;
    int last_port = 65535;
  };
  /// What somebody holds to pass: for every port that the client may use; for some port only.
  struct Claim {
    std::vector<Services> yes;
    std::vector<Services> depends;
    std::vector<Services> not_asked = {};
  };

  /// `solver` outlives the referee; many share one, for to end one costs more than ten questions.
  Referee(z3::context& solver, std::span<const collect::Document> documents);

  [[nodiscard]] Verdict ask(const End& from, const End& to, const Service& service);

  /// What `ask` asks the solver, for those who time it: some packet is as `passes` says, or the
  /// verdict is no; some packet is as `fails` says, or it is yes.
  struct Wishes {
    z3::expr passes;
    z3::expr fails;
  };
  [[nodiscard]] Wishes wishes(const End& from, const End& to, const Service& service);
  /// The solver, which may have judged before, is left as it was.
  [[nodiscard]] static Verdict judge(z3::solver& solver, const Wishes& wishes);

  /// A packet for which the claim is wrong, in words; empty if it is exactly right.
  [[nodiscard]] std::string refute(const End& from, const End& to, const Claim& claim);

  [[nodiscard]] const Facts& facts() const { return facts_; }

 private:
  struct Question;

  [[nodiscard]] Question question(const End& from, const End& to);
  [[nodiscard]] const InterfaceFact* interface_of(const End& end) const;
  [[nodiscard]] z3::expr connects(const InterfaceFact* from, const InterfaceFact* to,
                                  const Packet& packet) const;
  [[nodiscard]] z3::expr replies(const InterfaceFact* from, const InterfaceFact* to,
                                 const Way& way) const;
  [[nodiscard]] z3::expr is_one_of(std::span<const Services> services, const Packet& packet);

  Facts facts_;
  z3::context* solver_;
  Filters filters_;
  Ways ways_;
};

}  // namespace portolan::tests
