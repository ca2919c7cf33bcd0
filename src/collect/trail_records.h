#pragma once

#include "collect/trail_logs.h"
#include "events/recorded.h"

/// Part of the door to CloudTrail logs: the same, with the records.
namespace portolan::collect {

/// As `read_logs`, with the events of files in the order of the list, whatever the threads; those
/// of buckets come after them, on one. Nothing is told of the progress.
Result<events::RecordedReadings> read_records(const LogList& list,
                                              const TrailLogOptions& options = {});

}  // namespace portolan::collect
