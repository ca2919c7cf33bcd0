#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include <boost/json.hpp>

#include "chart/ribbons.h"

/// Part of the door of the chart module: connections as a table.
namespace portolan::chart {

struct MatrixView {
  Lens lens = Lens::Location;
  /// What rows and columns are; nothing: the first kind below `within` of which there are several.
  std::optional<NodeKind> level;
  NodeNumber within = 0;
  RibbonMode mode = RibbonMode::All;
};

struct Matrix {
  std::vector<NodeNumber> rows;     // sources: the internet and the ring first
  std::vector<NodeNumber> columns;  // targets
  std::vector<Ribbon> cells;
  std::size_t hidden = 0;  // cells that are left out
};

/// Error `bad_frontier` if `within` is no node.
Result<Matrix> matrix_of(const Lifter& lifter, const MatrixView& view);

/// As of `/matrix`.
boost::json::object json_of(const Matrix& matrix);

/// `vpc`, `subnet` …; error `bad_level`.
Result<NodeKind> parse_level(std::string_view text);

}  // namespace portolan::chart
