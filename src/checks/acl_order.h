#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checks/check.h"
#include "core/ip.h"
#include "core/service.h"
#include "model/network.h"

/// Private to the module: what the entries of a network ACL say together. They are read by number,
/// and the first that matches decides.
namespace portolan::checks {

/// The entries of one direction, by number. A NACL has at most 40 of them.
/// SOURCE: VPC User Guide, "Amazon VPC quotas".
std::span<const NetworkAclEntry> entries_of(const NetworkAcl& acl, bool is_egress);

/// The deny at the end, which AWS writes into every NACL.
bool is_last_deny(const NetworkAclEntry& entry);

/// `wanted` in parts, of each of which an entry matches all or nothing.
std::vector<ServiceSet> parts_of(std::span<const NetworkAclEntry> entries,
                                 const ServiceSet& wanted);

/// Services, and the addresses for which they are allowed.
struct AclOpening {
  ServiceSet services;
  IpSet addresses;
  std::vector<const NetworkAclEntry*> entries;  // that allow some of it, by number
};

/// What the NACL allows of `wanted` to or from the public internet of one family; openings for
/// nobody are left out.
std::vector<AclOpening> public_openings(const NetworkAcl& acl, bool is_egress, IpFamily family,
                                        const ServiceSet& wanted);

/// Openings put together: what they allow to at least half of the public internet.
struct WorldAccess {
  ServiceSet services;
  std::vector<const NetworkAclEntry*> entries;  // without repeats, by number
};
WorldAccess world_access(const NetworkAcl& acl, bool is_egress, const ServiceSet& wanted);

/// A default NACL with no entries but those that AWS makes: all may pass both ways.
bool is_as_made(const NetworkAcl& acl);

/// How a finding names an entry.
FindingRule name_entry(const NetworkAcl& acl, const NetworkAclEntry& entry);
/// `rule 100 in (allow tcp/22 0.0.0.0/0)`.
std::string entry_text(const NetworkAclEntry& entry);
/// The call that takes an entry away.
std::string deletion(const NetworkAcl& acl, const NetworkAclEntry& entry);

/// Why the entries cannot be judged: one of them was not understood, or there are more than AWS
/// allows. Empty if they can.
std::string entry_gap(const Context& context, const NetworkAcl& acl);

/// Goes through all NACLs: those that `judge(acl, findings)` says nothing about pass with
/// `praise`, those with an entry that was not understood are unknown, and so are VPCs whose NACLs
/// were not collected.
struct AclQuestion {
  std::string_view check;
  Risk risk;                // of what it might have found
  std::string_view praise;  // "no entry is …"
  std::string_view unsaid;  // "whether … is not known"
};
std::vector<Finding> judge_acls(const Context& context, const AclQuestion& question,
                                void (*judge)(const NetworkAcl& acl,
                                              std::vector<Finding>& findings));

}  // namespace portolan::checks
