#include "collect/logs.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "collect/aws/bucket.h"
#include "collect/folder.h"
#include "core/text.h"

namespace portolan::collect {

struct LogBuffers {
  ReadBuffers files;
  std::string packed;
};

namespace {

/// As many files as anybody keeps logs of on a disk.
constexpr std::size_t kFilesMax = 100'000'000;

FolderLimits folder_limits(const LogOptions& options) {
  return {.file_bytes_max = options.file_bytes_max,
          .expansion_max = options.expansion_max,
          .files_max = kFilesMax};
}

/// Problems, from several threads.
class Problems {
 public:
  void add(const Error& error, const std::string& file) {
    const std::lock_guard lock(mutex_);
    diagnostics_.add({.code = error.code, .message = error.message, .file = file});
  }
  Diagnostics all() {
    const std::lock_guard lock(mutex_);
    return diagnostics_;
  }
  void start_with(Diagnostics diagnostics) { diagnostics_ = std::move(diagnostics); }

 private:
  std::mutex mutex_;
  Diagnostics diagnostics_;
};

}  // namespace

class FolderLogs : public Logs {
 public:
  FolderLogs(Listed listed, const LogOptions& options)
      : files_(std::move(listed.files)),
        limits_(folder_limits(options)),
        is_known_(options.is_known) {
    problems_.start_with(std::move(listed.diagnostics));
    if (!options.start_after.empty()) {
      const auto begin = std::find_if(files_.begin(), files_.end(), [&](const FolderFile& file) {
        return file.path > options.start_after;
      });
      next_ = static_cast<std::size_t>(begin - files_.begin());
    }
  }

  Diagnostics diagnostics() override { return problems_.all(); }

  std::optional<Log> next(LogBuffers& buffers) override {
    for (std::size_t turn = next_++; turn < files_.size(); turn = next_++) {
      const FolderFile& file = files_[turn];
      StoredLog stored{.place = file.full_path, .size = file.size};
      if (is_known_ && is_known_(stored)) {
        continue;
      }
      const auto text = read_file(file, limits_, buffers.files);
      if (text) {
        return Log{.name = file.path, .stored = std::move(stored), .text = *text};
      }
      problems_.add(text.error(), file.path);
    }
    return std::nullopt;
  }

 private:
  std::vector<FolderFile> files_;
  FolderLimits limits_;
  std::function<bool(const StoredLog&)> is_known_;
  std::atomic<std::size_t> next_ = 0;
  Problems problems_;
};

namespace {

StoredLog stored_log(const std::string& root, const aws::StoredObject& object) {
  return {.place = root + object.key, .size = object.size, .tag = object.tag};
}

aws::BucketWish bucket_wish(aws::BucketPlace place, const std::string& root,
                            const LogOptions& options) {
  aws::BucketWish wish{.place = std::move(place),
                       .start_after = options.start_after,
                       .is_wanted = options.is_wanted,
                       .skip_after = options.skip_after,
                       .object_bytes_max = options.file_bytes_max,
                       .ahead_bytes_max = options.ahead_bytes_max};
  if (options.is_known) {
    wish.is_known = [root, is_known = options.is_known](const aws::StoredObject& object) {
      return is_known(stored_log(root, object));
    };
  }
  return wish;
}

}  // namespace

class BucketLogs : public Logs {
 public:
  BucketLogs(std::string where, std::string root, std::unique_ptr<aws::Bucket> bucket,
             const LogOptions& options)
      : where_(std::move(where)),
        root_(std::move(root)),
        bucket_(std::move(bucket)),
        limits_(folder_limits(options)) {}

  Diagnostics diagnostics() override { return problems_.all(); }

  std::optional<Log> next(LogBuffers& buffers) override {
    while (auto object = bucket_->next()) {
      const std::string& name = object->name.empty() ? where_ : object->name;
      if (!object->bytes) {
        problems_.add(object->bytes.error(), name);
        continue;
      }
      buffers.packed = *std::move(object->bytes);
      const auto text = unpack(buffers.packed, limits_, buffers.files.unpacked);
      if (text) {
        return Log{.name = name, .stored = stored_log(root_, object->stored), .text = *text};
      }
      problems_.add(text.error(), name);
    }
    return std::nullopt;
  }

 private:
  std::string where_;
  std::string root_;  // of the bucket
  std::unique_ptr<aws::Bucket> bucket_;
  FolderLimits limits_;
  Problems problems_;
};

Result<std::unique_ptr<Logs>> Logs::open(const std::string& where, LogOptions options) {
  if (!aws::is_bucket_url(where)) {
    const auto all = [](std::string_view) { return true; };
    auto listed = list_folder(where, folder_limits(options),
                              options.is_wanted ? options.is_wanted : IsWanted(all));
    if (!listed && listed.error().code == "source_empty") {
      return fail("source_empty", fmt::format("`{}` holds no log", printable(where)), where);
    }
    return std::make_unique<FolderLogs>(TRY(std::move(listed)), options);
  }
  aws::BucketPlace place = TRY(aws::BucketPlace::parse(where));
  const std::string root = fmt::format("s3://{}/", place.bucket);
  auto bucket = TRY(aws::Bucket::open(bucket_wish(std::move(place), root, options)));
  return std::make_unique<BucketLogs>(where, root, std::move(bucket), options);
}

LogReader::LogReader(Logs& logs) : logs_(&logs), buffers_(std::make_unique<LogBuffers>()) {}

LogReader::~LogReader() = default;

std::optional<Log> LogReader::next() { return logs_->next(*buffers_); }

}  // namespace portolan::collect
