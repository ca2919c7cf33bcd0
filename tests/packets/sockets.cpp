#include "tests/packets/sockets.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>

#include <gtest/gtest.h>

namespace portolan::packets {

namespace {

int domain_of(IpFamily family) { return family == IpFamily::V4 ? AF_INET : AF_INET6; }

void set(const Descriptor& socket, int level, int option, int value) {
  setsockopt(socket.number(), level, option, &value, sizeof value);
}

Descriptor open(IpFamily family, int type, int protocol) {
  Descriptor result(socket(domain_of(family), type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol));
  EXPECT_TRUE(result.is_open()) << "socket: " << std::strerror(errno);
  return result;
}

/// A port may serve and ask at once.
void bind_to(const Descriptor& socket, const SocketAddress& address) {
  set(socket, SOL_SOCKET, SO_REUSEPORT, 1);
  EXPECT_EQ(bind(socket.number(), address.get(), address.size), 0)
      << "bind to " << address.address().text() << ": " << std::strerror(errno);
}

/// SOURCE: RFC 1071.
std::uint16_t checksum(const std::uint8_t* bytes, std::size_t size) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i + 1 < size; i += 2) {
    std::uint16_t word = 0;
    std::memcpy(&word, bytes + i, sizeof word);
    sum += word;
  }
  while (sum >> 16 != 0) {
    sum = (sum & 0xFFFF) + (sum >> 16);
  }
  return static_cast<std::uint16_t>(~sum);
}

/// Type, code and checksum, identifier and sequence number: the same in ICMP and ICMPv6.
constexpr std::size_t kIdAt = 4;
constexpr std::size_t kMessageAt = 8;
constexpr std::size_t kEchoSize = kMessageAt + sizeof(Message);

std::uint8_t echo_type(IpFamily family, bool is_reply) {
  if (family == IpFamily::V4) {
    return is_reply ? ICMP_ECHOREPLY : ICMP_ECHO;
  }
  return is_reply ? ICMP6_ECHO_REPLY : ICMP6_ECHO_REQUEST;
}

}  // namespace

SocketAddress::SocketAddress(const IpAddress& address, std::uint16_t port) {
  if (address.is_v4()) {
    sockaddr_in made = {};
    made.sin_family = AF_INET;
    made.sin_port = htons(port);
    made.sin_addr.s_addr = htonl(address.v4_bits());
    size = sizeof made;
    std::memcpy(&storage, &made, size);
    return;
  }
  sockaddr_in6 made = {};
  made.sin6_family = AF_INET6;
  made.sin6_port = htons(port);
  for (std::size_t i = 0; i < 16; ++i) {
    const std::uint64_t half = i < 8 ? address.high() : address.low();
    made.sin6_addr.s6_addr[i] = static_cast<std::uint8_t>(half >> (56 - 8 * (i % 8)));
  }
  size = sizeof made;
  std::memcpy(&storage, &made, size);
}

IpAddress SocketAddress::address() const {
  if (storage.ss_family == AF_INET) {
    sockaddr_in read = {};
    std::memcpy(&read, &storage, sizeof read);
    return IpAddress::v4(ntohl(read.sin_addr.s_addr));
  }
  sockaddr_in6 read = {};
  std::memcpy(&read, &storage, sizeof read);
  std::array<std::uint64_t, 2> halves = {};
  for (std::size_t i = 0; i < 16; ++i) {
    halves.at(i / 8) = halves.at(i / 8) << 8 | read.sin6_addr.s6_addr[i];
  }
  return IpAddress::v6(halves[0], halves[1]);
}

const sockaddr* SocketAddress::get() const { return reinterpret_cast<const sockaddr*>(&storage); }
sockaddr* SocketAddress::get() { return reinterpret_cast<sockaddr*>(&storage); }

Descriptor listen_on(IpFamily family, std::uint16_t port) {
  constexpr int kWaitingMax = 4096;
  Descriptor result = open(family, SOCK_STREAM, 0);
  if (family == IpFamily::V6) {
    set(result, IPPROTO_IPV6, IPV6_V6ONLY, 1);
  }
  bind_to(result, {family == IpFamily::V4 ? IpAddress::v4(0) : IpAddress::v6(0, 0), port});
  EXPECT_EQ(listen(result.number(), kWaitingMax), 0) << "listen: " << std::strerror(errno);
  return result;
}

Descriptor connect_to(const IpAddress& source, std::uint16_t client_port,
                      const IpAddress& destination, std::uint16_t port) {
  Descriptor result = open(source.family(), SOCK_STREAM, 0);
  bind_to(result, {source, client_port});
  const SocketAddress target(destination, port);
  if (connect(result.number(), target.get(), target.size) != 0 && errno != EINPROGRESS) {
    return {};
  }
  return result;
}

void abort(Descriptor& connection) {
  const linger at_once = {1, 0};
  setsockopt(connection.number(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  connection = Descriptor();
}

Descriptor datagrams_of(const IpAddress& address, std::uint16_t port) {
  Descriptor result = open(address.family(), SOCK_DGRAM, 0);
  bind_to(result, {address, port});
  return result;
}

Descriptor echoes_of(const IpAddress& address) {
  Descriptor result =
      open(address.family(), SOCK_RAW, address.is_v4() ? int{IPPROTO_ICMP} : int{IPPROTO_ICMPV6});
  bind_to(result, {address, 0});
  return result;
}

void send_echo(const Descriptor& socket, const Echo& echo) {
  std::array<std::uint8_t, kEchoSize> packet = {};
  packet[0] = echo_type(echo.peer.family(), echo.message.is_reply != 0);
  std::memcpy(packet.data() + kIdAt, &echo.id_and_sequence, sizeof echo.id_and_sequence);
  std::memcpy(packet.data() + kMessageAt, &echo.message, sizeof echo.message);
  if (echo.peer.is_v4()) {  // that of ICMPv6 is the kernel's work
    const std::uint16_t sum = checksum(packet.data(), packet.size());
    std::memcpy(packet.data() + 2, &sum, sizeof sum);
  }
  const SocketAddress target(echo.peer, 0);
  sendto(socket.number(), packet.data(), packet.size(), 0, target.get(), target.size);
}

ReceivedEcho receive_echo(const Descriptor& socket, IpFamily family) {
  std::array<std::uint8_t, 256> packet = {};
  SocketAddress sender;
  const ssize_t size =
      recvfrom(socket.number(), packet.data(), packet.size(), 0, sender.get(), &sender.size);
  if (size <= 0) {
    return {};
  }
  // A raw IPv4 socket shows the header of IP, too.
  const std::size_t start = family == IpFamily::V4 ? std::size_t{4} * (packet[0] & 0x0F) : 0;
  Echo echo{.id_and_sequence = 0, .message = {}, .peer = sender.address()};
  if (static_cast<std::size_t>(size) != start + kEchoSize) {
    return {.is_any = true, .echo = {}};
  }
  std::memcpy(&echo.id_and_sequence, packet.data() + start + kIdAt, sizeof echo.id_and_sequence);
  std::memcpy(&echo.message, packet.data() + start + kMessageAt, sizeof echo.message);
  const bool is_echo = packet.at(start) == echo_type(family, echo.message.is_reply != 0);
  return {.is_any = true, .echo = is_echo ? std::optional(echo) : std::nullopt};
}

}  // namespace portolan::packets
