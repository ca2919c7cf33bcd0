#include <algorithm>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/group_rules.h"
#include "checks/openings.h"
#include "checks/peer_findings.h"
#include "checks/public_sources.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_all_ports_any_source;

namespace {

constexpr std::string_view kReferences[] = {"VPC User Guide: Security group rules"};
constexpr std::string_view kYieldsTo[] = {"sg-ingress-prefix-list", "sg-ingress-split-world",
                                          "sg-ingress-world-*", "sg-rule-suspicious-cidr",
                                          "web-instance-bypasses-elb"};

/// 1-65535 is as open as 0-65535: nothing listens on port 0.
bool is_every_port(const ServiceSet& services) {
  return services.contains(ServiceSet::tcp(1, 65535)) ||
         services.contains(ServiceSet::udp(1, 65535));
}

/// Not the group itself, which is another matter.
bool is_other(const SecurityGroup& group, const RulePeer& peer) {
  const auto* reference = std::get_if<GroupReference>(&peer);
  return reference == nullptr || reference->group != group.id;
}

/// The public rule of that peer, if its addresses are public.
const OpenRule* open_rule(const GroupOpenings& openings, const PeerRules& rules) {
  const auto found =
      std::find_if(openings.rules.begin(), openings.rules.end(),
                   [&](const OpenRule& open) { return open.rule == rules.rules.front(); });
  return found == openings.rules.end() ? nullptr : &*found;
}

Finding judge_public_peer(const Context& context, Finding finding, const OpenRule& open,
                          const PeerRules& rules) {
  finding = judge_public(context, std::move(finding), open, widest_of({open.sources.prefixes()}),
                         peer_text(open.rule->peer));
  finding.rules.clear();
  for (const SecurityGroupRule* rule : rules.rules) {
    finding.rules.push_back(name_rule(*open.group, *rule));
  }
  finding.fix =
      fmt::format("admit the ports in use only, then {}", revocation(finding.rules.front()));
  return finding;
}

void judge_group(const Context& context, const SecurityGroup& group,
                 std::vector<Finding>& findings) {
  const GroupOpenings& openings = context.openings().of(group);
  const auto is_unresolved = [&](const SecurityGroupRule& rule) {
    return std::find(openings.unresolved.begin(), openings.unresolved.end(), &rule) !=
           openings.unresolved.end();
  };
  const auto by_peer = rules_by_peer(group, [&](const SecurityGroupRule& rule) {
    return is_other(group, rule.peer) && !is_unresolved(rule);
  });
  for (const auto& [peer, rules] : by_peer) {
    if (!is_every_port(rules.services)) {
      continue;
    }
    Finding finding = about(sg_ingress_all_ports_any_source.id, group);
    if (const OpenRule* open = open_rule(openings, rules)) {
      findings.push_back(judge_public_peer(context, std::move(finding), *open, rules));
      continue;
    }
    finding.risk = Risk::Medium;
    finding.message =
        fmt::format("{} is open to {}", services_text(rules.services), peer_text(peer));
    findings.push_back(judge_peer(context, std::move(finding), group, peer, rules));
  }
  for (const SecurityGroupRule* rule : openings.unresolved) {
    if (is_every_port(rule->services)) {
      findings.push_back(unresolved(context, about(sg_ingress_all_ports_any_source.id, group),
                                    group, *rule, Risk::Medium));
    }
  }
}

std::vector<Finding> run(const Context& context) {
  return judge_groups(context, sg_ingress_all_ports_any_source.id,
                      "no other source has every port open",
                      [&](const SecurityGroup& group, std::vector<Finding>& findings) {
                        judge_group(context, group, findings);
                      });
}

}  // namespace

const Check sg_ingress_all_ports_any_source = {
    .id = "sg-ingress-all-ports-any-source",
    .title = "Every port open to some source",
    .risk = Risk::Medium,
    .resources = "SecurityGroup",
    .why =
        "A rule for every port leaves the choice of what is offered to whatever happens to "
        "listen: an agent, a debugger, tomorrow's database. One machine of the source that is "
        "taken over tries them all.",
    .fix =
        "Find the ports in use with portolan connections. Replace the rule by one for each of "
        "them, from the group that needs it.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo};

}  // namespace portolan::checks
