#pragma once

#include "chart/tree.h"

/// Private to the module: where everything stands.
namespace portolan::chart {

/// Gives the nodes of the tree their rectangles in both lenses. What is in `before` (may be null)
/// keeps its place in its pad if the pad is as it was.
///
/// A subnet is a pad with a grid of interfaces; subnets stand in the lane of their zone, tier
/// beside tier; lanes make a VPC, with portals on its rim; VPCs, regions and accounts are plates
/// beside each other; and around all of them runs the ring of what is beyond. All is in cells first
/// (one interface stands on one cell) and scaled at the end.
void lay_out(Tree& tree, const Chart* before);

}  // namespace portolan::chart
