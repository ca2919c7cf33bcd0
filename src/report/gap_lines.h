#pragma once

#include <string>
#include <vector>

#include "model/gap.h"

namespace portolan::report {

/// Gaps as lines for people, in their order. Several of one kind are one line that says how many
/// there are and where; `each_alone`: they are not.
std::vector<std::string> gap_lines(const std::vector<Gap>& gaps, bool each_alone);

}  // namespace portolan::report
