#pragma once

#include <vector>

#include "checks/check.h"
#include "model/standing.h"

/// Part of the door of the checks module: which of the findings of one risk comes first, and why.
namespace portolan::checks {

/// Sorts findings, which come as `audit` gives them: of those that fail, have one risk and are all
/// exposed or all latent, first to where fewest connections in a row lead from the internet, then
/// the data tier, then hosts with a role. Gives the standing of each that fails, by its position.
///
/// Chains of connections are followed only where something that is affected takes connections. In
/// an estate of very many classes of hosts only what the internet reaches directly is told, and
/// that it is so. Cost: for each hop a column for each class that is not reached yet.
std::vector<Standing> rank(const Context& context, std::vector<Finding>& findings);

}  // namespace portolan::checks
