#include <fmt/format.h>

#include "checks/trail_exposure.h"
#include "core/text.h"

/// What is unusual for who does it: how much at a time, and that they do it at all.
namespace portolan::checks {

namespace {

/// Newcomers are told of where fewer than one in so many is new.
constexpr double kRare = 0.01;

Detection about_set(std::string_view check, const events::ChangeSet& set) {
  Detection made;
  made.check = check;
  made.account = AccountId::parse(set.account).value_or(AccountId{});
  made.resource = set.principal;
  made.opened_at = set.first;
  made.actor = set.actor;
  made.exposure = "unknown";
  made.event_ids = set.event_ids;
  return made;
}

}  // namespace

void detect_unusual(const events::Timeline& timeline, const TrailOptions& options,
                    Detections& found) {
  events::RateModel rates({.alarms_per_week = options.alarms_per_week});
  events::FirstSeen principals;
  for (const events::ChangeSet& set : events::change_sets(timeline.events)) {
    if (const auto alarm = rates.add(set.account + "/" + set.principal, set.first)) {
      Detection made = about_set("sg-change-rate-anomaly", set);
      made.message = alarm->sentence;
      found.push_back(std::move(made));
    }
    const auto chance = principals.add(set.account, set.principal);
    if (chance && *chance < kRare) {
      Detection made = about_set("sg-change-unusual-actor", set);
      made.message = fmt::format(
          "the first change of the network by this principal in the account, where the chance that "
          "the next one comes from somebody new is {:.1g}",
          *chance);
      found.push_back(std::move(made));
    }
  }
}

}  // namespace portolan::checks
