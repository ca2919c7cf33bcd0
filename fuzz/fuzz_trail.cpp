// Any bytes are read to events or to problems that are named, the same with and without vector
// instructions, and whatever has been read before with the same reader. A whole record in front is
// never lost. The timeline takes all of it.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/assert.h"
#include "events/events.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using portolan::events::build_timeline;
  using portolan::events::class_of;
  using portolan::events::Event;
  using portolan::events::Readings;
  using portolan::events::Timeline;
  using portolan::events::TrailReader;
  const std::string text(reinterpret_cast<const char*>(data), size);
  static TrailReader reader;
  Readings fast;
  reader.read(text, "log", fast);
  Readings plain;
  TrailReader({.is_plain = true}).read(text, "log", plain);
  PORTOLAN_ASSERT(fast.counts == plain.counts);
  PORTOLAN_ASSERT(fast.events.size() == plain.events.size());
  PORTOLAN_ASSERT(fast.diagnostics.sorted() == plain.diagnostics.sorted());
  for (std::size_t i = 0; i < fast.events.size(); ++i) {
    const Event& event = fast.events[i];
    PORTOLAN_ASSERT(event.id == plain.events[i].id && event.edits == plain.events[i].edits);
    PORTOLAN_ASSERT(!event.id.empty() && !event.edits.empty());
    PORTOLAN_ASSERT(class_of(event.source, event.name) == event.event_class);
  }
  const Timeline timeline = build_timeline(fast.events);
  std::vector<Event> reversed(fast.events.rbegin(), fast.events.rend());
  const Timeline other = build_timeline(std::move(reversed));
  PORTOLAN_ASSERT(timeline.events.size() + timeline.duplicates + timeline.corrected ==
                  fast.events.size());
  PORTOLAN_ASSERT(timeline.intervals == other.intervals);
  PORTOLAN_ASSERT(timeline.changes.size() == other.changes.size());
  PORTOLAN_ASSERT(short_openings(timeline) == short_openings(other));
  Readings behind;
  const std::string record =
      R"({"eventVersion":"1.08","eventTime":"2026-05-03T14:03:00Z","eventName":"DeleteVpc",)"
      R"("eventSource":"ec2.amazonaws.com","eventID":"first"})";
  reader.read(record + "\n" + text, "log", behind);
  PORTOLAN_ASSERT(!behind.events.empty() && behind.events.front().id == "first");
  return 0;
}
