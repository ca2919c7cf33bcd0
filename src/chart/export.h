#pragma once

#include <string>
#include <string_view>

#include "chart/chart.h"
#include "chart/ribbons.h"

/// Part of the door of the chart module: the chart as files for other programs.
namespace portolan::chart {

struct Plan {
  const Chart& chart;
  Lens lens = Lens::Location;
  const Ribbons* ribbons = nullptr;  // drawn on it; null: none
  std::string_view title;
};

/// The plan from above as SVG 1.1, with a legend; all names escaped, no script, nothing from
/// elsewhere.
std::string plan_svg(const Plan& plan);

/// The scene as glTF 2.0 in one JSON file: a block for each node with its name, colours by
/// exposure. `extras` of each node hold its key.
std::string scene_gltf(const Chart& chart, Lens lens);

}  // namespace portolan::chart
