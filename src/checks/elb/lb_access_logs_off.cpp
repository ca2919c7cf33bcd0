#include <algorithm>

#include <fmt/format.h>

#include "checks/balancers.h"
#include "checks/check.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check lb_access_logs_off;

namespace {

constexpr std::string_view kReferences[] = {"AWS FSBP: ELB.5",
                                            "ELB guides: Access logs for your load balancer"};

/// SOURCE: NLB guide, "Access logs": only those with a TLS listener write any. Gateway Load
/// Balancers write none.
bool can_log(const LoadBalancer& balancer) {
  if (balancer.kind != BalancerKind::Network || !balancer.listeners) {
    return balancer.kind != BalancerKind::Gateway;
  }
  return std::any_of(balancer.listeners->begin(), balancer.listeners->end(),
                     [](const Listener& listener) { return listener.protocol == "TLS"; });
}

void judge(const LoadBalancer& balancer, std::vector<Finding>& findings) {
  if (balancer.logs_access == true || !can_log(balancer)) {
    return;
  }
  Finding finding = about(lb_access_logs_off.id, balancer);
  const bool is_classic = balancer.kind == BalancerKind::Classic;
  const bool may_not_apply = balancer.kind == BalancerKind::Network && !balancer.listeners;
  if (!balancer.logs_access || may_not_apply) {
    const std::string gap =
        balancer.logs_access ? missing_listeners(balancer)
                             : fmt::format(
                                   "the attributes of {} were not collected: {} "
                                   "describe-load-balancer-attributes",
                                   printable(balancer.balancer_name), is_classic ? "elb" : "elbv2");
    findings.push_back(
        unknown(std::move(finding), Risk::Low, "whether it logs accesses is not known", {gap}));
    return;
  }
  finding.risk = Risk::Low;
  finding.message = fmt::format("{} logs no access", printable(balancer.balancer_name));
  if (is_classic) {
    finding.fix = fmt::format(
        "aws elb modify-load-balancer-attributes --load-balancer-name {} "
        "--load-balancer-attributes 'AccessLog={{Enabled=true,S3BucketName=BUCKET}}'",
        printable(balancer.balancer_name));
    findings.push_back(std::move(finding));
    return;
  }
  finding.fix = fmt::format(
      "aws elbv2 modify-load-balancer-attributes --load-balancer-arn {} --attributes "
      "Key=access_logs.s3.enabled,Value=true Key=access_logs.s3.bucket,Value=BUCKET",
      balancer.id.value);
  findings.push_back(std::move(finding));
}

std::vector<Finding> run(const Context& context) {
  return judge_balancers(context, lb_access_logs_off.id,
                         "it logs accesses, or is of a kind that cannot",
                         [](const LoadBalancer& balancer, std::vector<Finding>& findings) {
                           judge(balancer, findings);
                         });
}

}  // namespace

const Check lb_access_logs_off = {
    .id = "lb-access-logs-off",
    .title = "Load balancer logs no accesses",
    .risk = Risk::Low,
    .resources = "LoadBalancer",
    .why =
        "Behind a balancer the server's own logs and the flow logs name the balancer, not the "
        "client. Without its logs nobody can say afterwards who called what, nor which clients a "
        "narrower rule would lock out.",
    .fix =
        "Make a bucket whose policy lets the balancer write, with a lifetime for its objects. Turn "
        "the logs on with aws elbv2 modify-load-balancer-attributes.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
