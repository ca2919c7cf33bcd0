#include <fmt/format.h>

#include "checks/check.h"
#include "checks/group_rules.h"
#include "checks/public_sources.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_public_source;

namespace {

constexpr std::string_view kReferences[] = {"VPC User Guide: Security group rules"};
constexpr std::string_view kYieldsTo[] = {
    "sg-ingress-aws-shared-range",     "sg-ingress-plaintext-protocol",
    "sg-ingress-all-ports-any-source", "sg-ingress-prefix-list",
    "sg-ingress-split-world",          "sg-ingress-world-*",
    "sg-rule-suspicious-cidr",         "web-instance-bypasses-elb"};

Finding judge_source(const Context& context, const OpenRule& open, const IpPrefix& widest) {
  const std::string peer = peer_text(open.rule->peer);
  const std::string block =
      peer == widest.text() ? peer : fmt::format("{} of {}", widest.text(), peer);
  Finding finding = judge_public(context, about(sg_ingress_public_source.id, *open.group), open,
                                 widest, fmt::format("public addresses, those of {}", block));
  finding.fix = fmt::format("name {} in known_networks of portolan.yaml if it is meant, or {}",
                            widest.text(), revocation(finding.rules.front()));
  return finding;
}

std::vector<Finding> run(const Context& context) {
  const std::string_view check = sg_ingress_public_source.id;
  return judge_groups(
      context, check, "no rule names public addresses of strangers",
      [&](const SecurityGroup& group, std::vector<Finding>& findings) {
        const GroupOpenings& openings = context.openings().of(group);
        for (const OpenRule& open : openings.rules) {
          const auto widest = widest_stranger(context, open);
          if (widest && !is_wide(*widest)) {
            findings.push_back(judge_source(context, open, *widest));
          }
        }
        for (const SecurityGroupRule* rule : openings.unresolved) {
          findings.push_back(unresolved(context, about(check, group), group, *rule, Risk::Medium));
        }
      });
}

}  // namespace

const Check sg_ingress_public_source = {
    .id = "sg-ingress-public-source",
    .title = "A specific public address may connect",
    .risk = Risk::Medium,
    .resources = "SecurityGroup",
    .why =
        "Public addresses change hands: those of homes within days, those of partners when "
        "the contract ends, and the rule stays. Traffic from them also crosses the internet. "
        "On ports of remote access and databases this is how intruders come back.",
    .fix =
        "Find out whose address it is; use a VPN for people, and known_networks of "
        "portolan.yaml for partners. Revoke the rule with aws ec2 "
        "revoke-security-group-ingress where nobody needs it.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo};

}  // namespace portolan::checks
