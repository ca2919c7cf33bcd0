#include "cli/trail_memory.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "cli/problems.h"
#include "collect/trail_records.h"
#include "store/trail_store.h"

namespace portolan::cli {
namespace {

constexpr std::size_t kBatchLogs = 256;
constexpr std::size_t kBatchBytes = std::size_t{32} << 20;  // as they lie there
constexpr std::size_t kShownProblems = 200;

/// What CloudTrail delivered is never written again. SOURCE: CloudTrail user guide, "Finding your
/// CloudTrail log files".
bool is_final(const collect::LogName& log) {
  return log.place.find("_CloudTrail_") != std::string::npos;
}

/// Logs that are added together: all of them or none.
class Batches {
 public:
  Batches(const collect::LogList& list, const std::vector<store::SeenLog>& seen)
      : list_(list), seen_(seen.begin(), seen.end()) {}

  /// The next logs that are not in the store; nothing at the end.
  collect::LogList next() {
    collect::LogList batch;
    std::size_t bytes = 0;
    for (; at_ < list_.logs.size() && batch.logs.size() < kBatchLogs && bytes < kBatchBytes;
         ++at_) {
      const collect::LogName& log = list_.logs[at_];
      if (!is_final(log) || !seen_.contains({.place = log.place, .size = log.size})) {
        batch.logs.push_back(log);
        bytes += log.size;
      }
    }
    if (batch.logs.empty() && !gave_buckets_) {
      gave_buckets_ = true;
      batch.buckets = list_.buckets;
    }
    return batch;
  }

  [[nodiscard]] std::size_t done() const { return at_; }

 private:
  const collect::LogList& list_;
  std::set<store::SeenLog> seen_;
  std::size_t at_ = 0;
  bool gave_buckets_ = false;
};

/// Those that were read to their ends, so that they need not be read again.
std::vector<store::SeenLog> read_well(const collect::LogList& batch,
                                      const Diagnostics& diagnostics) {
  std::set<std::string> bad;
  for (const Diagnostic& each : diagnostics.sorted()) {
    bad.insert(each.file);
  }
  std::vector<store::SeenLog> logs;
  for (const collect::LogName& log : batch.logs) {
    if (is_final(log) && !bad.contains(log.name)) {
      logs.push_back({.place = log.place, .size = log.size});
    }
  }
  return logs;
}

Result<void> add(const collect::LogList& list, int threads, store::TrailStore& store, Trail& trail,
                 Terminal& terminal) {
  const std::vector<store::SeenLog> seen = TRY(store.logs());
  Batches batches(list, seen);
  trail.diagnostics.append(list.diagnostics);
  for (collect::LogList batch = batches.next(); !batch.logs.empty() || !batch.buckets.empty();
       batch = batches.next()) {
    terminal.show_progress(fmt::format("reading logs: {} of {}", batches.done(), list.logs.size()));
    const events::RecordedReadings readings =
        TRY(collect::read_records(batch, {.threads = threads}));
    trail.counts += readings.counts;
    trail.diagnostics.append(readings.diagnostics);
    if (auto added = store.add(readings.events, read_well(batch, readings.diagnostics)); !added) {
      return added;
    }
  }
  terminal.end_progress();
  return {};
}

}  // namespace

Result<Trail> remember_trail(const Remembering& wanted, Terminal& terminal) {
  const std::vector<std::string>& words = wanted.words;
  store::TrailStore store = TRY(store::TrailStore::open(wanted.file));
  Trail trail;
  if (!words.empty()) {
    const collect::LogList list = TRY(collect::list_logs(words));
    if (auto added = add(list, wanted.threads, store, trail, terminal); !added) {
      return tl::unexpected(std::move(added).error());
    }
    trail.logs = list.logs.size();
  }
  if (!terminal.is_quiet()) {
    list_problems(trail.diagnostics, kShownProblems, "`--format json` lists all", terminal);
  }
  trail.timeline = events::build_timeline(TRY(store.events()));
  if (!words.empty()) {
    if (auto kept = store.keep(trail.timeline); !kept) {
      return tl::unexpected(std::move(kept).error());
    }
  }
  return trail;
}

}  // namespace portolan::cli
