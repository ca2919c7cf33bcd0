#include "events/network_past.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "core/assert.h"
#include "events/past/deed.h"
#include "events/past/unknown.h"

namespace portolan::events {

namespace {

constexpr std::string_view kContradiction = "logs_contradict_snapshot";
constexpr std::size_t kStride = 256;
/// CloudTrail delivers within minutes. SOURCE: CloudTrail user guide, "How CloudTrail works".
constexpr std::int64_t kDelay_s = 15 * 60;

/// The second before logs begin is known as well: nothing that they leave out happened since.
bool is_before(Time time, Time logs) { return time.seconds() + 1 < logs.seconds(); }

/// A snapshot of the same rows that knows of more gaps.
Snapshot with_gaps(const Snapshot& snapshot, const std::vector<Gap>& more) {
  if (more.empty()) {
    return snapshot;
  }
  Inventory inventory;
  inventory.mentions.assign(snapshot.mentions().begin(), snapshot.mentions().end());
  inventory.coverage = snapshot.coverage();
  inventory.gaps.assign(snapshot.gaps().begin(), snapshot.gaps().end());
  inventory.gaps.insert(inventory.gaps.end(), more.begin(), more.end());
  Snapshot made(std::move(inventory));
  return after_step(made, compare(Snapshot(), snapshot));
}

}  // namespace

Snapshot after_step(const Snapshot& before, const RowChanges& rows) {
  auto applied = apply_changes(before, as_changes(rows));
  PORTOLAN_ASSERT(applied.has_value());
  return std::move(applied->snapshot);
}

std::optional<LogSpan> span_of(const Timeline& timeline) {
  if (timeline.events.empty()) {
    return std::nullopt;
  }
  return LogSpan{.first = timeline.events.front().time, .last = timeline.events.back().time};
}

/// The way from the snapshot to the beginning of the logs, and to their end.
class NetworkPast::Walk {
 public:
  Walk(const Anchor& anchor, const std::vector<Deed>& deeds)
      : anchor_(anchor),
        deeds_(deeds),
        middle_(std::find_if(deeds.begin(), deeds.end(),
                             [&](const Deed& deed) { return deed.event->time > anchor.taken; })) {}

  void back() {
    snapshot_ = anchor_.snapshot;
    for (auto deed = middle_; deed != deeds_.begin();) {
      --deed;
      Effect effect = backward(*deed, snapshot_);
      for (auto& [group, rule] : effect.doubtful_rules) {
        doubtful_.emplace_back(group, rule);
      }
      for (Gap& gap : effect.contradictions) {
        gaps.push_back({.from = deed->event->time, .until = anchor_.taken, .gap = std::move(gap)});
      }
      for (Gap& gap : effect.gaps) {
        gaps.push_back({.from = std::nullopt, .until = deed->event->time, .gap = std::move(gap)});
      }
      take(effect.changes, *deed, true);
    }
    start = snapshot_;
    std::reverse(steps.begin(), steps.end());
  }

  void forth() {
    snapshot_ = anchor_.snapshot;
    for (auto deed = middle_; deed != deeds_.end(); ++deed) {
      Effect effect = forward(*deed, snapshot_);
      for (Gap& gap : effect.gaps) {
        gaps.push_back({.from = deed->event->time, .until = std::nullopt, .gap = std::move(gap)});
      }
      take(effect.changes, *deed, false);
    }
  }

  /// True if the way back met rules that are not as they ought to be: then it has to be gone once
  /// more, from a snapshot which says that they may have been another way just before it.
  bool doubt() {
    std::vector<Change> changes;
    std::set<std::pair<SecurityGroupId, SecurityGroupRule>> seen;
    for (const auto& [group, rule] : doubtful_) {
      SecurityGroupRule maybe = rule_not_told(rule);
      const SecurityGroup* row = anchor_.snapshot.find(group);
      if (row == nullptr || !seen.emplace(group, maybe).second) {
        continue;
      }
      if (const SecurityGroupRule* known = EffectMaker::find_rule(*row, rule)) {
        changes.emplace_back(RuleRemoved{group, *known});
      }
      changes.emplace_back(RuleAdded{group, std::move(maybe)});
    }
    doubtful_.clear();
    auto applied = apply_changes(anchor_.snapshot, changes);
    if (!applied || applied->rows.empty()) {
      return false;
    }
    steps.clear();
    std::erase_if(gaps, [](const PastGap& each) { return each.gap.code != kContradiction; });
    steps.push_back({.time = anchor_.taken,
                     .event = std::nullopt,
                     .rows = compare(applied->snapshot, anchor_.snapshot)});
    doubted_ = std::move(applied->snapshot);
    return true;
  }

