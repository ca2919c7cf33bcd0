#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reach/tracer.h"

/// Private to the module: `trace` from the ends inwards.
namespace portolan::reach {

/// True if `a` is the better news: the higher verdict, or more services at the same one.
bool is_better(const Passage& a, const Passage& b);

/// Two ways side by side: what either lets pass, and the hops of the better one.
Outcome beside(Outcome a, Outcome b);

/// The private address of an interface in that family: the primary one, or the first IPv6 one.
std::optional<IpAddress> private_address(const NetworkInterface& interface, IpFamily family);

/// The ends of a connection, in an address family that both speak.
struct EndPair {
  End from;
  End to;
};

/// The addresses under which `from` would talk to `to`. If there is no pair, `reason` and `detail`
/// tell why.
struct EndChoice {
  std::vector<EndPair> pairs;  // in order of preference
  Reason reason = Reason::AddressFamilyMismatch;
  std::string component;
  std::string detail;
};

/// A host on the internet reaches an interface by a public address; anyone else by its private one,
/// unless `to` names an address. `to` is no balancer.
EndChoice choose_ends(const Network& network, const Place& from, const Place& to);

/// The end that `place` is when it sends in that family; nothing if it does not speak it. `place`
/// is no balancer.
std::optional<End> sending_end(const Network& network, const Place& place, IpFamily family);

/// What an interface is for, as far as connections are concerned.
enum class InterfaceRole : std::uint8_t {
  Host,             // an instance, a database, a container …: both ends of connections
  Nat,              // opens connections for others only
  Forwarder,        // of a transit gateway, or a gateway load balancer or its endpoint
  Endpoint,         // of an interface endpoint
  UnknownEndpoint,  // the same, but the endpoint was not collected
  Node,             // of a load balancer
  UnknownNode,      // the same, but the balancer was not collected
};

InterfaceRole role_of(const Network& network, const NetworkInterface& interface);

/// Why the interface takes no part at all: it is detached, or its instance is gone. Nothing if it
/// does.
std::optional<Outcome> is_down(const Network& network, const NetworkInterface& interface);

/// True for one interface, and for two of one instance.
inline bool are_on_one_host(const NetworkInterface& a, const NetworkInterface& b) {
  return a.id == b.id || (!a.instance.empty() && a.instance == b.instance);
}

/// The connections that a balancer opens itself: to its registered targets, on the ports they are
/// registered or checked with. From `node`, or from any node if null.
Outcome from_balancer(const Network& network, const LoadBalancer& balancer,
                      const NetworkInterface* node, const Place& to, const ServiceSet& services);

/// The verdict on what came out, and why.
Answer answer_of(Outcome outcome, const ServiceSet& services);

}  // namespace portolan::reach
