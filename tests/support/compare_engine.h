#pragma once

#include <string>

#include "model/snapshot.h"
#include "reach/connections.h"

namespace portolan::tests {

/// `yes tcp/22, depends none, unknown any`.
std::string text(const reach::Passage& passage);

/// What came of asking both evaluators about a network.
struct Compared {
  int pairs = 0;
  int open = 0;              // something passes, or may
  std::string disagreement;  // of the first pair that they judge differently; empty: none
};

/// Asks the set engine and `trace` about every pair of classes of ends (of some members each), and
/// counts the pairs of interfaces that are open both ways. Stops at the first disagreement.
void compare_engine(const reach::Connections& connections, Compared& compared);
void compare_engine(const Snapshot& snapshot, Compared& compared);

/// Asks `PairLookup` and `trace` about every pair of interfaces and hosts out there, also those
/// that only `trace` can tell. `open` counts the pairs that were looked up.
void compare_lookup(const reach::Connections& connections, Compared& compared);

}  // namespace portolan::tests
