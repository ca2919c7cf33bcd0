#include "checks/balancers.h"

#include <algorithm>

#include <fmt/format.h>

#include "checks/missing.h"
#include "checks/openings.h"
#include "checks/world.h"
#include "core/text.h"

namespace portolan::checks {

void name_balancers(const Snapshot& snapshot, std::vector<Finding>& findings) {
  for (Finding& finding : findings) {
    if (const LoadBalancer* balancer = snapshot.find(LoadBalancerId{finding.resource})) {
      finding.name = balancer->balancer_name;
    }
  }
}

ServiceSet listener_services(const LoadBalancer& balancer) {
  ServiceSet services;
  for (const Listener& listener : balancer.listeners.value_or(std::vector<Listener>{})) {
    services = services.united(transport_services(listener.protocol, listener.port));
  }
  return services;
}

std::string missing_listeners(const LoadBalancer& balancer) {
  return fmt::format("the listeners of {} were not collected: {}",
                     printable(balancer.balancer_name), call_of(Noun::Listeners));
}

std::string missing_scheme(const LoadBalancer& balancer) {
  return fmt::format("the scheme of {} is not in the document: {}",
                     printable(balancer.balancer_name),
                     call_of(balancer.kind == BalancerKind::Classic ? Noun::ClassicLoadBalancers
                                                                    : Noun::LoadBalancers));
}

namespace {

bool has_action(const std::vector<BalancerAction>& actions, std::string_view prefix) {
  return std::any_of(actions.begin(), actions.end(),
                     [&](const auto& action) { return action.type.starts_with(prefix); });
}

}  // namespace

bool logs_users_in(const LoadBalancer& balancer) {
  const auto listeners = balancer.listeners.value_or(std::vector<Listener>{});
  return std::any_of(listeners.begin(), listeners.end(), [](const auto& one) {
    const auto rules = one.rules.value_or(std::vector<ListenerRule>{});
    return has_action(one.actions, "authenticate-") ||
           std::any_of(rules.begin(), rules.end(),
                       [](const auto& rule) { return has_action(rule.actions, "authenticate-"); });
  });
}

FrontDoor front_door(const Context& context, const LoadBalancer& balancer) {
  if (balancer.groups.empty()) {
    return {.world = ServiceSet::all(), .gap = {}};
  }
  FrontDoor door;
  std::vector<Opening> openings;
  for (const SecurityGroupId& id : balancer.groups) {
    const SecurityGroup* group = context.snapshot().find(id);
    if (group == nullptr) {
      door.gap = fmt::format("{} was not collected: {}", id.value, call_of(Noun::SecurityGroups));
      continue;
    }
    const GroupOpenings& own = context.openings().of(*group);
    for (const OpenRule& open : own.rules) {
      openings.push_back({.sources = open.sources, .services = open.rule->services});
    }
    if (!own.unresolved.empty()) {
      door.gap = missing_entries(*own.unresolved.front());
    }
  }
  for (const IpFamily family : kFamilies) {
    door.world = door.world.united(world_services(openings, family));
  }
  return door;
}

std::string regrouping(const LoadBalancer& balancer, const std::vector<SecurityGroupId>& groups) {
  std::string ids;
  for (const SecurityGroupId& group : groups) {
    ids += ' ' + group.value;
  }
  return balancer.kind == BalancerKind::Classic
             ? fmt::format(
                   "aws elb apply-security-groups-to-load-balancer --load-balancer-name "
                   "{} --security-groups{}",
                   printable(balancer.balancer_name), ids)
             : fmt::format(
                   "aws elbv2 set-security-groups --load-balancer-arn {} "
                   "--security-groups{}",
                   balancer.id.value, ids);
}

Behind::Behind(const Context& context) : context_(&context), served_(served_interfaces(context)) {
  for (const ServedInterface& served : served_) {
    for (const LoadBalancer* balancer : served.balancers) {
      targets_[balancer->id].push_back(&served);
    }
  }
  for (const TargetGroup& group : context.snapshot().all<TargetGroup>()) {
    for (const LoadBalancerId& balancer : group.balancers) {
      groups_[balancer].push_back(&group);
    }
  }
}

const std::vector<const ServedInterface*>& Behind::targets_of(const LoadBalancer& balancer) const {
  static const std::vector<const ServedInterface*> kNone;
  const auto found = targets_.find(balancer.id);
  return found == targets_.end() ? kNone : found->second;
}

const std::vector<const TargetGroup*>& Behind::groups_of(const LoadBalancer& balancer) const {
  static const std::vector<const TargetGroup*> kNone;
  const auto found = groups_.find(balancer.id);
  return found == groups_.end() ? kNone : found->second;
}

std::string Behind::gap_of(const LoadBalancer& balancer) const {
  if (balancer.kind != BalancerKind::Classic &&
      is_missing(*context_, Noun::TargetGroups, balancer.owned)) {
    return not_collected(Noun::TargetGroups, balancer.owned);
  }
  const auto& groups = groups_of(balancer);
  const auto bare = std::find_if(groups.begin(), groups.end(),
                                 [](const TargetGroup* group) { return !group->targets; });
  return bare == groups.end()
             ? std::string()
             : fmt::format("the targets of {} were not collected: {}",
                           printable((*bare)->group_name), call_of(Noun::TargetHealth));
}

}  // namespace portolan::checks
