#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "checks/trail_exposure.h"

/// What was opened and stayed open for longer, or is open still.
namespace portolan::checks {

namespace {

using events::Interval;
using events::Step;
using events::SubjectKind;

std::string peer_of(const Interval& interval) {
  return interval.whole_peer.empty() ? interval.subject.peer : interval.whole_peer;
}

/// `, closed after 2 h 3 min`, `; no close is in these logs`.
std::string end_text(const Interval& interval) {
  const auto length = interval.length_s();
  if (length) {
    return fmt::format(", closed after {}", length_text(*length));
  }
  return interval.end == events::EndKind::Unseen ? "; its close is not in these logs"
                                                 : "; no close is in these logs";
}

struct Judged {
  std::string_view check;
  Risk risk = Risk::Medium;
  std::string what;  // of the message
};

std::optional<Judged> judge_rule(const Interval& interval, const TrailOptions& options) {
  const events::Subject& subject = interval.subject;
  const std::string peer = peer_of(interval);
  if (subject.is_egress.value_or(false) || exposure_of(peer) != "internet") {
    return std::nullopt;
  }
  Judged judged{.check = "sg-opened-to-world-event"};
  judged.what =
      fmt::format("{} was opened to {}", subject.services ? subject.services->text() : "", peer);
  if (subject.services && options.public_services.contains(*subject.services)) {
    judged.risk = Risk::Info;
  } else if (!subject.services || subject.services->overlaps(events::sensitive_services())) {
    judged.risk = Risk::High;
  }
  return judged;
}

/// How to tell of what was opened; nothing if it is nothing to tell of.
std::optional<Judged> judge(const Interval& interval, const TrailOptions& options) {
  const events::Subject& subject = interval.subject;
  const bool is_internet = exposure_of(subject.peer) == "internet";
  switch (subject.kind) {
    case SubjectKind::Rule:
      return judge_rule(interval, options);
    case SubjectKind::AclEntry:
      if (is_internet && subject.target == "allow" && !subject.is_egress.value_or(false)) {
        return Judged{"nacl-opened-to-world", Risk::Medium,
                      fmt::format("entry {} allows {}", subject.detail, subject.peer)};
      }
      return std::nullopt;
    case SubjectKind::Route:
      if (is_internet && subject.target.starts_with("igw-")) {
        return Judged{"route-to-internet-added", Risk::Medium,
                      fmt::format("{} leads to {}", subject.peer, subject.target)};
      }
      return std::nullopt;
    case SubjectKind::PublicAddress:
      return Judged{"public-address-associated", Risk::Low,
                    fmt::format("it has the public address {}",
                                subject.peer.empty() ? subject.detail : subject.peer)};
    case SubjectKind::PublicAccess:
      return Judged{"bpa-switched-off", Risk::High, "the block on public access is off"};
    case SubjectKind::Switch:
      if (subject.resource.starts_with("subnet-")) {
        return Judged{"subnet-public-addresses-on", Risk::Medium,
                      fmt::format("`{}` is on", subject.detail)};
      }
      return Judged{"resource-made-public", Risk::High,
                    fmt::format("`{}` makes it public", subject.detail)};
    case SubjectKind::PrefixListEntry:  // told by the step, which knows whom it affects
    case SubjectKind::Group:
    case SubjectKind::Membership:
    case SubjectKind::Other:
      return std::nullopt;
  }
  return std::nullopt;
}

void detect_intervals(const events::Timeline& timeline, const TrailOptions& options,
                      Detections& found) {
  std::set<std::tuple<std::string, std::string, std::string>> told;  // event, resource, what
  for (const Interval& interval : timeline.intervals) {
    const auto length = interval.length_s();
    const bool is_short = length && *length <= options.longest_s;
    if (!interval.opened || is_short || interval.is_implied) {
      continue;
    }
    const auto judged = judge(interval, options);
    if (!judged ||
        !told.emplace(interval.opened->event_id, interval.subject.resource, judged->what).second) {
      continue;
    }
    Detection made = about(judged->check, interval.subject);
    made.risk = judged->risk;
    made.peer = peer_of(interval);
    made.exposure = "internet";
    made.opened_at = interval.opened->time;
    made.actor = interval.opened->actor;
    made.event_ids.push_back(interval.opened->event_id);
    if (interval.closed) {
      made.closed_at = interval.closed->time;
      made.closer = interval.closed->actor;
      made.event_ids.push_back(interval.closed->event_id);
    }
    made.message = judged->what + end_text(interval);
    found.push_back(std::move(made));
  }
}

/// A detection of what one step did.
Detection of_step(std::string_view check, Risk risk, const events::Timeline& timeline,
                  const Step& step) {
  const events::Event& event = timeline.events[step.event];
  Detection made = about(check, step.subject);
  made.risk = risk;
  made.opened_at = event.time;
  made.actor = event.actor.arn.empty() ? event.actor.principal : event.actor.arn;
  made.event_ids.push_back(event.id);
  made.affected = step.affects;
  return made;
}

/// The groups' rules as they are open at a moment.
class OpenRules {
 public:
  OpenRules(const events::Timeline& timeline, const TrailOptions& options)
      : timeline_(timeline), options_(options) {}

