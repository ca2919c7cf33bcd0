#include "checks/remedy.h"

#include <algorithm>
#include <memory>
#include <set>
#include <string>

#include "checks/check.h"
#include "checks/openings.h"

namespace portolan::checks {

namespace {

void revoke(const SecurityGroup& group, const SecurityGroupRule& rule, Remedy& remedy) {
  RuleRemoved change{.group = group.id, .rule = rule};
  if (std::find(remedy.begin(), remedy.end(), Change(change)) == remedy.end()) {
    remedy.emplace_back(std::move(change));
  }
}

/// First the rules by which other groups name them, since AWS refuses to delete a group that is
/// named.
Remedy deletion(const Snapshot& snapshot, const std::set<SecurityGroupId>& groups) {
  Remedy remedy;
  for (const SecurityGroup& group : snapshot.all<SecurityGroup>()) {
    for (const SecurityGroupRule& rule : group.rules) {
      const auto* reference = std::get_if<GroupReference>(&rule.peer);
      if (reference != nullptr && groups.contains(reference->group) &&
          reference->group != group.id) {
        revoke(group, rule, remedy);
      }
    }
  }
  for (const SecurityGroupId& group : groups) {
    if (snapshot.find(group) != nullptr) {
      remedy.emplace_back(ResourceRemoved{AnyId(group)});
    }
  }
  return remedy;
}

}  // namespace

Remedy remedy_of(const Snapshot& snapshot, const Finding& finding) {
  const Check* check = find_check(finding.check);
  return check == nullptr || finding.outcome != Outcome::Fail ? Remedy{}
                                                              : check->remedy(snapshot, finding);
}

Remedy revoke_rules(const Snapshot& snapshot, const Finding& finding) {
  Remedy remedy;
  for (const FindingRule& named : finding.rules) {
    const SecurityGroup* group = snapshot.find(SecurityGroupId{named.holder});
    if (group == nullptr) {
      continue;
    }
    for (const SecurityGroupRule& rule : group->rules) {
      if (name_rule(*group, rule) == named) {
        revoke(*group, rule, remedy);
      }
    }
  }
  return remedy;
}

Remedy no_remedy(const Snapshot&, const Finding&) { return {}; }

Remedy delete_group(const Snapshot& snapshot, const Finding& finding) {
  return deletion(snapshot, {SecurityGroupId{finding.resource}});
}

Remedy delete_cluster(const Snapshot& snapshot, const Finding& finding) {
  std::set<SecurityGroupId> groups;
  for (const std::string& id : finding.affected) {
    groups.insert(SecurityGroupId{id});
  }
  return deletion(snapshot, groups);
}

Remedy require_tokens(const Snapshot& snapshot, const Finding& finding) {
  const Instance* instance = snapshot.find(InstanceId{finding.resource});
  if (instance == nullptr) {
    return {};
  }
  Instance changed = *instance;
  changed.metadata.tokens_required = true;
  return {ResourceSet{std::make_shared<const Instance>(std::move(changed))}};
}

}  // namespace portolan::checks
