#pragma once

#include "collect/trail_logs.h"
#include "events/recorded.h"

/// Part of the door to CloudTrail logs: the same, with the records.
namespace portolan::collect {

/// As `read_logs`, on one thread.
Result<events::RecordedReadings> read_records(const LogList& list);

}  // namespace portolan::collect
