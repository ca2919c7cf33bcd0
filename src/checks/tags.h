#pragma once

#include <string>
#include <vector>

#include "model/tags.h"

/// Private to the module: tags against the patterns of the configuration.
namespace portolan::checks {

/// The patterns in lower case, as `has_tag_like` wants them.
std::vector<std::string> lowered(std::vector<std::string> patterns);

/// True if a tag matches one of the patterns `key=value` (`*` and `?` as wildcards) whatever its
/// case.
bool has_tag_like(const Owned& owned, const std::vector<std::string>& lower_patterns);

}  // namespace portolan::checks
