#pragma once

#include <optional>
#include <string_view>

#include "core/result.h"
#include "core/service.h"

/// Private to the module.
namespace portolan::collect {

/// Protocol and port members as security group rules and NACL entries have them. For ICMP `from`
/// is the type and `to` the code.
struct ServiceMembers {
  std::string_view protocol;
  std::optional<int> from;
  std::optional<int> to;
};

/// The services that the members stand for. Absent ports, and -1, mean all. Error `bad_ports` for
/// reversed or impossible ports, `bad_protocol` for a protocol that is none.
///
/// Protocols other than TCP, UDP, ICMP and ICMPv6 have no ports: what stands there is ignored.
/// SOURCE: EC2 API, IpPermission and NetworkAclEntry.
Result<ServiceSet> services_of(const ServiceMembers& members);

}  // namespace portolan::collect
