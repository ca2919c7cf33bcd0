#include <fmt/format.h>

#include "checks/check.h"
#include "checks/group_rules.h"
#include "checks/public_sources.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_wide_public_cidr;

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
  Finding finding =
      judge_public(context, about(sg_ingress_wide_public_cidr.id, *open.group), open, widest,
                   fmt::format("the public addresses of {}, more than one owner has", block));
  finding.fix = fmt::format("name {} in known_networks of portolan.yaml if it is meant, or {}",
                            widest.text(), revocation(finding.rules.front()));
  return finding;
}

std::vector<Finding> run(const Context& context) {
  const std::string_view check = sg_ingress_wide_public_cidr.id;
  return judge_groups(
      context, check, "no rule names a large public range",
      [&](const SecurityGroup& group, std::vector<Finding>& findings) {
        const GroupOpenings& openings = context.openings().of(group);
        for (const OpenRule& open : openings.rules) {
          const auto widest = widest_stranger(context, open);
          if (widest && is_wide(*widest)) {
            findings.push_back(judge_source(context, open, *widest));
          }
        }
        for (const SecurityGroupRule* rule : openings.unresolved) {
          findings.push_back(unresolved(context, about(check, group), group, *rule, Risk::Medium));
        }
      });
}

}  // namespace

const Check sg_ingress_wide_public_cidr = {
    .id = "sg-ingress-wide-public-cidr",
    .title = "Very large public range may connect",
    .risk = Risk::Medium,
    .resources = "SecurityGroup",
    .why =
        "A range of more than 256 public addresses belongs to a provider, who rents them to "
        "anybody: to admit it is to admit strangers. Ranges of a CDN or a vendor that you "
        "mean can be named in known_networks.",
    .fix =
        "Find out whose addresses these are, and name those that you mean in known_networks "
        "of portolan.yaml. Narrow the range to the addresses in use, or revoke the rule.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo};

}  // namespace portolan::checks
