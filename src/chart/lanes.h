#pragma once

#include <vector>

#include "chart/shelf.h"

/// Private to the module: the lanes of zones in a VPC.
namespace portolan::chart {

struct LaneSpots {
  std::vector<Spot> lanes;              // of each lane
  std::vector<Size> sizes;              // of each lane
  std::vector<std::vector<Spot>> pads;  // of each pad, from the corner of its lane
  std::vector<std::vector<Size>>
      grown;  // pads of one row are of one height, of one column of one width
  Size size;  // of all together
};

struct LaneGaps {
  float lane = 0;    // between lanes
  float pad = 0;     // between pads
  float border = 0;  // around the pads of a lane
  float header = 0;  // above them
};

/// Lanes beside each other or one below the other, the pads of each in rows; pads of one number
/// stand side by side in all lanes. As many columns, and that way, as make the whole about `aspect`
/// times as wide as high.
LaneSpots set_lanes(const std::vector<std::vector<Size>>& lanes, const LaneGaps& gaps,
                    float aspect);

}  // namespace portolan::chart
