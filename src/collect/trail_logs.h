#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "core/diagnostics.h"
#include "core/result.h"
#include "events/events.h"

/// CloudTrail logs: where they lie, and what they say.
namespace portolan::collect {

/// One log that can be read. Where it lies is told by how `place` begins; a path otherwise.
struct LogName {
  std::string name;  // for people: as the user named it, and the path below that
  std::string place;
  std::size_t size = 0;  // about, to begin with the biggest
};

struct LogList {
  std::vector<LogName> logs;         // by place, each once
  std::vector<std::string> buckets;  // `s3://…`: listed while they are read
  Diagnostics diagnostics;           // folders that cannot be read, links that are not followed
};

/// The logs that `words` name: files, folders with all that is below them, `s3://bucket/folder`,
/// `-` for standard input. Of a folder: `*.json`, `*.jsonl`, `*.ndjson`, `*.csv`, and all of these
/// with `.gz`; digest and Insights files, which lie beside the logs in a trail's bucket, are passed
/// over. Error `source_not_found`; `no_logs` if there are none.
Result<LogList> list_logs(const std::vector<std::string>& words);

struct TrailLogOptions {
  int threads = 0;  // 0: as many as the machine has
  /// Called by the caller's thread now and then.
  std::function<void(std::size_t done, std::size_t all)> on_progress = {};
};

/// What the logs say: the same, but for the order of the events, for any number of threads. What
/// cannot be read is in the diagnostics, the rest is read all the same.
/// Memory: the events, and for each thread the biggest file it meets.
/// Error of `Logs::open`, where a bucket cannot be had at all.
Result<events::Readings> read_logs(const LogList& list, const TrailLogOptions& options = {});

}  // namespace portolan::collect
