#include "chart/cut.h"

#include <algorithm>

#include <fmt/format.h>

namespace portolan::chart {

Result<Cut> Cut::of(const Chart& chart, Lens lens, const std::vector<NodeNumber>& nodes) {
  Cut cut;
  cut.nodes_ = nodes;
  if (std::find(nodes.begin(), nodes.end(), chart.internet()) == nodes.end()) {
    cut.nodes_.push_back(chart.internet());
  }
  cut.places_.assign(chart.size(), -1);
  for (std::size_t place = 0; place < cut.nodes_.size(); ++place) {
    const NodeNumber number = cut.nodes_[place];
    if (number >= chart.size()) {
      return fail("bad_frontier", fmt::format("{} is the number of no node", number));
    }
    if (cut.places_[number] >= 0) {
      return fail("bad_frontier", fmt::format("node {} is named twice", number));
    }
    cut.places_[number] = static_cast<std::int32_t>(place);
  }
  for (NodeNumber number = 0; number < chart.size(); ++number) {
    const std::int32_t parent = chart.parent_of(number, lens);
    const std::int32_t above =
        parent == kNoNode ? -1 : cut.places_[static_cast<NodeNumber>(parent)];
    if (above < 0) {
      continue;
    }
    if (cut.places_[number] < 0) {
      cut.places_[number] = above;
    } else if (number != chart.internet()) {
      return fail("bad_frontier", fmt::format("node {} stands above node {}",
                                              cut.nodes_[static_cast<std::size_t>(above)], number));
    }
  }
  return cut;
}

Scope::Scope(const Chart& chart, Lens lens, std::optional<NodeNumber> top) {
  if (!top) {
    return;
  }
  has_.assign(chart.size(), false);
  for (NodeNumber number = 0; number < chart.size(); ++number) {
    const std::int32_t parent = chart.parent_of(number, lens);
    has_[number] = number == *top || (parent != kNoNode && has_[static_cast<NodeNumber>(parent)]);
  }
}

}  // namespace portolan::chart
