#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "events/timeline.h"
#include "model/row_changes.h"
#include "model/snapshot.h"

/// Part of the door of the events module: what the network was, and became, at any moment.
namespace portolan::events {

/// A snapshot, and when it was taken: it has the effect of every event up to and including that
/// second.
struct Anchor {
  Snapshot snapshot;
  Time taken;
};

/// From when to when the logs tell of all that changes the network.
struct LogSpan {
  Time first;
  Time last;
};

/// From the first event to the last; nothing if there is none.
std::optional<LogSpan> span_of(const Timeline& timeline);

/// What one event did to the network.
struct NetworkStep {
  Time time;
  /// Its position in `Timeline::events`; absent where the snapshot lacks what the events tell of,
  /// so something unseen must have happened between the last of them and the snapshot.
  std::optional<std::size_t> event;
  RowChanges rows;
};

/// The network over time: a snapshot at its own moment, rolled back and forward through the events.
/// Each becomes `Change`s, as they are made anywhere else, against the network as it then was.
///
/// Example:
///     const events::NetworkPast past({snapshot, taken}, timeline, *events::span_of(timeline));
///     const Snapshot then = TRY(past.at(time));
///     const reach::Network network = reach::build(then);
///
/// What a call took away without saying what it was, and nothing earlier in the logs tells, is not
/// known before that call: it is a gap of the snapshots before, and what hangs on it is unknown
/// there: rules have a peer that nobody collected, routes a target that is not known, NACLs and
/// lists are taken out, interfaces are of a kind that no answer is sure of. Where snapshot and
/// events contradict each other, what was between them is unknown in the same way.
///
/// Taken for granted: a call that creates something found nothing there, as AWS refuses it
/// otherwise; a revoke closed what it names, unless it may have found nothing (default VPCs) and
/// nothing else tells of the rule; an interface had no public address before one was associated
/// with it in a subnet that gives none by itself; block public access that is not known is off,
/// which shows more open than is, never less.
/// SOURCE: EC2 API, the actions that `events/edit.h` names.
class NetworkPast {
 public:
  /// Cost: some microseconds for each event. `timeline` need not outlive it.
  NetworkPast(Anchor anchor, const Timeline& timeline, LogSpan span);

  /// The network after all events up to and including `time`, with what is not known of it among
  /// its gaps; the second before the logs begin is the earliest. Error `outside_logs`: neither the
  /// logs nor the snapshot reach so far. Cost: some hundred steps at most, each a few microseconds.
  [[nodiscard]] Result<Snapshot> at(Time time) const;

  /// The network before the first step; each step leads to the next. As `at`, without gaps of its
  /// own, so that all these share what they can.
  [[nodiscard]] const Snapshot& start() const { return checkpoints_.front(); }
  /// In order of time; those that changed nothing are left out.
  [[nodiscard]] const std::vector<NetworkStep>& steps() const { return steps_; }
  [[nodiscard]] Time taken() const { return taken_; }
  [[nodiscard]] const LogSpan& span() const { return span_; }
  /// What is not known of the network at that moment because of what the logs do not tell.
  [[nodiscard]] std::vector<Gap> gaps_at(Time time) const;

 private:
  /// A gap of the moments from `from` (absent: from ever) until before `until` (absent: for ever).
  struct PastGap {
    std::optional<Time> from;
    std::optional<Time> until;
    Gap gap;
  };
  class Walk;

  Time taken_;
  LogSpan span_;
  std::vector<NetworkStep> steps_;
  std::vector<Snapshot> checkpoints_;  // before step 0, before step kStride, …
  std::vector<PastGap> gaps_;
};

/// The snapshot that `rows` lead to. Rows are the same in memory.
Snapshot after_step(const Snapshot& before, const RowChanges& rows);

}  // namespace portolan::events
