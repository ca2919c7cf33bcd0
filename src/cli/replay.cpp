#include "cli/replay.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <string_view>
#include <thread>
#include <vector>

namespace portolan::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kPause{50};

/// False once the server has stopped.
bool sleep_until(Clock::time_point time, const server::Server& server) {
  while (!server.is_stopped() && Clock::now() < time) {
    std::this_thread::sleep_until(std::min(time, Clock::now() + kPause));
  }
  return !server.is_stopped();
}

using EventsById = std::map<std::string_view, const events::Event*>;

server::Cause cause_of(const events::TimedChange& change, const EventsById& events) {
  server::Cause cause{.time = change.time};
  if (const auto found = events.find(change.event_id); found != events.end()) {
    const events::Event& event = *found->second;
    cause.actor = event.actor.arn.empty() ? event.actor.principal : event.actor.arn;
    cause.event = event.name;
    cause.source_ip = event.actor.source;
  }
  return cause;
}

}  // namespace

ReplaySummary replay(const events::Timeline& timeline, double speed, server::Server& server) {
  ReplaySummary summary;
  EventsById events;
  for (const events::Event& event : timeline.events) {
    events.emplace(event.id, &event);
  }
  const auto& all = timeline.changes;
  const Clock::time_point start = Clock::now();
  for (std::size_t i = 0; i < all.size();) {
    const events::TimedChange& first = all[i];
    const double seconds =
        static_cast<double>(first.time.seconds() - all.front().time.seconds()) / speed;
    const auto delay = std::chrono::duration_cast<Clock::duration>(
        std::chrono::duration<double>(std::max(seconds, 0.0)));
    if (!sleep_until(start + delay, server)) {
      return summary;
    }
    bool has_changed = false;
    for (; i < all.size() && all[i].event_id == first.event_id; ++i) {
      const bool fits = server.apply({all[i].change}, cause_of(first, events)).has_value();
      has_changed = has_changed || fits;
      summary.passed += fits ? 0U : 1U;
    }
    summary.events += has_changed ? 1U : 0U;
  }
  return summary;
}

}  // namespace portolan::cli
