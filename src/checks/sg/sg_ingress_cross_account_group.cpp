#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/group_rules.h"
#include "checks/openings.h"
#include "checks/services.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_cross_account_group;

namespace {

constexpr std::string_view kReferences[] = {
    "VPC Peering Guide: Update your security groups to reference peer security groups"};
constexpr std::string_view kYieldsTo[] = {"sg-rule-suspicious-cidr"};

/// Whose group the rule names; nothing if nobody says. A reference through a transit gateway may
/// come without the account.
std::optional<AccountId> account_of(const Snapshot& snapshot, const GroupReference& reference) {
  if (reference.account.known()) {
    return reference.account;
  }
  const SecurityGroup* group = snapshot.find(reference.group);
  return group == nullptr || !group->owned.account.known()
             ? std::nullopt
             : std::optional<AccountId>(group->owned.account);
}

bool is_trusted(const Config& config, const AccountId& account) {
  const auto& trusted = config.trusted_accounts;
  return std::find(trusted.begin(), trusted.end(), account) != trusted.end();
}

/// A reference over a peering that is gone matches nothing.
bool is_stale(const GroupReference& reference) {
  return !reference.peering_status.empty() && reference.peering_status != "active";
}

void judge_rule(const Context& context, const SecurityGroup& group, const SecurityGroupRule& rule,
                const GroupReference& reference, std::vector<Finding>& findings) {
  const AccountId& own = group.owned.account;
  const auto account = account_of(context.snapshot(), reference);
  if (account && (*account == own || is_trusted(context.config(), *account))) {
    return;
  }
  Finding finding = about(sg_ingress_cross_account_group.id, group);
  finding.rules = {name_rule(group, rule)};
  finding.affected = affected_ids(context.estate().interfaces_of(group.id));
  if (!account || !own.known()) {
    const std::string gap = fmt::format("the account of {} is not known: {}",
                                        account ? group.id.value : reference.group.value,
                                        call_of(Noun::SecurityGroups));
    findings.push_back(unknown(std::move(finding), Risk::Medium,
                               fmt::format("{} is open to {}, whose group that is is not known",
                                           services_text(rule.services), reference.group.value),
                               {gap}));
    return;
  }
  finding.is_latent = is_stale(reference);
  finding.risk = finding.is_latent ? lower(Risk::Medium) : Risk::Medium;
  finding.message = fmt::format("{} is open to {} of account {}{}", services_text(rule.services),
                                reference.group.value, account->text(),
                                finding.is_latent ? ", but the peering is not active" : "");
  finding.fix = fmt::format("add {} to trusted_accounts of portolan.yaml if it is yours, or {}",
                            account->text(), revocation(finding.rules.front()));
  findings.push_back(std::move(finding));
}

std::vector<Finding> run(const Context& context) {
  return judge_groups(
      context, sg_ingress_cross_account_group.id, "no rule trusts a group of another account",
      [&](const SecurityGroup& group, std::vector<Finding>& findings) {
        for (const SecurityGroupRule& rule : group.rules) {
          const auto* reference = std::get_if<GroupReference>(&rule.peer);
          if (!rule.is_egress && reference != nullptr && reference->group != group.id) {
            judge_rule(context, group, rule, *reference, findings);
          }
        }
      });
}

}  // namespace

const Check sg_ingress_cross_account_group = {
    .id = "sg-ingress-cross-account-group",
    .title = "Rule trusts a group of another account",
    .risk = Risk::Medium,
    .resources = "SecurityGroup",
    .why =
        "Who belongs to the group is decided in the other account: whoever may start a "
        "machine there with that group gets in here. It may be right between accounts of one "
        "owner, which trusted_accounts names.",
    .fix =
        "Find out whose account it is, and name it in trusted_accounts of portolan.yaml if it "
        "is yours. Revoke the rule with aws ec2 revoke-security-group-ingress if it is not.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo};

}  // namespace portolan::checks
