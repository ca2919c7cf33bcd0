#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/diagnostics.h"
#include "core/result.h"

/// The door to logs, wherever they lie: a folder, a file, or `s3://bucket/folder`.
namespace portolan::collect {

/// A log as it is stored: where these three are the same, so is what it holds.
struct StoredLog {
  std::string place;  // a path, or `s3://bucket/key`
  std::size_t size = 0;
  std::string tag;  // of an object its ETag; empty for files
};

struct LogOptions {
  /// The name of a log: only those after it are read, so that an interrupted reader goes on.
  std::string start_after;
  /// By name; others are neither read nor downloaded. All, if there is none.
  std::function<bool(std::string_view name)> is_wanted;
  /// Asked of those that are wanted, maybe by any of the threads that read: true if it need not be
  /// read again. A place that holds only such logs is not empty.
  std::function<bool(const StoredLog& log)> is_known;
  /// Of a bucket: the name that the list goes on after, where this one is the last of a page, so
  /// that what lies between them is not even listed.
  std::function<std::string(std::string_view name)> skip_after;
  std::size_t file_bytes_max = std::size_t{1} << 30;     // of one, packed and unpacked
  std::size_t ahead_bytes_max = std::size_t{256} << 20;  // downloaded before somebody takes it
  std::size_t expansion_max = 1000;                      // unpacked : packed bytes
};

/// What a reader keeps from log to log.
struct LogBuffers;

/// One log, unpacked.
struct Log {
  std::string name;  // below what was opened
  StoredLog stored;
  std::string_view text;
};

/// Hands out logs, each once, in the order of the bytes of their names. Memory: what is downloaded
/// ahead, the names of a folder (of a bucket a few thousand at a time), and one log for each
/// reader.
///
/// Example:
///     const auto logs = TRY(collect::Logs::open("s3://trail-bucket/AWSLogs/111122223333"));
///     // in each of some threads:
///     collect::LogReader reader(*logs);
///     while (const auto log = reader.next()) { trail.read(log->text, log->name, readings); }
///     // after the last: logs->diagnostics() tells of those that could not be had
class Logs {
 public:
  /// Error `source_not_found`, `source_empty`; of a bucket `bad_bucket`, `no_credentials`,
  /// `no_such_bucket`, `bucket_elsewhere`, `access_denied`, `clock_skew`, `s3_failed`.
  static Result<std::unique_ptr<Logs>> open(const std::string& where, LogOptions options = {});
  virtual ~Logs() = default;

  /// What could not be read, by now. Nothing of it was handed out.
  [[nodiscard]] virtual Diagnostics diagnostics() = 0;
  /// For `LogReader`. From any number of threads, each with its own buffers.
  virtual std::optional<Log> next(LogBuffers& buffers) = 0;
};

/// What one thread reads with.
class LogReader {
 public:
  explicit LogReader(Logs& logs);
  ~LogReader();
  LogReader(const LogReader&) = delete;
  LogReader& operator=(const LogReader&) = delete;

  /// Its text is there until the next one is asked for. Nothing at the end.
  std::optional<Log> next();

 private:
  Logs* logs_;
  std::unique_ptr<LogBuffers> buffers_;
};

}  // namespace portolan::collect
