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
      .resources = lists.size(),
      .candidates =
          [&](const Loose<EntriesPart>& part, const Holders& holders) {
            const Listing& listing = merge.listings[part.origin.document];
            std::vector<std::string> ids;
            for (const PrefixList& list : lists) {
              const bool is_told = list.entries || holders.contains(list.id.value);
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

/// A list of which only entries are known.
PrefixList list_of_entries(const Merge& merge, const Loose<EntriesPart>& part) {
  PrefixList list;
  list.id.value = part.holder;
  list.owned.region = merge.listings[part.origin.document].region;
  return list;
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
  add_missing_rows(merge.inventory.of<PrefixList>(), parts,
                   [&](const Loose<EntriesPart>& part) { return list_of_entries(merge, part); });
  for (Loose<EntriesPart>& part : parts) {
    PrefixList& list = *find_row(merge.inventory.of<PrefixList>(), part.holder);
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
