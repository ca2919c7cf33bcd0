#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "collect/logs.h"
#include "core/result.h"
#include "events/recorded.h"

/// Part of the door to CloudTrail logs: those of a bucket, gone on with where they were left.
namespace portolan::collect {

/// What earlier runs know of a bucket.
struct BucketMemory {
  /// Of each `s3://…/CloudTrail/REGION/` the day, as `2026/05/03`, before which nothing is left
  /// to read.
  std::map<std::string, std::string> days;
  /// So many days before that one are listed once more: CloudTrail delivers late, too.
  int again_days = 2;
  std::function<bool(const StoredLog& log)> is_known;  // that was read to its end
};

/// Some logs, and what they say.
struct BucketPiece {
  events::RecordedReadings readings;
  std::vector<StoredLog> logs;  // that were read to their ends
};

/// Lists what can be new, and downloads what is: nothing twice, whatever order it comes in. For one
/// thread.
///
/// Example:
///     const auto bucket = TRY(BucketRecords::open("s3://logs/AWSLogs", std::move(memory)));
///     while (auto piece = bucket->next()) { … }
///     // then: bucket->days() for the next time, bucket->diagnostics()
class BucketRecords {
 public:
  /// `where` is `s3://bucket/folder`. Errors of `Logs::open`.
  static Result<std::unique_ptr<BucketRecords>> open(const std::string& where, BucketMemory memory);
  ~BucketRecords();

  /// Nothing after the last.
  std::optional<BucketPiece> next();
  /// After the last piece: objects that could not be had, or that the list broke off.
  Diagnostics diagnostics();
  /// After the last piece: what has changed of `BucketMemory::days`. A day with a log that could
  /// not be read stays to be listed.
  std::map<std::string, std::string> days();
  /// How many logs were met that had been read before.
  [[nodiscard]] std::size_t known() const;

 private:
  class Course;
  BucketRecords(std::string where, std::unique_ptr<Course> course, std::unique_ptr<Logs> logs);
  std::string where_;
  std::unique_ptr<Course> course_;
  std::unique_ptr<Logs> logs_;
  std::unique_ptr<LogReader> reader_;
};

}  // namespace portolan::collect
