#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each_group.h"
#include "checks/estate.h"

namespace portolan::checks {

extern const Check default_sg_in_use;

namespace {

constexpr std::string_view kReferences[] = {"VPC User Guide: Default security groups"};

Finding judge(const Context& context, const SecurityGroup& group) {
  Finding finding = about(default_sg_in_use.id, group);
  const Interfaces& members = context.estate().interfaces_of(group.id);
  if (members.empty()) {
    const std::string gap =
        missing(context.snapshot(), Noun::NetworkInterfaces, "interfaces", group.owned);
    return gap.empty() ? passed(std::move(finding), "no interface has the default group")
                       : unknown(std::move(finding), default_sg_in_use.risk,
                                 "whether an interface has the default group is not known", {gap});
  }
  // An emptied group opens nothing: it only stands where a group of the role's own should.
  finding.risk = group.rules.empty() ? Risk::Low : Risk::Medium;
  finding.affected = affected_ids(members);
  finding.message =
      fmt::format("{} {} the default group of {}", names_of(context.estate(), members),
                  members.size() == 1 ? "has" : "have", group.vpc.value);
  finding.fix = fmt::format(
      "aws ec2 modify-network-interface-attribute --network-interface-id {} --groups GROUP",
      members.front()->id.value);
  return finding;
}

std::vector<Finding> run(const Context& context) {
  return judge_default_groups(context, default_sg_in_use, "whether its default group is in use",
                              [&](const SecurityGroup& group) { return judge(context, group); });
}

}  // namespace

const Check default_sg_in_use = {
    .id = "default-sg-in-use",
    .title = "A resource uses the default group",
    .risk = Risk::Medium,
    .resources = "SecurityGroup, Vpc",
    .why =
        "The default group is what a resource gets when nobody chose one. Its members share one "
        "set of rules whatever they do, so a rule for one of them opens all of them.",
    .fix =
        "Make a group for the role of each resource, with the ports it serves. Replace the default "
        "group on each interface by that group.",
    .references = kReferences,
    .run = run,
    .remedy = no_remedy};

}  // namespace portolan::checks
