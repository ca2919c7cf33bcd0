#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "checks/balancers.h"
#include "checks/check.h"
#include "checks/exposure.h"
#include "checks/missing.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check elb_target_has_public_ip;

namespace {

constexpr std::string_view kReferences[] = {
    "ELB guides: Security groups for your load balancer",
    "VPC User Guide: Instances in private subnets behind a load balancer"};

/// Targets by the interface that takes the traffic, with the names of their balancers.
using Targets = std::map<const NetworkInterface*, std::set<std::string>>;

/// By id, so that the findings come in an order of their own.
std::vector<std::pair<const NetworkInterface*, std::string>> targets_of(const Context& context) {
  Targets targets;
  for (const ServedInterface& served : served_interfaces(context)) {
    for (const LoadBalancer* balancer : served.balancers) {
      targets[served.interface].insert(printable(balancer->balancer_name));
    }
  }
  std::vector<std::pair<const NetworkInterface*, std::string>> sorted;
  for (const auto& [interface, names] : targets) {
    sorted.emplace_back(interface,
                        joined(std::vector<std::string>(names.begin(), names.end()), ", "));
  }
  std::sort(sorted.begin(), sorted.end(),
            [](const auto& a, const auto& b) { return a.first->id < b.first->id; });
  return sorted;
}

/// The address that a target should not have. Every IPv6 address of a dual-stack subnet is one of
/// the internet's: it counts where the internet gets in by it.
std::optional<std::pair<IpAddress, IpFamily>> wrong_address(const Context& context,
                                                            const NetworkInterface& interface) {
  for (const IpFamily family : {IpFamily::V6, IpFamily::V4}) {
    const auto address = public_address(interface, family);
    if (address && !context.exposure().of(interface, family).some.empty()) {
      return std::pair(*address, family);
    }
  }
  const auto address = public_address(interface, IpFamily::V4);
  return address ? std::optional(std::pair(*address, IpFamily::V4)) : std::nullopt;
}

void grade(const Context& context, const NetworkInterface& interface, IpFamily family,
           const std::string& start, Finding& finding) {
  const Exposed& exposed = context.exposure().of(interface, family);
  if (!exposed.some.empty()) {
    finding.risk = Risk::High;
    finding.message = fmt::format("{}, and {} reaches it there on {}", start,
                                  exposed.world.empty() ? "a part of the internet" : "the internet",
                                  services_text(exposed.some));
    if (const auto way = context.exposure().way(Flow::Inbound, interface, family, exposed.some)) {
      finding.witness = witness_of(*way);
    }
    return;
  }
  finding.risk = Risk::Medium;
  if (!exposed.unknown.empty()) {
    finding.message = fmt::format("{}; whether the internet reaches it there is not known: {}",
                                  start, context.exposure().doubt(Flow::Inbound, interface));
    return;
  }
  finding.is_latent = true;
  finding.message = fmt::format("{}, but the internet does not reach it there now: {}", start,
                                context.exposure().blocker(interface, family, ServiceSet::all()));
}

Finding judge(const Context& context, const NetworkInterface& interface,
              const std::string& balancers) {
  Finding finding = about(elb_target_has_public_ip.id, interface);
  const auto wrong = wrong_address(context, interface);
  if (!wrong) {
    return passed(std::move(finding), "a target without a public address of its own");
  }
  finding.affected = affected_ids(Interfaces{&interface});
  grade(context, interface, wrong->second,
        fmt::format("{} is a target of {} and has {} of its own",
                    title_of(context.estate(), interface), balancers, wrong->first.text()),
        finding);
  finding.fix = wrong->second == IpFamily::V6
                    ? fmt::format(
                          "aws ec2 unassign-ipv6-addresses --network-interface-id {} "
                          "--ipv6-addresses {}",
                          interface.id.value, wrong->first.text())
                    : fmt::format(
                          "where it is an Elastic IP: aws ec2 disassociate-address --public-ip {}; "
                          "otherwise start it anew in a private subnet",
                          wrong->first.text());
  return finding;
}

/// Targets that nobody can look up.
void ask_for_missing(const Context& context, std::vector<Finding>& findings) {
  for (const UnseenTargets& unseen : unseen_targets(context)) {
    findings.push_back(unknown(about(elb_target_has_public_ip.id, unseen), Risk::Medium,
                               "whether its targets have public addresses is not known",
                               {unseen.gap}));
  }
  for (const LoadBalancer& balancer : context.snapshot().all<LoadBalancer>()) {
    if (balancer.kind != BalancerKind::Classic && balancer.kind != BalancerKind::Gateway &&
        is_missing(context, Noun::TargetGroups, balancer.owned)) {
      findings.push_back(unread(about(elb_target_has_public_ip.id, balancer),
                                {.check = elb_target_has_public_ip.id,
                                 .noun = Noun::TargetGroups,
                                 .risk = Risk::Medium,
                                 .unsaid = "whether its targets have public addresses is not "
                                           "known"}));
    }
  }
}

std::vector<Finding> run(const Context& context) {
  std::vector<Finding> findings;
  for (const auto& [interface, balancers] : targets_of(context)) {
    findings.push_back(judge(context, *interface, balancers));
  }
  ask_for_missing(context, findings);
  name_balancers(context.snapshot(), findings);
  return findings;
}

}  // namespace

const Check elb_target_has_public_ip = {
    .id = "elb-target-has-public-ip",
    .title = "Target behind a load balancer has a public address as well",
    .risk = Risk::High,
    .resources = "NetworkInterface, TargetGroup, LoadBalancer",
    .why =
        "A server behind a balancer needs no address of its own: the balancer has one. With it, "
        "one rule in its group is enough to let anybody pass the balancer by, and its web ACL, "
        "limits and logs with it.",
    .fix =
        "Start the targets in private subnets; NAT or endpoints give them a way out. Remove the "
        "address with aws ec2 disassociate-address where it is an Elastic IP.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
