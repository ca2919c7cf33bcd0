#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "reach/engine/classes.h"
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

/// Ways from one of `from` to one of `to`, kept once each. Cost: that of `carry` for each pair.
class Ways {
 public:
  Ways(const Network& network, const std::vector<WayKind>& from, const std::vector<WayKind>& to,
       int threads);

  [[nodiscard]] std::uint32_t number(std::uint32_t from, std::uint32_t to) const {
    return numbers_[static_cast<std::size_t>(to) * from_count_ + from];
  }
  [[nodiscard]] const Way& way(std::uint32_t number) const { return ways_[number]; }
  /// By which sources are seen that are not seen by their own, once each.
  [[nodiscard]] std::vector<IpAddress> shown_addresses() const;

 private:
  std::size_t from_count_ = 0;
  std::vector<Way> ways_;
  std::vector<std::uint32_t> numbers_;
};

}  // namespace portolan::reach
