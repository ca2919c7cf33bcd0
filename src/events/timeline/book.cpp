#include "events/timeline/book.h"

#include <algorithm>
#include <utility>

namespace portolan::events {

Touch touch_of(const Event& event) {
  return {.time = event.time,
          .event_id = event.id,
          .event_name = event.name,
          .principal = event.actor.principal,
          .source = event.actor.source,
          .agent = event.actor.agent};
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
  std::vector<Interval> parts = std::move(found->second);
  open_.erase(found);
  return parts;
}

void Book::open(const std::string& key, Subject subject, const Touch& by, bool is_implied) {
  for (Interval& part : take(key)) {
    finish(std::move(part), std::nullopt, EndKind::Unseen);
  }
  open_[key].push_back({.subject = std::move(subject), .opened = by, .is_implied = is_implied});
}

void Book::add_part(const std::string& key, Interval part) {
  open_[key].push_back(std::move(part));
}

void Book::close(const std::string& key, const Subject& unseen, const Touch& by, EndKind end,
                 bool is_certain) {
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
    for (Interval& part : at->second) {
      finish(std::move(part), by, end);
    }
    at = open_.erase(at);
  }
}

std::vector<Interval> Book::finished() && {
  for (auto& [key, parts] : open_) {
    for (Interval& part : parts) {
      closed_.push_back(std::move(part));
    }
  }
  open_.clear();
  std::sort(closed_.begin(), closed_.end(), [](const Interval& a, const Interval& b) {
    const auto order = [](const Interval& each) {
      return std::tie(each.opened, each.closed, each.subject, each.end, each.is_certain,
                      each.is_implied);
    };
    return order(a) < order(b);
  });
  return std::move(closed_);
}

}  // namespace portolan::events
