#include "checks/peer_findings.h"

#include <fmt/format.h>

#include "checks/callers.h"
#include "checks/finding_text.h"
#include "checks/group_rules.h"
#include "checks/openings.h"
#include "checks/services.h"

namespace portolan::checks {

std::map<RulePeer, PeerRules> rules_by_peer(
    const SecurityGroup& group, const std::function<bool(const SecurityGroupRule&)>& counts) {
  std::map<RulePeer, PeerRules> by_peer;
  for (const SecurityGroupRule& rule : group.rules) {
    if (!rule.is_egress && counts(rule)) {
      PeerRules& rules = by_peer[rule.peer];
      rules.rules.push_back(&rule);
      rules.services = rules.services.united(rule.services);
    }
  }
  return by_peer;
}

Finding judge_peer(const Context& context, Finding finding, const SecurityGroup& group,
                   const RulePeer& peer, const PeerRules& rules) {
  const Interfaces& guarded = context.estate().interfaces_of(group.id);
  finding.affected = affected_ids(guarded);
  for (const SecurityGroupRule* rule : rules.rules) {
    finding.rules.push_back(name_rule(group, *rule));
  }
  finding.fix = fmt::format("replace the range by the ports in use, then {}",
                            revocation(finding.rules.front()));
  const Callers callers = find_callers(
      context,
      {.peer = &peer, .to = &guarded, .services = rules.services, .counts = {}, .wanted = 1});
  if (callers.way) {
    finding.witness = witness_of(*callers.way);
    finding.message += fmt::format(", and {} gets in to {}",
                                   title_of(context.estate(), *callers.interfaces.front()),
                                   title_of(context.estate(), *callers.target));
    return finding;
  }
  const std::string gap =
      callers.gap.empty() ? missing_interfaces(context.snapshot(), group) : callers.gap;
  if (!gap.empty()) {
    finding.gaps = {gap};
    finding.message += fmt::format("; whether anyone gets in is not known: {}", gap);
    return finding;
  }
  finding.is_latent = true;
  finding.risk = lower(finding.risk);
  finding.message += guarded.empty() ? ", but no interface has the group"
                                     : ", but no interface of the snapshot gets in by it now";
  return finding;
}

}  // namespace portolan::checks
