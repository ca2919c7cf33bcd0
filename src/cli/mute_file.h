#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checks/mute.h"
#include "core/result.h"

namespace portolan::cli {

/// Reads which findings are muted:
///
///     mutes:
///       - check: sg-ingress-world-https
///         resource: sg-0a1b2c3d        # id or name; `*` and `?` stand for any characters
///         account: "111122223333"      # optional, as is region
///         reason: the public web site
///         owner: web@example.com
///         expires: 2027-03-31          # the last day on which it holds, in UTC
///
/// Error `bad_mutes`, with line and advice; its context is `file`.
Result<std::vector<checks::Mute>> parse_mutes(std::string_view text, const std::string& file);

/// The same from a file. Errors also as `read_text`.
Result<std::vector<checks::Mute>> read_mutes(const std::string& file);

}  // namespace portolan::cli
