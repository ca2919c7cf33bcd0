#pragma once

#include <string>
#include <string_view>

#include "checks/trail.h"

/// Private to the module: what the checks of trails share.
namespace portolan::checks {

/// `internet` (all addresses of a family, or half of them), `public`, `private`, `group`, `prefix
/// list`, `unknown`.
std::string exposure_of(std::string_view peer);

/// A detection about a subject, with what the subject tells filled in.
Detection about(std::string_view check, const events::Subject& subject);

/// `risk` moved by that many grades, within the scale.
Risk graded(Risk risk, int grades);

// The families of checks. Each adds what it finds.
using Detections = std::vector<Detection>;
void detect_short_openings(const events::Timeline& timeline, const TrailOptions& options,
                           Detections& found);
void detect_openings(const events::Timeline& timeline, const TrailOptions& options,
                     Detections& found);
void detect_unusual(const events::Timeline& timeline, const TrailOptions& options,
                    Detections& found);
void detect_denied(const events::Timeline& timeline, Detections& found);
void detect_left_open(const events::Timeline& timeline, const TrailOptions& options,
                      Detections& found);
void detect_rates(const events::Timeline& timeline, const TrailOptions& options, Detections& found);
void detect_logging_off(const events::Timeline& timeline, Detections& found);

}  // namespace portolan::checks
