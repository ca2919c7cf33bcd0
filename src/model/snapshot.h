#pragma once

#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "core/flat_tuple.h"
#include "model/gap.h"
#include "model/resources.h"
#include "model/table.h"

namespace portolan {

/// The rows that a snapshot is made of, filled by the decoder (or a test) and then frozen.
struct Inventory {
  template <class Resource>
  using RowsOf = std::vector<Resource>;

  ForEachResource<FlatTuple, RowsOf> tables;
  std::vector<GroupMention> mentions;
  Coverage coverage;
  std::vector<Gap> gaps;

  template <class Resource>
  std::vector<Resource>& of() {
    return tables.template get<std::vector<Resource>>();
  }
};

/// What exists, and what is not known about it: an immutable value. Copies share their rows, so a
/// copy costs next to nothing, and an edited one a few microseconds. A row that is not edited keeps
/// its address from snapshot to snapshot, and lives as long as one of them.
///
/// Example:
///     const Subnet* subnet = snapshot.find(eni.subnet);
///     for (const SecurityGroup& group : snapshot.all<SecurityGroup>()) { … }
class Snapshot {
 public:
  Snapshot();
  explicit Snapshot(Inventory inventory);
  Snapshot(const Snapshot&);
  Snapshot(Snapshot&&) noexcept;
  Snapshot& operator=(const Snapshot&);
  Snapshot& operator=(Snapshot&&) noexcept;
  ~Snapshot();

  /// By id. A view into the snapshot.
  template <class Resource>
  [[nodiscard]] Rows<Resource> all() const {
    return table<Resource>().rows();
  }
  /// Null if the resource is not in the snapshot (which is not the same as: does not exist).
  template <class Resource>
  [[nodiscard]] const Resource* find(const Id<Resource>& id) const {
    return table<Resource>().find(id.value);
  }
  /// The same, with its shared ownership, for what outlives the snapshot.
  template <class Resource>
  [[nodiscard]] std::shared_ptr<const Resource> shared(const Id<Resource>& id) const {
    return table<Resource>().shared(id.value);
  }

  /// A snapshot that has `row` as well, in the place of the one with its id if there is one. What
  /// nobody else has is edited in place: `snapshot = std::move(snapshot).with(row)` for many edits.
  template <class Resource>
  [[nodiscard]] Snapshot with(std::shared_ptr<const Resource> row) const& {
    return Snapshot(*this).with(std::move(row));
  }
  template <class Resource>
  [[nodiscard]] Snapshot with(std::shared_ptr<const Resource> row) && {
    tables_.template get<Table<Resource>>().set(std::move(row));
    return std::move(*this);
  }
  /// A snapshot without that resource, whether it has it or not.
  template <class Resource>
  [[nodiscard]] Snapshot without(const Id<Resource>& id) const& {
    return Snapshot(*this).without(id);
  }
  template <class Resource>
  [[nodiscard]] Snapshot without(const Id<Resource>& id) && {
    tables_.template get<Table<Resource>>().erase(id.value);
    return std::move(*this);
  }

  /// The same rows, and beside them what `other` knows: mentions, coverage, gaps.
  [[nodiscard]] Snapshot knowing_what(const Snapshot& other) &&;

  /// Places where group ids stand outside rules and interfaces, sorted by group.
  [[nodiscard]] std::span<const GroupMention> mentions() const { return knowledge().mentions; }
  [[nodiscard]] const Coverage& coverage() const { return knowledge().coverage; }
  /// What is known to be missing, sorted.
  [[nodiscard]] std::span<const Gap> gaps() const { return knowledge().gaps; }

 private:
  template <class Resource>
  using TableOf = Table<Resource>;

  /// What the documents tell beside the resources.
  struct Knowledge {
    std::vector<GroupMention> mentions;
    Coverage coverage;
    std::vector<Gap> gaps;
  };

  template <class Resource>
  [[nodiscard]] const Table<Resource>& table() const {
    return tables_.template get<Table<Resource>>();
  }
  [[nodiscard]] const Knowledge& knowledge() const;

  ForEachResource<FlatTuple, TableOf> tables_;
  std::shared_ptr<const Knowledge> knowledge_;  // shared by copies; null: nothing
};

}  // namespace portolan
