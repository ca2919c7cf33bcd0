#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "checks/trail_exposure.h"
#include "checks/trail_windows.h"

/// Whether what was opened was reached.
namespace portolan::checks {

namespace {

/// True if some of the window falls into the time that the detection is about.
bool is_meanwhile(const ExposureWindow& window, const Detection& detection) {
  return (!window.until || *window.until > *detection.opened_at) &&
         (!window.from || !detection.closed_at || *window.from < *detection.closed_at);
}

/// True if the services were reached where the group is that was opened, and by these ports.
bool is_through(const ExposureWindow& window, const Detection& detection) {
  const auto ports = ServiceSet::parse(detection.ports);
  return is_meanwhile(window, detection) && ports && ports->overlaps(window.services) &&
         std::find(window.groups.begin(), window.groups.end(),
                   SecurityGroupId{detection.resource}) != window.groups.end();
}

/// True if an event of the detection began the window.
bool is_begun_by(const ExposureWindow& window, const Detection& detection,
                 const events::Timeline& timeline) {
  return window.opener &&
         std::find(detection.event_ids.begin(), detection.event_ids.end(),
                   timeline.events.at(*window.opener).id) != detection.event_ids.end();
}

/// `db-2 tcp/5432 for 18 min`.
std::string text_of(const ExposureWindow& window) {
  std::string text = window.name + " " + window.services.text();
  if (window.from && window.until) {
    text += " for " + length_text(window.until->seconds() - window.from->seconds());
  } else if (window.from) {
    text += " since then";
  }
  return text;
}

/// The second clock: whether what was opened to the internet was reached from there.
void weigh(Detection& detection, const events::Timeline& timeline,
           const std::vector<ExposureWindow>& windows) {
  if (!detection.opened_at || detection.exposure != "internet") {
    return;
  }
  std::vector<std::string> reached;
  bool is_doubtful = false;
  for (const ExposureWindow& window : windows) {
    const bool is_its = is_begun_by(window, detection, timeline) || is_through(window, detection);
    if (is_its && window.is_certain) {
      reached.push_back(text_of(window));
    }
    is_doubtful = is_doubtful || (!window.is_certain && is_meanwhile(window, detection));
  }
  constexpr std::size_t kShown = 3;
  if (!reached.empty()) {
    detection.risk = graded(detection.risk, 1);
    detection.message += "; reachable meanwhile: ";
    for (std::size_t i = 0; i < std::min(kShown, reached.size()); ++i) {
      detection.message += (i == 0 ? "" : ", ") + reached[i];
    }
    detection.message +=
        reached.size() > kShown ? fmt::format(" and {} more", reached.size() - kShown) : "";
  } else if (!is_doubtful && detection.resource.starts_with("sg-")) {
    detection.risk = graded(detection.risk, -1);
    detection.message += "; nothing was reachable through it";
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
