#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "model/block_public_access.h"
#include "model/network.h"
#include "model/security_group.h"

/// What a recorded call did, or asked for: as near to the record as the model's types allow. What
/// needs a memory (a rule that is named by its id only) is left to the timeline.
///
/// A security group that a record names without its id has the id `name:NAME`.
/// SOURCE: EC2 API, the actions that are named.
namespace portolan::events {

/// AuthorizeSecurityGroupIngress, AuthorizeSecurityGroupEgress: one rule; from the response, if it
/// tells the rules, otherwise from the request and without an id.
struct RuleOpened {
  SecurityGroupId group;
  SecurityGroupRule rule;
  friend bool operator==(const RuleOpened&, const RuleOpened&) = default;
};

/// RevokeSecurityGroupIngress, RevokeSecurityGroupEgress by the rule's properties.
struct RuleClosed {
  SecurityGroupId group;
  SecurityGroupRule rule;
  bool is_proven = false;  // the response names the rule; in a default VPC a call that matches
                           // nothing succeeds as well
  friend bool operator==(const RuleClosed&, const RuleClosed&) = default;
};

/// The same calls, by the rule's id.
struct RuleClosedById {
  SecurityGroupId group;
  SecurityGroupRuleId rule;
  bool is_egress = false;
  friend bool operator==(const RuleClosedById&, const RuleClosedById&) = default;
};

/// ModifySecurityGroupRules. `after.is_egress` is not told by the record: it is as it was.
struct RuleRewritten {
  SecurityGroupId group;
  SecurityGroupRuleId rule;
  SecurityGroupRule after;
  friend bool operator==(const RuleRewritten&, const RuleRewritten&) = default;
};

/// CreateSecurityGroup. It brings an egress rule to anywhere that no record tells of.
struct GroupCreated {
  SecurityGroupId group;
  VpcId vpc;
  std::string name;
  std::string description;
  friend bool operator==(const GroupCreated&, const GroupCreated&) = default;
};

/// DeleteSecurityGroup: closes all that the group opened.
struct GroupDeleted {
  SecurityGroupId group;
  friend bool operator==(const GroupDeleted&, const GroupDeleted&) = default;
};

/// AssociateSecurityGroupVpc, DisassociateSecurityGroupVpc.
struct GroupVpcSet {
  SecurityGroupId group;
  VpcId vpc;
  bool is_associated = false;
  friend bool operator==(const GroupVpcSet&, const GroupVpcSet&) = default;
};

/// ModifyNetworkInterfaceAttribute, ModifyInstanceAttribute, and calls of other services that give
/// a resource its groups: these and no others.
struct GroupsSet {
  std::string resource;  // eni-…, i-…, or the name or ARN that the call gives
  std::vector<SecurityGroupId> groups;
  friend bool operator==(const GroupsSet&, const GroupsSet&) = default;
};

/// CreateNetworkInterface; RunInstances for each interface that it made.
struct InterfaceCreated {
  NetworkInterfaceId interface;
  VpcId vpc;
  SubnetId subnet;
  InstanceId instance;
  std::optional<IpAddress> private_ip;
  std::vector<SecurityGroupId> groups;
  friend bool operator==(const InterfaceCreated&, const InterfaceCreated&) = default;
};

/// AttachNetworkInterface (with both ids), DetachNetworkInterface (with the attachment alone).
struct InterfaceAttached {
  NetworkInterfaceId interface;
  InstanceId instance;
  std::string attachment;
  bool is_attached = false;
  friend bool operator==(const InterfaceAttached&, const InterfaceAttached&) = default;
};

/// StartInstances, StopInstances, TerminateInstances: automatic public addresses come and go.
struct InstanceStateSet {
  InstanceId instance;
  std::string state;  // of the response: `pending`, `stopping`, `shutting-down` …
  friend bool operator==(const InstanceStateSet&, const InstanceStateSet&) = default;
};

/// CreateNetworkAclEntry, ReplaceNetworkAclEntry.
struct AclRuleSet {
  NetworkAclId acl;
  NetworkAclEntry entry;
  friend bool operator==(const AclRuleSet&, const AclRuleSet&) = default;
};

/// DeleteNetworkAclEntry.
struct AclRuleRemoved {
  NetworkAclId acl;
  bool is_egress = false;
  int number = 0;
  friend bool operator==(const AclRuleRemoved&, const AclRuleRemoved&) = default;
};

/// CreateRoute, ReplaceRoute.
struct RouteOpened {
  RouteTableId table;
  Route route;
  friend bool operator==(const RouteOpened&, const RouteOpened&) = default;
};

/// DeleteRoute.
struct RouteClosed {
  RouteTableId table;
  std::variant<IpPrefix, PrefixListId> destination;
  friend bool operator==(const RouteClosed&, const RouteClosed&) = default;
};

/// A part that takes the place of another at a subnet or gateway: AssociateRouteTable,
/// ReplaceRouteTableAssociation, DisassociateRouteTable, ReplaceNetworkAclAssociation.
struct AssociationSet {
  std::string association;  // the one that ends, or begins if nothing ends
  std::string next;         // the id of the one that takes its place, if the response tells
  std::string part;         // rtb-…, acl-…; empty if the association only ends
  std::string place;        // subnet-…, igw-…, vgw-…; empty if the call does not tell
  friend bool operator==(const AssociationSet&, const AssociationSet&) = default;
};

/// CreateManagedPrefixList, ModifyManagedPrefixList.
struct PrefixListEdited {
  PrefixListId list;
  std::string name;
  std::vector<PrefixListEntry> added;
  std::vector<IpPrefix> removed;
  bool is_new = false;
  friend bool operator==(const PrefixListEdited&, const PrefixListEdited&) = default;
};

/// RestoreManagedPrefixListVersion: the record has no entries, only memory tells.
struct PrefixListRestored {
  PrefixListId list;
  std::int64_t version = 0;
  friend bool operator==(const PrefixListRestored&, const PrefixListRestored&) = default;
};

/// AssociateAddress, DisassociateAddress.
struct AddressSet {
  std::string allocation;
  std::string association;
  std::optional<IpAddress> public_ip;
  NetworkInterfaceId interface;
  InstanceId instance;
  std::optional<IpAddress> private_ip;
  bool is_associated = false;
  friend bool operator==(const AddressSet&, const AddressSet&) = default;
};

/// ModifySubnetAttribute; what is absent was not changed.
struct SubnetSet {
  SubnetId subnet;
  std::optional<bool> maps_public_ip;
  std::optional<bool> assigns_ipv6;
  friend bool operator==(const SubnetSet&, const SubnetSet&) = default;
};

/// ModifyVpcBlockPublicAccessOptions.
struct BlockModeSet {
  BlockMode mode = BlockMode::Off;
  friend bool operator==(const BlockModeSet&, const BlockModeSet&) = default;
};

/// CreateVpcBlockPublicAccessExclusion and its siblings.
struct ExclusionSet {
  std::string exclusion;
  std::string resource;  // vpc-… or subnet-…; empty if the call does not tell
  bool allows_ingress = false;
  bool is_active = false;
  friend bool operator==(const ExclusionSet&, const ExclusionSet&) = default;
};

/// AttachInternetGateway, DetachInternetGateway, and the same of VPN gateways.
struct GatewayAttached {
  std::string gateway;
  VpcId vpc;
  bool is_attached = false;
  friend bool operator==(const GatewayAttached&, const GatewayAttached&) = default;
};

/// AcceptVpcPeeringConnection, DeleteVpcPeeringConnection, RejectVpcPeeringConnection.
struct PeeringStateSet {
  std::string peering;
  bool is_active = false;
  friend bool operator==(const PeeringStateSet&, const PeeringStateSet&) = default;
};

/// A switch that opens a resource to the internet or closes it: `publiclyAccessible`, `scheme`,
/// `endpointPublicAccess`, `authType` …
struct ExposureSet {
  std::string resource;
  std::string setting;
  bool is_public = false;
  friend bool operator==(const ExposureSet&, const ExposureSet&) = default;
};

/// Any other call that creates or deletes something with an id.
struct ResourceLife {
  std::string resource;
  bool is_created = false;
  friend bool operator==(const ResourceLife&, const ResourceLife&) = default;
};

/// A call that is listed and whose content is not understood further. `resource` may be empty.
struct Noted {
  std::string resource;
  friend bool operator==(const Noted&, const Noted&) = default;
};

using Edit =
    std::variant<RuleOpened, RuleClosed, RuleClosedById, RuleRewritten, GroupCreated, GroupDeleted,
                 GroupVpcSet, GroupsSet, InterfaceCreated, InterfaceAttached, InstanceStateSet,
                 AclRuleSet, AclRuleRemoved, RouteOpened, RouteClosed, AssociationSet,
                 PrefixListEdited, PrefixListRestored, AddressSet, SubnetSet, BlockModeSet,
                 ExclusionSet, GatewayAttached, PeeringStateSet, ExposureSet, ResourceLife, Noted>;

}  // namespace portolan::events
