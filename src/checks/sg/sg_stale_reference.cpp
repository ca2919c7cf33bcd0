#include <map>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each_group.h"
#include "checks/openings.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check sg_stale_reference;

namespace {

constexpr std::string_view kReferences[] = {"VPC Peering Guide: Work with stale security groups",
                                            "EC2 API: DescribeStaleSecurityGroups"};

/// What is wrong with a reference, or what is missing to say; neither if it stands.
struct Verdict {
  std::string fault;
  std::string gap;
};

std::string peering_fault(const Snapshot& snapshot, const GroupReference& reference) {
  if (!reference.peering_status.empty() && reference.peering_status != "active") {
    return fmt::format("the peering connection {} to it is {}", printable(reference.peering),
                       printable(reference.peering_status));
  }
  const VpcPeering* peering = snapshot.find(VpcPeeringId{reference.peering});
  return peering == nullptr || peering->is_active
             ? std::string()
             : fmt::format("the peering connection {} to it is not active", peering->id.value);
}

Verdict judge(const Snapshot& snapshot, const SecurityGroup& group,
              const GroupReference& reference) {
  if (reference.group == group.id) {
    return {};
  }
  if (std::string fault = peering_fault(snapshot, reference); !fault.empty()) {
    return {.fault = std::move(fault), .gap = {}};
  }
  if (snapshot.find(reference.group) != nullptr) {
    return {};
  }
  // A group is referenced within its region only.
  Owned owned = group.owned;
  owned.account = reference.account.known() ? reference.account : group.owned.account;
  if (std::string gap = missing(snapshot, Noun::SecurityGroups, "groups", owned); !gap.empty()) {
    return {.fault = {}, .gap = std::move(gap)};
  }
  return {.fault = fmt::format("{} {} has no such group any more", owned.account.text(),
                               owned.region.text()),
          .gap = {}};
}

/// The rules of a group that name one other.
struct Named {
  const GroupReference* reference = nullptr;
  std::vector<const SecurityGroupRule*> rules;
};

std::map<SecurityGroupId, Named> rules_by_peer(const SecurityGroup& group) {
  std::map<SecurityGroupId, Named> by_peer;
  for (const SecurityGroupRule& rule : group.rules) {
    if (const auto* reference = std::get_if<GroupReference>(&rule.peer)) {
      Named& named = by_peer[reference->group];
      named.reference = reference;
      named.rules.push_back(&rule);
    }
  }
  return by_peer;
}

Finding finding_of(const SecurityGroup& group, const Named& named, const Verdict& verdict) {
  Finding finding = about(sg_stale_reference.id, group);
  finding.risk = sg_stale_reference.risk;
  for (const SecurityGroupRule* rule : named.rules) {
    finding.rules.push_back(name_rule(group, *rule));
  }
  const std::string subject =
      fmt::format("{} rule{} name{} {}", named.rules.size(), named.rules.size() == 1 ? "" : "s",
                  named.rules.size() == 1 ? "s" : "", named.reference->group.value);
  if (!verdict.gap.empty()) {
    return unknown(std::move(finding), sg_stale_reference.risk,
                   fmt::format("{}, and whether it still exists is not known", subject),
                   {verdict.gap});
  }
  finding.message = fmt::format("{}, but {}", subject, verdict.fault);
  finding.fix = revocation(finding.rules.front(), named.rules.front()->is_egress);
  return finding;
}

std::vector<Finding> run(const Context& context) {
  return judge_rules(context, sg_stale_reference, "every group that its rules name exists",
                     [&](const SecurityGroup& group, std::vector<Finding>& findings) {
                       for (const auto& [id, named] : rules_by_peer(group)) {
                         const Verdict verdict = judge(context.snapshot(), group, *named.reference);
                         if (!verdict.fault.empty() || !verdict.gap.empty()) {
                           findings.push_back(finding_of(group, named, verdict));
                         }
                       }
                     });
}

}  // namespace

const Check sg_stale_reference = {
    .id = "sg-stale-reference",
    .title = "Rule names a deleted group or one behind a broken peering",
    .risk = Risk::Medium,
    .resources = "SecurityGroup",
    .why =
        "Such a rule admits nobody, so whoever relied on it is cut off, or was let in another way "
        "that nobody wrote down. It also hides what the group really permits, and an old peering "
        "that comes back revives it.",
    .fix =
        "Find out what the rule was for and who gets in instead. Revoke it, or name the group that "
        "took over. Remove the rule with aws ec2 revoke-security-group-ingress or -egress.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
