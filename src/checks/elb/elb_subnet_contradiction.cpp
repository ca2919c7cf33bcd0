#include <algorithm>

#include <fmt/format.h>

#include "checks/balancers.h"
#include "checks/check.h"
#include "checks/finding_text.h"
#include "checks/routing.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check elb_subnet_contradiction;

namespace {

constexpr std::string_view kReferences[] = {"ELB guides: Subnets for your load balancer"};

/// Where the internet's traffic takes another way than the gateway's own: through a firewall.
bool leads_through_appliance(const RouteTable& table) {
  return std::any_of(table.routes.begin(), table.routes.end(), [](const Route& route) {
    return route.cidr && route.cidr->is_everything() && !route.is_blackhole &&
           (route.target.kind == RouteTargetKind::VpcEndpoint ||
            route.target.kind == RouteTargetKind::NetworkInterface);
  });
}

class Judge {
 public:
  Judge(const Context& context, const Routing& routing, const LoadBalancer& balancer)
      : context_(context), routing_(routing), balancer_(balancer) {}

  void run(std::vector<Finding>& findings) {
    for (const BalancerZone& zone : balancer_.zones) {
      look_at(zone.subnet);
    }
    Finding finding = about(elb_subnet_contradiction.id, balancer_);
    if (balancer_.lacks_scheme()) {
      wrong_.clear();
      gap_ = missing_scheme(balancer_);
    }
    if (!wrong_.empty()) {
      findings.push_back(contradicting(std::move(finding)));
    } else if (!gap_.empty()) {
      findings.push_back(unknown(std::move(finding), Risk::Low,
                                 "whether its subnets suit its scheme is not known", {gap_}));
    }
  }

 private:
  void look_at(const SubnetId& id) {
    const Subnet* subnet = context_.snapshot().find(id);
    if (subnet == nullptr) {
      gap_ = fmt::format("{} was not collected: {}", id.value, call_of(Noun::Subnets));
      return;
    }
    const SubnetKind kind = routing_.kind_of(*subnet);
    if (kind == SubnetKind::Unknown) {
      gap_ = routing_.gap_of(*subnet);
      return;
    }
    const bool is_public = kind == SubnetKind::Public;
    const bool is_detour = !is_public && leads_through_appliance(*routing_.table_of(*subnet));
    if (is_public != balancer_.is_internet_facing() && !is_detour) {
      wrong_.push_back(id.value);
    }
  }

  Finding contradicting(Finding finding) const {
    finding.risk = Risk::Low;
    finding.affected = wrong_;
    const std::string name = printable(balancer_.balancer_name);
    const std::string subnets = joined(wrong_, ", ");
    finding.message =
        balancer_.is_internet_facing()
            ? fmt::format("{} is internet-facing, but {} route{} nothing to an internet gateway",
                          name, subnets, wrong_.size() == 1 ? "s" : "")
            : fmt::format("{} is internal, but {} route{} to an internet gateway", name, subnets,
                          wrong_.size() == 1 ? "s" : "");
    finding.fix = balancer_.kind == BalancerKind::Classic
                      ? fmt::format(
                            "aws elb attach-load-balancer-to-subnets --load-balancer-name {} "
                            "--subnets SUBNETS that suit its scheme, then detach the others",
                            name)
                      : fmt::format(
                            "aws elbv2 set-subnets --load-balancer-arn {} --subnets SUBNETS that "
                            "suit its scheme",
                            balancer_.id.value);
    return finding;
  }

  const Context& context_;
  const Routing& routing_;
  const LoadBalancer& balancer_;
  std::vector<std::string> wrong_;
  std::string gap_;
};

std::vector<Finding> run(const Context& context) {
  const Routing routing(context);
  return judge_balancers(context, elb_subnet_contradiction.id, "its subnets suit its scheme",
                         [&](const LoadBalancer& balancer, std::vector<Finding>& findings) {
                           if (balancer.kind != BalancerKind::Gateway) {
                             Judge(context, routing, balancer).run(findings);
                           }
                         });
}

}  // namespace

const Check elb_subnet_contradiction = {
    .id = "elb-subnet-contradiction",
    .title = "Scheme of the load balancer and its subnets contradict",
    .risk = Risk::Low,
    .resources = "LoadBalancer",
    .why =
        "An internet-facing balancer in subnets without a way to the internet answers nobody "
        "outside, or from some zones only. An internal one in public subnets is one public address "
        "away from being open, and hides what is meant to be public.",
    .fix =
        "Keep balancers that face the internet in public subnets and all others in private ones. "
        "Set the subnets with aws elbv2 set-subnets.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
