#include <algorithm>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/public_sources.h"
#include "checks/services.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_prefix_list;

namespace {

constexpr std::string_view kReferences[] = {
    "VPC User Guide: Group CIDR blocks using managed prefix lists"};
// What a list that holds the world opens is told by the checks of what it opens.
constexpr std::string_view kYieldsTo[] = {"sg-ingress-split-world", "sg-ingress-world-*"};

bool is_benign(const Snapshot& snapshot, const SecurityGroupRule& rule) {
  const PrefixList* list = snapshot.find(std::get<PrefixListId>(rule.peer));
  return list != nullptr && list->is_aws_managed;
}

Finding judge_list(const Context& context, const OpenRule& open) {
  const std::string list = peer_text(open.rule->peer);
  const IpPrefix widest =
      widest_of(peer_blocks(context.snapshot(), open.rule->peer).value_or(std::vector<IpPrefix>{}));
  Finding finding =
      judge_public(context, about(sg_ingress_prefix_list.id, *open.group), open, widest,
                   fmt::format("{}, which holds public addresses such as {}", list, widest.text()));
  finding.fix = fmt::format(
      "take the entries that nobody needs out of {} with aws ec2 "
      "modify-managed-prefix-list",
      list);
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
