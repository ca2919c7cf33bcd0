#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>
#include <z3++.h>

#include "collect/collect.h"
#include "tests/z3/referee.h"

namespace portolan::tests {

/// One VPC as one formula, in which the two ends are variables like the packet, as tools do that
/// put a network to a solver: a question then only says which ends, addresses and service.
/// SOURCE: Backes et al., "Reachability Analysis for AWS-based Networks" (CAV 2019), which encodes
/// a network so for its solvers.
///
/// For questions between interfaces by their private addresses, no two of one instance; with the
/// semantics of `Referee`, whose verdicts its own must equal. For benchmarks: it is put together
/// from the same parts, so that it is no second witness.
class WholeNetwork {
 public:
  /// `solver` outlives it.
  WholeNetwork(z3::context& solver, std::span<const collect::Document> documents);
  ~WholeNetwork();

  /// The solver that has the network asserted, and has judged the questions before.
  [[nodiscard]] Referee::Verdict ask(const Referee::End& from, const Referee::End& to,
                                     const Referee::Service& service);
  /// The same with a solver of its own, which is told of the network first.
  [[nodiscard]] Referee::Verdict ask_anew(const Referee::End& from, const Referee::End& to,
                                          const Referee::Service& service);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace portolan::tests
