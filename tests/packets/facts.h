#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/packets/documents.h"

/// What the documents say, where one has to know where it stands.
namespace portolan::packets {

bool is_v6(std::string_view address);

/// True for an interface that opens and takes connections itself, as an instance does.
bool is_host(const Documents& documents, const json::object& interface);
/// True for that of a NAT gateway.
bool is_nat(const json::object& interface);

/// The private IPv4 and the IPv6 addresses of a row of `NetworkInterfaces`.
std::vector<std::string> private_addresses(const json::object& interface);
/// Its public IPv4 addresses, each with the private one that it maps to.
std::map<std::string, std::string> public_addresses(const json::object& interface);

/// The CIDRs of a row of `Vpcs` or `Subnets`, or of one side of a peering.
std::vector<std::string> cidrs_of(const json::object& row);

/// The table of a row of `Subnets`, else the main one of its VPC; null if there is none.
const json::object* route_table_of(const Documents& documents, const json::object& subnet);
/// The NACL of a subnet; null if there is none.
const json::object* acl_of(const Documents& documents, std::string_view subnet);

/// Why the kernel cannot be asked about the network; empty if it can.
std::string why_not_covered(const Documents& documents);

}  // namespace portolan::packets
