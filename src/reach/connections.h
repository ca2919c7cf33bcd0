#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "reach/reach.h"

/// All port connections of a network at once. Part of the reachability module's door.
///
/// Example:
///     const reach::Connections connections(network, 2);
///     for (std::size_t target = 0; target < connections.targets().size(); ++target) {
///       for (const reach::Cell& cell : connections.to(target)) { … cell.sources, cell.passage … }
///     }
namespace portolan::reach {

struct Compiled;

/// Ends of connections that nothing on the network can tell apart: what holds for one of them holds
/// for all.
struct EndClass {
  enum class Kind : std::uint8_t {
    Interfaces,  // in one subnet, with the same groups and the same ways
    Outside,     // hosts that the snapshot does not own, in one block
    Alone,       // a balancer, an interface of a balancer or endpoint
  };
  Kind kind = Kind::Interfaces;
  std::vector<const NetworkInterface*> interfaces;  // Interfaces: in the order of their ids
  Place place;     // Outside: a host there; Alone: what it is; Interfaces: the first one
  IpPrefix block;  // Outside: the smallest block of all that some filter or route names

  /// True of a class that lost its last member in a change.
  [[nodiscard]] bool is_empty() const { return kind == Kind::Interfaces && interfaces.empty(); }
};

/// Sources that get the same services through to one target.
struct Cell {
  Passage passage;
  std::vector<std::uint32_t> sources;  // sorted
};

/// Counts of ordered pairs of two different interfaces.
struct ConnectionTotals {
  std::uint64_t pairs = 0;     // of interfaces that stand for themselves
  std::uint64_t open = 0;      // some service passes for sure
  std::uint64_t possible = 0;  // some service passes, or depends, or is not known
  std::uint64_t internet = 0;  // interfaces that a host out there reaches for sure

  friend bool operator==(const ConnectionTotals&, const ConnectionTotals&) = default;
};

/// The answer of `trace` for every pair of places, worked out for classes of them: their groups by
/// sets of classes, and the ways between kinds of subnets once. Nothing is kept for each pair.
///
/// Immutable; the network must outlive it. Methods may be called from several threads.
class Connections {
 public:
  /// Cost: linear in interfaces and rules, and `carry` for each pair of kinds of subnets.
  explicit Connections(const Network& network, int threads = 1);
  Connections(Connections&&) noexcept;
  Connections& operator=(Connections&&) noexcept;
  ~Connections();

  [[nodiscard]] const std::vector<EndClass>& sources() const { return ends().sources; }
  [[nodiscard]] const std::vector<EndClass>& targets() const { return ends().targets; }

  /// Who gets something through to the target, those with the same services together. A class among
  /// its own sources means pairs of two different members.
  /// Cost: the rules of the target's groups, and the sources that pass; for a target that stands
  /// alone, `trace` for each source.
  [[nodiscard]] std::vector<Cell> to(std::uint32_t target) const;

  [[nodiscard]] const Network& network() const { return *network_; }

  /// Cost: a column of bits for each target, on `threads` threads.
  [[nodiscard]] ConnectionTotals totals(int threads = 1) const;

  /// Private to the module.
  Connections(const Network& network, std::shared_ptr<const Compiled> compiled);
  [[nodiscard]] const std::shared_ptr<const Compiled>& compiled() const { return compiled_; }

 private:
  struct Ends {
    std::vector<EndClass> sources;
    std::vector<EndClass> targets;
  };
  /// Made when somebody asks.
  struct LazyEnds {
    std::once_flag once;
    Ends ends;
  };
  [[nodiscard]] const Ends& ends() const;

  const Network* network_;
  std::shared_ptr<const Compiled> compiled_;
  std::unique_ptr<LazyEnds> ends_;
};

}  // namespace portolan::reach
