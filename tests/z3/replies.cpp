#include "tests/z3/replies.h"

#include <array>
#include <utility>

namespace portolan::tests {

namespace {

constexpr int kIcmp = 1;
constexpr int kIcmpV6 = 58;

/// SOURCE: RFC 792, RFC 950, RFC 4443: which ICMP messages are answered, and by which.
constexpr std::array<std::pair<int, int>, 4> kAnswers{{{8, 0}, {13, 14}, {15, 16}, {17, 18}}};
constexpr int kEchoV6 = 128;
constexpr int kEchoReplyV6 = 129;

z3::expr is_icmp(const Packet& packet, int protocol, int type) {
  z3::context& solver = packet.protocol.ctx();
  return packet.protocol == solver.bv_val(protocol, 8) &&
         packet.destination_port.extract(15, 8) == solver.bv_val(type, 8);
}

}  // namespace

Ports client_ports(const Facts& facts, const InterfaceFact* client) {
  if (client == nullptr || client->instance.empty()) {
    return {};
  }
  return facts.windows_instances.contains(client->instance) ? Ports{.first = 49152, .last = 65535}
                                                            : Ports{.first = 32768, .last = 61000};
}

z3::expr is_between(const z3::expr& port, int first, int last) {
  return z3::uge(port, port.ctx().bv_val(first, 16)) && z3::ule(port, port.ctx().bv_val(last, 16));
}

Packet answer_to(const Packet& packet) {
  z3::context& solver = packet.protocol.ctx();
  z3::expr port = packet.source_port;
  for (const auto& [query, answer] : kAnswers) {
    port = z3::ite(is_icmp(packet, kIcmp, query), solver.bv_val(answer * 256, 16), port);
  }
  port = z3::ite(is_icmp(packet, kIcmpV6, kEchoV6), solver.bv_val(kEchoReplyV6 * 256, 16), port);
  return {.source = packet.destination,
          .destination = packet.source,
          .protocol = packet.protocol,
          .source_port = packet.destination_port,
          .destination_port = port};
}

z3::expr has_no_answer(const Packet& packet) {
  z3::context& solver = packet.protocol.ctx();
  z3::expr is_message = packet.protocol == solver.bv_val(kIcmp, 8);
  for (const auto& [query, answer] : kAnswers) {
    is_message = is_message && !is_icmp(packet, kIcmp, query);
  }
  return is_message ||
         (packet.protocol == solver.bv_val(kIcmpV6, 8) && !is_icmp(packet, kIcmpV6, kEchoV6));
}

}  // namespace portolan::tests
