#include <algorithm>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/exposure.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check data_tier_internet_egress;

namespace {

constexpr std::string_view kReferences[] = {"MITRE ATT&CK: TA0010 Exfiltration"};

/// What data-tier interfaces of one group reach by one of its egress rules.
struct Outflow {
  Interfaces interfaces;
  ServiceSet services;
  ServiceSet unknown;
  const NetworkInterface* undecided = nullptr;
  IpFamily family = IpFamily::V4;
  bool is_world = false;
};

Interfaces data_tier(const Context& context, const SecurityGroup& group) {
  Interfaces interfaces = context.estate().interfaces_of(group.id);
  std::erase_if(interfaces, [&](const NetworkInterface* interface) {
    return !context.estate().is_data_tier(*interface);
  });
  return interfaces;
}

void add(const Exposed& exposed, const NetworkInterface& interface, IpFamily family,
         const SecurityGroupRule& rule, Outflow& out) {
  const ServiceSet services = exposed.some.intersected(rule.services);
  const ServiceSet unknown = exposed.unknown.intersected(rule.services);
  if (!services.empty()) {
    out.family = out.interfaces.empty() ? family : out.family;
    out.interfaces.push_back(&interface);
    out.services = out.services.united(services);
    out.is_world = out.is_world || exposed.world.overlaps(rule.services);
  } else if (!unknown.empty() && out.undecided == nullptr) {
    out.undecided = &interface;
    out.unknown = unknown;
  }
}

Outflow what_gets_out(const Context& context, const Interfaces& interfaces,
                      const SecurityGroupRule& rule) {
  const auto blocks = peer_blocks(context.snapshot(), rule.peer);
  const IpSet destinations(blocks.value_or(std::vector<IpPrefix>{}));
  Outflow out;
  for (const NetworkInterface* interface : interfaces) {
    for (const IpFamily family : kFamilies) {
      if (!blocks || public_share(destinations, family) > 0) {
        add(context.exposure().out_of(*interface, family), *interface, family, rule, out);
      }
    }
  }
  auto& list = out.interfaces;
  list.erase(std::unique(list.begin(), list.end()), list.end());
  return out;
}

void judge_rule(const Context& context, const SecurityGroup& group, const SecurityGroupRule& rule,
                const Interfaces& interfaces, std::vector<Finding>& findings) {
  const Outflow out = what_gets_out(context, interfaces, rule);
  Finding finding = about(data_tier_internet_egress.id, group);
  finding.rules = {name_rule(group, rule)};
  finding.fix = fmt::format("name the groups and prefix lists that the tier needs instead: {}",
                            revocation(finding.rules.front(), true));
  if (!out.interfaces.empty()) {
    finding.risk = out.is_world ? Risk::High : Risk::Medium;
    finding.affected = affected_ids(out.interfaces);
    finding.message = fmt::format("{} of the data tier get{} out to {} ({}) on {}",
                                  names_of(context.estate(), out.interfaces),
                                  out.interfaces.size() == 1 ? "s" : "",
                                  out.is_world ? "the internet" : "public addresses",
                                  peer_text(rule.peer), services_text(out.services));
    const auto way =
        context.exposure().way(Flow::Outbound, *out.interfaces.front(), out.family, out.services);
    if (way) {
      finding.witness = witness_of(*way);
    }
    findings.push_back(std::move(finding));
  } else if (out.undecided != nullptr) {
    const std::string gap = context.exposure().doubt(Flow::Outbound, *out.undecided);
    findings.push_back(
        unknown(std::move(finding), Risk::High,
                fmt::format("whether {} of the data tier gets out to the internet is not known: {}",
                            title_of(context.estate(), *out.undecided), gap),
                {gap}));
  }
}

std::vector<Finding> run(const Context& context) {
  std::vector<Finding> findings;
  for (const SecurityGroup& group : context.snapshot().all<SecurityGroup>()) {
    const Interfaces interfaces = data_tier(context, group);
    const std::size_t before = findings.size();
    for (const SecurityGroupRule& rule : group.rules) {
      if (rule.is_egress && !interfaces.empty()) {
        judge_rule(context, group, rule, interfaces, findings);
      }
    }
    if (!interfaces.empty() && findings.size() == before) {
      findings.push_back(passed(about(data_tier_internet_egress.id, group),
                                "the data tier has no way out to the internet by its rules"));
    }
  }
  return findings;
}

}  // namespace

const Check data_tier_internet_egress = {
    .id = "data-tier-internet-egress",
    .title = "Data tier has a working path to the internet",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "Data that is stolen has to leave. A database that opens connections to the internet, "
        "through a NAT gateway or otherwise, is a way out for it and a way in for commands. A "
        "tier needs to reach the tier below it and AWS's own services, no more.",
    .fix =
        "Replace the rule for the world by rules for the groups and prefix lists that the tier "
        "needs, and reach AWS services through endpoints. Revoke the rule with aws ec2 "
        "revoke-security-group-egress.",
    .references = kReferences,
    .run = run,
    .remedy = narrow_egress};

}  // namespace portolan::checks
