#include <fmt/format.h>

#include "checks/check.h"
#include "checks/finding_text.h"
#include "checks/group_uses.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check sg_dormant;

namespace {

constexpr std::string_view kReferences[] = {"VPC User Guide: Security groups"};

std::vector<Finding> run(const Context& context) {
  std::vector<Finding> findings;
  for (const SecurityGroup& group : context.snapshot().all<SecurityGroup>()) {
    const GroupUse& use = context.group_uses().of(group);
    Finding finding = about(sg_dormant.id, group);
    if (group.is_default()) {
      continue;
    }
    if (use.use == Use::Unknown) {
      findings.push_back(unknown(
          std::move(finding), Risk::Info,
          fmt::format("whether an interface has the group is not known: {}", use.gap), {use.gap}));
    } else if (use.use == Use::Configured) {
      finding.risk = Risk::Info;
      finding.is_latent = true;
      finding.message = fmt::format("no interface has the group now, but {} names it",
                                    joined(use.evidence, ", "));
      finding.fix =
          "keep it if that configuration is still wanted, else remove the configuration "
          "and delete the group";
      findings.push_back(std::move(finding));
    } else {
      findings.push_back(passed(std::move(finding), "no configuration keeps it for later"));
    }
  }
  return findings;
}

}  // namespace

const Check sg_dormant = {
    .id = "sg-dormant",
    .title = "Group is configured somewhere but attached to nothing now",
    .risk = Risk::Info,
    .resources = "SecurityGroup",
    .why =
        "A launch template, function, service or task will attach the group when it runs next: "
        "it is not unused, and its rules deserve the same care as those in force.",
    .fix =
        "Keep the group if that configuration is still wanted. Remove the configuration, and then "
        "the group, if it is not.",
    .references = kReferences,
    .run = run,
    .remedy = no_remedy};

}  // namespace portolan::checks
