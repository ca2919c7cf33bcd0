#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/group_rules.h"
#include "checks/openings.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check sg_egress_mismatch_listener;

namespace {

constexpr std::string_view kReferences[] = {"VPC User Guide: Security group rules"};
constexpr std::string_view kYieldsTo[] = {"sg-rule-suspicious-cidr"};

constexpr std::size_t kNamesMax = 3;

/// What groups let in by themselves, and what their members do by all their groups.
class Listeners {
 public:
  explicit Listeners(const Context& context) : context_(context) {}

  /// True if `group`, or another group of a member, lets in some of the services.
  [[nodiscard]] bool any_listens(const SecurityGroup& group, const ServiceSet& services) {
    if (own(group.id).overlaps(services)) {
      return true;
    }
    return by_members(group).overlaps(services);
  }

 private:
  const ServiceSet& own(const SecurityGroupId& id) {
    const auto [entry, is_new] = own_.try_emplace(id);
    const SecurityGroup* group = is_new ? context_.snapshot().find(id) : nullptr;
    if (group != nullptr) {
      for (const SecurityGroupRule& rule : group->rules) {
        if (!rule.is_egress) {
          entry->second = entry->second.united(rule.services);
        }
      }
    }
    return entry->second;
  }

  const ServiceSet& by_members(const SecurityGroup& group) {
    const auto [entry, is_new] = by_members_.try_emplace(group.id);
    if (is_new) {
      for (const NetworkInterface* member : context_.estate().interfaces_of(group.id)) {
        for (const SecurityGroupId& id : member->groups) {
          entry->second = entry->second.united(own(id));
        }
      }
    }
    return entry->second;
  }

  const Context& context_;
  std::unordered_map<SecurityGroupId, ServiceSet> own_;
  std::unordered_map<SecurityGroupId, ServiceSet> by_members_;
};

/// The outbound rules of one group that lead nowhere, and those of which nobody can say.
struct Dead {
  std::vector<const SecurityGroupRule*> rules;
  std::vector<FindingRule> unknown;
  std::string gap;
};

Dead dead_rules(const Context& context, const SecurityGroup& group, Listeners& listeners) {
  Dead dead;
  for (const SecurityGroupRule& rule : group.rules) {
    const auto* reference = std::get_if<GroupReference>(&rule.peer);
    if (!rule.is_egress || reference == nullptr) {
      continue;
    }
    const SecurityGroup* target = context.snapshot().find(reference->group);
    const std::string unread =
        target == nullptr ? std::string() : unread_rule(context.snapshot(), *target);
    if (target != nullptr && listeners.any_listens(*target, rule.services)) {
      continue;
    }
    if (target == nullptr || !unread.empty()) {
      dead.unknown.push_back(name_rule(group, rule));
      dead.gap = target == nullptr ? fmt::format("{} was not collected: {}", reference->group.value,
                                                 call_of(Noun::SecurityGroups))
                                   : unread;
    } else {
      dead.rules.push_back(&rule);
    }
  }
  return dead;
}

void judge_group(const Context& context, const SecurityGroup& group, Listeners& listeners,
                 std::vector<Finding>& findings) {
  const Dead dead = dead_rules(context, group, listeners);
  if (!dead.rules.empty()) {
    Finding finding = about(sg_egress_mismatch_listener.id, group);
    std::vector<std::string> names;
    for (const SecurityGroupRule* rule : dead.rules) {
      finding.rules.push_back(name_rule(group, *rule));
      if (names.size() < kNamesMax) {
        names.push_back(
            fmt::format("{} to {}", services_text(rule->services), peer_text(rule->peer)));
      }
    }
    finding.risk = Risk::Info;
    finding.message =
        fmt::format("{} outbound rule{} to a group that lets none of it in: {}", dead.rules.size(),
                    dead.rules.size() == 1 ? " leads" : "s lead", joined(names, ", "));
    finding.fix = revocation(finding.rules.front(), true);
    findings.push_back(std::move(finding));
  }
  if (!dead.unknown.empty()) {
    Finding finding = about(sg_egress_mismatch_listener.id, group);
    finding.rules = dead.unknown;
    findings.push_back(unknown(std::move(finding), Risk::Info,
                               "whether the groups that it names let anything in is not known",
                               {dead.gap}));
  }
}

std::vector<Finding> run(const Context& context) {
  Listeners listeners(context);
  return judge_groups(context, sg_egress_mismatch_listener.id,
                      "every group that an outbound rule names lets some of it in",
                      [&](const SecurityGroup& group, std::vector<Finding>& findings) {
                        judge_group(context, group, listeners, findings);
                      });
}

}  // namespace

const Check sg_egress_mismatch_listener = {
    .id = "sg-egress-mismatch-listener",
    .title = "Outbound rule leads to a group that lets none of it in",
    .risk = Risk::Info,
    .resources = "SecurityGroup",
    .why =
        "The two ends of a connection disagree: either the port moved and this rule was "
        "forgotten, or the other side was never opened. Such rules hide what a group really "
        "needs.",
    .fix =
        "Ask what the rule was for; if it is in use, the other group lacks a rule. Revoke the "
        "rule with aws ec2 revoke-security-group-egress if it is not.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo};

}  // namespace portolan::checks
