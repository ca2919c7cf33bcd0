#pragma once

#include <cstdint>

#include "core/ip.h"
#include "core/service.h"
#include "model/snapshot.h"
#include "reach/tracer.h"

/// Private to the module: security groups.
namespace portolan::reach {

/// How the packet got from one end to the other, as far as references to groups care.
struct Crossing {
  /// The packet went over an internet gateway or a NAT: its private addresses are not seen.
  bool hides_private_addresses = false;
  const VpcPeering* peering = nullptr;
  enum class Transit { NotCrossed, WithReferences, WithoutReferences, Unknown };
  Transit transit = Transit::NotCrossed;  // whether gateway and both attachments carry references
  bool is_cross_region = false;
  bool passed_appliance = false;  // a middlebox in between: references do not match
};

/// The other end of the connection, as a group's rules see it.
struct Peer {
  IpAddress address;
  const NetworkInterface* interface = nullptr;  // null: a host out there
  Crossing crossing;
};

/// Whether references to groups can match at all after that way, if the other end is a member.
enum class ReferenceMatch : std::uint8_t { No, Yes, Unknown };
ReferenceMatch reference_match(const Crossing& crossing, bool is_egress);

/// What the groups of `interface` let pass in one direction to or from `peer`: the union over its
/// groups; nothing if no rule matches. An interface without groups is not filtered.
/// Rules that name what was not collected (a prefix list's entries, a group's row) are unknown.
Outcome group_filter(const Network& network, const NetworkInterface& interface, bool is_egress,
                     const Peer& peer, const ServiceSet& services);

}  // namespace portolan::reach
