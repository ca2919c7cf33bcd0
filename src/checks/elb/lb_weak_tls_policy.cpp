#include <algorithm>

#include <fmt/format.h>

#include "checks/balancers.h"
#include "checks/check.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check lb_weak_tls_policy;

namespace {

constexpr std::string_view kReferences[] = {"AWS FSBP: ELB.17",
                                            "ELB guides: Security policies for your load balancer"};

enum class Strength : std::uint8_t { Weak, Good, Unknown };

/// The oldest version of TLS is in the name: `…-TLS13-1-2-2021-06` is 1.2, and names with no
/// version are older than the versions.
/// SOURCE: ELB guides, "Security policies for your Application Load Balancer"; Classic guide,
/// "Predefined SSL security policies".
Strength strength_of(std::string_view policy) {
  static constexpr std::string_view kPrefix = "ELBSecurityPolicy-";
  if (!policy.starts_with(kPrefix)) {
    return Strength::Unknown;
  }
  const std::string_view name = policy.substr(kPrefix.size());
  for (const std::string_view good : {"TLS13-1-2-", "TLS13-1-3-", "TLS-1-2-", "FS-1-2-"}) {
    if (name.starts_with(good)) {
      return Strength::Good;
    }
  }
  for (const std::string_view weak :
       {"TLS13-1-0-", "TLS13-1-1-", "TLS-1-0-", "TLS-1-1-", "FS-1-1-", "FS-2018-06", "2011-08",
        "2014-01", "2014-10", "2015-02", "2015-03", "2015-05", "2016-08"}) {
    if (name.starts_with(weak)) {
      return Strength::Weak;
    }
  }
  return Strength::Unknown;
}

bool speaks_tls(const Listener& listener) {
  return listener.protocol == "HTTPS" || listener.protocol == "TLS" || listener.protocol == "SSL";
}

/// A Classic listener has several policies, of which one is about TLS: the weakest that is known.
Strength strength_of(const Listener& listener) {
  Strength strength = Strength::Unknown;
  for (const std::string& policy : listener.policies) {
    const Strength one = strength_of(policy);
    strength = one == Strength::Unknown || strength == Strength::Weak ? strength : one;
  }
  return strength;
}

std::string gap_of(const LoadBalancer& balancer, const Listener& listener) {
  const std::string_view call = balancer.kind == BalancerKind::Classic
                                    ? "elb describe-load-balancer-policies"
                                    : "elbv2 describe-ssl-policies";
  return listener.policies.empty() ? fmt::format("the TLS policy of {}/{} is not in the document",
                                                 listener.protocol, listener.port)
                                   : fmt::format("what {} allows was not collected: {}",
                                                 printable(joined(listener.policies, ", ")), call);
}

void judge(const LoadBalancer& balancer, std::vector<Finding>& findings) {
  Finding finding = about(lb_weak_tls_policy.id, balancer);
  const Risk risk = balancer.may_face_internet() ? Risk::Medium : Risk::Low;
  if (!balancer.listeners) {
    findings.push_back(unknown(std::move(finding), risk, "which TLS it speaks is not known",
                               {missing_listeners(balancer)}));
    return;
  }
  std::vector<std::string> weak;
  std::string gap;
  std::string arn;
  for (const Listener& listener : *balancer.listeners) {
    const Strength strength = speaks_tls(listener) ? strength_of(listener) : Strength::Good;
    if (strength == Strength::Weak) {
      arn = listener.arn;
      weak.push_back(fmt::format("{}/{} ({})", listener.protocol, listener.port,
                                 printable(joined(listener.policies, ", "))));
    } else if (strength == Strength::Unknown) {
      gap = gap_of(balancer, listener);
    }
  }
  if (!weak.empty()) {
    finding.risk = risk;
    finding.message = fmt::format("{} speaks TLS 1.0 or 1.1 on {}",
                                  printable(balancer.balancer_name), joined(weak, ", "));
    finding.fix = balancer.kind == BalancerKind::Classic
                      ? fmt::format(
                            "move to an Application Load Balancer, or aws elb "
                            "set-load-balancer-policies-of-listener --load-balancer-name "
                            "{} with ELBSecurityPolicy-TLS-1-2-2017-01",
                            printable(balancer.balancer_name))
                      : fmt::format(
                            "aws elbv2 modify-listener --listener-arn {} --ssl-policy "
                            "ELBSecurityPolicy-TLS13-1-2-2021-06",
                            arn);
    findings.push_back(std::move(finding));
  } else if (!gap.empty()) {
    findings.push_back(
        unknown(std::move(finding), risk, "which TLS it speaks is not known", {gap}));
  }
}

std::vector<Finding> run(const Context& context) {
  return judge_balancers(context, lb_weak_tls_policy.id, "no listener speaks TLS below 1.2",
                         [](const LoadBalancer& balancer, std::vector<Finding>& findings) {
                           judge(balancer, findings);
                         });
}

}  // namespace

const Check lb_weak_tls_policy = {
    .id = "lb-weak-tls-policy",
    .title = "Load balancer speaks an outdated TLS",
    .risk = Risk::Medium,
    .resources = "LoadBalancer",
    .why =
        "TLS 1.0 and 1.1 have known holes and are given up since RFC 8996. While the balancer "
        "takes them, whoever stands in between can talk client and balancer down to them.",
    .fix =
        "See in the access logs which clients still need the old versions. Set a policy such as "
        "ELBSecurityPolicy-TLS13-1-2-2021-06 with aws elbv2 modify-listener.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
