#include <algorithm>
#include <optional>
#include <utility>

#include "collect/merge/attribution.h"

namespace portolan::collect {

namespace {

void join_listings(Merge& merge) {
  for (const auto& [holder, part, origin] : take_parts<TrailListing>(merge)) {
    Trail* trail = find_row(merge.inventory.of<Trail>(), holder);
    const AccountId& account = merge.listings[origin.document].account;
    if (trail != nullptr && account.known()) {
      trail->listed_by.push_back(account);
    }
  }
  for (Trail& trail : merge.inventory.of<Trail>()) {
    auto& accounts = trail.listed_by;
    std::sort(accounts.begin(), accounts.end());
    accounts.erase(std::unique(accounts.begin(), accounts.end()), accounts.end());
  }
}

bool is_told_in(const Trail& trail, const Listing& listing) {
  return trail.owned.account == listing.account ||
         std::binary_search(trail.listed_by.begin(), trail.listed_by.end(), listing.account);
}

/// Gives each trail what answers about trails told of it, in its `member`.
template <class Part, class Value>
void join(Merge& merge, std::string_view call, const Value Part::*told,
          std::optional<bool> Trail::*member) {
  auto& trails = merge.inventory.of<Trail>();
  auto parts = take_parts<Part>(merge);
  PathNames names;
  for (const Trail& trail : trails) {
    names.add(trail.id.value, trail.trail_name);
  }
  Attribution<Part>{
      .merge = merge,
      .parts = parts,
      .names = names,
      .call = call,
      .resources = trails.size(),
      .candidates =
          [&](const Loose<Part>& part, const Holders& holders) {
            std::vector<std::string> ids;
            for (const Trail& trail : trails) {
              if (!holders.contains(trail.id.value) &&
                  is_told_in(trail, merge.listings[part.origin.document])) {
                ids.push_back(trail.id.value);
              }
            }
            return ids;
          },
      .fits = [](const Loose<Part>&, const std::string&) { return true; },
  }
      .run();
  for (const auto& [holder, part, origin] : parts) {
    if (Trail* trail = find_row(trails, holder); trail != nullptr) {
      trail->*member = part.*told;
    }
  }
}

}  // namespace

void join_trails(Merge& merge) {
  join_listings(merge);
  join(merge, call_of(Noun::TrailStatus), &TrailStatusPart::is_logging, &Trail::is_logging);
  join(merge, call_of(Noun::EventSelectors), &SelectorsPart::records_changes,
       &Trail::records_changes);
}

}  // namespace portolan::collect