  void back_from_doubt() {
    Anchor doubted{.snapshot = doubted_, .taken = anchor_.taken};
    std::swap(anchor_, doubted);
    back();
    std::swap(anchor_, doubted);
  }

  Snapshot start;
  std::vector<NetworkStep> steps;
  std::vector<PastGap> gaps;

 private:
  void take(const std::vector<Change>& changes, const Deed& deed, bool is_back) {
    auto applied = apply_changes(snapshot_, changes);
    if (!applied) {
      gaps.push_back({.from = is_back ? std::nullopt : std::optional(deed.event->time),
                      .until = is_back ? std::optional(deed.event->time) : std::nullopt,
                      .gap = {.code = "not_in_the_logs",
                              .resource = deed.event->id,
                              .message = applied.error().message}});
      return;
    }
    if (!applied->rows.empty()) {
      steps.push_back(
          {.time = deed.event->time,
           .event = deed.number,
           .rows = is_back ? compare(applied->snapshot, snapshot_) : std::move(applied->rows)});
    }
    snapshot_ = std::move(applied->snapshot);
  }

  Anchor anchor_;
  const std::vector<Deed>& deeds_;
  std::vector<Deed>::const_iterator middle_;
  Snapshot snapshot_;
  Snapshot doubted_;
  std::vector<std::pair<SecurityGroupId, SecurityGroupRule>> doubtful_;
};

NetworkPast::NetworkPast(Anchor anchor, const Timeline& timeline, LogSpan span)
    : taken_(anchor.taken), span_(span) {
  const std::vector<Deed> deeds = deeds_of(timeline);
  Walk walk(anchor, deeds);
  walk.back();
  if (walk.doubt()) {
    walk.back_from_doubt();
  }
  walk.forth();
  steps_ = std::move(walk.steps);
  gaps_ = std::move(walk.gaps);
  Snapshot snapshot = std::move(walk.start);
  for (std::size_t number = 0; number < steps_.size(); ++number) {
    if (number % kStride == 0) {
      checkpoints_.push_back(snapshot);
    }
    snapshot = after_step(snapshot, steps_[number].rows);
  }
  if (checkpoints_.empty()) {
    checkpoints_.push_back(std::move(snapshot));
  }
  const auto add = [&](std::string_view code, std::string message) {
    gaps_.push_back(
        {.from = std::nullopt,
         .until = std::nullopt,
         .gap = {.code = std::string(code), .resource = {}, .message = std::move(message)}});
  };
  if (taken_.seconds() > span.last.seconds() + kDelay_s) {
    add("logs_end_before_snapshot",
        fmt::format("the logs end at {}, the snapshot is of {}: what changed in between counts as "
                    "if it had always been so",
                    span.last.text(), taken_.text()));
  }
  if (is_before(taken_, span.first)) {
    add("logs_begin_after_snapshot",
        fmt::format("the snapshot is of {}, the logs begin at {}: what changed in between is not "
                    "known",
                    taken_.text(), span.first.text()));
  }
}

std::vector<Gap> NetworkPast::gaps_at(Time time) const {
  std::vector<Gap> found;
  for (const PastGap& each : gaps_) {
    const bool is_always = !each.from && !each.until;
    if ((!each.from || *each.from <= time) && (!each.until || time < *each.until) &&
        !(is_always && time == taken_)) {
      found.push_back(each.gap);
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

Result<Snapshot> NetworkPast::at(Time time) const {
  if (is_before(time, std::min(span_.first, taken_))) {
    return fail("outside_logs",
                fmt::format("the logs begin at {}: nothing tells what the network was at {}",
                            span_.first.text(), time.text()));
  }
  if (time > std::max(span_.last, taken_)) {
    return fail("outside_logs",
                fmt::format("the logs end at {}: nothing tells what the network was at {}",
                            span_.last.text(), time.text()));
  }
  const auto next =
      std::upper_bound(steps_.begin(), steps_.end(), time,
                       [](Time moment, const NetworkStep& step) { return moment < step.time; });
  const auto wanted = static_cast<std::size_t>(next - steps_.begin());
  const std::size_t checkpoint = std::min(wanted / kStride, checkpoints_.size() - 1);
  Snapshot snapshot = checkpoints_[checkpoint];
  for (std::size_t number = checkpoint * kStride; number < wanted; ++number) {
    snapshot = after_step(snapshot, steps_[number].rows);
  }
  return with_gaps(snapshot, gaps_at(time));
}

}  // namespace portolan::events
