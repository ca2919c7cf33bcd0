#include "checks/openings.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "model/not_told.h"

namespace portolan::checks {

namespace {

bool has_public_address(const std::vector<IpPrefix>& blocks) {
  return std::any_of(blocks.begin(), blocks.end(), [](const IpPrefix& block) {
    return block.first().is_public() ||
           !IpSet({block}).intersected(IpSet::public_space(block.family())).empty();
  });
}

std::vector<IpFamily> whole_families(const std::vector<IpPrefix>& blocks) {
  std::vector<IpFamily> families;
  for (const IpFamily family : kFamilies) {
    if (std::find(blocks.begin(), blocks.end(), IpPrefix::all(family)) != blocks.end()) {
      families.push_back(family);
    }
  }
  return families;
}

GroupOpenings read(const Snapshot& snapshot, const SecurityGroup& group) {
  GroupOpenings openings;
  for (const SecurityGroupRule& rule : group.rules) {
    if (rule.is_egress || rule.services.empty()) {
      continue;
    }
    const auto blocks = peer_blocks(snapshot, rule.peer);
    if (!blocks) {
      openings.unresolved.push_back(&rule);
    } else if (has_public_address(*blocks)) {
      openings.rules.push_back({.group = &group,
                                .rule = &rule,
                                .sources = IpSet(*blocks),
                                .everything = whole_families(*blocks)});
    }
  }
  return openings;
}

}  // namespace

bool OpenRule::opens_all(IpFamily family) const {
  return std::find(everything.begin(), everything.end(), family) != everything.end();
}

Openings::Openings(const Snapshot& snapshot) : groups_(snapshot.all<SecurityGroup>()) {
  by_row_.reserve(groups_.size());
  for (const SecurityGroup& group : groups_) {
    by_row_.push_back(read(snapshot, group));
  }
}

const GroupOpenings& Openings::of(const SecurityGroup& group) const {
  return by_row_[groups_.position(group)];
}

std::optional<std::vector<IpPrefix>> peer_blocks(const Snapshot& snapshot, const RulePeer& peer) {
  if (const IpPrefix* block = std::get_if<IpPrefix>(&peer)) {
    return std::vector<IpPrefix>{*block};
  }
  const PrefixListId* id = std::get_if<PrefixListId>(&peer);
  if (id == nullptr) {
    return std::vector<IpPrefix>{};
  }
  const PrefixList* list = snapshot.find(*id);
  if (list == nullptr || (!list->entries && !list->is_aws_managed)) {
    return std::nullopt;
  }
  std::vector<IpPrefix> blocks;
  if (list->entries) {
    for (const PrefixListEntry& entry : *list->entries) {
      blocks.push_back(entry.cidr);
    }
  }
  return blocks;
}

FindingRule name_rule(const SecurityGroup& group, const SecurityGroupRule& rule) {
  FindingRule named{.id = rule.id.value,
                    .holder = group.id.value,
                    .peer = peer_text(rule.peer),
                    .services = rule.services.text(),
                    .is_egress = rule.is_egress};
  if (named.id.empty()) {
    named.id = fmt::format("{}/{}/{}/{}", named.holder, rule.is_egress ? "egress" : "ingress",
                           named.services, named.peer);
  }
  return named;
}

std::string missing_entries(const SecurityGroupRule& rule) {
  if (rule.peer == RulePeer(PrefixListId{std::string(kPeerNotTold)})) {
    return "whom the rule let in then is not told by the logs";
  }
  return fmt::format("the entries of {} were not collected: {}", peer_text(rule.peer),
                     call_of(Noun::PrefixLists));
}

}  // namespace portolan::checks
