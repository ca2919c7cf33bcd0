#pragma once

#include <vector>

#include "reach/connection_map.h"
#include "reach/difference.h"

/// What opened and closed, for people. Part of the reachability module's door.
namespace portolan::reach {

/// Rows as of `connection_map`. Each pair and service that changed is in one of the lists.
struct DifferenceRows {
  std::vector<ConnectionRow> opened;    // passes now, or may, better than before: as it is now
  std::vector<ConnectionRow> closed;    // passes no more: as it was
  std::vector<ConnectionRow> weakened;  // passed, or may have: passes less surely now, as it is
};

/// Cost: the ends of what changed.
DifferenceRows difference_map(const Moment& after, const Difference& difference);

}  // namespace portolan::reach
