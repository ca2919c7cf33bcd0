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

void Tracker::add_step(SubjectKind kind, std::string resource, std::string peer, bool opens) {
  Subject made = subject(kind, std::move(resource));
  made.peer = std::move(peer);
  book_.add_step(std::move(made), opens);
}

void Tracker::apply(const Event& event, std::size_t number) {
  event_ = &event;
  touch_ = touch_of(event);
  book_.begin_event(number);
  if (!event.took_effect()) {
    for (const Edit& each : event.edits) {
      add_asked(each);
    }
    return;
  }
  if (!event.shared_id.empty() && !shared_.insert(event.shared_id + "/" + event.name).second) {
    return;  // the same action, in another account's trail
  }
  for (const Edit& each : event.edits) {
    const std::size_t steps = book_.steps();
    const bool is_rewrite = std::holds_alternative<RuleRewritten>(each);  // may change nothing
    std::visit([this](const auto& kind) { edit(kind); }, each);
    if (book_.steps() == steps && !is_rewrite) {
      add_asked(each);
    }
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
  std::move(book_).finish(timeline);
  timeline.changes = std::move(changes_);
}

}  // namespace portolan::events
