#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/tags.h"

/// Private to the module: `KEY=VALUE` patterns of tags, as the configuration has them.
namespace portolan::checks {

/// `text` with ASCII letters in lower case.
std::string lowered(std::string_view text);
std::vector<std::string> lowered(std::vector<std::string> patterns);

/// True if a tag matches one of the patterns, which are in lower case.
bool matches_tags(const Owned& owned, std::span<const std::string> patterns);

}  // namespace portolan::checks
