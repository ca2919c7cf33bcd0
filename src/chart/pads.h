#pragma once

#include <vector>

#include "chart/chart.h"
#include "chart/shelf.h"

/// Private to the module: interfaces on a pad.
namespace portolan::chart {

/// A pad that holds the grid, with a strip for its label, in cells.
Size pad_size(const Grid& grid);

struct Pad {
  std::vector<Node>& nodes;
  NodeNumber pad = 0;
  const std::vector<NodeNumber>& members;
  float cell = 1;  // how wide a cell is
  Lens lens = Lens::Location;
  const Chart* before = nullptr;
};

/// Sets the members on the pad, row by row. Those that stood on it in `before` stay if the pad has
/// the size that it had; the others take the first free cells.
void fill_pad(const Pad& pad);

}  // namespace portolan::chart
