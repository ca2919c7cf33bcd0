#pragma once

#include <string_view>
#include <vector>

#include "checks/check.h"

/// Private to the module: the rule engine of the checks that ask who is told of changes.
namespace portolan::checks {

/// For each account that has a VPC: whether somebody is told of each call that the check's row
/// names, in each region where the account has one. A call is told of where
/// - a trail records it, a metric filter of the trail's log group takes it, an alarm watches what
///   the filter counts, and somebody has subscribed to what the alarm does; or
/// - a trail records it, and a rule of EventBridge takes it. (What the rule does is not looked at.)
std::vector<Finding> judge_watch(const Context& context, std::string_view check);

}  // namespace portolan::checks
