#pragma once

#include <string>

#include "tests/packets/documents.h"

/// Security groups and NACLs as nftables rule sets.
namespace portolan::packets {

/// The groups of an interface: stateful, in the interface's own namespace.
std::string group_rules(const Documents& documents, const json::object& interface);

/// The NACL of a subnet: stateless, at the subnet's router, whose devices towards interfaces are
/// called `e…`. What goes from one interface to another does not cross the border.
std::string acl_rules(const Documents& documents, std::string_view subnet);

}  // namespace portolan::packets
