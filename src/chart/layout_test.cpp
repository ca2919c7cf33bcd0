#include <cstddef>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "chart/columns.h"
#include "chart/lanes.h"
#include "chart/rim.h"
#include "chart/shelf.h"

namespace portolan::chart {
namespace {

TEST(Grid, has_room_for_more_and_changes_seldom) {
  int steps = 0;
  for (std::size_t count = 0; count < 1000; ++count) {
    const Grid grid = grid_for(count);
    EXPECT_GT(grid.capacity(), count);
    EXPECT_GE(grid.columns, grid.rows);
    EXPECT_LE(grid.columns, grid.rows + 1);
    const Grid next = grid_for(count + 1);
    steps += next.capacity() != grid.capacity() ? 1 : 0;
  }
  EXPECT_LT(steps, 70);
}

TEST(Shelves, hold_everything_without_overlaps_and_keep_their_order) {
  std::vector<Size> sizes;
  for (int i = 0; i < 40; ++i) {
    sizes.push_back(
        {.width = static_cast<float>(3 + i % 5), .height = static_cast<float>(2 + i % 3)});
  }
  const Packed packed = pack_shelves(sizes, 1, 1.6F);
  for (std::size_t a = 0; a < sizes.size(); ++a) {
    EXPECT_LE(packed.spots[a].x + sizes[a].width, packed.size.width + 0.001F);
    EXPECT_LE(packed.spots[a].y + sizes[a].height, packed.size.height + 0.001F);
    for (std::size_t b = 0; b < a; ++b) {
      const bool is_beside = packed.spots[a].x >= packed.spots[b].x + sizes[b].width + 0.99F ||
                             packed.spots[b].x >= packed.spots[a].x + sizes[a].width + 0.99F;
      const bool is_below = packed.spots[a].y >= packed.spots[b].y + sizes[b].height + 0.99F ||
                            packed.spots[b].y >= packed.spots[a].y + sizes[a].height + 0.99F;
      EXPECT_TRUE(is_beside || is_below) << a << " and " << b;
    }
  }
  const float aspect = packed.size.width / packed.size.height;
  EXPECT_GT(aspect, 1.0F);
  EXPECT_LT(aspect, 2.6F);
  EXPECT_TRUE(pack_shelves({}, 1, 1).spots.empty());
}

TEST(Lanes, let_the_pads_of_a_tier_stand_side_by_side) {
  const std::vector<Size> zone(5, {.width = 5, .height = 5});
  const LaneGaps gaps{.lane = 1, .pad = 1, .border = 1, .header = 2};
  const LaneSpots spots = set_lanes({zone, zone, zone}, gaps, 1.5F);
  const bool is_stacked = spots.lanes[0].x == spots.lanes[1].x;
  for (std::size_t pad = 0; pad < zone.size(); ++pad) {
    for (std::size_t lane = 1; lane < 3; ++lane) {
      EXPECT_EQ(spots.pads[lane][pad].x, spots.pads[0][pad].x);
      EXPECT_EQ(spots.pads[lane][pad].y, spots.pads[0][pad].y);
    }
    EXPECT_TRUE(is_stacked ? spots.pads[0][pad].y == spots.pads[0][0].y
                           : spots.pads[0][pad].x == spots.pads[0][0].x);
  }
}

TEST(Rim, keeps_blocks_inside_however_many_there_are) {
  const Size plate{.width = 100, .height = 60};
  for (const Side side : {Side::North, Side::East, Side::South, Side::West}) {
    for (const std::size_t count : {1U, 7U, 200U}) {
      for (const Rect& rect : along(side, count, {.length = 5, .depth = 3}, 6, plate)) {
        EXPECT_GE(rect.x, 0);
        EXPECT_GE(rect.y, 0);
        EXPECT_LE(rect.x + rect.width, plate.width);
        EXPECT_LE(rect.y + rect.height, plate.height);
        EXPECT_GT(rect.width, 0);
      }
    }
  }
  EXPECT_EQ(side_of_portal("igw-1"), Side::North);
  EXPECT_EQ(side_of_portal("vpce-1"), Side::West);
  EXPECT_EQ(side_of_portal("pcx-1"), Side::East);
}

std::vector<Node> two_nodes() {
  std::vector<Node> nodes(2);
  nodes[0].key = "organisation";
  nodes[1].key = "internet";
  nodes[1].name = "the sky";
  nodes[1].kind = NodeKind::Internet;
  nodes[1].parent = 0;
  nodes[1].policy_parent = 0;
  nodes[1].rect = {.x = 1, .y = 2, .width = 3, .height = 4};
  return nodes;
}

TEST(Columns, begin_as_the_format_says) {
  const std::string bytes = columns_of(Chart(two_nodes()));
  EXPECT_EQ(bytes.substr(0, 4), "PTLC");
  EXPECT_EQ(bytes.substr(4, 12), std::string("\1\0\0\0\2\0\0\0\15\0\0\0", 12));
  EXPECT_EQ(bytes.size() % 8, 0U);
}

TEST(Columns, with_a_parent_that_comes_later_are_refused) {
  std::vector<Node> nodes = two_nodes();
  nodes[0].parent = 1;
  const auto read = read_columns(columns_of(Chart(std::move(nodes))));
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().code, "bad_columns");
}

TEST(Columns, with_any_byte_changed_are_read_within_bounds) {
  const std::string bytes = columns_of(Chart(two_nodes()));
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (const char value : {'\0', '\x7f', '\xff'}) {
      std::string changed = bytes;
      changed[at] = value;
      const auto read = read_columns(changed);
      EXPECT_TRUE(!read || read->size() == 2);
    }
  }
}

TEST(Chart, knows_hosts_out_there_by_the_smallest_block) {
  std::vector<Node> nodes = two_nodes();
  for (const char* key : {"203.0.0.0/16", "203.0.113.0/24", "private"}) {
    Node& node = nodes.emplace_back();
    node.key = key;
    node.kind = NodeKind::Outside;
    node.parent = 0;
  }
  const Chart chart(std::move(nodes));
  const auto block = [](std::string_view text) { return *IpPrefix::parse(text); };
  EXPECT_EQ(chart.outside_of(block("203.0.113.7/32"), true), 3U);
  EXPECT_EQ(chart.outside_of(block("203.0.1.0/24"), true), 2U);
  EXPECT_EQ(chart.outside_of(block("0.0.0.0/0"), true), chart.internet());
  EXPECT_EQ(chart.outside_of(block("0.0.0.0/0"), false), 4U);
}

}  // namespace
}  // namespace portolan::chart
