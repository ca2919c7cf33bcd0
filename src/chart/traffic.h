#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "reach/connections.h"

/// Part of the door of the chart module.
namespace portolan::chart {

/// The classes that get the same services through to a target, among those of all connections.
struct TrafficCell {
  std::uint32_t passage = 0;           // its number among all passages
  std::vector<std::uint32_t> sources;  // sorted
};

/// All connections, read once: what the chart and its ribbons are counted from. Immutable; the
/// connections must outlive it.
class Traffic {
 public:
  /// Cost: a column for each class, on `threads` threads.
  explicit Traffic(const reach::Connections& connections, int threads = 2);

  [[nodiscard]] const reach::Connections& connections() const { return *connections_; }
  [[nodiscard]] const Snapshot& snapshot() const { return connections_->network().snapshot(); }
  /// Every passage that some pair has, each once.
  [[nodiscard]] const std::vector<reach::Passage>& passages() const { return passages_; }
  [[nodiscard]] std::span<const TrafficCell> to(std::uint32_t target) const {
    return cells_[target];
  }

 private:
  const reach::Connections* connections_;
  std::vector<reach::Passage> passages_;
  std::vector<std::vector<TrafficCell>> cells_;  // by target
};

}  // namespace portolan::chart
