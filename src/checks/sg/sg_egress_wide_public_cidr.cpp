#include <fmt/format.h>

#include "checks/check.h"
#include "checks/group_rules.h"
#include "checks/openings.h"
#include "checks/public_sources.h"
#include "checks/services.h"
#include "checks/world.h"

namespace portolan::checks {

extern const Check sg_egress_wide_public_cidr;

namespace {

constexpr std::string_view kReferences[] = {"MITRE ATT&CK: TA0010 Exfiltration"};
constexpr std::string_view kYieldsTo[] = {"data-tier-internet-egress", "sg-rule-suspicious-cidr"};

/// The widest public block of strangers that the rule names, short of the world.
std::optional<IpPrefix> wide_block(const Context& context, const std::vector<IpPrefix>& blocks) {
  const IpSet all(blocks);
  for (const IpFamily family : kFamilies) {
    if (is_world(all, family)) {
      return std::nullopt;
    }
  }
  const auto widest = widest_strange(context, blocks);
  return widest && is_wide(*widest) ? widest : std::nullopt;
}

bool is_of_aws(const Snapshot& snapshot, const RulePeer& peer) {
  const auto* id = std::get_if<PrefixListId>(&peer);
  const PrefixList* list = id == nullptr ? nullptr : snapshot.find(*id);
  return list != nullptr && list->is_aws_managed;
}

void judge_rule(const Context& context, const SecurityGroup& group, const SecurityGroupRule& rule,
                std::vector<Finding>& findings) {
  const Interfaces& members = context.estate().interfaces_of(group.id);
  const auto blocks = peer_blocks(context.snapshot(), rule.peer);
  Finding finding = about(sg_egress_wide_public_cidr.id, group);
  finding.rules = {name_rule(group, rule)};
  finding.affected = affected_ids(members);
  if (!blocks) {
    const std::string gap = missing_entries(rule);
    findings.push_back(unknown(std::move(finding), Risk::Low,
                               fmt::format("where {} leads is not known", peer_text(rule.peer)),
                               {gap}));
    return;
  }
  const auto widest = wide_block(context, *blocks);
  if (!widest || is_of_aws(context.snapshot(), rule.peer)) {
    return;
  }
  const std::string gap = members.empty() ? missing_interfaces(context.snapshot(), group) : "";
  finding.is_latent = members.empty() && gap.empty();
  finding.risk = finding.is_latent ? lower(Risk::Low) : Risk::Low;
  finding.message = fmt::format("{} is allowed to {}, more public addresses than one owner has{}",
                                services_text(rule.services), widest->text(),
                                finding.is_latent ? ", but no interface has the group" : "");
  if (!gap.empty()) {
    finding.gaps = {gap};
  }
  finding.fix = fmt::format("name {} in known_networks of portolan.yaml if it is meant, or {}",
                            widest->text(), revocation(finding.rules.front(), true));
  findings.push_back(std::move(finding));
}

std::vector<Finding> run(const Context& context) {
  return judge_groups(context, sg_egress_wide_public_cidr.id,
                      "no outbound rule names a large public range",
                      [&](const SecurityGroup& group, std::vector<Finding>& findings) {
                        for (const SecurityGroupRule& rule : group.rules) {
                          if (rule.is_egress && !rule.services.empty()) {
                            judge_rule(context, group, rule, findings);
                          }
                        }
                      });
}

}  // namespace

const Check sg_egress_wide_public_cidr = {
    .id = "sg-egress-wide-public-cidr",
    .title = "Outbound to a very large public range",
    .risk = Risk::Low,
    .resources = "SecurityGroup",
    .why =
        "A range of more than 256 public addresses belongs to a provider who rents them to "
        "anybody, so stolen data finds a host in it. Rules like that look restricted, and are "
        "not.",
    .fix =
        "Find out which addresses are in use, and name ranges that you mean in known_networks "
        "of portolan.yaml. Narrow the rule to the addresses in use, or revoke it.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo,
    .remedy = narrow_egress};

}  // namespace portolan::checks
