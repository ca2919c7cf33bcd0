#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "reach/balancer.h"
#include "reach/connect.h"

/// What a node does with a connection: its listeners, their rules, and what answers by itself.
namespace portolan::reach {

namespace {

/// The nodes answer pings themselves where their groups let them in; those of a Network Load
/// Balancer do not. SOURCE: Application and Classic Load Balancer guides, "Security groups".
const ServiceSet& pings() {
  static const ServiceSet kEchoes = ServiceSet::icmp(8).united(ServiceSet::icmpv6(128));
  return kEchoes;
}

bool answers_pings(const LoadBalancer& balancer) {
  return balancer.kind == BalancerKind::Application || balancer.kind == BalancerKind::Classic;
}

Hop hop_at(std::string component, std::string rule, std::string detail,
           const ServiceSet& services) {
  return {.direction = Direction::Forward,
          .component = std::move(component),
          .rule = std::move(rule),
          .reason = Reason::Passed,
          .passage = Passage::of(services),
          .detail = std::move(detail)};
}

Outcome passing(Hop hop) {
  return {.passage = hop.passage, .hops = {std::move(hop)}, .assumptions = {}};
}

/// One thing that a listener may do: which request it does it for is the client's to choose.
struct Choice {
  std::string name;  // `default action`, `rule 10 (path-pattern=/api/*)`
  const BalancerAction* action = nullptr;
  bool forwards = false;
};

void add_choices(const std::string& name, const std::vector<BalancerAction>& actions,
                 std::vector<Choice>& choices) {
  for (const BalancerAction& action : actions) {
    choices.push_back({.name = name, .action = &action, .forwards = action.type == "forward"});
  }
}

/// Forwarding comes first, so that a way to a target is told before an answer of the balancer's
/// own, such as asking for a log-in.
std::vector<Choice> choices_of(const Listener& listener) {
  std::vector<Choice> choices;
  add_choices("default action", listener.actions, choices);
  if (listener.rules) {
    for (const ListenerRule& rule : *listener.rules) {
      if (rule.priority != "default") {
        add_choices(fmt::format("rule {} ({})", rule.priority, fmt::join(rule.conditions, ", ")),
                    rule.actions, choices);
      }
    }
  }
  std::stable_partition(choices.begin(), choices.end(),
                        [](const Choice& choice) { return choice.forwards; });
  return choices;
}

std::string name_of(const Listener& listener) {
  return fmt::format("listener {}:{}", listener.protocol, listener.port);
}

/// Adds a further way, unless there is nothing left that it could improve.
class Ways {
 public:
  explicit Ways(ServiceSet services) : services_(std::move(services)) {}

  [[nodiscard]] bool is_done() const { return best_ && best_->passage.yes.contains(services_); }
  void add(Outcome outcome) {
    best_ = best_ ? beside(*std::move(best_), std::move(outcome)) : std::move(outcome);
  }
  [[nodiscard]] std::optional<Outcome> best() && { return std::move(best_); }

