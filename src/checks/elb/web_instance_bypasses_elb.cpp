#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "checks/callers.h"
#include "checks/check.h"
#include "checks/exposure.h"
#include "checks/finding_text.h"
#include "checks/instances.h"
#include "checks/narrower.h"
#include "checks/openings.h"
#include "checks/services.h"
#include "checks/targets.h"
#include "checks/world.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check web_instance_bypasses_elb;

namespace {

constexpr std::string_view kReferences[] = {"ELB guides: Security groups for your load balancer",
                                            "NLB guide: Client IP preservation"};

constexpr std::size_t kCallersMax = 20;

/// A rule that admits something to the ports that balancers use of their targets.
struct Way {
  const SecurityGroup* group = nullptr;
  const SecurityGroupRule* rule = nullptr;
  Interfaces targets;
  ServiceSet services;
  std::map<const LoadBalancer*, ServiceSet> balancers;  // and what each uses of the rule
  bool must_admit_clients = false;  // a balancer without groups that keeps the clients' addresses
  bool is_beside = false;           // ports that no balancer uses
};

/// What admin-port-lateral and sg-ingress-world-ssh and its like tell of.
ServiceSet admin_services() { return *ServiceSet::parse("tcp/22,3389,5985,5986 udp/22,3389"); }

class Run {
 public:
  explicit Run(const Context& context) : context_(context) {
    for (const ServedInterface& served : served_interfaces(context)) {
      collect(served);
    }
    collect_others();
  }

  /// In place of the rule that the finding names: the balancers' groups on the ports that they use.
  [[nodiscard]] Remedy narrow(const Finding& finding) const {
    for (const auto& [key, way] : ways_) {
      if (finding.rules.size() != 1 || name_rule(*way.group, *way.rule) != finding.rules.front()) {
        continue;
      }
      std::vector<Permitted> meant;
      for (const auto& [balancer, services] : way.balancers) {
        for (const SecurityGroupId& group : balancer->groups) {
          meant.push_back({.peer = GroupReference{.group = group}, .services = services});
        }
      }
      return replace_rules(context_, *way.group, {way.rule}, meant);
    }
    return {};
  }

  std::vector<Finding> run() {
    std::set<const SecurityGroup*> told;
    for (const auto& [key, way] : ways_) {
      judge(way, told);
    }
    for (const auto& [key, way] : others_) {
      judge_other(way, told);
    }
    for (const SecurityGroup* group : groups_) {
      if (!told.contains(group)) {
        findings_.push_back(
            passed(about(kId, *group), "only the balancer reaches its targets on their ports"));
      }
    }
    for (const UnseenTargets& unseen : unseen_targets(context_)) {
      findings_.push_back(unknown(about(kId, unseen), Risk::High,
                                  "who reaches its targets is not known", {unseen.gap}));
    }
    return std::move(findings_);
  }

 private:
  using Key = std::pair<SecurityGroupId, std::size_t>;  // group, position of the rule

  void collect(const ServedInterface& served) {
    for (const SecurityGroupId& id : served.interface->groups) {
      const SecurityGroup* group = context_.snapshot().find(id);
      if (group == nullptr) {
        continue;
      }
      groups_.insert(group);
      Members& members = members_[group];
      members.used = members.used.united(served.services);
      members.targets.push_back(served.interface);
      members.balancers.insert(served.balancers.begin(), served.balancers.end());
      for (std::size_t i = 0; i < group->rules.size(); ++i) {
        const SecurityGroupRule& rule = group->rules[i];
        const ServiceSet services = rule.services.intersected(served.services);
        if (!rule.is_egress && !services.empty()) {
          add({id, i}, *group, rule, served, services);
        }
      }
    }
  }

  /// Rules that admit addresses, not groups that somebody named on purpose, to nothing but other
  /// ports of the targets. Rules for many ports have findings of their own.
  void collect_others() {
    static const ServiceSet kAdmin = admin_services();
    for (const auto& [group, members] : members_) {
      for (std::size_t i = 0; i < group->rules.size(); ++i) {
        const SecurityGroupRule& rule = group->rules[i];
        ServiceSet services = rule.services.without(kAdmin);
        if (rule.is_egress || std::holds_alternative<GroupReference>(rule.peer) ||
            rule.services.overlaps(members.used) || port_count(services) == 0 ||
            port_count(rule.services) > context_.config().wide_ports_low) {
          continue;
        }
        Way& way = others_[{group->id, i}];
        way = {.group = group,
               .rule = &rule,
               .targets = members.targets,
               .services = std::move(services),
               .balancers = {},
               .is_beside = true};
        for (const LoadBalancer* balancer : members.balancers) {
          way.balancers[balancer];
        }
      }
    }
  }

