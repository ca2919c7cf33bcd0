#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/missing.h"
#include "checks/tag_patterns.h"

namespace portolan::checks {

extern const Check igw_unauthorized_vpc;

namespace {

constexpr std::string_view kReferences[] = {"AWS Config: internet-gateway-authorized-vpc-only"};

class Run {
 public:
  explicit Run(const Context& context)
      : context_(context),
        allowed_(lowered(context.config().internet_vpc_tags)),
        private_(lowered(context.config().private_tags)) {}

  void judge(const InternetGateway& gateway, std::vector<Finding>& findings) const {
    for (const VpcId& id : gateway.vpcs) {
      Finding finding = about(igw_unauthorized_vpc.id, gateway);
      const Vpc* vpc = context_.snapshot().find(id);
      if (vpc == nullptr) {
        const std::string gap =
            fmt::format("{} was not collected: {}", id.value, call_of(Noun::Vpcs));
        findings.push_back(unknown(std::move(finding), Risk::Medium,
                                   "whether its VPC may have an internet gateway is not known",
                                   {gap}));
      } else if (const std::string reason = objection(*vpc); !reason.empty()) {
        finding.risk = Risk::Medium;
        finding.affected = {id.value};
        finding.message = fmt::format("the gateway is attached to {}, {}", id.value, reason);
        finding.fix =
            fmt::format("aws ec2 detach-internet-gateway --internet-gateway-id {} --vpc-id {}",
                        gateway.id.value, id.value);
        findings.push_back(std::move(finding));
      }
    }
  }

 private:
  /// Why the VPC may have no gateway; empty if it may.
  [[nodiscard]] std::string objection(const Vpc& vpc) const {
    if (allowed_.empty()) {
      return matches_tags(vpc.owned, private_) ? "which says by its tags that it is private" : "";
    }
    return matches_tags(vpc.owned, allowed_) ? "" : "which is none of internet_vpc_tags";
  }

  const Context& context_;
  std::vector<std::string> allowed_;
  std::vector<std::string> private_;
};

std::vector<Finding> run(const Context& context) {
  const Run run(context);
  auto findings = judge_each<InternetGateway>(
      context, igw_unauthorized_vpc.id, "its VPC may have an internet gateway",
      [&](const InternetGateway& gateway, std::vector<Finding>& found) {
        run.judge(gateway, found);
      });
  ask_for<Vpc>(context,
               {.check = igw_unauthorized_vpc.id,
                .noun = Noun::InternetGateways,
                .risk = Risk::Medium,
                .unsaid = "whether it has an internet gateway is not known"},
               findings);
  return findings;
}

}  // namespace

const Check igw_unauthorized_vpc = {
    .id = "igw-unauthorized-vpc",
    .title = "Internet gateway on a VPC not approved for it",
    .risk = Risk::Medium,
    .resources = "InternetGateway",
    .why =
        "A VPC without an internet gateway cannot be reached from the internet, whatever its "
        "groups and routes say. Attaching one takes that away with a single call, so only VPCs "
        "that serve the internet should have one.",
    .fix =
        "Name the VPCs that serve the internet in portolan.yaml (internet_vpc_tags). Remove the "
        "gateway from any other with aws ec2 detach-internet-gateway.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
