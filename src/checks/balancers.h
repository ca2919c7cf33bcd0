#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/targets.h"

/// Private to the module: what the checks of load balancers share.
namespace portolan::checks {

/// Findings about a balancer (which is nothing that has a Name tag as a rule) get its name.
void name_balancers(const Snapshot& snapshot, std::vector<Finding>& findings);

/// As `judge_each`, of load balancers.
template <class Judge>
std::vector<Finding> judge_balancers(const Context& context, std::string_view check,
                                     std::string_view praise, const Judge& judge) {
  std::vector<Finding> findings = judge_each<LoadBalancer>(context, check, praise, judge);
  name_balancers(context.snapshot(), findings);
  return findings;
}

/// What its listeners answer on; none where they were not collected.
ServiceSet listener_services(const LoadBalancer& balancer);
/// That its listeners were not collected, as a gap.
std::string missing_listeners(const LoadBalancer& balancer);

/// That no document says its scheme, as a gap.
std::string missing_scheme(const LoadBalancer& balancer);

/// To log users in, the balancer calls the identity provider over HTTPS.
/// SOURCE: Application Load Balancer guide, "Authenticate users": outbound rules.
bool logs_users_in(const LoadBalancer& balancer);

/// What the groups of a balancer let the world in to.
struct FrontDoor {
  ServiceSet world;  // every service for a balancer without groups
  std::string gap;   // what may let in more; empty if nothing
};
FrontDoor front_door(const Context& context, const LoadBalancer& balancer);

/// The call that gives it these groups.
std::string regrouping(const LoadBalancer& balancer, const std::vector<SecurityGroupId>& groups);

/// What stands behind each balancer.
class Behind {
 public:
  explicit Behind(const Context& context);

  [[nodiscard]] const std::vector<const ServedInterface*>& targets_of(
      const LoadBalancer& balancer) const;
  [[nodiscard]] const std::vector<const TargetGroup*>& groups_of(
      const LoadBalancer& balancer) const;
  /// What is missing to know all its targets; empty if nothing is.
  [[nodiscard]] std::string gap_of(const LoadBalancer& balancer) const;

 private:
  const Context* context_;
  std::vector<ServedInterface> served_;
  std::unordered_map<LoadBalancerId, std::vector<const ServedInterface*>> targets_;
  std::unordered_map<LoadBalancerId, std::vector<const TargetGroup*>> groups_;
};

}  // namespace portolan::checks
