#include "reach/routes.h"

#include <gtest/gtest.h>

namespace portolan::reach {
namespace {

IpPrefix cidr(std::string_view text) { return *IpPrefix::parse(text); }
IpAddress address(std::string_view text) { return *IpAddress::parse(text); }

Route to_cidr(std::string_view block, RouteTargetKind kind, std::string id,
              bool is_propagated = false) {
  return {.cidr = cidr(block),
          .prefix_list = {},
          .target = {.kind = kind, .id = std::move(id)},
          .is_blackhole = false,
          .is_propagated = is_propagated};
}

Route to_list(std::string list, RouteTargetKind kind, std::string id) {
  return {.cidr = std::nullopt,
          .prefix_list = {std::move(list)},
          .target = {.kind = kind, .id = std::move(id)},
          .is_blackhole = false,
          .is_propagated = false};
}

std::string chosen(const Snapshot& snapshot, std::vector<Route> routes, std::string_view to) {
  RouteTable table;
  table.id = {"rtb-1"};
  table.routes = std::move(routes);
  const Network network(snapshot);
  const RouteChoice choice = choose_route(network, table, address(to));
  switch (choice.kind) {
    case RouteChoice::Kind::None:
      return "none";
    case RouteChoice::Kind::Unknown:
      return "unknown";
    case RouteChoice::Kind::Found:
      return choice.route->target.id;
  }
  return {};
}

Snapshot with_list(std::string id, std::optional<std::vector<PrefixListEntry>> entries) {
  Inventory inventory;
  PrefixList list;
  list.id = {std::move(id)};
  list.entries = std::move(entries);
  inventory.of<PrefixList>().push_back(list);
  return Snapshot(std::move(inventory));
}

TEST(Routes, LongestPrefixWins) {
  const Snapshot snapshot;
  EXPECT_EQ(chosen(snapshot,
                   {to_cidr("0.0.0.0/0", RouteTargetKind::InternetGateway, "igw-1"),
                    to_cidr("10.1.0.0/16", RouteTargetKind::TransitGateway, "tgw-1")},
                   "10.1.2.3"),
            "tgw-1");
}

TEST(Routes, StaticBeatsPropagatedForOnePrefix) {
  const Snapshot snapshot;
  EXPECT_EQ(chosen(snapshot,
                   {to_cidr("10.1.0.0/16", RouteTargetKind::VpnGateway, "vgw-1", true),
                    to_cidr("10.1.0.0/16", RouteTargetKind::TransitGateway, "tgw-1")},
                   "10.1.2.3"),
            "tgw-1");
}

TEST(Routes, PrefixListBeatsPropagatedAndLosesToStaticCidr) {
  const Snapshot snapshot = with_list("pl-1", {{{cidr("10.1.0.0/16"), ""}}});
  const Route list = to_list("pl-1", RouteTargetKind::TransitGateway, "tgw-list");
  EXPECT_EQ(
      chosen(snapshot, {to_cidr("10.1.0.0/16", RouteTargetKind::VpnGateway, "vgw-1", true), list},
             "10.1.2.3"),
      "tgw-list");
  EXPECT_EQ(chosen(snapshot, {list, to_cidr("10.1.0.0/16", RouteTargetKind::VpcPeering, "pcx-1")},
                   "10.1.2.3"),
            "pcx-1");
}

TEST(Routes, MissingEntriesOfAListMakeTheChoiceUnknown) {
  const Snapshot snapshot = with_list("pl-1", std::nullopt);
  EXPECT_EQ(chosen(snapshot,
                   {to_list("pl-1", RouteTargetKind::TransitGateway, "tgw-1"),
                    to_cidr("0.0.0.0/0", RouteTargetKind::InternetGateway, "igw-1")},
                   "203.0.113.9"),
            "unknown");
}

TEST(Routes, NoMatchIsNone) {
  const Snapshot snapshot;
  EXPECT_EQ(chosen(snapshot, {to_cidr("10.0.0.0/16", RouteTargetKind::Local, "")}, "10.1.0.1"),
            "none");
}

}  // namespace
}  // namespace portolan::reach
