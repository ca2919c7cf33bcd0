#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "chart/chart.h"
#include "core/result.h"

/// Private to the module: what is seen of a chart.
namespace portolan::chart {

/// Nodes of which none stands above another, and the internet.
class Cut {
 public:
  /// Error `bad_frontier`.
  static Result<Cut> of(const Chart& chart, Lens lens, const std::vector<NodeNumber>& nodes);

  [[nodiscard]] const std::vector<NodeNumber>& nodes() const { return nodes_; }
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  /// The place in the cut of the node that is this one or stands above it; -1 if there is none.
  [[nodiscard]] std::int32_t place_of(NodeNumber number) const { return places_[number]; }

 private:
  std::vector<NodeNumber> nodes_;
  std::vector<std::int32_t> places_;  // by node
};

/// A node and all that is below it; all nodes without one.
class Scope {
 public:
  Scope(const Chart& chart, Lens lens, std::optional<NodeNumber> top);
  [[nodiscard]] bool has(NodeNumber number) const { return has_.empty() || has_[number]; }

 private:
  std::vector<bool> has_;
};

}  // namespace portolan::chart
