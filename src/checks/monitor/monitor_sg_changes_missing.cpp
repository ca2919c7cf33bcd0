#include "checks/change_watch.h"
#include "checks/check.h"

namespace portolan::checks {

extern const Check monitor_sg_changes_missing;

namespace {

constexpr std::string_view kReferences[] = {"CIS AWS 5.0: 4.10", "CIS AWS 7.0: 5.10"};

std::vector<Finding> run(const Context& context) {
  return judge_watch(context, monitor_sg_changes_missing.id);
}

}  // namespace

const Check monitor_sg_changes_missing = {
    .id = "monitor-sg-changes-missing",
    .title = "No alarm on security group changes",
    .risk = Risk::Low,
    .resources = "Account",
    .why =
        "A new rule opens a port within a second. Whoever hears of it the same day can ask "
        "who made it and why; whoever does not finds it in the next audit, or after the "
        "intrusion.",
    .fix =
        "Send the records of a trail for all regions to CloudWatch Logs; a rule of "
        "EventBridge does instead of what follows. Add a metric filter with the calls that "
        "change groups, an alarm on what it counts, and a subscriber to the alarm.",
    .references = kReferences,
    .run = run,
    .remedy = no_remedy};

}  // namespace portolan::checks
