#include "events/timeline/book.h"

#include <algorithm>
#include <utility>

namespace portolan::events {

namespace {

bool names_list(const Subject& subject) {
  return subject.kind == SubjectKind::Rule && subject.peer.starts_with("pl-");
}

}  // namespace

Touch touch_of(const Event& event) {
  return {.time = event.time,
          .event_id = event.id,
          .event_name = event.name,
          .principal = event.actor.principal,
          .source = event.actor.source,
          .agent = event.actor.agent,
          .actor = event.actor.arn.empty() ? event.actor.principal : event.actor.arn};
}

void Book::add_step(Subject subject, bool opens, bool is_implied) {
  Step step{.event = event_, .opens = opens, .is_implied = is_implied};
  if (const auto users = users_.find(subject.resource); users != users_.end()) {
    for (const auto& [group, rules] : users->second) {
      step.affects.push_back(group);
    }
  }
  step.subject = std::move(subject);
  steps_.push_back(std::move(step));
}

Book::Entry& Book::entry(const std::string& key, const Subject& whole) {
  const auto [at, is_new] = open_.try_emplace(key, Entry{whole, {}});
  if (is_new && names_list(whole)) {
    ++users_[whole.peer][whole.resource];
  }
  return at->second;
}

std::map<std::string, Book::Entry>::iterator Book::drop(std::map<std::string, Entry>::iterator at) {
  if (const Subject& whole = at->second.whole; names_list(whole)) {
    auto& groups = users_[whole.peer];
    if (--groups[whole.resource] == 0) {
      groups.erase(whole.resource);
    }
  }
  return open_.erase(at);
}

void Book::finish(Interval interval, const std::optional<Touch>& by, EndKind end) {
  interval.closed = by;
  interval.end = end;
  closed_.push_back(std::move(interval));
}

std::vector<Interval> Book::take(const std::string& key) {
  const auto found = open_.find(key);
  if (found == open_.end()) {
    return {};
  }
  std::vector<Interval> parts = std::move(found->second.parts);
  drop(found);
  return parts;
}

void Book::open(const std::string& key, Subject subject, const Touch& by, bool is_implied) {
  for (Interval& part : take(key)) {
    finish(std::move(part), std::nullopt, EndKind::Unseen);
  }
  entry(key, subject).parts.push_back({.subject = subject, .opened = by, .is_implied = is_implied});
  add_step(std::move(subject), true, is_implied);
}

void Book::add_part(const std::string& key, const Subject& whole, Interval part) {
  entry(key, whole).parts.push_back(std::move(part));
}

void Book::close(const std::string& key, const Subject& unseen, const Touch& by, EndKind end,
                 bool is_certain) {
  const auto found = open_.find(key);
  const bool is_seen = found != open_.end();
  if (is_seen || end != EndKind::Modified) {
    add_step(is_seen ? found->second.whole : unseen, false);
  }
  std::vector<Interval> parts = take(key);
  if (parts.empty()) {
    parts.push_back({.subject = unseen, .opened = std::nullopt, .is_certain = is_certain});
  }
  for (Interval& part : parts) {
    finish(std::move(part), by, end);
  }
}

void Book::close_all(const std::string& prefix, const Touch& by, EndKind end) {
  auto at = open_.lower_bound(prefix);
  while (at != open_.end() && at->first.starts_with(prefix)) {
    add_step(at->second.whole, false);
    for (Interval& part : at->second.parts) {
      finish(std::move(part), by, end);
    }
    at = drop(at);
  }
}

void Book::finish(Timeline& timeline) && {
  for (auto& [key, entry] : open_) {
    for (Interval& part : entry.parts) {
      closed_.push_back(std::move(part));
    }
  }
  open_.clear();
  std::sort(closed_.begin(), closed_.end(), [](const Interval& a, const Interval& b) {
    const auto order = [](const Interval& each) {
      return std::tie(each.opened, each.closed, each.subject, each.end, each.is_certain,
                      each.is_implied, each.whole_peer);
    };
    return order(a) < order(b);
  });
  timeline.intervals = std::move(closed_);
  timeline.steps = std::move(steps_);
}

}  // namespace portolan::events
