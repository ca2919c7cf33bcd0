#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each_group.h"
#include "checks/expiry.h"
#include "checks/openings.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check sg_rule_expired;

namespace {

constexpr std::string_view kReferences[] = {"VPC User Guide: Security group rules"};

/// Something that somebody wrote, with the moment when it is over.
struct Dated {
  std::string where;  // `the description of a rule`
  std::string text;
  Time end;
  const SecurityGroupRule* rule = nullptr;  // null: it is about the group
};

std::vector<Dated> dated_of(const SecurityGroup& group) {
  std::vector<Dated> dated;
  for (const SecurityGroupRule& rule : group.rules) {
    if (const auto end = expiry_in(rule.description)) {
      dated.push_back({"the description of a rule", rule.description, *end, &rule});
    }
  }
  if (const auto end = expiry_in(group.description)) {
    dated.push_back({"the description of the group", group.description, *end, nullptr});
  }
  for (const Tag& tag : group.owned.tags) {
    if (const auto end = expiry_in(tag)) {
      dated.push_back({"a tag of the group", tag.key + "=" + tag.value, *end, nullptr});
    }
  }
  return dated;
}

Finding finding_of(const SecurityGroup& group, const std::vector<Dated>& over) {
  Finding finding = about(sg_rule_expired.id, group);
  finding.risk = Risk::Medium;
  const SecurityGroupRule* first = nullptr;
  for (const Dated& dated : over) {
    if (dated.rule != nullptr) {
      first = first == nullptr ? dated.rule : first;
      finding.rules.push_back(name_rule(group, *dated.rule));
    }
  }
  finding.message =
      fmt::format("{} says `{}`, which is over{}", over.front().where, printable(over.front().text),
                  over.size() == 1 ? std::string() : fmt::format("; {} more", over.size() - 1));
  finding.fix = first == nullptr
                    ? fmt::format("revoke the rules of {} and delete it", group.id.value)
                    : revocation(finding.rules.front(), first->is_egress);
  return finding;
}

void judge(const Context& context, const SecurityGroup& group, std::vector<Finding>& findings) {
  const std::vector<Dated> dated = dated_of(group);
  if (dated.empty() || group.rules.empty()) {
    return;
  }
  if (!context.config().now) {
    findings.push_back(unknown(about(sg_rule_expired.id, group), Risk::Medium,
                               "the group or a rule is temporary, and whether its time is over is "
                               "not known",
                               {"what time it is was not told: `now` of portolan.yaml"}));
    return;
  }
  std::vector<Dated> over;
  for (const Dated& each : dated) {
    if (each.end <= *context.config().now) {
      over.push_back(each);
    }
  }
  if (!over.empty()) {
    findings.push_back(finding_of(group, over));
  }
}

std::vector<Finding> run(const Context& context) {
  return judge_rules(context, sg_rule_expired, "no rule is past the date that it was meant for",
                     [&](const SecurityGroup& group, std::vector<Finding>& findings) {
                       judge(context, group, findings);
                     });
}

constexpr std::string_view kYieldsTo[] = {"sg-ingress-*"};

}  // namespace

const Check sg_rule_expired = {
    .id = "sg-rule-expired",
    .title = "Temporary rule past its date",
    .risk = Risk::Medium,
    .resources = "SecurityGroup",
    .why =
        "Whoever opened the rule said until when, and nobody came back to close it. The vendor or "
        "the migration that it served is gone, and its addresses may have other owners by now.",
    .fix =
        "Ask whoever is named there whether it is still needed, and give it a new date if so. "
        "Revoke it if not, or if nobody answers.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo};

}  // namespace portolan::checks
