#include "collect/bucket_records.h"

#include <algorithm>
#include <utility>

#include "collect/aws/s3.h"
#include "collect/trail_log.h"
#include "collect/trail_places.h"

namespace portolan::collect {

namespace {

constexpr std::size_t kPieceLogs = 256;
constexpr std::size_t kPieceBytes = std::size_t{32} << 20;  // unpacked

}  // namespace

/// Which days are done: by region, of what this run was shown whole.
class BucketRecords::Course {
 public:
  Course(std::string root, BucketMemory memory)
      : root_(std::move(root)), memory_(std::move(memory)) {
    for (const auto& [folder, day] : memory_.days) {
      begins_[folder] = folder + days_before(day, memory_.again_days);
    }
  }

  /// Where a list that has come to this name goes on.
  [[nodiscard]] std::string after(std::string_view name) const {
    const std::string place = root_ + std::string(name);
    const auto day = log_day(place);
    const std::string* begin = day ? begin_of(*day) : nullptr;
    return begin != nullptr && place < *begin ? begin->substr(root_.size()) : past_siblings(name);
  }

  bool is_known(const StoredLog& log) {
    const auto day = log_day(log.place);
    const std::string* begin = day ? begin_of(*day) : nullptr;
    if (begin != nullptr && log.place < *begin) {
      return true;
    }
    if (!memory_.is_known || !memory_.is_known(log)) {
      return false;
    }
    ++known_;
    note_read(log.place);
    return true;
  }

  void note_read(const std::string& place) {
    if (const auto day = log_day(place); day && is_whole(*day)) {
      std::string& newest = newest_[std::string(day->region_folder)];
      newest = std::max(newest, std::string(day->day));
    }
  }

  void note_missed(const std::string& place) {
    if (const auto day = log_day(place); day && is_whole(*day)) {
      const auto [missed, is_first] =
          missed_.try_emplace(std::string(day->region_folder), std::string(day->day));
      missed->second = std::min(missed->second, std::string(day->day));
    }
  }

  [[nodiscard]] std::map<std::string, std::string> days() const {
    std::map<std::string, std::string> days = newest_;
    for (const auto& [folder, day] : missed_) {
      const auto [done, is_first] = days.try_emplace(folder, day);
      done->second = std::min(done->second, day);
    }
    return days;
  }

  [[nodiscard]] const std::string& root() const { return root_; }
  [[nodiscard]] std::size_t known() const { return known_; }

 private:
  /// Who asks for a folder within a region's sees neither what is before it nor what comes after.
  [[nodiscard]] bool is_whole(const LogDay& day) const {
    return day.region_folder.starts_with(root_);
  }

  [[nodiscard]] const std::string* begin_of(const LogDay& day) const {
    const auto begin = begins_.find(std::string(day.region_folder));
    return begin == begins_.end() || !is_whole(day) ? nullptr : &begin->second;
  }

  std::string root_;  // what the places of all that is read begin with
  BucketMemory memory_;
  std::map<std::string, std::string> begins_;
  std::map<std::string, std::string> newest_;
  std::map<std::string, std::string> missed_;
  std::size_t known_ = 0;
};

BucketRecords::BucketRecords(std::string where, std::unique_ptr<Course> course,
                             std::unique_ptr<Logs> logs)
    : where_(std::move(where)),
      course_(std::move(course)),
      logs_(std::move(logs)),
      reader_(std::make_unique<LogReader>(*logs_)) {}

BucketRecords::~BucketRecords() = default;

Result<std::unique_ptr<BucketRecords>> BucketRecords::open(const std::string& where,
                                                           BucketMemory memory) {
  const aws::BucketPlace place = TRY(aws::BucketPlace::parse(where));
  auto course =
      std::make_unique<Course>("s3://" + place.bucket + "/" + place.folder(), std::move(memory));
  Course* const known = course.get();  // lives as long as the logs do
  auto logs = TRY(Logs::open(
      where, {.is_wanted = is_trail_log,
              .is_known = [known](const StoredLog& log) { return known->is_known(log); },
              .skip_after = [known](std::string_view last) { return known->after(last); },
              .file_bytes_max = trail_limits().file_bytes_max,
              .expansion_max = trail_limits().expansion_max}));
  // Not make_unique: the constructor is private.
  return std::unique_ptr<BucketRecords>(
      new BucketRecords(where, std::move(course), std::move(logs)));
}

std::optional<BucketPiece> BucketRecords::next() {
  BucketPiece piece;
  std::size_t logs = 0;
  for (std::size_t bytes = 0; logs < kPieceLogs && bytes < kPieceBytes; ++logs) {
    auto log = reader_->next();
    if (!log) {
      break;
    }
    bytes += log->text.size();
    events::RecordedReadings said;
    read_trail_log(log->text, log->stored.place, said);
    if (said.diagnostics.empty()) {
      course_->note_read(log->stored.place);
      piece.logs.push_back(std::move(log->stored));
    } else {
      course_->note_missed(log->stored.place);
    }
    append_readings(std::move(said), piece.readings);
  }
  return logs == 0 ? std::nullopt : std::optional<BucketPiece>(std::move(piece));
}

Diagnostics BucketRecords::diagnostics() { return logs_->diagnostics(); }

std::map<std::string, std::string> BucketRecords::days() {
  for (const Diagnostic& each : logs_->diagnostics().sorted()) {
    if (each.file == where_) {
      return {};  // nobody knows what the list would have had
    }
    course_->note_missed(course_->root() + each.file);
  }
  return course_->days();
}

std::size_t BucketRecords::known() const { return course_->known(); }

}  // namespace portolan::collect
