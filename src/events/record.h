#pragma once

#include <string_view>

#include "core/result.h"
#include "events/event.h"
#include "events/json/value.h"

/// Private to the module.
namespace portolan::events {

/// All but the edits of a record, whose call is listed. Error `bad_record` without a time that can
/// be understood. `text` is the record's, for those without an id.
/// SOURCE: CloudTrail user guide, "CloudTrail record contents".
Result<Event> read_event(const Value& record, EventClass event_class, std::string_view text);

/// An account, also where it was taken for a number and lost its zeros; unknown if it is none.
AccountId account_of(const Value& value);

}  // namespace portolan::events
