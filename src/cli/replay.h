#pragma once

#include <functional>

#include "core/result.h"
#include "events/events.h"
#include "server/server.h"

namespace portolan::cli {

struct ReplaySummary {
  std::size_t events = 0;  // that changed what is served
  std::size_t passed = 0;  // changes of what the source does not have
};

/// Plays the changes of a timeline, those of one event together, `speed` times as fast as they
/// happened; the first at once. A change that does not fit what is served is passed over.
ReplaySummary replay(const events::Timeline& timeline, double speed, server::Server& server);

}  // namespace portolan::cli
