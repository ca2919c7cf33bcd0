#include <fmt/format.h>

#include "checks/check.h"
#include "checks/finding_text.h"
#include "checks/group_uses.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check sg_dormant;

namespace {

constexpr std::string_view kReferences[] = {"VPC User Guide: Security groups"};

/// Why a group is not dormant.
std::string_view words_of(Use use) {
  switch (use) {
    case Use::Attached:
      return "not dormant: an interface has it";
    case Use::Referenced:
      return "not dormant: only rules of other groups name it (sg-referenced-only)";
    case Use::Orphan:
      return "not dormant: nothing that is in use names it (sg-orphan)";
    case Use::Configured:
    case Use::Unknown:
      return "";
  }
  return "";
}

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
          fmt::format("whether the group is dormant is not known: {}", use.gap), {use.gap}));
    } else if (use.use == Use::Configured) {
      finding.risk = Risk::Info;
      finding.is_latent = true;
      finding.message =
          fmt::format("dormant: no interface of any state has the group, but {} names it",
                      joined(use.evidence, ", "));
      finding.fix =
          "keep it if that configuration is still wanted, else remove the configuration "
          "and delete the group";
      findings.push_back(std::move(finding));
    } else {
      findings.push_back(passed(std::move(finding), words_of(use.use)));
    }
  }
  return findings;
}

}  // namespace

const Check sg_dormant = {
    .id = "sg-dormant",
    .title = "Group that no interface has, but a configuration names",
    .risk = Risk::Info,
    .resources = "SecurityGroup",
    .why =
        "No interface of any state has the group, but a document other than rules of groups names "
        "it: a launch template, function, service, database. What is configured so may attach it "
        "at any time: it is dormant, not unused, and its rules deserve the same care as those in "
        "force. Groups that rules alone name are for sg-referenced-only, the rest for sg-orphan.",
    .fix =
        "Keep the group if that configuration is still wanted. Remove the configuration, and then "
        "the group, if it is not.",
    .references = kReferences,
    .run = run,
    .remedy = no_remedy};

}  // namespace portolan::checks
