#pragma once

#include <string_view>

#include "core/result.h"
#include "events/event.h"
#include "events/json/value.h"

/// Private to the module.
namespace portolan::events {

/// The members of a record that say something, looked up once.
/// SOURCE: CloudTrail user guide, "CloudTrail record contents".
struct Record {
  explicit Record(const Value& value);

  Value whole;
  Value identity;
  Value time;
  Value source;
  Value name;
  Value region;
  Value address;
  Value agent;
  Value error_code;
  Value error_message;
  Value request;
  Value response;
  Value id;
  Value recipient;
  Value shared_id;
  Value addendum;
  Value insight;
  Value json_column;  // of a row of CloudTrail Lake
  Value lookup_text;  // of an entry of lookup-events
};

/// Fills an empty event with all but the edits of a record, whose call is listed: in place, for
/// events are big. Error `bad_record` without a time that can be understood. `text` is the
/// record's. SOURCE: CloudTrail user guide, "CloudTrail record contents".
Result<void> read_event(const Record& record, EventClass event_class, std::string_view text,
                        Event& event);

/// An account, also where it was taken for a number and lost its zeros; unknown if it is none.
AccountId account_of(const Value& value);

}  // namespace portolan::events
