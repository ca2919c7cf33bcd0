#include "checks/tiers.h"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "checks/callers.h"
#include "checks/estate.h"
#include "checks/openings.h"
#include "checks/public_sources.h"
#include "checks/world.h"

namespace portolan::checks {

namespace {

bool is_held(const std::vector<IpPrefix>& blocks, const NetworkInterface& interface) {
  return std::any_of(blocks.begin(), blocks.end(), [&](const IpPrefix& block) {
    return std::any_of(interface.addresses.begin(), interface.addresses.end(),
                       [&](const auto& each) { return block.contains(each.private_ip); }) ||
           std::any_of(interface.ipv6.begin(), interface.ipv6.end(),
                       [&](const auto& each) { return block.contains(each); });
  });
}

bool is_link_local(const IpPrefix& block) {
  static const IpSet kBlocks({*IpPrefix::parse("169.254.0.0/16"), *IpPrefix::parse("fe80::/10"),
                              *IpPrefix::parse("fd00:ec2::/32")});
  return IpSet({block}).without(kBlocks).empty();
}

/// Rules of one group, judged by what its members need.
class RuleJudge {
 public:
  RuleJudge(const Context& context, const SecurityGroup& group)
      : context_(context),
        group_(group),
        needs_(context.egress_needs().of(group)),
        vpc_(context.snapshot().find(group.vpc)) {}

  void judge(const SecurityGroupRule& rule) {
    if (const auto* reference = std::get_if<GroupReference>(&rule.peer)) {
      judge_reference(rule, reference->group);
    } else if (const auto blocks = peer_blocks(context_.snapshot(), rule.peer)) {
      judge_blocks(rule, *blocks);
    } else if (!is_needed_by_name(rule)) {
      undecided(rule, missing_entries(rule));
    }
  }

  BeyondNeed take() { return std::move(beyond_); }

 private:
  void undecided(const SecurityGroupRule& rule, std::string gap) {
    beyond_.undecided.push_back(&rule);
    beyond_.gap = std::move(gap);
  }

  [[nodiscard]] bool is_needed_by_name(const SecurityGroupRule& rule) const {
    return needs_.of(rule.peer).contains(rule.services);
  }

  void judge_reference(const SecurityGroupRule& rule, const SecurityGroupId& id) {
    const SecurityGroup* other = context_.snapshot().find(id);
    if (is_needed_by_name(rule)) {
      return;
    }
    if (other == nullptr) {
      undecided(rule,
                fmt::format("{} was not collected: {}", id.value, call_of(Noun::SecurityGroups)));
      return;
    }
    const ServiceSet let_in = let_in_by(*other);
    if (rule.services.overlaps(let_in) && !let_in.contains(rule.services)) {
      beyond_.rules.push_back(&rule);
    }
  }

  /// What the group, and the others of its members, let in, and what is needed of it.
  [[nodiscard]] ServiceSet let_in_by(const SecurityGroup& other) const {
    std::vector<SecurityGroupId> groups = {other.id};
    for (const NetworkInterface* member : context_.estate().interfaces_of(other.id)) {
      groups.insert(groups.end(), member->groups.begin(), member->groups.end());
    }
    std::sort(groups.begin(), groups.end());
    groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
    ServiceSet services;
    for (const SecurityGroupId& id : groups) {
      const SecurityGroup* group = context_.snapshot().find(id);
      for (const SecurityGroupRule& rule :
           group == nullptr ? std::vector<SecurityGroupRule>{} : group->rules) {
        services = rule.is_egress ? services : services.united(rule.services);
      }
    }
    return services.united(needs_.of(GroupReference{.group = other.id}));
  }

  void judge_blocks(const SecurityGroupRule& rule, const std::vector<IpPrefix>& blocks) {
    const auto* id = std::get_if<PrefixListId>(&rule.peer);
    const PrefixList* list = id == nullptr ? nullptr : context_.snapshot().find(*id);
    const bool is_of_aws = list != nullptr && list->is_aws_managed;
    const bool is_free = std::all_of(blocks.begin(), blocks.end(), is_link_local);
    if (!is_of_aws && !is_free && !is_needed_by_name(rule) &&
        (covers_others(rule, blocks) || covers_strangers(rule, blocks))) {
      beyond_.rules.push_back(&rule);
    }
  }

  [[nodiscard]] bool covers_others(const SecurityGroupRule& rule,
                                   const std::vector<IpPrefix>& blocks) const {
    return std::any_of(blocks.begin(), blocks.end(), [&](const IpPrefix& block) {
      const auto located = context_.estate().located_in(block);
      return std::any_of(located.begin(), located.end(), [&](const Located& one) {
        return is_meant(one) && !needs_.of(*one.interface).contains(rule.services);
      });
    });
  }

  /// An address of its own VPC stands for what is there, whoever else has it elsewhere.
  [[nodiscard]] bool is_meant(const Located& located) const {
    const bool is_here = located.interface->vpc == group_.vpc;
    const bool is_own =
        vpc_ != nullptr && std::any_of(vpc_->cidrs.begin(), vpc_->cidrs.end(),
                                       [&](const auto& c) { return c.contains(located.address); });
    return (is_here || !is_own) && located.interface->interface_type != "nat_gateway";
  }

