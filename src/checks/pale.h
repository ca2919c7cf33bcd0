#pragma once

#include <vector>

#include "model/finding.h"

/// Private to the module: findings that say the lesser thing of the same hosts.
namespace portolan::checks {

/// Makes those info that pale beside another, which fails now about all that they affect, with a
/// higher risk. They stay: a benchmark counts them, and they are what is left once the worse one is
/// mended.
void pale(std::vector<Finding>& findings);

}  // namespace portolan::checks
