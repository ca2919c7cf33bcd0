#include <algorithm>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each_group.h"
#include "checks/estate.h"
#include "checks/openings.h"
#include "checks/tiers.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check sg_egress_tier_violation;

namespace {

constexpr std::string_view kReferences[] = {
    "VPC User Guide: Security group rules",
    "AWS Well-Architected: SEC05-BP02 Control traffic flow within your network layers"};
constexpr std::string_view kYieldsTo[] = {"data-tier-internet-egress", "elb-egress-too-wide",
                                          "sg-rule-suspicious-cidr"};
constexpr std::size_t kNamesMax = 4;

constexpr std::size_t kCountedMax = 100;

/// The first few, `and N more`.
std::string listed(const std::vector<std::string>& words) {
  const std::size_t shown = std::min(words.size(), kNamesMax);
  std::string text = joined(std::span(words).first(shown), ", ");
  return words.size() == shown         ? text
         : words.size() >= kCountedMax ? text + " and many more"
                                       : fmt::format("{} and {} more", text, words.size() - shown);
}

std::string rules_text(const RulePointers& rules) {
  std::vector<std::string> words;
  for (const SecurityGroupRule* rule : rules) {
    words.push_back(fmt::format("{} to {}", services_text(rule->services), peer_text(rule->peer)));
  }
  return listed(words);
}

std::string needs_text(const GroupNeeds& needs) {
  std::vector<std::string> words;
  for (const auto& [peer, services] : needs.first(kCountedMax)) {
    words.push_back(fmt::format("{} to {}", services_text(services), peer_text(peer)));
  }
  return words.empty() ? std::string("nothing") : listed(words);
}

class Run {
 public:
  explicit Run(const Context& context) : context_(context), search_(context) {}

  void judge(const SecurityGroup& group, std::vector<Finding>& findings) const {
    const GroupNeeds& needs = context_.egress_needs().of(group);
    const BeyondNeed beyond = beyond_need(context_, group);
    Finding finding = about(kId, group);
    finding.affected = affected_ids(context_.estate().interfaces_of(group.id));
    if (!beyond.rules.empty() && needs.gap().empty()) {
      findings.push_back(failing(std::move(finding), group, beyond.rules, needs));
    } else if (!beyond.rules.empty() || !beyond.undecided.empty()) {
      const std::string gap = beyond.rules.empty() ? beyond.gap : needs.gap();
      name_rules(group, beyond.rules.empty() ? beyond.undecided : beyond.rules, finding);
      findings.push_back(
          unknown(std::move(finding), Risk::Low,
                  "whether its rules let out more than its members need is not known", {gap}));
    }
  }

 private:
  static void name_rules(const SecurityGroup& group, const RulePointers& rules, Finding& finding) {
    for (const SecurityGroupRule* rule : rules) {
      finding.rules.push_back(name_rule(group, *rule));
    }
  }

  [[nodiscard]] Finding failing(Finding finding, const SecurityGroup& group,
                                const RulePointers& rules, const GroupNeeds& needs) const {
    name_rules(group, rules, finding);
    const std::string needed = needs_text(needs);
    finding.message =
        fmt::format("{} is more than its members need, which is {}", rules_text(rules), needed);
    std::vector<std::string> steps;
    for (const FindingRule& rule : finding.rules) {
      steps.push_back(revocation(rule, true));
    }
    const std::string revoke = joined(steps, " && ");
    finding.fix =
        needs.first(1).empty()
            ? fmt::format("name what they need in dependencies of portolan.yaml; {}", revoke)
            : fmt::format("admit {} instead: {}", needed, revoke);
    const TrespassSearch::Found found = search_.find(group, rules);
    if (found.trespass) {
      const Trespass& trespass = *found.trespass;
      finding.risk = context_.egress_needs().is_declared(group) ? Risk::High : Risk::Medium;
      finding.witness = witness_of(trespass.way);
      finding.message += fmt::format("; {} reaches {} on {} without need",
                                     title_of(context_.estate(), *trespass.from),
                                     title_of(context_.estate(), *trespass.to),
                                     services_text(trespass.way.passage.possible()));
      return finding;
    }
    // Narrower rules may be put in place at leisure.
    finding.risk = found.gap.empty() ? Risk::Info : Risk::Low;
    finding.is_latent = found.gap.empty();
    if (found.gap.empty()) {
      finding.message += "; no other tier lets them in by it now";
    } else {
      finding.gaps = {found.gap};
      finding.message += "; whether another tier lets them in by it is not known: " + found.gap;
    }
    return finding;
  }

  const std::string_view kId = sg_egress_tier_violation.id;

  const Context& context_;
  TrespassSearch search_;
};

/// What nobody has lets nobody out. A balancer has its groups also where its nodes are not known.
bool is_idle(const Context& context, const SecurityGroup& group) {
  const auto balancers = context.snapshot().all<LoadBalancer>();
  return context.estate().interfaces_of(group.id).empty() &&
         missing(context.snapshot(), Noun::NetworkInterfaces, "interfaces", group.owned).empty() &&
         std::none_of(balancers.begin(), balancers.end(), [&](const LoadBalancer& balancer) {
           const auto& groups = balancer.groups;
           return std::find(groups.begin(), groups.end(), group.id) != groups.end();
         });
}

std::vector<Finding> run(const Context& context) {
  const Run run(context);
  return judge_rules(context, sg_egress_tier_violation,
                     "its members may send only where they need to",
                     [&](const SecurityGroup& group, std::vector<Finding>& findings) {
                       if (!is_idle(context, group)) {
                         run.judge(group, findings);
                       }
                     });
}

}  // namespace

const Check sg_egress_tier_violation = {
    .id = "sg-egress-tier-violation",
    .title = "Tier may reach a tier it does not need",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "An intruder on one server goes where its outbound rules let it. Members need the targets "
        "of their balancers, the groups that let them in by name, the endpoints of their VPC, and "
        "what dependencies in portolan.yaml declare; a way to any other tier serves nobody else.",
    .fix =
        "Declare in portolan.yaml what the members need and the network does not tell. Add rules "
        "for just that. Revoke the wide ones with aws ec2 revoke-security-group-egress.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo,
    .remedy = narrow_egress};

}  // namespace portolan::checks
