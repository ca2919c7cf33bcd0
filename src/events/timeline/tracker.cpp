#include "events/timeline/tracker.h"

#include <utility>

namespace portolan::events {

std::string Tracker::scope() const { return event_->account.text() + "/" + event_->region.text(); }

Subject Tracker::subject(SubjectKind kind, std::string resource) const {
  Subject made;
  made.kind = kind;
  made.account = event_->account;
  made.region = event_->region;
  made.resource = std::move(resource);
  return made;
}

void Tracker::change(Change made) {
  changes_.push_back({.time = event_->time,
                      .event_id = event_->id,
                      .account = event_->account,
                      .region = event_->region,
                      .change = std::move(made)});
}

void Tracker::apply(const Event& event) {
  if (!event.took_effect()) {
    return;
  }
  if (!event.shared_id.empty() && !shared_.insert(event.shared_id + "/" + event.name).second) {
    return;  // the same action, in another account's trail
  }
  event_ = &event;
  touch_ = touch_of(event);
  for (const Edit& each : event.edits) {
    std::visit([this](const auto& kind) { edit(kind); }, each);
  }
}

std::set<std::string> Tracker::open_keys_closed_by(const Event& event) const {
  std::set<std::string> keys;
  for (const Edit& each : event.edits) {
    if (const auto* closed = std::get_if<RuleClosed>(&each)) {
      keys.insert(find_key(event, closed->group, closed->rule));
    } else if (const auto* by_id = std::get_if<RuleClosedById>(&each)) {
      const auto known = rules_.find(by_id->rule.text());
      keys.insert(known == rules_.end() ? std::string{} : known->second.key);
    }
  }
  std::erase_if(keys, [this](const std::string& key) { return !book_.is_open(key); });
  return keys;
}

std::set<std::string> Tracker::keys_opened_by(const Event& event) const {
  std::set<std::string> keys;
  for (const Edit& each : event.edits) {
    if (const auto* opened = std::get_if<RuleOpened>(&each)) {
      keys.insert(key_of(prefix_of(event, resolved(event, opened->group)), opened->rule));
    }
  }
  return keys;
}

void Tracker::finish(Timeline& timeline) && {
  timeline.intervals = std::move(book_).finished();
  timeline.changes = std::move(changes_);
}

}  // namespace portolan::events
