#include <set>
#include <type_traits>
#include <unordered_map>

#include <fmt/format.h>

#include "collect/merge/merge.h"
#include "collect/merge/place_of_path.h"

namespace portolan::collect {

namespace {

/// The one value, if there is exactly one.
template <class Value>
Value only(const std::set<Value>& values) {
  return values.size() == 1 ? *values.begin() : Value{};
}

/// What is known of the whole source.
struct Whole {
  std::set<AccountId> accounts;
  std::set<Region> regions;
};

void note(const Listing& listing, const Evidence& evidence, Whole& whole) {
  if (listing.account.known()) {
    whole.accounts.insert(listing.account);
  } else {
    for (const auto& [account, times] : evidence.accounts()) {
      whole.accounts.insert(account);
    }
  }
  if (listing.region.known()) {
    whole.regions.insert(listing.region);
  } else {
    for (const auto& [region, times] : evidence.regions()) {
      whole.regions.insert(region);
    }
  }
}

/// Calls `visit(row, document)` for each row of every table.
template <class Visit>
void for_each_row(Merge& merge, Visit&& visit) {
  for (std::size_t document = 0; document < merge.harvests.size(); ++document) {
    Harvest& harvest = merge.harvests[document];
    harvest.tables.apply([&](auto&... table) {
      const auto visit_table = [&](auto& found_rows) {
        for (auto& found : found_rows) {
          visit(found.row, document);
        }
      };
      (visit_table(table), ...);
    });
    for (auto& found : harvest.inline_interfaces) {
      visit(found.row, document);
    }
  }
}

/// AWS's own prefix lists belong to no account that could be asked.
bool has_account(const PrefixList& list) { return !list.is_aws_managed; }
bool has_account(const PublishedRanges&) { return false; }
template <class Row>
bool has_account(const Row&) {
  return true;
}

template <class Row>
void fill(Row& row, const Listing& listing) {
  if (!row.owned.account.known() && has_account(row)) {
    row.owned.account = listing.account;
  }
  if (!row.owned.region.known()) {
    row.owned.region = listing.region;
  }
}

template <class Row>
concept HasVpc = requires(Row row) {
  row.vpc.value;
};
template <class Row>
concept HasVpcs = requires(Row row) {
  row.vpcs.front().value;
};

/// The VPC that a resource is in, if it is in one.
template <class Row>
std::string_view vpc_of(const Row& row) {
  if constexpr (std::is_same_v<Row, Vpc>) {
    return row.id.value;
  } else if constexpr (HasVpc<Row>) {
    return row.vpc.value;
  } else if constexpr (HasVpcs<Row>) {
    return row.vpcs.empty() ? std::string_view{} : std::string_view(row.vpcs.front().value);
  } else {
    return {};
  }
}

/// What a VPC's own document, and the zones of its subnets and interfaces, tell of its place.
using VpcPlaces = std::unordered_map<std::string_view, Listing>;

/// Whether the resource has the region of its VPC for certain, and (a VPC) its account.
template <class Row>
void learn(const Row& row, VpcPlaces& places) {
  constexpr bool kIsVpc = std::is_same_v<Row, Vpc>;
  constexpr bool kIsInside =
      kIsVpc || std::is_same_v<Row, Subnet> || std::is_same_v<Row, NetworkInterface>;
  if constexpr (kIsInside) {
    if (vpc_of(row).empty()) {
      return;
    }
    Listing& place = places[vpc_of(row)];
    if (kIsVpc && row.owned.account.known()) {
      place.account = row.owned.account;
    }
    if (row.owned.region.known()) {
      place.region = row.owned.region;
    }
  }
}

VpcPlaces vpc_places(Merge& merge) {
  VpcPlaces places;
  for_each_row(merge, [&](const auto& row, std::size_t) { learn(row, places); });
  return places;
}

void fill_from_vpcs(Merge& merge) {
  const VpcPlaces places = vpc_places(merge);
  for_each_row(merge, [&](auto& row, std::size_t) {
    if (row.owned.account.known() && row.owned.region.known()) {
      return;
    }
    const auto found = places.find(vpc_of(row));
    if (found != places.end()) {
      fill(row, found->second);
    }
  });
}

/// Ids that are made of account and region, for resources to which AWS gives none.
void make_ids(Merge& merge) {
  for (Harvest& harvest : merge.harvests) {
    for (auto& [row, origin] : harvest.rows<LoadBalancer>()) {
      if (row.id.empty()) {
        row.id.value =
            fmt::format("arn:aws:elasticloadbalancing:{}:{}:loadbalancer/{}",
                        row.owned.region.text(), row.owned.account.text(), row.balancer_name);
      }
    }
    for (auto& [row, origin] : harvest.rows<DbInstance>()) {
      if (row.id.empty()) {
        row.id.value = fmt::format("arn:aws:redshift:{}:{}:cluster:{}", row.owned.region.text(),
                                   row.owned.account.text(), row.identifier);
      }
    }
    for (auto& [row, origin] : harvest.rows<BlockPublicAccess>()) {
      row.id.value = row.owned.account.text() + '/' + row.owned.region.text();
    }
    for (auto& [row, origin] : harvest.rows<MetricFilter>()) {
      row.id.value =
          fmt::format("{}/{}/{}", row.owned.account.text(), row.owned.region.text(), row.id.value);
    }
    for (auto& [row, origin] : harvest.rows<MetadataDefaults>()) {
      row.id.value = row.owned.account.text() + '/' + row.owned.region.text();
    }
  }
}

/// What AWS publishes for all is of no account and no region.
bool says_something(const Harvest& harvest) {
  const auto& published = harvest.tables.get<FoundRows<PublishedRanges>>();
  return harvest.members_read > 0 && published.empty();
}

/// One report for all documents of which nothing tells `what`.
struct UnknownPlace {
  std::string_view code;
  std::string_view what;
  std::string_view option;
};

template <class IsKnown>
void report_unknown(Merge& merge, const UnknownPlace& place, IsKnown&& is_known) {
  std::size_t count = 0;
  std::size_t first = 0;
  for (std::size_t i = 0; i < merge.listings.size(); ++i) {
    if (says_something(merge.harvests[i]) && !is_known(merge.listings[i])) {
      first = count == 0 ? i : first;
      ++count;
    }
  }
  if (count > 0) {
    const std::string others =
        count == 1 ? "" : fmt::format(" (nor that of {} other files)", count - 1);
    merge.warn(place.code,
               fmt::format("nothing tells the {} of this file{}: name it with {}", place.what,
                           others, place.option),
               merge.paths[first], "");
  }
}

/// The listings as far as paths tell them.
void read_paths(Merge& merge, Whole& whole) {
  for (std::size_t i = 0; i < merge.paths.size(); ++i) {
    merge.listings.push_back(
        {.account = account_of_path(merge.paths[i]), .region = region_of_path(merge.paths[i])});
    if (says_something(merge.harvests[i])) {
      note(merge.listings[i], merge.harvests[i].evidence, whole);
    }
  }
}

template <class Value>
void choose(Value& value, const Value& evident, const Value& only_one,
            const std::optional<Value>& told) {
  for (const Value& candidate : {evident, only_one, told.value_or(Value{})}) {
    if (!value.known()) {
      value = candidate;
    }
  }
}

}  // namespace

std::string classic_arn(const Owned& owned, std::string_view name) {
  return fmt::format("arn:aws:elasticloadbalancing:{}:{}:loadbalancer/{}", owned.region.text(),
                     owned.account.text(), name);
}

void fill_owners(Merge& merge, const DecodeOptions& options) {
  Whole whole;
  read_paths(merge, whole);
  for_each_row(merge,
               [&](auto& row, std::size_t document) { fill(row, merge.listings[document]); });
  fill_from_vpcs(merge);
  for (std::size_t i = 0; i < merge.listings.size(); ++i) {
    const Evidence& evidence = merge.harvests[i].evidence;
    choose(merge.listings[i].account, evidence.account(), only(whole.accounts), options.account);
    choose(merge.listings[i].region, evidence.region(), only(whole.regions), options.region);
  }
  for_each_row(merge,
               [&](auto& row, std::size_t document) { fill(row, merge.listings[document]); });
  make_ids(merge);
  report_unknown(merge, {"unknown_account", "account", "--account"},
                 [](const Listing& listing) { return listing.account.known(); });
  report_unknown(merge, {"unknown_region", "region", "--region"},
                 [](const Listing& listing) { return listing.region.known(); });
}

}  // namespace portolan::collect
