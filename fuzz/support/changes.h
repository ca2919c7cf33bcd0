#pragma once

#include <vector>

#include "model/change.h"
#include "tests/support/random.h"

namespace portolan::fuzz {

/// One to three edits. Beside what `tests::random_changes` does: whatever a row may become that
/// keeps its invariants, though AWS would refuse it; rows of any kind that go, and rows of
/// `first` that come back.
std::vector<Change> draw_changes(const Snapshot& now, const Snapshot& first, tests::Random& random);

}  // namespace portolan::fuzz
