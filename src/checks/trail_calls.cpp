#include <algorithm>
#include <map>
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

void detect_logging_off(const events::Timeline& timeline, Detections& found) {
  std::map<std::string, std::set<std::int64_t>> changes;  // of groups, by principal
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
    if (event.name != "DeleteFlowLogs" || !event.took_effect()) {
      continue;
    }
    const auto& times = changes[event.actor.principal];
    const auto near = times.lower_bound(event.time.seconds() - kHour);
    if (near == times.end() || *near > event.time.seconds() + kHour) {
      continue;
    }
    Detection made{.check = "logging-off-around-change",
                   .risk = Risk::High,
                   .account = event.account,
                   .region = event.region};
    const auto logs = resources.find(i);
    if (logs != resources.end()) {
      made.affected.assign(logs->second.begin(), logs->second.end());
    }
    made.resource = made.affected.size() == 1 ? made.affected.front() : event.actor.principal;
    made.opened_at = event.time;
    made.actor = actor_of(event);
    made.exposure = "unknown";
    made.event_ids.push_back(event.id);
    made.message = fmt::format("flow logs were deleted, and a group was changed at {}",
                               Time::from_seconds(*near).text());
    found.push_back(std::move(made));
  }
}

}  // namespace portolan::checks
