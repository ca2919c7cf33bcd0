#include "events/timeline.h"

#include <algorithm>
#include <utility>

#include "events/timeline/order.h"
#include "events/timeline/tracker.h"

namespace portolan::events {

namespace {

using Events = std::vector<Event>::iterator;

constexpr int kOpens = 2;

/// Within one second, moves the events that close a rule which was open before, and which another
/// event of that second opens anew, before all that open.
void put_closers_first(const Tracker& tracker, Events begin, Events end) {
  std::set<std::string> opened;
  for (auto each = begin; each != end; ++each) {
    if (each->took_effect()) {
      opened.merge(tracker.keys_opened_by(*each));
    }
  }
  const auto first_opener =
      std::find_if(begin, end, [](const Event& event) { return causal_rank(event) >= kOpens; });
  std::stable_partition(first_opener, end, [&](const Event& event) {
    const auto closed = tracker.open_keys_closed_by(event);
    return event.took_effect() &&
           std::any_of(closed.begin(), closed.end(),
                       [&](const std::string& key) { return opened.contains(key); });
  });
}

}  // namespace

std::optional<std::int64_t> Interval::length_s() const {
  if (!opened || !closed) {
    return std::nullopt;
  }
  return closed->time.seconds() - opened->time.seconds();
}

Timeline build_timeline(std::vector<Event> events) {
  Timeline timeline;
  put_in_order(std::move(events), timeline);
  Tracker tracker;
  for (auto begin = timeline.events.begin(); begin != timeline.events.end();) {
    const auto end = std::find_if(begin, timeline.events.end(),
                                  [&](const Event& event) { return event.time != begin->time; });
    if (end - begin > 1) {
      put_closers_first(tracker, begin, end);
    }
    for (; begin != end; ++begin) {
      tracker.apply(*begin, static_cast<std::size_t>(begin - timeline.events.begin()));
    }
  }
  std::move(tracker).finish(timeline);
  return timeline;
}

}  // namespace portolan::events
