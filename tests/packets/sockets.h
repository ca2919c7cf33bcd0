#pragma once

#include <cstdint>
#include <optional>
#include <sys/socket.h>

#include "core/ip.h"
#include "tests/packets/world.h"

/// Sockets in the namespace at hand. None of them waits.
namespace portolan::packets {

/// A TCP socket that takes connections on a port of every address of the family.
Descriptor listen_on(IpFamily family, std::uint16_t port);

/// A TCP socket that is about to reach `destination`; closed if that failed at once.
Descriptor connect_to(const IpAddress& source, std::uint16_t client_port,
                      const IpAddress& destination, std::uint16_t port);

/// Ends a connection so that nothing of it is left for the next attempt to find.
void abort(Descriptor& connection);

/// A UDP socket of one address and port.
Descriptor datagrams_of(const IpAddress& address, std::uint16_t port);

/// A socket for ICMP (ICMPv6) of one address.
Descriptor echoes_of(const IpAddress& address);

/// What two hosts say to each other, over UDP and as the content of ICMP echoes.
struct Message {
  std::uint32_t is_reply = 0;
  std::uint32_t attempt = 0;
  std::uint32_t node = 0;  // of a reply: who gives it
};

/// An ICMP echo request or reply.
struct Echo {
  std::uint32_t id_and_sequence = 0;  // a reply repeats those of the request
  Message message;
  IpAddress peer;  // whom it is for, or from
};
void send_echo(const Descriptor& socket, const Echo& echo);
/// Takes the next packet. `echo` has nothing if that was something else, and `is_any` is false once
/// there is none left.
struct ReceivedEcho {
  bool is_any = false;
  std::optional<Echo> echo;
};
ReceivedEcho receive_echo(const Descriptor& socket, IpFamily family);

/// An address and port as the kernel takes them.
struct SocketAddress {
  SocketAddress() = default;
  SocketAddress(const IpAddress& address, std::uint16_t port);

  [[nodiscard]] IpAddress address() const;
  [[nodiscard]] const sockaddr* get() const;
  [[nodiscard]] sockaddr* get();

  sockaddr_storage storage = {};
  socklen_t size = sizeof(sockaddr_storage);
};

}  // namespace portolan::packets
