#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each_group.h"
#include "checks/openings.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check sg_rule_no_description;

namespace {

constexpr std::string_view kReferences[] = {"VPC User Guide: Security group rules",
                                            "EC2 API: UpdateSecurityGroupRuleDescriptionsIngress"};

/// What Terraform writes where its user writes nothing.
constexpr std::string_view kTerraformDefault = "Managed by Terraform";

bool says_nothing(std::string_view description) {
  const std::string_view text = trimmed(description);
  return text.empty() || text == kTerraformDefault;
}

std::vector<const SecurityGroupRule*> silent_rules(const SecurityGroup& group) {
  std::vector<const SecurityGroupRule*> silent;
  for (const SecurityGroupRule& rule : group.rules) {
    if (says_nothing(rule.description) && !is_made_by_aws(group, rule)) {
      silent.push_back(&rule);
    }
  }
  return silent;
}

void judge(const SecurityGroup& group, std::vector<Finding>& findings) {
  const std::vector<const SecurityGroupRule*> silent = silent_rules(group);
  const bool is_default_text = trimmed(group.description) == kTerraformDefault;
  Finding finding = about(sg_rule_no_description.id, group);
  if (silent.empty() && !is_default_text) {
    // AWS makes no group without a description: an empty one was not in the document.
    if (group.description.empty()) {
      findings.push_back(unknown(std::move(finding), Risk::Info,
                                 "the description of the group is not known",
                                 {fmt::format("the Description of {} is not in the documents: {}",
                                              group.id.value, call_of(Noun::SecurityGroups))}));
    }
    return;
  }
  finding.risk = Risk::Info;
  if (silent.empty()) {
    finding.message = "the description of the group is the one that Terraform gives by default";
    finding.fix = "describe the group in its Terraform resource, which replaces the group";
    findings.push_back(std::move(finding));
    return;
  }
  for (const SecurityGroupRule* rule : silent) {
    finding.rules.push_back(name_rule(group, *rule));
  }
  finding.message = fmt::format("{} of {} rules {} no description", silent.size(),
                                group.rules.size(), silent.size() == 1 ? "has" : "have");
  if (is_default_text) {
    finding.message += ", and that of the group is Terraform's default";
  }
  finding.fix = fmt::format(
      "aws ec2 update-security-group-rule-descriptions-{} --group-id {} "
      "--security-group-rule-descriptions SecurityGroupRuleId={},Description=WHY",
      silent.front()->is_egress ? "egress" : "ingress", group.id.value,
      silent.front()->id.empty() ? std::string("RULE") : silent.front()->id.value);
  findings.push_back(std::move(finding));
}

std::vector<Finding> run(const Context& context) {
  return judge_rules(context, sg_rule_no_description, "the group and its rules are described",
                     judge);
}

constexpr std::string_view kYieldsTo[] = {"sg-ingress-*", "sg-stale-reference", "sg-rule-expired",
                                          "default-sg-has-rules"};

}  // namespace

const Check sg_rule_no_description = {
    .id = "sg-rule-no-description",
    .title = "Rule or group without description",
    .risk = Risk::Info,
    .resources = "SecurityGroup",
    .why =
        "A rule that does not say whom it lets in and why is never removed, for nobody can tell "
        "what breaks. Years later it is still open, to an address that has another owner.",
    .fix =
        "Ask whoever made the rule, or find the call in CloudTrail. Add to each rule who needs it, "
        "why, and until when.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo,
    .remedy = no_remedy};

}  // namespace portolan::checks
