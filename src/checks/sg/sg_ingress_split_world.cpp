#include <map>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/services.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_split_world;

namespace {

constexpr std::string_view kReferences[] = {
    "CIS AWS 5.0: 5.3, 5.4 (where it holds 22 or 3389)",
    "IANA IPv4 and IPv6 Special-Purpose Address Registries"};
constexpr std::string_view kYieldsTo[] = {"sg-ingress-prefix-list"};

using Rules = std::vector<const OpenRule*>;

/// Rules of some groups that open a family only in parts, and what other rules open to it whole.
struct Parts {
  Rules rules;
  ServiceSet opened_whole;
};

Parts parts_of(const Context& context, const std::vector<SecurityGroupId>& ids, IpFamily family) {
  Parts parts;
  for (const SecurityGroupId& id : ids) {
    const SecurityGroup* group = context.snapshot().find(id);
    if (group == nullptr) {
      continue;
    }
    for (const OpenRule& open : context.openings().of(*group).rules) {
      if (open.opens_all(family)) {
        parts.opened_whole = parts.opened_whole.united(open.rule->services);
      } else if (public_share(open.sources, family) > 0) {
        parts.rules.push_back(&open);
      }
    }
  }
  return parts;
}

/// What the parts add up to, apart from what is open to one whole entry anyway.
ServiceSet split_services(const Parts& parts, IpFamily family) {
  std::vector<Opening> openings;
  for (const OpenRule* open : parts.rules) {
    openings.push_back({.sources = open->sources, .services = open->rule->services});
  }
  return world_services(openings, family).without(parts.opened_whole);
}

/// One cause for each set of rules: those of ssh are not those of https.
std::vector<Cause> causes_of(const Parts& parts, const ServiceSet& services, IpFamily family) {
  std::vector<std::pair<ServiceSet, Rules>> pieces = {{services, {}}};
  for (const OpenRule* open : parts.rules) {
    const std::size_t count = pieces.size();
    for (std::size_t i = 0; i < count; ++i) {
      const ServiceSet common = pieces[i].first.intersected(open->rule->services);
      if (common.empty()) {
        continue;
      }
      if (common != pieces[i].first) {
        pieces.emplace_back(pieces[i].first.without(common), pieces[i].second);
        pieces[i].first = common;
      }
      pieces[i].second.push_back(open);
    }
  }
  std::map<Rules, ServiceSet> by_rules;
  for (const auto& [piece, rules] : pieces) {
    by_rules[rules] = by_rules[rules].united(piece);
  }
  std::vector<Cause> causes;
  for (const auto& [rules, common] : by_rules) {
    if (!common.empty()) {
      causes.push_back(
          {.rules = rules, .families = {family}, .services = common, .interfaces = {}});
    }
  }
  return causes;
}

class Run {
 public:
  explicit Run(const Context& context) : context_(context) {
    // Whoever splits the world hides it from those who look for /0.
    risk_of_ = [&context](const ServiceSet& services) {
      return higher(grade_world(services, context.config()).risk);
    };
  }

  std::vector<Finding> run() {
    auto findings = judge_each<SecurityGroup>(
        context_, kId, "no set of rules covers the public address space piece by piece",
        [this](const SecurityGroup& group, std::vector<Finding>& found) {
          for (const IpFamily family : kFamilies) {
            judge_parts(about(kId, group), parts_of(context_, {group.id}, family), family,
                        context_.estate().interfaces_of(group.id), {}, found);
          }
          for (const SecurityGroupRule* rule : context_.openings().of(group).unresolved) {
            found.push_back(
                unresolved(context_, about(kId, group), group, *rule, risk_of_(rule->services)));
          }
        });
    for (const auto& [ids, interfaces] : context_.estate().group_sets()) {
      for (const IpFamily family : kFamilies) {
        judge_set(ids, interfaces, family, findings);
      }
    }
    return findings;
  }

 private:
  const std::string_view kId = sg_ingress_split_world.id;

  void judge_parts(const Finding& finding, const Parts& parts, IpFamily family,
                   const Interfaces& interfaces, const ServiceSet& known,
                   std::vector<Finding>& findings) {
    const ServiceSet services = split_services(parts, family).without(known);
    if (services.empty()) {
      return;
    }
    for (Cause& cause : causes_of(parts, services, family)) {
      cause.interfaces = interfaces;
      findings.push_back(judge(context_, finding, cause, risk_of_));
    }
  }

  /// Several groups of one interface: what they open together and none of them alone.
  void judge_set(const std::vector<SecurityGroupId>& ids, const Interfaces& interfaces,
                 IpFamily family, std::vector<Finding>& findings) {
    ServiceSet alone;
    for (const SecurityGroupId& id : ids) {
      alone = alone.united(split_services(parts_of(context_, {id}, family), family));
    }
    judge_parts(about(kId, *interfaces.front()), parts_of(context_, ids, family), family,
                interfaces, alone, findings);
  }

  const Context& context_;
  RiskOf risk_of_;
};

std::vector<Finding> run(const Context& context) { return Run(context).run(); }

}  // namespace

const Check sg_ingress_split_world = {
    .id = "sg-ingress-split-world",
    .title = "The whole internet is covered by several smaller CIDRs",
    .risk = Risk::Critical,
    .resources = "SecurityGroup, NetworkInterface",
    .why =
        "0.0.0.0/1 and 128.0.0.0/1, or 2000::/3, are the world without being called so, and hide "
        "from everyone who looks for /0. Rules, prefix lists and all groups of an interface "
        "count together: sources of at least half of the public space are the world.",
    .fix =
        "Find out which addresses need to get in, and admit these. Revoke the rules that add up to "
        "the world with aws ec2 revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo};

}  // namespace portolan::checks
