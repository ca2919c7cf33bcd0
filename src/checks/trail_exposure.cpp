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

std::vector<Detection> detect(const events::Timeline& timeline, const TrailOptions& options) {
  Detections found;
  detect_short_openings(timeline, options, found);
  detect_openings(timeline, options, found);
  detect_unusual(timeline, options, found);
  detect_denied(timeline, found);
  detect_logging_off(timeline, found);
  detect_left_open(timeline, options, found);
  for (Detection& detection : found) {
    if (options.is_production && options.is_production(detection.resource)) {
      detection.risk = graded(detection.risk, 1);
      detection.message += "; it is production";
    }
  }
  detect_rates(timeline, options, found);
  std::sort(found.begin(), found.end(), [](const Detection& a, const Detection& b) {
    return a.risk != b.risk ? a.risk > b.risk
                            : std::tie(a.opened_at, a.check, a.resource, a) <
                                  std::tie(b.opened_at, b.check, b.resource, b);
  });
  return found;
}

}  // namespace portolan::checks
