#pragma once

#include <cstddef>
#include <vector>

/// Private to the module: rectangles beside each other.
namespace portolan::chart {

struct Size {
  float width = 0;
  float height = 0;
};

struct Spot {
  float x = 0;
  float y = 0;
};

struct Packed {
  std::vector<Spot> spots;  // of each rectangle, in the order they were given
  Size size;                // of all together
};

/// Sets rectangles in rows, the tallest first (those of one height in the order given), with `gap`
/// between them, so that all together are about `aspect` times as wide as high.
Packed pack_shelves(const std::vector<Size>& sizes, float gap, float aspect);

/// Columns and rows of a grid for so many things with room for a few more, a little wider than
/// high. Sizes come in steps, so that one thing more seldom changes them.
struct Grid {
  std::size_t columns = 0;
  std::size_t rows = 0;
  [[nodiscard]] std::size_t capacity() const { return columns * rows; }
};
Grid grid_for(std::size_t count);

}  // namespace portolan::chart
