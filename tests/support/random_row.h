#pragma once

#include <cstddef>
#include <iterator>

#include "model/snapshot.h"
#include "tests/support/random.h"

namespace portolan::tests {

/// A row of that kind; null if there is none.
template <class Resource>
const Resource* random_row(const Snapshot& snapshot, Random& random) {
  const auto rows = snapshot.all<Resource>();
  return rows.empty()
             ? nullptr
             : &*std::next(rows.begin(), static_cast<std::ptrdiff_t>(random.below(rows.size())));
}

}  // namespace portolan::tests
