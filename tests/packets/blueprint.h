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

}  // namespace portolan::packets
