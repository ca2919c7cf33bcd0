#pragma once

#include <cstdint>
#include <vector>

#include "reach/engine/classes.h"
#include "reach/reach.h"

/// Private to the engine: what answers about balancers and endpoints depend on.
namespace portolan::reach {

/// Numbers of the groups that decide about connections from or to the place: of its interfaces, and
/// of all that is behind it. Sorted. Groups of the other end are not among them.
std::vector<std::uint32_t> groups_behind(const Network& network, const Place& place,
                                         const Numbers& groups);

}  // namespace portolan::reach
