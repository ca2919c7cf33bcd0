#include <algorithm>

#include <fmt/format.h>

#include "checks/balancers.h"
#include "checks/check.h"
#include "checks/missing.h"
#include "checks/openings.h"
#include "checks/world_findings.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check elb_egress_too_wide;

namespace {

constexpr std::string_view kReferences[] = {"ELB guides: Security groups for your load balancer"};
constexpr std::string_view kYieldsTo[] = {"data-tier-internet-egress"};

/// What a balancer has to send to.
struct Needs {
  ServiceSet services;  // traffic and health check ports of its targets
  bool logs_in = false;
};

class Judge {
 public:
  Judge(const Context& context, const LoadBalancer& balancer, const Behind& behind)
      : context_(context), balancer_(balancer) {
    for (const ServedInterface* served : behind.targets_of(balancer)) {
      needs_.services = needs_.services.united(served->services);
    }
    for (const TargetGroup* group : behind.groups_of(balancer)) {
      needs_.services = needs_.services.united(services_of_group(*group));
    }
    needs_.logs_in = logs_users_in(balancer);
  }

  void judge_group(const SecurityGroup& group, std::vector<Finding>& findings) const {
    Finding finding = about(elb_egress_too_wide.id, balancer_);
    std::vector<std::string> wide;
    std::string gap;
    for (const SecurityGroupRule& rule : group.rules) {
      if (!rule.is_egress) {
        continue;
      }
      if (!rule_services(rule).empty()) {
        finding.rules.push_back(name_rule(group, rule));
        wide.push_back(fmt::format("{} to {}", services_text(rule.services), peer_text(rule.peer)));
      } else if (!peer_blocks(context_.snapshot(), rule.peer)) {
        gap = missing_entries(rule);
      }
    }
    const std::string name = printable(balancer_.balancer_name);
    if (!wide.empty()) {
      finding.risk = Risk::Low;
      finding.message = fmt::format(
          "{} may send {} by {}, and its targets take {}", name, joined(wide, ", "), group.id.value,
          needs_.services.empty() ? std::string("nothing") : services_text(needs_.services));
      finding.fix = fmt::format("admit {} to the groups of the targets in {}, then {}",
                                services_text(needs_.services), group.id.value,
                                revocation(finding.rules.front(), true));
      findings.push_back(std::move(finding));
    } else if (!gap.empty()) {
      findings.push_back(unknown(std::move(finding), Risk::Low,
                                 fmt::format("whether {} may send elsewhere is not known", name),
                                 {gap}));
    }
  }

 private:
  static ServiceSet services_of_group(const TargetGroup& group) {
    const auto port = decimal(group.health_check_port, 65535);
    return transport_services(group.protocol, group.port)
        .united(port ? ServiceSet::tcp(static_cast<int>(*port)) : ServiceSet());
  }

  /// What the rule lets out that is not for the targets.
  [[nodiscard]] ServiceSet rule_services(const SecurityGroupRule& rule) const {
    const ServiceSet beyond = rule.services.without(needs_.services);
    if (is_outside(rule)) {
      return needs_.logs_in ? rule.services.without(ServiceSet::tcp(443)) : rule.services;
    }
    return beyond;
  }

  /// True if it names addresses that no VPC has: none of the balancer's targets is there.
  [[nodiscard]] bool is_outside(const SecurityGroupRule& rule) const {
    const auto blocks = peer_blocks(context_.snapshot(), rule.peer);
    return blocks && std::any_of(blocks->begin(), blocks->end(), [&](const IpPrefix& block) {
             return !context_.estate().is_internal(block);
           });
  }

  const Context& context_;
  const LoadBalancer& balancer_;
  Needs needs_;
};

void judge(const Context& context, const Behind& behind, const LoadBalancer& balancer,
           std::vector<Finding>& findings) {
  if (balancer.groups.empty() || balancer.kind == BalancerKind::Gateway) {
    return;
  }
  const std::string gap =
      balancer.listeners ? behind.gap_of(balancer) : missing_listeners(balancer);
  if (!gap.empty()) {
    findings.push_back(unknown(about(elb_egress_too_wide.id, balancer), Risk::Low,
                               "what it has to send to is not known", {gap}));
    return;
  }
  const Judge judge(context, balancer, behind);
  for (const SecurityGroupId& id : balancer.groups) {
    if (const SecurityGroup* group = context.snapshot().find(id)) {
      judge.judge_group(*group, findings);
    } else {
      findings.push_back(unknown(
          about(elb_egress_too_wide.id, balancer), Risk::Low, "what it may send to is not known",
          {fmt::format("{} was not collected: {}", id.value, call_of(Noun::SecurityGroups))}));
    }
  }
}

std::vector<Finding> run(const Context& context) {
  const Behind behind(context);
  return judge_balancers(context, elb_egress_too_wide.id,
                         "its groups let out nothing but traffic to its targets",
                         [&](const LoadBalancer& balancer, std::vector<Finding>& findings) {
                           judge(context, behind, balancer, findings);
                         });
}

}  // namespace

const Check elb_egress_too_wide = {
    .id = "elb-egress-too-wide",
    .title = "Load balancer may send to more than its targets",
    .risk = Risk::Low,
    .resources = "LoadBalancer",
    .why =
        "A balancer opens connections to its targets only. With rules for just these, a target "
        "group that is aimed elsewhere, by mistake or by somebody who may edit it, carries "
        "strangers no further into the network.",
    .fix =
        "Add egress rules for the targets' groups on the traffic and health check ports first. "
        "Revoke the wider rules with aws ec2 revoke-security-group-egress.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo,
    .remedy = narrow_egress};

}  // namespace portolan::checks
