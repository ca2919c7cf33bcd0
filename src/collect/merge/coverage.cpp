#include <map>
#include <set>
#include <tuple>

#include "collect/merge/merge.h"
#include "collect/merge/place_of_path.h"

namespace portolan::collect {

namespace {

using Key = std::tuple<Noun, AccountId, Region>;

/// Pages of one kind for one account and region.
struct Pages {
  bool has_last = false;
  bool is_cut = false;       // a document ended in the middle of the list
  std::size_t document = 0;  // one of those that say that another follows
};

}  // namespace

void fill_coverage(Merge& merge) {
  std::map<Key, Pages> pages;
  for (std::size_t i = 0; i < merge.harvests.size(); ++i) {
    const Listing path{.account = account_of_path(merge.paths[i]),
                       .region = region_of_path(merge.paths[i])};
    for (const NounRead& read : merge.harvests[i].nouns) {
      const auto pick = [](const auto& first, const auto& second, const auto& third) {
        return first.known() ? first : second.known() ? second : third;
      };
      Pages& entry = pages[{read.noun, pick(path.account, read.account, merge.listings[i].account),
                            pick(path.region, read.region, merge.listings[i].region)}];
      entry.has_last |= read.is_last;
      entry.is_cut |= !read.is_whole;
      entry.document = i;
    }
  }
  std::set<Place> with_groups;
  for (const auto& [key, entry] : pages) {
    const auto& [noun, account, region] = key;
    if (noun == Noun::SecurityGroups) {
      with_groups.emplace(account, region);
    }
    if (entry.has_last && !entry.is_cut) {
      merge.inventory.coverage.add(noun, account, region);
    } else if (!entry.has_last) {
      merge.warn("pages_missing", "the answer goes on in a page that is not there",
                 merge.paths[entry.document], std::string(call_of(noun)));
      merge.gap("pages_missing", std::string(call_of(noun)),
                "the answer goes on in a page that is not there");
    }
  }
  note_unasked(merge, with_groups);
}

}  // namespace portolan::collect
