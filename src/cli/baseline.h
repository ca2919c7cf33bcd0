#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "checks/delta.h"
#include "core/result.h"

namespace portolan::cli {

/// Findings of an earlier audit that did not pass, by their ids.
using Baseline = std::unordered_map<std::string, checks::Earlier>;

/// From what `portolan audit --format json` wrote. Error `bad_baseline`; its context is `file`.
Result<Baseline> parse_baseline(std::string_view text, const std::string& file);

/// The same from a file. Errors also as `read_text`.
Result<Baseline> read_baseline(const std::string& file);

/// Those that the last run about the source left unresolved in the store; nothing if there is no
/// such run, or no such file. Error of `Store`.
Result<std::optional<Baseline>> baseline_of_store(const std::string& store,
                                                  const std::string& source);

}  // namespace portolan::cli
