#pragma once

#include <vector>

#include "checks/check.h"
#include "model/security_group.h"

/// Private to the module: the rules that stand for a wider one once it is known what it was for.
namespace portolan::checks {

/// Services from or to one peer.
struct Permitted {
  RulePeer peer;
  ServiceSet services;
};

using RulePointers = std::vector<const SecurityGroupRule*>;

/// The groups whose rules a finding names, with these rules.
std::vector<std::pair<const SecurityGroup*, RulePointers>> rules_named(const Snapshot& snapshot,
                                                                       const Finding& finding);

/// Takes the rules `wide` of the group away, all of one direction, and adds rules for as much of
/// `meant` as they permitted, so that nothing opens: narrow ones first, that nothing breaks in
/// between. Members of a group that the wide rules name in part only are named by their addresses.
/// Nothing if a group could not hold that many rules.
inline constexpr std::size_t kNarrowRulesMax = 50;
Remedy replace_rules(const Context& context, const SecurityGroup& group, const RulePointers& wide,
                     const std::vector<Permitted>& meant);

}  // namespace portolan::checks
