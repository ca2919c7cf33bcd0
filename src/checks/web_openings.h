#pragma once

#include <string_view>
#include <vector>

#include "checks/check.h"

/// Private to the module: web ports, which are meant to be public.
namespace portolan::checks {

/// The check of a row of `well_known_services` that is a web site: what is open to the world for
/// the record, and worse where the world reaches what is no balancer. Rules for IPv4 and IPv6 that
/// open the same make one finding.
std::vector<Finding> judge_web(const Context& context, std::string_view check);

}  // namespace portolan::checks
