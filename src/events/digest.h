#pragma once

#include <cstdint>

#include "events/json/value.h"

/// Private to the module: a hash that is the same on every machine. Stores keep it, so that another
/// one needs a step of the store's schema.
namespace portolan::events {

/// A hash of what the value says: the same for any white space, order of members, case of their
/// names, and type of scalars, which the forms of delivery write differently. A member that is null
/// counts as absent.
std::uint64_t content_digest(const Value& value);

}  // namespace portolan::events
