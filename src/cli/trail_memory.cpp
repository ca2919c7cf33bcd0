#include "cli/trail_memory.h"

#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "cli/problems.h"
#include "collect/bucket_records.h"
#include "collect/trail_records.h"
#include "core/text.h"
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

/// Files that are added together: all of them or none.
class Batches {
 public:
  Batches(const std::vector<collect::LogName>& logs, store::TrailStore& store)
      : logs_(logs), store_(store) {}

  /// The next logs that are not in the store; nothing at the end.
  Result<collect::LogList> next() {
    collect::LogList batch;
    std::size_t bytes = 0;
    for (; at_ < logs_.size() && batch.logs.size() < kBatchLogs && bytes < kBatchBytes; ++at_) {
      const collect::LogName& log = logs_[at_];
      if (!is_final(log) || !TRY(store_.has({.place = log.place, .size = log.size}))) {
        batch.logs.push_back(log);
        bytes += log.size;
      }
    }
    return batch;
  }

  [[nodiscard]] std::size_t done() const { return at_; }

 private:
  const std::vector<collect::LogName>& logs_;
  store::TrailStore& store_;
  std::size_t at_ = 0;
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

Result<void> add_files(const collect::LogList& list, int threads, store::TrailStore& store,
                       Trail& trail, Terminal& terminal) {
  Batches batches(list.logs, store);
  for (collect::LogList batch = TRY(batches.next()); !batch.logs.empty();
       batch = TRY(batches.next())) {
    terminal.show_progress(fmt::format("reading logs: {} of {}", batches.done(), list.logs.size()));
    const events::RecordedReadings readings =
        TRY(collect::read_records(batch, {.threads = threads}));
    trail.counts += readings.counts;
    trail.diagnostics.append(readings.diagnostics);
    if (auto added = store.add(readings.events, read_well(batch, readings.diagnostics)); !added) {
      return added;
    }
  }
  return {};
}

std::vector<store::SeenLog> seen_logs(std::vector<collect::StoredLog> logs) {
  std::vector<store::SeenLog> seen;
  for (collect::StoredLog& log : logs) {
    seen.push_back({.place = std::move(log.place), .size = log.size, .tag = std::move(log.tag)});
  }
  return seen;
}

Result<void> add_bucket(const std::string& word, int again_days, store::TrailStore& store,
                        Trail& trail, Terminal& terminal) {
  const auto is_known = [&store](const collect::StoredLog& log) {
    // Where the store cannot tell, the log is read once more, which changes nothing.
    return store.has({.place = log.place, .size = log.size, .tag = log.tag}).value_or(false);
  };
  std::map<std::string, std::string> days = TRY(store.days());
  const auto bucket = TRY(collect::BucketRecords::open(
      word, {.days = std::move(days), .again_days = again_days, .is_known = is_known}));
  std::size_t done = 0;
  while (auto piece = bucket->next()) {
    done += piece->logs.size();
    terminal.show_progress(fmt::format("reading logs: {} of `{}`", done, printable(word)));
    trail.counts += piece->readings.counts;
    trail.diagnostics.append(piece->readings.diagnostics);
    if (auto added = store.add(piece->readings.events, seen_logs(std::move(piece->logs))); !added) {
      return added;
    }
  }
  trail.diagnostics.append(bucket->diagnostics());
  trail.logs += done + bucket->known();
  return store.keep_days(bucket->days());
}

Result<void> add(const Remembering& wanted, store::TrailStore& store, Trail& trail,
                 Terminal& terminal) {
  const collect::LogList list = TRY(collect::list_logs(wanted.words));
  trail.logs = list.logs.size();
  trail.diagnostics.append(list.diagnostics);
  if (auto added = add_files(list, wanted.threads, store, trail, terminal); !added) {
    return added;
  }
  for (const std::string& word : list.buckets) {
    if (auto added = add_bucket(word, wanted.again_days, store, trail, terminal); !added) {
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
    if (auto added = add(wanted, store, trail, terminal); !added) {
      return tl::unexpected(std::move(added).error());
    }
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
