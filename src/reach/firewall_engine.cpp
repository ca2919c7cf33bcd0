#include "reach/firewall_engine.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace portolan::reach {

namespace {

constexpr int kEphemeralFirst = 1024;
constexpr int kLastPort = 65535;

bool names(const std::vector<IpPrefix>& blocks, const IpAddress& address) {
  return blocks.empty() || std::any_of(blocks.begin(), blocks.end(), [&](const IpPrefix& block) {
           return block.contains(address);
         });
}

const ServiceSet& all_of(int protocol) {
  static const ServiceSet kTcp = ServiceSet::protocol(kProtocolTcp);
  static const ServiceSet kUdp = ServiceSet::protocol(kProtocolUdp);
  return protocol == kProtocolTcp ? kTcp : kUdp;
}

/// What of a packet's services a rule matches for sure, and what it may match.
struct Match {
  ServiceSet sure;
  ServiceSet maybe;  // holds `sure`
};

ServiceSet services_of(const FirewallRule& rule) {
  return rule.services.empty() ? ServiceSet::all() : rule.services;
}

/// A rule's services where the packet's destination port is the client's: of tcp and udp all
/// services match if the rule takes every client port, and may match if it takes some.
Match towards_client(const ServiceSet& services) {
  const ServiceSet others = services.without(all_of(kProtocolTcp)).without(all_of(kProtocolUdp));
  Match match{.sure = others, .maybe = others};
  const auto count = [&](int protocol, const ServiceSet& ephemeral) {
    if (services.contains(ephemeral)) {
      match.sure = match.sure.united(all_of(protocol));
    }
    if (services.overlaps(ephemeral)) {
      match.maybe = match.maybe.united(all_of(protocol));
    }
  };
  count(kProtocolTcp, ServiceSet::tcp(kEphemeralFirst, kLastPort));
  count(kProtocolUdp, ServiceSet::udp(kEphemeralFirst, kLastPort));
  return match;
}

Match match_of(const FirewallRule& rule, const FirewallPacket& packet) {
  const ServiceSet services = services_of(rule);
  const bool is_sure = rule.is_exact && !rule.restricts_source_ports;
  Match match;
  const auto add = [&](bool names_client_ports) {
    const Match part =
        names_client_ports ? towards_client(services) : Match{.sure = services, .maybe = services};
    match.sure = is_sure ? match.sure.united(part.sure) : match.sure;
    match.maybe = match.maybe.united(part.maybe);
  };
  if (names(rule.sources, packet.source) && names(rule.destinations, packet.destination)) {
    add(packet.is_reply);
  }
  if (rule.is_bidirectional && names(rule.sources, packet.destination) &&
      names(rule.destinations, packet.source)) {
    add(!packet.is_reply);
  }
  return match;
}

std::string name_of(const FirewallRuleGroupReference& reference) {
  const std::string& arn = reference.group.value;
  return "rule group " + arn.substr(arn.rfind('/') + 1);
}

std::string text_of(const FirewallRuleGroupReference& reference, const FirewallRule& rule) {
  return fmt::format("{} {} {}", name_of(reference), rule.action, services_of(rule).text());
}

using Way = ServiceSet FirewallFate::*;

/// Counts where rules send what may still have come to them. Only a sure match ends the matter.
struct Sieve {
  ServiceSet left;
  FirewallFate fate;

  void apply(const Match& match, Way way, const std::string& rule) {
    const ServiceSet taken = left.intersected(match.maybe);
    if (taken.empty()) {
      return;
    }
    fate.*way = (fate.*way).united(taken);
    if (way == &FirewallFate::drops && fate.dropping_rule.empty()) {
      fate.dropping_rule = rule;
    }
    if (!match.sure.contains(taken) && fate.undecided_rule.empty()) {
      fate.undecided_rule = rule;
    }
    left = left.without(match.sure);
  }

  void apply_to_all(Way way, const std::string& rule) {
    apply({.sure = ServiceSet::all(), .maybe = ServiceSet::all()}, way, rule);
  }

