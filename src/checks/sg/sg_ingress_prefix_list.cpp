#include <algorithm>

#include <fmt/format.h>

#include "checks/check_table.h"
#include "checks/each.h"
#include "checks/exposure.h"
#include "checks/services.h"
#include "checks/world_findings.h"

namespace portolan::checks {

namespace {

constexpr std::string_view kReferences[] = {
    "VPC User Guide: Group CIDR blocks using managed prefix lists"};
// What a list that holds the world opens is told by the checks of what it opens.
constexpr std::string_view kYieldsTo[] = {"sg-ingress-split-world", "sg-ingress-world-*"};

/// Public blocks as wide as these belong to whole providers, not to one owner.
bool is_wide(const IpPrefix& block) {
  return block.length() < (block.family() == IpFamily::V4 ? 24 : 48);
}

/// The entry with the most public addresses for its family.
IpPrefix widest_entry(const PrefixList& list) {
  const auto share = [](const PrefixListEntry& entry) {
    return public_share(IpSet({entry.cidr}), entry.cidr.family());
  };
  return std::max_element(list.entries->begin(), list.entries->end(),
                          [&](const auto& a, const auto& b) { return share(a) < share(b); })
      ->cidr;
}

bool is_benign(const Snapshot& snapshot, const SecurityGroupRule& rule) {
  const PrefixList* list = snapshot.find(std::get<PrefixListId>(rule.peer));
  return list != nullptr && list->is_aws_managed;
}

/// The interfaces on which some public address reaches services of the rule.
Interfaces reached_by(const Context& context, const OpenRule& open) {
  Interfaces reached;
  for (const NetworkInterface* interface : context.estate().interfaces_of(open.group->id)) {
    const bool is_reached = std::any_of(kFamilies.begin(), kFamilies.end(), [&](IpFamily family) {
      return public_share(open.sources, family) > 0 &&
             context.exposure().of(*interface, family).some.overlaps(open.rule->services);
    });
    if (is_reached) {
      reached.push_back(interface);
    }
  }
  return reached;
}

Finding judge_list(const Context& context, const OpenRule& open) {
  const SecurityGroupRule& rule = *open.rule;
  const PrefixList& list = *context.snapshot().find(std::get<PrefixListId>(rule.peer));
  const IpPrefix widest = widest_entry(list);
  const Risk shown = grade_world(rule.services, context.config()).risk;
  const bool is_bad = shown >= Risk::High || (shown >= Risk::Medium && is_wide(widest));
  const Interfaces reached = reached_by(context, open);
  Finding finding = about(sg_ingress_prefix_list.id, *open.group);
  finding.risk = is_bad ? Risk::Medium : Risk::Low;
  finding.rules = {name_rule(*open.group, rule)};
  finding.message = fmt::format("{} is open to {}, which holds public addresses such as {}",
                                services_text(rule.services), list.id.value, widest.text());
  if (reached.empty()) {
    finding.is_latent = true;
    finding.risk = lower(finding.risk);
    finding.message += ", but the internet reaches no interface with the group now";
    finding.affected = affected_ids(context.estate().interfaces_of(open.group->id));
  } else {
    finding.message +=
        fmt::format(", and some of them reach {}", names_of(context.estate(), reached));
    finding.affected = affected_ids(reached);
  }
  finding.fix = fmt::format(
      "take the entries that nobody needs out of {} with aws ec2 "
      "modify-managed-prefix-list",
      list.id.value);
  return finding;
}

std::vector<Finding> run(const Context& context) {
  const std::string_view check = sg_ingress_prefix_list.id;
  return judge_each<SecurityGroup>(
      context, check, "no prefix list lets in public addresses",
      [&](const SecurityGroup& group, std::vector<Finding>& findings) {
        const GroupOpenings& openings = context.openings().of(group);
        for (const OpenRule& open : openings.rules) {
          if (std::holds_alternative<PrefixListId>(open.rule->peer) &&
              !is_benign(context.snapshot(), *open.rule)) {
            findings.push_back(judge_list(context, open));
          }
        }
        for (const SecurityGroupRule* rule : openings.unresolved) {
          findings.push_back(unresolved(
              context, about(check, group), group, *rule,
              std::max(Risk::Medium, grade_world(rule->services, context.config()).risk)));
        }
      });
}

}  // namespace

const Check sg_ingress_prefix_list = {
    .id = "sg-ingress-prefix-list",
    .title = "Source prefix list contains public space or cannot be resolved",
    .risk = Risk::Medium,
    .resources = "SecurityGroup",
    .why =
        "A rule that names a prefix list says nothing by itself: who gets in is in the entries, "
        "which others may edit without touching the group. Entries count like CIDRs; a list "
        "whose entries are missing counts as unknown.",
    .fix =
        "Collect the entries with aws ec2 get-managed-prefix-list-entries. Remove those that "
        "nobody needs with aws ec2 modify-managed-prefix-list.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo};

}  // namespace portolan::checks
