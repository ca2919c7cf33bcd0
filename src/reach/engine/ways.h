#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "reach/engine/classes.h"
#include "reach/engine/consulted_sets.h"
#include "reach/group_filter.h"

/// Private to the engine: ways between kinds of ends, without the groups at the two ends.
namespace portolan::reach {

/// What the groups at one end are shown of the other end.
struct Shown {
  bool counts = false;   // the groups of this end filter at all
  bool is_host = false;  // the other end is seen as the interface that it is
  ReferenceMatch references = ReferenceMatch::No;
  std::optional<IpAddress> address;  // instead of its own
  friend bool operator==(const Shown&, const Shown&) = default;
};

/// What gets through between two kinds of ends, both directions.
struct Way {
  Passage passage;
  Shown to_source;  // for egress rules
  Shown to_target;  // for ingress rules
  friend bool operator==(const Way&, const Way&) = default;
};

/// The way inside one subnet, past routes and NACLs.
Way way_in_subnet();

/// Numbers of two kinds of ends.
struct WayPair {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  friend auto operator<=>(const WayPair&, const WayPair&) = default;
};

/// Ways from one of `from` to one of `to`, kept once each. Cost: that of `carry` for each pair.
class Ways {
 public:
  Ways(const Network& network, const std::vector<WayKind>& from, const std::vector<WayKind>& to,
       int threads);

  [[nodiscard]] std::uint32_t number(std::uint32_t from, std::uint32_t to) const {
    return numbers_[place({from, to})];
  }
  [[nodiscard]] const Way& way(std::uint32_t number) const { return ways_[number]; }
  /// By which sources are seen that are not seen by their own, once each.
  [[nodiscard]] std::vector<IpAddress> shown_addresses() const;

  /// True if somebody gets to some target past the target's groups.
  [[nodiscard]] bool pass_unfiltered() const;

  /// The tables, NACLs and prefix lists that the way was decided by, in both directions, also where
  /// it got no further. A change of others changes nothing of the way, as long as subnets and
  /// gateways keep their tables and NACLs, and VPCs and attachments stay as they are.
  [[nodiscard]] Consulted consulted(std::uint32_t from, std::uint32_t to) const {
    return sets_.consulted(set_numbers_[place({from, to})]);
  }
  /// The pairs that were decided by one of these, by `to`, then `from`. Cost: linear in the pairs.
  [[nodiscard]] std::vector<WayPair> pairs_decided_by(std::span<const std::string> ids) const;

  /// These ways after a change of the network: `pairs` are worked out again, and so are those of
  /// kinds that were appended to `from` and `to`. The others keep their numbers; a way that was not
  /// there before gets the next one.
  [[nodiscard]] Ways updated(const Network& network, const std::vector<WayKind>& from,
                             const std::vector<WayKind>& to, std::span<const WayPair> pairs,
                             int threads) const;

 private:
  Ways() = default;
  [[nodiscard]] std::size_t place(const WayPair& pair) const {
    return static_cast<std::size_t>(pair.to) * from_count_ + pair.from;
  }
  void work_out(const Network& network, const std::vector<WayKind>& from,
                const std::vector<WayKind>& to, std::span<const WayPair> pairs, int threads);

  std::size_t from_count_ = 0;
  std::size_t to_count_ = 0;
  std::vector<Way> ways_ = std::vector<Way>(1);  // number 0: no way
  std::vector<std::uint32_t> numbers_;
  ConsultedSets sets_;
  std::vector<std::uint32_t> set_numbers_;
};

}  // namespace portolan::reach
