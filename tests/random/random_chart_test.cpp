#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "chart/chart.h"
#include "chart/columns.h"
#include "chart/details.h"
#include "chart/export.h"
#include "chart/matrix.h"
#include "chart/ribbons.h"
#include "chart/select.h"
#include "checks/check.h"
#include "collect/collect.h"
#include "reach/reach.h"
#include "tests/support/random_network.h"
#include "tools/scenario/scenario.h"

namespace portolan::tests {

namespace {

using chart::Chart;
using chart::Lens;
using chart::Node;
using chart::NodeKind;
using chart::NodeNumber;
using chart::Rect;
using reach::Place;

constexpr std::uint64_t kNetworks = 25;
constexpr Lens kLenses[] = {Lens::Location, Lens::Policy};

/// A random network with all that a chart is made of.
struct World {
  explicit World(std::uint64_t seed)
      : World(collect::decode(scenario::read_scenario(random_network(seed, {})).documents, {}, 1)
                  .snapshot) {}
  explicit World(Snapshot made)
      : snapshot(std::move(made)),
        network(reach::build(snapshot)),
        connections(network, 1),
        traffic(connections, 1),
        findings(checks::audit(checks::Context(connections, config))) {}

  [[nodiscard]] Chart chart(const Chart* before = nullptr) const {
    return chart::make_chart(
        {.traffic = traffic, .findings = findings, .config = config, .before = before});
  }

