#pragma once

#include <vector>

#include "checks/check.h"

/// Private to the module: findings that say the lesser thing of the same hosts.
namespace portolan::checks {

/// Makes those info that pale beside another, which fails now about all that they affect, with a
/// higher risk. They stay: a benchmark counts them, and they are what is left once the worse one is
/// mended.
/// So do low latent findings about rules by which a public balancer hands its clients' connections
/// to all that are affected: nothing waits there, it is in use.
void pale(const Context& context, std::vector<Finding>& findings);

}  // namespace portolan::checks
