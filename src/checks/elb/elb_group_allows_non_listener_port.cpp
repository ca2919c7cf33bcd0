#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "checks/balancers.h"
#include "checks/check.h"
#include "checks/finding_text.h"
#include "checks/narrower.h"
#include "checks/openings.h"
#include "checks/world_findings.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check elb_group_allows_non_listener_port;

namespace {

constexpr std::string_view kReferences[] = {"AWS Trusted Advisor: xSqX82fQu",
                                            "ELB guides: Security groups for your load balancer"};
// A rule that opens a dangerous port to the world is worse than one that opens a dead port.
constexpr std::string_view kYieldsTo[] = {"sg-ingress-prefix-list", "sg-ingress-split-world",
                                          "sg-ingress-world-*", "sg-ingress-wide-range-internal",
                                          "web-instance-bypasses-elb"};

/// The balancers that have a group, and what they answer on together.
struct Guarded {
  ServiceSet answered;
  std::string names;
  std::string gap;
};

std::map<SecurityGroupId, Guarded> guarded_balancers(const Context& context) {
  std::map<SecurityGroupId, Guarded> guarded;
  for (const LoadBalancer& balancer : context.snapshot().all<LoadBalancer>()) {
    const ServiceSet answered = listener_services(balancer);
    for (const SecurityGroupId& group : balancer.groups) {
      Guarded& entry = guarded[group];
      entry.answered = entry.answered.united(answered);
      entry.names += (entry.names.empty() ? "" : ", ") + printable(balancer.balancer_name);
      if (!balancer.listeners) {
        entry.gap = missing_listeners(balancer);
      }
    }
  }
  return guarded;
}

/// Ports that are open for something else that has the group are none of the balancer's.
bool is_shared(const Context& context, const SecurityGroup& group) {
  const Interfaces& members = context.estate().interfaces_of(group.id);
  return std::any_of(members.begin(), members.end(), [](const NetworkInterface* interface) {
    return !interface->description.starts_with("ELB ");
  });
}

void judge_rule(const SecurityGroup& group, const SecurityGroupRule& rule, const Guarded& guarded,
                std::vector<Finding>& findings) {
  static const ServiceSet kPorts =
      ServiceSet::protocol(kProtocolTcp).united(ServiceSet::protocol(kProtocolUdp));
  const ServiceSet idle = rule.services.intersected(kPorts).without(guarded.answered);
  if (rule.is_egress || idle.empty()) {
    return;
  }
  Finding finding = about(elb_group_allows_non_listener_port.id, group);
  finding.rules = {name_rule(group, rule)};
  if (!guarded.gap.empty()) {
    findings.push_back(unknown(std::move(finding), Risk::Low,
                               "whether a listener answers on what the rule opens is not known",
                               {guarded.gap}));
    return;
  }
  finding.risk = Risk::Low;
  finding.is_latent = true;
  finding.message = fmt::format("{} is open to {}, but no listener of {} answers on {}",
                                services_text(rule.services), peer_text(rule.peer), guarded.names,
                                idle == rule.services ? "it" : "all of it");
  finding.fix = rule.services.overlaps(guarded.answered)
                    ? fmt::format("narrow it to {}: {}",
                                  services_text(rule.services.intersected(guarded.answered)),
                                  revocation(finding.rules.front()))
                    : revocation(finding.rules.front());
  findings.push_back(std::move(finding));
}

std::vector<Finding> run(const Context& context) {
  std::vector<Finding> findings;
  for (const auto& [id, guarded] : guarded_balancers(context)) {
    const SecurityGroup* group = context.snapshot().find(id);
    if (group == nullptr) {
      continue;
    }
    const std::size_t before = findings.size();
    const bool is_for_others_too = is_shared(context, *group);
    for (const SecurityGroupRule& rule : group->rules) {
      if (!is_for_others_too) {
        judge_rule(*group, rule, guarded, findings);
      }
    }
    if (findings.size() == before) {
      findings.push_back(passed(about(elb_group_allows_non_listener_port.id, *group),
                                is_for_others_too
                                    ? "it guards other interfaces, too, which may use its ports"
                                    : "listeners answer on every port that it opens"));
    }
  }
  return findings;
}

/// What the listeners answer on stays open to the same peer.
Remedy narrow_to_listeners(const Context& context, const Finding& finding) {
  const auto guarded = guarded_balancers(context);
  const auto found = guarded.find(SecurityGroupId{finding.resource});
  const ServiceSet answered = found == guarded.end() ? ServiceSet() : found->second.answered;
  Remedy remedy;
  for (const auto& [group, rules] : rules_named(context.snapshot(), finding)) {
    for (const SecurityGroupRule* rule : rules) {
      const Remedy narrower =
          replace_rules(context, *group, {rule}, {{.peer = rule->peer, .services = answered}});
      remedy.insert(remedy.end(), narrower.begin(), narrower.end());
    }
  }
  return remedy;
}

}  // namespace

const Check elb_group_allows_non_listener_port = {
    .id = "elb-group-allows-non-listener-port",
    .title = "Group of a load balancer opens ports that no listener has",
    .risk = Risk::Low,
    .resources = "SecurityGroup",
    .why =
        "Nobody answers there today. The next listener, or the next machine that gets the group, "
        "does so for everybody that the rule names, without anybody deciding it.",
    .fix =
        "Admit the listener ports only (and ICMP for path MTU discovery). Revoke the other rules "
        "with aws ec2 revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo,
    .remedy = narrow_to_listeners};

}  // namespace portolan::checks
