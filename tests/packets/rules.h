#pragma once

#include <string>

#include "tests/packets/documents.h"

/// What AWS lets pass, as nftables rule sets.
namespace portolan::packets {

/// The groups of an interface: stateful, in the interface's own namespace.
std::string group_rules(const Documents& documents, const json::object& interface);

/// The NACL of a subnet: stateless, at the subnet's router, whose devices towards interfaces are
/// called `e…`. What goes from one interface to another does not cross the border.
std::string acl_rules(const Documents& documents, std::string_view subnet);

/// A NAT gateway opens connections for others, as its own address, and takes none.
/// SOURCE: VPC guide, "NAT gateway basics".
std::string nat_rules(const std::string& address);

/// One direction of a peering: between the CIDRs of the two sides and nothing behind them.
/// SOURCE: VPC peering guide, "Unsupported VPC peering configurations".
std::string peering_rules(const json::object& from, const json::object& to);

/// The internet gateway of a VPC translates one to one and keeps no state. Its devices: `x…`
/// towards subnets, `v…` the VPC, `i…` the internet.
std::string gateway_rules(const Documents& documents, const std::string& vpc);

}  // namespace portolan::packets
