#include <algorithm>
#include <cstdint>
#include <functional>
#include <string_view>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each_group.h"
#include "checks/estate.h"
#include "checks/openings.h"
#include "core/digest.h"

namespace portolan::checks {

extern const Check eni_groups_overlap;

namespace {

constexpr std::string_view kReferences[] = {"VPC User Guide: Security group rules"};

struct Held {
  const SecurityGroup* group;
  const SecurityGroupRule* rule;
};

/// What a rule permits and to whom, without ids, descriptions and what else is told of a group.
bool is_before(const Held& a, const Held& b) {
  const auto key = [](const SecurityGroupRule& rule) {
    return std::tie(rule.is_egress, rule.services);
  };
  if (const auto order = key(*a.rule) <=> key(*b.rule); order != 0) {
    return order < 0;
  }
  const auto* mine = std::get_if<GroupReference>(&a.rule->peer);
  const auto* theirs = std::get_if<GroupReference>(&b.rule->peer);
  return mine != nullptr && theirs != nullptr ? mine->group < theirs->group
                                              : a.rule->peer < b.rule->peer;
}

/// The same number for rules of which neither `is_before` the other.
std::uint64_t number_of(const SecurityGroupRule& rule) {
  std::uint64_t number = rule.is_egress ? 1 : 0;
  for (const ServiceSet::Segment& segment : rule.services.segments()) {
    number = mixed_digest(mixed_digest(number, segment.first), segment.last);
  }
  const std::hash<std::string_view> hash;
  if (const auto* reference = std::get_if<GroupReference>(&rule.peer)) {
    return mixed_digest(number, hash(reference->group.value));
  }
  const auto* list = std::get_if<PrefixListId>(&rule.peer);
  return mixed_digest(number, list != nullptr
                                  ? hash(list->value)
                                  : std::hash<IpPrefix>()(std::get<IpPrefix>(rule.peer)));
}

/// False, as nearly always, if no two groups can have the same rule: cheaper told than which.
bool may_repeat(const std::vector<Held>& rules) {
  std::vector<std::pair<std::uint64_t, const SecurityGroup*>> numbers;
  numbers.reserve(rules.size());
  for (const Held& held : rules) {
    numbers.emplace_back(number_of(*held.rule), held.group);
  }
  std::sort(numbers.begin(), numbers.end());
  return std::adjacent_find(numbers.begin(), numbers.end(), [](const auto& a, const auto& b) {
           return a.first == b.first && a.second != b.second;
         }) != numbers.end();
}

/// The rules that several of the groups have, each with its holders, one after the other. AWS
/// writes the rule that lets everything out into every group: that one tells nothing.
std::vector<Held> repeated(const std::vector<const SecurityGroup*>& groups) {
  std::vector<Held> all;
  for (const SecurityGroup* group : groups) {
    for (const SecurityGroupRule& rule : group->rules) {
      if (!is_made_by_aws(*group, rule)) {
        all.push_back({group, &rule});
      }
    }
  }
  if (!may_repeat(all)) {
    return {};
  }
  std::stable_sort(all.begin(), all.end(), is_before);
  std::vector<Held> found;
  for (auto first = all.begin(); first != all.end();) {
    const auto last = std::find_if(first + 1, all.end(),
                                   [&](const Held& held) { return is_before(*first, held); });
    if (std::any_of(first + 1, last,
                    [&](const Held& held) { return held.group != first->group; })) {
      found.insert(found.end(), first, last);
    }
    first = last;
  }
  return found;
}

/// The finding about the interfaces that have one and the same set of groups, by the first of them.
Finding judge(const Context& context, const std::vector<SecurityGroupId>& ids,
              const Interfaces& interfaces) {
  Finding finding = about(eni_groups_overlap.id, *interfaces.front());
  std::vector<const SecurityGroup*> groups;
  for (const SecurityGroupId& id : ids) {
    if (const SecurityGroup* group = context.snapshot().find(id)) {
      groups.push_back(group);
    } else {
      finding.gaps.push_back(
          fmt::format("{} was not collected: {}", id.value, call_of(Noun::SecurityGroups)));
    }
  }
  for (const SecurityGroup* group : groups) {
    if (std::string gap = missing_rules(context.snapshot(), *group); !gap.empty()) {
      finding.gaps.push_back(std::move(gap));
    }
  }
  const std::vector<Held> found = repeated(groups);
  if (found.empty()) {
    std::vector<std::string> gaps = finding.gaps;
    return gaps.empty() ? passed(std::move(finding), "its groups repeat no rule of one another")
                        : unknown(std::move(finding), Risk::Info,
                                  "whether its groups repeat rules is not known", std::move(gaps));
  }
  for (const Held& held : found) {
    finding.rules.push_back(name_rule(*held.group, *held.rule));
  }
  const FindingRule& first = finding.rules.front();
  finding.risk = Risk::Info;
  finding.affected = affected_ids(interfaces);
  finding.message =
      fmt::format("{} and {}, which {} {}, both have the rule {} {}", first.holder,
                  finding.rules[1].holder, names_of(context.estate(), interfaces),
                  interfaces.size() == 1 ? "has" : "have", first.services, first.peer);
  finding.fix = revocation(finding.rules[1], found[1].rule->is_egress);
  return finding;
}

std::vector<Finding> run(const Context& context) {
  std::vector<Finding> findings;
  for (const auto& [ids, interfaces] : context.estate().group_sets()) {
    findings.push_back(judge(context, ids, interfaces));
  }
  for (const NetworkInterface& interface : context.snapshot().all<NetworkInterface>()) {
    if (interface.groups.size() < 2) {
      findings.push_back(passed(about(eni_groups_overlap.id, interface), "it has no two groups"));
    }
  }
  return findings;
}

}  // namespace

const Check eni_groups_overlap = {
    .id = "eni-groups-overlap",
    .title = "Groups of one interface repeat the same rule",
    .risk = Risk::Info,
    .resources = "NetworkInterface",
    .why =
        "Whoever revokes the rule in one group believes that something is closed, while the other "
        "group still permits it. The copy also counts against what an interface may have.",
    .fix =
        "Decide which of the groups the rule belongs to, by what their names promise. Revoke it in "
        "the others, where none of their other members needs it.",
    .references = kReferences,
    .run = run,
    .remedy = no_remedy};

}  // namespace portolan::checks
