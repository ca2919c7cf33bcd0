#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checks/check.h"
#include "checks/each.h"
#include "model/snapshot.h"

/// Private to the module: how a check goes through groups of which not all may be known.
namespace portolan::checks {

/// The check that tells of rules that could not be read; the others yield to it.
inline constexpr std::string_view kUnreadRules = "sg-rule-suspicious-cidr";

/// That a rule of the group could not be read, as a gap; empty if all were.
std::string unread_rule(const Snapshot& snapshot, const SecurityGroup& group);

/// That nobody knows which interfaces have the group, as a gap; empty if it is known.
std::string missing_interfaces(const Snapshot& snapshot, const SecurityGroup& group);

/// Unknown, for want of a rule that could not be read. Names it, so that one such rule makes one
/// finding where a check yields to `kUnreadRules`.
Finding unread(std::string_view check, const SecurityGroup& group, std::string gap);

/// `judge_each` over groups: one about which `judge` says nothing passes with `praise`, unless a
/// rule of it could not be read.
template <class Judge>
std::vector<Finding> judge_groups(const Context& context, std::string_view check,
                                  std::string_view praise, const Judge& judge) {
  return judge_each<SecurityGroup>(
      context, check, praise, [&](const SecurityGroup& group, std::vector<Finding>& findings) {
        const std::size_t before = findings.size();
        judge(group, findings);
        if (findings.size() == before) {
          if (std::string gap = unread_rule(context.snapshot(), group); !gap.empty()) {
            findings.push_back(unread(check, group, std::move(gap)));
          }
        }
      });
}

}  // namespace portolan::checks
