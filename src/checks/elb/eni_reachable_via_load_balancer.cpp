#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "checks/balancers.h"
#include "checks/check.h"
#include "checks/exposure.h"
#include "checks/openings.h"
#include "checks/services.h"
#include "checks/world.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check eni_reachable_via_load_balancer;

namespace {

constexpr std::string_view kReferences[] = {"CloudSploit: ec2NetworkExposure",
                                            "Cartography: exposed_internet_type=elbv2"};

/// What is known of a way: it is there, it is not, or a document is missing.
struct Way {
  ServiceSet services;
  std::string gap;
};

/// The ports of the listeners that forward to the group, by default or by a rule.
Way forwarding(const LoadBalancer& balancer, const TargetGroup& group) {
  if (!balancer.listeners) {
    return {.services = {}, .gap = missing_listeners(balancer)};
  }
  const auto forwards = [&](const std::vector<BalancerAction>& actions) {
    return std::any_of(actions.begin(), actions.end(), [&](const BalancerAction& action) {
      return std::find(action.targets.begin(), action.targets.end(), group.id) !=
             action.targets.end();
    });
  };
  Way way;
  for (const Listener& listener : *balancer.listeners) {
    bool is_for_group = forwards(listener.actions);
    for (const ListenerRule& rule : listener.rules.value_or(std::vector<ListenerRule>{})) {
      is_for_group = is_for_group || forwards(rule.actions);
    }
    if (is_for_group) {
      way.services = way.services.united(transport_services(listener.protocol, listener.port));
    }
  }
  return way;
}

class Run {
 public:
  explicit Run(const Context& context) : context_(context) {
    for (ServedInterface& served : served_interfaces(context)) {
      if (served.group != nullptr) {
        served_[served.group].push_back(std::move(served));
      }
    }
  }

  void judge(const TargetGroup& group, std::vector<Finding>& findings) {
    std::string gap;
    for (const LoadBalancerId& id : group.balancers) {
      const LoadBalancer* balancer = context_.snapshot().find(id);
      if (balancer == nullptr) {
        gap = fmt::format("{} was not collected: {}", id.value, call_of(Noun::LoadBalancers));
        continue;
      }
      if (!balancer->is_active || balancer->kind == BalancerKind::Gateway) {
        continue;
      }
      if (balancer->lacks_scheme()) {
        gap = missing_scheme(*balancer);
        continue;
      }
      if (!balancer->is_internet_facing()) {
        if (is_behind_another(*balancer)) {
          gap = fmt::format("{} is itself a target, and chains of balancers are not followed",
                            printable(balancer->balancer_name));
        }
        continue;
      }
      if (judge_pair(group, *balancer, gap, findings)) {
        return;
      }
    }
    if (!gap.empty()) {
      findings.push_back(unknown(begin(group), Risk::Medium,
                                 "whether the internet reaches its targets through a balancer is "
                                 "not known: " +
                                     gap,
                                 {gap}));
    }
  }

 private:
  static Finding begin(const TargetGroup& group) {
    Finding finding = about(eni_reachable_via_load_balancer.id, group);
    finding.name = group.group_name;
    return finding;
  }

  /// True if it is told.
  bool judge_pair(const TargetGroup& group, const LoadBalancer& balancer, std::string& gap,
                  std::vector<Finding>& findings) {
    Way way = forwarding(balancer, group);
    if (way.gap.empty()) {
      way = open_to_internet(balancer, way.services);
    }
    if (way.services.empty()) {
      gap = way.gap.empty() ? gap : way.gap;
      return false;
    }
    if (!group.targets && group.target_type != "lambda") {
      gap = fmt::format("the targets of {} were not collected: {}", printable(group.group_name),
                        call_of(Noun::TargetHealth));
      return false;
    }
    Interfaces reached;
    ServiceSet services;
    for (const ServedInterface& served : served_[&group]) {
      const Way admitted = admits(*served.interface, served, balancer);
      if (!admitted.services.empty()) {
        reached.push_back(served.interface);
        services = services.united(admitted.services);
      } else if (!admitted.gap.empty()) {
        gap = admitted.gap;
      }
    }
    if (!reached.empty()) {
      findings.push_back(tell(group, balancer, way.services, reached, services));
    }
    return !reached.empty();
  }

  [[nodiscard]] Finding tell(const TargetGroup& group, const LoadBalancer& balancer,
                             const ServiceSet& outside, const Interfaces& reached,
                             const ServiceSet& services) const {
    Finding finding = begin(group);
    const bool is_data = std::any_of(reached.begin(), reached.end(), [&](const auto* interface) {
      return context_.estate().is_data_tier(*interface);
    });
    // That a web server takes requests by its balancer is what both are there for.
    const Grade grade = grade_known(services, context_.config());
    finding.risk = is_data || grade.risk >= Risk::High ? Risk::Medium : Risk::Info;
    finding.affected = affected_ids(reached);
    finding.message =
        fmt::format("the internet reaches {}{} through {} on {}",
                    names_of(context_.estate(), reached), is_data ? " of the data tier" : "",
                    printable(balancer.balancer_name), services_text(outside));
    finding.fix = "if it need not be public, make the balancer internal or take the listener away";
    return finding;
  }

