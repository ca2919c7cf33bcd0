#include "reach/acl_filter.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace portolan::reach {

namespace {

constexpr int kEphemeralFirst = 1024;
constexpr int kLastPort = 65535;

/// ICMP queries and the type of their answers. Other types are messages that nobody answers.
/// SOURCE: RFC 792, RFC 950, RFC 4443.
constexpr std::array<std::pair<int, int>, 4> kIcmpAnswers{{{8, 0}, {13, 14}, {15, 16}, {17, 18}}};
constexpr int kEchoV6 = 128;
constexpr int kEchoReplyV6 = 129;

Reason denial(const AclCrossing& crossing) {
  if (crossing.direction == Direction::Return) {
    return Reason::AclDeniesReply;
  }
  return crossing.is_egress ? Reason::AclDeniesEgress : Reason::AclDeniesIngress;
}

/// The part of `services` on one port protocol that gets its replies, given what the NACL allows.
Passage port_replies(const ServiceSet& asked, const ServiceSet& allowed, const ClientPorts& ports,
                     bool is_tcp) {
  const auto range = [&](int first, int last) {
    return is_tcp ? ServiceSet::tcp(first, last) : ServiceSet::udp(first, last);
  };
  const ServiceSet block = asked.intersected(range(0, kLastPort));
  if (block.empty()) {
    return {};
  }
  if (allowed.contains(range(ports.first, ports.last))) {
    return Passage::of(block);
  }
  if (allowed.overlaps(range(kEphemeralFirst, kLastPort))) {
    return {.yes = {}, .depends = block, .unknown = {}};
  }
  return {};
}

Passage icmp_replies(const ServiceSet& asked, const ServiceSet& allowed) {
  static const ServiceSet kBoth = ServiceSet::icmp().united(ServiceSet::icmpv6());
  ServiceSet passing = asked.intersected(kBoth);
  for (const auto& [query, answer] : kIcmpAnswers) {
    if (!allowed.contains(ServiceSet::icmp(answer, 0))) {
      passing = passing.without(ServiceSet::icmp(query));
    }
  }
  if (!allowed.contains(ServiceSet::icmpv6(kEchoReplyV6, 0))) {
    passing = passing.without(ServiceSet::icmpv6(kEchoV6));
  }
  return Passage::of(std::move(passing));
}

ServiceSet other_protocols() {
  return ServiceSet::all()
      .without(ServiceSet::protocol(kProtocolTcp))
      .without(ServiceSet::protocol(kProtocolUdp))
      .without(ServiceSet::icmp())
      .without(ServiceSet::icmpv6());
}

Passage reply_passage(const ServiceSet& asked, const ServiceSet& allowed,
                      const ClientPorts& ports) {
  static const ServiceSet kOthers = other_protocols();
  if (allowed.is_all()) {  // nearly always
    return Passage::of(asked);
  }
  return port_replies(asked, allowed, ports, true)
      .or_else(port_replies(asked, allowed, ports, false))
      .or_else(icmp_replies(asked, allowed))
      .or_else(Passage::of(asked.intersected(allowed).intersected(kOthers)));
}

/// Names the first entry that decides about some of `services`, for the hop.
std::string deciding_entry(const NetworkAcl& acl, const AclCrossing& crossing,
                           const ServiceSet& services) {
  for (const NetworkAclEntry& entry : acl.entries) {
    if (entry.is_egress == crossing.is_egress && entry.cidr.contains(crossing.peer) &&
        entry.services.overlaps(services)) {
      return fmt::format("{} rule {} {} {} {}", crossing.is_egress ? "egress" : "ingress",
                         entry.number, entry.allows ? "allow" : "deny", entry.services.text(),
                         entry.cidr.text());
    }
  }
  return crossing.is_egress ? "egress default deny" : "ingress default deny";
}

/// The part of the ephemeral ports that passes, in words. `allowed`: by this NACL; `passing`: by
/// those before, too.
std::string reply_detail(const ServiceSet& allowed, const ServiceSet& passing,
                         const Passage& passage) {
  const ServiceSet ephemeral = ServiceSet::tcp(kEphemeralFirst, kLastPort)
                                   .united(ServiceSet::udp(kEphemeralFirst, kLastPort));
  const ServiceSet ports = allowed.intersected(ephemeral);
  if (!passage.depends.empty()) {
    return fmt::format("replies pass only to client ports {} of 1024-65535",
                       passing.intersected(ephemeral).text());
  }
  return ports.empty() || passing.overlaps(ephemeral)
             ? "replies are denied"
             : fmt::format(
                   "replies pass only to client ports {}, which a network ACL before denies",
                   ports.text());
}

Outcome not_collected(const AclCrossing& crossing, const ServiceSet& services) {
  return undecided(crossing.direction, crossing.subnet->id.value, "", Reason::NotCollected,
                   fmt::format("the network ACL of {} was not collected: ec2 describe-network-acls",
                               crossing.subnet->id.value),
                   services);
}

/// The services of the packets that cross, to find the entry that decides about a reply.
ServiceSet packet_services(const AclCrossing& crossing, const ServiceSet& services) {
  if (crossing.direction == Direction::Forward) {
    return services;
  }
  static const ServiceSet kOthers = other_protocols();
  ServiceSet packets = services.intersected(kOthers);
  if (services.tcp_ports() > 0) {
    packets = packets.united(ServiceSet::tcp(crossing.ports.first, crossing.ports.last));
  }
  if (services.udp_ports() > 0) {
    packets = packets.united(ServiceSet::udp(crossing.ports.first, crossing.ports.last));
  }
  if (services.overlaps(ServiceSet::icmp())) {
    packets = packets.united(ServiceSet::icmp(0, 0));
  }
  if (services.overlaps(ServiceSet::icmpv6())) {
    packets = packets.united(ServiceSet::icmpv6(kEchoReplyV6, 0));
  }
  return packets;
}

/// True if the first entry that counts lets everything pass, as nearly always. No sets are made.
bool passes_all(const NetworkAcl& acl, bool is_egress, const IpAddress& peer) {
  const auto first =
      std::find_if(acl.entries.begin(), acl.entries.end(), [&](const NetworkAclEntry& entry) {
        return entry.is_egress == is_egress && entry.cidr.contains(peer);
      });
  return first != acl.entries.end() && first->allows && first->services.is_all();
}

}  // namespace

