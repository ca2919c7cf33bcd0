#pragma once

#include <string>

#include "core/ip.h"
#include "core/service.h"
#include "model/snapshot.h"
#include "reach/consulted.h"
#include "reach/tracer.h"

/// Private to the module: network ACLs.
namespace portolan::reach {

/// The ports that replies come back to. `is_certain`: all of them must pass for a sure yes;
/// otherwise the client may use any port of 1024-65535 (a host that is not known).
/// SOURCE: VPC guide, "Ephemeral ports": Linux 32768-61000, Windows 49152-65535, Elastic Load
/// Balancing, NAT gateways and Lambda 1024-65535.
struct ClientPorts {
  int first = 1024;
  int last = 65535;

  static ClientPorts of(const Snapshot& snapshot, const NetworkInterface* client);
};

/// The services that the entries of one direction and address family pass to or from `peer`: by
/// rule number, first match wins, deny at the end.
ServiceSet acl_allows(const NetworkAcl& acl, bool is_egress, const IpAddress& peer);

/// One crossing of a subnet's border.
struct AclCrossing {
  const Subnet* subnet = nullptr;
  bool is_egress = false;
  IpAddress peer;  // the packet's other address: destination if it leaves, source if it enters
  Direction direction = Direction::Forward;
  ClientPorts ports;  // of the client, for replies
  /// Replies: what the NACLs crossed before let pass, narrowed by this one. A reply comes back to
  /// one port of the client, which all of them must let pass. Null: this is the only one.
  ServiceSet* replies = nullptr;
  bool tells = true;              // with the hop
  Mentions* consulted = nullptr;  // gets the NACL
};

/// What the subnet's NACL lets pass of `services` (which are named by the request, also for
/// replies).
Outcome acl_filter(const Network& network, const AclCrossing& crossing, const ServiceSet& services);

}  // namespace portolan::reach
