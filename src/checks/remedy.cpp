#include "checks/remedy.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "checks/check.h"
#include "checks/egress_needs.h"
#include "checks/group_uses.h"
#include "checks/narrower.h"

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
Remedy deletion(const Context& context, const std::set<SecurityGroupId>& groups) {
  std::map<SecurityGroupId, const SecurityGroup*> namers;
  for (const SecurityGroupId& id : groups) {
    for (const SecurityGroup* namer : context.group_uses().named_by(id)) {
      namers.emplace(namer->id, namer);
    }
  }
  Remedy remedy;
  for (const auto& [id, namer] : namers) {
    for (const SecurityGroupRule& rule : namer->rules) {
      const auto* reference = std::get_if<GroupReference>(&rule.peer);
      if (reference != nullptr && groups.contains(reference->group) && reference->group != id) {
        revoke(*namer, rule, remedy);
      }
    }
  }
  for (const SecurityGroupId& id : groups) {
    if (context.snapshot().find(id) != nullptr) {
      remedy.emplace_back(ResourceRemoved{AnyId(id)});
    }
  }
  return remedy;
}

}  // namespace

Remedy remedy_of(const Context& context, const Finding& finding) {
  const Check* check = find_check(finding.check);
  return check == nullptr || finding.outcome != Outcome::Fail ? Remedy{}
                                                              : check->remedy(context, finding);
}

Remedy revoke_rules(const Context& context, const Finding& finding) {
  Remedy remedy;
  for (const auto& [group, rules] : rules_named(context.snapshot(), finding)) {
    for (const SecurityGroupRule* rule : rules) {
      revoke(*group, *rule, remedy);
    }
  }
  return remedy;
}

/// More than that fit into no group, whatever of it the wide rules permit.
constexpr std::size_t kNeedsMax = 20 * kNarrowRulesMax;

Remedy narrow_egress(const Context& context, const Finding& finding) {
  Remedy remedy;
  for (const auto& [group, rules] : rules_named(context.snapshot(), finding)) {
    const GroupNeeds& needs = context.egress_needs().of(*group);
    const Needs all = needs.first(kNeedsMax);
    if (!needs.gap().empty() || all.size() == kNeedsMax) {
      return {};
    }
    std::vector<Permitted> meant;
    for (const auto& [peer, services] : all) {
      meant.push_back({.peer = peer, .services = services});
    }
    const Remedy narrower = replace_rules(context, *group, rules, meant);
    remedy.insert(remedy.end(), narrower.begin(), narrower.end());
  }
  return remedy;
}

Remedy no_remedy(const Context&, const Finding&) { return {}; }

Remedy delete_group(const Context& context, const Finding& finding) {
  return deletion(context, {SecurityGroupId{finding.resource}});
}

Remedy delete_cluster(const Context& context, const Finding& finding) {
  std::set<SecurityGroupId> groups;
  for (const std::string& id : finding.affected) {
    groups.insert(SecurityGroupId{id});
  }
  return deletion(context, groups);
}

Remedy require_tokens(const Context& context, const Finding& finding) {
  const Instance* instance = context.snapshot().find(InstanceId{finding.resource});
  if (instance == nullptr) {
    return {};
  }
  Instance changed = *instance;
  changed.metadata.tokens_required = true;
  return {ResourceSet{std::make_shared<const Instance>(std::move(changed))}};
}

}  // namespace portolan::checks
