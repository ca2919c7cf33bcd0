#include <map>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/finding_text.h"
#include "checks/group_uses.h"
#include "checks/openings.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check sg_orphan;

namespace {

constexpr std::string_view kReferences[] = {"AWS Security Hub: EC2.22 (retired)",
                                            "VPC User Guide: Delete a security group"};

std::string praise(Use use) {
  switch (use) {
    case Use::Attached:
      return "interfaces have the group";
    case Use::Configured:
      return "a configuration names the group";
    case Use::Referenced:
      return "rules of groups in use name the group";
    case Use::Orphan:
      return "it is part of an orphan cluster, which has a finding of its own";
    case Use::Unknown:
      break;
  }
  return "";
}

/// A rule of a default group, which is not deleted itself, that names another group: AWS deletes no
/// group that a rule names.
struct Tie {
  const SecurityGroup* holder = nullptr;
  const SecurityGroupRule* rule = nullptr;
};
using Ties = std::multimap<SecurityGroupId, Tie>;

Ties ties_of_default_groups(const Snapshot& snapshot) {
  Ties ties;
  for (const SecurityGroup& group : snapshot.all<SecurityGroup>()) {
    if (!group.is_default()) {
      continue;
    }
    for (const SecurityGroupRule& rule : group.rules) {
      if (const auto* reference = std::get_if<GroupReference>(&rule.peer)) {
        ties.emplace(reference->group, Tie{.holder = &group, .rule = &rule});
      }
    }
  }
  return ties;
}

Finding judge(const Context& context, const SecurityGroup& group, const Ties& ties) {
  const GroupUse& use = context.group_uses().of(group);
  Finding finding = about(sg_orphan.id, group);
  if (use.use == Use::Unknown) {
    return unknown(std::move(finding), Risk::Low,
                   fmt::format("whether the group is in use is not known: {}", use.gap), {use.gap});
  }
  if (use.use != Use::Orphan || context.group_uses().is_in_cluster(group)) {
    return passed(std::move(finding), praise(use.use));
  }
  finding.risk = Risk::Low;
  finding.message =
      "no interface has the group, no collected document and no rule of a group in use names it";
  std::vector<std::string> steps;
  const auto [first, last] = ties.equal_range(group.id);
  for (auto tie = first; tie != last; ++tie) {
    finding.rules.push_back(name_rule(*tie->second.holder, *tie->second.rule));
    steps.push_back(revocation(finding.rules.back(), tie->second.rule->is_egress));
  }
  steps.push_back(fmt::format("aws ec2 delete-security-group --group-id {}", group.id.value));
  finding.fix = joined(steps, " && ");
  return finding;
}

std::vector<Finding> run(const Context& context) {
  const Ties ties = ties_of_default_groups(context.snapshot());
  std::vector<Finding> findings;
  for (const SecurityGroup& group : context.snapshot().all<SecurityGroup>()) {
    if (!group.is_default()) {  // default groups cannot be deleted
      findings.push_back(judge(context, group, ties));
    }
  }
  return findings;
}

}  // namespace

const Check sg_orphan = {
    .id = "sg-orphan",
    .title = "Group is unused and can be deleted",
    .risk = Risk::Low,
    .resources = "SecurityGroup",
    .why =
        "A group that nothing uses is an opening that waits: its rules take effect on the day when "
        "someone attaches it by mistake or on purpose. It also hides the groups that matter.",
    .fix =
        "Make sure that no automation outside the collected documents names it. Delete the group "
        "with aws ec2 delete-security-group.",
    .references = kReferences,
    .run = run,
    .remedy = delete_group};

}  // namespace portolan::checks
