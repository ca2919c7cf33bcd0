#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "checks/balancers.h"
#include "checks/check.h"
#include "checks/openings.h"
#include "checks/world_findings.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check elb_shares_group_with_target;

namespace {

constexpr std::string_view kReferences[] = {"ELB guides: Security groups for your load balancer"};
constexpr std::string_view kYieldsTo[] = {"sg-ingress-prefix-list", "sg-ingress-world-*",
                                          "web-instance-bypasses-elb"};

bool has_group(const std::vector<SecurityGroupId>& groups, const SecurityGroupId& group) {
  return std::find(groups.begin(), groups.end(), group) != groups.end();
}

void judge_group(const Context& context, const LoadBalancer& balancer, const SecurityGroup& group,
                 const Interfaces& targets, std::vector<Finding>& findings) {
  const GroupOpenings& openings = context.openings().of(group);
  Finding finding = about(elb_shares_group_with_target.id, balancer);
  ServiceSet open;
  for (const OpenRule& rule : openings.rules) {
    if (!rule.everything.empty()) {
      finding.rules.push_back(name_rule(group, *rule.rule));
      open = open.united(rule.rule->services);
    }
  }
  finding.affected = affected_ids(targets);
  const std::string start =
      fmt::format("{} and {} behind it both have {}", printable(balancer.balancer_name),
                  names_of(context.estate(), targets), group.id.value);
  if (!finding.rules.empty()) {
    finding.risk = Risk::Medium;
    finding.message =
        fmt::format("{}, which is open to the world on {}", start, services_text(open));
    finding.fix = fmt::format(
        "make a group for the targets that admits the balancer's group only, "
        "and take {} from them",
        group.id.value);
    findings.push_back(std::move(finding));
  } else if (!openings.unresolved.empty()) {
    findings.push_back(unknown(std::move(finding), Risk::Medium,
                               start + "; whether it is open to the world is not known",
                               {missing_entries(*openings.unresolved.front())}));
  }
}

void judge(const Context& context, const Behind& behind, const LoadBalancer& balancer,
           std::vector<Finding>& findings) {
  if (balancer.groups.empty()) {
    return;
  }
  const std::size_t before = findings.size();
  for (const SecurityGroupId& id : balancer.groups) {
    Interfaces targets;
    for (const ServedInterface* served : behind.targets_of(balancer)) {
      if (has_group(served->interface->groups, id)) {
        targets.push_back(served->interface);
      }
    }
    std::sort(targets.begin(), targets.end(),
              [](const auto* a, const auto* b) { return a->id < b->id; });
    targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
    const SecurityGroup* group = context.snapshot().find(id);
    if (group != nullptr && !targets.empty()) {
      judge_group(context, balancer, *group, targets, findings);
    }
  }
  const std::string gap = behind.gap_of(balancer);
  if (findings.size() == before && !gap.empty()) {
    findings.push_back(unknown(about(elb_shares_group_with_target.id, balancer), Risk::Medium,
                               "whether its targets have a group of it is not known", {gap}));
  }
}

std::vector<Finding> run(const Context& context) {
  const Behind behind(context);
  return judge_balancers(context, elb_shares_group_with_target.id,
                         "no target has a group of it that is open to the world",
                         [&](const LoadBalancer& balancer, std::vector<Finding>& findings) {
                           judge(context, behind, balancer, findings);
                         });
}

}  // namespace

const Check elb_shares_group_with_target = {
    .id = "elb-shares-group-with-target",
    .title = "Load balancer and its targets have the same open group",
    .risk = Risk::Medium,
    .resources = "LoadBalancer",
    .why =
        "What the balancer must let in from the whole world, its targets let in as well. Nothing "
        "but a missing public address then keeps strangers from passing the balancer by, and every "
        "port opened for one of them is opened on all.",
    .fix =
        "Make one group for the balancer and one for the targets that admits the first on the "
        "traffic and health check ports. Remove the shared group from the targets.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo,
    .remedy = no_remedy};

}  // namespace portolan::checks
