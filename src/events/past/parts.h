#pragma once

#include "events/past/unknown.h"

/// Private to the module: edits of single resources that both ways through an edit need.
namespace portolan::events {

SecurityGroup with_vpc(const SecurityGroup& group, const VpcId& vpc, bool is_associated);
/// With these groups and no others; names become ids.
NetworkInterface with_groups(const EffectMaker& maker, const NetworkInterface& interface,
                             const std::vector<SecurityGroupId>& groups);
/// The interface, or the only one of the instance; null if there is none.
const NetworkInterface* interface_of(const EffectMaker& maker, const std::string& resource);
const NetworkAclEntry* find_entry(const NetworkAcl& acl, const AclRuleRemoved& place);
const Route* find_route(const RouteTable& table, const RouteDestination& destination);
bool has_entry(const PrefixList& list, const IpPrefix& block);
/// A route to an instance goes to its only interface.
Route with_interface(const EffectMaker& maker, Route route);

void set_state(EffectMaker& maker, const InstanceId& id, InstanceState state);
/// An instance that stops loses the public addresses that are not Elastic IPs.
/// SOURCE: EC2 guide, "Amazon EC2 instance IP addressing".
void drop_passing_addresses(EffectMaker& maker, const InstanceId& id);
/// Those of its interfaces that have no public address may have one; makes a gap of each.
void doubt_addresses(EffectMaker& maker, const InstanceId& id);

/// The subnet has that NACL; with an empty one none is known.
void move_acl(EffectMaker& maker, const SubnetId& subnet, const NetworkAclId& acl);
/// Some subnet of the NACL's VPC has it, nobody knows which; makes a gap.
void any_acl_of_vpc(EffectMaker& maker, const NetworkAclId& acl);
/// The subnet or gateway has that table; with an empty id the main one.
void move_table(EffectMaker& maker, const std::string& place, const RouteTableId& table);
/// Some subnet of the table's VPC has it (of the account, with an empty id: some subnet has the
/// main table), nobody knows which; makes a gap.
void any_table(EffectMaker& maker, const RouteTableId& table);

void forget_entries(EffectMaker& maker, const PrefixListId& list);
/// Makes a gap if nothing tells which interface it is.
void set_address(EffectMaker& maker, const AddressSet& edit, bool is_associated);
void set_subnet(EffectMaker& maker, const SubnetSet& edit);
void set_exclusion(EffectMaker& maker, const ExclusionSet& edit);
void remove_exclusion(EffectMaker& maker, const std::string& exclusion);
void attach_gateway(EffectMaker& maker, const std::string& gateway, const VpcId& vpc,
                    bool is_attached);
void set_exposure(EffectMaker& maker, const ExposureSet& edit);

/// True if answers about connections hang on what the call changes.
bool matters_to_network(const Event& event);
/// The resource was changed in a way that nobody follows: what it was or is, is not known.
void forget(EffectMaker& maker, const std::string& resource);

}  // namespace portolan::events
