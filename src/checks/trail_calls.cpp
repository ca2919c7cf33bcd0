#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "checks/trail_exposure.h"
#include "core/text.h"

/// What calls tell, whatever they opened: denied ones, and those that blind the logs.
namespace portolan::checks {

namespace {

using events::Event;

constexpr std::int64_t kHour = 3600;
constexpr std::size_t kBurst = 3;

bool is_denied(const Event& event) {
  const std::string_view code = event.error_code;
  return event.is_dry_run() || code.find("UnauthorizedOperation") != std::string_view::npos ||
         code.find("AccessDenied") != std::string_view::npos;
}

std::string actor_of(const Event& event) {
  return event.actor.arn.empty() ? event.actor.principal : event.actor.arn;
}

/// What each event is about.
std::map<std::size_t, std::set<std::string>> resources_of(const events::Timeline& timeline) {
  std::map<std::size_t, std::set<std::string>> all;
  for (const events::Step& step : timeline.steps) {
    if (!step.subject.resource.empty()) {
      all[step.event].insert(step.subject.resource);
    }
  }
  return all;
}

Detection of_denied(const events::Timeline& timeline, const std::vector<std::size_t>& calls,
                    const std::map<std::size_t, std::set<std::string>>& resources) {
  const Event& first = timeline.events[calls.front()];
  std::set<std::string> wanted;
  std::set<std::string> names;
  Detection made;
  for (const std::size_t call : calls) {
    const Event& event = timeline.events[call];
    names.insert(event.name);
    made.event_ids.push_back(event.id);
    if (const auto found = resources.find(call); found != resources.end()) {
      wanted.insert(found->second.begin(), found->second.end());
    }
  }
  const bool is_burst = calls.size() >= kBurst;
  made.check = is_burst ? "sg-change-denied-burst" : "sg-change-denied";
  made.risk = is_burst ? Risk::Medium : Risk::Low;
  made.account = first.account;
  made.region = first.region;
  made.resource = wanted.size() == 1 ? *wanted.begin() : first.actor.principal;
  made.opened_at = first.time;
  made.actor = actor_of(first);
  made.exposure = "unknown";
  made.affected.assign(wanted.begin(), wanted.end());
  made.message =
      fmt::format("{} within {} came to nothing, denied or tried as a dry run: {}",
                  calls.size() == 1 ? "1 call" : fmt::format("{} calls", calls.size()),
                  length_text(timeline.events[calls.back()].time.seconds() - first.time.seconds()),
                  printable(fmt::format("{}", fmt::join(names, ", "))));
  return made;
}

}  // namespace

void detect_denied(const events::Timeline& timeline, Detections& found) {
  const auto resources = resources_of(timeline);
  std::map<std::string, std::vector<std::size_t>> by_principal;
  for (std::size_t i = 0; i < timeline.events.size(); ++i) {
    if (is_denied(timeline.events[i])) {
      by_principal[timeline.events[i].actor.principal].push_back(i);
    }
  }
  for (const auto& [principal, calls] : by_principal) {
    std::vector<std::size_t> run;
    for (const std::size_t call : calls) {
      const std::int64_t time = timeline.events[call].time.seconds();
      if (!run.empty() && time - timeline.events[run.back()].time.seconds() > kHour) {
        found.push_back(of_denied(timeline, run, resources));
        run.clear();
      }
      run.push_back(call);
    }
    found.push_back(of_denied(timeline, run, resources));
  }
}

namespace {

/// Calls after which less is recorded, and how to tell of them.
struct Blinding {
  std::string_view call;
  std::string_view what;
};

// SOURCE: CloudTrail and EC2 API references, the actions of these names.
constexpr std::array kBlindings = {
    Blinding{"DeleteFlowLogs", "flow logs were deleted"},
    Blinding{"DeleteTrail", "the trail was deleted"},
    Blinding{"PutEventSelectors", "what the trail records was changed"},
    Blinding{"StopLogging", "the trail was stopped"},
    Blinding{"UpdateTrail", "the trail was changed"},
};

const Blinding* blinding_of(const Event& event) {
  const auto found = std::find_if(kBlindings.begin(), kBlindings.end(),
                                  [&](const Blinding& each) { return each.call == event.name; });
  return found == kBlindings.end() || !event.took_effect() ? nullptr : &*found;
}

/// When each principal changed a group.
using ChangeTimes = std::map<std::string, std::set<std::int64_t>>;

/// The change by the same principal within an hour, if there is one.
std::optional<std::int64_t> change_near(const ChangeTimes& changes, const Event& event) {
  const auto times = changes.find(event.actor.principal);
  if (times == changes.end()) {
    return std::nullopt;
  }
  const auto near = times->second.lower_bound(event.time.seconds() - kHour);
  const bool is_near = near != times->second.end() && *near <= event.time.seconds() + kHour;
  return is_near ? std::optional(*near) : std::nullopt;
}

Detection of_blinding(const Event& event, const Blinding& blinding, std::int64_t change) {
  Detection made{.check = "logging-off-around-change",
                 .risk = Risk::High,
                 .account = event.account,
                 .region = event.region};
  made.resource = event.actor.principal;
  made.opened_at = event.time;
  made.actor = actor_of(event);
  made.exposure = "unknown";
  made.event_ids.push_back(event.id);
  made.message = fmt::format("{} by {}, and a group was changed at {}", blinding.what,
                             blinding.call, Time::from_seconds(change).text());
  return made;
}

}  // namespace

void detect_logging_off(const events::Timeline& timeline, Detections& found) {
  ChangeTimes changes;
  for (const Event& event : timeline.events) {
    const bool is_change = event.event_class == events::EventClass::SgRule ||
                           event.event_class == events::EventClass::SgLife;
    if (is_change && event.took_effect()) {
      changes[event.actor.principal].insert(event.time.seconds());
    }
  }
  const auto resources = resources_of(timeline);
  for (std::size_t i = 0; i < timeline.events.size(); ++i) {
    const Event& event = timeline.events[i];
    const Blinding* const blinding = blinding_of(event);
    const auto change = blinding == nullptr ? std::nullopt : change_near(changes, event);
    if (!change) {
      continue;
    }
    Detection made = of_blinding(event, *blinding, *change);
    if (const auto logs = resources.find(i); logs != resources.end()) {
      made.affected.assign(logs->second.begin(), logs->second.end());
      made.resource = made.affected.size() == 1 ? made.affected.front() : made.resource;
    }
    found.push_back(std::move(made));
  }
  for (const Event& event : timeline.logging) {
    const Blinding* const blinding = blinding_of(event);
    if (const auto change = blinding == nullptr ? std::nullopt : change_near(changes, event)) {
      found.push_back(of_blinding(event, *blinding, *change));
    }
  }
}

}  // namespace portolan::checks
