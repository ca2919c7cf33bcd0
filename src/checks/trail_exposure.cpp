#include "checks/trail_exposure.h"

#include <algorithm>

#include <fmt/format.h>

#include "checks/estate.h"

namespace portolan::checks {

std::string exposure_of(std::string_view peer) {
  if (const auto block = IpPrefix::parse(peer)) {
    constexpr int kHalf = 1;  // 0.0.0.0/1 and 128.0.0.0/1 together are everything
    if (block->length() <= kHalf) {
      return "internet";
    }
    const bool is_public =
        !IpSet({*block}).intersected(IpSet::public_space(block->family())).empty();
    return is_public ? "public" : "private";
  }
  if (peer.starts_with("sg-") || peer.starts_with("name:")) {
    return "group";
  }
  return peer.starts_with("pl-") ? "prefix list" : "unknown";
}

std::string length_text(std::int64_t seconds) {
  constexpr std::int64_t kMinute = 60;
  constexpr std::int64_t kHour = 60 * kMinute;
  if (seconds < kMinute) {
    return fmt::format("{} s", seconds);
  }
  if (seconds < kHour) {
    return seconds % kMinute == 0
               ? fmt::format("{} min", seconds / kMinute)
               : fmt::format("{} min {} s", seconds / kMinute, seconds % kMinute);
  }
  return fmt::format("{} h {} min", seconds / kHour, seconds % kHour / kMinute);
}

Detection about(std::string_view check, const events::Subject& subject) {
  Detection made;
  made.check = check;
  made.account = subject.account;
  made.region = subject.region;
  made.resource = subject.resource;
  made.ports = subject.services ? subject.services->text() : "";
  made.peer = subject.peer;
  made.exposure = exposure_of(subject.peer);
  return made;
}

Risk graded(Risk risk, int grades) {
  const int wanted = static_cast<int>(risk) + grades;
  return static_cast<Risk>(
      std::clamp(wanted, static_cast<int>(Risk::Info), static_cast<int>(Risk::Critical)));
}

bool is_production(const Context& context, const std::string& resource) {
  const Estate& estate = context.estate();
  const Interfaces& members = estate.interfaces_of(SecurityGroupId{resource});
  const auto is_one = [&](const NetworkInterface& interface) {
    return (interface.id.text() == resource || interface.instance.text() == resource) &&
           estate.is_production(interface);
  };
  const auto& all = context.snapshot().all<NetworkInterface>();
  return std::any_of(members.begin(), members.end(),
                     [&](const NetworkInterface* each) { return estate.is_production(*each); }) ||
         std::any_of(all.begin(), all.end(), is_one);
}

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
void weigh_by_reach(Detection& detection, const events::Timeline& timeline,
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

std::vector<Detection> detect(const events::Timeline& timeline, const TrailOptions& options) {
  Detections found;
  detect_short_openings(timeline, options, found);
  detect_openings(timeline, options, found);
  detect_unusual(timeline, options, found);
  detect_denied(timeline, found);
  detect_logging_off(timeline, found);
  for (Detection& detection : found) {
    if (options.windows != nullptr) {
      weigh_by_reach(detection, timeline, *options.windows);
    }
    if (options.is_production && options.is_production(detection.resource)) {
      detection.risk = graded(detection.risk, 1);
      detection.message += "; it is production";
    }
  }
  std::sort(found.begin(), found.end(), [](const Detection& a, const Detection& b) {
    return a.risk != b.risk ? a.risk > b.risk
                            : std::tie(a.opened_at, a.check, a.resource, a) <
                                  std::tie(b.opened_at, b.check, b.resource, b);
  });
  return found;
}

}  // namespace portolan::checks
