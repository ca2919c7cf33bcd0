#pragma once

#include <memory>
#include <vector>

#include "model/snapshot.h"

namespace portolan {

/// One resource before and after. `before` is null if it is new, `after` if it is gone; never both.
template <class Resource>
struct RowChange {
  std::shared_ptr<const Resource> before;  // shared with the snapshots
  std::shared_ptr<const Resource> after;
};

/// What differs between two snapshots, resource by resource.
///
/// Example:
///     for (const RowChange<SecurityGroup>& change : changes.of<SecurityGroup>()) { … }
struct RowChanges {
  template <class Resource>
  using ChangesOf = std::vector<RowChange<Resource>>;

  ForEachResource<FlatTuple, ChangesOf> rows;  // each sorted by id
  bool is_known_differently = false;           // coverage or gaps differ

  template <class Resource>
  [[nodiscard]] const std::vector<RowChange<Resource>>& of() const {
    return rows.template get<std::vector<RowChange<Resource>>>();
  }
  template <class Resource>
  [[nodiscard]] std::vector<RowChange<Resource>>& of() {
    return rows.template get<std::vector<RowChange<Resource>>>();
  }
  [[nodiscard]] bool empty() const;
};

/// Cost: linear in what the two do not share.
RowChanges compare(const Snapshot& before, const Snapshot& after);

}  // namespace portolan
