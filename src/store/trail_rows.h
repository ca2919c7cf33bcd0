#pragma once

#include <span>

#include "core/result.h"
#include "events/recorded.h"
#include "store/sqlite.h"

/// Private to the module: the rows of events. Each has the record, and beside it what queries want
/// to know of it.
namespace portolan::store {

/// Adds those that are not there. Error `store_failed`.
Result<void> add_event_rows(Sqlite& database, std::span<const events::RecordedEvent> all);

/// Makes the rows of `trail_events` out of the records in `trail_events_before`, by the ids and
/// hashes that records have today, and drops that table. A step of the schema that changes the
/// columns again needs a renewal of its own. Error `store_failed`.
Result<void> renew_event_rows(Sqlite& database);

}  // namespace portolan::store
