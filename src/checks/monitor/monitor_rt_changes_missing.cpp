#include "checks/change_watch.h"
#include "checks/check.h"

namespace portolan::checks {

extern const Check monitor_rt_changes_missing;

namespace {

constexpr std::string_view kReferences[] = {"CIS AWS 5.0: 4.13", "CIS AWS 7.0: 5.13"};

std::vector<Finding> run(const Context& context) {
  return judge_watch(context, monitor_rt_changes_missing.id);
}

}  // namespace

const Check monitor_rt_changes_missing = {
    .id = "monitor-rt-changes-missing",
    .title = "No alarm on route table changes",
    .risk = Risk::Low,
    .resources = "Account",
    .why =
        "One route turns a private subnet into a public one, or leads traffic past the "
        "firewall, and no rule of a group shows it.",
    .fix =
        "Send the records of a trail for all regions to CloudWatch Logs; a rule of "
        "EventBridge does instead of what follows. Add a metric filter with the calls that "
        "change routes, an alarm on what it counts, and a subscriber to the alarm.",
    .references = kReferences,
    .run = run,
    .remedy = no_remedy};

}  // namespace portolan::checks
