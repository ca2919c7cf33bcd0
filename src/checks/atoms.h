#pragma once

#include <vector>

#include "checks/estate.h"
#include "core/ip.h"

/// Private to the module: the public internet, cut where a filter may cut it.
namespace portolan::checks {

enum class Flow : std::uint8_t { Inbound, Outbound };

/// Blocks of the public internet, each treated alike by every filter near the interface: its
/// groups, NACLs and routes (for outbound traffic those of the whole VPC, where its NAT gateways
/// are), and firewalls. Empty if the groups name no public address: then nothing passes.
/// Of more than `kAtomsMax` blocks the rest stays uncut and `is_complete` is false.
struct Atoms {
  std::vector<IpSet> blocks;  // disjoint
  bool is_complete = true;
};
inline constexpr std::size_t kAtomsMax = 2048;

Atoms cut_internet(const Estate& estate, const NetworkInterface& interface, IpFamily family,
                   Flow flow);

}  // namespace portolan::checks
