#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "iam/resource.h"
#include "model/snapshot.h"

/// The network's resources as policies see them, and what can be done to them.
namespace portolan::iam {

/// What a change of the network is to people.
enum class ChangeKind : std::uint8_t {
  Rules,   // what is let through or where it goes: rules, entries, routes
  Attach,  // what the resource stands in front of: associations, groups of interfaces
  Delete,
  Retag,  // which may open a grant that asks for a tag
};
std::string_view text(ChangeKind change);

/// An action that changes a resource of one type.
struct ChangeAction {
  std::string_view action;  // `ec2:DeleteSecurityGroup`
  std::string_view type;    // how the last part of the resource's ARN begins: `security-group/`
  ChangeKind change = ChangeKind::Rules;
};
/// SOURCE: Service Authorization Reference, "Actions, resources, and condition keys for Amazon EC2"
/// and for Elastic Load Balancing.
std::span<const ChangeAction> change_actions();
/// Those of a resource's type.
std::vector<ChangeAction> change_actions(const Arn& arn);

/// As conditions see it: ARN, tags, the keys that it decides. Nothing where account or region is
/// not known, without which there is no ARN.
std::optional<Resource> resource_of(const SecurityGroup& group);
std::optional<Resource> resource_of(const NetworkAcl& acl);
std::optional<Resource> resource_of(const RouteTable& table);
std::optional<Resource> resource_of(const NetworkInterface& interface);
std::optional<Resource> resource_of(const PrefixList& list);
std::optional<Resource> resource_of(const InternetGateway& gateway);
std::optional<Resource> resource_of(const Subnet& subnet);
std::optional<Resource> resource_of(const Vpc& vpc);
std::optional<Resource> resource_of(const Instance& instance);
std::optional<Resource> resource_of(const LoadBalancer& balancer);
/// Between two accounts it is a resource of each.
std::vector<Resource> resources_of(const VpcPeering& peering);
std::optional<Resource> resource_of(const TransitGateway& gateway);
std::optional<Resource> resource_of(const TransitGatewayAttachment& attachment);
std::optional<Resource> resource_of(const TransitGatewayRouteTable& table);
std::optional<Resource> resource_of(const BlockPublicAccess& block);
std::optional<Resource> resource_of(const BlockPublicAccessExclusion& exclusion);

/// What principals may want to change in a snapshot: all of the types in `change_actions`.
std::vector<Resource> changeable_resources(const Snapshot& snapshot);
/// What calls on `resource` may need beside it: subnets, VPCs, instances, lists, the attachments
/// and tables of transit gateways, and the rules of a group, of its account and region.
std::vector<Resource> partners_of(const Snapshot& snapshot, const Resource& resource);

/// The instances that have a role and are not gone. Where account or region are not known, the ARN
/// has a `*` in their place.
std::vector<RoleInstance> instances_with_roles(const Snapshot& snapshot);

}  // namespace portolan::iam
