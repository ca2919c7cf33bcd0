#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each_group.h"
#include "checks/tag_patterns.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check sg_untagged;

namespace {

constexpr std::string_view kReferences[] = {"AWS Whitepaper: Best Practices for Tagging"};

std::vector<Finding> run(const Context& context) {
  const std::vector<std::string> required = lowered(context.config().group_tags);
  return judge_groups(
      context, sg_untagged, "the group has the tags that every group should have",
      [&](const SecurityGroup& group, std::vector<Finding>& findings) {
        if (group.is_default()) {
          return;  // nobody made it, so it has no owner
        }
        Finding finding = about(sg_untagged.id, group);
        if (const std::string gap = missing_document(group); !gap.empty()) {
          findings.push_back(unknown(std::move(finding), Risk::Info,
                                     "the tags of the group are not known", {gap}));
          return;
        }
        std::vector<std::string> lacking;
        for (const std::string& pattern : required) {
          if (!matches_tags(group.owned, {&pattern, 1})) {
            lacking.push_back(printable(pattern));
          }
        }
        if (lacking.empty()) {
          return;
        }
        finding.risk = Risk::Info;
        finding.message = group.owned.tags.empty()
                              ? "the group has no tags"
                              : "the group has no tag like " + joined(lacking, ", ");
        finding.fix = fmt::format("aws ec2 create-tags --resources {} --tags Key=owner,Value=TEAM",
                                  group.id.value);
        findings.push_back(std::move(finding));
      });
}

}  // namespace

const Check sg_untagged = {
    .id = "sg-untagged",
    .title = "Group without the tags that name its owner",
    .risk = Risk::Info,
    .resources = "SecurityGroup",
    .why =
        "When a group is open to the wrong people or in the way, its tags tell whom to ask and "
        "what "
        "it guards. Without them each question becomes a search, and the group stays as it is.",
    .fix =
        "Say in portolan.yaml, under group_tags, which tags a group must have; without that any "
        "tag will do. Add them with aws ec2 create-tags.",
    .references = kReferences,
    .run = run,
    .remedy = no_remedy};

}  // namespace portolan::checks
