#pragma once

#include <string>
#include <vector>

#include "core/ip.h"
#include "core/service.h"
#include "model/snapshot.h"

/// Private to the module: what the rules of an AWS Network Firewall may do with a packet.
namespace portolan::reach {

/// A packet, by its addresses. `is_reply`: it goes back from the server, so that its destination
/// port is the client's; services are named by the request all the same.
struct FirewallPacket {
  IpAddress source;
  IpAddress destination;
  bool is_reply = false;
};

/// The services that may go each way. A service stands in more than one of them if that hangs on a
/// rule which is not decided here; standing in one alone, it goes that way for sure.
struct FirewallFate {
  ServiceSet passes;
  ServiceSet drops;
  ServiceSet forwards;               // stateless engine only: to the stateful one
  ServiceSet passes_by_rule;         // stateful engine only: a part of `passes`
  ServiceSet passes_unmatched;       // the rest of it: nothing dropped them
  std::string dropping_rule;         // the first rule or default action that drops something
  std::string undecided_rule;        // the first one that is not decided here
  std::vector<std::string> missing;  // rule groups that were not collected
};

/// Rule groups by priority, their rules by priority, first match wins, else the default actions.
/// SOURCE: Network Firewall guide, "Evaluation order for stateless rule groups".
FirewallFate stateless_engine(const Snapshot& snapshot, const FirewallPolicy& policy,
                              const FirewallPacket& packet, const ServiceSet& services);

/// Action order: pass rules before drop rules before alerts, and what no rule drops passes.
/// Strict order: groups by priority, rules as listed, else the default actions.
/// SOURCE: Network Firewall guide, "Evaluation order for stateful rule groups".
FirewallFate stateful_engine(const Snapshot& snapshot, const FirewallPolicy& policy,
                             const FirewallPacket& packet, const ServiceSet& services);

/// The services whose replies a drop rule of the stateful engine might catch, unless a pass rule
/// let the request through: a pass covers its whole flow.
ServiceSet reply_suspects(const Snapshot& snapshot, const FirewallPolicy& policy,
                          const FirewallPacket& reply, const ServiceSet& services);

}  // namespace portolan::reach
