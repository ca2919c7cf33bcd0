#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "model/finding.h"

/// The door of the store module: what was found before. One SQLite file; whatever moment a process
/// is killed at, the file holds the runs that were recorded, whole, and nothing of the others.
namespace portolan::store {

/// One document of a run's source.
struct StoredDocument {
  std::string path;
  std::string bytes;
};

/// A finding, and what it is known by from run to run.
struct SeenFinding {
  std::string fingerprint;
  Finding finding;
};

/// An audit to record.
struct AuditRun {
  Time time;
  std::string source;   // as the user named it: what runs are compared by
  std::string version;  // of portolan
  std::size_t resources = 0;
  std::size_t passed = 0;
  std::vector<std::string> checks;    // that were run: others' findings stay as they were
  std::vector<SeenFinding> findings;  // Fail and Unknown
};

struct RunSummary {
  std::int64_t number = 0;  // from 1
  Time time;
  std::string source;
  std::string version;
  std::size_t resources = 0;
  std::size_t failed = 0;
  std::size_t unknown = 0;
  std::size_t passed = 0;
  std::size_t appeared = 0;  // findings that the run before had not, or had no more
  std::size_t resolved = 0;  // findings that this run has no more
  bool has_snapshot = false;
};

/// The life of one finding.
struct FindingLife {
  std::string fingerprint;
  std::string source;
  Finding finding;  // as it was seen last: check, resource, name, account, region, outcome, risk,
                    // message and fix
  Time first_seen;
  Time last_seen;
  std::optional<Time> resolved;
  int times_back = 0;  // resolved, and there again
};

/// One open file. For one thread; several processes may have the same file open: whoever writes
/// waits for the other, up to ten seconds.
class Store {
 public:
  /// Opens the file, or makes it (readable by its owner only). A file of an older version is
  /// brought forward. Error `cannot_open_store`, `store_too_new`, `not_a_store`.
  static Result<Store> open(const std::string& file);
  /// The same for reading; a file that is not there is an error.
  static Result<Store> open_existing(const std::string& file);
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  /// All or nothing. Documents that are the same as in the source's run before are kept once;
  /// others are packed. Gives the number of the run. Error `store_failed`.
  Result<std::int64_t> record(const AuditRun& run, std::span<const StoredDocument> documents);

  /// Newest first; of one source unless `source` is empty.
  Result<std::vector<RunSummary>> runs(const std::string& source = {});
  /// By source, then unresolved ones first, then newest first.
  Result<std::vector<FindingLife>> findings(const std::string& source = {});
  /// The documents that a run was about, sorted by path; none if they were not kept.
  Result<std::vector<StoredDocument>> documents(std::int64_t run);
  /// Drops the documents of all runs before the last `count` of each source.
  /// Gives their number.
  Result<std::size_t> keep_documents(std::size_t count);

 private:
  class Database;
  explicit Store(std::unique_ptr<Database> database);
  std::unique_ptr<Database> database_;
};

}  // namespace portolan::store
