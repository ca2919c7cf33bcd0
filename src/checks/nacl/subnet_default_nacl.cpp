#include <fmt/format.h>

#include "checks/acl_order.h"
#include "checks/check.h"
#include "checks/finding_text.h"

namespace portolan::checks {

extern const Check subnet_default_nacl;

namespace {

constexpr std::string_view kReferences[] = {"VPC User Guide: Default network ACL"};

/// One finding for the NACL, not one for each of its subnets: there is one thing to mend.
void judge(const NetworkAcl& acl, std::vector<Finding>& findings) {
  if (acl.subnets.empty() || !is_as_made(acl)) {
    return;
  }
  Finding finding = about(subnet_default_nacl.id, acl);
  finding.risk = Risk::Info;
  for (const NetworkAclEntry& entry : acl.entries) {
    if (entry.allows) {
      finding.rules.push_back(name_entry(acl, entry));
    }
  }
  for (const SubnetId& subnet : acl.subnets) {
    finding.affected.push_back(subnet.value);
  }
  finding.message = fmt::format(
      "{}{} of {} {} the default NACL, which lets everything in and out", acl.subnets[0].value,
      acl.subnets.size() == 1 ? "" : fmt::format(" and {} more", acl.subnets.size() - 1),
      acl.vpc.value, acl.subnets.size() == 1 ? "has" : "have");
  finding.fix = fmt::format(
      "aws ec2 create-network-acl --vpc-id {}, add entries, then give it to the "
      "subnets with replace-network-acl-association",
      acl.vpc.value);
  findings.push_back(std::move(finding));
}

std::vector<Finding> run(const Context& context) {
  return judge_acls(context,
                    {.check = subnet_default_nacl.id,
                     .risk = Risk::Info,
                     .praise = "no subnet relies on a default NACL as AWS made it",
                     .unsaid = "whether its subnets rely on the default NACL is not known"},
                    judge);
}

}  // namespace

const Check subnet_default_nacl = {
    .id = "subnet-default-nacl",
    .title = "Subnet relies on the default NACL",
    .risk = Risk::Info,
    .resources = "NetworkAcl",
    .why =
        "A subnet that nobody gave a network ACL has the default one of its VPC, which lets "
        "everything in and out. Security groups alone decide there, so one mistake in a group "
        "has nothing behind it.",
    .fix =
        "Decide what may cross the border of each tier. Replace the default NACL of its subnets "
        "by one of their own with aws ec2 replace-network-acl-association.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
