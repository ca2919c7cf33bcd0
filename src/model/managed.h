#pragma once

#include <compare>
#include <optional>
#include <string>
#include <vector>

#include "core/ip.h"
#include "model/ids.h"
#include "model/tags.h"

/// What no packet passes by, and only checks look at.
namespace portolan {

struct ElasticIp;
struct WebAcl;
struct EcsService;
struct EksNodeGroup;
struct ClientVpnEndpoint;
/// `eipalloc-…`
using ElasticIpId = Id<ElasticIp>;
/// The ARN.
using WebAclId = Id<WebAcl>;
/// The ARN.
using EcsServiceId = Id<EcsService>;
/// The ARN.
using EksNodeGroupId = Id<EksNodeGroup>;
using ClientVpnEndpointId = Id<ClientVpnEndpoint>;

/// SOURCE: EC2 API, Address.
struct ElasticIp {
  ElasticIpId id;
  Owned owned;
  std::optional<IpAddress> address;
  bool is_used = false;  // associated, or kept by a service (ServiceManaged)
  friend auto operator<=>(const ElasticIp&, const ElasticIp&) = default;
};

/// SOURCE: WAFV2 API, WebACLSummary, joined with ListResourcesForWebACL. Of a region: those of
/// CloudFront are left out.
struct WebAcl {
  WebAclId id;
  Owned owned;
  std::string acl_name;
  std::optional<std::vector<std::string>> resources;  // ARNs, sorted; absent: not collected
  friend auto operator<=>(const WebAcl&, const WebAcl&) = default;
};

/// SOURCE: ECS API, Service.
struct EcsService {
  EcsServiceId id;
  Owned owned;
  std::string service_name;
  bool has_network = false;             // awsvpc: it or a task set has a network of its own
  bool assigns_public_address = false;  // in it or in a task set
  friend auto operator<=>(const EcsService&, const EcsService&) = default;
};

/// SOURCE: EKS API, Nodegroup.
struct EksNodeGroup {
  EksNodeGroupId id;
  Owned owned;
  std::string group_name;
  std::string cluster;
  bool has_remote_access = false;            // remoteAccess.ec2SshKey
  std::vector<SecurityGroupId> from_groups;  // remoteAccess.sourceSecurityGroups, sorted
  friend auto operator<=>(const EksNodeGroup&, const EksNodeGroup&) = default;
};

/// SOURCE: EC2 API, AuthorizationRule.
struct VpnAuthorization {
  std::string cidr;
  std::string group;  // of the directory; empty if everybody
  bool is_everybody = false;
  friend auto operator<=>(const VpnAuthorization&, const VpnAuthorization&) = default;
};

/// SOURCE: EC2 API, ClientVpnEndpoint.
struct ClientVpnEndpoint {
  ClientVpnEndpointId id;
  Owned owned;
  VpcId vpc;
  std::optional<bool> logs_connections;
  std::optional<std::vector<VpnAuthorization>> authorizations;  // absent: not collected
  friend auto operator<=>(const ClientVpnEndpoint&, const ClientVpnEndpoint&) = default;
};

}  // namespace portolan