ClientPorts ClientPorts::of(const Snapshot& snapshot, const NetworkInterface* client) {
  if (client == nullptr || client->instance.empty()) {
    return {};
  }
  const Instance* instance = snapshot.find(client->instance);
  if (instance == nullptr) {
    return {};
  }
  std::string platform = instance->platform;
  std::transform(platform.begin(), platform.end(), platform.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  if (platform.find("windows") != std::string::npos) {
    return {.first = 49152, .last = 65535};
  }
  return {.first = 32768, .last = 61000};
}

ServiceSet acl_allows(const NetworkAcl& acl, bool is_egress, const IpAddress& peer) {
  ServiceSet allowed;
  ServiceSet decided;
  for (const NetworkAclEntry& entry : acl.entries) {
    if (entry.is_egress != is_egress || !entry.cidr.contains(peer)) {
      continue;
    }
    if (entry.allows) {
      allowed = allowed.united(entry.services.without(decided));
    }
    decided = decided.united(entry.services);
    if (decided.is_all()) {
      break;
    }
  }
  return allowed;
}

Outcome acl_filter(const Network& network, const AclCrossing& crossing,
                   const ServiceSet& services) {
  const NetworkAcl* acl = network.index().acl_of(*crossing.subnet);
  if (acl == nullptr) {
    return not_collected(crossing, services);
  }
  mention(crossing.consulted, ConsultedKind::NetworkAcl, acl->id.value);
  const bool is_reply = crossing.direction == Direction::Return;
  const bool replies_pass = crossing.replies == nullptr || crossing.replies->is_all();
  if (!crossing.tells && (!is_reply || replies_pass) &&
      passes_all(*acl, crossing.is_egress, crossing.peer)) {
    return {.passage = Passage::of(services), .hops = {}, .assumptions = {}};
  }
  const ServiceSet allowed = acl_allows(*acl, crossing.is_egress, crossing.peer);
  const ServiceSet passing =
      crossing.replies == nullptr ? allowed : crossing.replies->intersected(allowed);
  const Passage passage = is_reply ? reply_passage(services, passing, crossing.ports)
                                   : Passage::of(services.intersected(allowed));
  if (is_reply && crossing.replies != nullptr) {
    *crossing.replies = passing;
  }
  if (!crossing.tells) {
    return {.passage = passage, .hops = {}, .assumptions = {}};
  }
  Hop hop{.direction = crossing.direction,
          .component = acl->id.value,
          .rule = deciding_entry(*acl, crossing, packet_services(crossing, services)),
          .reason = Reason::Passed,
          .passage = passage,
          .detail = {}};
  if (passage.blocked()) {
    hop.reason = denial(crossing);
    hop.detail = is_reply ? reply_detail(allowed, passing, passage)
                          : fmt::format("denied {} {} {}", crossing.is_egress ? "out of" : "into",
                                        crossing.subnet->id.value,
                                        crossing.is_egress ? "to " + crossing.peer.text()
                                                           : "from " + crossing.peer.text());
  } else if (!passage.depends.empty()) {
    hop.reason = Reason::AclLimitsReply;
    hop.detail = reply_detail(allowed, passing, passage);
  }
  return {.passage = passage, .hops = {std::move(hop)}, .assumptions = {}};
}

}  // namespace portolan::reach
