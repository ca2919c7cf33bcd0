#include "checks/places.h"

#include <set>
#include <utility>

#include "checks/collected.h"
#include "checks/finding_text.h"
#include "checks/missing.h"

namespace portolan::checks {

std::vector<Owned> places_of(const Snapshot& snapshot) {
  std::set<std::pair<AccountId, Region>> places;
  for (const Vpc& vpc : snapshot.all<Vpc>()) {
    places.emplace(vpc.owned.account, vpc.owned.region);
  }
  std::vector<Owned> all;
  for (const auto& [account, region] : places) {
    all.push_back({.account = account, .region = region, .tags = {}});
  }
  return all;
}

void ask_places(const Context& context, const Wanted& wanted, std::vector<Finding>& findings) {
  for (const Owned& place : places_of(context.snapshot())) {
    std::vector<std::string> gaps;
    for (const Noun noun : wanted.nouns) {
      if (is_missing(context, noun, place)) {
        gaps.push_back(not_collected(noun, place));
      }
    }
    if (!gaps.empty()) {
      findings.push_back(unknown(about(wanted.check, place_id(place), place), wanted.risk,
                                 std::string(wanted.unsaid), std::move(gaps)));
    }
  }
}

}  // namespace portolan::checks
