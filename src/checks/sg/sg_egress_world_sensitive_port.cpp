#include <algorithm>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/exposure.h"
#include "checks/group_rules.h"
#include "checks/openings.h"
#include "checks/public_sources.h"
#include "checks/services.h"
#include "checks/world.h"

namespace portolan::checks {

extern const Check sg_egress_world_sensitive_port;

namespace {

constexpr std::string_view kReferences[] = {"MITRE ATT&CK: TA0010 Exfiltration",
                                            "EC2 User Guide: Port 25 restrictions"};
constexpr std::string_view kYieldsTo[] = {"data-tier-internet-egress", "sg-egress-wide-public-cidr",
                                          "sg-rule-suspicious-cidr"};

/// Remote access, mail, DNS past the resolver, file sharing, databases, IRC.
const ServiceSet& sensitive() {
  static const ServiceSet kPorts =
      ServiceSet::parse("tcp/22,23,25,53,135,139,445,1433,3306,3389,5432,6379,6667,27017 udp/53")
          .value_or(ServiceSet());
  return kPorts;
}

/// Where it leads: to the world or a provider's range, or to one owner's addresses.
bool is_broad(const std::vector<IpPrefix>& blocks) {
  const IpSet all(blocks);
  return is_world(all, IpFamily::V4) || is_world(all, IpFamily::V6) || is_wide(widest_of(blocks));
}

/// Rules of every port, as AWS gives them to new groups, name none in particular.
Risk risk_of(const Context& context, const SecurityGroupRule& rule,
             const std::vector<IpPrefix>& blocks) {
  if (port_count(rule.services) > context.config().wide_ports_low) {
    return Risk::Info;
  }
  return is_broad(blocks) ? Risk::Medium : Risk::Low;
}

/// Completes the finding: whether a member gets out by the rule.
void tell_way(const Context& context, const SecurityGroup& group, const ServiceSet& services,
              Finding& finding) {
  std::string gap = missing_interfaces(context.snapshot(), group);
  for (const NetworkInterface* member : context.estate().interfaces_of(group.id)) {
    for (const IpFamily family : kFamilies) {
      const Exposed& exposed = context.exposure().out_of(*member, family);
      if (exposed.some.overlaps(services)) {
        finding.message += fmt::format(", and {} gets out", title_of(context.estate(), *member));
        return;
      }
      if (exposed.unknown.overlaps(services)) {
        gap = context.exposure().doubt(Flow::Outbound, *member);
      }
    }
  }
  if (!gap.empty()) {
    finding.gaps = {gap};
    finding.message += fmt::format("; whether anything gets out is not known: {}", gap);
    return;
  }
  finding.is_latent = true;
  finding.risk = lower(finding.risk);
  finding.message += ", but no interface with the group gets out now";
}

void judge_rule(const Context& context, const SecurityGroup& group, const SecurityGroupRule& rule,
                std::vector<Finding>& findings) {
  const ServiceSet services = rule.services.intersected(sensitive());
  const auto blocks = peer_blocks(context.snapshot(), rule.peer);
  Finding finding = about(sg_egress_world_sensitive_port.id, group);
  finding.rules = {name_rule(group, rule)};
  finding.affected = affected_ids(context.estate().interfaces_of(group.id));
  finding.fix = fmt::format("name the servers that are meant instead: {}",
                            revocation(finding.rules.front(), true));
  if (!blocks) {
    const std::string gap = missing_entries(rule);
    findings.push_back(unknown(
        std::move(finding), Risk::Medium,
        fmt::format("whether {} leads to the internet is not known", peer_text(rule.peer)), {gap}));
    return;
  }
  if (!widest_strange(context, *blocks)) {
    return;
  }
  finding.risk = risk_of(context, rule, *blocks);
  finding.message =
      fmt::format("{} is allowed out to {}", services_text(services), peer_text(rule.peer));
  tell_way(context, group, services, finding);
  findings.push_back(std::move(finding));
}

std::vector<Finding> run(const Context& context) {
  return judge_groups(
      context, sg_egress_world_sensitive_port.id,
      "no outbound rule leads to the internet on a sensitive port",
      [&](const SecurityGroup& group, std::vector<Finding>& findings) {
        for (const SecurityGroupRule& rule : group.rules) {
          // A rule for everything is no mistake about these ports: it is about all of them.
          if (rule.is_egress && !rule.services.is_all() && rule.services.overlaps(sensitive())) {
            judge_rule(context, group, rule, findings);
          }
        }
      });
}

}  // namespace

const Check sg_egress_world_sensitive_port = {
    .id = "sg-egress-world-sensitive-port",
    .title = "Outbound to the internet on an admin, mail or database port",
    .risk = Risk::Medium,
    .resources = "SecurityGroup",
    .why =
        "Intruders go on from here: SSH and RDP to other victims, spam over port 25, data and "
        "commands in DNS, IRC or a database of theirs. Few servers need to open such "
        "connections to strangers.",
    .fix =
        "Find out which servers are meant, and name their addresses or groups; resolve names "
        "with the resolver of the VPC. Revoke the rule with aws ec2 "
        "revoke-security-group-egress.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo,
    .remedy = narrow_egress};

}  // namespace portolan::checks
