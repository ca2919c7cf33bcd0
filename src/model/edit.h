#pragma once

#include "core/result.h"
#include "model/change.h"

/// Private to the module: each change as an edit of the row that it is about.
namespace portolan {

Result<void> edit(SecurityGroup& group, const RuleAdded& change);
Result<void> edit(SecurityGroup& group, const RuleRemoved& change);
Result<void> edit(SecurityGroup& group, const RuleModified& change);
Result<void> edit(NetworkInterface& interface, const GroupAttached& change);
Result<void> edit(NetworkInterface& interface, const GroupDetached& change);
Result<void> edit(NetworkInterface& interface, const PublicAddressSet& change);
Result<void> edit(NetworkAcl& acl, const AclEntrySet& change);
Result<void> edit(NetworkAcl& acl, const AclEntryRemoved& change);
Result<void> edit(RouteTable& table, const RouteSet& change);
Result<void> edit(RouteTable& table, const RouteRemoved& change);
Result<void> edit(PrefixList& list, const PrefixListEntrySet& change);
Result<void> edit(PrefixList& list, const PrefixListEntryRemoved& change);
Result<void> edit(VpcPeering& peering, const PeeringSet& change);
void edit(Owned& owned, const TagSet& change);

}  // namespace portolan
