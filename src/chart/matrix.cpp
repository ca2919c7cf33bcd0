#include "chart/matrix.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>

namespace portolan::chart {

namespace {

constexpr std::size_t kCellsMost = 20'000;
constexpr std::array kLevels{NodeKind::Account,  NodeKind::Region, NodeKind::Vpc,
                             NodeKind::Zone,     NodeKind::Subnet, NodeKind::Class,
                             NodeKind::Interface};

/// The nodes of one kind below another node, and the balancers that no such node holds.
std::vector<NodeNumber> below(const Chart& chart, const MatrixView& view, NodeKind kind) {
  std::vector<NodeNumber> nodes;
  std::vector<bool> is_inside(chart.size());
  std::vector<bool> is_held(chart.size());
  for (NodeNumber number = 0; number < chart.size(); ++number) {
    const std::int32_t parent = chart.parent_of(number, view.lens);
    const bool has_parent = parent != kNoNode;
    is_inside[number] =
        number == view.within || (has_parent && is_inside[static_cast<NodeNumber>(parent)]);
    const bool is_row = is_inside[number] && chart[number].kind == kind;
    is_held[number] = is_row || (has_parent && is_held[static_cast<NodeNumber>(parent)]);
    const bool is_gate = is_inside[number] && chart[number].kind == NodeKind::Balancer;
    if (is_row || (is_gate && !is_held[number])) {
      nodes.push_back(number);
    }
  }
  return nodes;
}

NodeKind level_of(const Chart& chart, const MatrixView& view) {
  for (const NodeKind kind : kLevels) {
    const auto nodes = below(chart, view, kind);
    const auto count = std::count_if(nodes.begin(), nodes.end(), [&](NodeNumber number) {
      return chart[number].kind == kind && number != view.within;
    });
    if (count > 1) {
      return kind;
    }
  }
  return NodeKind::Interface;
}

}  // namespace

Result<Matrix> matrix_of(const Lifter& lifter, const MatrixView& view) {
  const Chart& chart = lifter.chart();
  if (view.within >= chart.size()) {
    return fail("bad_frontier", "`within` is the number of no node");
  }
  Frontier frontier;
  frontier.lens = view.lens;
  frontier.mode = view.mode;
  frontier.most = kCellsMost;
  frontier.nodes = below(chart, view, view.level.value_or(level_of(chart, view)));
  std::vector<NodeNumber> strangers{chart.internet()};
  for (NodeNumber number = 0; number < chart.size(); ++number) {
    if (chart[number].kind == NodeKind::Outside) {
      frontier.nodes.push_back(number);
      strangers.push_back(number);
    }
  }
  Ribbons ribbons = TRY(lifter.lift(frontier));
  Matrix matrix;
  std::set<NodeNumber> from;
  std::set<NodeNumber> to;
  for (const Ribbon& ribbon : ribbons.ribbons) {
    from.insert(ribbon.from);
    to.insert(ribbon.to);
  }
  const auto listed = [&](std::set<NodeNumber>& numbers) {
    std::vector<NodeNumber> list;
    for (const NodeNumber stranger : strangers) {
      if (numbers.erase(stranger) > 0) {
        list.push_back(stranger);
      }
    }
    list.insert(list.end(), numbers.begin(), numbers.end());
    return list;
  };
  matrix.rows = listed(from);
  matrix.columns = listed(to);
  matrix.cells = std::move(ribbons.ribbons);
  matrix.hidden = ribbons.hidden;
  return matrix;
}

boost::json::object json_of(const Matrix& matrix) {
  boost::json::array cells;
  cells.reserve(matrix.cells.size());
  for (const Ribbon& ribbon : matrix.cells) {
    boost::json::object cell = json_of(ribbon);
    cell["row"] = cell["from"];
    cell["column"] = cell["to"];
    cell.erase("from");
    cell.erase("to");
    cells.push_back(std::move(cell));
  }
  return {{"rows", boost::json::array(matrix.rows.begin(), matrix.rows.end())},
          {"columns", boost::json::array(matrix.columns.begin(), matrix.columns.end())},
          {"cells", std::move(cells)},
          {"hidden", matrix.hidden}};
}

Result<NodeKind> parse_level(std::string_view name) {
  for (const NodeKind kind : kLevels) {
    if (text(kind) == name) {
      return kind;
    }
  }
  return fail("bad_level", "`" + std::string(name) +
                               "` is no level: `account`, `region`, `vpc`, `zone`, `subnet`, "
                               "`class` or `interface`");
}

}  // namespace portolan::chart
