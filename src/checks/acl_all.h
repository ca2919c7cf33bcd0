#pragma once

#include <string_view>
#include <vector>

#include "checks/check.h"
#include "model/network.h"

/// Private to the module: network ACLs that let all pass in one direction.
namespace portolan::checks {

/// Fails if the entries, in their order, leave every TCP port open to the public internet: 1-65535
/// as good as 0-65535, and entries for tcp and udp as good as one for everything.
void judge_openness(std::string_view check, const NetworkAcl& acl, bool is_egress, Risk risk,
                    std::vector<Finding>& findings);

}  // namespace portolan::checks
