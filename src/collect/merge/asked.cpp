#include <map>
#include <set>

#include <fmt/format.h>

#include "collect/aws/calls.h"
#include "collect/aws/namers.h"
#include "collect/merge/merge.h"
#include "collect/merge/place_of_path.h"

namespace portolan::collect {

namespace {

/// What was asked, as far as anything tells; what came of it is told elsewhere.
using Asked = std::map<Place, aws::Commands>;

/// Documents that are named after calls, as those of `portolan collect` are. An answer that broke
/// off is none.
void note_names(const Merge& merge, Asked& asked) {
  for (std::size_t i = 0; i < merge.harvests.size(); ++i) {
    const aws::Call* call =
        merge.harvests[i].is_whole ? aws::call_of_file(merge.paths[i]) : nullptr;
    if (call != nullptr) {
      const AccountId account = account_of_path(merge.paths[i]);
      const Region region = region_of_path(merge.paths[i]);
      asked[{account.known() ? account : merge.listings[i].account,
             region.known() ? region : merge.listings[i].region}]
          .insert(aws::command_of(*call));
    }
  }
}

void note_manifests(const Merge& merge, Asked& asked) {
  for (const Harvest& harvest : merge.harvests) {
    for (const AskedCall& call : harvest.asked) {
      asked[{call.account, call.region}].insert(call.command);
    }
  }
}

/// As of coverage: what was asked nobody knows where stands for everywhere.
aws::Commands asked_at(const Asked& asked, const Place& place) {
  aws::Commands commands;
  for (const Place& each : std::set<Place>{
           place, {AccountId{}, place.second}, {place.first, Region{}}, {AccountId{}, Region{}}}) {
    if (const auto found = asked.find(each); found != asked.end()) {
      commands.insert(found->second.begin(), found->second.end());
    }
  }
  return commands;
}

}  // namespace

void note_unasked(Merge& merge, const std::set<Place>& places) {
  Asked asked;
  note_names(merge, asked);
  note_manifests(merge, asked);
  for (const Place& place : places) {
    const std::set<std::string> unasked = aws::unasked_namers(asked_at(asked, place));
    if (!unasked.empty()) {
      merge.inventory.coverage.set_unasked(place.first, place.second,
                                           fmt::format("{}", fmt::join(unasked, ", ")));
    }
  }
}

}  // namespace portolan::collect
