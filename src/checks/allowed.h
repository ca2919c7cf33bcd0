#pragma once

#include <vector>

#include "checks/policy.h"

/// Private to the module: what may be open to the internet because the user says so.
namespace portolan::checks {

/// Findings about public sources whose every rule opens nothing but what `allowed_ports` names for
/// its group pass. How the sources were written down no longer matters: the world may come.
void allow(const Snapshot& snapshot, const Policy& policy, std::vector<Finding>& findings);

}  // namespace portolan::checks
