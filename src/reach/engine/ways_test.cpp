#include "reach/engine/ways.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reach/engine/column.h"
#include "reach/test_support.h"

namespace portolan::reach {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

RouteTable table(const std::string& id, const std::string& vpc, const std::string& subnet,
                 std::vector<Route> routes) {
  RouteTable table;
  table.id = {id};
  table.vpc = {vpc};
  table.subnets = {{subnet}};
  table.routes = std::move(routes);
  return table;
}

Route local(std::string_view block) { return Estate::route(block, RouteTargetKind::Local, ""); }

NetworkAcl acl(const std::string& id, const std::string& vpc, const std::string& subnet,
               bool lets_in = true) {
  NetworkAcl acl;
  acl.id = {id};
  acl.vpc = {vpc};
  acl.subnets = {{subnet}};
  for (const bool is_egress : {false, true}) {
    acl.entries.push_back({.number = 100,
                           .is_egress = is_egress,
                           .allows = is_egress || lets_in,
                           .cidr = cidr("0.0.0.0/0"),
                           .services = ServiceSet::all()});
  }
  return acl;
}

/// The network of an estate, its kinds of ends, and the ways between them.
class Made {
 public:
  explicit Made(const Estate& estate)
      : snapshot_(estate.snapshot()),
        network_(snapshot_),
        groups_(group_numbers(snapshot_)),
        directory_(network_, blocks_of(snapshot_)) {
    Classifier(network_, directory_, classes_, groups_).run(2);
    inner_ = listed(classes_.inner);
    outer_ = listed(classes_.outer);
    outside_ = listed(classes_.outside);
  }

  [[nodiscard]] const Network& network() const { return network_; }
  [[nodiscard]] const std::vector<WayKind>& inner() const { return inner_; }
  [[nodiscard]] const std::vector<WayKind>& outer() const { return outer_; }
  [[nodiscard]] const std::vector<WayKind>& outside() const { return outside_; }

  [[nodiscard]] Ways inside() const { return {network_, inner(), inner(), 2}; }
  [[nodiscard]] std::uint32_t inner_of(std::string_view id) const { return host(id).inner[0]; }
  [[nodiscard]] std::uint32_t outer_of(std::string_view id) const { return host(id).outer[0]; }
  /// The kind of the hosts out there that an address is one of.
  [[nodiscard]] std::uint32_t outside_of(std::string_view text) const {
    std::optional<OutsideClass> smallest;
    for (const OutsideClass& sender : classes_.senders) {
      const bool is_alike = sender.host.is_public() == address(text).is_public();
      if (is_alike && sender.block.contains(address(text))) {
        smallest = sender;  // sorted: those inside follow
      }
    }
    return smallest->kind;
  }

 private:
  [[nodiscard]] const HostClass& host(std::string_view id) const {
    return *std::find_if(classes_.hosts.begin(), classes_.hosts.end(), [&](const HostClass& each) {
      return std::any_of(each.members.begin(), each.members.end(),
                         [&](const auto* member) { return member->id.value == id; });
    });
  }

