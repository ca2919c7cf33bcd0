#pragma once

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collect/collect.h"
#include "collect/decode/harvest.h"

/// Private to the module.
namespace portolan::collect {

/// Whose answers a document holds: the account and region that were asked.
struct Listing {
  AccountId account;
  Region region;
};

/// An account and a region, each unknown where nobody says it.
using Place = std::pair<AccountId, Region>;

/// What the steps of a merge share. Documents are sorted by path, so that nothing depends on the
/// order of input.
struct Merge {
  std::vector<std::string> paths;  // of the documents
  std::vector<Harvest> harvests;
  std::vector<Listing> listings;
  Inventory inventory;
  Diagnostics diagnostics;

  void warn(std::string_view code, std::string message, const std::string& file,
            const std::string& resource);
  void gap(std::string_view code, const std::string& resource, std::string_view message);
};

/// Joins what the documents told into one inventory. Consumes the harvests.
void merge(Merge& merge, const DecodeOptions& options);

// The steps, in their order.

/// owners.cpp: fills `listings`, and the accounts and regions that resources do not tell
/// themselves.
void fill_owners(Merge& merge, const DecodeOptions& options);
/// The ARN that stands for a Classic Load Balancer, to which AWS gives none.
std::string classic_arn(const Owned& owned, std::string_view name);
/// tables.cpp: makes one table of each noun out of those of the documents; reports resources that
/// two documents describe differently.
void merge_tables(Merge& merge);
/// coverage.cpp
void fill_coverage(Merge& merge);
/// asked.cpp: which services that may name a group nobody asked at these places. Of a dump without
/// a manifest the names of its files tell what was asked.
void note_unasked(Merge& merge, const std::set<Place>& places);
/// groups.cpp: joins rules and VPC associations into their groups.
void join_groups(Merge& merge);
/// interfaces.cpp: interfaces known from instances only, elastic addresses, routes to instances.
void join_interfaces(Merge& merge);
/// prefix_lists.cpp
void join_prefix_lists(Merge& merge);
/// transit.cpp: routes, propagations and associations of transit gateway route tables.
void join_transit(Merge& merge);
/// balancers.cpp: listeners, rules, targets, attributes.
void join_balancers(Merge& merge);
/// trails.cpp: whether trails log, which calls, and who lists them.
void join_trails(Merge& merge);
/// managed.cpp: versions of launch templates, what web ACLs protect, whom Client VPNs let in.
void join_managed(Merge& merge);

/// All parts of one kind, in the order of the documents. Consumes them.
template <class Part>
std::vector<Loose<Part>> take_parts(Merge& merge) {
  std::vector<Loose<Part>> all;
  for (Harvest& harvest : merge.harvests) {
    auto& parts = harvest.loose<Part>();
    if (all.empty()) {
      all = std::move(parts);
    } else {
      all.insert(all.end(), std::make_move_iterator(parts.begin()),
                 std::make_move_iterator(parts.end()));
    }
    parts = {};
  }
  return all;
}

/// The row of a sorted table with that id; null if there is none.
template <class Row>
Row* find_row(std::vector<Row>& rows, std::string_view id) {
  const auto found = std::lower_bound(
      rows.begin(), rows.end(), id,
      [](const Row& row, std::string_view wanted) { return row.id.value < wanted; });
  return found != rows.end() && found->id.value == id ? &*found : nullptr;
}

/// Adds rows to a sorted table whose ids it does not have.
template <class Row>
void add_rows(std::vector<Row>& rows, std::vector<Row> added) {
  if (added.empty()) {
    return;
  }
  rows.insert(rows.end(), std::make_move_iterator(added.begin()),
              std::make_move_iterator(added.end()));
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.id < b.id; });
}

}  // namespace portolan::collect
