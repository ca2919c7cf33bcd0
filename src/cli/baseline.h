#pragma once

#include <string>
#include <string_view>
#include <unordered_set>

#include "core/result.h"

namespace portolan::cli {

/// The ids of the findings of an earlier audit that did not pass, from what `portolan audit
/// --format json` wrote. Error `bad_baseline`; its context is `file`.
Result<std::unordered_set<std::string>> parse_baseline(std::string_view text,
                                                       const std::string& file);

/// The same from a file. Errors also as `read_text`.
Result<std::unordered_set<std::string>> read_baseline(const std::string& file);

}  // namespace portolan::cli
