#pragma once

#include <string_view>
#include <vector>

#include "checks/authorities.h"

/// Private to the module: the checks about who can change the network beyond what is meant.
namespace portolan::checks {

struct PrincipalQuestion {
  std::string_view check;
  Field field = Field::Groups;
  Risk risk = Risk::High;   // of somebody who always can
  std::string_view things;  // "security groups"
  std::string_view fix;
};

/// A finding for each principal that can more than is meant; where nobody said what is meant, one
/// for each account, for the record. Unknown for each account of which too little was collected.
std::vector<Finding> judge_principals(const Context& context, const PrincipalQuestion& question);

}  // namespace portolan::checks
