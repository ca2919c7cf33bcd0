#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "checks/trail_exposure.h"
#include "core/text.h"

/// What was open for a short time only.
namespace portolan::checks {

namespace {

using events::EndKind;
using events::Interval;
using events::ShortOpening;
using events::SubjectKind;

/// What a short opening of each kind is told as.
struct Kind {
  SubjectKind kind;
  std::string_view check;
  Risk risk;
  std::string_view noun;
};

constexpr std::array kKinds = {
    Kind{SubjectKind::AclEntry, "nacl-short-lived-allow", Risk::Medium, "NACL entry"},
    Kind{SubjectKind::PrefixListEntry, "prefix-list-short-lived-entry", Risk::Medium,
         "prefix list entry"},
    Kind{SubjectKind::Route, "route-short-lived", Risk::Low, "route"},
    Kind{SubjectKind::PublicAddress, "address-short-lived", Risk::Medium, "public address"},
    Kind{SubjectKind::PublicAccess, "bpa-short-lived-off", Risk::High, "block on public access"},
    Kind{SubjectKind::Switch, "switch-short-lived-public", Risk::High, "switch"},
};

std::string_view end_text(EndKind end) {
  switch (end) {
    case EndKind::Revoked:
      return "closed";
    case EndKind::Modified:
      return "narrowed or replaced";
    case EndKind::Deleted:
      return "closed by deletion";
    case EndKind::Open:
    case EndKind::Unseen:
      return "closed unseen";
  }
  return "";
}

/// Whom it was opened and closed by, when, and what proves it.
void fill_ends(const Interval& interval, Detection& made) {
  if (interval.opened) {
    made.opened_at = interval.opened->time;
    made.actor = interval.opened->actor;
    made.event_ids.push_back(interval.opened->event_id);
  }
  if (interval.closed) {
    made.closed_at = interval.closed->time;
    made.closer = interval.closed->actor;
    made.event_ids.push_back(interval.closed->event_id);
  }
}

/// The peer to tell of, where ModifySecurityGroupRules cut a rule into pieces.
std::string peer_of(const Interval& interval) {
  return interval.whole_peer.empty() ? interval.subject.peer : interval.whole_peer;
}

Risk rule_risk(const ShortOpening& opening, std::string_view exposure) {
  if (exposure == "internet") {
    return opening.is_sensitive ? Risk::High : Risk::Medium;
  }
  if (exposure == "public") {
    return opening.is_sensitive ? Risk::Medium : Risk::Low;
  }
  return Risk::Low;
}

Detection of_rule(const ShortOpening& opening) {
  const Interval& interval = opening.interval;
  const bool is_egress = interval.subject.is_egress.value_or(false);
  Detection made =
      about(is_egress ? "sg-short-lived-egress" : "sg-short-lived-open", interval.subject);
  made.peer = peer_of(interval);
  made.exposure = exposure_of(made.peer);
  made.risk = is_egress ? Risk::Low : rule_risk(opening, made.exposure);
  fill_ends(interval, made);
  made.message = fmt::format("{} {} {} stood open for {}, then it was {}", made.ports,
                             is_egress ? "to" : "from", made.peer, length_text(opening.length_s),
                             end_text(interval.end));
  if (opening.has_other_closer) {
    made.risk = is_egress ? made.risk : graded(made.risk, 1);
    made.message += " by another than who opened it";
  }
  if (opening.is_whole_group) {
    made.message += "; the group was made and deleted meanwhile";
  }
  return made;
}

Detection of_kind(const ShortOpening& opening, const Kind& kind,
                  const std::map<std::string, std::set<std::string>>& users) {
  const Interval& interval = opening.interval;
  Detection made = about(kind.check, interval.subject);
  made.exposure = kind.kind == SubjectKind::PublicAddress ||
                          kind.kind == SubjectKind::PublicAccess || kind.kind == SubjectKind::Switch
                      ? "internet"
                      : made.exposure;
  made.risk = kind.risk;
  fill_ends(interval, made);
  if (const auto groups = users.find(made.resource);
      kind.kind == SubjectKind::PrefixListEntry && groups != users.end()) {
    made.affected.assign(groups->second.begin(), groups->second.end());
  }
  const bool is_wide = kind.kind == SubjectKind::PrefixListEntry ? made.exposure == "internet"
                                                                 : opening.is_sensitive;
  made.risk = made.exposure == "internet" && is_wide ? graded(made.risk, 1) : made.risk;
  const std::string what = made.peer.empty() ? interval.subject.detail : made.peer;
  made.message = fmt::format("{} {} was open for {}, then it was {}{}", kind.noun, what,
                             length_text(opening.length_s), end_text(interval.end),
                             opening.has_other_closer ? " by another than who opened it" : "");
  made.risk = opening.has_other_closer ? graded(made.risk, 1) : made.risk;
  return made;
}

/// What happened to a group while it lived.
struct GroupLife {
  bool was_attached = false;
  bool was_open = false;  // ingress
  bool was_world_open = false;
};

std::map<std::string, GroupLife> lives(const events::Timeline& timeline) {
  std::map<std::string, GroupLife> all;
  for (const events::Step& step : timeline.steps) {
    if (step.opens && step.subject.kind == SubjectKind::Membership &&
        timeline.events[step.event].took_effect()) {
      all[step.subject.peer].was_attached = true;
    }
  }
  for (const Interval& each : timeline.intervals) {
    if (each.subject.kind == SubjectKind::Rule && !each.subject.is_egress.value_or(false)) {
      GroupLife& life = all[each.subject.resource];
      life.was_open = true;
      life.was_world_open |= exposure_of(peer_of(each)) == "internet";
    }
  }
  return all;
}

void detect_groups(const events::Timeline& timeline, const TrailOptions& options,
                   Detections& found) {
  const auto all = lives(timeline);
  for (const Interval& each : timeline.intervals) {
    const auto length = each.length_s();
    if (each.subject.kind != SubjectKind::Group || !length || *length > options.longest_s) {
      continue;
    }
    const auto life = all.find(each.subject.resource);
    const GroupLife told = life == all.end() ? GroupLife{} : life->second;
    Detection made = about("sg-short-lived-group", each.subject);
    made.exposure = told.was_world_open ? "internet" : told.was_open ? "private" : "unknown";
    made.risk = told.was_world_open || (told.was_open && told.was_attached) ? Risk::High
                : told.was_open                                             ? Risk::Medium
                                                                            : Risk::Low;
    fill_ends(each, made);
    made.message = fmt::format(
        "group `{}` lived for {}{}{}{}", printable(each.subject.detail), length_text(*length),
        told.was_world_open ? ", was open to the internet"
        : told.was_open     ? ", let something in"
                            : ", let nothing in",
        told.was_attached ? " and was attached" : "",
        each.opened->principal != each.closed->principal ? "; another than its maker deleted it"
                                                         : "");
    found.push_back(std::move(made));
  }
}

}  // namespace

void detect_short_openings(const events::Timeline& timeline, const TrailOptions& options,
                           Detections& found) {
  std::map<std::string, std::set<std::string>> users;  // of prefix lists
  for (const events::Step& step : timeline.steps) {
    users[step.subject.resource].insert(step.affects.begin(), step.affects.end());
  }
  // Pieces of one rule are told once.
  std::set<std::tuple<std::string, std::string, std::string, std::string, std::string, bool>> told;
  for (const ShortOpening& opening :
       events::short_openings(timeline, {.longest_s = options.longest_s})) {
    const events::Subject& subject = opening.interval.subject;
    if (subject.kind == SubjectKind::Rule) {
      const bool is_new =
          told.emplace(subject.resource, subject.services ? subject.services->text() : "",
                       peer_of(opening.interval), opening.interval.opened->event_id,
                       opening.interval.closed->event_id, subject.is_egress.value_or(false))
              .second;
      if (is_new) {
        found.push_back(of_rule(opening));
      }
      continue;
    }
    const auto kind = std::find_if(kKinds.begin(), kKinds.end(),
                                   [&](const Kind& each) { return each.kind == subject.kind; });
    if (kind != kKinds.end()) {
      found.push_back(of_kind(opening, *kind, users));
    }
  }
  detect_groups(timeline, options, found);
}

}  // namespace portolan::checks
