#include <algorithm>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/group_rules.h"
#include "checks/openings.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_ip_family_mismatch;

namespace {

constexpr std::string_view kReferences[] = {"VPC User Guide: Security group rules"};
constexpr std::string_view kYieldsTo[] = {"sg-ingress-prefix-list", "sg-ingress-split-world",
                                          "sg-ingress-world-*", "sg-rule-suspicious-cidr",
                                          "web-instance-bypasses-elb"};

std::string_view name_of(IpFamily family) { return family == IpFamily::V4 ? "IPv4" : "IPv6"; }

IpFamily other(IpFamily family) { return family == IpFamily::V4 ? IpFamily::V6 : IpFamily::V4; }

/// What the group opens to the world of a family, and what to some sources of it only.
struct Sides {
  ServiceSet world;
  ServiceSet limited;
  std::string limited_to;  // the first such source
};

Sides sides_of(const Context& context, const SecurityGroup& group, IpFamily family,
               const ServiceSet& services) {
  Sides sides;
  for (const OpenRule& open : context.openings().of(group).rules) {
    if (is_world(open.sources, family)) {
      sides.world = sides.world.united(open.rule->services);
    }
  }
  for (const SecurityGroupRule& rule : group.rules) {
    const auto blocks = rule.is_egress ? std::nullopt : peer_blocks(context.snapshot(), rule.peer);
    const bool is_of_family =
        blocks && std::any_of(blocks->begin(), blocks->end(),
                              [&](const IpPrefix& block) { return block.family() == family; });
    if (is_of_family && rule.services.without(sides.world).overlaps(services)) {
      sides.limited = sides.limited.united(rule.services.without(sides.world));
      sides.limited_to = sides.limited_to.empty() ? peer_text(rule.peer) : sides.limited_to;
    }
  }
  return sides;
}

/// False if nothing with the group has, or can get, an IPv6 address: then IPv6 rules mean nothing.
bool has_ipv6(const Context& context, const SecurityGroup& group) {
  const Snapshot& snapshot = context.snapshot();
  const auto is_v6 = [](const IpPrefix& cidr) { return cidr.family() == IpFamily::V6; };
  const Interfaces& members = context.estate().interfaces_of(group.id);
  if (members.empty()) {
    const Vpc* vpc = snapshot.find(group.vpc);
    return vpc == nullptr || std::any_of(vpc->cidrs.begin(), vpc->cidrs.end(), is_v6);
  }
  return std::any_of(members.begin(), members.end(), [&](const NetworkInterface* member) {
    const Subnet* subnet = snapshot.find(member->subnet);
    return !member->ipv6.empty() || subnet == nullptr ||
           std::any_of(subnet->cidrs.begin(), subnet->cidrs.end(), is_v6);
  });
}

void judge_rule(const Context& context, const OpenRule& open, std::vector<Finding>& findings) {
  for (const IpFamily family : open.everything) {
    const Sides sides = sides_of(context, *open.group, other(family), open.rule->services);
    const ServiceSet services = open.rule->services.intersected(sides.limited);
    if (services.empty() || !has_ipv6(context, *open.group)) {
      continue;
    }
    Cause cause = cause_of(context, open, services);
    cause.families = {family};
    Finding finding = judge(context, about(sg_ingress_ip_family_mismatch.id, *open.group), cause,
                            [](const ServiceSet&) { return Risk::High; });
    finding.message =
        fmt::format("{} is limited to {}, but {}: {}", name_of(other(family)), sides.limited_to,
                    family == IpFamily::V6 ? "IPv6 is not" : "IPv4 is not", finding.message);
    findings.push_back(std::move(finding));
  }
}

std::vector<Finding> run(const Context& context) {
  const std::string_view check = sg_ingress_ip_family_mismatch.id;
  return judge_groups(
      context, check, "what is limited for one address family is so for the other",
      [&](const SecurityGroup& group, std::vector<Finding>& findings) {
        const GroupOpenings& openings = context.openings().of(group);
        for (const OpenRule& open : openings.rules) {
          judge_rule(context, open, findings);
        }
        const bool opens_any =
            std::any_of(openings.rules.begin(), openings.rules.end(),
                        [](const OpenRule& open) { return !open.everything.empty(); });
        for (const SecurityGroupRule* rule : openings.unresolved) {
          if (opens_any) {
            findings.push_back(unresolved(context, about(check, group), group, *rule, Risk::High));
          }
        }
      });
}

}  // namespace

const Check sg_ingress_ip_family_mismatch = {
    .id = "sg-ingress-ip-family-mismatch",
    .title = "IPv4 restricted but IPv6 open, or the reverse",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "Somebody decided who may connect, and wrote it for one address family only: the same "
        "port stands open to the world over the other. Dual-stack hosts listen on both.",
    .fix =
        "Add the same sources for the other family, or none. Revoke the rule for the world "
        "with aws ec2 revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo};

}  // namespace portolan::checks
