#pragma once

#include <vector>

#include "model/change.h"
#include "tests/support/random.h"

namespace portolan::tests {

/// One to three edits of what the snapshot has: rules, groups of interfaces, interfaces that come
/// and go, addresses, NACL entries, routes, prefix lists, settings, tags.
std::vector<Change> random_changes(const Snapshot& snapshot, Random& random);

}  // namespace portolan::tests
