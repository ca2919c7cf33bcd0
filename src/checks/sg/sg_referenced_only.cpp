#include <fmt/format.h>

#include "checks/check.h"
#include "checks/finding_text.h"
#include "checks/group_uses.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check sg_referenced_only;

namespace {

constexpr std::string_view kReferences[] = {"VPC User Guide: Security group referencing"};

std::vector<Finding> run(const Context& context) {
  std::vector<Finding> findings;
  for (const SecurityGroup& group : context.snapshot().all<SecurityGroup>()) {
    const GroupUse& use = context.group_uses().of(group);
    Finding finding = about(sg_referenced_only.id, group);
    // Default groups cannot be deleted, and of orphans another check tells.
    if (group.is_default() || use.use == Use::Orphan) {
      continue;
    }
    if (use.use == Use::Unknown) {
      findings.push_back(unknown(
          std::move(finding), Risk::Low,
          fmt::format("whether only rules use the group is not known: {}", use.gap), {use.gap}));
      continue;
    }
    if (use.use != Use::Referenced) {
      findings.push_back(passed(std::move(finding), "interfaces or configurations use it"));
      continue;
    }
    finding.risk = Risk::Low;
    finding.message = fmt::format(
        "no interface has the group and no configuration names it, only rules of {}: they match "
        "nothing",
        joined(use.evidence, ", "));
    finding.affected = use.evidence;
    finding.fix = fmt::format(
        "revoke the rules of {} that name {}, then aws ec2 delete-security-group --group-id {}",
        joined(use.evidence, ", "), group.id.value, group.id.value);
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace

const Check sg_referenced_only = {
    .id = "sg-referenced-only",
    .title = "Group exists only as a rule reference",
    .risk = Risk::Low,
    .resources = "SecurityGroup",
    .why =
        "A rule that names a group without members lets nobody in: it looks like a promise and is "
        "dead. Whoever attaches the group later gets what the rule grants.",
    .fix =
        "Revoke the rules that name the group. Delete the group with aws ec2 "
        "delete-security-group.",
    .references = kReferences,
    .run = run,
    .remedy = delete_group};

}  // namespace portolan::checks
