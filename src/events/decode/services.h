#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/result.h"
#include "core/service.h"

/// Private to the module.
namespace portolan::events {

/// Protocol and ports as rules and NACL entries have them; for ICMP `from` is the type and `to`
/// the code.
struct ServiceMembers {
  std::string_view protocol;
  std::optional<std::int64_t> from;
  std::optional<std::int64_t> to;
};

/// The services that the members stand for. Protocol -1 is all, whatever the ports say; a protocol
/// without ports is whole; absent ports, and -1, are all. Error `bad_protocol`, `bad_ports`.
/// SOURCE: EC2 API, IpPermission and NetworkAclEntry.
Result<ServiceSet> services_of(const ServiceMembers& members);

}  // namespace portolan::events
