#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <tuple>

#include <fmt/format.h>

#include "checks/trail_exposure.h"

/// How much is opened and closed, day by day.
namespace portolan::checks {

namespace {

constexpr std::int64_t kDay = 24 * 3600;
constexpr std::size_t kLeastDays = 7;  // of which something usual can be said

struct Kind {
  events::SubjectKind subject;
  bool opens;
  std::string_view what;
};

constexpr std::array kKinds = {
    Kind{events::SubjectKind::Group, true, "groups created"},
    Kind{events::SubjectKind::Group, false, "groups deleted"},
    Kind{events::SubjectKind::Rule, true, "ports opened"},
    Kind{events::SubjectKind::Rule, false, "ports closed"},
};

struct Environment {
  AccountId account;
  Region region;
  bool is_production = false;
  friend auto operator<=>(const Environment&, const Environment&) = default;
};

/// Counts by day, for each of the kinds.
using Days = std::array<std::map<std::int64_t, int>, kKinds.size()>;

/// The days of the logs, whole or in part.
struct Span {
  std::int64_t first = 0;
  std::int64_t last = 0;
  [[nodiscard]] std::size_t days() const { return static_cast<std::size_t>(last - first) + 1; }
};

std::int64_t day_of(Time time) { return time.seconds() / kDay; }

/// From the 10th to the 90th percentile; the days without any count as none.
std::pair<int, int> band(const std::map<std::int64_t, int>& counts, const Span& span) {
  std::vector<int> all(span.days(), 0);
  for (const auto& [day, count] : counts) {
    all[static_cast<std::size_t>(day - span.first)] = count;
  }
  std::sort(all.begin(), all.end());
  return {all[all.size() / 10], all[all.size() - 1 - all.size() / 10]};
}

/// `41 ports opened (0 to 3 a day, 12 on 2026-05-03)`: with the day that is most above the band.
std::string kind_text(const Kind& kind, const std::map<std::int64_t, int>& counts,
                      const Span& span) {
  int sum = 0;
  std::pair<std::int64_t, int> most;
  for (const auto& [day, count] : counts) {
    sum += count;
    most = count > most.second ? std::pair(day, count) : most;
  }
  const auto [low, high] = band(counts, span);
  std::string text = fmt::format("{} {} ({} to {} a day", sum, kind.what, low, high);
  if (most.second > high) {
    const std::string day = Time::from_seconds(most.first * kDay).text();
    text += fmt::format(", {} on {}", most.second, day.substr(0, day.find('T')));
  }
  return text + ")";
}

}  // namespace

void detect_rates(const events::Timeline& timeline, const TrailOptions& options,
                  Detections& found) {
  if (timeline.events.empty()) {
    return;
  }
  const Span span{day_of(timeline.events.front().time), day_of(timeline.events.back().time)};
  if (span.days() < kLeastDays) {
    return;
  }
  std::map<Environment, Days> all;
  for (const events::Step& step : timeline.steps) {
    const events::Event& event = timeline.events[step.event];
    for (std::size_t kind = 0; kind < kKinds.size(); ++kind) {
      if (kKinds[kind].subject == step.subject.kind && kKinds[kind].opens == step.opens &&
          event.took_effect() && !step.is_implied) {
        const bool is_production =
            options.is_production && options.is_production(step.subject.resource);
        ++all[{event.account, event.region, is_production}][kind][day_of(event.time)];
      }
    }
  }
  for (const auto& [environment, days] : all) {
    Detection made;
    made.check = "snapshot-rate-summary";
    made.risk = Risk::Info;
    made.account = environment.account;
    made.region = environment.region;
    made.resource = environment.account.text();
    made.opened_at = timeline.events.front().time;
    made.exposure = "unknown";
    made.message =
        fmt::format("{}in {} days: ", environment.is_production ? "production, " : "", span.days());
    for (std::size_t kind = 0; kind < kKinds.size(); ++kind) {
      made.message += (kind == 0 ? "" : ", ") + kind_text(kKinds[kind], days[kind], span);
    }
    found.push_back(std::move(made));
  }
}

}  // namespace portolan::checks
