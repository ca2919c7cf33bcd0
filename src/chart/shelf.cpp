#include "chart/shelf.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace portolan::chart {

namespace {

Packed pack_within(const std::vector<Size>& sizes, const std::vector<std::size_t>& order, float gap,
                   float bound) {
  Packed packed;
  packed.spots.resize(sizes.size());
  Spot next;
  float shelf = 0;
  for (const std::size_t at : order) {
    const Size& size = sizes[at];
    if (next.x > 0 && next.x + size.width > bound) {
      next = {.x = 0, .y = next.y + shelf + gap};
      shelf = 0;
    }
    packed.spots[at] = next;
    packed.size.width = std::max(packed.size.width, next.x + size.width);
    packed.size.height = std::max(packed.size.height, next.y + size.height);
    shelf = std::max(shelf, size.height);
    next.x += size.width + gap;
  }
  return packed;
}

/// How far it is from the wanted shape, and how much of it is empty: less is better.
float blemish(const Packed& packed, float area, float aspect) {
  const float whole = packed.size.width * packed.size.height;
  const float shape = std::abs(std::log(packed.size.width / packed.size.height / aspect));
  return shape + 1.5F * (1 - area / whole);
}

}  // namespace

Packed pack_shelves(const std::vector<Size>& sizes, float gap, float aspect) {
  if (sizes.empty()) {
    return {};
  }
  std::vector<std::size_t> order(sizes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return sizes[a].height > sizes[b].height; });
  float area = 0;
  float widest = 0;
  for (const Size& size : sizes) {
    area += (size.width + gap) * (size.height + gap);
    widest = std::max(widest, size.width);
  }
  static constexpr std::array<float, 9> kTries{0.8F,  0.9F,  1.0F, 1.08F, 1.16F,
                                               1.25F, 1.35F, 1.5F, 1.8F};
  Packed best;
  float least = 0;
  for (const float factor : kTries) {
    const float bound = std::max(widest, std::sqrt(area * aspect) * factor);
    Packed packed = pack_within(sizes, order, gap, bound);
    const float blemish_here = blemish(packed, area, aspect);
    if (best.spots.empty() || blemish_here < least) {
      least = blemish_here;
      best = std::move(packed);
    }
  }
  return best;
}

Grid grid_for(std::size_t count) {
  const std::size_t wanted = count + 1 + count / 10;
  Grid grid{.columns = 2, .rows = 2};
  while (grid.capacity() < wanted) {
    if (grid.columns > grid.rows) {
      ++grid.rows;
    } else {
      ++grid.columns;
    }
  }
  return grid;
}

}  // namespace portolan::chart
