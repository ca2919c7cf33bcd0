#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/collected.h"
#include "checks/each.h"

/// Private to the module: how a check goes through security groups.
namespace portolan::checks {

/// Unknown: each group that an interface has and no document describes.
void add_unread_groups(const Context& context, const Check& check, std::vector<Finding>& findings);

/// `judge_each` for security groups, and unknown findings for those that are known by name only.
template <class Judge>
std::vector<Finding> judge_groups(const Context& context, const Check& check,
                                  std::string_view praise, const Judge& judge) {
  std::vector<Finding> findings = judge_each<SecurityGroup>(context, check.id, praise, judge);
  add_unread_groups(context, check, findings);
  return findings;
}

/// The same for checks of rules: a group passes only if all its rules are known.
template <class Judge>
std::vector<Finding> judge_rules(const Context& context, const Check& check,
                                 std::string_view praise, const Judge& judge) {
  return judge_groups(
      context, check, praise, [&](const SecurityGroup& group, std::vector<Finding>& findings) {
        const std::size_t before = findings.size();
        judge(group, findings);
        const std::string gap = missing_rules(context.snapshot(), group);
        if (findings.size() == before && !gap.empty()) {
          findings.push_back(unknown(about(check.id, group), check.risk,
                                     "not all rules of the group are known: " + gap, {gap}));
        }
      });
}

/// The default groups, each judged by `judge(group)`, and where a VPC has none, that it is unknown
/// what `question` asks: every VPC has a default group, so it was not collected.
template <class Judge>
std::vector<Finding> judge_default_groups(const Context& context, const Check& check,
                                          std::string_view question, const Judge& judge) {
  std::vector<Finding> findings;
  std::set<VpcId> seen;
  for (const SecurityGroup& group : context.snapshot().all<SecurityGroup>()) {
    if (group.is_default()) {
      seen.insert(group.vpc);
      findings.push_back(judge(group));
    }
  }
  for (const Vpc& vpc : context.snapshot().all<Vpc>()) {
    if (!seen.contains(vpc.id)) {
      const std::string gap = fmt::format("the default group of {} was not collected: {}",
                                          vpc.id.value, call_of(Noun::SecurityGroups));
      findings.push_back(unknown(about(check.id, vpc), check.risk,
                                 std::string(question) + " is not known", {gap}));
    }
  }
  return findings;
}

/// True for a rule that AWS writes into a new group by itself: all traffic out and, in a default
/// group, all traffic from its own members.
bool is_made_by_aws(const SecurityGroup& group, const SecurityGroupRule& rule);

}  // namespace portolan::checks
