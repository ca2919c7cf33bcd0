#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/check.h"

/// Private to the module: what the checks of launch templates and configurations share.
namespace portolan::checks {

/// What a check says of one version.
struct LaunchVerdict {
  bool is_wrong = false;
  std::string gap;  // what is missing to say whether it is wrong; or empty
};

struct LaunchQuestion {
  std::string_view check;
  Risk risk;
  std::string_view wrong;   // "allows IMDSv1": what is wrong with a version
  std::string_view unsaid;  // "whether it allows IMDSv1 is not known"
  std::string_view praise;
  std::string_view fix;
  bool asks_latest = false;  // the latest version counts, too, whether or not a group uses it
};

/// Judges the versions of each template that instances are started from: its default one, and
/// those that Auto Scaling groups name.
std::vector<Finding> judge_launches(
    const Context& context, const LaunchQuestion& question,
    const std::function<LaunchVerdict(const LaunchTemplate&, const LaunchVersion&)>& judge);

}  // namespace portolan::checks
