#include <algorithm>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each_group.h"
#include "checks/estate.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check sg_launch_wizard;

namespace {

constexpr std::string_view kReferences[] = {"EC2 User Guide: Launch an instance"};

constexpr std::string_view kPrefix = "launch-wizard-";

Finding judge(const Context& context, const SecurityGroup& group) {
  Finding finding = about(sg_launch_wizard.id, group);
  const Interfaces& members = context.estate().interfaces_of(group.id);
  const auto production = std::find_if(
      members.begin(), members.end(),
      [&](const NetworkInterface* member) { return context.estate().is_production(*member); });
  finding.risk = Risk::Low;
  finding.affected = affected_ids(members);
  finding.message = fmt::format("the launch wizard of the console made the group {}, and {} {} it",
                                printable(group.group_name), names_of(context.estate(), members),
                                members.size() > 1 ? "have" : "has");
  if (production != members.end()) {
    finding.risk = Risk::Medium;
    finding.message += fmt::format("; {} is production", title_of(context.estate(), **production));
  }
  if (const std::string gap =
          missing(context.snapshot(), Noun::NetworkInterfaces, "interfaces", group.owned);
      !gap.empty()) {
    finding.gaps = {gap};
  }
  finding.fix = fmt::format(
      "give its interfaces a group of their role, then aws ec2 delete-security-group --group-id {}",
      group.id.value);
  return finding;
}

std::vector<Finding> run(const Context& context) {
  return judge_groups(context, sg_launch_wizard, "the group has a name of its own",
                      [&](const SecurityGroup& group, std::vector<Finding>& findings) {
                        if (group.group_name.starts_with(kPrefix)) {
                          findings.push_back(judge(context, group));
                        } else if (const std::string gap = missing_document(group); !gap.empty()) {
                          findings.push_back(unknown(about(sg_launch_wizard.id, group), Risk::Low,
                                                     "the name of the group is not known", {gap}));
                        }
                      });
}

}  // namespace

const Check sg_launch_wizard = {
    .id = "sg-launch-wizard",
    .title = "Group made by the launch wizard",
    .risk = Risk::Medium,
    .resources = "SecurityGroup",
    .why =
        "The console makes such a group while somebody starts an instance by hand, with SSH or RDP "
        "open to the world unless they look closer. Its name says nothing of its purpose, so "
        "nobody dares to change it later.",
    .fix =
        "Find out which ports the instances serve and to whom. Replace the group by one that is "
        "named after their role and written down as code.",
    .references = kReferences,
    .run = run,
    .remedy = no_remedy};

}  // namespace portolan::checks
