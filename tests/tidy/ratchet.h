#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/tidy/source_file.h"

namespace portolan::tidy {

inline constexpr std::size_t kFileLines = 700;
inline constexpr std::size_t kFunctionLines = 70;

/// What is longer than allowed, and by how many lines it is: `file <path>` or
/// `function <path> <name>`. The file ratchet.txt holds the exceptions in this form, one a line
/// with the number last.
using Ratchet = std::map<std::string, std::size_t>;

/// Measures what exceeds the limits.
Ratchet too_long(const std::vector<SourceFile>& files);

Ratchet parse_ratchet(std::string_view text);
std::string print_ratchet(const Ratchet& ratchet);

/// What is too long and not excepted, what outgrew its exception, which exceptions nothing needs.
std::vector<std::string> compare(const Ratchet& measured, const Ratchet& excepted);

}  // namespace portolan::tidy
