#include <fmt/format.h>

#include "checks/check.h"
#include "checks/group_rules.h"
#include "checks/openings.h"
#include "checks/services.h"
#include "checks/world.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_plaintext_protocol;

namespace {

constexpr std::string_view kReferences[] = {"RFC 8314: Cleartext Considered Obsolete"};
constexpr std::string_view kYieldsTo[] = {
    "default-sg-has-rules", "sg-ingress-all-ports-any-source", "sg-ingress-prefix-list",
    "sg-ingress-self-all",  "sg-ingress-split-world",          "sg-ingress-wide-range-internal",
    "sg-ingress-world-*",   "sg-rule-suspicious-cidr",         "web-instance-bypasses-elb"};

/// FTP, Telnet, POP3, IMAP, LDAP, and the r-commands.
const ServiceSet& plaintext() {
  static const ServiceSet kPorts =
      ServiceSet::parse("tcp/21,23,110,143,389,512-514").value_or(ServiceSet());
  return kPorts;
}

/// Where they are some of many ports, the width is what is wrong, and has checks of its own.
Risk risk_of(const Context& context, const SecurityGroupRule& rule) {
  return port_count(rule.services) > context.config().wide_ports_low ? Risk::Info : Risk::Medium;
}

Finding judge_rule(const Context& context, const SecurityGroup& group,
                   const SecurityGroupRule& rule) {
  const Interfaces& guarded = context.estate().interfaces_of(group.id);
  const std::string gap =
      guarded.empty() ? missing_interfaces(context.snapshot(), group) : std::string();
  Finding finding = about(sg_ingress_plaintext_protocol.id, group);
  finding.risk = risk_of(context, rule);
  finding.rules = {name_rule(group, rule)};
  finding.affected = affected_ids(guarded);
  finding.message =
      fmt::format("{}, which sends passwords in clear text, is open to {}",
                  services_text(rule.services.intersected(plaintext())), peer_text(rule.peer));
  finding.fix = fmt::format("move to the encrypted form of the service, then {}",
                            revocation(finding.rules.front()));
  if (!gap.empty()) {
    finding.message += fmt::format("; whether an interface has the group is not known: {}", gap);
    finding.gaps = {gap};
  } else if (guarded.empty()) {
    finding.is_latent = true;
    finding.risk = lower(finding.risk);
    finding.message += ", but no interface has the group";
  }
  return finding;
}

std::vector<Finding> run(const Context& context) {
  return judge_groups(context, sg_ingress_plaintext_protocol.id,
                      "no rule admits a clear-text protocol",
                      [&](const SecurityGroup& group, std::vector<Finding>& findings) {
                        for (const SecurityGroupRule& rule : group.rules) {
                          if (!rule.is_egress && rule.services.overlaps(plaintext())) {
                            findings.push_back(judge_rule(context, group, rule));
                          }
                        }
                      });
}

}  // namespace

const Check sg_ingress_plaintext_protocol = {
    .id = "sg-ingress-plaintext-protocol",
    .title = "Clear-text protocol allowed from any source",
    .risk = Risk::Medium,
    .resources = "SecurityGroup",
    .why =
        "FTP, Telnet, POP3, IMAP, LDAP and the r-commands send names and passwords as they "
        "are: whoever is on the way, or mirrors the traffic of one machine, reads them. A "
        "private source does not change that.",
    .fix =
        "Move to SFTP, SSH, LDAPS or the TLS ports of the mail services. Revoke the rule with "
        "aws ec2 revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo};

}  // namespace portolan::checks