  /// What strangers reach on a port with a name has a finding of its own.
  void judge_other(Way way, std::set<const SecurityGroup*>& told) {
    static const ServiceSet kNamed = risky_services();
    const auto blocks = peer_blocks(context_.snapshot(), way.rule->peer);
    if (!blocks) {
      return;  // of a list that nobody read, sg-ingress-prefix-list tells
    }
    const IpSet sources(*blocks);
    if (public_share(sources, IpFamily::V4) > 0 || public_share(sources, IpFamily::V6) > 0) {
      way.services = way.services.without(kNamed);
      if (port_count(way.services) == 0) {
        return;
      }
    }
    Finding finding = about(kId, *way.group);
    finding.rules = {name_rule(*way.group, *way.rule)};
    finding.affected = affected_ids(way.targets);
    finding.fix = fmt::format("admit only those who need {} of the targets of {}: {}",
                              services_text(way.services), balancer_names(way),
                              revocation(finding.rules.front()));
    const bool is_wrong =
        is_reached_from_internet(way, finding) || is_reached_from_inside(way, finding);
    // A gap is told of the ports that the balancer uses; of the others it would be noise.
    if (is_wrong && finding.outcome == Outcome::Fail) {
      finding.message += "; the balancer does not use that port";
      findings_.push_back(std::move(finding));
      told.insert(way.group);
    }
  }

  [[nodiscard]] Interfaces running_first(Interfaces interfaces) const {
    std::stable_partition(interfaces.begin(), interfaces.end(), [&](const auto* interface) {
      return !is_stopped(context_.snapshot(), *interface);
    });
    return interfaces;
  }

  void add(const Key& key, const SecurityGroup& group, const SecurityGroupRule& rule,
           const ServedInterface& served, const ServiceSet& services) {
    Way& way = ways_[key];
    way.group = &group;
    way.rule = &rule;
    way.targets.push_back(served.interface);
    way.services = way.services.united(services);
    for (const LoadBalancer* balancer : served.balancers) {
      ServiceSet& used = way.balancers[balancer];
      used = used.united(services);
    }
    const bool has_groups =
        std::any_of(served.balancers.begin(), served.balancers.end(),
                    [](const auto* balancer) { return !balancer->groups.empty(); });
    way.must_admit_clients =
        way.must_admit_clients || (keeps_client_address(served) && !has_groups);
  }

  void judge(const Way& way, std::set<const SecurityGroup*>& told) {
    Finding finding = about(kId, *way.group);
    finding.rules = {name_rule(*way.group, *way.rule)};
    finding.affected = affected_ids(way.targets);
    finding.fix = fmt::format("admit the group of {} on {} instead: {}", balancer_names(way),
                              services_text(way.services), revocation(finding.rules.front()));
    if (!peer_blocks(context_.snapshot(), way.rule->peer)) {
      const std::string gap = missing_entries(*way.rule);
      findings_.push_back(unknown(std::move(finding), Risk::High,
                                  "whether others than the balancer get in is not known", {gap}));
      told.insert(way.group);
      return;
    }
    const bool is_wrong = is_reached_from_internet(way, finding) ||
                          (!way.must_admit_clients && is_reached_from_inside(way, finding)) ||
                          (!way.must_admit_clients && is_open_to_others(way, finding));
    if (is_wrong) {
      findings_.push_back(std::move(finding));
      told.insert(way.group);
    }
  }

  bool is_reached_from_internet(const Way& way, Finding& finding) const {
    const auto blocks = peer_blocks(context_.snapshot(), way.rule->peer);
    const IpSet sources(blocks.value_or(std::vector<IpPrefix>{}));
    for (const NetworkInterface* target : running_first(way.targets)) {
      for (const IpFamily family : kFamilies) {
        const ServiceSet services =
            context_.exposure().of(*target, family).some.intersected(way.services);
        if (public_share(sources, family) <= 0 || services.empty()) {
          continue;
        }
        finding.risk = way.is_beside ? Risk::High : Risk::Critical;
        finding.message =
            fmt::format("{} is open to {}, and the internet reaches it on {} without passing {}",
                        services_text(services), peer_text(way.rule->peer),
                        title_of(context_.estate(), *target), balancer_names(way));
        finding.witness =
            witness_of(*context_.exposure().way(Flow::Inbound, *target, family, services));
        if (is_stopped(context_.snapshot(), *target)) {
          call_stopped(finding);
        }
        return true;
      }
    }
    return false;
  }

