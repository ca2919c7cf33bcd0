#include <fmt/format.h>

#include "checks/balancers.h"
#include "checks/check.h"
#include "checks/missing.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check elb_group_missing;

namespace {

constexpr std::string_view kReferences[] = {"AWS Trusted Advisor: xSqX82fQu",
                                            "ELB guides: Security groups for your load balancer"};

void judge(const Context& context, const LoadBalancer& balancer, std::vector<Finding>& findings) {
  std::vector<SecurityGroupId> there;
  std::vector<std::string> missing;
  for (const SecurityGroupId& group : balancer.groups) {
    if (context.snapshot().find(group) == nullptr) {
      missing.push_back(group.value);
    } else {
      there.push_back(group);
    }
  }
  if (missing.empty()) {
    return;
  }
  Finding finding = about(elb_group_missing.id, balancer);
  if (is_missing(context, Noun::SecurityGroups, balancer.owned)) {
    findings.push_back(
        unread(std::move(finding), {.check = elb_group_missing.id,
                                    .noun = Noun::SecurityGroups,
                                    .risk = Risk::Medium,
                                    .unsaid = "whether its security groups exist is not known"}));
    return;
  }
  finding.risk = Risk::Medium;
  finding.affected = missing;
  finding.message = fmt::format("{} names {}, which the account does not have",
                                printable(balancer.balancer_name), joined(missing, ", "));
  finding.fix = there.empty() ? "make a group that admits the listener ports only, and give it to "
                                "the balancer"
                              : regrouping(balancer, there);
  findings.push_back(std::move(finding));
}

std::vector<Finding> run(const Context& context) {
  return judge_balancers(context, elb_group_missing.id, "every group that it names is there",
                         [&](const LoadBalancer& balancer, std::vector<Finding>& findings) {
                           judge(context, balancer, findings);
                         });
}

}  // namespace

const Check elb_group_missing = {
    .id = "elb-group-missing",
    .title = "Load balancer names a security group that does not exist",
    .risk = Risk::Medium,
    .resources = "LoadBalancer",
    .why =
        "Nobody can say what a group admits that is not there. Such a balancer turns away traffic "
        "that it should take, and cannot be changed in the console before the group is replaced.",
    .fix =
        "Find out which ports the balancer must answer on, and for whom. Replace the missing "
        "group by one that admits these with aws elbv2 set-security-groups.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
