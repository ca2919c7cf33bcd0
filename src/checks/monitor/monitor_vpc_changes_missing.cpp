#include "checks/change_watch.h"
#include "checks/check.h"

namespace portolan::checks {

extern const Check monitor_vpc_changes_missing;

namespace {

constexpr std::string_view kReferences[] = {"CIS AWS 5.0: 4.14", "CIS AWS 7.0: 5.14"};

std::vector<Finding> run(const Context& context) {
  return judge_watch(context, monitor_vpc_changes_missing.id);
}

}  // namespace

const Check monitor_vpc_changes_missing = {
    .id = "monitor-vpc-changes-missing",
    .title = "No alarm on VPC changes",
    .risk = Risk::Low,
    .resources = "Account",
    .why =
        "A new VPC is a network that nobody watches yet, and a new peering is a way into "
        "those that are. Both are so rare that each is worth a look.",
    .fix =
        "Send the records of a trail for all regions to CloudWatch Logs; a rule of "
        "EventBridge does instead of what follows. Add a metric filter with the calls that "
        "change VPCs and peerings, an alarm on what it counts, and a subscriber to the alarm.",
    .references = kReferences,
    .run = run,
    .remedy = no_remedy};

}  // namespace portolan::checks
