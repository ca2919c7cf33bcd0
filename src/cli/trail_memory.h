#pragma once

#include <string>
#include <vector>

#include "cli/terminal.h"
#include "cli/trail_input.h"
#include "core/result.h"

namespace portolan::cli {

/// Adds the logs (none: nothing is added) to the store, and gives all that is in it. What was added
/// by a run that was interrupted stays; logs that CloudTrail delivered are read once, others again.
/// Errors of `load_trail` and `store::TrailStore`.
Result<Trail> remember_trail(const std::vector<std::string>& words, const std::string& file,
                             Terminal& terminal);

}  // namespace portolan::cli
