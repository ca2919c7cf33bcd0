#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ip.h"
#include "reach/acl_filter.h"
#include "reach/reach.h"
#include "reach/registrations.h"

/// Private to the engine: what has to be looked up of each interface before it can be classed.
namespace portolan::reach {

/// What an interface is to the engine.
enum class Part : std::uint8_t {
  None,   // takes no part, or opens connections for others only
  Alone,  // of a balancer or endpoint, or its documents do not fit together
  Host,
};

struct Surveyed {
  Part part = Part::None;
  /// The rest is of hosts only.
  bool is_lone = false;               // member of a subnet or VPC that was not collected
  bool shares_instance = false;       // with other interfaces
  const Subnet* subnet = nullptr;     // null: not collected
  std::vector<std::uint32_t> groups;  // rows in the snapshot, as they are listed; or none
  ClientPorts ports;
  std::array<std::optional<IpAddress>, 2> address;  // IPv4, IPv6: private_address
  const std::string* registrations = nullptr;
};

/// One of them.
Surveyed survey(const Network& network, const Registrations& registrations,
                const NetworkInterface& interface);

/// By rows of the snapshot. Cost: some look-ups for each interface, on `threads` threads.
std::vector<Surveyed> survey(const Network& network, const Registrations& registrations,
                             int threads);

}  // namespace portolan::reach
