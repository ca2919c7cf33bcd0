#pragma once

#include <string>
#include <string_view>

#include "checks/check.h"
#include "core/result.h"

namespace portolan::cli {

/// Reads what the user says about the estate:
///
///     production_tags: ["env=prod*", "stage=live"]
///     wide_ports_low: 5
///
/// What is not named keeps its default. Error `bad_config`, with line and advice; its context is
/// `file`.
Result<checks::Config> parse_config(std::string_view text, const std::string& file);

/// The same from a file. Errors also as `read_text`.
Result<checks::Config> read_config(const std::string& file);

}  // namespace portolan::cli
