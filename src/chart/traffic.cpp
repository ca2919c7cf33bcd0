#include "chart/traffic.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "core/assert.h"

namespace portolan::chart {

namespace {

constexpr std::size_t kKeptMost = 100'000'000;  // sources in all cells, four bytes each
constexpr std::size_t kAtOnce = 1024;           // columns read before they are numbered

using Columns = std::vector<std::vector<reach::Cell>>;

/// The columns of the targets from `first`, on so many threads.
Columns read(const reach::Connections& connections, std::size_t first, std::size_t count,
             int threads) {
  static constexpr std::size_t kBatch = 16;
  Columns columns(count);
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t at = next.fetch_add(kBatch); at < count; at = next.fetch_add(kBatch)) {
      for (std::size_t i = at; i < std::min(at + kBatch, count); ++i) {
        columns[i] = connections.to(static_cast<std::uint32_t>(first + i));
      }
    }
  };
  std::vector<std::jthread> helpers;
  for (int helper = 1; helper < threads; ++helper) {
    helpers.emplace_back(work);
  }
  work();
  helpers.clear();  // waits for them
  return columns;
}

auto key_of(const reach::Passage& passage) {
  return std::tuple(passage.yes, passage.depends, passage.unknown);
}

}  // namespace

Traffic::Traffic(const reach::Connections& connections, int threads)
    : connections_(&connections), cells_(connections.targets().size()) {
  std::size_t kept = 0;
  for (std::size_t first = 0; first < cells_.size(); first += kAtOnce) {
    const std::size_t count = std::min(kAtOnce, cells_.size() - first);
    Columns columns = read(connections, first, count, threads);
    for (std::size_t i = 0; i < count; ++i) {
      std::vector<TrafficCell> cells;
      for (reach::Cell& cell : columns[i]) {
        const auto [known, is_new] = numbers_.try_emplace(
            key_of(cell.passage), static_cast<std::uint32_t>(passages_.size()));
        if (is_new) {
          passages_.push_back(std::move(cell.passage));
        }
        kept += cell.sources.size();
        cells.push_back({.passage = known->second, .sources = std::move(cell.sources)});
      }
      if (kept <= kKeptMost) {
        cells_[first + i] = std::move(cells);
      }
    }
  }
}

TrafficColumn Traffic::to(std::uint32_t target) const {
  if (cells_[target]) {
    return TrafficColumn(std::span<const TrafficCell>(*cells_[target]));
  }
  std::vector<TrafficCell> cells;
  for (reach::Cell& cell : connections_->to(target)) {
    const auto known = numbers_.find(key_of(cell.passage));
    PORTOLAN_ASSERT(known != numbers_.end());
    cells.push_back({.passage = known->second, .sources = std::move(cell.sources)});
  }
  return TrafficColumn(std::move(cells));
}

}  // namespace portolan::chart
