#include "model/row_changes.h"

#include <algorithm>

namespace portolan {

namespace {

template <class Resource>
void compare_table(const Snapshot& before, const Snapshot& after,
                   std::vector<RowChange<Resource>>& changes) {
  for_each_difference(before.all<Resource>(), after.all<Resource>(),
                      [&](const auto& old_row, const auto& new_row) {
                        changes.push_back({.before = old_row, .after = new_row});
                      });
}

bool is_known_alike(const Snapshot& a, const Snapshot& b) {
  return a.coverage() == b.coverage() && std::ranges::equal(a.gaps(), b.gaps());
}

}  // namespace

bool RowChanges::empty() const {
  return !is_known_differently &&
         rows.apply([](const auto&... changes) { return (changes.empty() && ...); });
}

RowChanges compare(const Snapshot& before, const Snapshot& after) {
  RowChanges changes;
  changes.rows.apply([&](auto&... tables) { (compare_table(before, after, tables), ...); });
  changes.is_known_differently = !is_known_alike(before, after);
  return changes;
}

}  // namespace portolan
