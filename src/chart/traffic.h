#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "reach/connections.h"

/// Part of the door of the chart module.
namespace portolan::chart {

/// The classes that get the same services through to a target, among those of all connections.
struct TrafficCell {
  std::uint32_t passage = 0;           // its number among all passages
  std::vector<std::uint32_t> sources;  // sorted
};

/// The cells of one target: kept, or read anew.
class TrafficColumn {
 public:
  explicit TrafficColumn(std::span<const TrafficCell> kept) : kept_(kept) {}
  explicit TrafficColumn(std::vector<TrafficCell> read) : read_(std::move(read)), kept_(read_) {}
  TrafficColumn(const TrafficColumn&) = delete;
  TrafficColumn& operator=(const TrafficColumn&) = delete;

  [[nodiscard]] auto begin() const { return kept_.begin(); }
  [[nodiscard]] auto end() const { return kept_.end(); }

 private:
  std::vector<TrafficCell> read_;
  std::span<const TrafficCell> kept_;
};

/// All connections, read once: what the chart and its ribbons are counted from. Immutable; the
/// connections must outlive it. Where there are too many to be kept (each interface with groups of
/// its own choice), columns are read anew whenever they are asked for.
class Traffic {
 public:
  /// Cost: a column for each class, on `threads` threads.
  explicit Traffic(const reach::Connections& connections, int threads = 2);

  [[nodiscard]] const reach::Connections& connections() const { return *connections_; }
  [[nodiscard]] const Snapshot& snapshot() const { return connections_->network().snapshot(); }
  /// Every passage that some pair has, each once.
  [[nodiscard]] const std::vector<reach::Passage>& passages() const { return passages_; }
  [[nodiscard]] TrafficColumn to(std::uint32_t target) const;

 private:
  using Key = std::tuple<ServiceSet, ServiceSet, ServiceSet>;

  const reach::Connections* connections_;
  std::vector<reach::Passage> passages_;
  std::map<Key, std::uint32_t> numbers_;
  std::vector<std::optional<std::vector<TrafficCell>>> cells_;  // by target; those that are kept
};

}  // namespace portolan::chart
