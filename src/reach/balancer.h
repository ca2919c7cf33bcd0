#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reach/tracer.h"

/// Private to the module: the pieces of a connection through a load balancer, from the client to
/// the target. balancer.cpp has the way to a node, balancer_listeners.cpp what the node does with
/// it, balancer_targets.cpp which targets it may choose, balancer_leg.cpp the way to one of them.
namespace portolan::reach {

/// What is special about a connection to a balancer.
struct BalancerVisit {
  /// It comes over PrivateLink: no route leads to the node, and groups see the client's address.
  bool is_private_link = false;
  std::string zone_id;           // PrivateLink: of the endpoint's interface; empty: not known
  bool is_private_only = false;  // from another balancer, which sends to private addresses
  int depth = 0;                 // balancers and endpoints on the way before
};

/// `through_balancer` and `through_endpoint` on a way that may lead through several.
Outcome visit_balancer(const Network& network, const End& from, const LoadBalancer& balancer,
                       const End& to, const ServiceSet& services, const BalancerVisit& visit);
Outcome visit_endpoint(const Network& network, const End& from, const VpcEndpoint& endpoint,
                       const NetworkInterface& interface, const ServiceSet& services, int depth);

/// So many balancers and endpoints in a row are followed.
inline constexpr int kMiddleHopsMax = 4;

/// A connection that has arrived at a node.
struct NodeVisit {
  const End& from;
  const LoadBalancer& balancer;
  const NetworkInterface& node;
  /// The source that the node sees, if it is one that the balancer could show to a target: not over
  /// PrivateLink, and only a Network Load Balancer can.
  std::optional<IpAddress> client;
  int depth = 0;
};

/// What a listener of `protocol` takes on `port`; none if that is no port.
/// SOURCE: ELBv2 API, Listener, Protocol; Classic ELB API, Listener.
ServiceSet listener_services(std::string_view protocol, int port);
/// What the balancer takes, on all listeners.
ServiceSet listener_services(const LoadBalancer& balancer);

/// What the node does with `services`: the best of its listeners, rules and targets.
Outcome past_node(const Network& network, const NodeVisit& visit, const ServiceSet& services);

/// On to the best target of the group. `services` are the listener's.
Outcome to_targets(const Network& network, const NodeVisit& visit, const TargetGroup& group,
                   const ServiceSet& services);

/// A target, looked up.
struct TargetPlace {
  std::vector<End> ends;                   // addresses that it may be at, of which one is right
  const LoadBalancer* balancer = nullptr;  // target type `alb`
  bool is_function = false;                // target type `lambda`: no network to cross
  std::string zone;                        // empty: any, or not known
  std::string gap;                         // nothing of the above: what was not collected
  std::string assumption;
};

TargetPlace find_target(const Network& network, const TargetGroup& group, const Target& target);

/// From the node to one target, in terms of the listener's `services`.
Outcome to_target(const Network& network, const NodeVisit& visit, const TargetGroup& group,
                  const Target& target, const TargetPlace& place, const ServiceSet& services);

}  // namespace portolan::reach
