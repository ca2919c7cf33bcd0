#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ip.h"
#include "reach/reach.h"
#include "tests/packets/attempts.h"
#include "tests/packets/documents.h"

namespace portolan::packets {

/// SOURCE: VPC guide, "Ephemeral ports": the range of clients that are not known.
inline constexpr int kEphemeralFirst = 1024;
inline constexpr int kLastPort = 65535;

/// A host as both sides know it.
struct Party {
  Host host;
  reach::Place place;                    // as a source: by this one address
  std::vector<IpAddress> asked_by;       // addresses that lead there
  std::string instance;                  // two interfaces of one talk inside it; may be empty
  std::uint16_t client_ports_first = 0;  // where its system takes ports of clients from
  std::uint16_t client_ports_last = 0;
};

struct PortRange {
  std::uint16_t first = 0;
  std::uint16_t last = 0;
};

/// What to try in a network.
struct Plan {
  std::vector<Party> parties;
  Ports tcp;
  Ports udp;
  std::vector<PortRange> client_ranges;  // all ephemeral ports, cut where NACLs or clients do

  /// A port of the range that is no service, lest the kernel takes a request for the reply to
  /// another one; nothing if there is none. Different for different `turn`s, as far as the range
  /// goes: a NAT gateway keeps the ports of its clients while they differ.
  [[nodiscard]] std::optional<std::uint16_t> client_port(const PortRange& range,
                                                         std::size_t turn) const;
};

/// Hosts of the internet for the network: one from a block that some rule names, others from none.
std::vector<IpAddress> internet_hosts(const Documents& documents);

/// The hosts, services and client ports that matter for the network.
Plan plan(const Documents& documents, const std::vector<IpAddress>& internet_hosts);

}  // namespace portolan::packets
