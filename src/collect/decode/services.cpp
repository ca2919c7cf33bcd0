#include "collect/decode/services.h"

#include <fmt/format.h>

namespace portolan::collect {

namespace {

constexpr int kAny = -1;
constexpr int kPortMax = 65535;
constexpr int kIcmpMax = 255;

Result<ServiceSet> ports(const ServiceMembers& members, ServiceSet (*make)(int, int)) {
  const int from = members.from.value_or(kAny);
  const int to = members.to.value_or(kAny);
  if (from == kAny && to == kAny) {
    return make(0, kPortMax);
  }
  if (from < 0 || to > kPortMax || from > to) {
    return fail("bad_ports", fmt::format("{} to {} is no range of ports", from, to));
  }
  return make(from, to);
}

Result<ServiceSet> types(const ServiceMembers& members, ServiceSet (*make)(int, int)) {
  const int type = members.from.value_or(kAny);
  const int code = type == kAny ? kAny : members.to.value_or(kAny);
  if (type < kAny || type > kIcmpMax || code < kAny || code > kIcmpMax) {
    return fail("bad_ports", fmt::format("there is no ICMP type {} code {}", type, code));
  }
  return make(type, code);
}

}  // namespace

Result<ServiceSet> services_of(const ServiceMembers& members) {
  if (members.protocol == "-1" || members.protocol == "all") {
    return ServiceSet::all();
  }
  const auto number = protocol_number(members.protocol);
  if (!number) {
    return fail("bad_protocol", fmt::format("`{}` is no protocol", members.protocol));
  }
  switch (*number) {
    case kProtocolTcp:
      return ports(members, [](int from, int to) { return ServiceSet::tcp(from, to); });
    case kProtocolUdp:
      return ports(members, [](int from, int to) { return ServiceSet::udp(from, to); });
    case kProtocolIcmp:
      return types(members, [](int type, int code) { return ServiceSet::icmp(type, code); });
    case kProtocolIcmpV6:
      return types(members, [](int type, int code) { return ServiceSet::icmpv6(type, code); });
    default:
      return ServiceSet::protocol(*number);
  }
}

}  // namespace portolan::collect
