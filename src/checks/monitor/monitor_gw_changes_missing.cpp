#include "checks/change_watch.h"
#include "checks/check.h"

namespace portolan::checks {

extern const Check monitor_gw_changes_missing;

namespace {

constexpr std::string_view kReferences[] = {"CIS AWS 5.0: 4.12", "CIS AWS 7.0: 5.12"};

std::vector<Finding> run(const Context& context) {
  return judge_watch(context, monitor_gw_changes_missing.id);
}

}  // namespace

const Check monitor_gw_changes_missing = {
    .id = "monitor-gw-changes-missing",
    .title = "No alarm on gateway changes",
    .risk = Risk::Low,
    .resources = "Account",
    .why =
        "An internet gateway is what makes a private network public. They come and go so "
        "seldom that each change is worth a look.",
    .fix =
        "Send the records of a trail for all regions to CloudWatch Logs; a rule of "
        "EventBridge does instead of what follows. Add a metric filter with the calls that "
        "change gateways, an alarm on what it counts, and a subscriber to the alarm.",
    .references = kReferences,
    .run = run,
    .remedy = no_remedy};

}  // namespace portolan::checks
