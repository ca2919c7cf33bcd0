#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each_group.h"
#include "checks/estate.h"
#include "checks/openings.h"

namespace portolan::checks {

extern const Check sg_rule_dead_pair;

namespace {

constexpr std::string_view kReferences[] = {"VPC User Guide: Security group rules"};

/// The members of a group, as the rules of others see them.
struct Side {
  const SecurityGroup* group = nullptr;
  std::vector<IpAddress> addresses;  // sorted
  std::vector<IpPrefix> delegated;
  std::vector<SecurityGroupId> groups;  // all that some member has, the group itself first
  std::size_t members = 0;
};

Side side_of(const Context& context, const SecurityGroup& group) {
  Side side;
  side.group = &group;
  std::set<SecurityGroupId> groups;
  for (const NetworkInterface* member : context.estate().interfaces_of(group.id)) {
    ++side.members;
    for (const InterfaceAddress& address : member->addresses) {
      side.addresses.push_back(address.private_ip);
    }
    side.addresses.insert(side.addresses.end(), member->ipv6.begin(), member->ipv6.end());
    side.delegated.insert(side.delegated.end(), member->delegated.begin(), member->delegated.end());
    groups.insert(member->groups.begin(), member->groups.end());
  }
  groups.erase(group.id);
  side.groups.push_back(group.id);
  side.groups.insert(side.groups.end(), groups.begin(), groups.end());
  std::sort(side.addresses.begin(), side.addresses.end());
  return side;
}

bool has_address_in(const Side& side, const IpPrefix& block) {
  const auto found = std::lower_bound(side.addresses.begin(), side.addresses.end(), block.first());
  return (found != side.addresses.end() && *found <= block.last()) ||
         std::any_of(side.delegated.begin(), side.delegated.end(),
                     [&](const IpPrefix& delegated) { return delegated.overlaps(block); });
}

enum class Match { No, Yes, Unknown };

/// Whether the rule's peer stands for a member of the side.
Match stands_for(const Snapshot& snapshot, const SecurityGroupRule& rule, const Side& side) {
  if (const auto* reference = std::get_if<GroupReference>(&rule.peer)) {
    // Sorted after the first, which is the group itself.
    return reference->group == side.groups.front() ||
                   std::binary_search(side.groups.begin() + 1, side.groups.end(), reference->group)
               ? Match::Yes
               : Match::No;
  }
  const auto blocks = peer_blocks(snapshot, rule.peer);
  // A list of AWS without its entries holds public addresses, which nobody has inside a VPC.
  if (!blocks) {
    return Match::Unknown;
  }
  return std::any_of(blocks->begin(), blocks->end(),
                     [&](const IpPrefix& block) { return has_address_in(side, block); })
             ? Match::Yes
             : Match::No;
}

/// What the other side says to a rule: nothing if it permits some of it.
struct Verdict {
  bool is_dead = false;
  std::string gap;
};

class Run {
 public:
  explicit Run(const Context& context) : context_(context), snapshot_(context.snapshot()) {}

  void judge(const SecurityGroup& group, std::vector<Finding>& findings) {
    std::vector<FindingRule> dead;
    std::vector<FindingRule> open;
    std::vector<std::string> gaps;
    bool is_first_egress = false;
    for (const SecurityGroupRule& rule : group.rules) {
      const auto* reference = std::get_if<GroupReference>(&rule.peer);
      if (reference == nullptr || rule.services.empty()) {
        continue;
      }
      Verdict verdict = judge_rule(group, rule, reference->group);
      if (verdict.is_dead) {
        is_first_egress = dead.empty() ? rule.is_egress : is_first_egress;
        dead.push_back(name_rule(group, rule));
      } else if (!verdict.gap.empty()) {
        open.push_back(name_rule(group, rule));
        gaps.push_back(std::move(verdict.gap));
      }
    }
    if (!dead.empty()) {
      findings.push_back(finding_of(group, std::move(dead), is_first_egress));
    } else if (!open.empty()) {
      Finding finding = about(sg_rule_dead_pair.id, group);
      finding.rules = std::move(open);
      findings.push_back(unknown(std::move(finding), Risk::Low,
                                 "whether the other side of a rule permits it is not known",
                                 std::move(gaps)));
    }
  }

