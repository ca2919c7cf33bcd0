#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "checks/trail_exposure.h"
#include "checks/trail_windows.h"

/// Whether what was opened was reached.
namespace portolan::checks {

namespace {

/// What the events of a detection laid open to the internet, as `db-2 tcp/5432 for 18 min`.
std::vector<std::string> reached_by(const Detection& detection, const events::Timeline& timeline,
                                    const std::vector<ExposureWindow>& windows) {
  std::vector<std::string> reached;
  for (const ExposureWindow& window : windows) {
    const bool is_its = window.is_certain && window.opener &&
                        std::find(detection.event_ids.begin(), detection.event_ids.end(),
                                  timeline.events.at(*window.opener).id) !=
                            detection.event_ids.end();
    if (is_its) {
      reached.push_back(
          window.name + " " + window.services.text() +
          (window.until
               ? " for " + length_text(window.until->seconds() - window.from->seconds())
               : std::string(" since")));
    }
  }
  return reached;
}

/// True if the event of a window is not known to be another's, and it may be this one's.
bool may_have_reached(const Detection& detection, const std::vector<ExposureWindow>& windows) {
  return std::any_of(windows.begin(), windows.end(), [&](const ExposureWindow& window) {
    return !window.is_certain && (!window.until || *window.until >= *detection.opened_at) &&
           (!window.from || !detection.closed_at || *window.from <= *detection.closed_at);
  });
}

/// The second clock: whether what was opened to the internet was reached from there.
void weigh(Detection& detection, const events::Timeline& timeline,
                    const std::vector<ExposureWindow>& windows) {
  if (!detection.opened_at || detection.exposure != "internet") {
    return;
  }
  constexpr std::size_t kShown = 3;
  const std::vector<std::string> reached = reached_by(detection, timeline, windows);
  if (!reached.empty()) {
    detection.risk = graded(detection.risk, 1);
    detection.message += "; reachable through it: ";
    for (std::size_t i = 0; i < std::min(kShown, reached.size()); ++i) {
      detection.message += (i == 0 ? "" : ", ") + reached[i];
    }
    detection.message +=
        reached.size() > kShown ? fmt::format(" and {} more", reached.size() - kShown) : "";
  } else if (!may_have_reached(detection, windows)) {
    detection.risk = graded(detection.risk, -1);
    detection.message += "; nothing became reachable through it";
  }
}

}  // namespace

void weigh_by_reach(std::vector<Detection>& detections, const events::Timeline& timeline,
                    const std::vector<ExposureWindow>& windows) {
  for (Detection& detection : detections) {
    weigh(detection, timeline, windows);
  }
  std::sort(detections.begin(), detections.end(), [](const Detection& a, const Detection& b) {
    return a.risk != b.risk ? a.risk > b.risk
                            : std::tie(a.opened_at, a.check, a.resource, a) <
                                  std::tie(b.opened_at, b.check, b.resource, b);
  });
}

}  // namespace portolan::checks
