#include "chart/rim.h"

#include <algorithm>
#include <array>

namespace portolan::chart {

Side side_of_portal(std::string_view key) {
  static constexpr std::array<std::string_view, 3> kToInternet{"igw-", "eigw-", "nat-"};
  if (std::any_of(kToInternet.begin(), kToInternet.end(),
                  [&](std::string_view prefix) { return key.starts_with(prefix); })) {
    return Side::North;
  }
  return key.starts_with("vpce-") ? Side::West : Side::East;
}

std::vector<Rect> along(Side side, std::size_t count, const Block& block, float band,
                        const Size& plate) {
  const bool is_level = side == Side::North || side == Side::South;
  const float whole = (is_level ? plate.width : plate.height) - 2 * band;
  const float step =
      std::min(block.length * 1.6F, whole / static_cast<float>(std::max<std::size_t>(count, 1)));
  const float length = std::min(block.length, step * 0.8F);
  const float start = band + (whole - step * static_cast<float>(count)) / 2;
  const float near = (band - block.depth) / 2;
  const float far = (is_level ? plate.height : plate.width) - band + near;
  const float across = side == Side::North || side == Side::West ? near : far;
  std::vector<Rect> rects;
  for (std::size_t i = 0; i < count; ++i) {
    const float at = start + step * static_cast<float>(i) + (step - length) / 2;
    rects.push_back(is_level ? Rect{.x = at, .y = across, .width = length, .height = block.depth}
                             : Rect{.x = across, .y = at, .width = block.depth, .height = length});
  }
  return rects;
}

}  // namespace portolan::chart
