#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "events/reader.h"

/// Part of the door of the events module: events with their records, for who wants to keep these.
namespace portolan::events {

/// An event, and the text that it was read from: read again by itself it gives that event.
struct RecordedEvent {
  Event event;
  std::string text;
};

struct RecordedReadings {
  std::vector<RecordedEvent> events;
  Diagnostics diagnostics;
  ReadCounts counts;
};

/// As `TrailReader::read`, for one log.
void read_recorded(std::string_view bytes, const std::string& file, RecordedReadings& out);

}  // namespace portolan::events
