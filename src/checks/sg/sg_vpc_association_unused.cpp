#include <algorithm>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each_group.h"
#include "checks/estate.h"

namespace portolan::checks {

extern const Check sg_vpc_association_unused;

namespace {

constexpr std::string_view kReferences[] = {
    "VPC User Guide: Associate security groups with multiple VPCs"};

/// What is missing to say that nothing in the VPC has the group; empty if nothing is.
std::string missing_interfaces(const Snapshot& snapshot, const SecurityGroup& group,
                               const VpcId& id) {
  const Vpc* vpc = snapshot.find(id);
  if (vpc == nullptr) {
    return fmt::format("{} was not collected: {}", id.value, call_of(Noun::Vpcs));
  }
  // The VPC may be shared: its interfaces are those of its owner and those of the group's.
  std::string gap = missing(snapshot, Noun::NetworkInterfaces, "interfaces", vpc->owned);
  return gap.empty() ? missing(snapshot, Noun::NetworkInterfaces, "interfaces", group.owned) : gap;
}

class Judge {
 public:
  Judge(const Context& context, const SecurityGroup& group) : context_(context), group_(group) {
    for (const SecurityGroupVpcAssociation& association : group.associations) {
      if (association.state == "associated" && association.vpc != group.vpc) {
        sort_in(association.vpc);
      }
    }
  }

  void tell(std::vector<Finding>& findings) const {
    Finding finding = about(sg_vpc_association_unused.id, group_);
    finding.risk = Risk::Info;
    if (!unused_.empty()) {
      finding.message = fmt::format("no interface in {} has the group, which is associated with {}",
                                    fmt::join(unused_, ", "), unused_.size() == 1 ? "it" : "them");
      finding.affected = unused_;
      finding.gaps = gaps_;
      finding.fix = fmt::format("aws ec2 disassociate-security-group-vpc --group-id {} --vpc-id {}",
                                group_.id.value, unused_.front());
      findings.push_back(std::move(finding));
    } else if (!gaps_.empty()) {
      findings.push_back(unknown(std::move(finding), Risk::Info,
                                 "whether the group is used in each VPC that it is associated with "
                                 "is not known",
                                 gaps_));
    }
  }

 private:
  void sort_in(const VpcId& vpc) {
    const Interfaces& members = context_.estate().interfaces_of(group_.id);
    if (std::any_of(members.begin(), members.end(),
                    [&](const NetworkInterface* member) { return member->vpc == vpc; })) {
      return;
    }
    if (std::string gap = missing_interfaces(context_.snapshot(), group_, vpc); !gap.empty()) {
      gaps_.push_back(std::move(gap));
    } else {
      unused_.push_back(vpc.value);
    }
  }

  const Context& context_;
  const SecurityGroup& group_;
  std::vector<std::string> unused_;
  std::vector<std::string> gaps_;
};

std::vector<Finding> run(const Context& context) {
  return judge_groups(
      context, sg_vpc_association_unused, "the group is used in each VPC it is associated with",
      [&](const SecurityGroup& group, std::vector<Finding>& findings) {
        if (group.is_default()) {
          return;  // AWS associates no default group
        }
        const std::string gap = missing(context.snapshot(), Noun::SecurityGroupVpcAssociations,
                                        "VPC associations of groups", group.owned);
        if (group.associations.empty() && !gap.empty()) {
          findings.push_back(unknown(about(sg_vpc_association_unused.id, group), Risk::Info,
                                     "the VPCs that the group is associated with are not known",
                                     {gap}));
          return;
        }
        Judge(context, group).tell(findings);
      });
}

}  // namespace

const Check sg_vpc_association_unused = {
    .id = "sg-vpc-association-unused",
    .title = "Group associated with a VPC in which nothing uses it",
    .risk = Risk::Info,
    .resources = "SecurityGroup",
    .why =
        "Whoever launches something in the other VPC can choose the group and gets all that its "
        "rules open, which were written for another network. Nobody looks for that there.",
    .fix =
        "Ask the owners of the VPC whether a launch template is to use the group. Remove the "
        "association with aws ec2 disassociate-security-group-vpc.",
    .references = kReferences,
    .run = run,
    .remedy = no_remedy};

}  // namespace portolan::checks
