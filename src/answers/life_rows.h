#pragma once

#include <string>
#include <vector>

#include "events/events.h"

namespace portolan::answers {

/// The intervals of a resource, or in which it is the peer, by opening.
std::vector<events::Interval> life_of(const events::Timeline& timeline, const std::string& id);

/// `{"resource", "intervals", "changes"}`; one interval or change a line.
std::string life_json(const events::Timeline& timeline, const std::string& id);
/// For people: from when to when, what, by whom.
std::string life_table(const events::Timeline& timeline, const std::string& id);

}  // namespace portolan::answers
