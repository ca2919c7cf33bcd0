#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/missing.h"

namespace portolan::checks {

extern const Check network_firewall_weak_default;

namespace {

constexpr std::string_view kReferences[] = {
    "AWS FSBP: NetworkFirewall.3", "AWS FSBP: NetworkFirewall.4", "AWS FSBP: NetworkFirewall.6",
    "AWS Config: netfw-policy-default-action-full-packets"};

bool has(const std::vector<std::string>& actions, std::string_view action) {
  return std::find(actions.begin(), actions.end(), action) != actions.end();
}

/// SOURCE: Network Firewall guide, "Actions for stateful rules": without a drop as default action,
/// what no rule names passes.
bool drops_by_default(const FirewallPolicy& policy) {
  return std::any_of(policy.stateful_default_actions.begin(), policy.stateful_default_actions.end(),
                     [](const std::string& action) { return action.starts_with("aws:drop"); });
}

class Run {
 public:
  explicit Run(const Context& context) : context_(context) {}

  void judge(const FirewallPolicy& policy, std::vector<Finding>& findings) const {
    Finding finding = about(kId, policy);
    finding.risk = Risk::Medium;
    std::optional<std::string> gap;
    if (const std::string wrong = wrong_with(policy, gap); !wrong.empty()) {
      finding.message = wrong;
      finding.fix = fmt::format(
          "set the default action to aws:forward_to_sfe, and rules with a default that drops: aws "
          "network-firewall update-firewall-policy --firewall-policy-arn {}",
          policy.id.value);
      findings.push_back(std::move(finding));
    } else if (gap) {
      findings.push_back(
          unknown(std::move(finding), Risk::Medium,
                  fmt::format("whether its rule groups are empty is not known: {}", *gap), {*gap}));
    }
  }

  void judge(const NetworkFirewall& firewall, std::vector<Finding>& findings) const {
    if (context_.snapshot().find(firewall.policy) == nullptr) {
      Finding finding = about(kId, firewall);
      finding.name = firewall.firewall_name;
      findings.push_back(
          unread(std::move(finding), {.check = kId,
                                      .noun = Noun::FirewallPolicies,
                                      .risk = Risk::Medium,
                                      .unsaid = "what its policy lets pass is not known"}));
    }
  }

 private:
  /// What is wrong with the policy, or empty; `gap` if that is not known for sure.
  std::string wrong_with(const FirewallPolicy& policy, std::optional<std::string>& gap) const {
    if (policy.stateless_default_actions.empty()) {
      gap = "the document does not tell StatelessDefaultActions";
    }
    if (has(policy.stateless_default_actions, "aws:pass")) {
      return "packets that no stateless rule names pass without inspection (aws:pass)";
    }
    const bool forwards = has(policy.stateless_default_actions, "aws:forward_to_sfe");
    if (policy.stateless.empty() && policy.stateful.empty() && forwards &&
        !drops_by_default(policy)) {
      return "the policy has no rule group, and nothing that drops by default: all traffic passes";
    }
    for (const auto* references : {&policy.stateful, &policy.stateless}) {
      for (const FirewallRuleGroupReference& reference : *references) {
        const FirewallRuleGroup* group = context_.snapshot().find(reference.group);
        if (group == nullptr) {
          gap = fmt::format("{} was not collected: {}", reference.group.value,
                            call_of(Noun::FirewallRuleGroups));
        } else if (group->rules.empty() && !group->is_opaque) {
          return fmt::format("its rule group {} has no rules", group->id.value);
        }
      }
    }
    return {};
  }

  const std::string_view kId = network_firewall_weak_default.id;

  const Context& context_;
};

std::vector<Finding> run(const Context& context) {
  const Run run(context);
  auto findings = judge_each<FirewallPolicy>(
      context, network_firewall_weak_default.id,
      "it has rules, and inspects or drops what none of the stateless ones names",
      [&](const FirewallPolicy& policy, std::vector<Finding>& found) { run.judge(policy, found); });
  for (const NetworkFirewall& firewall : context.snapshot().all<NetworkFirewall>()) {
    run.judge(firewall, findings);
  }
  return findings;
}

}  // namespace

const Check network_firewall_weak_default = {
    .id = "network-firewall-weak-default",
    .title = "Network firewall policy passes by default or is empty",
    .risk = Risk::Medium,
    .resources = "FirewallPolicy, NetworkFirewall",
    .why =
        "A firewall that passes what no rule names inspects only what somebody thought of. "
        "Routes lead through it, it costs money and shows on every diagram, and it stops "
        "nothing.",
    .fix =
        "Forward to the stateful engine what no stateless rule names, and drop there what no "
        "rule allows. Set the actions with aws network-firewall update-firewall-policy.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
