#include <algorithm>

#include <fmt/format.h>

#include "checks/balancers.h"
#include "checks/check.h"
#include "checks/openings.h"
#include "checks/tag_patterns.h"
#include "checks/world_findings.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check alb_origin_bypass;

namespace {

constexpr std::string_view kReferences[] = {
    "CloudFront guide: Restrict access to Application Load Balancers",
    "CloudFront guide: Locations and IP address ranges of edge servers"};
constexpr std::string_view kYieldsTo[] = {"sg-ingress-prefix-list", "sg-ingress-world-*"};

/// SOURCE: CloudFront guide, "Use the CloudFront managed prefix list".
constexpr std::string_view kOriginFacing = "origin-facing";

bool is_of_cdn(const Snapshot& snapshot, const RulePeer& peer) {
  const auto* id = std::get_if<PrefixListId>(&peer);
  const PrefixList* list = id == nullptr ? nullptr : snapshot.find(*id);
  return list != nullptr && list->is_aws_managed &&
         list->list_name.find("cloudfront") != std::string::npos &&
         list->list_name.ends_with(kOriginFacing);
}

bool is_tagged(const LoadBalancer& balancer) {
  static const std::vector<std::string> kPatterns = {
      "cdn=cloudfront*", "cdn=true",        "cdn=yes",    "origin=cloudfront*",
      "cloudfront=*",    "role=cdn-origin", "role=origin"};
  return matches_tags(balancer.owned, kPatterns);
}

/// What says that only a CDN is to call the balancer; empty if nothing does.
std::string sign_of_cdn(const Context& context, const LoadBalancer& balancer) {
  if (is_tagged(balancer)) {
    return "its tags say that it is the origin of a CDN";
  }
  for (const SecurityGroupId& id : balancer.groups) {
    const SecurityGroup* group = context.snapshot().find(id);
    if (group == nullptr) {
      continue;
    }
    for (const SecurityGroupRule& rule : group->rules) {
      if (!rule.is_egress && is_of_cdn(context.snapshot(), rule.peer)) {
        return fmt::format("{} admits CloudFront by {}", id.value, peer_text(rule.peer));
      }
    }
  }
  return {};
}

class Judge {
 public:
  Judge(const Context& context, const LoadBalancer& balancer, std::string sign)
      : context_(context),
        balancer_(balancer),
        sign_(std::move(sign)),
        answered_(balancer.listeners ? listener_services(balancer) : ServiceSet::all()) {}

  void run(std::vector<Finding>& findings) const {
    const std::size_t before = findings.size();
    std::string gap;
    for (const SecurityGroupId& id : balancer_.groups) {
      const SecurityGroup* group = context_.snapshot().find(id);
      if (group == nullptr) {
        gap = fmt::format("{} was not collected: {}", id.value, call_of(Noun::SecurityGroups));
        continue;
      }
      judge_group(*group, findings, gap);
    }
    if (findings.size() == before && !gap.empty()) {
      findings.push_back(unknown(about(alb_origin_bypass.id, balancer_), Risk::Medium,
                                 sign_ + "; whether others get in is not known", {gap}));
    } else if (findings.size() == before) {
      findings.push_back(passed(about(alb_origin_bypass.id, balancer_),
                                "its groups admit no more of the internet than the CDN"));
    }
  }

 private:
  void judge_group(const SecurityGroup& group, std::vector<Finding>& findings,
                   std::string& gap) const {
    const GroupOpenings& openings = context_.openings().of(group);
    for (const OpenRule& open : openings.rules) {
      const ServiceSet services = open.rule->services.intersected(answered_);
      if (!services.empty() && !open.everything.empty() &&
          !is_of_cdn(context_.snapshot(), open.rule->peer)) {
        findings.push_back(bypass(group, *open.rule, services));
      }
    }
    for (const SecurityGroupRule* rule : openings.unresolved) {
      if (rule->services.overlaps(answered_)) {
        gap = missing_entries(*rule);
      }
    }
  }

  [[nodiscard]] Finding bypass(const SecurityGroup& group, const SecurityGroupRule& rule,
                               const ServiceSet& services) const {
    Finding finding = about(alb_origin_bypass.id, balancer_);
    finding.rules = {name_rule(group, rule)};
    finding.risk = Risk::Medium;
    finding.message =
        fmt::format("{}: {}, but {} is open to {}", printable(balancer_.balancer_name), sign_,
                    services_text(services), peer_text(rule.peer));
    if (balancer_.lacks_scheme()) {
      finding.message += "; whether it faces the internet is not known";
    } else if (!balancer_.is_internet_facing()) {
      finding.is_latent = true;
      finding.risk = Risk::Low;
      finding.message += "; its scheme is internal, so the internet does not reach it now";
    }
    finding.fix = fmt::format("admit com.amazonaws.global.cloudfront.origin-facing instead: {}",
                              revocation(finding.rules.front()));
    return finding;
  }

  const Context& context_;
  const LoadBalancer& balancer_;
  std::string sign_;
  ServiceSet answered_;
};

/// Nothing is said of balancers that nothing names the origin of a CDN: distributions are not
/// collected.
std::vector<Finding> run(const Context& context) {
  std::vector<Finding> findings;
  for (const LoadBalancer& balancer : context.snapshot().all<LoadBalancer>()) {
    if (balancer.kind != BalancerKind::Application) {
      continue;
    }
    std::string sign = sign_of_cdn(context, balancer);
    if (!sign.empty()) {
      Judge(context, balancer, std::move(sign)).run(findings);
    }
  }
  name_balancers(context.snapshot(), findings);
  return findings;
}

}  // namespace

const Check alb_origin_bypass = {
    .id = "alb-origin-bypass",
    .title = "Load balancer meant for a CDN lets in the whole internet",
    .risk = Risk::Medium,
    .resources = "LoadBalancer",
    .why =
        "Web ACL, rate limits and geographic rules of the distribution hold only for those who "
        "come through it. Whoever finds the balancer's own name passes them by. The list admits "
        "all of CloudFront: a secret header tells your distribution from others.",
    .fix =
        "Add a rule for the prefix list com.amazonaws.global.cloudfront.origin-facing, and check a "
        "secret header in the listener. Revoke the rules for the whole internet.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo,
    .remedy = no_remedy};

}  // namespace portolan::checks
