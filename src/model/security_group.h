#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/ip.h"
#include "core/service.h"
#include "model/ids.h"
#include "model/tags.h"

namespace portolan {

/// A rule's peer that is another group (or the group itself).
struct GroupReference {
  SecurityGroupId group;
  AccountId account;           // UserId; unknown where the document leaves it out
  VpcId vpc;                   // given for peered groups only
  std::string peering;         // VpcPeeringConnectionId, or empty
  std::string peering_status;  // e.g. `active`, `deleted`; empty if not a peered reference
  friend auto operator<=>(const GroupReference&, const GroupReference&) = default;
};

using RulePeer = std::variant<IpPrefix, GroupReference, PrefixListId>;

/// `0.0.0.0/0`, `sg-…`, `pl-…`.
std::string peer_text(const RulePeer& peer);

/// One rule: one direction, one service interval, one peer. AWS's IpPermissions are cut into these.
/// SOURCE: EC2 API, IpPermission and SecurityGroupRule.
struct SecurityGroupRule {
  SecurityGroupRuleId id;  // `sgr-…`, or empty where only describe-security-groups was collected
  bool is_egress = false;
  ServiceSet services;
  RulePeer peer;
  std::string protocol;  // as the document spells it: `tcp`, `6`, `-1`
  int from_port = -1;    // as the document has them; -1 where absent
  int to_port = -1;
  std::string description;
  friend auto operator<=>(const SecurityGroupRule&, const SecurityGroupRule&) = default;
};

/// A VPC that the group may be used in besides its own. Only state `associated` counts.
struct SecurityGroupVpcAssociation {
  VpcId vpc;
  std::string state;
  friend auto operator<=>(const SecurityGroupVpcAssociation&,
                          const SecurityGroupVpcAssociation&) = default;
};

/// SOURCE: EC2 API, SecurityGroup. Rules are sorted.
struct SecurityGroup {
  SecurityGroupId id;
  Owned owned;
  VpcId vpc;
  std::string group_name;
  std::string description;
  std::vector<SecurityGroupRule> rules;
  std::vector<SecurityGroupVpcAssociation> associations;

  [[nodiscard]] bool is_default() const { return group_name == "default"; }
  friend auto operator<=>(const SecurityGroup&, const SecurityGroup&) = default;
};

/// One place in the input where a group's id stands outside its own rules: a launch template, a
/// function's configuration, an endpoint. What "unattached" is judged by.
struct GroupMention {
  SecurityGroupId group;
  std::string file;
  std::string pointer;  // RFC 6901 JSON pointer of the string
  friend auto operator<=>(const GroupMention&, const GroupMention&) = default;
};

}  // namespace portolan