  [[nodiscard]] bool covers_strangers(const SecurityGroupRule& rule,
                                      const std::vector<IpPrefix>& blocks) const {
    std::vector<IpPrefix> needed;
    for (const auto& [block, services] : needs_.blocks()) {
      if (services.contains(rule.services)) {
        needed.push_back(block);
      }
    }
    const auto widest = widest_strange(context_, IpSet(blocks).without(IpSet(needed)).prefixes());
    return widest && is_wide(*widest);
  }

  const Context& context_;
  const SecurityGroup& group_;
  const GroupNeeds& needs_;
  const Vpc* vpc_;
  BeyondNeed beyond_;
};

}  // namespace

BeyondNeed beyond_need(const Context& context, const SecurityGroup& group) {
  RuleJudge judge(context, group);
  for (const SecurityGroupRule& rule : group.rules) {
    if (rule.is_egress && !rule.services.empty()) {
      judge.judge(rule);
    }
  }
  return judge.take();
}

TrespassSearch::TrespassSearch(const Context& context) : context_(context) {
  for (const SecurityGroup& group : context.snapshot().all<SecurityGroup>()) {
    for (const SecurityGroupRule& rule : group.rules) {
      auto blocks = rule.is_egress ? std::nullopt : peer_blocks(context.snapshot(), rule.peer);
      if (blocks && !blocks->empty()) {
        doors_[group.vpc].push_back({.group = &group, .rule = &rule, .blocks = *std::move(blocks)});
      }
    }
  }
  for (auto& [vpc, doors] : doors_) {
    std::stable_sort(doors.begin(), doors.end(), [](const Door& a, const Door& b) {
      return a.blocks.front().length() < b.blocks.front().length();
    });
  }
}

TrespassSearch::Found TrespassSearch::find(const SecurityGroup& group,
                                           const RulePointers& wide) const {
  const Interfaces& members = context_.estate().interfaces_of(group.id);
  const auto doors = doors_.find(group.vpc);
  if (members.empty() || doors == doors_.end()) {
    return {};
  }
  ServiceSet sent;
  Exits exits;
  for (const SecurityGroupRule* rule : wide) {
    sent = sent.united(rule->services);
    exits.push_back(
        {.rule = rule,
         .blocks = peer_blocks(context_.snapshot(), rule->peer).value_or(std::vector<IpPrefix>{})});
  }
  Found found;
  std::size_t seen = 0;
  std::size_t tried = 0;
  for (const Door& door : doors->second) {
    if (++seen > kDoorsMax || tried > kTriesMax) {
      found.gap = "too many rules let in blocks that may hold them";
      break;
    }
    const bool may_pass = sent.overlaps(door.rule->services) &&
                          std::any_of(members.begin(), members.end(), [&](const auto* member) {
                            return is_held(door.blocks, *member);
                          });
    if (!may_pass) {
      continue;
    }
    ++tried;
    Found one = try_door(group, exits, door);
    if (one.trespass) {
      return one;
    }
    found.gap = one.gap.empty() ? found.gap : std::move(one.gap);
  }
  return found;
}

std::map<ServiceSet, Interfaces> TrespassSearch::idle_targets(const SecurityGroup& group,
                                                              const Exits& exits,
                                                              const SecurityGroup& other,
                                                              const ServiceSet& offered) const {
  const GroupNeeds& needs = context_.egress_needs().of(group);
  std::map<ServiceSet, Interfaces> targets;
  for (const NetworkInterface* target : context_.estate().interfaces_of(other.id)) {
    ServiceSet services;
    for (const auto& [rule, blocks] : exits) {
      const auto* reference = std::get_if<GroupReference>(&rule->peer);
      if ((reference != nullptr && reference->group == other.id) || is_held(blocks, *target)) {
        services = services.united(rule->services.intersected(offered));
      }
    }
    if (ServiceSet idle = services.without(needs.of(*target)); !idle.empty()) {
      targets[std::move(idle)].push_back(target);
    }
  }
  return targets;
}

TrespassSearch::Found TrespassSearch::try_door(const SecurityGroup& group, const Exits& exits,
                                               const Door& door) const {
  const bool is_public =
      is_world(IpSet(door.blocks), IpFamily::V4) || is_world(IpSet(door.blocks), IpFamily::V6);
  const ServiceSet offered = is_public
                                 ? door.rule->services.without(context_.config().public_services)
                                 : door.rule->services;
  const auto targets = idle_targets(group, exits, *door.group, offered);
  const RulePeer self = GroupReference{.group = group.id};
  Found found;
  for (const auto& [services, interfaces] : targets) {
    Callers callers = find_callers(
        context_,
        {.peer = &self, .to = &interfaces, .services = services, .counts = {}, .wanted = 1});
    if (callers.way) {
      found.trespass = Trespass{
          .from = callers.interfaces.front(), .to = callers.target, .way = *std::move(callers.way)};
      return found;
    }
    found.gap = callers.gap.empty() ? found.gap : std::move(callers.gap);
  }
  return found;
}

}  // namespace portolan::checks
