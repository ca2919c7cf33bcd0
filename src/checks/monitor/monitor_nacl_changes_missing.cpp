#include "checks/change_watch.h"
#include "checks/check.h"

namespace portolan::checks {

extern const Check monitor_nacl_changes_missing;

namespace {

constexpr std::string_view kReferences[] = {"CIS AWS 5.0: 4.11", "CIS AWS 7.0: 5.11"};

std::vector<Finding> run(const Context& context) {
  return judge_watch(context, monitor_nacl_changes_missing.id);
}

}  // namespace

const Check monitor_nacl_changes_missing = {
    .id = "monitor-nacl-changes-missing",
    .title = "No alarm on network ACL changes",
    .risk = Risk::Low,
    .resources = "Account",
    .why =
        "Network ACLs stand behind the groups of whole subnets. They change so seldom that "
        "each change is worth a look, and one entry opens or cuts off everything in a subnet.",
    .fix =
        "Send the records of a trail for all regions to CloudWatch Logs; a rule of "
        "EventBridge does instead of what follows. Add a metric filter with the calls that "
        "change network ACLs, an alarm on what it counts, and a subscriber to the alarm.",
    .references = kReferences,
    .run = run,
    .remedy = no_remedy};

}  // namespace portolan::checks
