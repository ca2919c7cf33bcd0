#include <algorithm>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each_group.h"
#include "checks/openings.h"
#include "checks/rule_sets.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check sg_duplicate;

namespace {

constexpr std::string_view kReferences[] = {
    "AWS Firewall Manager: SECURITY_GROUP_REDUNDANT",
    "AWS Firewall Manager Guide: Usage audit security group policies"};

using Groups = std::vector<const SecurityGroup*>;
using Sorted = std::unordered_map<std::string, Groups>;

/// A group with no rules but AWS's own is a label that other groups name: nothing is said twice.
bool has_rules(const SecurityGroup& group) {
  return std::any_of(group.rules.begin(), group.rules.end(),
                     [&](const SecurityGroupRule& rule) { return !is_made_by_aws(group, rule); });
}

/// Groups by VPC and outline first: most differ there, and need no closer look.
Sorted by_outline(const Snapshot& snapshot) {
  Sorted sorted;
  for (const SecurityGroup& group : snapshot.all<SecurityGroup>()) {
    if (has_rules(group) && !group.vpc.empty()) {
      sorted[fmt::format("{}>{}<{}", group.vpc.value, RuleSet(snapshot, group, false).outline(),
                         RuleSet(snapshot, group, true).outline())]
          .push_back(&group);
    }
  }
  return sorted;
}

/// Sets of two groups or more that permit the same, each by id.
std::vector<Groups> duplicates(const Snapshot& snapshot) {
  std::vector<Groups> found;
  for (const auto& [outline, groups] : by_outline(snapshot)) {
    if (groups.size() < 2) {
      continue;
    }
    Sorted alike;
    for (const SecurityGroup* group : groups) {
      alike[fmt::format("{}<{}", RuleSet(snapshot, *group, false).canonical_text(),
                        RuleSet(snapshot, *group, true).canonical_text())]
          .push_back(group);
    }
    for (auto& [text, same] : alike) {
      if (same.size() > 1) {
        found.push_back(std::move(same));
      }
    }
  }
  return found;
}

Finding finding_of(const Groups& same) {
  const SecurityGroup& second = *same[1];
  Finding finding = about(sg_duplicate.id, *same.front());
  finding.risk = Risk::Low;
  for (std::size_t i = 1; i < same.size(); ++i) {
    finding.affected.push_back(same[i]->id.value);
  }
  finding.message = fmt::format(
      "{} ({}){} of the same VPC permit{} the same", second.id.value, printable(second.group_name),
      same.size() == 2 ? "" : fmt::format(" and {} more", same.size() - 2),
      same.size() == 2 ? "s" : "");
  finding.fix = fmt::format(
      "move the interfaces of {} to {}, then aws ec2 delete-security-group --group-id "
      "{}",
      second.id.value, same.front()->id.value, second.id.value);
  return finding;
}

/// The list that keeps it open what a group permits; empty if none does.
std::string gap_of(const Snapshot& snapshot, const SecurityGroup& group) {
  for (const SecurityGroupRule& rule : group.rules) {
    if (!peer_blocks(snapshot, rule.peer)) {
      return missing_entries(rule);
    }
  }
  return {};
}

std::vector<Finding> run(const Context& context) {
  std::unordered_map<const SecurityGroup*, const Groups*> by_first;
  std::set<std::string> others;
  const std::vector<Groups> found = duplicates(context.snapshot());
  for (const Groups& same : found) {
    by_first.emplace(same.front(), &same);
    for (std::size_t i = 1; i < same.size(); ++i) {
      others.insert(same[i]->id.value);
    }
  }
  std::vector<Finding> findings = judge_rules(
      context, sg_duplicate, "no other group of the VPC permits the same",
      [&](const SecurityGroup& group, std::vector<Finding>& told) {
        if (const auto same = by_first.find(&group); same != by_first.end()) {
          told.push_back(finding_of(*same->second));
        } else if (const std::string gap = gap_of(context.snapshot(), group);
                   !gap.empty() && !others.contains(group.id.value)) {
          told.push_back(unknown(about(sg_duplicate.id, group), Risk::Low,
                                 "whether another group permits the same is not known", {gap}));
        }
      });
  // The finding about the first one names the others, which are not in order either.
  std::erase_if(findings, [&](const Finding& finding) {
    return finding.outcome == Outcome::Pass && others.contains(finding.resource);
  });
  return findings;
}

}  // namespace

const Check sg_duplicate = {
    .id = "sg-duplicate",
    .title = "Two groups of a VPC have the same effective rules",
    .risk = Risk::Low,
    .resources = "SecurityGroup",
    .why =
        "What is tightened in one copy stays open in the other, and nobody can tell which of the "
        "two a resource should have. Copies also use up the quota of groups.",
    .fix =
        "See whether rules of other groups name one of them only: then they are not the same. "
        "Otherwise move all interfaces to one group. Delete the others.",
    .references = kReferences,
    .run = run,
    .remedy = no_remedy};

}  // namespace portolan::checks
