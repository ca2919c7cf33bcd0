#include "chart/lanes.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace portolan::chart {

namespace {

using Lanes = std::vector<std::vector<Size>>;

/// The height of each row and the width of each column of a lane.
struct Lines {
  std::vector<float> heights;
  std::vector<float> widths;
};

Lines lines_of(const std::vector<Size>& pads, std::size_t columns) {
  Lines lines;
  for (std::size_t i = 0; i < pads.size(); ++i) {
    const std::size_t row = i / columns;
    const std::size_t column = i % columns;
    lines.heights.resize(std::max(lines.heights.size(), row + 1));
    lines.widths.resize(std::max(lines.widths.size(), column + 1));
    lines.heights[row] = std::max(lines.heights[row], pads[i].height);
    lines.widths[column] = std::max(lines.widths[column], pads[i].width);
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

/// How lanes stand: beside each other, pads of one row at one height; or one below the other, pads
/// of one column below each other.
struct Way {
  bool is_stacked = false;
  std::size_t columns = 1;
};

/// The lengths of lines that all lanes have in common.
std::vector<float> shared(const std::vector<std::vector<float>>& lines) {
  std::vector<float> longest;
  for (const auto& each : lines) {
    longest.resize(std::max(longest.size(), each.size()));
    for (std::size_t i = 0; i < each.size(); ++i) {
      longest[i] = std::max(longest[i], each[i]);
    }
  }
  return longest;
}

LaneSpots set_with(const Lanes& lanes, const LaneGaps& gaps, const Way& way) {
  std::vector<Lines> lines;
  for (const auto& pads : lanes) {
    lines.push_back(lines_of(pads, way.columns));
  }
  std::vector<std::vector<float>> common;
  for (const Lines& each : lines) {
    common.push_back(way.is_stacked ? each.widths : each.heights);
  }
  const std::vector<float> longest = shared(common);
  LaneSpots spots;
  Spot corner;
  for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
    (way.is_stacked ? lines[lane].widths : lines[lane].heights) = longest;
    const auto& [heights, widths] = lines[lane];
    const Size size{.width = total(widths, gaps.pad) + 2 * gaps.border,
                    .height = gaps.header + total(heights, gaps.pad) + gaps.border};
    spots.lanes.push_back(corner);
    spots.sizes.push_back(size);
    auto& pads = spots.pads.emplace_back();
    auto& grown = spots.grown.emplace_back();
    for (std::size_t i = 0; i < lanes[lane].size(); ++i) {
      const std::size_t row = i / way.columns;
      const std::size_t column = i % way.columns;
      pads.push_back({.x = gaps.border + sum_before(widths, column, gaps.pad),
                      .y = gaps.header + sum_before(heights, row, gaps.pad)});
      grown.push_back({.width = widths[column], .height = heights[row]});
    }
    spots.size.width = std::max(spots.size.width, corner.x + size.width);
    spots.size.height = std::max(spots.size.height, corner.y + size.height);
    corner.x += way.is_stacked ? 0 : size.width + gaps.lane;
    corner.y += way.is_stacked ? size.height + gaps.lane : 0;
  }
  return spots;
}

/// How far it is from the wanted shape; and tiers should stand side by side.
float blemish_of(const LaneSpots& spots, const Way& way, std::size_t most, float aspect) {
  const bool is_aligned = way.columns == (way.is_stacked ? most : 1);
  return std::abs(std::log(spots.size.width / spots.size.height / aspect)) +
         (is_aligned ? 0.0F : 0.5F);
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
    for (const bool is_stacked : {false, true}) {
      const Way way{.is_stacked = is_stacked, .columns = columns};
      LaneSpots spots = set_with(lanes, gaps, way);
      const float blemish = blemish_of(spots, way, most, aspect);
      if (!best || blemish < least) {
        least = blemish;
        best = std::move(spots);
      }
    }
  }
  return std::move(*best);
}

}  // namespace portolan::chart
