#pragma once

#include <vector>

#include "core/ip.h"
#include "model/snapshot.h"

/// Private to the engine: the address blocks that filters and routes name.
namespace portolan::reach {

struct Blocks {
  std::vector<IpPrefix> ways;     // routes, NACLs, firewalls, VPCs: they decide about the way
  std::vector<IpPrefix> ingress;  // ingress rules of groups
  std::vector<IpPrefix> egress;   // egress rules of groups
};

/// Sorted, once each. Cost: linear in the snapshot, and n log n.
Blocks blocks_of(const Snapshot& snapshot);

/// Both lists as one, sorted, once each.
std::vector<IpPrefix> united(const std::vector<IpPrefix>& a, const std::vector<IpPrefix>& b);

}  // namespace portolan::reach
