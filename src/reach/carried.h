#pragma once

#include <optional>

#include "reach/consulted.h"
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

/// What is heard of a connection besides its passage.
struct Watch {
  bool tells = true;              // hops and assumptions; without them it is many times as fast
  Mentions* consulted = nullptr;  // gets what routes and NACLs were looked at, in both directions
};

/// With the ends' `skips_groups_…` set, the outcome is that of the way alone.
Carried carry_watched(const Network& network, const End& from, const End& to,
                      const ServiceSet& services, const Watch& watch = {});

}  // namespace portolan::reach
