#include "events/decode/services.h"

#include <fmt/format.h>

#include "core/text.h"

namespace portolan::events {

namespace {

constexpr std::int64_t kAny = -1;
constexpr std::int64_t kPortMax = 65535;
constexpr std::int64_t kIcmpMax = 255;

Result<ServiceSet> ports(std::int64_t from, std::int64_t to, ServiceSet (*make)(int, int)) {
  if (from == kAny && to == kAny) {
    return make(0, static_cast<int>(kPortMax));
  }
  if (from < 0 || to > kPortMax || from > to) {
    return fail("bad_ports", fmt::format("{} to {} is no range of ports", from, to));
  }
  return make(static_cast<int>(from), static_cast<int>(to));
}

Result<ServiceSet> types(std::int64_t type, std::int64_t code, ServiceSet (*make)(int, int)) {
  code = type == kAny ? kAny : code;
  if (type < kAny || type > kIcmpMax || code < kAny || code > kIcmpMax) {
    return fail("bad_ports", fmt::format("there is no ICMP type {} code {}", type, code));
  }
  return make(static_cast<int>(type), static_cast<int>(code));
}

}  // namespace

Result<ServiceSet> services_of(const ServiceMembers& members) {
  if (members.protocol == "-1" || members.protocol == "all") {
    return ServiceSet::all();
  }
  const auto number = protocol_number(members.protocol);
  if (!number) {
    return fail("bad_protocol", fmt::format("`{}` is no protocol", printable(members.protocol)));
  }
  const std::int64_t from = members.from.value_or(kAny);
  const std::int64_t to = members.to.value_or(kAny);
  switch (*number) {
    case kProtocolTcp:
      return ports(from, to, [](int first, int last) { return ServiceSet::tcp(first, last); });
    case kProtocolUdp:
      return ports(from, to, [](int first, int last) { return ServiceSet::udp(first, last); });
    case kProtocolIcmp:
      return types(from, to, [](int type, int code) { return ServiceSet::icmp(type, code); });
    case kProtocolIcmpV6:
      return types(from, to, [](int type, int code) { return ServiceSet::icmpv6(type, code); });
    default:
      return ServiceSet::protocol(*number);
  }
}

}  // namespace portolan::events
