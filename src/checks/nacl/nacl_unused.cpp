#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/missing.h"

namespace portolan::checks {

extern const Check nacl_unused;

namespace {

constexpr std::string_view kReferences[] = {"AWS FSBP: EC2.16",
                                            "AWS Config: vpc-network-acl-unused-check"};

std::vector<Finding> run(const Context& context) {
  auto findings = judge_each<NetworkAcl>(
      context, nacl_unused.id, "a subnet has it, or it is the default one of its VPC",
      [](const NetworkAcl& acl, std::vector<Finding>& found) {
        if (acl.is_default || !acl.subnets.empty()) {
          return;
        }
        Finding finding = about(nacl_unused.id, acl);
        finding.risk = Risk::Info;
        finding.message = fmt::format("no subnet of {} has this NACL", acl.vpc.value);
        finding.fix = fmt::format("aws ec2 delete-network-acl --network-acl-id {}", acl.id.value);
        found.push_back(std::move(finding));
      });
  ask_for<Vpc>(context,
               {.check = nacl_unused.id,
                .noun = Noun::NetworkAcls,
                .risk = Risk::Info,
                .unsaid = "whether it has NACLs that no subnet uses is not known"},
               findings);
  return findings;
}

}  // namespace

const Check nacl_unused = {
    .id = "nacl-unused",
    .title = "NACL without subnet",
    .risk = Risk::Info,
    .resources = "NetworkAcl",
    .why =
        "A network ACL that no subnet has filters nothing, but reads as if it did, and may be "
        "put to use later by somebody who does not know how old its entries are.",
    .fix =
        "See by its tags whether a subnet was meant to have it, and give it to that one. Delete it "
        "otherwise, with aws ec2 delete-network-acl.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
