#include "chart/traffic.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>
#include <tuple>
#include <utility>

namespace portolan::chart {

namespace {

using Key = std::tuple<ServiceSet, ServiceSet, ServiceSet>;

Key key_of(const reach::Passage& passage) {
  return {passage.yes, passage.depends, passage.unknown};
}

}  // namespace

Traffic::Traffic(const reach::Connections& connections, int threads)
    : connections_(&connections), cells_(connections.targets().size()) {
  std::vector<std::vector<reach::Cell>> read(cells_.size());
  static constexpr std::size_t kBatch = 64;
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t at = next.fetch_add(kBatch); at < read.size(); at = next.fetch_add(kBatch)) {
      for (std::size_t i = at; i < std::min(at + kBatch, read.size()); ++i) {
        read[i] = connections.to(static_cast<std::uint32_t>(i));
      }
    }
  };
  {
    std::vector<std::jthread> helpers;
    for (int helper = 1; helper < threads; ++helper) {
      helpers.emplace_back(work);
    }
    work();
  }
  std::map<Key, std::uint32_t> numbers;
  for (std::size_t target = 0; target < read.size(); ++target) {
    for (reach::Cell& cell : read[target]) {
      const auto [known, is_new] =
          numbers.try_emplace(key_of(cell.passage), static_cast<std::uint32_t>(passages_.size()));
      if (is_new) {
        passages_.push_back(std::move(cell.passage));
      }
      cells_[target].push_back({.passage = known->second, .sources = std::move(cell.sources)});
    }
  }
}

}  // namespace portolan::chart
