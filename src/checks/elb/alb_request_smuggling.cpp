#include <fmt/format.h>

#include "checks/balancers.h"
#include "checks/check.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check alb_request_smuggling;

namespace {

constexpr std::string_view kReferences[] = {"AWS FSBP: ELB.4, ELB.12, ELB.14",
                                            "ALB guide: Desync mitigation mode"};

std::string gap_of(const LoadBalancer& balancer) {
  return fmt::format(
      "the attributes of {} were not collected: {} "
      "describe-load-balancer-attributes",
      printable(balancer.balancer_name), balancer.kind == BalancerKind::Classic ? "elb" : "elbv2");
}

void judge(const LoadBalancer& balancer, std::vector<Finding>& findings) {
  if (balancer.kind != BalancerKind::Application && balancer.kind != BalancerKind::Classic) {
    return;
  }
  Finding finding = about(alb_request_smuggling.id, balancer);
  const bool is_lax = balancer.desync_mode == "monitor";
  const bool keeps_headers = balancer.drops_invalid_headers == false;
  // A Classic Load Balancer has no setting for headers.
  const bool is_known = balancer.desync_mode &&
                        (balancer.drops_invalid_headers || balancer.kind == BalancerKind::Classic);
  if (!is_lax && !keeps_headers) {
    if (!is_known) {
      findings.push_back(unknown(std::move(finding), Risk::Low,
                                 "what it does with ambiguous requests is not known",
                                 {gap_of(balancer)}));
    }
    return;
  }
  finding.risk = Risk::Low;
  finding.message = fmt::format(
      "{} {}", printable(balancer.balancer_name),
      is_lax && keeps_headers ? "passes on ambiguous requests (desync mode monitor) and invalid "
                                "headers"
      : is_lax                ? "passes on ambiguous requests (desync mode monitor)"
                              : "passes on invalid headers");
  if (balancer.kind == BalancerKind::Classic) {
    finding.fix = fmt::format(
        "aws elb modify-load-balancer-attributes --load-balancer-name {} "
        "--load-balancer-attributes 'AdditionalAttributes=[{{Key=elb.http.desyncmitigationmode,"
        "Value=defensive}}]'",
        printable(balancer.balancer_name));
    findings.push_back(std::move(finding));
    return;
  }
  finding.fix = fmt::format(
      "aws elbv2 modify-load-balancer-attributes --load-balancer-arn {} --attributes{}{}",
      balancer.id.value, is_lax ? " Key=routing.http.desync_mitigation_mode,Value=defensive" : "",
      keeps_headers ? " Key=routing.http.drop_invalid_header_fields.enabled,Value=true" : "");
  findings.push_back(std::move(finding));
}

std::vector<Finding> run(const Context& context) {
  return judge_balancers(context, alb_request_smuggling.id,
                         "it passes on no ambiguous request, or speaks no HTTP",
                         [](const LoadBalancer& balancer, std::vector<Finding>& findings) {
                           judge(balancer, findings);
                         });
}

}  // namespace

const Check alb_request_smuggling = {
    .id = "alb-request-smuggling",
    .title = "Load balancer passes on ambiguous requests",
    .risk = Risk::Low,
    .resources = "LoadBalancer",
    .why =
        "Where balancer and server read one request in two ways, a stranger can slip a second one "
        "past the web ACL or into the answer for somebody else. Strict treatment of headers and "
        "lengths stops that before the server.",
    .fix =
        "Try it with a few clients: some send odd headers. Set desync mitigation to defensive and "
        "drop invalid headers with aws elbv2 modify-load-balancer-attributes.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
