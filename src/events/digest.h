#pragma once

#include <cstdint>
#include <string_view>

#include "events/json/value.h"

/// Private to the module: hashes that are the same on every machine. Stores keep them, so that
/// another hash needs a step of the store's schema.
namespace portolan::events {

/// A hash of the text as it stands.
std::uint64_t text_digest(std::string_view text);

/// A hash of what the value says: the same for any white space, order of members, case of their
/// names, and type of scalars, which the forms of delivery write differently. A member that is null
/// counts as absent.
std::uint64_t content_digest(const Value& value);

}  // namespace portolan::events
