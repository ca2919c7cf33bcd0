#include <algorithm>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/finding_text.h"
#include "checks/group_uses.h"
#include "checks/openings.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check sg_orphan_cluster;

namespace {

constexpr std::string_view kReferences[] = {
    "VPC User Guide: Delete a security group (DependencyViolation)"};

bool is_member(const OrphanCluster& cluster, const RulePeer& peer) {
  const auto* reference = std::get_if<GroupReference>(&peer);
  return reference != nullptr &&
         std::any_of(cluster.groups.begin(), cluster.groups.end(),
                     [&](const auto* group) { return group->id == reference->group; });
}

/// The rules that stand in the way of deleting: of one member about another, and of a default
/// group, which is not deleted itself, about a member.
void find_ties(const Context& context, const OrphanCluster& cluster, Finding& finding,
               std::vector<std::string>& steps) {
  const auto add_rules = [&](const SecurityGroup& group) {
    for (const SecurityGroupRule& rule : group.rules) {
      const auto* reference = std::get_if<GroupReference>(&rule.peer);
      if (is_member(cluster, rule.peer) && reference->group != group.id) {
        finding.rules.push_back(name_rule(group, rule));
        steps.push_back(revocation(finding.rules.back(), rule.is_egress));
      }
    }
  };
  for (const SecurityGroup* group : cluster.groups) {
    add_rules(*group);
  }
  for (const SecurityGroup& group : context.snapshot().all<SecurityGroup>()) {
    if (group.is_default()) {
      add_rules(group);
    }
  }
}

Finding judge(const Context& context, const OrphanCluster& cluster) {
  Finding finding = about(sg_orphan_cluster.id, *cluster.groups.front());
  finding.risk = Risk::Low;
  std::vector<std::string> steps;
  find_ties(context, cluster, finding, steps);
  std::vector<std::string> ids;
  for (const SecurityGroup* group : cluster.groups) {
    ids.push_back(group->id.value);
    steps.push_back(fmt::format("aws ec2 delete-security-group --group-id {}", group->id.value));
  }
  finding.message =
      fmt::format("{} name one another, and nothing else uses any of them", joined(ids, ", "));
  finding.affected = ids;
  finding.fix = joined(steps, " && ");
  return finding;
}

std::vector<Finding> run(const Context& context) {
  std::vector<Finding> findings;
  for (const OrphanCluster& cluster : context.group_uses().clusters()) {
    findings.push_back(judge(context, cluster));
  }
  for (const SecurityGroup& group : context.snapshot().all<SecurityGroup>()) {
    const GroupUse& use = context.group_uses().of(group);
    if (use.use == Use::Unknown && !referenced_groups(group).empty() && !group.is_default()) {
      findings.push_back(unknown(
          about(sg_orphan_cluster.id, group), Risk::Low,
          fmt::format("whether the groups that it names are in use is not known: {}", use.gap),
          {use.gap}));
    } else if (!context.group_uses().is_in_cluster(group)) {
      findings.push_back(
          passed(about(sg_orphan_cluster.id, group), "it is not tied to other groups without use"));
    }
  }
  return findings;
}

}  // namespace

const Check sg_orphan_cluster = {
    .id = "sg-orphan-cluster",
    .title = "Several unused groups reference each other",
    .risk = Risk::Low,
    .resources = "SecurityGroup",
    .why =
        "Groups that only name one another look used to everyone who counts references, and none "
        "of them can be deleted while another names it.",
    .fix =
        "Revoke the rules by which they name one another first. Delete the groups then, in any "
        "order, with aws ec2 delete-security-group.",
    .references = kReferences,
    .run = run,
    .remedy = delete_cluster};

}  // namespace portolan::checks
