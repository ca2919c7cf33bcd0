#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "reach/firewall_engine.h"
#include "reach/tracer.h"

/// What lies behind a Gateway Load Balancer endpoint.
namespace portolan::reach {

namespace {

bool shares_subnet(const NetworkFirewall& firewall, const VpcEndpoint& endpoint) {
  return std::any_of(firewall.subnets.begin(), firewall.subnets.end(), [&](const SubnetId& subnet) {
    return std::find(endpoint.subnets.begin(), endpoint.subnets.end(), subnet) !=
           endpoint.subnets.end();
  });
}

/// The firewall that the endpoint is an attachment of, by its list of attachments, by the tag that
/// the service puts on the endpoint, or, where neither was collected, by its place.
const NetworkFirewall* firewall_of(const Snapshot& snapshot, const VpcEndpoint& endpoint) {
  const NetworkFirewall* by_place = nullptr;
  for (const NetworkFirewall& firewall : snapshot.all<NetworkFirewall>()) {
    const auto& endpoints = firewall.endpoints;
    const bool is_listed =
        std::find(endpoints.begin(), endpoints.end(), endpoint.id.value) != endpoints.end();
    if (is_listed || endpoint.owned.tag("Firewall") == firewall.id.value) {
      return &firewall;
    }
    if (endpoints.empty() && firewall.vpc == endpoint.vpc && shares_subnet(firewall, endpoint)) {
      by_place = &firewall;
    }
  }
  return by_place;
}

Outcome no_firewall(const VpcEndpoint& endpoint, Direction direction, const ServiceSet& services) {
  if (endpoint.owned.tag("AWSNetworkFirewallManaged") == "true") {
    return undecided(direction, endpoint.id.value, "", Reason::NotCollected,
                     fmt::format("the firewall behind {} was not collected: {}", endpoint.id.value,
                                 call_of(Noun::NetworkFirewalls)),
                     services);
  }
  return undecided(direction, endpoint.id.value, "", Reason::ApplianceUndecided,
                   fmt::format("an appliance behind {} decides what passes", endpoint.id.value),
                   services);
}

/// What both engines do, one after the other; as in FirewallFate a service may stand in both.
struct Judgement {
  ServiceSet passes;
  ServiceSet drops;
  std::string dropping_rule;
  std::string undecided_rule;
  std::vector<std::string> missing;
};

std::string first_of(const std::string& a, const std::string& b) { return a.empty() ? b : a; }

/// The stateful engine knows the flows that it let in: their replies pass. Only a drop rule that
/// the reply itself matches is in doubt, where no pass rule covers the flow.
FirewallFate stateful_reply(const Snapshot& snapshot, const FirewallPolicy& policy,
                            const FirewallPacket& packet, const ServiceSet& services) {
  const FirewallPacket request{
      .source = packet.destination, .destination = packet.source, .is_reply = false};
  const FirewallFate asked = stateful_engine(snapshot, policy, request, services);
  const ServiceSet covered =
      asked.passes_by_rule.without(asked.passes_unmatched).without(asked.drops);
  FirewallFate fate;
  fate.passes = services;
  fate.drops = reply_suspects(snapshot, policy, packet, services).without(covered);
  fate.undecided_rule = fate.drops.empty() ? "" : "a drop rule that matches the reply";
  return fate;
}

Judgement judge(const Snapshot& snapshot, const FirewallPolicy& policy,
                const FirewallPacket& packet, const ServiceSet& services) {
  FirewallFate first = stateless_engine(snapshot, policy, packet, services);
  const FirewallFate second = packet.is_reply
                                  ? stateful_reply(snapshot, policy, packet, first.forwards)
                                  : stateful_engine(snapshot, policy, packet, first.forwards);
  Judgement judgement{.passes = first.passes.united(second.passes),
                      .drops = first.drops.united(second.drops),
                      .dropping_rule = first_of(first.dropping_rule, second.dropping_rule),
                      .undecided_rule = first_of(first.undecided_rule, second.undecided_rule),
                      .missing = std::move(first.missing)};
  judgement.missing.insert(judgement.missing.end(), second.missing.begin(), second.missing.end());
  return judgement;
}

Hop hop_of(const NetworkFirewall& firewall, Direction direction, const Judgement& judgement) {
  const Passage passage{.yes = judgement.passes.without(judgement.drops),
                        .depends = {},
                        .unknown = judgement.passes.intersected(judgement.drops)};
  Hop hop{.direction = direction,
          .component = firewall.id.value,
          .rule = {},
          .reason = Reason::Passed,
          .passage = passage,
          .detail = fmt::format("firewall {}", firewall.firewall_name)};
  if (passage.blocked()) {
    hop.reason = Reason::FirewallDrops;
    hop.rule = judgement.dropping_rule;
    hop.detail = fmt::format("{} drops it by {}", firewall.firewall_name,
                             judgement.dropping_rule.empty() ? "its policy" : hop.rule);
  } else if (!passage.unknown.empty() && !judgement.missing.empty()) {
    hop.reason = Reason::NotCollected;
    hop.detail = fmt::format("{} was not collected: {}", judgement.missing.front(),
                             call_of(Noun::FirewallRuleGroups));
  } else if (!passage.unknown.empty()) {
    hop.reason = Reason::FirewallUndecided;
    hop.rule = judgement.undecided_rule;
    hop.detail = fmt::format("{} of {} looks into the traffic", hop.rule, firewall.firewall_name);
  }
  return hop;
}

}  // namespace

Outcome endpoint_appliance_filter(const Network& network, const VpcEndpoint& endpoint,
                                  Direction direction, const IpAddress& source,
                                  const IpAddress& destination, const ServiceSet& services) {
  const Snapshot& snapshot = network.snapshot();
  if (!endpoint.is_available) {
    return blocked(direction, endpoint.id.value, "", Reason::EndpointUnavailable,
                   fmt::format("{} is not available", endpoint.id.value));
  }
  const NetworkFirewall* firewall = firewall_of(snapshot, endpoint);
  if (firewall == nullptr) {
    return no_firewall(endpoint, direction, services);
  }
  const FirewallPolicy* policy = snapshot.find(firewall->policy);
  if (policy == nullptr) {
    return undecided(direction, firewall->id.value, "", Reason::NotCollected,
                     fmt::format("the policy of {} was not collected: {}", firewall->firewall_name,
                                 call_of(Noun::FirewallPolicies)),
                     services);
  }
  const FirewallPacket packet{
      .source = source, .destination = destination, .is_reply = direction == Direction::Return};
  Hop hop = hop_of(*firewall, direction, judge(snapshot, *policy, packet, services));
  return {.passage = hop.passage, .hops = {std::move(hop)}, .assumptions = {}};
}

}  // namespace portolan::reach
