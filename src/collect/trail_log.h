#pragma once

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "collect/collect.h"
#include "events/events.h"
#include "events/recorded.h"

/// Private to the module: one log of CloudTrail, wherever it was.
namespace portolan::collect {

FolderLimits trail_limits();

/// What the log says. A pipe whose other end failed, or a file that was never written, is told:
/// nothing is not "no changes".
void read_trail_log(events::TrailReader& reader, std::string_view bytes, const std::string& name,
                    events::Readings& out);
void read_trail_log(std::string_view bytes, const std::string& name, events::RecordedReadings& out);

template <class Readings>
void append_readings(Readings&& more, Readings& all) {
  std::move(more.events.begin(), more.events.end(), std::back_inserter(all.events));
  all.diagnostics.append(more.diagnostics);
  all.counts += more.counts;
}

}  // namespace portolan::collect
