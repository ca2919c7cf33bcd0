#pragma once

#include <string>
#include <vector>

#include <boost/json.hpp>

#include "checks/trail_windows.h"
#include "events/events.h"

namespace portolan::answers {

/// From when to when what was reachable from the internet. `timeline` is the one that the windows
/// were made from. Members as in docs/TRAIL.md, what there is not is null.
boost::json::object exposure_json(const checks::ExposureWindow& window,
                                  const events::Timeline& timeline);
/// RFC 4180, with a header.
std::string exposure_csv(const std::vector<checks::ExposureWindow>& windows,
                         const events::Timeline& timeline);
/// For people: a line for each, and who opened and closed it below.
std::string exposure_table(const std::vector<checks::ExposureWindow>& windows,
                           const events::Timeline& timeline);

}  // namespace portolan::answers
