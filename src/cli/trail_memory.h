#pragma once

#include <string>
#include <vector>

#include "cli/terminal.h"
#include "cli/trail_input.h"
#include "core/result.h"

namespace portolan::cli {

struct Remembering {
  std::vector<std::string> words;  // logs
  std::string file;                // of the store
  int threads = 0;                 // that read files; 0: as many as the machine has
  int again_days = 2;              // of a bucket, that are listed once more
};

/// Adds the logs (none: nothing is added) to the store, and gives all that is in it: the same for
/// any number of threads. What was added by a run that was interrupted stays; logs that CloudTrail
/// delivered and objects of buckets are read once, other files again. Errors of `load_trail` and
/// `store::TrailStore`.
Result<Trail> remember_trail(const Remembering& wanted, Terminal& terminal);

}  // namespace portolan::cli
