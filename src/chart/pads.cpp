#include "chart/pads.h"

#include <algorithm>
#include <cmath>

namespace portolan::chart {

namespace {

constexpr float kBorder = 0.45F;
constexpr float kHouse = 0.7F;  // of a cell

/// The strip for the label of a pad that is so many cells high without it.
float header_for(float rows) { return std::max(1.0F, rows * 0.14F); }

/// The cells of a pad, in rows.
struct Cells {
  Spot corner;
  float cell = 1;
  std::size_t columns = 1;
  std::size_t rows = 1;

  [[nodiscard]] Rect at(std::size_t number) const {
    const float margin = (1 - kHouse) / 2 * cell;
    return {.x = corner.x + static_cast<float>(number % columns) * cell + margin,
            .y = corner.y + static_cast<float>(number / columns) * cell + margin,
            .width = kHouse * cell,
            .height = kHouse * cell};
  }
  [[nodiscard]] std::size_t of(const Rect& rect) const {
    const auto step = [&](float distance) {
      return static_cast<std::size_t>(std::max(0.0F, std::floor(distance / cell)));
    };
    const std::size_t column = step(rect.x + rect.width / 2 - corner.x);
    const std::size_t row = step(rect.y + rect.height / 2 - corner.y);
    return std::min(column, columns - 1) + row * columns;
  }
};

Cells cells_of(const Rect& pad, float cell, std::size_t count) {
  const float width = pad.width - 2 * kBorder * cell;
  const auto columns = static_cast<std::size_t>(std::max(1.0F, std::floor(width / cell + 0.01F)));
  const float inner = pad.height / cell - kBorder;
  const float header = std::max(1.0F, inner - inner / 1.14F);
  const float height = (inner - header) * cell;
  const auto rows = static_cast<std::size_t>(std::max(1.0F, std::floor(height / cell + 0.01F)));
  return {.corner = {.x = pad.x + kBorder * cell, .y = pad.y + header * cell},
          .cell = cell,
          .columns = columns,
          .rows = std::max(rows, (count + columns - 1) / columns)};
}

bool is_alike(float a, float b) { return std::abs(a - b) <= 1e-3F * std::max(a, b); }

constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

/// Where the members stood, as cells of the pad now; nowhere if it was another pad.
std::vector<std::size_t> cells_before(const Pad& pad, const Rect& ground, const Cells& cells) {
  std::vector<std::size_t> spots(pad.members.size(), kNowhere);
  const auto old = pad.before == nullptr ? std::nullopt : pad.before->find(pad.nodes[pad.pad].key);
  if (!old) {
    return spots;
  }
  const Rect& was = pad.before->rect_of(*old, pad.lens);
  if (!is_alike(was.width, ground.width) || !is_alike(was.height, ground.height)) {
    return spots;
  }
  for (std::size_t i = 0; i < spots.size(); ++i) {
    const auto member = pad.before->find(pad.nodes[pad.members[i]].key);
    if (member && pad.before->parent_of(*member, pad.lens) == static_cast<std::int32_t>(*old)) {
      Rect rect = pad.before->rect_of(*member, pad.lens);
      rect.x += ground.x - was.x;
      rect.y += ground.y - was.y;
      spots[i] = cells.of(rect);
    }
  }
  return spots;
}

}  // namespace

Size pad_size(const Grid& grid) {
  const auto rows = static_cast<float>(grid.rows);
  return {.width = std::max(3.0F, static_cast<float>(grid.columns)) + 2 * kBorder,
          .height = rows + header_for(rows) + kBorder};
}

void fill_pad(const Pad& pad) {
  const Node& holder = pad.nodes[pad.pad];
  const Rect ground = pad.lens == Lens::Location ? holder.rect : holder.policy_rect;
  const Cells cells = cells_of(ground, pad.cell, pad.members.size());
  std::vector<bool> is_taken(cells.columns * cells.rows);
  std::vector<std::size_t> spots = cells_before(pad, ground, cells);
  for (std::size_t& spot : spots) {
    if (spot != kNowhere && (spot >= is_taken.size() || is_taken[spot])) {
      spot = kNowhere;
    }
    if (spot != kNowhere) {
      is_taken[spot] = true;
    }
  }
  std::size_t free = 0;
  for (std::size_t i = 0; i < spots.size(); ++i) {
    if (spots[i] == kNowhere) {
      while (is_taken[free]) {
        ++free;
      }
      spots[i] = free;
      is_taken[free] = true;
    }
    Node& member = pad.nodes[pad.members[i]];
    (pad.lens == Lens::Location ? member.rect : member.policy_rect) = cells.at(spots[i]);
  }
}

}  // namespace portolan::chart
