#pragma once

#include <functional>
#include <optional>

#include "reach/difference.h"
#include "tests/support/compare_engine.h"

namespace portolan::tests {

/// Asks `trace` about every pair of ends of the difference, at both moments, and whether what it
/// says changed is what changed. Adds up the pairs, and those that changed as `open`.
void compare_difference(const reach::Moment& before, const reach::Moment& after,
                        const reach::Difference& difference, Compared& compared);

/// What passes from one place to the other at a moment; nothing if it is not to be compared.
using Judge = std::function<std::optional<reach::Passage>(
    const reach::Moment& moment, const reach::Place& from, const reach::Place& to)>;

/// The same with another judge than `trace`.
void compare_difference(const reach::Moment& before, const reach::Moment& after,
                        const reach::Difference& difference, const Judge& judge,
                        Compared& compared);

}  // namespace portolan::tests
