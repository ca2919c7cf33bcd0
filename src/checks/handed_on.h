#pragma once

#include <unordered_map>

#include "checks/check.h"

/// Private to the module: what public balancers hand to their targets with the clients' own
/// addresses. Only a rule for these lets it in, so such a rule is in use although nothing reaches
/// the target directly.
namespace portolan::checks {

using HandedOn = std::unordered_map<const NetworkInterface*, ServiceSet>;

HandedOn handed_on(const Context& context);

}  // namespace portolan::checks
