#include <fmt/format.h>

#include "checks/balancers.h"
#include "checks/check.h"
#include "checks/finding_text.h"
#include "checks/tag_patterns.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check elb_internet_facing;

namespace {

constexpr std::string_view kReferences[] = {"Prowler: elb_internet_facing, elbv2_internet_facing",
                                            "Trivy: AWS-0053"};

/// Tags that say that nobody outside is meant to get in.
bool is_meant_internal(const LoadBalancer& balancer) {
  static const std::vector<std::string> kPatterns = {
      "access=internal",     "access=private",       "exposure=internal", "exposure=private",
      "visibility=internal", "visibility=private",   "scheme=internal",   "internal=true",
      "public=false",        "internet-facing=false"};
  return matches_tags(balancer.owned, kPatterns);
}

/// It is tagged as internal, and its scheme says the opposite.
Finding contradiction(const Context& context, const LoadBalancer& balancer) {
  Finding finding = about(elb_internet_facing.id, balancer);
  const std::string name = printable(balancer.balancer_name);
  finding.fix =
      fmt::format("make it anew with --scheme internal, move the clients, then delete {}", name);
  if (!balancer.listeners) {
    return unknown(std::move(finding), Risk::Medium,
                   fmt::format("{} is tagged as internal but internet-facing, and whether it "
                               "answers is not known",
                               name),
                   {missing_listeners(balancer)});
  }
  const ServiceSet answered = listener_services(balancer);
  const FrontDoor door = front_door(context, balancer);
  const ServiceSet open = door.world.intersected(answered);
  if (open.empty() && !door.gap.empty()) {
    return unknown(std::move(finding), Risk::Medium,
                   fmt::format("{} is tagged as internal but internet-facing, and whether its "
                               "groups let the world in is not known",
                               name),
                   {door.gap});
  }
  finding.is_latent = open.empty();
  finding.risk = open.empty() ? Risk::Low : Risk::Medium;
  const std::string what =
      open.empty()
          ? std::string("its groups let the world in to no listener now")
          : fmt::format("{} the world in on {}",
                        balancer.groups.empty() ? "without groups it lets" : "its groups let",
                        services_text(open));
  finding.message = fmt::format("{} is tagged as internal but internet-facing; {}", name, what);
  return finding;
}

std::vector<Finding> run(const Context& context) {
  return judge_balancers(
      context, elb_internet_facing.id, "its scheme is internal",
      [&](const LoadBalancer& balancer, std::vector<Finding>& findings) {
        if (!balancer.may_face_internet()) {
          return;
        }
        Finding finding = about(elb_internet_facing.id, balancer);
        if (!is_meant_internal(balancer)) {
          findings.push_back(
              passed(std::move(finding), balancer.is_internet_facing()
                                             ? "it is internet-facing, and no tag says otherwise"
                                             : "no tag says that it is meant to be internal"));
        } else if (balancer.lacks_scheme()) {
          findings.push_back(
              unknown(std::move(finding), Risk::Medium,
                      "it is tagged as internal, and whether it faces the internet is not known",
                      {missing_scheme(balancer)}));
        } else {
          findings.push_back(contradiction(context, balancer));
        }
      });
}

}  // namespace

const Check elb_internet_facing = {
    .id = "elb-internet-facing",
    .title = "Load balancer tagged as internal faces the internet",
    .risk = Risk::Medium,
    .resources = "LoadBalancer",
    .why =
        "Whoever tagged it as internal counts on nobody outside getting in, and may have left out "
        "log-in and limits. The scheme cannot be changed later, so a slip when it was made stays. "
        "Other internet-facing balancers are in order.",
    .fix =
        "Make a balancer of scheme internal beside it and move the clients over. Delete the "
        "internet-facing one, or the tag if it is wrong.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
