#include <algorithm>
#include <iterator>

#include "core/service.h"
#include "core/text.h"

namespace portolan {
namespace {

struct Protocol {
  std::string_view name;  // lower case
  int number;
};

/// The frequent ones first, then by number; aliases are those of /etc/protocols and of AWS.
/// SOURCE: IANA Protocol Numbers.
constexpr Protocol kProtocols[] = {
    {"tcp", 6},
    {"udp", 17},
    {"icmp", 1},
    {"icmpv6", 58},
    {"ipv6-icmp", 58},
    {"icmp6", 58},
    {"hopopt", 0},
    {"igmp", 2},
    {"ggp", 3},
    {"ipip", 4},
    {"ipencap", 4},
    {"ipv4", 4},
    {"st", 5},
    {"cbt", 7},
    {"egp", 8},
    {"igp", 9},
    {"pup", 12},
    {"hmp", 20},
    {"xns-idp", 22},
    {"rdp", 27},
    {"irtp", 28},
    {"iso-tp4", 29},
    {"dccp", 33},
    {"xtp", 36},
    {"ddp", 37},
    {"idpr-cmtp", 38},
    {"ipv6", 41},
    {"sdrp", 42},
    {"ipv6-route", 43},
    {"ipv6-frag", 44},
    {"idrp", 45},
    {"rsvp", 46},
    {"gre", 47},
    {"dsr", 48},
    {"esp", 50},
    {"ipsec-esp", 50},
    {"ah", 51},
    {"ipsec-ah", 51},
    {"skip", 57},
    {"ipv6-nonxt", 59},
    {"ipv6-opts", 60},
    {"rspf", 73},
    {"vmtp", 81},
    {"eigrp", 88},
    {"ospf", 89},
    {"ospfigp", 89},
    {"ospfv3", 89},
    {"ax.25", 93},
    {"ipip-ietf", 94},
    {"etherip", 97},
    {"encap", 98},
    {"pim", 103},
    {"ipcomp", 108},
    {"vrrp", 112},
    {"carp", 112},
    {"pgm", 113},
    {"l2tp", 115},
    {"isis", 124},
    {"sctp", 132},
    {"fc", 133},
    {"rsvp-e2e-ignore", 134},
    {"mobility-header", 135},
    {"udplite", 136},
    {"mpls-in-ip", 137},
    {"manet", 138},
    {"hip", 139},
    {"shim6", 140},
    {"wesp", 141},
    {"rohc", 142},
    {"ethernet", 143},
};

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equals_ignoring_case(std::string_view text, std::string_view lower_case) {
  return std::equal(text.begin(), text.end(), lower_case.begin(), lower_case.end(),
                    [](char a, char b) { return lower(a) == b; });
}

}  // namespace

std::optional<int> protocol_number(std::string_view text) {
  if (const auto number = decimal(text, 255)) {
    return static_cast<int>(*number);
  }
  const auto* const found = std::find_if(
      std::begin(kProtocols), std::end(kProtocols),
      [&](const Protocol& protocol) { return equals_ignoring_case(text, protocol.name); });
  return found == std::end(kProtocols) ? std::nullopt : std::optional(found->number);
}

}  // namespace portolan
