#pragma once

#include <string_view>

#include "core/result.h"
#include "model/change.h"

namespace portolan {

/// A change as a person writes it, about resources of the snapshot:
///
///     sg-… +ingress SERVICE PEER        also -ingress, +egress, -egress; `sg:NAME` for `sg-…`
///                                       PEER: CIDR, address, sg-…, sg:NAME, pl-…
///     eni-… +group sg-…                 also -group
///     eni-… +public ADDRESS             also -public
///     acl-… +ingress NUMBER allow|deny SERVICE CIDR      also +egress
///     acl-… -ingress NUMBER             also -egress
///     rtb-… +route CIDR|pl-… TARGET     TARGET: igw-… nat-… tgw-… pcx-… eni-… …, or blackhole
///     rtb-… -route CIDR|pl-…
///     pl-… +cidr CIDR                   also -cidr
///     pcx-… active                      also inactive
///     ID +tag KEY=VALUE                 also -tag KEY
///     ID deleted
///
/// SERVICE is as `ServiceSet::parse` takes it, without spaces. Error `bad_change` tells what was
/// expected; `no_such_resource`, `ambiguous_name`.
Result<Change> parse_change(const Snapshot& snapshot, std::string_view text);

}  // namespace portolan
