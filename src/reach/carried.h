#pragma once

#include <optional>

#include "reach/group_filter.h"
#include "reach/tracer.h"

/// Private to the module: `carry`, and what the groups at its two ends were shown.
namespace portolan::reach {

struct Carried {
  Outcome outcome;
  /// What egress rules are matched against; nothing if they do not count, or the sender is a host
  /// out there.
  std::optional<Peer> seen_by_source;
  /// What ingress rules are matched against; nothing if the packet came to no interface that they
  /// could protect.
  std::optional<Peer> seen_by_target;
};

/// With the ends' `skips_groups_…` set, the outcome is that of the way alone. Unless it `tells`,
/// the outcome has the same passage, but neither hops nor assumptions: many times as fast.
Carried carry_watched(const Network& network, const End& from, const End& to,
                      const ServiceSet& services, bool tells = true);

}  // namespace portolan::reach
