#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "model/change.h"

namespace portolan {

/// Reads one line `RESOURCE VERB ARGUMENTS…`:
///
///     sg-…  +ingress SERVICE PEER [TEXT]           also -ingress, +egress, -egress
///     sg-…  -ingress sgr-…                         the rule with that id
///     sg-…  ~ingress SERVICE PEER SERVICE PEER     the first rule becomes the second; also ~egress
///     eni-… +group GROUP                           also -group
///     eni-… +public ADDRESS [PRIVATE]              for its primary address if none is named
///     eni-… -public ADDRESS                        the public or the private one
///     acl-… +ingress NUMBER allow|deny SERVICE CIDR     also +egress
///     acl-… -ingress NUMBER                        also -egress
///     rtb-… +route CIDR|pl-… TARGET                igw-…, nat-…, eni-… …, `local`, `blackhole`
///     rtb-… -route CIDR|pl-…
///     pl-…  +cidr CIDR [TEXT]                      also -cidr CIDR
///     pcx-… active|inactive
///     public-access ACCOUNT/REGION off|ingress|bidirectional
///     ID    +tag KEY=VALUE                         the value is all the rest of the line
///     ID    -tag KEY
///     ID    deleted
///
/// PEER is a CIDR, an address, a prefix list or a group. A group is its id, or `sg:NAME` if one
/// group only has that name. SERVICE is that of a question; several ranges are one rule here,
/// though AWS needs a rule for each. Words with white space go in quotes. The resource that is
/// edited must be in the snapshot; groups, lists and targets that are given by id need not be.
///
/// Error: `bad_change`, `bad_service`, `bad_prefix`, `bad_address`, `no_such_resource`,
/// `no_such_group`, `ambiguous_name`, `no_such_address`.
Result<Change> parse_change(const Snapshot& snapshot, std::string_view text);

/// The line, which parses back in a snapshot that has the resource. Rules are told by what they
/// permit: ids, and what documents tell of a group beside its id, are not in the line; neither is
/// the former target of a blackhole. A `ResourceSet` has no line of its own: it gives `ID
/// replaced`, for people.
std::string text(const Change& change);

}  // namespace portolan