 private:
  Finding finding_of(const SecurityGroup& group, std::vector<FindingRule> dead,
                     bool is_first_egress) const {
    Finding finding = about(sg_rule_dead_pair.id, group);
    finding.risk = Risk::Low;
    finding.rules = std::move(dead);
    const FindingRule& first = finding.rules.front();
    finding.message = fmt::format(
        "{} {} {} never matches, for no group of its members permits that {}{}", first.services,
        is_first_egress ? "to" : "from", first.peer, is_first_egress ? "in" : "out",
        finding.rules.size() == 1 ? std::string()
                                  : fmt::format("; {} more rules", finding.rules.size() - 1));
    finding.fix = revocation(first, is_first_egress);
    return finding;
  }

  const Side& side(const SecurityGroup& group) {
    auto [found, is_new] = sides_.try_emplace(group.id);
    if (is_new) {
      found->second = side_of(context_, group);
    }
    return found->second;
  }

  Verdict judge_rule(const SecurityGroup& group, const SecurityGroupRule& rule,
                     const SecurityGroupId& peer) {
    const SecurityGroup* other = snapshot_.find(peer);
    if (other == nullptr) {
      return {.is_dead = false,
              .gap = fmt::format("{} was not collected: {}", peer.value,
                                 call_of(Noun::SecurityGroups))};
    }
    for (const SecurityGroup* each : {&group, other}) {
      std::string gap = missing(snapshot_, Noun::NetworkInterfaces, "interfaces", each->owned);
      if (!gap.empty()) {
        return {.is_dead = false, .gap = std::move(gap)};
      }
    }
    const Side& here = side(group);
    const Side& there = side(*other);
    // Groups that nobody has are told by sg-orphan, sg-dormant and sg-referenced-only.
    const std::size_t wanted = peer == group.id ? 2 : 1;
    if (here.members < wanted || there.members < wanted) {
      return {};
    }
    return permits(rule, here, there);
  }

  /// Whether a member of the other side may send (or receive) some of it to (or from) one here.
  Verdict permits(const SecurityGroupRule& rule, const Side& here, const Side& there) const {
    std::string gap;
    for (const SecurityGroupId& id : there.groups) {
      const SecurityGroup* group = snapshot_.find(id);
      if (group == nullptr) {
        gap = fmt::format("{} was not collected: {}", id.value, call_of(Noun::SecurityGroups));
        continue;
      }
      for (const SecurityGroupRule& back : group->rules) {
        if (back.is_egress == rule.is_egress || !back.services.overlaps(rule.services)) {
          continue;
        }
        const Match match = stands_for(snapshot_, back, here);
        if (match == Match::Yes) {
          return {};
        }
        if (match == Match::Unknown) {
          gap = missing_entries(back);
        }
      }
      if (std::string lost = missing_rules(snapshot_, *group); !lost.empty()) {
        gap = std::move(lost);
      }
    }
    return {.is_dead = gap.empty(), .gap = std::move(gap)};
  }

  const Context& context_;
  const Snapshot& snapshot_;
  std::unordered_map<SecurityGroupId, Side> sides_;
};

std::vector<Finding> run(const Context& context) {
  Run run(context);
  return judge_rules(context, sg_rule_dead_pair, "the other side permits what its rules expect",
                     [&](const SecurityGroup& group, std::vector<Finding>& findings) {
                       run.judge(group, findings);
                     });
}

constexpr std::string_view kYieldsTo[] = {"sg-stale-reference", "sg-rule-shadowed",
                                          "sg-rule-expired", "sg-ingress-*"};

}  // namespace

const Check sg_rule_dead_pair = {
    .id = "sg-rule-dead-pair",
    .title = "Rule can never match because the other side forbids it",
    .risk = Risk::Low,
    .resources = "SecurityGroup",
    .why =
        "Traffic between two groups needs a rule on both sides. Where one is missing, either "
        "something is broken or the other rule is a leftover, which opens the way again on the day "
        "when someone widens a rule over there.",
    .fix =
        "Find out whether the two should talk. If so, permit it on the other side, too. Revoke the "
        "rule if not, with aws ec2 revoke-security-group-ingress or -egress.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo};

}  // namespace portolan::checks
