#include <algorithm>

#include <fmt/format.h>

#include "checks/callers.h"
#include "checks/check.h"
#include "checks/each_group.h"
#include "checks/exposure.h"
#include "checks/services.h"
#include "checks/world_findings.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check default_sg_has_rules;

namespace {

constexpr std::string_view kReferences[] = {"CIS AWS 1.5: 5.4", "CIS AWS 3.0: 5.4",
                                            "CIS AWS 5.0: 5.5", "CIS AWS 7.0: 6.5",
                                            "AWS FSBP: EC2.2"};

constexpr std::size_t kCallersMax = 50;

/// What the rules of one group really let in.
class Judge {
 public:
  Judge(const Context& context, const SecurityGroup& group)
      : context_(context), group_(group), members_(context.estate().interfaces_of(group.id)) {}

  Finding finding() {
    finding_ = about(default_sg_has_rules.id, group_);
    finding_.risk = Risk::Medium;
    finding_.affected = affected_ids(members_);
    for (const SecurityGroupRule& rule : group_.rules) {
      finding_.rules.push_back(name_rule(group_, rule));
    }
    finding_.fix = fmt::format(
        "give each interface a group of its own, then revoke all rules of {}", group_.id.value);
    finding_.message = fmt::format("the default group of {} has {}", group_.vpc.value, counts());
    if (members_.empty()) {
      finding_.is_latent = true;
      finding_.risk = lower(finding_.risk);
      finding_.message += "; no interface has it, so what is launched without a group gets them";
      return std::move(finding_);
    }
    for (const SecurityGroupRule& rule : group_.rules) {
      if (!rule.is_egress) {
        judge_rule(rule);
      }
    }
    finding_.message += fmt::format("; {} {} it, and {}", names_of(context_.estate(), members_),
                                    members_.size() == 1 ? "has" : "have", who());
    return std::move(finding_);
  }

 private:
  [[nodiscard]] std::string counts() const {
    const auto egress = std::count_if(group_.rules.begin(), group_.rules.end(),
                                      [](const auto& rule) { return rule.is_egress; });
    const auto ingress = static_cast<std::ptrdiff_t>(group_.rules.size()) - egress;
    return fmt::format("{} inbound and {} outbound rule{}", ingress, egress,
                       egress == 1 ? "" : "s");
  }

  void judge_rule(const SecurityGroupRule& rule) {
    if (!peer_blocks(context_.snapshot(), rule.peer)) {
      finding_.gaps.push_back(missing_entries(rule));
      return;
    }
    judge_internet(rule);
    const Callers callers = find_callers(context_, {.peer = &rule.peer,
                                                    .to = &members_,
                                                    .services = rule.services,
                                                    .counts = {},
                                                    .wanted = kCallersMax});
    if (!callers.gap.empty()) {
      finding_.gaps.push_back(callers.gap);
    }
    if (callers.interfaces.empty()) {
      return;
    }
    const auto* reference = std::get_if<GroupReference>(&rule.peer);
    const bool is_own = reference != nullptr && reference->group == group_.id;
    const std::string names = names_of(context_.estate(), callers.interfaces);
    who_.push_back(is_own ? fmt::format("its own members get in to one another ({}, {})", names,
                                        services_text(rule.services))
                          : fmt::format("{} of {} get{} in ({})", names, peer_text(rule.peer),
                                        callers.interfaces.size() == 1 ? "s" : "",
                                        services_text(rule.services)));
    keep_witness(*callers.way);
  }

  void judge_internet(const SecurityGroupRule& rule) {
    for (const OpenRule& open : context_.openings().of(group_).rules) {
      if (open.rule != &rule) {
        continue;
      }
      for (const NetworkInterface* member : members_) {
        for (const IpFamily family : kFamilies) {
          const ServiceSet services =
              context_.exposure().of(*member, family).some.intersected(rule.services);
          if (public_share(open.sources, family) > 0 && !services.empty()) {
            who_.push_back(fmt::format("the internet gets in to {} ({})",
                                       title_of(context_.estate(), *member),
                                       services_text(services)));
            keep_witness(*context_.exposure().way(Flow::Inbound, *member, family, services));
            return;
          }
        }
      }
    }
  }

  void keep_witness(const reach::Answer& way) {
    if (finding_.witness.empty()) {
      finding_.witness = witness_of(way);
    }
  }

  [[nodiscard]] std::string who() const {
    if (!who_.empty()) {
      return joined(who_, "; ");
    }
    return finding_.gaps.empty() ? std::string("nobody of the snapshot gets in by its rules now")
                                 : "whether anybody gets in is not known: " + finding_.gaps.front();
  }

  const Context& context_;
  const SecurityGroup& group_;
  const Interfaces& members_;
  Finding finding_;
  std::vector<std::string> who_;
};

std::vector<Finding> run(const Context& context) {
  return judge_default_groups(context, default_sg_has_rules, "whether its default group has rules",
                              [&](const SecurityGroup& group) {
                                return group.rules.empty()
                                           ? passed(about(default_sg_has_rules.id, group),
                                                    "the default group has no rules")
                                           : Judge(context, group).finding();
                              });
}

}  // namespace

const Check default_sg_has_rules = {
    .id = "default-sg-has-rules",
    .title = "Default group allows traffic",
    .risk = Risk::Medium,
    .resources = "SecurityGroup, Vpc",
    .why =
        "Whatever is launched without a group gets the default one. As AWS makes it, its members "
        "reach one another on every port and everything outside: machines of different tiers "
        "and owners end up in one room.",
    .fix =
        "Give every interface a group made for its role. Revoke all rules of the default group; "
        "it cannot be deleted.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
