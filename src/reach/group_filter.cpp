#include "reach/group_filter.h"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "model/not_told.h"

namespace portolan::reach {

namespace {

enum class Match { No, Yes, Unknown };

struct RuleMatch {
  Match match = Match::No;
  std::string gap;  // for Unknown: what is missing
};

RuleMatch match_reference(const Network& network, const GroupReference& reference, bool is_egress,
                          const Peer& peer) {
  const ReferenceMatch counts = reference_match(peer.crossing, is_egress);
  if (counts == ReferenceMatch::No) {
    return {};
  }
  if (peer.interface != nullptr) {
    const auto& groups = peer.interface->groups;
    const bool is_member = std::find(groups.begin(), groups.end(), reference.group) != groups.end();
    if (is_member && counts == ReferenceMatch::Unknown) {
      return {.match = Match::Unknown,
              .gap =
                  "whether the transit gateway carries references to security groups was not "
                  "collected: ec2 describe-transit-gateways"};
    }
    return {.match = is_member ? Match::Yes : Match::No, .gap = {}};
  }
  // A private host out there may be a member of a group in an account that was not collected.
  if (!peer.address.is_public() && network.snapshot().find(reference.group) == nullptr) {
    return {.match = Match::Unknown,
            .gap = fmt::format("whether {} is a member of {} is not known: its account was not "
                               "collected",
                               peer.address.text(), reference.group.value)};
  }
  return {};
}

RuleMatch match_prefix_list(const Network& network, const PrefixListId& id,
                            const IpAddress& address) {
  const PrefixList* list = network.snapshot().find(id);
  if (id.text() == kPeerNotTold) {
    return {.match = Match::Unknown, .gap = "whom the rule let in then is not told by the logs"};
  }
  if (list == nullptr || !list->entries) {
    return {.match = Match::Unknown,
            .gap = fmt::format("the entries of {} were not collected: ec2 "
                               "get-managed-prefix-list-entries --prefix-list-id {}",
                               id.value, id.value)};
  }
  const bool holds =
      std::any_of(list->entries->begin(), list->entries->end(),
                  [&](const PrefixListEntry& entry) { return entry.cidr.contains(address); });
  return {.match = holds ? Match::Yes : Match::No, .gap = {}};
}

RuleMatch match_rule(const Network& network, const SecurityGroupRule& rule, const Peer& peer) {
  if (const auto* cidr = std::get_if<IpPrefix>(&rule.peer)) {
    return {.match = cidr->contains(peer.address) ? Match::Yes : Match::No, .gap = {}};
  }
  if (const auto* reference = std::get_if<GroupReference>(&rule.peer)) {
    return match_reference(network, *reference, rule.is_egress, peer);
  }
  return match_prefix_list(network, std::get<PrefixListId>(rule.peer), peer.address);
}

std::string rule_text(const SecurityGroupRule& rule) {
  return fmt::format("{}{}{} {} {}", rule.id.value, rule.id.empty() ? "" : " ",
                     rule.is_egress ? "egress" : "ingress", rule.services.text(),
                     peer_text(rule.peer));
}

/// Gathers what the rules of all groups say, and which rule to name for it.
struct Tally {
  ServiceSet yes;
  ServiceSet unknown;
  std::string group;  // of the rule that is named
  std::string rule;
  std::vector<std::string> gaps;
  Reason gap_reason = Reason::PrefixListMissing;
};

void count_group(const Network& network, const SecurityGroup& group, bool is_egress,
                 const Peer& peer, const ServiceSet& services, Tally& tally) {
  for (const SecurityGroupRule& rule : group.rules) {
    if (rule.is_egress != is_egress || !rule.services.overlaps(services)) {
      continue;
    }
    RuleMatch match = match_rule(network, rule, peer);
    if (match.match == Match::No) {
      continue;
    }
    const ServiceSet part = rule.services.intersected(services);
    if (match.match == Match::Unknown) {
      tally.unknown = tally.unknown.united(part);
      tally.gaps.push_back(std::move(match.gap));
      tally.gap_reason = std::holds_alternative<PrefixListId>(rule.peer) ? Reason::PrefixListMissing
                                                                         : Reason::PeerNotCollected;
    } else {
      tally.yes = tally.yes.united(part);
    }
    const bool names_better = match.match == Match::Yes && tally.yes == part;
    if (tally.rule.empty() || names_better) {
      tally.group = group.id.value;
      tally.rule = rule_text(rule);
    }
  }
}

/// A rule that the decoder could not make out may admit anything.
void count_unread_rules(const Network& network, const SecurityGroup& group,
                        const ServiceSet& services, Tally& tally) {
  const auto gaps = network.snapshot().gaps();
  const Gap wanted{.code = "rule_not_understood", .resource = group.id.value, .message = {}};
  const auto found = std::lower_bound(gaps.begin(), gaps.end(), wanted);
  if (found == gaps.end() || found->code != wanted.code || found->resource != wanted.resource) {
    return;
  }
  tally.unknown = tally.unknown.united(services);
  tally.gap_reason = Reason::NotCollected;
  tally.gaps.push_back(fmt::format("a rule of {} was not understood", group.id.value));
}

Tally count(const Network& network, const NetworkInterface& interface, bool is_egress,
            const Peer& peer, const ServiceSet& services) {
  Tally tally;
  for (const SecurityGroupId& id : interface.groups) {
    const SecurityGroup* group = network.snapshot().find(id);
    if (group == nullptr) {
      tally.unknown = tally.unknown.united(services);
      tally.gap_reason = Reason::NotCollected;
      tally.gaps.push_back(fmt::format(
          "the rules of {} were not collected: ec2 describe-security-groups", id.value));
      continue;
    }
    count_group(network, *group, is_egress, peer, services, tally);
    count_unread_rules(network, *group, services, tally);
  }
  return tally;
}

std::string groups_text(const NetworkInterface& interface) {
  std::vector<std::string> ids;
  for (const SecurityGroupId& id : interface.groups) {
    ids.push_back(id.value);
  }
  return fmt::format("{}", fmt::join(ids, ","));
}

}  // namespace

/// A reference stands for the private addresses of the group's members, in the same VPC, over an
/// active peering in the same region, or (inbound only) through a transit gateway that carries
/// references. SOURCE: VPC guide, "Security group referencing"; EC2 API, TransitGatewayOptions.
ReferenceMatch reference_match(const Crossing& crossing, bool is_egress) {
  if (crossing.hides_private_addresses || crossing.passed_appliance || crossing.is_cross_region) {
    return ReferenceMatch::No;
  }
  switch (crossing.transit) {
    case Crossing::Transit::NotCrossed:
      return ReferenceMatch::Yes;
    case Crossing::Transit::WithReferences:
      return is_egress ? ReferenceMatch::No : ReferenceMatch::Yes;
    case Crossing::Transit::WithoutReferences:
      return ReferenceMatch::No;
    case Crossing::Transit::Unknown:
      return is_egress ? ReferenceMatch::No : ReferenceMatch::Unknown;
  }
  return ReferenceMatch::No;
}

Outcome group_filter(const Network& network, const NetworkInterface& interface, bool is_egress,
                     const Peer& peer, const ServiceSet& services) {
  if (interface.groups.empty()) {
    return {.passage = Passage::of(services), .hops = {}, .assumptions = {}};
  }
  Tally tally = count(network, interface, is_egress, peer, services);
  Passage passage{.yes = tally.yes, .depends = {}, .unknown = tally.unknown.without(tally.yes)};
  Hop hop{.direction = Direction::Forward,
          .component = tally.group.empty() ? groups_text(interface) : tally.group,
          .rule = tally.rule,
          .reason = Reason::Passed,
          .passage = passage,
          .detail = fmt::format("{} {}", is_egress ? "out of" : "into", interface.id.value)};
  if (passage.yes.empty() && !passage.unknown.empty()) {
    hop.reason = tally.gap_reason;
    hop.detail = tally.gaps.front();
  } else if (passage.blocked()) {
    hop.reason = is_egress ? Reason::SgNoEgressRule : Reason::SgNoIngressRule;
    hop.detail =
        fmt::format("no {} rule of the groups of {} admits {} {}", is_egress ? "egress" : "ingress",
                    interface.id.value, is_egress ? "to" : "from", peer.address.text());
  }
  return {.passage = std::move(passage), .hops = {std::move(hop)}, .assumptions = {}};
}

}  // namespace portolan::reach
