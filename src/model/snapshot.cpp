#include "model/snapshot.h"

#include <algorithm>

namespace portolan {

namespace {

template <class Tables, class Rows>
void freeze(Tables& tables, Rows& rows) {
  std::apply(
      [&](auto&... table) {
        ((table = std::remove_reference_t<decltype(table)>(std::move(
              std::get<std::vector<std::remove_cvref_t<decltype(table.rows()[0])>>>(rows)))),
         ...);
      },
      tables);
}

}  // namespace

Snapshot::Snapshot(Inventory inventory)
    : mentions_(std::move(inventory.mentions)),
      coverage_(std::move(inventory.coverage)),
      gaps_(std::move(inventory.gaps)) {
  freeze(tables_, inventory.tables);
  std::sort(mentions_.begin(), mentions_.end());
  mentions_.erase(std::unique(mentions_.begin(), mentions_.end()), mentions_.end());
  std::sort(gaps_.begin(), gaps_.end());
  gaps_.erase(std::unique(gaps_.begin(), gaps_.end()), gaps_.end());
}

}  // namespace portolan
