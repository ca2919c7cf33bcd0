#include <algorithm>
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "collect/merge/merge.h"

namespace portolan::collect {

namespace {

using RuleParts = std::vector<Loose<GroupRulePart>>;

/// Orders rules by what they permit and to whom, as far as both calls tell it.
bool is_before(const SecurityGroupRule& a, const SecurityGroupRule& b) {
  if (a.is_egress != b.is_egress) {
    return b.is_egress;
  }
  if (a.peer.index() != b.peer.index()) {
    return a.peer.index() < b.peer.index();
  }
  if (const auto* mine = std::get_if<GroupReference>(&a.peer)) {
    const auto& theirs = std::get<GroupReference>(b.peer);
    if (mine->group != theirs.group) {
      return mine->group < theirs.group;
    }
  } else if (a.peer != b.peer) {
    return a.peer < b.peer;
  }
  return a.services < b.services;
}

/// Takes over what the rule's own document tells and the group's does not.
void complete(SecurityGroupRule& rule, SecurityGroupRule& told) {
  rule.id = std::move(told.id);
  if (rule.description.empty()) {
    rule.description = std::move(told.description);
  }
  auto* reference = std::get_if<GroupReference>(&rule.peer);
  if (reference == nullptr) {
    return;
  }
  auto& other = std::get<GroupReference>(told.peer);
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
    std::stable_sort(parts.begin(), parts.end(), [](const auto* a, const auto* b) {
      return is_before(a->part.rule, b->part.rule);
    });
    auto& rules = group_->rules;
    std::stable_sort(rules.begin(), rules.end(), is_before);
    const std::size_t known = rules.size();
    std::size_t next = 0;
    for (Loose<GroupRulePart>* part : parts) {
      SecurityGroupRule& told = part->part.rule;
      while (next < known && is_before(rules[next], told)) {
        note_missing(*part);
        ++next;
      }
      if (next < known && !is_before(told, rules[next])) {
        complete(rules[next++], told);
      } else if (!is_repeated(told)) {
        note_missing(*part);
        rules.push_back(std::move(told));
      }
    }
    if (next < known) {
      note_missing(*parts.back());
    }
  }

 private:
  /// The same rule may stand in two documents.
  [[nodiscard]] bool is_repeated(const SecurityGroupRule& told) const {
    return std::any_of(
        group_->rules.begin(), group_->rules.end(),
        [&](const SecurityGroupRule& rule) { return !told.id.empty() && rule.id == told.id; });
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

/// Parts by group, each list in input order.
std::vector<Loose<GroupRulePart>*> sorted_by_group(RuleParts& parts) {
  std::vector<Loose<GroupRulePart>*> sorted;
  sorted.reserve(parts.size());
  for (auto& part : parts) {
    sorted.push_back(&part);
  }
  const auto is_group_before = [](const auto* a, const auto* b) { return a->holder < b->holder; };
  if (!std::is_sorted(sorted.begin(), sorted.end(), is_group_before)) {
    std::stable_sort(sorted.begin(), sorted.end(), is_group_before);
  }
  return sorted;
}

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
  std::vector<Loose<GroupRulePart>*> sorted = sorted_by_group(parts);
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
