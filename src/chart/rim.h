#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "chart/chart.h"
#include "chart/shelf.h"

/// Private to the module: what stands on a rim.
namespace portolan::chart {

/// North is where y is least.
enum class Side : std::uint8_t { North, East, South, West };

/// Where a gateway stands: those to the internet in the north, to other networks in the east, to
/// AWS's services in the west.
Side side_of_portal(std::string_view key);

struct Block {
  float length = 0;  // along the rim
  float depth = 0;   // across it
};

/// So many blocks in the middle of the band that runs inside one side of a plate of that size,
/// smaller ones if they would not fit. From the plate's corner.
std::vector<Rect> along(Side side, std::size_t count, const Block& block, float band,
                        const Size& plate);

}  // namespace portolan::chart
