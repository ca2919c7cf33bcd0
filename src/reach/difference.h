#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "reach/connections.h"
#include "reach/moment.h"

/// What became of the connections from one moment to another. Part of the reachability module's
/// door.
namespace portolan::reach {

/// Connections of one target that changed alike.
struct ConnectionChange {
  std::uint32_t target = 0;
  Verdict before = Verdict::No;  // never the same as `after`
  Verdict after = Verdict::No;
  ServiceSet services;
  std::vector<std::uint32_t> sources;  // sorted
};

/// The exact list of what opened and closed: for every pair of places and every service whose
/// verdict changed, one of `changes` holds it. Ends are classes as in `Connections`, cut so that
/// the members of one have the same class at both moments; one that exists at one moment only has
/// no connections at the other. A class among its own sources means pairs of two different members.
class Difference {
 public:
  [[nodiscard]] const std::vector<ConnectionChange>& changes() const { return changes_; }
  [[nodiscard]] std::uint32_t source_count() const;
  [[nodiscard]] std::uint32_t target_count() const;
  /// As it is after, or was before if it is gone.
  [[nodiscard]] EndClass source(std::uint32_t number) const;
  [[nodiscard]] EndClass target(std::uint32_t number) const;

 private:
  friend class Comparer;
  std::shared_ptr<const Compiled> before_;
  std::shared_ptr<const Compiled> after_;
  std::vector<ConnectionChange> changes_;
};

/// Both moments must outlive the result. Cost: if `after` was made from `before` by a change whose
/// effect is known, the columns that it can touch; else two columns for each target.
Difference difference(const Moment& before, const Moment& after, int threads = 1);

}  // namespace portolan::reach
