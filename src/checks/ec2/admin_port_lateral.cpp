#include <algorithm>

#include <fmt/format.h>

#include "checks/callers.h"
#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check admin_port_lateral;

namespace {

constexpr std::string_view kReferences[] = {"MITRE ATT&CK: T1021 Remote Services"};
// Where the whole world gets in, the neighbours are the smaller part of it.
constexpr std::string_view kYieldsTo[] = {"sg-ingress-prefix-list", "sg-ingress-split-world",
                                          "sg-ingress-world-*"};

constexpr std::size_t kCallersMax = 20;

/// SSH, RDP and both ports of WinRM.
const ServiceSet& admin_ports() {
  static const ServiceSet kPorts = ServiceSet::tcp(22)
                                       .united(ServiceSet::tcp(3389))
                                       .united(ServiceSet::udp(3389))
                                       .united(ServiceSet::tcp(5985, 5986));
  return kPorts;
}

bool is_production_host(const Context& context, const NetworkInterface& interface) {
  return !interface.instance.empty() && context.estate().is_production(interface);
}

Interfaces production_hosts(const Context& context, const SecurityGroup& group) {
  Interfaces interfaces = context.estate().interfaces_of(group.id);
  std::erase_if(interfaces, [&](const NetworkInterface* interface) {
    return !is_production_host(context, *interface);
  });
  return interfaces;
}

/// Says how a rule is used; false if nobody of production can use it.
bool tell_callers(const Context& context, const Interfaces& targets, const Callers& callers,
                  const SecurityGroupRule& rule, Finding& finding) {
  finding.risk = Risk::High;
  if (callers.way) {
    finding.message = fmt::format(
        "{} is open to {}, and {} in production, no admin host, get{} in to {}",
        rule.services.intersected(admin_ports()).text(), peer_text(rule.peer),
        names_of(context.estate(), callers.interfaces), callers.interfaces.size() == 1 ? "s" : "",
        title_of(context.estate(), *callers.target));
    finding.witness = witness_of(*callers.way);
    finding.affected = affected_ids(targets);
    return true;
  }
  if (callers.gap.empty()) {
    return false;
  }
  finding = unknown(std::move(finding), Risk::High,
                    "whether other production instances get in is not known: " + callers.gap,
                    {callers.gap});
  return true;
}

void judge_rule(const Context& context, const SecurityGroup& group, const SecurityGroupRule& rule,
                const Interfaces& targets, std::vector<Finding>& findings) {
  Finding finding = about(admin_port_lateral.id, group);
  finding.rules = {name_rule(group, rule)};
  finding.fix = fmt::format("admit the bastion's group or use Session Manager: {}",
                            revocation(finding.rules.front()));
  if (!peer_blocks(context.snapshot(), rule.peer)) {
    findings.push_back(unresolved(context, std::move(finding), group, rule, Risk::High));
    return;
  }
  const Callers callers =
      find_callers(context, {.peer = &rule.peer,
                             .to = &targets,
                             .services = rule.services.intersected(admin_ports()),
                             .counts =
                                 [&](const NetworkInterface& caller) {
                                   return is_production_host(context, caller) &&
                                          !context.estate().is_admin_source(caller);
                                 },
                             .wanted = kCallersMax});
  if (tell_callers(context, targets, callers, rule, finding)) {
    findings.push_back(std::move(finding));
  }
}

std::vector<Finding> run(const Context& context) {
  std::vector<Finding> findings;
  for (const SecurityGroup& group : context.snapshot().all<SecurityGroup>()) {
    const Interfaces targets = production_hosts(context, group);
    const std::size_t before = findings.size();
    for (const SecurityGroupRule& rule : group.rules) {
      if (!targets.empty() && !rule.is_egress && rule.services.overlaps(admin_ports())) {
        judge_rule(context, group, rule, targets, findings);
      }
    }
    if (!targets.empty() && findings.size() == before) {
      findings.push_back(passed(about(admin_port_lateral.id, group),
                                "no other production instance opens admin sessions by its rules"));
    }
  }
  return findings;
}

}  // namespace

const Check admin_port_lateral = {
    .id = "admin-port-lateral",
    .title = "SSH or RDP reachable from other production instances",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "One production machine that is taken over opens the way to all that it can open admin "
        "sessions to. Sessions start at a bastion, an automation host or a VPN, not at a "
        "neighbour.",
    .fix =
        "Name bastions and automation hosts in admin_source_tags of portolan.yaml and admit their "
        "group only, or use Session Manager. Revoke the other rules with aws ec2 "
        "revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo};

}  // namespace portolan::checks
