#include "model/snapshot.h"

#include <algorithm>

namespace portolan {

namespace {

template <class Value>
void sort_unique(std::vector<Value>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

template <class... Resources>
void freeze(FlatTuple<Table<Resources>...>& tables, Inventory& inventory) {
  ((tables.template get<Table<Resources>>() =
        Table<Resources>(std::move(inventory.of<Resources>()))),
   ...);
}

}  // namespace

// Not in the header: each file would make all tables anew.
Snapshot::Snapshot() = default;
Snapshot::Snapshot(const Snapshot&) = default;
Snapshot::Snapshot(Snapshot&&) noexcept = default;
Snapshot& Snapshot::operator=(const Snapshot&) = default;
Snapshot& Snapshot::operator=(Snapshot&&) noexcept = default;
Snapshot::~Snapshot() = default;

Snapshot::Snapshot(Inventory inventory) {
  freeze(tables_, inventory);
  sort_unique(inventory.mentions);
  sort_unique(inventory.gaps);
  knowledge_ = std::make_shared<const Knowledge>(Knowledge{
      .mentions = std::move(inventory.mentions),
      .coverage = std::move(inventory.coverage),
      .gaps = std::move(inventory.gaps),
  });
}

Snapshot Snapshot::knowing_what(const Snapshot& other) && {
  knowledge_ = other.knowledge_;
  return std::move(*this);
}

const Snapshot::Knowledge& Snapshot::knowledge() const {
  static const Knowledge kNothing;
  return knowledge_ == nullptr ? kNothing : *knowledge_;
}

}  // namespace portolan
