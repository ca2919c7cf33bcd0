#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/ip.h"
#include "tests/packets/documents.h"

namespace portolan::packets {

/// One network namespace: an interface, or the router of a subnet, a VPC, a gateway, a peering.
struct Node {
  std::string ip;   // for `ip -batch`
  std::string nft;  // for `nft -f`
  bool forwards = true;
};

/// A cable between two nodes. Whatever goes in at one end comes out at the other: no ARP, no
/// addresses of its own.
struct Wire {
  std::string from;
  std::string from_name;  // of the device
  std::string to;
  std::string to_name;
};

struct Blueprint {
  std::map<std::string, Node> nodes;  // by id of what they stand for
  std::vector<Wire> wires;
};

/// The node where the hosts of the internet live.
inline constexpr const char* kInternet = "internet";

/// What the kernel is told about the network of the documents: VPCs, subnets, route tables, NACLs,
/// groups, prefix lists, peerings, internet gateways with public addresses, NAT gateways. Routes to
/// anything else lead nowhere.
Blueprint draw(const Documents& documents, const std::vector<IpAddress>& internet_hosts);

/// True for an interface that opens and takes connections itself, as an instance does.
bool is_host(const json::object& interface);
/// The private IPv4 and the IPv6 addresses of a row of `NetworkInterfaces`.
std::vector<std::string> private_addresses(const json::object& interface);
/// Its public IPv4 addresses, each with the private one that it maps to.
std::map<std::string, std::string> public_addresses(const json::object& interface);
/// The CIDRs of a row of `Vpcs` or `Subnets`, or of one side of a peering.
std::vector<std::string> cidrs_of(const json::object& row);

}  // namespace portolan::packets