 private:
  ServiceSet services_;
  std::optional<Outcome> best_;
};

Outcome forward_to(const Network& network, const NodeVisit& visit, const TargetGroupId& id,
                   const ServiceSet& services) {
  const TargetGroup* group = network.snapshot().find(id);
  if (group == nullptr) {
    return undecided(Direction::Forward, id.value, "", Reason::NotCollected,
                     fmt::format("{} was not collected: {}", id.value, call_of(Noun::TargetGroups)),
                     services);
  }
  return to_targets(network, visit, *group, services);
}

void try_choice(const Network& network, const NodeVisit& visit, const Listener& listener,
                const Choice& choice, const ServiceSet& services, Ways& ways) {
  const auto begin = [&](std::string_view what) {
    return passing(hop_at(visit.balancer.id.value, name_of(listener),
                          fmt::format("{}: {}", choice.name, what), services));
  };
  if (!choice.forwards) {
    ways.add(begin(choice.action->type + ", which the balancer answers itself"));
    return;
  }
  for (const TargetGroupId& group : choice.action->targets) {
    if (!ways.is_done()) {
      Outcome outcome = begin("forward");
      outcome.then(forward_to(network, visit, group, services));
      ways.add(std::move(outcome));
    }
  }
}

/// A Classic Load Balancer has one list of instances for all its listeners.
TargetGroup classic_targets(const LoadBalancer& balancer, const Listener& listener) {
  TargetGroup group;
  group.id = {balancer.id.value};
  group.owned = balancer.owned;
  group.group_name = balancer.balancer_name;
  group.protocol = "TCP";
  group.port = listener.instance_port;
  group.target_type = "instance";
  group.vpc = balancer.vpc;
  group.targets.emplace();
  for (const InstanceId& instance : balancer.instances) {
    group.targets->push_back({.id = instance.value, .port = listener.instance_port});
  }
  return group;
}

Outcome past_listener(const Network& network, const NodeVisit& visit, const Listener& listener,
                      const ServiceSet& services) {
  const LoadBalancer& balancer = visit.balancer;
  if (balancer.kind == BalancerKind::Classic) {
    Outcome outcome =
        passing(hop_at(balancer.id.value, name_of(listener),
                       fmt::format("to instances on port {}", listener.instance_port), services));
    outcome.then(to_targets(network, visit, classic_targets(balancer, listener), services));
    return outcome;
  }
  Ways ways(services);
  for (const Choice& choice : choices_of(listener)) {
    if (!ways.is_done()) {
      try_choice(network, visit, listener, choice, services, ways);
    }
  }
  const bool may_have_rules = balancer.kind == BalancerKind::Application && !listener.rules;
  if (may_have_rules && !ways.is_done()) {
    ways.add(
        undecided(Direction::Forward, balancer.id.value, name_of(listener), Reason::NotCollected,
                  fmt::format("the rules of {} of {} were not collected: {}", name_of(listener),
                              balancer.balancer_name, call_of(Noun::ListenerRules)),
                  services));
  }
  return std::move(ways).best().value_or(
      blocked(Direction::Forward, balancer.id.value, name_of(listener), Reason::BalancerNoTarget,
              fmt::format("{} forwards to no target group", name_of(listener))));
}

}  // namespace

ServiceSet listener_services(std::string_view protocol, int port) {
  static constexpr std::array<std::string_view, 3> kUdp{"UDP", "QUIC", "GENEVE"};
  static constexpr std::array<std::string_view, 2> kBoth{"TCP_UDP", "TCP_QUIC"};
  if (port < 1 || port > 65535) {
    return {};
  }
  if (std::find(kUdp.begin(), kUdp.end(), protocol) != kUdp.end()) {
    return ServiceSet::udp(port);
  }
  if (std::find(kBoth.begin(), kBoth.end(), protocol) != kBoth.end()) {
    return ServiceSet::tcp(port).united(ServiceSet::udp(port));
  }
  return ServiceSet::tcp(port);
}

ServiceSet listener_services(const LoadBalancer& balancer) {
  ServiceSet services = answers_pings(balancer) ? pings() : ServiceSet{};
  if (balancer.listeners) {
    for (const Listener& listener : *balancer.listeners) {
      services = services.united(listener_services(listener.protocol, listener.port));
    }
  }
  return services;
}

Outcome past_node(const Network& network, const NodeVisit& visit, const ServiceSet& services) {
  const LoadBalancer& balancer = visit.balancer;
  Ways ways(services);
  if (!balancer.listeners) {
    static const ServiceSet kPorts =
        ServiceSet::protocol(kProtocolTcp).united(ServiceSet::protocol(kProtocolUdp));
    ways.add(undecided(Direction::Forward, balancer.id.value, "", Reason::NotCollected,
                       fmt::format("the listeners of {} were not collected: {}",
                                   balancer.balancer_name, call_of(Noun::Listeners)),
                       services.intersected(kPorts)));
  } else {
    for (const Listener& listener : *balancer.listeners) {
      const ServiceSet part =
          services.intersected(listener_services(listener.protocol, listener.port));
      if (!part.empty()) {
        ways.add(past_listener(network, visit, listener, part));
      }
    }
  }
  const ServiceSet echo =
      visit.from.address.is_v4() ? ServiceSet::icmp(8) : ServiceSet::icmpv6(128);
  const ServiceSet echoes = answers_pings(balancer) ? services.intersected(echo) : ServiceSet{};
  if (!echoes.empty()) {
    ways.add(passing(hop_at(visit.node.id.value, "", "the node answers pings itself", echoes)));
  }
  return std::move(ways).best().value_or(blocked(
      Direction::Forward, balancer.id.value, "", Reason::BalancerNoListener,
      fmt::format("{} takes {}", balancer.balancer_name, listener_services(balancer).text())));
}

}  // namespace portolan::reach