  void take(const Step& step, Detections& found) {
    const events::Subject& subject = step.subject;
    switch (subject.kind) {
      case SubjectKind::Rule:
        follow(subject, step.opens);
        break;
      case SubjectKind::Membership:
        if (step.opens) {
          judge_member(step, found);
        }
        break;
      case SubjectKind::PrefixListEntry:
        if (step.opens && exposure_of(subject.peer) == "internet") {
          judge_entry(step, found);
        }
        break;
      case SubjectKind::Other:
        if (timeline_.events[step.event].name == "AssociateSecurityGroupVpc") {
          Detection made = of_step("sg-vpc-associated", Risk::Low, timeline_, step);
          made.exposure = "unknown";
          made.message = fmt::format("its rules count in {} as well", subject.peer);
          found.push_back(std::move(made));
        }
        break;
      case SubjectKind::AclEntry:
      case SubjectKind::Route:
      case SubjectKind::PublicAddress:
      case SubjectKind::PublicAccess:
      case SubjectKind::Switch:
      case SubjectKind::Group:
        break;
    }
  }

 private:
  void follow(const events::Subject& subject, bool opens) {
    if (subject.is_egress.value_or(false)) {
      return;
    }
    const bool is_for_the_record =
        subject.services && options_.public_services.contains(*subject.services);
    const std::string rule =
        fmt::format("{} {}", subject.services ? subject.services->text() : "", subject.peer);
    if (exposure_of(subject.peer) == "internet" && !is_for_the_record) {
      set(world_[subject.resource], rule, opens);
    }
    if (exposure_of(subject.peer) == "group") {
      set(users_[subject.peer], subject.resource + " " + rule, opens);
    }
  }

  static void set(std::set<std::string>& rules, const std::string& rule, bool opens) {
    if (opens) {
      rules.insert(rule);
    } else {
      rules.erase(rule);
    }
  }

  void judge_member(const Step& step, Detections& found) {
    const std::string& group = step.subject.peer;
    const std::string& call = timeline_.events[step.event].name;
    const bool is_new = call.starts_with("Run") || call.starts_with("Create");
    if (const auto rules = world_.find(group); rules != world_.end() && !rules->second.empty()) {
      Detection made = of_step("sg-world-open-group-attached", is_new ? Risk::Low : Risk::Medium,
                               timeline_, step);
      made.exposure = "internet";
      made.affected = {group};
      made.message = fmt::format("it has {} now, which is open to the internet: {}", group,
                                 fmt::join(rules->second, ", "));
      found.push_back(std::move(made));
    }
    if (const auto rules = users_.find(group);
        !is_new && rules != users_.end() && !rules->second.empty()) {
      Detection made = of_step("sg-referenced-group-gained-member", Risk::Low, timeline_, step);
      made.affected.clear();
      for (const std::string& rule : rules->second) {
        made.affected.push_back(rule.substr(0, rule.find(' ')));
      }
      made.message = fmt::format("it has {} now, which rules of other groups let in", group);
      found.push_back(std::move(made));
    }
  }

  void judge_entry(const Step& step, Detections& found) {
    const bool is_used = !step.affects.empty();
    Detection made = of_step("prefix-list-opened-to-world", is_used ? Risk::High : Risk::Medium,
                             timeline_, step);
    made.message =
        is_used ? fmt::format("{} is in the list now, which rules of {} name", made.peer,
                              fmt::join(step.affects, ", "))
                : fmt::format("{} is in the list now; no rule in these logs names it", made.peer);
    found.push_back(std::move(made));
  }

  const events::Timeline& timeline_;
  const TrailOptions& options_;
  std::map<std::string, std::set<std::string>> world_;  // by group: rules open to the internet
  std::map<std::string, std::set<std::string>> users_;  // by group: rules of others that let it in
};

}  // namespace

void detect_openings(const events::Timeline& timeline, const TrailOptions& options,
                     Detections& found) {
  detect_intervals(timeline, options, found);
  std::set<std::pair<std::string, std::string>> short_entries;  // told as short-lived already
  for (const Detection& each : found) {
    if (each.check == "prefix-list-short-lived-entry") {
      short_entries.emplace(each.resource, each.event_ids.front());
    }
  }
  OpenRules rules(timeline, options);
  for (const Step& step : timeline.steps) {
    const events::Event& event = timeline.events[step.event];
    const bool is_told = step.subject.kind == SubjectKind::PrefixListEntry &&
                         short_entries.contains({step.subject.resource, event.id});
    if (event.took_effect() && !is_told) {
      rules.take(step, found);
    }
  }
}

}  // namespace portolan::checks