  /// Which of the listeners' ports the world gets in to.
  Way open_to_internet(const LoadBalancer& balancer, const ServiceSet& ports) const {
    Way way;
    const Interfaces& nodes = context_.estate().nodes_of(balancer);
    for (const NetworkInterface* node : nodes) {
      for (const IpFamily family : kFamilies) {
        const Exposed& exposed = context_.exposure().of(*node, family);
        way.services = way.services.united(exposed.world.intersected(ports));
        if (exposed.unknown.overlaps(ports)) {
          way.gap = context_.exposure().doubt(Flow::Inbound, *node);
        }
      }
    }
    if (nodes.empty()) {
      way.gap = fmt::format("the nodes of {} were not collected: {}",
                            printable(balancer.balancer_name), call_of(Noun::NetworkInterfaces));
    }
    return way;
  }

  /// What the target's groups let in of the balancer, or of its clients where it keeps their
  /// addresses.
  [[nodiscard]] Way admits(const NetworkInterface& interface, const ServedInterface& served,
                           const LoadBalancer& balancer) const {
    Way way;
    for (const SecurityGroupId& id : interface.groups) {
      const SecurityGroup* group = context_.snapshot().find(id);
      if (group == nullptr) {
        way.gap = fmt::format("{} was not collected: {}", id.value, call_of(Noun::SecurityGroups));
        continue;
      }
      for (const SecurityGroupRule& rule : group->rules) {
        const ServiceSet services = rule.services.intersected(served.services);
        if (rule.is_egress || services.empty()) {
          continue;
        }
        if (!peer_blocks(context_.snapshot(), rule.peer)) {
          way.gap = missing_entries(rule);
        } else if (is_for(rule.peer, served, balancer)) {
          way.services = way.services.united(services);
        }
      }
    }
    return way;
  }

  [[nodiscard]] bool is_for(const RulePeer& peer, const ServedInterface& served,
                            const LoadBalancer& balancer) const {
    if (const auto* reference = std::get_if<GroupReference>(&peer)) {
      const auto& groups = balancer.groups;
      return std::find(groups.begin(), groups.end(), reference->group) != groups.end();
    }
    const IpSet sources(peer_blocks(context_.snapshot(), peer).value_or(std::vector<IpPrefix>{}));
    if (keeps_client_address(served)) {
      return public_share(sources, IpFamily::V4) > 0 || public_share(sources, IpFamily::V6) > 0;
    }
    const Interfaces& nodes = context_.estate().nodes_of(balancer);
    return std::any_of(nodes.begin(), nodes.end(), [&](const NetworkInterface* node) {
      const auto address = private_address(*node, IpFamily::V4);
      return address && sources.contains(*address);
    });
  }

  /// An Application Load Balancer that a Network Load Balancer has as its target.
  [[nodiscard]] bool is_behind_another(const LoadBalancer& balancer) {
    if (!is_charted_) {
      is_charted_ = true;
      for (const TargetGroup& group : context_.snapshot().all<TargetGroup>()) {
        for (const Target& target : group.targets.value_or(std::vector<Target>{})) {
          chained_.insert(group.target_type == "alb" ? target.id : std::string());
        }
      }
    }
    return chained_.contains(balancer.id.value);
  }

  const Context& context_;
  std::map<const TargetGroup*, std::vector<ServedInterface>> served_;
  std::set<std::string> chained_;
  bool is_charted_ = false;
};

std::vector<Finding> run(const Context& context) {
  Run run(context);
  return judge_each<TargetGroup>(context, eni_reachable_via_load_balancer.id,
                                 "the internet reaches none of its targets through a balancer",
                                 [&](const TargetGroup& group, std::vector<Finding>& findings) {
                                   run.judge(group, findings);
                                 });
}

}  // namespace

const Check eni_reachable_via_load_balancer = {
    .id = "eni-reachable-via-load-balancer",
    .title = "Internal target is reachable through a load balancer",
    .risk = Risk::Medium,
    .resources = "TargetGroup",
    .why =
        "A machine without a public address is public all the same where a balancer forwards to "
        "it. For web servers that is what is meant, and told for the record; a database, a cache "
        "or an admin port is not for strangers.",
    .fix =
        "Find out who must call the service from outside. Remove the listener, or replace the "
        "balancer by an internal one, where it is nobody.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
