#include <set>

#include <fmt/format.h>

#include "checks/balancers.h"
#include "checks/check.h"
#include "checks/missing.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check alb_without_waf;

namespace {

constexpr std::string_view kReferences[] = {"AWS FSBP: ELB.16", "AWS Config: alb-waf-enabled"};

class Run {
 public:
  explicit Run(const Context& context) : context_(context) {
    for (const WebAcl& acl : context.snapshot().all<WebAcl>()) {
      const auto resources = acl.resources.value_or(std::vector<std::string>{});
      protected_.insert(resources.begin(), resources.end());
    }
  }

  void judge(const LoadBalancer& balancer, std::vector<Finding>& findings) const {
    if (balancer.kind != BalancerKind::Application || !balancer.may_face_internet() ||
        protected_.contains(balancer.id.value)) {
      return;
    }
    Finding finding = about(alb_without_waf.id, balancer);
    std::vector<std::string> gaps = gaps_of(balancer.owned);
    if (gaps.empty() && balancer.lacks_scheme()) {
      findings.push_back(
          unknown(std::move(finding), Risk::Medium,
                  "no web ACL stands before it, and whether it faces the internet is not known",
                  {missing_scheme(balancer)}));
      return;
    }
    if (!gaps.empty()) {
      findings.push_back(unknown(std::move(finding), Risk::Medium,
                                 "whether a web ACL stands before it is not known",
                                 std::move(gaps)));
      return;
    }
    finding.risk = Risk::Medium;
    finding.message = fmt::format("no web ACL stands before {}", printable(balancer.balancer_name));
    finding.fix = fmt::format("aws wafv2 associate-web-acl --web-acl-arn ARN --resource-arn {}",
                              balancer.id.value);
    findings.push_back(std::move(finding));
  }

 private:
  [[nodiscard]] std::vector<std::string> gaps_of(const Owned& place) const {
    std::vector<std::string> gaps;
    if (is_missing(context_, Noun::WebAcls, place)) {
      gaps.push_back(not_collected(Noun::WebAcls, place));
    }
    for (const WebAcl& acl : context_.snapshot().all<WebAcl>()) {
      if (!acl.resources && acl.owned.region == place.region) {
        gaps.push_back(fmt::format("what {} protects was not collected: {}", acl.id.value,
                                   call_of(Noun::WebAclResources)));
      }
    }
    return gaps;
  }

  const Context& context_;
  std::set<std::string> protected_;
};

std::vector<Finding> run(const Context& context) {
  const Run run(context);
  return judge_balancers(context, alb_without_waf.id,
                         "a web ACL stands before it, or it is no public application balancer",
                         [&](const LoadBalancer& balancer, std::vector<Finding>& findings) {
                           run.judge(balancer, findings);
                         });
}

}  // namespace

const Check alb_without_waf = {
    .id = "alb-without-waf",
    .title = "Public application balancer has no web ACL",
    .risk = Risk::Medium,
    .resources = "LoadBalancer",
    .why =
        "Every request of the internet reaches the servers behind it: floods, probes of known "
        "holes "
        "and stolen passwords alike. A web ACL stops the common ones before the server.",
    .fix =
        "Start with AWS managed rules that only count, and see whom they would stop. Associate the "
        "web ACL with aws wafv2 associate-web-acl.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
