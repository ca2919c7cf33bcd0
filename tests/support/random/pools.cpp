#include <fmt/format.h>

#include "tests/support/random/draft.h"

namespace portolan::tests::random {

std::string draw_service(Draft& draft, bool is_acl, bool is_v6) {
  Random& random = draft.random;
  if (is_v6 && random.chance(25)) {
    return std::string(random.pick({"icmpv6", "icmpv6/128", "icmpv6/1/0"}));
  }
  if (!is_acl && random.chance(8)) {
    // Ports of a protocol that has none count for nothing; numbers stand for names.
    return std::string(random.pick({"raw/50/22/22", "raw/6/443/443", "raw/-1/1/1", "raw/17/53/53",
                                    "raw/58//", "raw/icmp/8/-1"}));
  }
  return std::string(random.pick(
      {"any",        "any",     "any",      "tcp",         "tcp/22",         "tcp/22",
       "tcp/80,443", "tcp/443", "tcp/80",   "tcp/8080",    "tcp/1024-65535", "tcp/8000-8100",
       "udp",        "udp/53",  "udp/53",   "udp/500-600", "icmp",           "icmp/8",
       "icmp/3/4",   "icmp/0",  "proto/50", "proto/47",    "tcp/5432",       "tcp/0-1023"}));
}

namespace {

std::string draw_block_v6(Draft& draft) {
  Random& random = draft.random;
  const DraftSubnet& subnet = random.pick(draft.subnets);
  const DraftInterface& interface = random.pick(draft.interfaces);
  const std::string& last = interface.addresses.back();
  const int kind = random.between(0, 3);
  if (kind == 0 && !subnet.cidr6.empty()) {
    return subnet.cidr6;
  }
  if (kind == 1 && last.find(':') != std::string::npos) {
    return last + "/128";
  }
  return kind == 2 && !draft.vpcs[subnet.vpc].cidr6.empty() ? draft.vpcs[subnet.vpc].cidr6 : "::/0";
}

}  // namespace

std::string draw_block(Draft& draft, std::size_t vpc, bool is_v6) {
  Random& random = draft.random;
  if (is_v6) {
    return draw_block_v6(draft);
  }
  const int kind = random.between(0, 99);
  if (kind < 25) {
    return "0.0.0.0/0";
  }
  if (kind < 40) {
    return draft.vpcs[vpc].cidr;
  }
  if (kind < 55) {
    return random.pick(draft.vpcs).cidr;
  }
  if (kind < 72) {
    return random.pick(draft.subnets).cidr;
  }
  if (kind < 82) {
    return random.pick(draft.interfaces).addresses.front() + "/32";
  }
  return std::string(random.pick({"10.0.0.0/8", "10.0.0.0/8", "10.0.0.0/15", "10.1.1.0/23",
                                  "8.8.8.0/24", "93.184.216.34/32", "52.16.0.0/16", "0.0.0.0/1",
                                  "192.168.0.0/16", "52.218.0.0/17", "10.0.0.8/29"}));
}

}  // namespace portolan::tests::random
