#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <variant>

#include "collect/merge/attribution.h"

namespace portolan::collect {

namespace {

using Parts = std::vector<Loose<EntriesPart>>;

using Families = std::map<std::string, IpFamily>;

Families families_of(Merge& merge) {
  Families families;
  for (auto& [holder, part, origin] : take_parts<FamilyPart>(merge)) {
    families.emplace(std::move(holder), part.family);
  }
  return families;
}

/// True if the entries are of the list's address family, as far as it is known.
bool fits(const EntriesPart& part, const std::string& list, const Families& families) {
  const auto family = families.find(list);
  return family == families.end() ||
         std::all_of(part.entries.begin(), part.entries.end(), [&](const PrefixListEntry& entry) {
           return entry.cidr.family() == family->second;
         });
}

void attribute(Merge& merge, Parts& parts) {
  const Families families = families_of(merge);
  auto& lists = merge.inventory.of<PrefixList>();
  PathNames names;
  for (const PrefixList& list : lists) {
    names.add(list.id.value, list.list_name);
  }
  Attribution<EntriesPart>{
      .merge = merge,
      .parts = parts,
      .names = names,
      .call = "ec2 get-managed-prefix-list-entries",
      .candidates =
          [&](const Loose<EntriesPart>& part) {
            const Listing& listing = merge.listings[part.origin.document];
            std::vector<std::string> ids;
            for (const PrefixList& list : lists) {
              const bool is_told =
                  list.entries || std::any_of(parts.begin(), parts.end(), [&](const auto& other) {
                    return other.holder == list.id.value;
                  });
              // AWS's lists are asked for one by one too, but a script goes for its own first.
              if (!is_told && !list.is_aws_managed && list.owned.region == listing.region &&
                  fits(part.part, list.id.value, families)) {
                ids.push_back(list.id.value);
              }
            }
            return ids;
          },
      .fits = [&](const Loose<EntriesPart>& part,
                  const std::string& id) { return fits(part.part, id, families); },
  }
      .run();
}

/// The row of the list, made if no document describes it.
PrefixList& row_of(Merge& merge, const Loose<EntriesPart>& part) {
  auto& lists = merge.inventory.of<PrefixList>();
  if (PrefixList* list = find_row(lists, part.holder)) {
    return *list;
  }
  PrefixList list;
  list.id.value = part.holder;
  list.owned.region = merge.listings[part.origin.document].region;
  std::vector<PrefixList> added;
  added.push_back(std::move(list));
  add_rows(lists, std::move(added));
  return *find_row(lists, part.holder);
}

void sort_entries(std::vector<PrefixListEntry>& entries) {
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
    return std::pair(a.cidr, b.description.size()) < std::pair(b.cidr, a.description.size());
  });
  // Of one block told twice the description stays.
  entries.erase(std::unique(entries.begin(), entries.end(),
                            [](const auto& a, const auto& b) { return a.cidr == b.cidr; }),
                entries.end());
}

/// The lists that a rule or route names: of others nobody misses the entries.
std::set<std::string_view> used_lists(Merge& merge) {
  std::set<std::string_view> used;
  for (const SecurityGroup& group : merge.inventory.of<SecurityGroup>()) {
    for (const SecurityGroupRule& rule : group.rules) {
      if (const auto* list = std::get_if<PrefixListId>(&rule.peer)) {
        used.insert(list->value);
      }
    }
  }
  for (const RouteTable& table : merge.inventory.of<RouteTable>()) {
    for (const Route& route : table.routes) {
      if (!route.prefix_list.empty()) {
        used.insert(route.prefix_list.value);
      }
    }
  }
  return used;
}

void report_missing_entries(Merge& merge) {
  for (const std::string_view id : used_lists(merge)) {
    const PrefixList* list = find_row(merge.inventory.of<PrefixList>(), id);
    if (list == nullptr || !list->entries) {
      merge.gap("prefix_list_entries_missing", std::string(id),
                "the entries of the prefix list were not collected");
    }
  }
}

}  // namespace

void join_prefix_lists(Merge& merge) {
  Parts parts = take_parts<EntriesPart>(merge);
  attribute(merge, parts);
  for (Loose<EntriesPart>& part : parts) {
    PrefixList& list = row_of(merge, part);
    if (!list.entries) {
      list.entries.emplace();
    }
    list.entries->insert(list.entries->end(), std::make_move_iterator(part.part.entries.begin()),
                         std::make_move_iterator(part.part.entries.end()));
  }
  for (PrefixList& list : merge.inventory.of<PrefixList>()) {
    if (list.entries) {
      sort_entries(*list.entries);
    }
  }
  report_missing_entries(merge);
}

}  // namespace portolan::collect
