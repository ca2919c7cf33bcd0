#include "collect/trail_logs.h"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <limits>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "collect/folder.h"
#include "collect/logs.h"
#include "collect/trail_log.h"
#include "collect/trail_places.h"
#include "collect/trail_records.h"
#include "core/text.h"

namespace portolan::collect {

namespace {

constexpr std::string_view kStandardInput = "-";
constexpr std::string_view kBucketPrefix = "s3://";

/// `dump/2026/x.json` of the word `dump/`; the word itself where it is a file.
std::string shown(const std::string& word, const FolderFile& file) {
  if (file.full_path == word) {
    return word;
  }
  return word + (word.ends_with('/') ? "" : "/") + file.path;
}

Result<std::string_view> fetch(const LogName& log, ReadBuffers& buffers) {
  if (log.place == kStandardInput) {
    return read_standard_input(trail_limits(), buffers);
  }
  return read_file({.path = log.name, .full_path = log.place, .size = log.size}, trail_limits(),
                   buffers);
}

/// A bucket that is being read, and as what the user named it.
struct Bucket {
  std::string word;
  std::unique_ptr<Logs> logs;
};

/// What the threads share.
struct Work {
  const std::vector<LogName>& logs;
  const std::vector<Bucket>& buckets;
  std::atomic<std::size_t> next = 0;

  void run(events::Readings& out, const TrailLogOptions* progress) {
    events::TrailReader reader;
    read_files(reader, out, progress);
    for (const Bucket& bucket : buckets) {
      LogReader downloads(*bucket.logs);
      while (const auto log = downloads.next()) {
        read_trail_log(reader, log->text, fmt::format("{}/{}", bucket.word, log->name), out);
      }
    }
  }

 private:
  void read_files(events::TrailReader& reader, events::Readings& out,
                  const TrailLogOptions* progress) {
    constexpr std::size_t kStep = 64;  // files between two looks at the progress
    ReadBuffers buffers;
    for (std::size_t at = next++; at < logs.size(); at = next++) {
      if (progress != nullptr && progress->on_progress && at % kStep == 0) {
        progress->on_progress(at, logs.size());
      }
      const LogName& log = logs[at];
      if (const auto bytes = fetch(log, buffers)) {
        read_trail_log(reader, *bytes, log.name, out);
      } else {
        out.diagnostics.add(
            {.code = bytes.error().code, .message = bytes.error().message, .file = log.name});
      }
    }
  }
};

void read_records_of(const LogName& log, ReadBuffers& buffers, events::RecordedReadings& out) {
  if (const auto bytes = fetch(log, buffers)) {
    read_trail_log(*bytes, log.name, out);
  } else {
    out.diagnostics.add(
        {.code = bytes.error().code, .message = bytes.error().message, .file = log.name});
  }
}

/// How many threads read so many things.
std::size_t threads_for(std::size_t things, const TrailLogOptions& options) {
  const std::size_t wanted = options.threads > 0 ? static_cast<std::size_t>(options.threads)
                                                 : std::thread::hardware_concurrency();
  return std::clamp<std::size_t>(wanted, 1, std::max<std::size_t>(things, 1));
}

Result<std::vector<Bucket>> open_buckets(const LogList& list) {
  std::vector<Bucket> buckets;
  for (const std::string& word : list.buckets) {
    auto logs = TRY(Logs::open(word, {.is_wanted = is_trail_log,
                                      .skip_after = past_siblings,
                                      .file_bytes_max = trail_limits().file_bytes_max,
                                      .expansion_max = trail_limits().expansion_max}));
    buckets.push_back({.word = word, .logs = std::move(logs)});
  }
  return buckets;
}

}  // namespace

Result<LogList> list_logs(const std::vector<std::string>& words) {
  LogList list;
  for (const std::string& word : words) {
    if (word == kStandardInput) {
      list.logs.push_back({.name = "standard input", .place = word});
      continue;
    }
    if (word.starts_with(kBucketPrefix)) {
      list.buckets.push_back(word);
      continue;
    }
    auto found = list_folder(word, trail_limits(), is_trail_log);
    if (!found && found.error().code == "source_empty") {
      continue;  // others may have some
    }
    Listed listed = TRY(std::move(found));
    for (const FolderFile& file : listed.files) {
      list.logs.push_back({.name = shown(word, file), .place = file.full_path, .size = file.size});
    }
    list.diagnostics.append(listed.diagnostics);
  }
  const auto by_place = [](const LogName& a, const LogName& b) {
    return std::tie(a.place, a.name) < std::tie(b.place, b.name);
  };
  std::sort(list.logs.begin(), list.logs.end(), by_place);
  const auto past =
      std::unique(list.logs.begin(), list.logs.end(),
                  [](const LogName& a, const LogName& b) { return a.place == b.place; });
  list.logs.erase(past, list.logs.end());
  if (list.logs.empty() && list.buckets.empty()) {
    return fail("no_logs", fmt::format("there are no CloudTrail logs in `{}`",
                                       words.empty() ? "" : words.front()));
  }
  return list;
}

Result<events::Readings> read_logs(const LogList& list, const TrailLogOptions& options) {
  std::vector<Bucket> buckets = TRY(open_buckets(list));
  // How many logs a bucket has is not known before.
  const std::size_t count = threads_for(
      buckets.empty() ? list.logs.size() : std::numeric_limits<std::size_t>::max(), options);
  Work work{.logs = list.logs, .buckets = buckets};
  std::vector<events::Readings> parts(count);
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < count; ++i) {
    others.emplace_back([&, i] { work.run(parts[i], nullptr); });
  }
  work.run(parts[0], &options);
  for (std::thread& other : others) {
    other.join();
  }
  events::Readings all = std::move(parts[0]);
  for (std::size_t i = 1; i < count; ++i) {
    append_readings(std::move(parts[i]), all);
  }
  all.diagnostics.append(list.diagnostics);
  for (const Bucket& bucket : buckets) {
    all.diagnostics.append(bucket.logs->diagnostics());
  }
  return all;
}

Result<events::RecordedReadings> read_records(const LogList& list, const TrailLogOptions& options) {
  // Each log has its own place, so that the threads do not change the order.
  std::vector<events::RecordedReadings> parts(list.logs.size());
  std::atomic<std::size_t> next = 0;
  const auto read_some = [&] {
    ReadBuffers buffers;
    for (std::size_t at = next++; at < list.logs.size(); at = next++) {
      read_records_of(list.logs[at], buffers, parts[at]);
    }
  };
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < threads_for(list.logs.size(), options); ++i) {
    others.emplace_back(read_some);
  }
  read_some();
  for (std::thread& other : others) {
    other.join();
  }
  events::RecordedReadings all;
  for (events::RecordedReadings& part : parts) {
    append_readings(std::move(part), all);
  }
  return all;
}

}  // namespace portolan::collect
