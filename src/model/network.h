#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ip.h"
#include "core/service.h"
#include "model/ids.h"
#include "model/tags.h"

namespace portolan {

/// SOURCE: EC2 API, Vpc. Only CIDR blocks in state `associated` are kept.
struct Vpc {
  VpcId id;
  Owned owned;
  std::vector<IpPrefix> cidrs;  // IPv4 and IPv6, sorted
  bool is_default = false;
  friend auto operator<=>(const Vpc&, const Vpc&) = default;
};

/// SOURCE: EC2 API, Subnet.
struct Subnet {
  SubnetId id;
  Owned owned;  // the VPC owner's account, also where the subnet is shared
  VpcId vpc;
  std::string zone;     // availability zone name as this account sees it, e.g. `eu-west-1a`
  std::string zone_id;  // the same in every account, e.g. `euw1-az2`
  std::vector<IpPrefix> cidrs;
  bool maps_public_ip_on_launch = false;
  bool assigns_ipv6_on_creation = false;
  friend auto operator<=>(const Subnet&, const Subnet&) = default;
};

/// What a route sends to. `Local` has no id. `Unknown` is a member this version does not know.
enum class RouteTargetKind : std::uint8_t {
  Local,
  InternetGateway,
  EgressOnlyInternetGateway,
  NatGateway,
  NetworkInterface,
  VpcPeering,
  TransitGateway,
  VpcEndpoint,  // gateway endpoint, or Gateway Load Balancer endpoint
  VpnGateway,
  CarrierGateway,
  LocalGateway,
  CoreNetwork,
  Unknown,
};

struct RouteTarget {
  RouteTargetKind kind = RouteTargetKind::Unknown;
  std::string id;
  friend auto operator<=>(const RouteTarget&, const RouteTarget&) = default;
};

/// SOURCE: EC2 API, Route. Exactly one of `cidr` and `prefix_list` is the destination.
struct Route {
  std::optional<IpPrefix> cidr;
  PrefixListId prefix_list;
  RouteTarget target;
  bool is_blackhole = false;
  bool is_propagated = false;  // Origin EnableVgwRoutePropagation
  friend auto operator<=>(const Route&, const Route&) = default;
};

/// SOURCE: EC2 API, RouteTable.
struct RouteTable {
  RouteTableId id;
  Owned owned;
  VpcId vpc;
  bool is_main = false;
  std::vector<SubnetId> subnets;      // explicit associations
  std::vector<std::string> gateways;  // edge associations: igw-… or vgw-…
  std::vector<Route> routes;
  friend auto operator<=>(const RouteTable&, const RouteTable&) = default;
};

/// SOURCE: EC2 API, NetworkAclEntry. `services` are the destination ports of the packet.
struct NetworkAclEntry {
  int number = 0;  // 1..32767 (IPv4 default deny 32767, IPv6 32768)
  bool is_egress = false;
  bool allows = false;
  IpPrefix cidr;
  ServiceSet services;
  friend auto operator<=>(const NetworkAclEntry&, const NetworkAclEntry&) = default;
};

/// SOURCE: EC2 API, NetworkAcl. INVARIANT: entries are sorted by (direction, number).
struct NetworkAcl {
  NetworkAclId id;
  Owned owned;
  VpcId vpc;
  bool is_default = false;
  std::vector<SubnetId> subnets;
  std::vector<NetworkAclEntry> entries;
  friend auto operator<=>(const NetworkAcl&, const NetworkAcl&) = default;
};

struct InternetGateway {
  InternetGatewayId id;
  Owned owned;
  std::vector<VpcId> vpcs;  // attachments in state `available` or `attached`
  friend auto operator<=>(const InternetGateway&, const InternetGateway&) = default;
};

struct EgressOnlyInternetGateway {
  EgressOnlyInternetGatewayId id;
  Owned owned;
  std::vector<VpcId> vpcs;
  friend auto operator<=>(const EgressOnlyInternetGateway&,
                          const EgressOnlyInternetGateway&) = default;
};

struct NatAddress {
  NetworkInterfaceId interface;
  IpAddress private_ip;
  std::optional<IpAddress> public_ip;
  friend auto operator<=>(const NatAddress&, const NatAddress&) = default;
};

/// SOURCE: EC2 API, NatGateway. A regional one (2025-11) has no subnet.
struct NatGateway {
  NatGatewayId id;
  Owned owned;
  VpcId vpc;
  SubnetId subnet;
  bool is_public = true;     // ConnectivityType
  bool is_available = true;  // State `available`
  bool is_regional = false;
  std::vector<NatAddress> addresses;
  friend auto operator<=>(const NatGateway&, const NatGateway&) = default;
};

struct PrefixListEntry {
  IpPrefix cidr;
  std::string description;
  friend auto operator<=>(const PrefixListEntry&, const PrefixListEntry&) = default;
};

/// A managed prefix list. `entries` absent: the list was named but its entries were not collected.
struct PrefixList {
  PrefixListId id;
  Owned owned;
  std::string list_name;  // e.g. `com.amazonaws.us-east-1.s3`
  bool is_aws_managed = false;
  std::optional<int> max_entries;  // what it counts for in a quota; AWS's own lists have none
  std::optional<std::vector<PrefixListEntry>> entries;
  friend auto operator<=>(const PrefixList&, const PrefixList&) = default;
};

}  // namespace portolan
