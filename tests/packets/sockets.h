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

/// Asks for an echo of `number`.
void send_echo_request(const Descriptor& socket, const IpAddress& destination,
                       std::uint32_t number);
/// Takes the next packet: the number in an echo reply, and who sent it. `is_any` is false once
/// there is none left.
struct Echo {
  bool is_any = false;
  std::optional<std::uint32_t> number;
  IpAddress sender;
};
Echo receive_echo(const Descriptor& socket, IpFamily family);

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
