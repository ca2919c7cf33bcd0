#pragma once

#include "tests/z3/facts.h"
#include "tests/z3/filters.h"

/// What a packet is answered by, and from which port its client sends.
namespace portolan::tests {

/// The answer to a packet. What is no question has none: see `has_no_answer`.
Packet answer_to(const Packet& packet);

/// ICMP messages that nobody answers: no NACL can deny their replies.
z3::expr has_no_answer(const Packet& packet);

struct Ports {
  int first = 1024;
  int last = 65535;
};

/// SOURCE: VPC guide, "Ephemeral ports": by the operating system of the client; null: a host on the
/// internet.
Ports client_ports(const Facts& facts, const InterfaceFact* client);

z3::expr is_between(const z3::expr& port, int first, int last);

}  // namespace portolan::tests
