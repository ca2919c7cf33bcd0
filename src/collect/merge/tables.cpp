#include <algorithm>
#include <numeric>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

#include "collect/merge/members.h"
#include "collect/merge/merge.h"
#include "collect/merge/sorted_by_id.h"

namespace portolan::collect {

namespace {

template <class Row>
using Pointers = std::vector<Found<Row>*>;

/// True if a document that has the value may simply not tell the member.
template <class Row, class Value>
bool is_absent(const Value& value, const Value& default_value) {
  if constexpr (std::is_arithmetic_v<Value> || std::is_enum_v<Value>) {
    return kIsToldInParts<Row> && value == default_value;
  } else {
    return value == default_value;
  }
}

template <class Row>
std::vector<Found<Row>> gather(Merge& merge) {
  std::vector<Found<Row>> all;
  std::size_t size = 0;
  for (Harvest& harvest : merge.harvests) {
    size += harvest.rows<Row>().size();
  }
  for (Harvest& harvest : merge.harvests) {
    auto& rows = harvest.rows<Row>();
    if (all.empty() && rows.size() == size) {
      return std::move(rows);
    }
    all.reserve(size);
    all.insert(all.end(), std::make_move_iterator(rows.begin()),
               std::make_move_iterator(rows.end()));
    rows = {};
  }
  return all;
}

/// Takes over what a side of a peering does not tell.
void complete(PeeringSide& side, const PeeringSide& other) {
  side.account = side.account.known() ? side.account : other.account;
  side.region = side.region.known() ? side.region : other.region;
  side.vpc = side.vpc.empty() ? other.vpc : side.vpc;
  side.cidrs = side.cidrs.empty() ? other.cidrs : side.cidrs;
}

void complete(MetadataOptions& options, const MetadataOptions& other) {
  const auto take = [](auto& mine, const auto& theirs) { mine = mine ? mine : theirs; };
  take(options.endpoint_enabled, other.endpoint_enabled);
  take(options.tokens_required, other.tokens_required);
  take(options.hop_limit, other.hop_limit);
}

/// Completes members that have members themselves, each view by the other.
void complete_both(VpcPeering& mine, VpcPeering& theirs) {
  complete(mine.requester, theirs.requester);
  complete(mine.accepter, theirs.accepter);
  complete(theirs.requester, mine.requester);
  complete(theirs.accepter, mine.accepter);
}

void complete_both(Instance& mine, Instance& theirs) {
  complete(mine.metadata, theirs.metadata);
  complete(theirs.metadata, mine.metadata);
}

template <class Row>
void complete_both(Row&, Row&) {}

/// Merges what several documents say of one resource.
template <class Row>
class Duplicates {
 public:
  Duplicates(Merge& merge, std::span<Found<Row>*> rows) : merge_(&merge), rows_(rows) {}

  /// The resource, best told: the view of its owner, completed by the others.
  Row merged() {
    std::sort(rows_.begin(), rows_.end(), [this](const Found<Row>* a, const Found<Row>* b) {
      if (is_owners(*a) != is_owners(*b)) {
        return is_owners(*a);
      }
      return a->row != b->row ? a->row < b->row : a->origin.document < b->origin.document;
    });
    best_ = rows_[0];
    for (Found<Row>* other : rows_.subspan(1)) {
      if (!(other->row == best_->row)) {
        add(*other);
      }
    }
    return std::move(best_->row);
  }

 private:
  [[nodiscard]] bool is_owners(const Found<Row>& found) const {
    return found.row.owned.account == merge_->listings[found.origin.document].account;
  }

  void add(Found<Row>& other) {
    Owned& owned = best_->row.owned;
    if (!owned.account.known()) {
      owned.account = other.row.owned.account;
    }
    if (!owned.region.known()) {
      owned.region = other.row.owned.region;
    }
    if (owned.tags.empty()) {  // each account tags a shared resource for itself
      owned.tags = std::move(other.row.owned.tags);
    }
    complete_both(best_->row, other.row);
    std::apply([&](const auto&... member) { (add_member(other, member), ...); },
               MembersOf<Row>::kList);
  }

  template <class Value>
  void add_member(Found<Row>& other, const NamedMember<Row, Value>& member) {
    static const Row kDefault{};
    Value& mine = best_->row.*member.pointer;
    Value& theirs = other.row.*member.pointer;
    const Value& absent = kDefault.*member.pointer;
    if (mine == theirs || is_absent<Row, Value>(theirs, absent)) {
      return;
    }
    if (is_absent<Row, Value>(mine, absent)) {
      mine = std::move(theirs);
    } else if (is_contradiction(other, member.name)) {
      report(other, member.name);
    }
  }

  /// Names of zones are each account's own: those of a participant say nothing against the
  /// owner's.
  [[nodiscard]] bool is_contradiction(const Found<Row>& other, std::string_view member) const {
    return member != "zone" || is_owners(*best_) == is_owners(other);
  }

  void report(const Found<Row>& other, std::string_view member) {
    const std::string& id = best_->row.id.value;
    merge_->warn("contradiction",
                 fmt::format("`{}` differs from what {} says, which is believed", member,
                             merge_->paths[best_->origin.document]),
                 merge_->paths[other.origin.document], id);
    merge_->gap("contradiction", id, "two documents describe it differently");
  }

  Merge* merge_;
  std::span<Found<Row>*> rows_;
  Found<Row>* best_ = nullptr;
};

template <class Row>
void merge_table(Merge& merge) {
  std::vector<Found<Row>> all = gather<Row>(merge);
  Pointers<Row> sorted = sorted_by_id(
      all, [](const Found<Row>& found) -> const std::string& { return found.row.id.value; });
  std::vector<Row>& rows = merge.inventory.of<Row>();
  rows.reserve(all.size());
  for (std::size_t first = 0; first < sorted.size();) {
    std::size_t last = first + 1;
    while (last < sorted.size() && sorted[last]->row.id == sorted[first]->row.id) {
      ++last;
    }
    if (last - first == 1) {
      rows.push_back(std::move(sorted[first]->row));
    } else {
      rows.push_back(
          Duplicates<Row>(merge, std::span(sorted).subspan(first, last - first)).merged());
    }
    first = last;
  }
}

template <class... Rows>
void merge_all(Merge& merge, FlatTuple<std::vector<Rows>...>&) {
  (merge_table<Rows>(merge), ...);
}

}  // namespace

void merge_tables(Merge& merge) { merge_all(merge, merge.inventory.tables); }

}  // namespace portolan::collect