  bool is_reached_from_inside(const Way& way, Finding& finding) const {
    const auto nodes = nodes_of(way);
    const Callers callers = find_callers(
        context_,
        {.peer = &way.rule->peer,
         .to = &way.targets,
         .services = way.services,
         .counts = [&](const NetworkInterface& caller) { return !nodes.contains(&caller); },
         .wanted = kCallersMax});
    if (!callers.way && callers.gap.empty()) {
      return false;
    }
    if (!callers.way) {
      finding = unknown(std::move(finding), Risk::High,
                        "whether others than the balancer get in is not known: " + callers.gap,
                        {callers.gap});
      return true;
    }
    finding.risk = way.is_beside ? Risk::Medium : Risk::High;
    finding.message = fmt::format(
        "{} is open to {}, and {} get{} in to {} without passing {}", services_text(way.services),
        peer_text(way.rule->peer), names_of(context_.estate(), callers.interfaces),
        callers.interfaces.size() == 1 ? "s" : "", title_of(context_.estate(), *callers.target),
        balancer_names(way));
    finding.witness = witness_of(*callers.way);
    return true;
  }

  /// Nobody comes in now, but whoever gets an address or the group next would.
  bool is_open_to_others(const Way& way, Finding& finding) const {
    if (is_for_balancers(way)) {
      return false;
    }
    finding.is_latent = true;
    finding.risk = Risk::Medium;
    finding.message =
        fmt::format("{} is open to {}, which is more than {}, but nothing else of it gets in now",
                    services_text(way.services), peer_text(way.rule->peer), balancer_names(way));
    return true;
  }

  [[nodiscard]] bool is_for_balancers(const Way& way) const {
    if (const auto* reference = std::get_if<GroupReference>(&way.rule->peer)) {
      return std::any_of(way.balancers.begin(), way.balancers.end(), [&](const auto& each) {
        const auto& groups = each.first->groups;
        return std::find(groups.begin(), groups.end(), reference->group) != groups.end();
      });
    }
    std::vector<IpPrefix> own;
    for (const auto& [balancer, services] : way.balancers) {
      for (const BalancerZone& zone : balancer->zones) {
        if (const Subnet* subnet = context_.snapshot().find(zone.subnet)) {
          own.insert(own.end(), subnet->cidrs.begin(), subnet->cidrs.end());
        }
      }
    }
    const auto blocks = peer_blocks(context_.snapshot(), way.rule->peer);
    return IpSet(blocks.value_or(std::vector<IpPrefix>{})).without(IpSet(own)).empty();
  }

  [[nodiscard]] std::set<const NetworkInterface*> nodes_of(const Way& way) const {
    std::set<const NetworkInterface*> nodes;
    for (const auto& [balancer, services] : way.balancers) {
      const Interfaces& own = context_.estate().nodes_of(*balancer);
      nodes.insert(own.begin(), own.end());
    }
    return nodes;
  }

  [[nodiscard]] static std::string balancer_names(const Way& way) {
    std::set<std::string> names;
    for (const auto& [balancer, services] : way.balancers) {
      names.insert(printable(balancer->balancer_name));
    }
    return joined(std::vector<std::string>(names.begin(), names.end()), ", ");
  }

  const std::string_view kId = web_instance_bypasses_elb.id;

  const Context& context_;
  /// The targets that have a group.
  struct Members {
    ServiceSet used;  // by the balancers, of any of them
    Interfaces targets;
    std::set<const LoadBalancer*> balancers;
  };

  std::map<Key, Way> ways_;
  std::map<Key, Way> others_;
  std::map<const SecurityGroup*, Members> members_;
  std::set<const SecurityGroup*> groups_;
  std::vector<Finding> findings_;
};

std::vector<Finding> run(const Context& context) { return Run(context).run(); }

Remedy admit_balancers(const Context& context, const Finding& finding) {
  return Run(context).narrow(finding);
}

}  // namespace

const Check web_instance_bypasses_elb = {
    .id = "web-instance-bypasses-elb",
    .title = "Web server behind a balancer accepts traffic from elsewhere",
    .risk = Risk::Critical,
    .resources = "SecurityGroup, TargetGroup",
    .why =
        "What the balancer guards (its web ACL, its TLS policy, its logs, its limits) guards "
        "nothing for those who reach the server beside it, on the ports that the balancer uses or "
        "on "
        "others that a rule opens to addresses. A server behind a balancer should take traffic "
        "from "
        "the balancer's group only.",
    .fix =
        "Admit the balancer's security group on the traffic and health check ports, and nothing "
        "else on these. Revoke the other rules with aws ec2 revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .remedy = admit_balancers};

}  // namespace portolan::checks
