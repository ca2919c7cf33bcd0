#include <utility>

#include "events/timeline/pieces.h"
#include "events/timeline/tracker.h"

/// What happens to security groups and their rules.
namespace portolan::events {

SecurityGroupId Tracker::resolved(const Event& event, const SecurityGroupId& group) const {
  constexpr std::string_view kByName = "name:";
  if (!group.text().starts_with(kByName)) {
    return group;
  }
  const auto found = group_ids_.find(event.account.text() + "/" + event.region.text() + "/" +
                                     group.text().substr(kByName.size()));
  return found == group_ids_.end() ? group : SecurityGroupId{found->second};
}

std::string Tracker::prefix_of(const Event& event, const SecurityGroupId& group) {
  // Ids are unique in the world, names only in an account and region.
  const bool is_id = group.text().starts_with("sg-");
  return "rule/" + (is_id ? "" : event.account.text() + "/" + event.region.text() + "/") +
         group.text() + "/";
}

std::string Tracker::key_of(const std::string& prefix, const SecurityGroupRule& rule,
                            bool is_direction_known) {
  const std::string direction =
      is_direction_known ? (rule.is_egress ? "egress/" : "ingress/") : "unknown/";
  return prefix + direction + rule.services.text() + "/" + peer_text(rule.peer);
}

std::string Tracker::find_key(const Event& event, const SecurityGroupId& group,
                              const SecurityGroupRule& rule) const {
  const std::string prefix = prefix_of(event, resolved(event, group));
  const std::string exact = key_of(prefix, rule);
  const std::string loose = key_of(prefix, rule, false);
  return !book_.is_open(exact) && book_.is_open(loose) ? loose : exact;
}

Subject Tracker::subject_of(const SecurityGroupId& group, const SecurityGroupRule& rule) const {
  Subject made = subject(SubjectKind::Rule, group.text());
  made.detail = rule.id.text();
  made.is_egress = rule.is_egress;
  made.services = rule.services;
  made.peer = peer_text(rule.peer);
  return made;
}

void Tracker::forget(const std::string& key) {
  if (const auto id = rule_ids_.find(key); id != rule_ids_.end()) {
    rules_.erase(id->second);
    rule_ids_.erase(id);
  }
}

void Tracker::edit(const RuleOpened& edit) {
  const SecurityGroupId group = resolved(*event_, edit.group);
  const std::string key = key_of(prefix_of(*event_, group), edit.rule);
  forget(key);
  book_.open(key, subject_of(group, edit.rule), touch_);
  if (!edit.rule.id.empty()) {
    rules_[edit.rule.id.text()] = {.key = key, .group = group, .rule = edit.rule};
    rule_ids_[key] = edit.rule.id.text();
  }
  change(RuleAdded{group, edit.rule});
}

void Tracker::edit(const RuleClosed& edit) {
  const SecurityGroupId group = resolved(*event_, edit.group);
  const std::string key = find_key(*event_, edit.group, edit.rule);
  book_.close(key, subject_of(group, edit.rule), touch_, EndKind::Revoked, edit.is_proven);
  forget(key);
  change(RuleRemoved{group, edit.rule});
}

void Tracker::edit(const RuleClosedById& edit) {
  const SecurityGroupId group = resolved(*event_, edit.group);
  if (const auto known = rules_.find(edit.rule.text()); known != rules_.end()) {
    const SecurityGroupRule rule = known->second.rule;
    const std::string key = known->second.key;
    book_.close(key, subject_of(group, rule), touch_, EndKind::Revoked);
    forget(key);
    change(RuleRemoved{group, rule});
    return;
  }
  Subject unseen = subject(SubjectKind::Rule, group.text());
  unseen.detail = edit.rule.text();
  unseen.is_egress = edit.is_egress;
  book_.add_step(unseen, false);
  book_.finish({.subject = std::move(unseen), .opened = std::nullopt}, touch_, EndKind::Revoked);
  change(RuleRemoved{group, {.id = edit.rule, .is_egress = edit.is_egress}});
}

void Tracker::edit(const RuleRewritten& edit) {
  const SecurityGroupId group = resolved(*event_, edit.group);
  const std::string prefix = prefix_of(*event_, group);
  const auto found = rules_.find(edit.rule.text());
  const bool is_known = found != rules_.end();
  KnownRule next{.group = group, .rule = edit.after};
  next.is_direction_known = is_known && found->second.is_direction_known;
  next.rule.is_egress = is_known && found->second.rule.is_egress;
  next.key = key_of(prefix, next.rule, next.is_direction_known);
  if (is_known) {
    const KnownRule before = found->second;
    add_rewrite_steps(before, next.rule);
    rewrite(before, next.rule, next.key);
    forget(before.key);
    change(RuleModified{group, before.rule, next.rule});
  } else {
    // Neither what the rule was nor its direction is in the record.
    Subject before = subject(SubjectKind::Rule, group.text());
    before.detail = edit.rule.text();
    book_.finish({.subject = before, .opened = std::nullopt}, touch_, EndKind::Modified);
    Subject after = subject_of(group, next.rule);
    after.is_egress.reset();
    book_.open(next.key, std::move(after), touch_);
  }
  rule_ids_[next.key] = edit.rule.text();
  rules_[edit.rule.text()] = std::move(next);
}

void Tracker::add_rewrite_steps(const KnownRule& known, const SecurityGroupRule& after) {
  const auto add = [&](const SecurityGroupRule& rule, ServiceSet services, bool opens) {
    if (services.empty()) {
      return;
    }
    Subject made = subject_of(known.group, rule);
    made.services = std::move(services);
    if (!known.is_direction_known) {
      made.is_egress.reset();
    }
    book_.add_step(std::move(made), opens);
  };
  const SecurityGroupRule& before = known.rule;
  const bool is_same_peer = peer_text(before.peer) == peer_text(after.peer);
  add(before, is_same_peer ? before.services.without(after.services) : before.services, false);
  add(after, is_same_peer ? after.services.without(before.services) : after.services, true);
}

void Tracker::rewrite(const KnownRule& known, const SecurityGroupRule& after,
                      const std::string& key) {
  const Piece whole{after.services, after.peer};
  Subject next = subject_of(known.group, after);
  if (!known.is_direction_known) {
    next.is_egress.reset();
  }
  std::vector<Piece> fresh{whole};
  std::vector<Interval> parts = book_.take(known.key);
  if (known.key != key) {
    for (Interval& other : book_.take(key)) {  // AWS lets no two rules be equal
      book_.finish(std::move(other), std::nullopt, EndKind::Unseen);
    }
  }
  // A part of an interval, which remembers the peer that it was cut out of.
  const auto cut = [](Interval interval, const Piece& piece) {
    std::string peer = peer_text(piece.peer);
    if (interval.whole_peer.empty() && peer != interval.subject.peer) {
      interval.whole_peer = interval.subject.peer;
    }
    interval.subject.services = piece.services;
    interval.subject.peer = std::move(peer);
    return interval;
  };
  for (const Interval& part : parts) {
    const Piece had{part.subject.services.value_or(ServiceSet{}),
                    parse_peer_text(part.subject.peer)};
    for (const Piece& gone : without(had, whole)) {
      book_.finish(cut(part, gone), touch_, EndKind::Modified);
    }
    if (const auto kept = common(had, whole)) {
      book_.add_part(key, next, cut(part, *kept));
    }
    std::vector<Piece> rest;
    for (const Piece& piece : fresh) {
      const std::vector<Piece> left = without(piece, had);
      rest.insert(rest.end(), left.begin(), left.end());
    }
    fresh = std::move(rest);
  }
  for (const Piece& piece : fresh) {
    book_.add_part(key, next, cut({.subject = next, .opened = touch_}, piece));
  }
}

void Tracker::edit(const GroupCreated& edit) {
  const std::string& id = edit.group.text();
  groups_[id] = {.name = edit.name, .vpc = edit.vpc.text()};
  group_ids_[scope() + "/" + edit.name] = id;
  Subject made = subject(SubjectKind::Group, id);
  made.detail = edit.name;
  made.target = edit.vpc.text();
  book_.open("group/" + id, std::move(made), touch_);

  SecurityGroupRule egress;
  egress.is_egress = true;
  egress.services = ServiceSet::all();
  egress.protocol = "-1";
  egress.peer = IpPrefix::all(IpFamily::V4);
  book_.open(key_of(prefix_of(*event_, edit.group), egress), subject_of(edit.group, egress), touch_,
             true);

  SecurityGroup row;
  row.id = edit.group;
  row.owned.account = event_->account;
  row.owned.region = event_->region;
  row.vpc = edit.vpc;
  row.group_name = edit.name;
  row.description = edit.description;
  row.rules = {egress};
  change(ResourceSet{std::make_shared<const SecurityGroup>(std::move(row))});
}

void Tracker::edit(const GroupDeleted& edit) {
  const SecurityGroupId group = resolved(*event_, edit.group);
  const std::string prefix = prefix_of(*event_, group);
  book_.close_all(prefix, touch_, EndKind::Deleted);
  book_.close("group/" + group.text(), subject(SubjectKind::Group, group.text()), touch_,
              EndKind::Deleted);
  for (auto at = rule_ids_.lower_bound(prefix);
       at != rule_ids_.end() && at->first.starts_with(prefix);) {
    rules_.erase(at->second);
    at = rule_ids_.erase(at);
  }
  change(ResourceRemoved{AnyId(group)});
}

}  // namespace portolan::events
