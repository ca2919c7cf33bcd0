#pragma once

#include <optional>
#include <string>

#include "core/ip.h"
#include "core/service.h"
#include "model/snapshot.h"
#include "reach/acl_filter.h"
#include "reach/consulted.h"
#include "reach/group_filter.h"
#include "reach/tracer.h"

/// Private to the module: one packet's way through the network, in one direction.
namespace portolan::reach {

/// What a packet says of itself, and what filters are shown instead (see End::seen_as).
struct Header {
  IpAddress source;
  IpAddress destination;
  std::optional<IpAddress> shown_source;
  std::optional<IpAddress> shown_destination;

  [[nodiscard]] IpAddress source_for_filters() const { return shown_source.value_or(source); }
  [[nodiscard]] IpAddress destination_for_filters() const {
    return shown_destination.value_or(destination);
  }
};

/// How a packet that comes from a host out there enters, or how one leaves to it.
struct Edge {
  enum class Kind { None, Internet, EgressOnlyInternet, VpnGateway, TransitAttachment, AwsService };
  Kind kind = Kind::None;
  std::string gateway;  // igw-…, eigw-…, vgw-…, tgw-attach-…, vpce-…
  std::string transit;  // TransitAttachment: the transit gateway it is attached to
  friend bool operator==(const Edge&, const Edge&) = default;
};

/// Where a packet ended up.
struct Arrival {
  enum class Kind { Nowhere, Interface, Outside, Nat };
  Kind kind = Kind::Nowhere;
  const NetworkInterface* interface = nullptr;  // Interface; Nat: the NAT gateway's own
  const NatGateway* nat = nullptr;
  Edge edge;                             // Outside: by which gateway it left
  Header header;                         // as it arrives, after translation on the way
  Crossing crossing;                     // what references to groups need to know
  std::string egress_only_gateway = {};  // by which it left for the internet, if it did
};

/// A gateway endpoint's route that was passed over because the entries of its prefix list were not
/// collected: were the destination among them, `services` would have gone that way.
struct PassedOver {
  ServiceSet services;
  std::string gap;  // empty if nobody is told
};

struct Walked {
  Outcome outcome;
  Arrival arrival;
  std::optional<PassedOver> passed_over;
};

/// What is the same all along a walk.
struct WalkSetting {
  Direction direction = Direction::Forward;
  ServiceSet services;  // of the connection, named by the request
  ClientPorts ports;
  PublicGateway exits_as = PublicGateway::InternetGateway;
  bool checks_acl_in_subnet = false;
  std::string egress_only_gateway = {};  // replies: the one that the request left by, if any
  bool tells = true;                     // with hops and assumptions
  Mentions* consulted = nullptr;         // gets what routes and NACLs were looked at
};

/// The way of a packet that `interface` sends. Ends at an interface, at a NAT gateway (which opens
/// a connection of its own), or outside. At most 32 routing decisions.
Walked walk_from_interface(const Network& network, const WalkSetting& setting,
                           const NetworkInterface& interface, const Header& header);

/// The way of a packet that a host out there sends in by `edge` to an address of `target`.
Walked walk_from_outside(const Network& network, const WalkSetting& setting, const Edge& edge,
                         const NetworkInterface& target, const Header& header);

}  // namespace portolan::reach
