#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each_group.h"
#include "checks/openings.h"

namespace portolan::checks {

extern const Check sg_too_many_rules;

namespace {

constexpr std::string_view kReferences[] = {"VPC User Guide: Amazon VPC quotas"};

constexpr std::size_t kMany = 50;  // in one direction

/// The rules of one direction, a list counted by its entries: what whoever reads the group has to
/// know. AWS keeps its own lists, so one of these is one thing to know.
struct Count {
  std::size_t rules = 0;
  std::vector<const SecurityGroupRule*> named;
  std::vector<std::string> gaps;
};

Count count_rules(const Snapshot& snapshot, const SecurityGroup& group, bool is_egress) {
  Count count;
  for (const SecurityGroupRule& rule : group.rules) {
    if (rule.is_egress != is_egress) {
      continue;
    }
    count.named.push_back(&rule);
    const auto* id = std::get_if<PrefixListId>(&rule.peer);
    const PrefixList* list = id == nullptr ? nullptr : snapshot.find(*id);
    const bool is_counted = list != nullptr && !list->is_aws_managed && list->entries;
    count.rules += is_counted ? list->entries->size() : 1;
    if (!peer_blocks(snapshot, rule.peer)) {
      count.gaps.push_back(missing_entries(rule));
    }
  }
  return count;
}

void judge(const Context& context, const SecurityGroup& group, std::vector<Finding>& findings) {
  Finding finding = about(sg_too_many_rules.id, group);
  finding.risk = Risk::Low;
  std::vector<std::string> gaps;
  std::vector<std::string> counts;
  for (const bool is_egress : {false, true}) {
    const Count count = count_rules(context.snapshot(), group, is_egress);
    gaps.insert(gaps.end(), count.gaps.begin(), count.gaps.end());
    if (count.rules <= kMany) {
      continue;
    }
    counts.push_back(fmt::format("{}{} {} rules", count.gaps.empty() ? "" : "at least ",
                                 count.rules, is_egress ? "outbound" : "inbound"));
    for (const SecurityGroupRule* rule : count.named) {
      finding.rules.push_back(name_rule(group, *rule));
    }
  }
  if (!counts.empty()) {
    finding.message =
        fmt::format("the group has {}, lists counted by their entries", fmt::join(counts, " and "));
    finding.fix =
        "join neighbouring ranges, and name groups where addresses stand for their members";
    findings.push_back(std::move(finding));
  } else if (!gaps.empty()) {
    findings.push_back(
        unknown(std::move(finding), Risk::Low, "how many rules the group has is not known", gaps));
  }
}

std::vector<Finding> run(const Context& context) {
  return judge_rules(context, sg_too_many_rules, "the group has at most 50 rules a direction",
                     [&](const SecurityGroup& group, std::vector<Finding>& findings) {
                       judge(context, group, findings);
                     });
}

}  // namespace

const Check sg_too_many_rules = {
    .id = "sg-too-many-rules",
    .title = "Group has very many rules",
    .risk = Risk::Low,
    .resources = "SecurityGroup",
    .why =
        "Nobody reads fifty rules before adding the next one, so wide ones hide among them and old "
        "ones stay. It is also near the most that AWS lets a group have.",
    .fix =
        "Name groups instead of addresses, and keep addresses that several rules repeat in a "
        "prefix list. Remove the rules that others cover (check sg-rule-shadowed).",
    .references = kReferences,
    .run = run,
    .remedy = no_remedy};

}  // namespace portolan::checks
