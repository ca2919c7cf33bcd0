#pragma once

#include <string>
#include <vector>

#include "events/event.h"
#include "events/record.h"

/// Private to the module.
namespace portolan::events {

/// Adds to `event` what the record's call did, or would have done; gives what of it could not be
/// understood, each a sentence. Every call has at least one edit, be it `Noted`.
/// SOURCE: EC2 API reference; how it is spelled in records is observed.
std::vector<std::string> decode(const Record& record, Event& event);

}  // namespace portolan::events
