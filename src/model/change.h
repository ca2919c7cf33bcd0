#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/result.h"
#include "model/any_resource.h"
#include "model/row_changes.h"
#include "model/snapshot.h"

/// Edits of a snapshot, wherever they come from: a CloudTrail record, two polls, a Terraform plan,
/// a what-if, a proposed fix.
namespace portolan {

/// True if both rules permit the same services from or to the same peer. A group is the same peer
/// whatever else the documents tell of it; ids and descriptions do not count.
bool permits_same(const SecurityGroupRule& a, const SecurityGroupRule& b);

/// AuthorizeSecurityGroupIngress, AuthorizeSecurityGroupEgress. A rule that permits the same stays
/// as it is, as AWS refuses a duplicate.
struct RuleAdded {
  SecurityGroupId group;
  SecurityGroupRule rule;
  friend bool operator==(const RuleAdded&, const RuleAdded&) = default;
};

/// RevokeSecurityGroupIngress, RevokeSecurityGroupEgress: the rule with that id if there is one,
/// otherwise the one that permits the same.
struct RuleRemoved {
  SecurityGroupId group;
  SecurityGroupRule rule;
  friend bool operator==(const RuleRemoved&, const RuleRemoved&) = default;
};

/// ModifySecurityGroupRules, UpdateSecurityGroupRuleDescriptions…. `before` is found as by
/// `RuleRemoved`; where `after` has no id, the rule keeps its own.
struct RuleModified {
  SecurityGroupId group;
  SecurityGroupRule before;
  SecurityGroupRule after;
  friend bool operator==(const RuleModified&, const RuleModified&) = default;
};

/// ModifyNetworkInterfaceAttribute, ModifyInstanceAttribute. The group may be one that was not
/// collected.
struct GroupAttached {
  NetworkInterfaceId interface;
  SecurityGroupId group;
  friend bool operator==(const GroupAttached&, const GroupAttached&) = default;
};

/// The same calls.
struct GroupDetached {
  NetworkInterfaceId interface;
  SecurityGroupId group;
  friend bool operator==(const GroupDetached&, const GroupDetached&) = default;
};

/// CreateNetworkAclEntry; ReplaceNetworkAclEntry where the direction has that number.
struct AclEntrySet {
  NetworkAclId acl;
  NetworkAclEntry entry;
  friend bool operator==(const AclEntrySet&, const AclEntrySet&) = default;
};

/// DeleteNetworkAclEntry.
struct AclEntryRemoved {
  NetworkAclId acl;
  bool is_egress = false;
  int number = 0;
  friend bool operator==(const AclEntryRemoved&, const AclEntryRemoved&) = default;
};

using RouteDestination = std::variant<IpPrefix, PrefixListId>;

RouteDestination destination_of(const Route& route);

/// CreateRoute; ReplaceRoute where the table has that destination.
struct RouteSet {
  RouteTableId table;
  Route route;
  friend bool operator==(const RouteSet&, const RouteSet&) = default;
};

/// DeleteRoute.
struct RouteRemoved {
  RouteTableId table;
  RouteDestination destination;
  friend bool operator==(const RouteRemoved&, const RouteRemoved&) = default;
};

/// ModifyManagedPrefixList, AddEntries: the block, or its description, is as given. The entries of
/// the list must have been collected.
struct PrefixListEntrySet {
  PrefixListId list;
  PrefixListEntry entry;
  friend bool operator==(const PrefixListEntrySet&, const PrefixListEntrySet&) = default;
};

/// ModifyManagedPrefixList, RemoveEntries.
struct PrefixListEntryRemoved {
  PrefixListId list;
  IpPrefix cidr;
  friend bool operator==(const PrefixListEntryRemoved&, const PrefixListEntryRemoved&) = default;
};

/// AssociateAddress, DisassociateAddress: the public address that the internet gateway maps to a
/// private one of the interface, or none. Nothing else is edited: an address that moves is taken
/// from its former interface by a change of its own.
struct PublicAddressSet {
  NetworkInterfaceId interface;
  IpAddress private_ip;
  std::optional<IpAddress> public_ip;
  friend bool operator==(const PublicAddressSet&, const PublicAddressSet&) = default;
};

/// ModifyVpcBlockPublicAccessOptions. Adds the setting if it was not collected.
struct PublicAccessBlockSet {
  AccountId account;
  Region region;
  BlockMode mode = BlockMode::Off;
  friend bool operator==(const PublicAccessBlockSet&, const PublicAccessBlockSet&) = default;
};

/// AcceptVpcPeeringConnection (active), DeleteVpcPeeringConnection (not).
struct PeeringSet {
  VpcPeeringId peering;
  bool is_active = false;
  friend bool operator==(const PeeringSet&, const PeeringSet&) = default;
};

/// CreateTags; without a value DeleteTags. Any resource, by its id.
struct TagSet {
  std::string resource;
  std::string key;
  std::optional<std::string> value;
  friend bool operator==(const TagSet&, const TagSet&) = default;
};

/// Any call that creates a resource or changes it in a way that has no edit of its own: it is as
/// given, whatever it was.
struct ResourceSet {
  AnyResource row;
  friend bool operator==(const ResourceSet&, const ResourceSet&) = default;
};

/// Any call that deletes a resource. What refers to it stays as it is.
struct ResourceRemoved {
  AnyId id;
  friend bool operator==(const ResourceRemoved&, const ResourceRemoved&) = default;
};

using Change = std::variant<RuleAdded, RuleRemoved, RuleModified, GroupAttached, GroupDetached,
                            AclEntrySet, AclEntryRemoved, RouteSet, RouteRemoved,
                            PrefixListEntrySet, PrefixListEntryRemoved, PublicAddressSet,
                            PublicAccessBlockSet, PeeringSet, TagSet, ResourceSet, ResourceRemoved>;

struct Applied {
  Snapshot snapshot;
  RowChanges rows;  // from the snapshot before to `snapshot`
};

/// The snapshot after `changes`, one after the other, all or none. Lists keep the order that
/// decoders give them. Rows that are in the end what they were keep their address, and are no
/// change.
///
/// Error: `no_such_resource`, and where the resource lacks what is edited `no_such_rule`,
/// `no_such_group`, `no_such_entry`, `no_such_route`, `no_such_address`; `entries_not_collected` of
/// a prefix list. Cost: a few microseconds each, and what a copy of the resource takes.
Result<Applied> apply_changes(const Snapshot& snapshot, std::span<const Change> changes);

/// Changes that lead from the one snapshot of a comparison to the other. What is known beside the
/// resources is not part of them.
std::vector<Change> as_changes(const RowChanges& rows);

/// The resource with that id, of whatever kind.
std::optional<AnyId> find_any(const Snapshot& snapshot, std::string_view id);

}  // namespace portolan
