#include "model/change.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/assert.h"
#include "core/text.h"
#include "model/edit.h"

namespace portolan {

namespace {

/// A snapshot on which changes are made, and what they touched.
class Workbench {
 public:
  explicit Workbench(const Snapshot& before) : before_(before), now_(before) {}

  Result<void> operator()(const RuleAdded& change) { return edit_row(change.group, change); }
  Result<void> operator()(const RuleRemoved& change) { return edit_row(change.group, change); }
  Result<void> operator()(const RuleModified& change) { return edit_row(change.group, change); }
  Result<void> operator()(const GroupAttached& change) {
    return edit_row(change.interface, change);
  }
  Result<void> operator()(const GroupDetached& change) {
    return edit_row(change.interface, change);
  }
  Result<void> operator()(const PublicAddressSet& change) {
    return edit_row(change.interface, change);
  }
  Result<void> operator()(const AclEntrySet& change) { return edit_row(change.acl, change); }
  Result<void> operator()(const AclEntryRemoved& change) { return edit_row(change.acl, change); }
  Result<void> operator()(const RouteSet& change) { return edit_row(change.table, change); }
  Result<void> operator()(const RouteRemoved& change) { return edit_row(change.table, change); }
  Result<void> operator()(const PrefixListEntrySet& change) {
    return edit_row(change.list, change);
  }
  Result<void> operator()(const PrefixListEntryRemoved& change) {
    return edit_row(change.list, change);
  }
  Result<void> operator()(const PeeringSet& change) { return edit_row(change.peering, change); }

  Result<void> operator()(const PublicAccessBlockSet& change) {
    const BlockPublicAccessId id{change.account.text() + "/" + change.region.text()};
    const BlockPublicAccess* known = now_.find(id);
    BlockPublicAccess row = known == nullptr ? BlockPublicAccess{} : *known;
    if (known == nullptr) {
      row.id = id;
      row.owned.account = change.account;
      row.owned.region = change.region;
    }
    row.mode = change.mode;
    set(std::make_shared<const BlockPublicAccess>(std::move(row)));
    return {};
  }

  Result<void> operator()(const TagSet& change) {
    const auto id = find_any(now_, change.resource);
    if (!id) {
      return no_such_resource(change.resource);
    }
    id->visit([&](const auto& each) { tag_row(each, change); });
    return {};
  }

  Result<void> operator()(const ResourceSet& change) {
    change.row.visit([&](const auto& row) { set(row); });
    return {};
  }

  Result<void> operator()(const ResourceRemoved& change) {
    return change.id.visit([&](const auto& id) { return remove(id); });
  }

  Applied finish() && {
    Applied applied;
    touched_.apply([&](auto&... ids) { (gather(ids, applied.rows), ...); });
    applied.snapshot = std::move(now_);
    return applied;
  }

 private:
  template <class Resource>
  using IdsOf = std::vector<Id<Resource>>;

  static tl::unexpected<Error> no_such_resource(const std::string& id) {
    return fail("no_such_resource", fmt::format("there is no `{}` in the snapshot", printable(id)));
  }

  template <class Resource>
  void set(std::shared_ptr<const Resource> row) {
    PORTOLAN_ASSERT(row != nullptr);
    touched_.get<IdsOf<Resource>>().push_back(row->id);
    now_ = std::move(now_).with(std::move(row));
  }

  template <class Resource, class Edit>
  Result<void> edit_row(const Id<Resource>& id, const Edit& change) {
    const Resource* known = now_.find(id);
    if (known == nullptr) {
      return no_such_resource(id.value);
    }
    Resource row = *known;
    auto result = edit(row, change);
    if (result) {
      set(std::make_shared<const Resource>(std::move(row)));
    }
    return result;
  }

  template <class Resource>
  void tag_row(const Id<Resource>& id, const TagSet& change) {
    Resource row = *now_.find(id);
    edit(row.owned, change);
    set(std::make_shared<const Resource>(std::move(row)));
  }

  template <class Resource>
  Result<void> remove(const Id<Resource>& id) {
    if (now_.find(id) == nullptr) {
      return no_such_resource(id.value);
    }
    touched_.get<IdsOf<Resource>>().push_back(id);
    now_ = std::move(now_).without(id);
    return {};
  }

  template <class Resource>
  void gather(std::vector<Id<Resource>>& ids, RowChanges& changes) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    for (const Id<Resource>& id : ids) {
      auto before = before_.shared(id);
      auto after = now_.shared(id);
      if (before != nullptr && after != nullptr && *before == *after) {
        now_ = std::move(now_).with(std::move(before));  // an equal row keeps its address
      } else if (before != nullptr || after != nullptr) {
        changes.of<Resource>().push_back({.before = std::move(before), .after = std::move(after)});
      }
    }
  }

  const Snapshot& before_;
  Snapshot now_;
  ForEachResource<FlatTuple, IdsOf> touched_;
};

template <class Resource>
void add_changes(const std::vector<RowChange<Resource>>& rows, std::vector<Change>& changes) {
  for (const RowChange<Resource>& row : rows) {
    if (row.after != nullptr) {
      changes.emplace_back(ResourceSet{.row = row.after});
    } else {
      changes.emplace_back(ResourceRemoved{.id = row.before->id});
    }
  }
}

}  // namespace

Result<Applied> apply_changes(const Snapshot& snapshot, std::span<const Change> changes) {
  Workbench workbench(snapshot);
  for (const Change& change : changes) {
    if (auto result = std::visit(workbench, change); !result) {
      return tl::unexpected<Error>(std::move(result).error());
    }
  }
  return std::move(workbench).finish();
}

std::vector<Change> as_changes(const RowChanges& rows) {
  std::vector<Change> changes;
  rows.rows.apply([&](const auto&... tables) { (add_changes(tables, changes), ...); });
  return changes;
}

std::optional<AnyId> find_any(const Snapshot& snapshot, std::string_view id) {
  std::optional<AnyId> found;
  const auto look = [&](auto wanted) {
    wanted.value = id;
    if (!found && snapshot.find(wanted) != nullptr) {
      found = std::move(wanted);
    }
  };
  std::apply([&](const auto&... ids) { (look(ids), ...); }, ForEachResource<std::tuple, Id>{});
  return found;
}

}  // namespace portolan
