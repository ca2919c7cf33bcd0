#include <algorithm>

#include <fmt/format.h>

#include "collect/merge/merge.h"
#include "collect/merge/sorted_by_id.h"

namespace portolan::collect {

namespace {

using RuleParts = std::vector<Loose<GroupRulePart>>;

/// Orders rules by what they permit and to whom, as far as both calls tell it: the order that
/// rules without ids have, but for what a reference tells beside its group.
bool is_before(const SecurityGroupRule& a, const SecurityGroupRule& b) {
  if (a.is_egress != b.is_egress) {
    return b.is_egress;
  }
  if (const auto order = a.services <=> b.services; order != 0) {
    return order < 0;
  }
  const auto* mine = std::get_if<GroupReference>(&a.peer);
  const auto* theirs = std::get_if<GroupReference>(&b.peer);
  return mine != nullptr && theirs != nullptr ? mine->group < theirs->group : a.peer < b.peer;
}

/// Takes over what the rule's own document tells and the group's does not.
void complete(SecurityGroupRule& rule, const SecurityGroupRule& told) {
  rule.id = told.id;
  if (rule.description.empty()) {
    rule.description = told.description;
  }
  auto* reference = std::get_if<GroupReference>(&rule.peer);
  if (reference == nullptr) {
    return;
  }
  const auto& other = std::get<GroupReference>(told.peer);
  reference->account = reference->account.known() ? reference->account : other.account;
  reference->vpc = reference->vpc.empty() ? other.vpc : reference->vpc;
  reference->peering = reference->peering.empty() ? other.peering : reference->peering;
  reference->peering_status =
      reference->peering_status.empty() ? other.peering_status : reference->peering_status;
}

/// Joins the rules of one group, which both calls list.
class RuleJoin {
 public:
  RuleJoin(Merge& merge, SecurityGroup& group) : merge_(&merge), group_(&group) {}

  void join(std::span<Loose<GroupRulePart>*> parts) {
    const auto is_part_before = [](const auto* a, const auto* b) {
      return is_before(a->part.rule, b->part.rule);
    };
    std::stable_sort(parts.begin(), parts.end(), is_part_before);
    auto& rules = group_->rules;
    if (!std::is_sorted(rules.begin(), rules.end(), is_before)) {
      std::stable_sort(rules.begin(), rules.end(), is_before);
    }
    const std::size_t known = rules.size();
    std::size_t next = 0;
    const Loose<GroupRulePart>* last = nullptr;
    for (Loose<GroupRulePart>* part : parts) {
      if (last != nullptr && is_repeated(*last, *part)) {
        continue;
      }
      last = part;
      while (next < known && is_before(rules[next], part->part.rule)) {
        note_missing(*part);
        ++next;
      }
      if (next < known && !is_before(part->part.rule, rules[next])) {
        complete(rules[next++], part->part.rule);
      } else {
        note_missing(*part);
        rules.push_back(part->part.rule);
      }
    }
    if (next < known) {
      note_missing(*parts.back());
    }
  }

 private:
  /// The same rule may stand in two documents: equal rules come one after the other.
  static bool is_repeated(const Loose<GroupRulePart>& last, const Loose<GroupRulePart>& part) {
    return !part.part.rule.id.empty() && last.part.rule.id == part.part.rule.id;
  }

  void note_missing(const Loose<GroupRulePart>& part) {
    if (is_noted_) {
      return;
    }
    is_noted_ = true;
    merge_->warn("contradiction",
                 "the rules of the group differ from those in the group's own document: all count",
                 merge_->paths[part.origin.document], group_->id.value);
    merge_->gap("contradiction", group_->id.value, "two documents list different rules");
  }

  Merge* merge_;
  SecurityGroup* group_;
  bool is_noted_ = false;
};

/// A group of which only rules are known.
SecurityGroup group_of_rules(const Merge& merge, std::span<Loose<GroupRulePart>*> parts) {
  const Loose<GroupRulePart>& first = *parts.front();
  const Listing& listing = merge.listings[first.origin.document];
  SecurityGroup group;
  group.id.value = first.holder;
  group.owned.account = first.part.owner.known() ? first.part.owner : listing.account;
  group.owned.region = listing.region;
  return group;
}

void take_rules(SecurityGroup& group, std::span<Loose<GroupRulePart>*> parts) {
  for (Loose<GroupRulePart>* part : parts) {
    group.rules.push_back(std::move(part->part.rule));
  }
  std::sort(group.rules.begin(), group.rules.end());
  group.rules.erase(std::unique(group.rules.begin(), group.rules.end()), group.rules.end());
}

void join_rules(Merge& merge) {
  RuleParts parts = take_parts<GroupRulePart>(merge);
  std::vector<Loose<GroupRulePart>*> sorted = sorted_by_id(
      parts, [](const Loose<GroupRulePart>& part) -> const std::string& { return part.holder; });
  auto& groups = merge.inventory.of<SecurityGroup>();
  std::vector<SecurityGroup> created;
  for (std::size_t first = 0; first < sorted.size();) {
    std::size_t last = first + 1;
    while (last < sorted.size() && sorted[last]->holder == sorted[first]->holder) {
      ++last;
    }
    const auto of_group = std::span(sorted).subspan(first, last - first);
    if (SecurityGroup* group = find_row(groups, sorted[first]->holder)) {
      RuleJoin(merge, *group).join(of_group);
    } else {
      take_rules(created.emplace_back(group_of_rules(merge, of_group)), of_group);
    }
    first = last;
  }
  add_rows(groups, std::move(created));
}

void join_associations(Merge& merge) {
  auto& groups = merge.inventory.of<SecurityGroup>();
  for (auto& [holder, association, origin] : take_parts<SecurityGroupVpcAssociation>(merge)) {
    if (SecurityGroup* group = find_row(groups, holder)) {
      group->associations.push_back(std::move(association));
    }
  }
  for (SecurityGroup& group : groups) {
    auto& list = group.associations;
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
  }
}

}  // namespace

void join_groups(Merge& merge) {
  join_rules(merge);
  join_associations(merge);
  for (SecurityGroup& group : merge.inventory.of<SecurityGroup>()) {
    std::sort(group.rules.begin(), group.rules.end());
  }
}

}  // namespace portolan::collect
