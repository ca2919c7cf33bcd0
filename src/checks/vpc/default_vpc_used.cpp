#include <unordered_map>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/estate.h"
#include "checks/missing.h"

namespace portolan::checks {

extern const Check default_vpc_used;

namespace {

constexpr std::string_view kReferences[] = {"Checkov: CKV_AWS_148", "Trivy: AWS-0101"};

std::vector<Finding> run(const Context& context) {
  std::unordered_map<VpcId, Interfaces> by_vpc;
  for (const NetworkInterface& interface : context.snapshot().all<NetworkInterface>()) {
    by_vpc[interface.vpc].push_back(&interface);
  }
  const Need need{.check = default_vpc_used.id,
                  .noun = Noun::NetworkInterfaces,
                  .risk = Risk::Medium,
                  .unsaid = "whether anything runs in the default VPC is not known"};
  return judge_each<Vpc>(
      context, default_vpc_used.id, "not a default VPC",
      [&](const Vpc& vpc, std::vector<Finding>& findings) {
        if (!vpc.is_default) {
          return;
        }
        Finding finding = about(default_vpc_used.id, vpc);
        const Interfaces& interfaces = by_vpc[vpc.id];
        if (interfaces.empty() && is_missing(context, need.noun, vpc.owned)) {
          findings.push_back(unread(std::move(finding), need));
          return;
        }
        finding.risk = interfaces.empty() ? Risk::Info : Risk::Medium;
        finding.affected = affected_ids(interfaces);
        finding.message =
            interfaces.empty()
                ? std::string("the default VPC is there, and nothing runs in it")
                : fmt::format("{} {} in the default VPC", names_of(context.estate(), interfaces),
                              interfaces.size() == 1 ? "runs" : "run");
        finding.fix = interfaces.empty()
                          ? fmt::format(
                                "delete its subnets and its internet gateway, then: aws ec2 "
                                "delete-vpc --vpc-id {}",
                                vpc.id.value)
                          : std::string("launch its workloads anew in a VPC made for them");
        findings.push_back(std::move(finding));
      });
}

}  // namespace

const Check default_vpc_used = {
    .id = "default-vpc-used",
    .title = "Default VPC exists or hosts workloads",
    .risk = Risk::Medium,
    .resources = "Vpc",
    .why =
        "In the default VPC every subnet is public and gives each instance a public address, and "
        "its default group and NACL are whatever they are. What is launched without a thought "
        "lands there, one rule away from the internet.",
    .fix =
        "Move what runs there to a VPC made for it; aws ec2 create-default-vpc brings the default "
        "one back if need be. Delete the default VPC with aws ec2 delete-vpc.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
