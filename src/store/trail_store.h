#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/result.h"
#include "events/events.h"
#include "events/recorded.h"

/// Part of the door of the store module: what happened, remembered. In the same file as audits;
/// whatever moment a process is killed at, the file holds whole batches of logs, and adding a log
/// once more changes nothing.
namespace portolan::store {

/// A log that need not be read again: while all this is the same, so is what it holds.
struct SeenLog {
  std::string place;
  std::size_t size = 0;
  std::string tag = {};  // of an object in a bucket; another once it was written anew
  friend auto operator<=>(const SeenLog&, const SeenLog&) = default;
};

struct TrailCounts {
  std::size_t events = 0;   // records that change the network, each once
  std::size_t logging = 0;  // records that change the trail itself, each once
  std::size_t intervals = 0;
  std::size_t logs = 0;
};

/// Events with their records, and what was made of them. For one thread.
class TrailStore {
 public:
  /// As `Store::open`.
  static Result<TrailStore> open(const std::string& file);
  TrailStore(TrailStore&&) noexcept;
  TrailStore& operator=(TrailStore&&) noexcept;
  ~TrailStore();

  /// True if the log was added.
  Result<bool> has(const SeenLog& log);
  /// Adds what the logs said, all or nothing; what is there already stays. Error `store_failed`.
  Result<void> add(std::span<const events::RecordedEvent> events, std::span<const SeenLog> logs);
  /// Up to which day all logs were added, by the place of each folder of days: what `keep_days` was
  /// given last.
  Result<std::map<std::string, std::string>> days();
  Result<void> keep_days(const std::map<std::string, std::string>& days);
  /// All events, read from their records again, in order of account, id and record.
  Result<std::vector<events::Event>> events();
  /// Puts what was made of all events in the place of what was there, all or nothing: intervals,
  /// and for each principal what it is judged by.
  Result<void> keep(const events::Timeline& timeline);
  Result<TrailCounts> counts();

 private:
  class Database;
  explicit TrailStore(std::unique_ptr<Database> database);
  std::unique_ptr<Database> database_;
};

}  // namespace portolan::store
