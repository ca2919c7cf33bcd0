#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/peer_findings.h"
#include "checks/services.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_wide_range_internal;

namespace {

constexpr std::string_view kReferences[] = {"VPC User Guide: Security group rules",
                                            "ECS Developer Guide: Dynamic port mapping"};

/// Private space, a peered range, or another group. A group's own members are another matter, and
/// public addresses are the world's.
bool is_internal(const Context& context, const SecurityGroup& group, const RulePeer& peer) {
  if (const auto* reference = std::get_if<GroupReference>(&peer)) {
    return reference->group != group.id;
  }
  const auto blocks = peer_blocks(context.snapshot(), peer);
  return blocks && !blocks->empty() &&
         std::all_of(blocks->begin(), blocks->end(),
                     [&](const IpPrefix& block) { return context.estate().is_internal(block); });
}

Risk risk_of(const Context& context, const RulePeer& peer, int ports) {
  const Config& config = context.config();
  if (std::holds_alternative<GroupReference>(peer) || ports <= config.wide_ports_medium) {
    return Risk::Low;
  }
  return Risk::Medium;
}

Finding judge_range(const Context& context, const SecurityGroup& group, const RulePeer& peer,
                    const PeerRules& rules) {
  const int ports = port_count(rules.services);
  Finding finding = about(sg_ingress_wide_range_internal.id, group);
  finding.risk = risk_of(context, peer, ports);
  finding.message = fmt::format("{} ({} ports) is open to {}", services_text(rules.services), ports,
                                peer_text(peer));
  return judge_peer(context, std::move(finding), group, peer, rules);
}

std::map<RulePeer, PeerRules> internal_rules(const Context& context, const SecurityGroup& group) {
  return rules_by_peer(group, [&](const SecurityGroupRule& rule) {
    return port_count(rule.services) > 0 && is_internal(context, group, rule.peer);
  });
}

std::vector<Finding> run(const Context& context) {
  const std::string_view check = sg_ingress_wide_range_internal.id;
  return judge_each<SecurityGroup>(
      context, check, "no wide range of ports is open to an internal source",
      [&](const SecurityGroup& group, std::vector<Finding>& findings) {
        for (const auto& [peer, rules] : internal_rules(context, group)) {
          if (port_count(rules.services) > context.config().wide_ports_low) {
            findings.push_back(judge_range(context, group, peer, rules));
          }
        }
        for (const SecurityGroupRule* rule : context.openings().of(group).unresolved) {
          if (port_count(rule->services) > context.config().wide_ports_low) {
            findings.push_back(
                unresolved(context, about(check, group), group, *rule, Risk::Medium));
          }
        }
      });
}

constexpr std::string_view kYieldsTo[] = {"sg-ingress-all-ports-any-source",
                                          "sg-ingress-plaintext-protocol", "sg-ingress-prefix-list",
                                          "sg-ingress-whole-private-space"};

}  // namespace

const Check sg_ingress_wide_range_internal = {
    .id = "sg-ingress-wide-range-internal",
    .title = "Large port range open to internal sources",
    .risk = Risk::Medium,
    .resources = "SecurityGroup",
    .why =
        "Whoever takes over one machine inside tries every port that the others show it. Ranges "
        "for whole networks make that easy; the ports in use are nearly always few.",
    .fix =
        "Find the ports in use with portolan connections or in the flow logs. Replace the range "
        "by one rule for each of them, from the group that needs it.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo};

}  // namespace portolan::checks
