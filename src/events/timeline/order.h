#pragma once

#include <vector>

#include "events/timeline.h"

/// Private to the module.
namespace portolan::events {

/// create < associate < open < modify < close < delete: among events of one second.
int causal_rank(const Event& event);

/// Fills `timeline.events` and what is counted beside: each event once, addenda in the place of
/// what they correct, in causal order.
void put_in_order(std::vector<Event> events, Timeline& timeline);

}  // namespace portolan::events
