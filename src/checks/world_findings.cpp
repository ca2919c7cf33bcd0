#include "checks/world_findings.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "checks/estate.h"
#include "checks/exposure.h"
#include "checks/finding_text.h"
#include "checks/group_rules.h"
#include "checks/instances.h"
#include "checks/services.h"
#include "core/text.h"

namespace portolan::checks {

namespace {

/// What the internet reaches of a cause.
struct Reached {
  ServiceSet services;
  ServiceSet unknown;
  Interfaces interfaces;  // that it reaches
  const NetworkInterface* undecided = nullptr;
  IpFamily family = IpFamily::V4;  // of the first interface reached, or undecided
};

Reached what_is_reached(const Context& context, const Cause& cause) {
  Reached reached;
  for (const NetworkInterface* interface : cause.interfaces) {
    for (const IpFamily family : cause.families) {
      const Exposed& exposed = context.exposure().of(*interface, family);
      const ServiceSet services = exposed.world.intersected(cause.services);
      const ServiceSet unknown = exposed.unknown.intersected(cause.services);
      if (!services.empty()) {
        reached.family = reached.interfaces.empty() ? family : reached.family;
        reached.services = reached.services.united(services);
        reached.interfaces.push_back(interface);
      } else if (!unknown.empty() && reached.undecided == nullptr) {
        reached.undecided = interface;
        reached.unknown = unknown;
        reached.family = reached.interfaces.empty() ? family : reached.family;
      }
    }
  }
  auto& list = reached.interfaces;
  list.erase(std::unique(list.begin(), list.end()), list.end());
  return reached;
}

/// What makes a prefix list the world.
std::string entries_text(const OpenRule& open) {
  if (open.everything.empty()) {
    return "the entries";
  }
  return open.everything.front() == IpFamily::V4 ? "0.0.0.0/0" : "::/0";
}

/// `0.0.0.0/0 (sgr-…)`, `0.0.0.0/0 of pl-… (sgr-…)`, joined with "and".
std::string sources_text(const Cause& cause) {
  std::vector<std::string> parts;
  for (const OpenRule* open : cause.rules) {
    const FindingRule rule = name_rule(*open->group, *open->rule);
    const bool is_list = std::holds_alternative<PrefixListId>(open->rule->peer);
    const std::string peer =
        is_list ? fmt::format("{} of {}", entries_text(*open), rule.peer) : rule.peer;
    const bool is_named = rule.id.starts_with("sgr-");
    parts.push_back(is_named ? fmt::format("{} ({})", peer, rule.id) : peer);
    if (parts.size() == 4 && cause.rules.size() > 4) {
      parts.back() = fmt::format("{} more rules", cause.rules.size() - 3);
      break;
    }
  }
  return joined(parts, " and ");
}

std::string opening_text(const Context& context, const Cause& cause) {
  const Grade grade = grade_world(cause.services, context.config());
  const std::string names = grade.names.empty() ? "" : fmt::format(" ({})", grade.names);
  const ServiceSet& whole = cause.rules.front()->rule->services;
  const std::string part = cause.rules.size() > 1 || whole == cause.services
                               ? ""
                               : fmt::format(", part of {},", services_text(whole));
  return fmt::format("{}{}{} is open to {}", services_text(cause.services), names, part,
                     sources_text(cause));
}

void expose(const Context& context, const Cause& cause, const Reached& reached,
            const RiskOf& risk_of, Finding& finding) {
  const bool is_whole = reached.services.contains(cause.services);
  finding.risk = std::max(risk_of(reached.services), lower(risk_of(cause.services)));
  finding.message =
      fmt::format("{}, and the internet reaches {} on {}", opening_text(context, cause),
                  is_whole ? "it" : services_text(reached.services) + " of it",
                  names_of(context.estate(), reached.interfaces));
  finding.affected = affected_ids(reached.interfaces);
  const auto way = context.exposure().way(Flow::Inbound, *reached.interfaces.front(),
                                          reached.family, reached.services);
  if (way) {
    finding.witness = witness_of(*way);
  }
  if (std::all_of(reached.interfaces.begin(), reached.interfaces.end(), [&](const auto* interface) {
        return is_stopped(context.snapshot(), *interface);
      })) {
    call_stopped(finding);
  }
}

void leave_open(const Context& context, const Cause& cause, const Reached& reached,
                Finding& finding) {
  const std::string gap =
      context.exposure().blocker(*reached.undecided, reached.family, reached.unknown);
  finding.message = fmt::format("{}; whether the internet reaches it is not known: {}",
                                opening_text(context, cause), gap);
  finding.gaps = {gap};
}

void call_latent(const Context& context, const Cause& cause, const RiskOf& risk_of,
                 Finding& finding) {
  finding.is_latent = true;
  finding.risk = lower(risk_of(cause.services));
  const std::string open = opening_text(context, cause);
  if (cause.interfaces.empty()) {
    const std::string gap = missing_interfaces(context.snapshot(), *cause.rules.front()->group);
    if (!gap.empty()) {
      finding.is_latent = false;
      finding.risk = risk_of(cause.services);
      finding.message =
          fmt::format("{}; whether an interface has the group is not known: {}", open, gap);
      finding.gaps = {gap};
      return;
    }
    finding.message = fmt::format("{}, but no interface has the group", open);
    return;
  }
  const std::string others = cause.interfaces.size() == 1
                                 ? ""
                                 : fmt::format("; nor the {} others", cause.interfaces.size() - 1);
  finding.message = fmt::format(
      "{}, but the internet does not reach {} now: {}{}", open,
      title_of(context.estate(), *cause.interfaces.front()),
      context.exposure().blocker(*cause.interfaces.front(), cause.families.front(), cause.services),
      others);
}

std::string fix_of(const Cause& cause) {
  std::vector<std::string> steps;
  for (const OpenRule* open : cause.rules) {
    if (const auto* list = std::get_if<PrefixListId>(&open->rule->peer)) {
      steps.push_back(fmt::format(
          "take the public entries out of {} with aws ec2 modify-managed-prefix-list, or {}",
          list->value, revocation(name_rule(*open->group, *open->rule))));
    } else {
      steps.push_back(revocation(name_rule(*open->group, *open->rule)));
    }
  }
  return joined(steps, " && ");
}

}  // namespace

Cause cause_of(const Context& context, const OpenRule& open, const ServiceSet& services) {
  return {.rules = {&open},
          .families = open.everything,
          .services = services,
          .interfaces = context.estate().interfaces_of(open.group->id)};
}

Finding judge(const Context& context, Finding finding, const Cause& cause, const RiskOf& risk_of) {
  finding.outcome = Outcome::Fail;
  finding.risk = risk_of(cause.services);
  for (const OpenRule* open : cause.rules) {
    finding.rules.push_back(name_rule(*open->group, *open->rule));
  }
  finding.affected = affected_ids(cause.interfaces);
  finding.fix = fix_of(cause);
  const Reached reached = what_is_reached(context, cause);
  if (!reached.interfaces.empty()) {
    expose(context, cause, reached, risk_of, finding);
  } else if (reached.undecided != nullptr) {
    leave_open(context, cause, reached, finding);
  } else {
    call_latent(context, cause, risk_of, finding);
  }
  return finding;
}

Finding unresolved(const Context& context, Finding finding, const SecurityGroup& group,
                   const SecurityGroupRule& rule, Risk risk) {
  finding.rules = {name_rule(group, rule)};
  finding.affected = affected_ids(context.estate().interfaces_of(group.id));
  const std::string gap = missing_entries(rule);
  const std::string message = fmt::format("{} is open to {}, which may hold the world: {}",
                                          services_text(rule.services), peer_text(rule.peer), gap);
  finding.fix = fmt::format("collect them: aws {} --prefix-list-id {}", call_of(Noun::PrefixLists),
                            peer_text(rule.peer));
  return unknown(std::move(finding), risk, message, {gap});
}

std::vector<Finding> judge_open_services(const Context& context, std::string_view check,
                                         std::string_view praise, const ServiceSet& wanted,
                                         const RiskOf& risk_of) {
  return judge_groups(
      context, check, praise, [&](const SecurityGroup& group, std::vector<Finding>& findings) {
        const GroupOpenings& openings = context.openings().of(group);
        for (const OpenRule& open : openings.rules) {
          const ServiceSet services = open.rule->services.intersected(wanted);
          if (!open.everything.empty() && !services.empty()) {
            findings.push_back(
                judge(context, about(check, group), cause_of(context, open, services), risk_of));
          }
        }
        for (const SecurityGroupRule* rule : openings.unresolved) {
          const ServiceSet services = rule->services.intersected(wanted);
          if (!services.empty()) {
            findings.push_back(
                unresolved(context, about(check, group), group, *rule, risk_of(services)));
          }
        }
      });
}

std::vector<Finding> judge_service(const Context& context, std::string_view check) {
  const WellKnown& row = well_known(check);
  const auto ports = ServiceSet::parse(row.services);
  return judge_open_services(
      context, check, fmt::format("no rule opens {} to the world", row.title),
      ports.value_or(ServiceSet()), [&](const ServiceSet&) { return row.risk; });
}

}  // namespace portolan::checks
