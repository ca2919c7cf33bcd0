#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/ip.h"
#include "tests/packets/world.h"

namespace portolan::packets {

/// A node that opens and takes connections, by one of its addresses.
struct Host {
  std::string node;
  IpAddress address;
};

enum class Protocol : std::uint8_t { Tcp, Udp, Icmp };

/// One try to talk: a TCP connection, a datagram, an echo request. It passes if the answer of the
/// host that was meant comes back.
struct Attempt {
  std::size_t from = 0;   // index of a host
  std::string to;         // the node that is to answer
  IpAddress destination;  // the address to ask: one of its own, or one that leads there
  Protocol protocol = Protocol::Tcp;
  std::uint16_t port = 0;         // not of ICMP
  std::uint16_t client_port = 0;  // not of ICMP
  bool passed = false;
};

/// The ports of TCP and UDP on which all hosts answer.
using Ports = std::vector<std::uint16_t>;

/// Makes all attempts at once and waits until no more answers come. Bounded: in batches of as many
/// as the process may have open files, each for 20 seconds at most.
void make(const World& world, const std::vector<Host>& hosts, const Ports& services,
          std::vector<Attempt>& attempts);

}  // namespace portolan::packets
