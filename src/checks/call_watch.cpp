#include "checks/call_watch.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "checks/missing.h"
#include "core/text.h"

namespace portolan::checks {

namespace {

Takes takes_of(const std::optional<bool>& value) {
  return !value ? Takes::Unclear : *value ? Takes::Yes : Takes::No;
}

/// The account and region that an ARN names.
Owned place_of(const Arn& arn) {
  return {.account = AccountId::parse(arn.account()).value_or(AccountId{}),
          .region = Region::parse(arn.region()).value_or(Region{}),
          .tags = {}};
}

bool is_at(const Owned& owned, const Owned& place) {
  return owned.account == place.account && owned.region == place.region;
}

/// `log-group:NAME:*`
bool is_on(const MetricFilter& filter, std::string_view resource) {
  const std::string group = "log-group:" + filter.log_group;
  return resource == group || resource == group + ":*";
}

}  // namespace

CallWatch::CallWatch(const Context& context, Calls calls, Owned place)
    : context_(context), calls_(calls), place_(std::move(place)), told_(calls.size(), Takes::No) {
  ask_for(Noun::Trails, place_);
  for (const Trail& trail : context.snapshot().all<Trail>()) {
    if (covers(trail)) {
      follow(trail);
    }
  }
  follow_rules();
}

std::string CallWatch::reason() const {
  if (recorded_ == Takes::No) {
    return "no trail that logs records the calls there";
  }
  if (!broken_.empty()) {
    return broken_;
  }
  return has_log_group_
             ? "no metric filter of a trail's log group and no EventBridge rule takes them"
             : "no trail sends its records to CloudWatch Logs, and no EventBridge rule "
               "takes them";
}

bool CallWatch::covers(const Trail& trail) const {
  const bool is_ours =
      trail.owned.account == place_.account ||
      std::binary_search(trail.listed_by.begin(), trail.listed_by.end(), place_.account);
  return is_ours && (trail.is_multi_region || trail.owned.region == place_.region);
}

bool CallWatch::ask_for(Noun noun, const Owned& place) {
  if (!is_missing(context_, noun, place)) {
    return true;
  }
  gaps_.insert(not_collected(noun, place));
  for (Takes& told : told_) {
    told = either(told, Takes::Unclear);
  }
  recorded_ = noun == Noun::Trails ? Takes::Unclear : recorded_;
  return false;
}

void CallWatch::follow(const Trail& trail) {
  const Takes records = both(takes_of(trail.is_logging), takes_of(trail.records_changes));
  recorded_ = either(recorded_, records);
  if (records == Takes::No) {
    return;
  }
  if (records == Takes::Unclear) {
    const Noun noun = trail.is_logging ? Noun::EventSelectors : Noun::TrailStatus;
    gaps_.insert(fmt::format("{} of {} was not collected, or not understood", call_of(noun),
                             trail.id.value));
  }
  const auto group = Arn::parse(trail.log_group);
  if (!group) {
    return;
  }
  has_log_group_ = true;
  const Owned place = place_of(*group);
  if (!ask_for(Noun::MetricFilters, place)) {
    return;
  }
  for (const MetricFilter& filter : context_.snapshot().all<MetricFilter>()) {
    if (is_at(filter.owned, place) && is_on(filter, group->resource())) {
      follow(filter, records);
    }
  }
}

void CallWatch::follow(const MetricFilter& filter, Takes records) {
  const auto pattern = EventFilter::parse(filter.pattern);
  std::optional<Takes> heard;  // worked out for filters that are about these calls
  for (std::size_t i = 0; i < calls_.size(); ++i) {
    const Takes takes = pattern ? pattern->takes(calls_[i]) : Takes::Unclear;
    if (takes == Takes::No) {
      continue;
    }
    if (!heard) {
      heard = is_heard(filter);
    }
    if (takes == Takes::Unclear && *heard != Takes::No) {
      gaps_.insert(fmt::format("the pattern of metric filter {} says more than is understood",
                               printable(filter.filter_name)));
    }
    told_[i] = either(told_[i], both(records, both(takes, *heard)));
  }
}

Takes CallWatch::is_heard(const MetricFilter& filter) {
  if (is_missing(context_, Noun::Alarms, filter.owned)) {
    gaps_.insert(not_collected(Noun::Alarms, filter.owned));
    return Takes::Unclear;
  }
  Takes heard = Takes::No;
  std::string broken =
      fmt::format("no alarm watches what metric filter {} counts", printable(filter.filter_name));
  for (const Alarm& alarm : context_.snapshot().all<Alarm>()) {
    const bool is_about = std::any_of(alarm.metrics.begin(), alarm.metrics.end(), [&](auto& each) {
      return std::find(filter.metrics.begin(), filter.metrics.end(), each) != filter.metrics.end();
    });
    if (is_about && is_at(alarm.owned, filter.owned)) {
      broken = fmt::format("alarm {} tells nobody", printable(alarm.alarm_name));
      heard = either(heard, tells_somebody(alarm));
    }
  }
  if (heard == Takes::No) {
    broken_ = broken;
  }
  return heard;
}

Takes CallWatch::tells_somebody(const Alarm& alarm) {
  Takes tells = Takes::No;
  for (const std::string& action : alarm.acts ? alarm.actions : std::vector<std::string>{}) {
    const auto arn = Arn::parse(action);
    // Other actions, such as an incident or a function, do something by themselves.
    tells = either(tells, arn && arn->service() == "sns" ? is_subscribed(*arn) : Takes::Yes);
  }
  return tells;
}

Takes CallWatch::is_subscribed(const Arn& topic) {
  const auto all = context_.snapshot().all<Subscription>();
  if (std::any_of(all.begin(), all.end(),
                  [&](const Subscription& each) { return each.topic == topic.text(); })) {
    return Takes::Yes;
  }
  const Owned place = place_of(topic);
  if (is_missing(context_, Noun::Subscriptions, place)) {
    gaps_.insert(not_collected(Noun::Subscriptions, place));
    return Takes::Unclear;
  }
  return Takes::No;
}

/// SOURCE: EventBridge User Guide: it gets the calls of a region that a trail there records.
void CallWatch::follow_rules() {
  if (recorded_ == Takes::No) {
    return;
  }
  ask_for(Noun::EventRules, place_);
  for (const EventRule& rule : context_.snapshot().all<EventRule>()) {
    if (is_at(rule.owned, place_) && rule.is_enabled && rule.takes_calls) {
      follow(rule);
    }
  }
}

void CallWatch::follow(const EventRule& rule) {
  for (std::size_t i = 0; i < calls_.size(); ++i) {
    const bool is_named =
        !rule.calls || std::any_of(rule.calls->begin(), rule.calls->end(),
                                   [&](const auto& name) { return matches_glob(calls_[i], name); });
    if (rule.is_exact && !is_named) {
      continue;
    }
    if (!rule.is_exact) {
      gaps_.insert(fmt::format("the pattern of EventBridge rule {} says more than is understood",
                               printable(rule.rule_name)));
    }
    told_[i] = either(told_[i], both(recorded_, rule.is_exact ? Takes::Yes : Takes::Unclear));
  }
}

}  // namespace portolan::checks