  Snapshot snapshot_;
  Network network_;
  Numbers groups_;
  Directory directory_;
  Classes classes_;
  std::vector<WayKind> inner_;
  std::vector<WayKind> outer_;
  std::vector<WayKind> outside_;
};

/// Two subnets of one VPC with tables and NACLs of their own.
Estate neighbours(bool lets_in = true) {
  Estate estate;
  estate.vpc("vpc-1", {"10.0.0.0/16"})
      .subnet("subnet-a", "vpc-1", {"10.0.0.0/24"})
      .subnet("subnet-b", "vpc-1", {"10.0.1.0/24"})
      .add(table("rtb-a", "vpc-1", "subnet-a", {local("10.0.0.0/16")}))
      .add(table("rtb-b", "vpc-1", "subnet-b", {local("10.0.0.0/16")}))
      .add(acl("acl-a", "vpc-1", "subnet-a"))
      .add(acl("acl-b", "vpc-1", "subnet-b", lets_in))
      .group("sg-1", "vpc-1", "all")
      .eni("eni-a", "subnet-a", "10.0.0.5", {"sg-1"})
      .eni("eni-b", "subnet-b", "10.0.1.5", {"sg-1"});
  return estate;
}

/// Two VPCs over a transit gateway with a table for each attachment; `tgw-rtb-1` has no route
/// unless told.
Estate joined(bool is_routed = true) {
  Estate estate;
  for (const std::string number : {"1", "2"}) {
    const std::string block = "10." + number + ".0.0/16";
    estate.vpc("vpc-" + number, {block})
        .subnet("subnet-" + number, "vpc-" + number, {"10." + number + ".0.0/24"})
        .add(table(
            "rtb-" + number, "vpc-" + number, "subnet-" + number,
            {local(block), Estate::route("10.0.0.0/8", RouteTargetKind::TransitGateway, "tgw-1")}))
        .group("sg-" + number, "vpc-" + number, "all")
        .eni("eni-" + number, "subnet-" + number, "10." + number + ".0.5", {"sg-" + number});
    TransitGatewayAttachment attachment;
    attachment.id = {"tgw-attach-" + number};
    attachment.gateway = {"tgw-1"};
    attachment.kind = AttachmentKind::Vpc;
    attachment.resource = "vpc-" + number;
    attachment.route_table = {"tgw-rtb-" + number};
    attachment.subnets = {{{"subnet-" + number}}};
    TransitGatewayRouteTable table;
    table.id = {"tgw-rtb-" + number};
    table.gateway = {"tgw-1"};
    table.routes.emplace();
    table.routes_include_propagated = true;
    if (is_routed || number == "2") {
      const std::string other = number == "1" ? "2" : "1";
      table.routes->push_back({.cidr = cidr("10." + other + ".0.0/16"),
                               .prefix_list = {},
                               .attachments = {"tgw-attach-" + other},
                               .kind = AttachmentKind::Vpc});
    }
    estate.add(std::move(attachment)).add(std::move(table));
  }
  TransitGateway gateway;
  gateway.id = {"tgw-1"};
  return estate.add(std::move(gateway));
}

TEST(Ways, NameTheTablesAndNaclsOfBothDirections) {
  const Made made(neighbours());
  const Ways ways = made.inside();
  const std::uint32_t a = made.inner_of("eni-a");
  const std::uint32_t b = made.inner_of("eni-b");
  ASSERT_FALSE(ways.way(ways.number(a, b)).passage.blocked());
  const Consulted consulted = ways.consulted(a, b);
  EXPECT_THAT(consulted.route_tables, ElementsAre("rtb-a", "rtb-b"));
  EXPECT_THAT(consulted.network_acls, ElementsAre("acl-a", "acl-b"));
  EXPECT_THAT(consulted.transit_route_tables, IsEmpty());
  EXPECT_THAT(consulted.prefix_lists, IsEmpty());
}

TEST(Ways, NameWhatBlockedThemAndNothingBehindIt) {
  const Made made(neighbours(false));
  const Ways ways = made.inside();
  const std::uint32_t a = made.inner_of("eni-a");
  const std::uint32_t b = made.inner_of("eni-b");
  ASSERT_TRUE(ways.way(ways.number(a, b)).passage.blocked());
  const Consulted consulted = ways.consulted(a, b);
  EXPECT_THAT(consulted.route_tables, ElementsAre("rtb-a"));
  EXPECT_THAT(consulted.network_acls, ElementsAre("acl-a", "acl-b"));
}

TEST(Ways, NameTransitGatewayTables) {
  const Made made(joined());
  const Ways ways = made.inside();
  const std::uint32_t one = made.inner_of("eni-1");
  const std::uint32_t two = made.inner_of("eni-2");
  ASSERT_FALSE(ways.way(ways.number(one, two)).passage.blocked());
  const Consulted consulted = ways.consulted(one, two);
  EXPECT_THAT(consulted.transit_route_tables, ElementsAre("tgw-rtb-1", "tgw-rtb-2"));
  EXPECT_THAT(consulted.route_tables, ElementsAre("rtb-1", "rtb-2"));
}

TEST(Ways, NameTheTransitGatewayTableThatHasNoRoute) {
  const Made made(joined(false));
  const Ways ways = made.inside();
  const std::uint32_t one = made.inner_of("eni-1");
  const std::uint32_t two = made.inner_of("eni-2");
  ASSERT_TRUE(ways.way(ways.number(one, two)).passage.blocked());
  const Consulted consulted = ways.consulted(one, two);
  EXPECT_THAT(consulted.transit_route_tables, ElementsAre("tgw-rtb-1"));
  EXPECT_THAT(consulted.route_tables, ElementsAre("rtb-1"));
}

TEST(Ways, NameEdgeTablesAndPrefixLists) {
  Estate estate;
  estate.vpc("vpc-1", {"10.0.0.0/16"})
      .subnet("subnet-a", "vpc-1", {"10.0.0.0/24"})
      .group("sg-1", "vpc-1", "all")
      .eni("eni-a", "subnet-a", "10.0.0.5", {"sg-1"}, "52.0.0.5");
  RouteTable edge;
  edge.id = {"rtb-edge"};
  edge.vpc = {"vpc-1"};
  edge.gateways = {"igw-vpc-1"};
  edge.routes = {local("10.0.0.0/16")};
  Route listed = Estate::route("10.0.0.0/16", RouteTargetKind::VpcPeering, "pcx-1");
  listed.cidr = std::nullopt;
  listed.prefix_list = {"pl-1"};
  edge.routes.push_back(listed);
  PrefixList list;
  list.id = {"pl-1"};
  list.entries.emplace();
  estate.add(std::move(edge)).add(std::move(list));
  const Made made(estate);
  const Ways ways(made.network(), made.outside(), made.outer(), 1);
  const std::uint32_t internet = made.outside_of("8.8.8.8");
  const std::uint32_t target = made.outer_of("eni-a");
  ASSERT_FALSE(ways.way(ways.number(internet, target)).passage.blocked());
  const Consulted consulted = ways.consulted(internet, target);
  EXPECT_THAT(consulted.route_tables, ElementsAre("rtb-edge", "rtb-vpc-1"));
  EXPECT_THAT(consulted.network_acls, ElementsAre("acl-vpc-1"));
  EXPECT_THAT(consulted.prefix_lists, ElementsAre("pl-1"));
}

void expect_equal(const Ways& a, const Ways& b, std::size_t from_count, std::size_t to_count) {
  for (std::uint32_t to = 0; to < to_count; ++to) {
    for (std::uint32_t from = 0; from < from_count; ++from) {
      EXPECT_EQ(a.way(a.number(from, to)), b.way(b.number(from, to))) << from << " -> " << to;
      EXPECT_EQ(a.consulted(from, to), b.consulted(from, to)) << from << " -> " << to;
    }
  }
}

TEST(Ways, UpdatedAfterAnEditOfANaclAreThoseOfTheNewNetwork) {
  const Made before(neighbours());
  const Made after(neighbours(false));
  const Ways old = before.inside();
  const std::vector<std::string> edited = {"acl-b"};
  const Ways now =
      old.updated(after.network(), after.inner(), after.inner(), old.pairs_decided_by(edited), 2);
  expect_equal(now, after.inside(), after.inner().size(), after.inner().size());
  const std::uint32_t a = before.inner_of("eni-a");
  const std::uint32_t b = before.inner_of("eni-b");
  EXPECT_FALSE(old.way(old.number(a, b)).passage.blocked());
  EXPECT_TRUE(now.way(now.number(a, b)).passage.blocked());
}

TEST(Ways, UpdatedAfterAnEditOfARouteAreThoseOfTheNewNetwork) {
  const Made before(joined(false));
  const Made after(joined());
  const Ways old = before.inside();
  const std::vector<std::string> edited = {"tgw-rtb-1"};
  const std::vector<WayPair> pairs = old.pairs_decided_by(edited);
  const std::uint32_t one = before.inner_of("eni-1");
  const std::uint32_t two = before.inner_of("eni-2");
  EXPECT_THAT(pairs, Contains(WayPair{.from = one, .to = two}));
  EXPECT_THAT(pairs, Contains(WayPair{.from = two, .to = one}));  // for the replies
  EXPECT_THAT(pairs, Not(Contains(WayPair{.from = one, .to = one})));
  const Ways now = old.updated(after.network(), after.inner(), after.inner(), pairs, 1);
  expect_equal(now, after.inside(), after.inner().size(), after.inner().size());
}

TEST(Ways, KindsThatAreAppendedGetTheirWays) {
  const Made made(joined());
  const std::vector<WayKind> first(made.inner().begin(), made.inner().begin() + 1);
  const Ways small(made.network(), first, first, 1);
  const Ways now = small.updated(made.network(), made.inner(), made.inner(), {}, 2);
  expect_equal(now, made.inside(), made.inner().size(), made.inner().size());
  EXPECT_EQ(now.number(0, 0), small.number(0, 0));
}

TEST(Ways, PairsThatNobodyNamesKeepTheirNumbers) {
  const Made before(neighbours());
  const Made after(neighbours(false));
  const Ways old = before.inside();
  const Ways now = old.updated(after.network(), after.inner(), after.inner(), {}, 1);
  const std::uint32_t a = before.inner_of("eni-a");
  const std::uint32_t b = before.inner_of("eni-b");
  EXPECT_EQ(now.number(a, b), old.number(a, b));
  EXPECT_EQ(now.consulted(a, b), old.consulted(a, b));
  const std::vector<std::string> nothing = {"acl-nowhere"};
  EXPECT_THAT(now.pairs_decided_by(nothing), IsEmpty());
}

}  // namespace
}  // namespace portolan::reach
