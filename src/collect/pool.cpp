#include "collect/pool.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <numeric>
#include <optional>
#include <thread>
#include <utility>

#include "collect/decode/document.h"
#include "collect/merge/merge.h"
#include "core/digest.h"

namespace portolan::collect {

namespace {

/// Reads documents, each by whichever thread is free.
class Pool {
 public:
  Pool(const std::vector<DocumentName>& documents, const Fetch& fetch)
      : documents_(&documents),
        fetch_(&fetch),
        harvests_(documents.size()),
        diagnostics_(documents.size()),
        order_(documents.size()) {
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::stable_sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
      return documents[a].size > documents[b].size;
    });
  }

  void run(int threads) {
    const auto wanted = static_cast<std::size_t>(
        threads > 0 ? threads : static_cast<int>(std::thread::hardware_concurrency()));
    const std::size_t count =
        std::clamp<std::size_t>(wanted, 1, std::max<std::size_t>(order_.size(), 1));
    std::vector<std::jthread> helpers;
    for (std::size_t i = 1; i < count; ++i) {
      helpers.emplace_back([this] { work(); });
    }
    work();
  }

  std::vector<Harvest>& harvests() { return harvests_; }
  [[nodiscard]] const std::vector<Diagnostics>& diagnostics() const { return diagnostics_; }

 private:
  void work() {
    TokenIndexer indexer;
    ReadBuffers buffers;
    for (std::size_t turn = next_++; turn < order_.size(); turn = next_++) {
      const std::size_t number = order_[turn];
      const std::string& path = (*documents_)[number].path;
      (*fetch_)(number, buffers, diagnostics_[number], [&](std::string_view text) {
        Harvest& harvest = harvests_[number];
        harvest = read_document(text, path, static_cast<std::uint32_t>(number), indexer);
        harvest.problems.report(text, path, diagnostics_[number]);
      });
    }
  }

  const std::vector<DocumentName>* documents_;
  const Fetch* fetch_;
  std::vector<Harvest> harvests_;
  std::vector<Diagnostics> diagnostics_;  // of each document
  std::vector<std::size_t> order_;        // biggest first
  std::atomic<std::size_t> next_ = 0;
};

template <class... Rows>
std::size_t size_of(const FlatTuple<std::vector<Rows>...>& tables) {
  return tables.apply([](const auto&... table) { return (table.size() + ... + 0); });
}

}  // namespace

Decoded decode(const std::vector<DocumentName>& documents, const Fetch& fetch,
               const DecodeOptions& options, int threads) {
  std::vector<std::optional<std::string>> kept(documents.size());
  std::vector<std::uint64_t> digests(documents.size());
  const Fetch noting = [&](std::size_t number, ReadBuffers& buffers, Diagnostics& diagnostics,
                           const UseText& use) {
    fetch(number, buffers, diagnostics, [&](std::string_view text) {
      digests[number] =
          mixed_digest(mixed_digest(0, text_digest(documents[number].path)), text_digest(text));
      if (options.keeps != nullptr && options.keeps(text)) {
        kept[number] = std::string(text);
      }
      use(text);
    });
  };
  Pool pool(documents, noting);
  pool.run(threads);
  Merge state;
  Decoded decoded;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    state.paths.push_back(documents[i].path);
    state.diagnostics.append(pool.diagnostics()[i]);
    decoded.documents_read += pool.harvests()[i].members_read > 0 ? 1 : 0;
  }
  state.harvests = std::move(pool.harvests());
  merge(state, options);
  decoded.digest = std::accumulate(digests.begin(), digests.end(), std::uint64_t{0}, mixed_digest);
  decoded.resources_read = size_of(state.inventory.tables);
  decoded.snapshot = Snapshot(std::move(state.inventory));
  decoded.diagnostics = std::move(state.diagnostics);
  for (std::size_t i = 0; i < documents.size(); ++i) {
    if (kept[i]) {
      decoded.kept.push_back({.path = documents[i].path, .bytes = *std::move(kept[i])});
    }
  }
  return decoded;
}

}  // namespace portolan::collect
