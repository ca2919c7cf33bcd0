#include <algorithm>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/group_rules.h"
#include "checks/public_sources.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_aws_shared_range;

namespace {

constexpr std::string_view kReferences[] = {"VPC User Guide: AWS IP address ranges"};
constexpr std::string_view kYieldsTo[] = {"sg-ingress-plaintext-protocol",
                                          "sg-ingress-all-ports-any-source",
                                          "sg-ingress-prefix-list",
                                          "sg-ingress-split-world",
                                          "sg-ingress-world-*",
                                          "sg-rule-suspicious-cidr",
                                          "web-instance-bypasses-elb"};

/// The addresses that EC2 rents to anybody, of both families.
IpSet rented(const Snapshot& snapshot) {
  IpSet all;
  for (const PublishedRanges& ranges : snapshot.all<PublishedRanges>()) {
    all = all.united(IpSet(ranges.ec2_v4)).united(IpSet(ranges.ec2_v6));
  }
  return all;
}

class Run {
 public:
  explicit Run(const Context& context) : context_(context), rented_(rented(context.snapshot())) {}

  void judge(const SecurityGroup& group, std::vector<Finding>& findings) const {
    const GroupOpenings& openings = context_.openings().of(group);
    for (const OpenRule& open : openings.rules) {
      const auto blocks = peer_blocks(context_.snapshot(), open.rule->peer);
      if (!widest_stranger(context_, open) || !blocks) {
        continue;
      }
      if (context_.snapshot().all<PublishedRanges>().empty()) {
        findings.push_back(unpublished(group, open));
      } else if (const auto widest = widest_rented(*blocks)) {
        findings.push_back(told(group, open, *widest));
      }
    }
    for (const SecurityGroupRule* rule : openings.unresolved) {
      findings.push_back(unresolved(context_, about(kId, group), group, *rule, Risk::Medium));
    }
  }

 private:
  /// Of these blocks the widest of strangers that is EC2's as a whole.
  [[nodiscard]] std::optional<IpPrefix> widest_rented(const std::vector<IpPrefix>& blocks) const {
    std::vector<IpPrefix> inside;
    std::copy_if(blocks.begin(), blocks.end(), std::back_inserter(inside),
                 [&](const IpPrefix& block) { return IpSet({block}).without(rented_).empty(); });
    return widest_strange(context_, inside);
  }

  [[nodiscard]] Finding unpublished(const SecurityGroup& group, const OpenRule& open) const {
    Finding finding = about(kId, group);
    finding.rules = {name_rule(group, *open.rule)};
    return unknown(std::move(finding), Risk::Medium,
                   fmt::format("whether {} is rented out by EC2 is not known: ip-ranges.json, "
                               "which AWS publishes, is not in the source",
                               peer_text(open.rule->peer)),
                   {"ip-ranges.json, which AWS publishes, is not in the source"});
  }

  [[nodiscard]] Finding told(const SecurityGroup& group, const OpenRule& open,
                             const IpPrefix& widest) const {
    Finding finding =
        judge_public(context_, about(kId, group), open, widest,
                     fmt::format("{}, addresses that EC2 rents to anybody", widest.text()));
    finding.fix = fmt::format("name {} in known_networks of portolan.yaml if it is yours, or {}",
                              widest.text(), revocation(finding.rules.front()));
    return finding;
  }

  static constexpr std::string_view kId = "sg-ingress-aws-shared-range";

  const Context& context_;
  IpSet rented_;
};

std::vector<Finding> run(const Context& context) {
  const Run run(context);
  return judge_groups(context, sg_ingress_aws_shared_range.id,
                      "no rule names addresses that EC2 rents to anybody",
                      [&](const SecurityGroup& group, std::vector<Finding>& findings) {
                        run.judge(group, findings);
                      });
}

}  // namespace

const Check sg_ingress_aws_shared_range = {
    .id = "sg-ingress-aws-shared-range",
    .title = "Source is inside a published AWS range",
    .risk = Risk::Medium,
    .resources = "SecurityGroup",
    .why =
        "Addresses of EC2 go to whoever starts a machine. A rule for a range of them lets in "
        "everybody who rents there, and one for a single address lets in its next owner as soon "
        "as yours gives it back.",
    .fix =
        "Find out whose address it is, and use its group, a peering or an endpoint instead; "
        "keep what is yours with Elastic IPs. Revoke the rule with aws ec2 "
        "revoke-security-group-ingress where nobody needs it.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo};

}  // namespace portolan::checks
