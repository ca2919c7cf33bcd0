#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "chart/chart.h"
#include "model/snapshot.h"

/// Private to the module: the nodes of a chart and how they contain each other.
namespace portolan::chart {

/// The nodes without rectangles and judgements, and where resources stand among them.
struct Tree {
  std::vector<Node> nodes;
  /// By the row of the interface in the snapshot.
  std::vector<NodeNumber> interfaces;
  /// Of a balancer, the subnet whose edge it stands on; of all else itself.
  std::unordered_map<NodeNumber, NodeNumber> edges;
  NodeNumber internet = 0;
};

Tree make_tree(const Material& material);

/// The key of a region: `ACCOUNT/REGION`, with `unknown` for what is not known.
std::string region_key(const Owned& owned);
std::string account_key(const AccountId& account);

/// What stands on the ring: blocks of hosts out there which rules, routes or the configuration
/// name, widened until there are few, sorted; and whether there are private hosts that nothing
/// names.
struct RingPlan {
  std::vector<IpPrefix> blocks;
  bool has_private = false;
};
RingPlan ring_of(const Material& material);

}  // namespace portolan::chart
