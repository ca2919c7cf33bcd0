#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each_group.h"

namespace portolan::checks {

extern const Check sg_in_default_vpc;

namespace {

constexpr std::string_view kReferences[] = {"VPC User Guide: Default VPCs"};

std::vector<Finding> run(const Context& context) {
  return judge_groups(
      context, sg_in_default_vpc, "the group is in a VPC that somebody made",
      [&](const SecurityGroup& group, std::vector<Finding>& findings) {
        // The group that comes with the VPC is there whether somebody uses the VPC or not.
        if (group.is_default()) {
          return;
        }
        Finding finding = about(sg_in_default_vpc.id, group);
        const Vpc* vpc = context.snapshot().find(group.vpc);
        if (vpc == nullptr) {
          const std::string gap =
              group.vpc.empty()
                  ? missing_document(group)
                  : fmt::format("{} was not collected: {}", group.vpc.value, call_of(Noun::Vpcs));
          findings.push_back(unknown(std::move(finding), Risk::Info,
                                     "whether its VPC is a default one is not known", {gap}));
        } else if (vpc->is_default) {
          finding.risk = Risk::Info;
          finding.message = fmt::format("the group is in {}, the default VPC", vpc->id.value);
          finding.fix = "move what uses it to a VPC of its own, with private subnets";
          findings.push_back(std::move(finding));
        }
      });
}

}  // namespace

const Check sg_in_default_vpc = {
    .id = "sg-in-default-vpc",
    .title = "Group lives in the default VPC",
    .risk = Risk::Info,
    .resources = "SecurityGroup",
    .why =
        "Every subnet of a default VPC is public and gives addresses of the internet to what is "
        "launched there, so the group is all that stands between its members and the world.",
    .fix =
        "Make a VPC with private subnets and move the members of the group there. Delete the group "
        "and, once nothing is left in it, the default VPC.",
    .references = kReferences,
    .run = run,
    .remedy = no_remedy};

}  // namespace portolan::checks