  checks::Config config;
  Snapshot snapshot;
  reach::Network network;
  reach::Connections connections;
  chart::Traffic traffic;
  std::vector<Finding> findings;
};

bool holds(const Rect& outer, const Rect& inner) {
  const float slack = 0.01F;
  return inner.x >= outer.x - slack && inner.y >= outer.y - slack &&
         inner.x + inner.width <= outer.x + outer.width + slack &&
         inner.y + inner.height <= outer.y + outer.height + slack;
}

bool overlap(const Rect& a, const Rect& b) {
  const float slack = 0.01F;
  return a.x + a.width > b.x + slack && b.x + b.width > a.x + slack &&
         a.y + a.height > b.y + slack && b.y + b.height > a.y + slack;
}

/// Gates stand on an edge, over two pads; the sky is over everything.
bool stands_apart(const Node& node) {
  return node.kind != NodeKind::Balancer && node.kind != NodeKind::Internet;
}

void expect_places(const Chart& chart, Lens lens) {
  std::map<std::int32_t, std::vector<NodeNumber>> siblings;
  for (NodeNumber number = 1; number < chart.size(); ++number) {
    const std::int32_t parent = chart.parent_of(number, lens);
    const Rect& rect = chart.rect_of(number, lens);
    ASSERT_EQ(rect.exists(), parent != chart::kNoNode) << chart[number].key;
    if (parent == chart::kNoNode) {
      continue;
    }
    ASSERT_LT(parent, static_cast<std::int32_t>(number));
    ASSERT_GT(rect.width, 0) << chart[number].key;
    ASSERT_GT(rect.height, 0) << chart[number].key;
    ASSERT_TRUE(holds(chart.rect_of(static_cast<NodeNumber>(parent), lens), rect))
        << chart[number].key << " in " << chart[static_cast<NodeNumber>(parent)].key;
    for (const NodeNumber other : siblings[parent]) {
      ASSERT_FALSE(stands_apart(chart[number]) && stands_apart(chart[other]) &&
                   overlap(rect, chart.rect_of(other, lens)))
          << chart[number].key << " and " << chart[other].key;
    }
    siblings[parent].push_back(number);
  }
}

TEST(RandomChart, everything_stands_in_what_holds_it_and_on_nothing_else) {
  for (std::uint64_t seed = 1; seed <= kNetworks; ++seed) {
    const World world(seed);
    const Chart chart = world.chart();
    std::set<std::string> keys;
    for (const Node& node : chart.nodes()) {
      ASSERT_TRUE(keys.insert(node.key).second) << seed << " " << node.key;
    }
    for (const NetworkInterface& interface : world.snapshot.all<NetworkInterface>()) {
      ASSERT_TRUE(chart.find(interface.id.value).has_value()) << seed;
    }
    for (const Lens lens : kLenses) {
      ASSERT_NO_FATAL_FAILURE(expect_places(chart, lens)) << seed;
    }
    ASSERT_EQ(chart::columns_of(chart), chart::columns_of(world.chart())) << seed;
  }
}

TEST(RandomChart, columns_read_back_and_cut_ones_are_refused) {
  for (std::uint64_t seed = 1; seed <= kNetworks; ++seed) {
    const World world(seed);
    const std::string bytes = chart::columns_of(world.chart());
    const auto read = chart::read_columns(bytes);
    ASSERT_TRUE(read.has_value()) << seed;
    ASSERT_EQ(chart::columns_of(*read), bytes) << seed;
    for (std::size_t size = 0; size < bytes.size(); size += 1 + bytes.size() / 37) {
      const auto cut = chart::read_columns(std::string_view(bytes).substr(0, size));
      ASSERT_TRUE(!cut.has_value() || chart::columns_of(*cut).size() <= bytes.size()) << seed;
    }
  }
}

/// Who takes part in connections, as a node.
struct Member {
  Place place;
  NodeNumber node = 0;
  bool is_outside = false;
};

/// A balancer stands for its nodes.
bool is_node_of_balancer(const Snapshot& snapshot, const Place& place) {
  const NetworkInterface* interface = snapshot.find(NetworkInterfaceId{place.id});
  const auto balancers = snapshot.all<LoadBalancer>();
  return interface != nullptr &&
         std::any_of(balancers.begin(), balancers.end(), [&](const LoadBalancer& balancer) {
           const std::size_t at = balancer.id.value.find("loadbalancer/");
           return balancer.vpc == interface->vpc && at != std::string::npos &&
                  interface->description == "ELB " + balancer.id.value.substr(at + 13);
         });
}

std::vector<Member> members_of(const Chart& chart, const std::vector<reach::EndClass>& ends,
                               const Snapshot& snapshot) {
  std::vector<Member> members;
  const auto add = [&](const Place& place) {
    if (const auto node = chart.find(place.id)) {
      members.push_back({.place = place, .node = *node, .is_outside = false});
    }
  };
  for (const reach::EndClass& end : ends) {
    if (end.kind == reach::EndClass::Kind::Interfaces) {
      for (const NetworkInterface* interface : end.interfaces) {
        add({.kind = Place::Kind::Interface, .id = interface->id.value, .address = {}});
      }
    } else if (end.kind == reach::EndClass::Kind::Alone) {
      if (!is_node_of_balancer(snapshot, end.place)) {
        add(end.place);
      }
    } else if (end.block.text().find("fd00:ec2:") != 0) {
      members.push_back({.place = end.place,
                         .node = chart.outside_of(end.block, end.place.address->is_public()),
                         .is_outside = true});
    }
  }
  return members;
}

struct Counted {
  std::uint64_t pairs = 0;
  reach::Passage passage;
};
using Table = std::map<std::pair<NodeNumber, NodeNumber>, Counted>;

/// The node of the cut that holds this one; nothing if none does.
std::optional<NodeNumber> held_by(const Chart& chart, Lens lens, const std::set<NodeNumber>& cut,
                                  NodeNumber number) {
  for (auto at = static_cast<std::int32_t>(number); at != chart::kNoNode;
       at = chart.parent_of(static_cast<NodeNumber>(at), lens)) {
    if (cut.contains(static_cast<NodeNumber>(at))) {
      return static_cast<NodeNumber>(at);
    }
  }
  return std::nullopt;
}

/// What ribbons stand for, asked pair by pair. Hosts out there count once for each node of theirs.
Table traced(const World& world, const Chart& chart, const chart::Frontier& frontier) {
  std::set<NodeNumber> cut(frontier.nodes.begin(), frontier.nodes.end());
  cut.insert(chart.internet());
  const ServiceSet services =
      frontier.mode == chart::RibbonMode::Risky ? checks::risky_services() : ServiceSet::all();
  Table table;
  std::set<std::tuple<NodeNumber, NodeNumber, std::string, std::string>> counted;
  const auto targets = members_of(chart, world.connections.targets(), world.snapshot);
  for (const Member& from : members_of(chart, world.connections.sources(), world.snapshot)) {
    const auto source = held_by(chart, frontier.lens, cut, from.node);
    for (const Member& to : targets) {
      const auto target = held_by(chart, frontier.lens, cut, to.node);
      if (!source || !target || from.place == to.place || (from.is_outside && to.is_outside)) {
        continue;
      }
      const reach::Passage passage =
          reach::trace(world.network, from.place, to.place, ServiceSet::all())
              .passage.only(services);
      if (passage.blocked()) {
        continue;
      }
      Counted& pairs = table[{*source, *target}];
      pairs.passage = pairs.passage.or_else(passage);
      pairs.pairs += counted.emplace(*source, *target, from.is_outside ? "" : from.place.id,
                                     to.is_outside ? "" : to.place.id)
                             .second
                         ? 1
                         : 0;
    }
  }
  return table;
}

/// A cut that goes through the chart at random depth.
std::vector<NodeNumber> random_cut(const Chart& chart, Lens lens, std::uint64_t seed) {
  std::vector<NodeNumber> cut;
  std::vector<bool> is_below(chart.size());
  for (NodeNumber number = 1; number < chart.size(); ++number) {
    const std::int32_t parent = chart.parent_of(number, lens);
    if (parent == chart::kNoNode || number == chart.internet()) {
      continue;
    }
    const std::uint64_t mixed = (seed * 0x9e3779b97f4a7c15ULL + number) * 0xbf58476d1ce4e5b9ULL;
    if (is_below[static_cast<NodeNumber>(parent)]) {
      is_below[number] = true;
    } else if ((mixed >> 40U) % 3 == 0) {
      is_below[number] = true;
      cut.push_back(number);
    }
  }
  return cut;
}

void expect_ribbons(const World& world, const Chart& chart, const chart::Frontier& frontier) {
  const chart::Lifter lifter(chart, world.traffic);
  const auto ribbons = lifter.lift(frontier);
  ASSERT_TRUE(ribbons.has_value()) << ribbons.error().message;
  const Table table = traced(world, chart, frontier);
  ASSERT_EQ(ribbons->hidden, 0U);
  ASSERT_EQ(ribbons->ribbons.size(), table.size());
  for (const chart::Ribbon& ribbon : ribbons->ribbons) {
    const std::string ends = chart[ribbon.from].key + " -> " + chart[ribbon.to].key;
    const auto found = table.find({ribbon.from, ribbon.to});
    ASSERT_NE(found, table.end()) << ends;
    EXPECT_EQ(ribbon.pairs, found->second.pairs) << ends;
    EXPECT_EQ(ribbon.passage.yes.text(), found->second.passage.yes.text()) << ends;
    EXPECT_EQ(ribbon.passage.depends.text(), found->second.passage.depends.text()) << ends;
    EXPECT_EQ(ribbon.passage.unknown.text(), found->second.passage.unknown.text()) << ends;
  }
}

TEST(RandomChart, ribbons_say_what_trace_says_of_all_their_pairs) {
  std::size_t cuts = 0;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    const World world(seed);
    const Chart chart = world.chart();
    for (const Lens lens : kLenses) {
      for (const auto mode : {chart::RibbonMode::Risky, chart::RibbonMode::All}) {
        chart::Frontier frontier{
            .lens = lens, .nodes = random_cut(chart, lens, seed), .mode = mode, .most = 100'000};
        ASSERT_NO_FATAL_FAILURE(expect_ribbons(world, chart, frontier)) << "seed " << seed;
        ++cuts;
      }
    }
  }
  EXPECT_EQ(cuts, 48U);
}

TEST(RandomChart, what_is_hidden_is_counted_and_a_cut_with_two_on_one_another_is_refused) {
  const World world(3);
  const Chart chart = world.chart();
  const chart::Lifter lifter(chart, world.traffic);
  chart::Frontier frontier{.nodes = random_cut(chart, Lens::Location, 3),
                           .mode = chart::RibbonMode::All,
                           .most = 100'000};
  const std::size_t all = lifter.lift(frontier)->ribbons.size();
  ASSERT_GT(all, 1U);
  frontier.most = 1;
  EXPECT_EQ(lifter.lift(frontier)->ribbons.size(), 1U);
  EXPECT_EQ(lifter.lift(frontier)->hidden, all - 1);
  const auto interface = chart.find(world.snapshot.all<NetworkInterface>().begin()->id.value);
  frontier.nodes = {static_cast<NodeNumber>(chart[*interface].parent), *interface};
  ASSERT_FALSE(lifter.lift(frontier).has_value());
  EXPECT_EQ(lifter.lift(frontier).error().code, "bad_frontier");
}

std::string ribbon_text(const chart::Ribbon& ribbon) {
  return boost::json::serialize(chart::json_of(ribbon));
}

TEST(RandomChart, the_worst_ribbons_are_the_first_of_all) {
  std::size_t compared = 0;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const World world(seed);
    const Chart chart = world.chart();
    const chart::Lifter lifter(chart, world.traffic);
    for (const Lens lens : kLenses) {
      chart::Frontier frontier{.lens = lens,
                               .nodes = random_cut(chart, lens, seed),
                               .mode = chart::RibbonMode::All,
                               .most = 100'000};
      const chart::Ribbons all = lifter.lift(frontier).value();
      for (const std::size_t most : std::vector<std::size_t>{0, 1, 2, 5, 17}) {
        frontier.most = most;
        const chart::Ribbons worst = lifter.lift(frontier).value();
        ASSERT_EQ(worst.ribbons.size(), std::min(most, all.ribbons.size())) << seed;
        ASSERT_EQ(worst.hidden, all.ribbons.size() - worst.ribbons.size()) << seed;
        for (std::size_t i = 0; i < worst.ribbons.size(); ++i) {
          ASSERT_EQ(ribbon_text(worst.ribbons[i]), ribbon_text(all.ribbons[i])) << seed << " " << i;
          ++compared;
        }
      }
    }
  }
  EXPECT_GT(compared, 50U);
}

TEST(RandomChart, the_matrix_has_the_pairs_of_the_ribbons) {
  for (std::uint64_t seed = 1; seed <= kNetworks; ++seed) {
    const World world(seed);
    const Chart chart = world.chart();
    const chart::Lifter lifter(chart, world.traffic);
    std::set<std::uint64_t> totals;
    for (const NodeKind level : {NodeKind::Account, NodeKind::Vpc, NodeKind::Interface}) {
      const auto matrix = chart::matrix_of(lifter, {.level = level});
      ASSERT_TRUE(matrix.has_value());
      std::uint64_t inside = 0;
      for (const chart::Ribbon& cell : matrix->cells) {
        const bool is_inside = cell.exposure > chart::Exposure::Outside;
        inside += is_inside ? cell.pairs : 0;
        ASSERT_TRUE(std::count(matrix->rows.begin(), matrix->rows.end(), cell.from) == 1);
        ASSERT_TRUE(std::count(matrix->columns.begin(), matrix->columns.end(), cell.to) == 1);
      }
      totals.insert(inside);
    }
    ASSERT_EQ(totals.size(), 1U) << seed;
  }
}

TEST(RandomChart, an_interface_that_goes_leaves_a_gap_and_moves_nothing) {
  int compared = 0;
  for (std::uint64_t seed = 1; seed <= kNetworks; ++seed) {
    const World world(seed);
    const Chart before = world.chart();
    const NetworkInterfaceId gone = world.snapshot.all<NetworkInterface>().begin()->id;
    const Snapshot less = world.snapshot.without(gone);
    const reach::Network network = reach::build(less);
    const reach::Connections connections(network, 1);
    const chart::Traffic traffic(connections, 1);
    const Chart after = chart::make_chart({.traffic = traffic,
                                           .findings = world.findings,
                                           .config = world.config,
                                           .before = &before});
    for (const Node& node : after.nodes()) {
      const auto old = before.find(node.key);
      ASSERT_TRUE(old.has_value()) << seed << " " << node.key;
      const Node& was = before[*old];
      const Rect& pad = before[static_cast<NodeNumber>(std::max(was.parent, 0))].rect;
      const auto holder = after.find(before[static_cast<NodeNumber>(std::max(was.parent, 0))].key);
      // A pad changes its size only in steps; while it keeps it, all on it stays.
      if (node.kind == NodeKind::Interface && holder && after[*holder].rect.width == pad.width &&
          after[*holder].rect.height == pad.height && after[*holder].rect.x == pad.x &&
          after[*holder].rect.y == pad.y) {
        EXPECT_EQ(node.rect.x, was.rect.x) << seed << " " << node.key;
        EXPECT_EQ(node.rect.y, was.rect.y) << seed << " " << node.key;
        ++compared;
      }
    }
  }
  EXPECT_GT(compared, 50);
}

/// What connections and findings say of each node of `chart` that `other` has too.
void expect_alike(const Chart& chart, const Chart& other, std::uint64_t seed) {
  for (const Node& node : chart.nodes()) {
    const auto number = other.find(node.key);
    const bool is_told = node.kind == NodeKind::Interface || node.kind == NodeKind::Balancer;
    if (!number || !is_told) {
      continue;
    }
    const Node& twin = other[*number];
    ASSERT_EQ(node.flags & chart::kOfTraffic, twin.flags & chart::kOfTraffic) << seed << node.key;
    ASSERT_EQ(node.services, twin.services) << seed << " " << node.key;
    ASSERT_EQ(node.risk, twin.risk) << seed << " " << node.key;
    ASSERT_EQ(node.findings, twin.findings) << seed << " " << node.key;
  }
}

TEST(RandomChart, another_moment_is_told_on_the_nodes_of_this_one) {
  std::size_t different = 0;
  for (std::uint64_t seed = 1; seed <= kNetworks; ++seed) {
    const World now(seed);
    const Chart chart = now.chart();
    const auto material = [](const World& world) {
      return chart::Material{
          .traffic = world.traffic, .findings = world.findings, .config = world.config};
    };
    ASSERT_EQ(chart::columns_of(chart::as_of(chart, material(now))), chart::columns_of(chart))
        << seed;
    Snapshot other = now.snapshot;
    for (const SecurityGroup& group : now.snapshot.all<SecurityGroup>()) {
      auto closed = std::make_shared<SecurityGroup>(group);
      std::erase_if(closed->rules, [&](const SecurityGroupRule& rule) {
        return (rule.id.value.size() + rule.services.segments().size() + seed) % 2 == 0;
      });
      other = std::move(other).with(std::shared_ptr<const SecurityGroup>(std::move(closed)));
    }
    const World then(std::move(other));
    const Chart told = chart::as_of(chart, material(then));
    ASSERT_EQ(told.size(), chart.size());
    expect_alike(told, then.chart(), seed);
    different += chart::columns_of(told) == chart::columns_of(chart) ? 0 : 1;
  }
  EXPECT_GT(different, kNetworks / 3);
}

TEST(RandomChart, relations_lead_both_ways) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const World world(seed);
    std::set<std::pair<std::string, std::string>> steps;
    std::set<std::string> open;
    std::set<std::string> seen;
    for (const NetworkInterface& interface : world.snapshot.all<NetworkInterface>()) {
      open.insert(interface.id.value);
    }
    while (!open.empty()) {
      const std::string key = *open.begin();
      open.erase(open.begin());
      seen.insert(key);
      const auto details = chart::details_of(world.snapshot, key);
      ASSERT_TRUE(details.has_value()) << key;
      for (const chart::Relation& relation : details->relations) {
        steps.emplace(key, relation.key);
        if (!seen.contains(relation.key)) {
          open.insert(relation.key);
        }
      }
    }
    for (const auto& [from, to] : steps) {
      ASSERT_TRUE(steps.contains({to, from})) << seed << ": " << to << " does not lead to " << from;
    }
    EXPECT_GT(steps.size(), 10U);
  }
}

TEST(RandomChart, what_is_selected_as_exposed_is_what_has_the_flag) {
  for (std::uint64_t seed = 1; seed <= kNetworks; ++seed) {
    const World world(seed);
    const Chart chart = world.chart();
    const auto exposed = chart::select(chart, world.traffic, world.findings, "exposed:internet");
    ASSERT_TRUE(exposed.has_value());
    for (const NodeNumber number : exposed->nodes) {
      ASSERT_NE(chart[number].flags & chart::kReachable, 0);
    }
    const auto internet = chart::select(chart, world.traffic, world.findings, "internet -> any");
    ASSERT_TRUE(internet.has_value());
    ASSERT_EQ(internet->question, "internet -> any any");
    const auto nothing = chart::select(chart, world.traffic, world.findings, "finding:awful");
    ASSERT_FALSE(nothing.has_value());
    EXPECT_EQ(nothing.error().code, "bad_query");
  }
}

TEST(RandomChart, exports_are_well_formed_and_hold_every_node) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const World world(seed);
    const Chart chart = world.chart();
    for (const Lens lens : kLenses) {
      const boost::json::value scene = boost::json::parse(chart::scene_gltf(chart, lens));
      std::size_t shown = 0;
      for (NodeNumber number = 0; number < chart.size(); ++number) {
        shown += chart.rect_of(number, lens).exists() && number != chart.internet() ? 1 : 0;
      }
      EXPECT_EQ(scene.at("nodes").as_array().size(), shown);
      const std::string plan = chart::plan_svg({.chart = chart, .lens = lens, .title = "<&\">"});
      EXPECT_EQ(plan.find("<&"), std::string::npos);
      EXPECT_NE(plan.find("&lt;&amp;&quot;&gt;"), std::string::npos);
    }
  }
}

}  // namespace

}  // namespace portolan::tests
