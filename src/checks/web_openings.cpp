#include "checks/web_openings.h"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "checks/exposure.h"
#include "checks/group_rules.h"
#include "checks/services.h"
#include "checks/world_findings.h"

namespace portolan::checks {

namespace {

/// SOURCE: Elastic Load Balancing guides, "Network interfaces of a load balancer".
bool is_balancer_node(const NetworkInterface& interface) {
  return interface.description.starts_with("ELB ");
}

/// Interfaces on which the world reaches the services without a balancer.
Interfaces bare_interfaces(const Context& context, const Cause& cause) {
  Interfaces bare = cause.interfaces;
  std::erase_if(bare, [&](const NetworkInterface* interface) {
    return is_balancer_node(*interface) ||
           !context.exposure().world_of(*interface).overlaps(cause.services);
  });
  return bare;
}

Finding judge_cause(const Context& context, Finding finding, const Cause& cause) {
  finding = judge(context, std::move(finding), cause, [](const ServiceSet&) { return Risk::Info; });
  const Interfaces bare = bare_interfaces(context, cause);
  if (!bare.empty()) {
    finding.risk = Risk::Low;
    finding.message +=
        fmt::format("; no balancer stands before {}", names_of(context.estate(), bare));
  }
  return finding;
}

/// One cause for each set of services, of all rules that open just these.
std::map<ServiceSet, Cause> causes_of(const Context& context, const SecurityGroup& group,
                                      const ServiceSet& ports) {
  std::map<ServiceSet, Cause> causes;
  for (const OpenRule& open : context.openings().of(group).rules) {
    const ServiceSet services = open.rule->services.intersected(ports);
    if (open.everything.empty() || services.empty()) {
      continue;
    }
    Cause& cause = causes.emplace(open.rule->services, Cause{}).first->second;
    cause.rules.push_back(&open);
    cause.services = services;
    for (const IpFamily family : open.everything) {
      if (std::find(cause.families.begin(), cause.families.end(), family) == cause.families.end()) {
        cause.families.push_back(family);
      }
    }
    cause.interfaces = context.estate().interfaces_of(group.id);
  }
  return causes;
}

}  // namespace

std::vector<Finding> judge_web(const Context& context, std::string_view check) {
  const WellKnown& row = well_known(check);
  const ServiceSet ports = ServiceSet::parse(row.services).value_or(ServiceSet());
  return judge_groups(
      context, check, fmt::format("no rule opens {} to the world", row.title),
      [&](const SecurityGroup& group, std::vector<Finding>& findings) {
        for (const auto& [services, cause] : causes_of(context, group, ports)) {
          findings.push_back(judge_cause(context, about(check, group), cause));
        }
        for (const SecurityGroupRule* rule : context.openings().of(group).unresolved) {
          if (rule->services.overlaps(ports)) {
            findings.push_back(unresolved(context, about(check, group), group, *rule, row.risk));
          }
        }
      });
}

}  // namespace portolan::checks
