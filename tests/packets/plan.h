#pragma once

#include <vector>

#include "core/ip.h"
#include "reach/reach.h"
#include "tests/packets/attempts.h"
#include "tests/packets/documents.h"

namespace portolan::packets {

/// A host as both sides know it.
struct Party {
  Host host;
  reach::Place place;                    // as a source: by this one address
  std::vector<IpAddress> asked_by;       // addresses that lead there
  std::string instance;                  // two interfaces of one talk inside it; may be empty
  std::uint16_t client_ports_first = 0;  // where its system takes ports of clients from
  std::uint16_t client_ports_last = 0;
};

/// What to try in a network.
struct Plan {
  std::vector<Party> parties;
  Ports tcp;
  Ports udp;
  Ports client_ports;  // every range of ports that a NACL treats alike has one
  Ports spare;  // those among them that are services as well, so they cannot be tried at once
};

/// Hosts of the internet for the network: one from a block that some rule names, others from none.
std::vector<IpAddress> internet_hosts(const Documents& documents);

/// The hosts, services and client ports that matter for the network.
Plan plan(const Documents& documents, const std::vector<IpAddress>& internet_hosts);

}  // namespace portolan::packets
