#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "checks/openings.h"
#include "checks/trail_exposure.h"

/// What somebody opened by hand to people outside, and nobody closed.
namespace portolan::checks {

namespace {

using events::Event;
using events::Interval;

enum class Hand { Person, Unknown, Program };

/// Who is behind a call. What a client says of itself (`userAgent`) proves nothing.
/// SOURCE: CloudTrail user guide, "CloudTrail userIdentity element"; IAM Identity Center guide,
/// "Referencing permission sets in resource policies" (names of its roles).
Hand hand_of(const Event& event) {
  const events::Actor& actor = event.actor;
  if (!actor.invoked_by.empty() || actor.type == "AWSService") {
    return Hand::Program;
  }
  const bool is_person = actor.type == "IAMUser" || actor.type == "Root" ||
                         actor.type == "SAMLUser" || actor.type == "IdentityCenterUser" ||
                         actor.principal.find("/AWSReservedSSO_") != std::string::npos;
  return is_person ? Hand::Person : Hand::Unknown;
}

/// Open to strangers from outside, on a port that is not meant for them.
bool is_meant(const Interval& interval, const TrailOptions& options) {
  const events::Subject& subject = interval.subject;
  const std::string exposure = exposure_of(subject.peer);
  return subject.kind == events::SubjectKind::Rule && !subject.is_egress.value_or(false) &&
         !interval.is_implied && interval.opened && interval.end == events::EndKind::Open &&
         (exposure == "internet" || exposure == "public") &&
         !(subject.services && options.public_services.contains(*subject.services));
}

}  // namespace

void detect_left_open(const events::Timeline& timeline, const TrailOptions& options,
                      Detections& found) {
  std::map<std::string, const Event*> openers;
  for (const Interval& interval : timeline.intervals) {
    if (is_meant(interval, options)) {
      openers[interval.opened->event_id] = nullptr;
    }
  }
  for (const Event& event : timeline.events) {
    if (const auto opener = openers.find(event.id); opener != openers.end()) {
      opener->second = &event;
    }
  }
  for (const Interval& interval : timeline.intervals) {
    if (!is_meant(interval, options)) {
      continue;
    }
    const Hand hand = hand_of(*openers.at(interval.opened->event_id));
    const std::int64_t length =
        timeline.events.back().time.seconds() - interval.opened->time.seconds();
    const auto is_there =
        options.is_there ? options.is_there(interval.subject) : std::optional<bool>();
    if (hand == Hand::Program || length < options.left_open_s || is_there == false) {
      continue;
    }
    Detection made = about("sg-temporary-open-not-closed", interval.subject);
    made.risk = hand == Hand::Person ? Risk::Medium : Risk::Low;
    made.opened_at = interval.opened->time;
    made.actor = interval.opened->actor;
    made.event_ids = {interval.opened->event_id};
    made.message =
        fmt::format("{} was opened to {} by {}; no close is in the {} of logs after it{}",
                    made.ports, made.peer, hand == Hand::Person ? "hand" : "a role, whoever had it",
                    length_text(length), is_there ? ", and it is there still" : "");
    found.push_back(std::move(made));
  }
}

std::optional<bool> has_rule(const Snapshot& snapshot, const events::Subject& subject) {
  const SecurityGroup* group = snapshot.find(SecurityGroupId{subject.resource});
  if (group == nullptr) {
    return std::nullopt;
  }
  return std::any_of(group->rules.begin(), group->rules.end(), [&](const auto& rule) {
    return rule.is_egress == subject.is_egress.value_or(false) &&
           peer_text(rule.peer) == subject.peer &&
           (!subject.services || rule.services.contains(*subject.services));
  });
}

}  // namespace portolan::checks
