#pragma once

#include "core/ip.h"

/// Private to the module: hosts that the snapshot does not own.
namespace portolan::chart {

/// Wider than this, hosts are anybody.
bool is_anybody(const IpPrefix& block);

/// The resolver, the metadata and the time service are at hand for everyone, past all filters.
/// SOURCE: EC2 guide, "Link-local addresses".
bool is_served_by_aws(const IpPrefix& block);

}  // namespace portolan::chart
