#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/scenario/estate.h"

namespace portolan::scenario {

/// The `Groups` of an interface, from the names of groups (`default` is the VPC's default one).
json::array groups_of(Estate& estate, const std::vector<std::string>& names, std::string_view vpc,
                      Arguments& arguments);

/// The default group of each VPC, where the scenario does not write it: all from itself, all out.
void complete_groups(Estate& estate);

}  // namespace portolan::scenario
