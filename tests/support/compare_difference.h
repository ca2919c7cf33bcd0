#pragma once

#include "reach/difference.h"
#include "tests/support/compare_engine.h"

namespace portolan::tests {

/// Asks `trace` about every pair of ends of the difference, at both moments, and whether what it
/// says changed is what changed. Adds up the pairs, and those that changed as `open`.
void compare_difference(const reach::Moment& before, const reach::Moment& after,
                        const reach::Difference& difference, Compared& compared);

}  // namespace portolan::tests
