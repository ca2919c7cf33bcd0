#include "checks/check.h"
#include "checks/launches.h"
#include "checks/missing.h"

namespace portolan::checks {

extern const Check asg_missing_group;

namespace {

constexpr std::string_view kReferences[] = {
    "Auto Scaling User Guide: Troubleshoot instance launch failures"};

LaunchVerdict judge(const Context& context, const LaunchTemplate& launch,
                    const LaunchVersion& version) {
  for (const SecurityGroupId& group : version.groups) {
    if (context.snapshot().find(group) == nullptr) {
      const bool is_unread = is_missing(context, Noun::SecurityGroups, launch.owned);
      return {.is_wrong = !is_unread,
              .gap = is_unread ? not_collected(Noun::SecurityGroups, launch.owned) : ""};
    }
  }
  return {};
}

std::vector<Finding> run(const Context& context) {
  const LaunchQuestion question = {
      .check = asg_missing_group.id,
      .risk = Risk::Medium,
      .wrong = "names a security group that is not there",
      .unsaid = "whether all groups that it names are there is not known",
      .praise = "all groups that it names are there",
      .fix = "make a version that names groups which exist, and the default"};
  return judge_launches(context, question,
                        [&](const LaunchTemplate& launch, const LaunchVersion& version) {
                          return judge(context, launch, version);
                        });
}

}  // namespace

const Check asg_missing_group = {
    .id = "asg-missing-group",
    .title = "Launch template names a group that is gone",
    .risk = Risk::Medium,
    .resources = "LaunchTemplate, LaunchConfiguration",
    .why =
        "No instance can be started from it: an Auto Scaling group that loses one does not replace "
        "it, and shows that only when it matters.",
    .fix =
        "Find out which group took the place of the one that is gone. Make a version that names it "
        "with aws ec2 create-launch-template-version, and make it the default.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
