#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ip.h"
#include "model/ids.h"
#include "model/tags.h"

namespace portolan {

/// A private address of an interface and the public one that the internet gateway maps to it.
struct InterfaceAddress {
  IpAddress private_ip;
  std::optional<IpAddress> public_ip;
  bool is_primary = false;
  friend auto operator<=>(const InterfaceAddress&, const InterfaceAddress&) = default;
};

/// SOURCE: EC2 API, NetworkInterface. An ENI: what every address in a VPC belongs to.
struct NetworkInterface {
  NetworkInterfaceId id;
  Owned owned;  // OwnerId: for a shared subnet the participant
  VpcId vpc;
  SubnetId subnet;
  std::string zone;
  std::vector<InterfaceAddress> addresses;  // IPv4
  std::vector<IpAddress> ipv6;
  std::vector<IpPrefix> delegated;      // Ipv4Prefixes, Ipv6Prefixes
  std::vector<SecurityGroupId> groups;  // sorted
  InstanceId instance;                  // empty if not attached to an instance
  AccountId instance_owner;             // InstanceOwnerId where it is an account
  std::string interface_type;  // InterfaceType: `interface`, `nat_gateway`, `load_balancer` …
  std::string description;
  std::string requester;  // RequesterId
  std::string status;     // `in-use`, `available` …
  bool checks_source_dest = true;
  friend auto operator<=>(const NetworkInterface&, const NetworkInterface&) = default;
};

enum class InstanceState : std::uint8_t {
  Pending,
  Running,
  Stopping,
  Stopped,
  ShuttingDown,
  Terminated,
  Unknown
};

/// Settings of the instance metadata service. Absent members were not in the document.
struct MetadataOptions {
  std::optional<bool> endpoint_enabled;  // HttpEndpoint
  std::optional<bool> tokens_required;   // HttpTokens `required` = only IMDSv2
  std::optional<int> hop_limit;
  friend auto operator<=>(const MetadataOptions&, const MetadataOptions&) = default;
};

/// SOURCE: EC2 API, Instance.
struct Instance {
  InstanceId id;
  Owned owned;
  VpcId vpc;
  SubnetId subnet;
  InstanceState state = InstanceState::Unknown;
  std::vector<NetworkInterfaceId> interfaces;
  MetadataOptions metadata;
  std::string instance_profile;  // ARN, or empty
  std::string platform;          // `windows`, or PlatformDetails, or empty
  std::string image;
  friend auto operator<=>(const Instance&, const Instance&) = default;
};

/// SOURCE: RDS API, DBInstance.
struct DbInstance {
  DbInstanceId id;  // the ARN
  Owned owned;
  std::string identifier;
  std::string engine;
  VpcId vpc;
  std::vector<SubnetId> subnets;  // of its subnet group
  std::vector<SecurityGroupId> groups;
  int port = 0;  // 0 where unknown
  bool is_publicly_accessible = false;
  friend auto operator<=>(const DbInstance&, const DbInstance&) = default;
};

}  // namespace portolan
