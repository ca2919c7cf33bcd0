#include "chart/lanes.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace portolan::chart {

namespace {

using Lanes = std::vector<std::vector<Size>>;

/// The height of each row and, by lane, the width of each column.
struct Lines {
  std::vector<float> heights;
  std::vector<std::vector<float>> widths;
};

Lines lines_of(const Lanes& lanes, std::size_t columns) {
  Lines lines;
  for (const auto& pads : lanes) {
    std::vector<float>& widths = lines.widths.emplace_back();
    for (std::size_t i = 0; i < pads.size(); ++i) {
      const std::size_t row = i / columns;
      const std::size_t column = i % columns;
      lines.heights.resize(std::max(lines.heights.size(), row + 1));
      widths.resize(std::max(widths.size(), column + 1));
      lines.heights[row] = std::max(lines.heights[row], pads[i].height);
      widths[column] = std::max(widths[column], pads[i].width);
    }
  }
  return lines;
}

/// The sum of `lengths` before `end`, each with a gap after it.
float sum_before(const std::vector<float>& lengths, std::size_t end, float gap) {
  float sum = 0;
  for (std::size_t i = 0; i < end; ++i) {
    sum += lengths[i] + gap;
  }
  return sum;
}

float total(const std::vector<float>& lengths, float gap) {
  return lengths.empty() ? 0 : sum_before(lengths, lengths.size(), gap) - gap;
}

LaneSpots set_with(const Lanes& lanes, const LaneGaps& gaps, std::size_t columns) {
  const Lines lines = lines_of(lanes, columns);
  LaneSpots spots;
  const float height = gaps.header + total(lines.heights, gaps.pad) + gaps.border;
  float x = 0;
  for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
    const std::vector<float>& widths = lines.widths[lane];
    const Size size{.width = total(widths, gaps.pad) + 2 * gaps.border, .height = height};
    spots.lanes.push_back({.x = x, .y = 0});
    spots.sizes.push_back(size);
    auto& pads = spots.pads.emplace_back();
    auto& grown = spots.grown.emplace_back();
    for (std::size_t i = 0; i < lanes[lane].size(); ++i) {
      const std::size_t row = i / columns;
      const std::size_t column = i % columns;
      pads.push_back({.x = gaps.border + sum_before(widths, column, gaps.pad),
                      .y = gaps.header + sum_before(lines.heights, row, gaps.pad)});
      grown.push_back({.width = widths[column], .height = lines.heights[row]});
    }
    x += size.width + gaps.lane;
  }
  spots.size = {.width = std::max(0.0F, x - gaps.lane), .height = height};
  return spots;
}

}  // namespace

LaneSpots set_lanes(const Lanes& lanes, const LaneGaps& gaps, float aspect) {
  static constexpr std::size_t kMostColumns = 24;
  std::size_t most = 1;
  for (const auto& pads : lanes) {
    most = std::max(most, pads.size());
  }
  std::optional<LaneSpots> best;
  float least = 0;
  for (std::size_t columns = 1; columns <= std::min(most, kMostColumns); ++columns) {
    LaneSpots spots = set_with(lanes, gaps, columns);
    const float blemish = std::abs(std::log(spots.size.width / spots.size.height / aspect));
    if (!best || blemish < least) {
      least = blemish;
      best = std::move(spots);
    }
  }
  return std::move(*best);
}

}  // namespace portolan::chart
