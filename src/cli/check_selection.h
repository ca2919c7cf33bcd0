#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checks/check.h"
#include "core/result.h"

namespace portolan::cli {

/// The checks whose ids match one of `patterns` (`*` and `?` as wildcards), sorted by id; none for
/// no patterns, which means all. Error `unknown_check` for a pattern that matches nothing.
Result<std::vector<const checks::Check*>> select_checks(const std::vector<std::string>& patterns);

/// The sentence for an id that is no check, with those that may have been meant.
std::string unknown_check(std::string_view id);

}  // namespace portolan::cli
