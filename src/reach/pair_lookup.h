#pragma once

#include <memory>
#include <optional>

#include "reach/connections.h"

/// Part of the reachability module's door.
namespace portolan::reach {

/// Looks up answers about single pairs in all connections: what `trace` would say, without the
/// hops. For one thread; the connections must outlive it.
class PairLookup {
 public:
  explicit PairLookup(const Connections& connections);
  PairLookup(PairLookup&&) noexcept;
  PairLookup& operator=(PairLookup&&) noexcept;
  ~PairLookup();

  /// Nothing if only `trace` can tell: a place is a balancer or an endpoint, or is asked for by an
  /// address that is not its only one.
  /// Cost: a few look-ups; a column for a target that is not among the last ones.
  std::optional<Passage> passage(const Place& from, const Place& to);

 private:
  class Lookup;
  std::unique_ptr<Lookup> lookup_;
};

}  // namespace portolan::reach
