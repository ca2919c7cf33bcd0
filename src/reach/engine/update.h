#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "model/row_changes.h"
#include "reach/engine/suspects.h"

/// Private to the engine: all connections of a network that changed a little.
namespace portolan::reach {

/// One network before and after a change, cut alike, and where to look for what differs.
struct Update {
  std::shared_ptr<const Compiled> origin;  // as it was
  std::shared_ptr<const Compiled> before;  // the same, cut as `compared`
  std::shared_ptr<const Compiled> compared;
  std::shared_ptr<const Compiled> after;
  std::vector<std::uint32_t> groups;  // numbers of those whose rules changed
  std::vector<std::uint32_t> parts;   // classes that are others before and after
  bool are_ways_changed = false;
};

/// Where to look for what the change opened and closed. Cost: linear in the targets at most.
Suspects suspects_of(const Update& update);

/// Nothing if the change reaches further than what can be followed step by step: then all has to
/// be compiled anew.
/// Cost: for rules of groups their number and the members' classes; for interfaces the peers of
/// all rules; for NACLs and routes the ways that look at them.
std::shared_ptr<const Update> follow(std::shared_ptr<const Compiled> origin, const Network& before,
                                     const Network& after, const RowChanges& rows, int threads);

}  // namespace portolan::reach
