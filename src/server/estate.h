#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "answers/difference.h"
#include "checks/check.h"
#include "events/events.h"
#include "iam/iam.h"
#include "reach/moment.h"
#include "report/patch.h"
#include "report/report.h"
#include "server/drawing.h"
#include "server/past_moments.h"
#include "server/server.h"

/// Private to the module: what answers are about.
namespace portolan::server {

/// A value that is worked out when somebody first asks; several threads may.
template <class Value>
class Lazy {
 public:
  template <class Make>
  const Value& get(const Make& make) const {
    std::call_once(once_, [&] {
      value_.emplace(make());
      is_made_ = true;
    });
    return *value_;
  }
  /// Null if nobody has asked yet.
  [[nodiscard]] const Value* made() const { return is_made_ ? &*value_ : nullptr; }

 private:
  mutable std::once_flag once_;
  mutable std::atomic<bool> is_made_ = false;
  mutable std::optional<Value> value_;
};

/// What stays while the snapshot changes.
struct Setting {
  std::string source;
  std::string version;
  answers::Judging judging;
  std::optional<iam::Intent> allowed;                // absent: nobody said who may change what
  std::shared_ptr<const events::Timeline> timeline;  // null: no logs were given
  std::shared_ptr<const PastMoments> past;           // null: other moments are not known
  bool is_live = false;
};

/// How many threads one answer takes.
inline constexpr int kThreads = 2;

/// A snapshot at one moment, with all that is known of it: immutable. What takes long is worked out
/// when it is asked for.
class Estate {
 public:
  /// Cost: all connections, and an audit.
  static std::shared_ptr<const Estate> first(std::shared_ptr<const Setting> setting,
                                             Reading reading);
  /// The same source as it is now. Cost: what changed, and an audit.
  [[nodiscard]] std::shared_ptr<const Estate> next(Reading reading, std::uint64_t sequence) const;
  /// After edits. Error of `apply_changes`.
  [[nodiscard]] Result<std::shared_ptr<const Estate>> after(const std::vector<Change>& changes,
                                                            std::uint64_t sequence) const;

  Estate(const Estate&) = delete;
  Estate& operator=(const Estate&) = delete;

  [[nodiscard]] const Setting& setting() const { return *setting_; }
  [[nodiscard]] const iam::Directory& directory() const { return *directory_; }
  [[nodiscard]] const DirectoryPtr& shared_directory() const { return directory_; }
  [[nodiscard]] checks::Authority authority() const {
    return {.directory = directory_->principals.empty() ? nullptr : directory_.get(),
            .allowed = setting_->allowed ? &*setting_->allowed : nullptr};
  }
  [[nodiscard]] const std::string& hash() const { return hash_; }
  /// Of the last event that led to it.
  [[nodiscard]] std::uint64_t sequence() const { return sequence_; }
  [[nodiscard]] const reach::Moment& moment() const { return *moment_; }
  [[nodiscard]] const Snapshot& snapshot() const { return moment_->snapshot(); }
  /// As `portolan audit` tells it, with the patches of its findings.
  [[nodiscard]] const report::AuditReport& audit() const { return audit_; }
  [[nodiscard]] const reach::ConnectionTotals& totals() const;
  [[nodiscard]] const iam::Escalation& escalation() const;
  /// What stays from the moment before keeps its place, if that was drawn.
  [[nodiscard]] const Drawing& drawing() const;

 private:
  Estate(std::shared_ptr<const Setting> setting, DirectoryPtr directory)
      : setting_(std::move(setting)), directory_(std::move(directory)) {}
  /// The chart that is drawn, or of the moment before; may be null.
  [[nodiscard]] ChartPtr last_chart() const;
  void judge(std::vector<Diagnostic> diagnostics, std::size_t resources);
  [[nodiscard]] report::Patch patch_of(const Finding& finding) const;

  std::shared_ptr<const Setting> setting_;  // of all moments
  DirectoryPtr directory_;
  std::string hash_;
  std::uint64_t sequence_ = 0;
  std::shared_ptr<const reach::Moment> moment_;  // that the next one may be made from
  report::AuditReport audit_;
  mutable std::mutex patching_mutex_;
  Lazy<std::unique_ptr<checks::Context>> patching_;
  Lazy<reach::ConnectionTotals> totals_;
  Lazy<iam::Escalation> escalation_;
  ChartPtr chart_before_;  // null: that was not drawn, or there was none
  Lazy<std::unique_ptr<Drawing>> drawing_;
};

}  // namespace portolan::server