  /// What is in there is not known here: anything may match.
  void apply_opaque(Way way, const std::string& rule) {
    apply({.sure = {}, .maybe = ServiceSet::all()}, way, rule);
  }
};

std::vector<FirewallRuleGroupReference> by_priority(
    std::vector<FirewallRuleGroupReference> references) {
  std::stable_sort(references.begin(), references.end(),
                   [](const auto& a, const auto& b) { return a.priority < b.priority; });
  return references;
}

bool contains(const std::vector<std::string>& actions, std::string_view action) {
  return std::find(actions.begin(), actions.end(), action) != actions.end();
}

/// Null for custom actions, which only publish metrics.
Way stateless_way(std::string_view action) {
  if (action == "aws:pass") {
    return &FirewallFate::passes;
  }
  if (action == "aws:drop") {
    return &FirewallFate::drops;
  }
  return action == "aws:forward_to_sfe" ? &FirewallFate::forwards : nullptr;
}

/// Null for alerts, which let the packet go on to the next rule.
Way stateful_way(std::string_view action) {
  if (action == "PASS") {
    return &FirewallFate::passes_by_rule;
  }
  return action == "DROP" || action == "REJECT" ? &FirewallFate::drops : nullptr;
}

/// Null if what the group does is not decided here.
const FirewallRuleGroup* readable_group(const Snapshot& snapshot,
                                        const FirewallRuleGroupReference& reference,
                                        FirewallFate& fate) {
  const FirewallRuleGroup* group = snapshot.find(reference.group);
  if (group == nullptr && !contains(fate.missing, reference.group.value)) {
    fate.missing.push_back(reference.group.value);
  }
  return group == nullptr || group->is_opaque ? nullptr : group;
}

void strict_order(const Snapshot& snapshot, const FirewallPolicy& policy,
                  const FirewallPacket& packet, Sieve& sieve) {
  for (const FirewallRuleGroupReference& reference : by_priority(policy.stateful)) {
    const FirewallRuleGroup* group = readable_group(snapshot, reference, sieve.fate);
    if (group == nullptr) {
      sieve.apply_opaque(&FirewallFate::passes_by_rule, name_of(reference));
      sieve.apply_opaque(&FirewallFate::drops, name_of(reference));
      continue;
    }
    for (const FirewallRule& rule : group->rules) {
      if (const Way way = stateful_way(rule.action); way != nullptr) {
        sieve.apply(match_of(rule, packet), way, text_of(reference, rule));
      }
    }
  }
  for (const std::string& action : policy.stateful_default_actions) {
    if (action == "aws:drop_strict") {
      sieve.apply_to_all(&FirewallFate::drops, action);
    } else if (action.starts_with("aws:drop_established")) {
      // It lets a handshake through and drops what follows, unless a rule then passes the data.
      sieve.apply_opaque(&FirewallFate::drops, action);
    }
  }
}

void action_order(const Snapshot& snapshot, const FirewallPolicy& policy,
                  const FirewallPacket& packet, Sieve& sieve) {
  for (const Way turn : {&FirewallFate::passes_by_rule, &FirewallFate::drops}) {
    for (const FirewallRuleGroupReference& reference : policy.stateful) {
      const FirewallRuleGroup* group = readable_group(snapshot, reference, sieve.fate);
      if (group == nullptr) {
        sieve.apply_opaque(turn, name_of(reference));
        continue;
      }
      for (const FirewallRule& rule : group->rules) {
        if (stateful_way(rule.action) == turn) {
          sieve.apply(match_of(rule, packet), turn, text_of(reference, rule));
        }
      }
    }
  }
}

std::vector<FirewallRule> by_priority(std::vector<FirewallRule> rules) {
  std::stable_sort(rules.begin(), rules.end(),
                   [](const auto& a, const auto& b) { return a.priority < b.priority; });
  return rules;
}

}  // namespace

FirewallFate stateless_engine(const Snapshot& snapshot, const FirewallPolicy& policy,
                              const FirewallPacket& packet, const ServiceSet& services) {
  Sieve sieve{.left = services, .fate = {}};
  for (const FirewallRuleGroupReference& reference : by_priority(policy.stateless)) {
    const FirewallRuleGroup* group = readable_group(snapshot, reference, sieve.fate);
    if (group == nullptr) {
      for (const Way way : {&FirewallFate::passes, &FirewallFate::drops, &FirewallFate::forwards}) {
        sieve.apply_opaque(way, name_of(reference));
      }
      continue;
    }
    for (const FirewallRule& rule : by_priority(group->rules)) {
      if (const Way way = stateless_way(rule.action); way != nullptr) {
        sieve.apply(match_of(rule, packet), way, text_of(reference, rule));
      }
    }
  }
  for (const std::string& action : policy.stateless_default_actions) {
    if (const Way way = stateless_way(action); way != nullptr) {
      sieve.apply_to_all(way, "default " + action);
    }
  }
  sieve.apply_opaque(&FirewallFate::passes, "no default action");
  sieve.apply_opaque(&FirewallFate::drops, "no default action");
  return std::move(sieve.fate);
}

FirewallFate stateful_engine(const Snapshot& snapshot, const FirewallPolicy& policy,
                             const FirewallPacket& packet, const ServiceSet& services) {
  Sieve sieve{.left = services, .fate = {}};
  if (policy.is_strict_order) {
    strict_order(snapshot, policy, packet, sieve);
  } else {
    action_order(snapshot, policy, packet, sieve);
  }
  FirewallFate& fate = sieve.fate;
  fate.passes_unmatched = sieve.left;
  fate.passes = fate.passes_by_rule.united(fate.passes_unmatched);
  return std::move(fate);
}

ServiceSet reply_suspects(const Snapshot& snapshot, const FirewallPolicy& policy,
                          const FirewallPacket& reply, const ServiceSet& services) {
  ServiceSet suspects;
  FirewallFate unused;  // groups that cannot be read make the request unknown already
  for (const FirewallRuleGroupReference& reference : policy.stateful) {
    const FirewallRuleGroup* group = readable_group(snapshot, reference, unused);
    if (group == nullptr) {
      continue;
    }
    for (const FirewallRule& rule : group->rules) {
      if (stateful_way(rule.action) == &FirewallFate::drops) {
        suspects = suspects.united(match_of(rule, reply).maybe);
      }
    }
  }
  return suspects.intersected(services);
}

}  // namespace portolan::reach
