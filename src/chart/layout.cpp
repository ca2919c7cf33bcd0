#include "chart/layout.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <utility>

#include "chart/lanes.h"
#include "chart/pads.h"
#include "chart/rim.h"
#include "chart/shelf.h"

namespace portolan::chart {

namespace {

constexpr float kRootWidth = 1000;
constexpr float kPlateAspect = 1.6F;
constexpr float kLaneAspect = 1.5F;
constexpr float kPadGap = 1.1F;
/// A plate with nothing on it.
constexpr Size kEmpty{.width = 7, .height = 3};

/// What a plate has around its content: in proportion, so that it is seen from afar.
struct Margins {
  float side = 0;
  float header = 0;
};

Margins margins_for(const Size& content, float share, float least) {
  const float extent = std::sqrt(content.width * content.height);
  return {.side = std::max(least, extent * share), .header = std::max(1.2F, extent * share * 1.2F)};
}

/// Large pads have wider streets between them, and larger names above.
LaneGaps gaps_for(const std::vector<std::vector<Size>>& lanes) {
  float tallest = 0;
  for (const auto& pads : lanes) {
    for (const Size& pad : pads) {
      tallest = std::max(tallest, pad.height);
    }
  }
  return {.lane = std::max(0.8F, tallest * 0.08F),
          .pad = std::max(kPadGap, tallest * 0.09F),
          .border = std::max(0.6F, tallest * 0.04F),
          .header = std::max(1.7F, tallest * 0.16F)};
}

using Numbers = std::vector<NodeNumber>;

class Layout {
 public:
  explicit Layout(Tree& tree) : nodes_(tree.nodes), tree_(tree) {
    children_.resize(nodes_.size());
    members_.resize(nodes_.size());
    sizes_.resize(nodes_.size());
    offsets_.resize(nodes_.size());
    insides_.resize(nodes_.size());
    for (NodeNumber number = 1; number < nodes_.size(); ++number) {
      if (nodes_[number].parent != kNoNode) {
        children_[static_cast<NodeNumber>(nodes_[number].parent)].push_back(number);
      }
      if (nodes_[number].policy_parent != kNoNode) {
        members_[static_cast<NodeNumber>(nodes_[number].policy_parent)].push_back(number);
      }
    }
  }

  void run(const Chart* before) {
    for (NodeNumber number = static_cast<NodeNumber>(nodes_.size()); number-- > 0;) {
      measure(number);
    }
    place_all();
    for (NodeNumber number = 0; number < nodes_.size(); ++number) {
      if (nodes_[number].kind == NodeKind::Vpc) {
        set_classes(number);
      }
    }
    set_gates();
    scale();
    fill_pads(before);
  }

 private:
  /// Children have higher numbers: they are measured first.
  void measure(NodeNumber number) {
    switch (nodes_[number].kind) {
      case NodeKind::Organisation:
        return measure_organisation(number);
      case NodeKind::Account:
        return measure_plate(number, NodeKind::Region,
                             is_single(NodeKind::Account) ? 0.008F : 0.03F);
      case NodeKind::Region:
        return measure_plate(number, NodeKind::Vpc, 0.02F);
      case NodeKind::Vpc:
        return measure_vpc(number);
      case NodeKind::Subnet:
        sizes_[number] = pad_size(grid_for(children_[number].size()));
        return;
      case NodeKind::Zone:
      case NodeKind::Class:
      case NodeKind::Interface:
      case NodeKind::Balancer:
      case NodeKind::Gateway:
      case NodeKind::Outside:
      case NodeKind::Internet:
        return;  // whoever they stand on measures them
    }
  }

  [[nodiscard]] bool is_single(NodeKind kind) const {
    return std::count_if(nodes_.begin(), nodes_.end(),
                         [&](const Node& node) { return node.kind == kind; }) <= 1;
  }

  [[nodiscard]] Numbers of_kind(const Numbers& numbers, NodeKind kind) const {
    Numbers found;
    std::copy_if(numbers.begin(), numbers.end(), std::back_inserter(found),
                 [&](NodeNumber number) { return nodes_[number].kind == kind; });
    return found;
  }

  /// Sets the content beside each other, with room around it, and portals on the rim.
  Size set_content(NodeNumber number, const Numbers& content, float share, float gap) {
    std::vector<Size> sizes;
    for (const NodeNumber child : content) {
      sizes.push_back(sizes_[child]);
    }
    const Packed packed = pack_shelves(sizes, gap, kPlateAspect);
    const Size inner = content.empty() ? kEmpty : packed.size;
    const Margins margins = margins_for(inner, share, gap);
    for (std::size_t i = 0; i < content.size(); ++i) {
      offsets_[content[i]] = {.x = packed.spots[i].x + margins.side,
                              .y = packed.spots[i].y + margins.header + gap / 2};
    }
    insides_[number] = {.x = margins.side,
                        .y = margins.header + gap / 2,
                        .width = inner.width,
                        .height = inner.height};
    return {.width = inner.width + 2 * margins.side,
            .height = inner.height + margins.header + gap / 2 + margins.side};
  }

  [[nodiscard]] float gap_between(const Numbers& plates) const {
    float largest = 0;
    for (const NodeNumber plate : plates) {
      largest = std::max(largest, std::sqrt(sizes_[plate].width * sizes_[plate].height));
    }
    return std::max(1.0F, largest * 0.05F);
  }

  void measure_plate(NodeNumber number, NodeKind holds, float share) {
    const Numbers content = of_kind(children_[number], holds);
    sizes_[number] = set_content(number, content, share, gap_between(content));
    set_portals(number);
  }

  void measure_vpc(NodeNumber number) {
    const Numbers zones = of_kind(children_[number], NodeKind::Zone);
    LaneSpots lanes;
    lanes.size = kEmpty;
    if (!zones.empty()) {
      std::vector<std::vector<Size>> pads;
      for (const NodeNumber zone : zones) {
        std::vector<Size>& sizes = pads.emplace_back();
        for (const NodeNumber subnet : children_[zone]) {
          sizes.push_back(sizes_[subnet]);
        }
      }
      lanes = set_lanes(pads, gaps_for(pads), kLaneAspect);
    }
    const Margins margins = margins_for(lanes.size, 0.035F, 1.5F);
    insides_[number] = {.x = margins.side,
                        .y = margins.side + margins.header,
                        .width = lanes.size.width,
                        .height = lanes.size.height};
    for (std::size_t i = 0; i < zones.size(); ++i) {
      sizes_[zones[i]] = lanes.sizes[i];
      offsets_[zones[i]] = {.x = lanes.lanes[i].x + margins.side,
                            .y = lanes.lanes[i].y + margins.side + margins.header};
      for (std::size_t pad = 0; pad < children_[zones[i]].size(); ++pad) {
        sizes_[children_[zones[i]][pad]] = lanes.grown[i][pad];
        offsets_[children_[zones[i]][pad]] = lanes.pads[i][pad];
      }
    }
    sizes_[number] = {.width = lanes.size.width + 2 * margins.side,
                      .height = lanes.size.height + 2 * margins.side + margins.header};
    set_portals(number);
  }

  /// Portals on the rim of a VPC or region, which is measured.
  void set_portals(NodeNumber number) {
    std::map<Side, Numbers> sides;
    for (const NodeNumber child : of_kind(children_[number], NodeKind::Gateway)) {
      sides[side_of_portal(nodes_[child].key)].push_back(child);
    }
    const float rim = insides_[number].x;
    for (const auto& [side, portals] : sides) {
      set_along(side, portals, {.length = rim * 0.9F, .depth = rim * 0.6F}, rim, sizes_[number]);
    }
  }

  void set_along(Side side, const Numbers& numbers, const Block& block, float band,
                 const Size& around) {
    const std::vector<Rect> rects = along(side, numbers.size(), block, band, around);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      offsets_[numbers[i]] = {.x = rects[i].x, .y = rects[i].y};
      sizes_[numbers[i]] = {.width = rects[i].width, .height = rects[i].height};
    }
  }

  void measure_organisation(NodeNumber number) {
    const Numbers accounts = of_kind(children_[number], NodeKind::Account);
    const Numbers ring = of_kind(children_[number], NodeKind::Outside);
    std::vector<Size> sizes;
    for (const NodeNumber account : accounts) {
      sizes.push_back(sizes_[account]);
    }
    const Packed packed = pack_shelves(sizes, gap_between(accounts), kPlateAspect);
    const Size inner = accounts.empty() ? kEmpty : packed.size;
    const float extent = std::sqrt(inner.width * inner.height);
    const float band =
        ring.empty() ? std::max(1.0F, extent * 0.02F) : std::max(3.0F, extent * 0.09F);
    for (std::size_t i = 0; i < accounts.size(); ++i) {
      offsets_[accounts[i]] = {.x = packed.spots[i].x + band, .y = packed.spots[i].y + band};
    }
    sizes_[number] = {.width = inner.width + 2 * band, .height = inner.height + 2 * band};
    set_ring(ring, band, sizes_[number]);
    offsets_[tree_.internet] = {};
    sizes_[tree_.internet] = sizes_[number];
  }

  /// Private networks in the west, others in the east, and all around where there are many.
  void set_ring(const Numbers& ring, float band, const Size& around) {
    std::map<Side, Numbers> sides;
    for (const NodeNumber block : ring) {
      const auto prefix = IpPrefix::parse(nodes_[block].key);
      const bool is_private = !prefix || !prefix->first().is_public();
      sides[is_private ? Side::West : Side::East].push_back(block);
    }
    const auto fits = static_cast<std::size_t>(std::max(1.0F, around.height / band * 0.8F));
    for (const auto& [full, other] :
         {std::pair(Side::West, Side::South), std::pair(Side::East, Side::North)}) {
      Numbers& blocks = sides[full];
      if (blocks.size() > fits) {
        const std::size_t half = blocks.size() * 2 / 5;
        sides[other].assign(blocks.begin() + static_cast<std::ptrdiff_t>(half), blocks.end());
        blocks.resize(half);
      }
    }
    for (const auto& [side, blocks] : sides) {
      set_along(side, blocks, {.length = band * 0.7F, .depth = band * 0.75F}, band, around);
    }
  }

  /// From offsets to places: a parent stands before its children.
  void place_all() {
    for (NodeNumber number = 0; number < nodes_.size(); ++number) {
      Node& node = nodes_[number];
      const bool is_placed_later = node.kind == NodeKind::Interface ||
                                   node.kind == NodeKind::Class || node.kind == NodeKind::Balancer;
      if (is_placed_later) {
        continue;
      }
      node.rect = {.x = offsets_[number].x,
                   .y = offsets_[number].y,
                   .width = sizes_[number].width,
                   .height = sizes_[number].height};
      if (node.parent != kNoNode) {
        node.rect.x += nodes_[static_cast<NodeNumber>(node.parent)].rect.x;
        node.rect.y += nodes_[static_cast<NodeNumber>(node.parent)].rect.y;
      }
      if (node.policy_parent != kNoNode || number == 0) {
        node.policy_rect = node.rect;
      }
    }
  }

  /// The ground inside the rim of a VPC.
  [[nodiscard]] Rect inside_of(NodeNumber number) const {
    Rect inside = insides_[number];
    inside.x += nodes_[number].rect.x;
    inside.y += nodes_[number].rect.y;
    return inside;
  }

  /// The classes of a VPC fill the ground that its lanes fill in the other lens.
  void set_classes(NodeNumber vpc) {
    const Numbers classes = of_kind(members_[vpc], NodeKind::Class);
    const Rect inside = inside_of(vpc);
    std::vector<Size> sizes;
    for (const NodeNumber each : classes) {
      sizes.push_back(pad_size(grid_for(members_[each].size())));
    }
    const Packed packed = pack_shelves(sizes, kPadGap, inside.width / inside.height);
    if (classes.empty()) {
      return;
    }
    const float factor =
        std::min({1.4F, inside.width / packed.size.width, inside.height / packed.size.height});
    const Spot corner{.x = inside.x + (inside.width - packed.size.width * factor) / 2,
                      .y = inside.y + (inside.height - packed.size.height * factor) / 2};
    for (std::size_t i = 0; i < classes.size(); ++i) {
      nodes_[classes[i]].policy_rect = {.x = corner.x + packed.spots[i].x * factor,
                                        .y = corner.y + packed.spots[i].y * factor,
                                        .width = sizes[i].width * factor,
                                        .height = sizes[i].height * factor};
      cells_[classes[i]] = factor;
    }
  }

  /// Balancers stand on the upper edge of their subnet; in the policy lens, where there is none, on
  /// that of the ground of their VPC.
  void set_gates() {
    std::map<NodeNumber, Numbers> by_edge;
    std::map<NodeNumber, Numbers> by_parent;
    for (const auto& [gate, edge] : tree_.edges) {
      const auto parent = static_cast<NodeNumber>(nodes_[gate].parent);
      by_edge[edge == gate ? parent : edge].push_back(gate);
      by_parent[parent].push_back(gate);
    }
    for (auto& [edge, gates] : by_edge) {
      const bool is_pad = nodes_[edge].kind == NodeKind::Subnet;
      set_on_edge(gates, is_pad ? nodes_[edge].rect : inside_of(edge), &Node::rect);
    }
    for (auto& [parent, gates] : by_parent) {
      set_on_edge(gates, inside_of(parent), &Node::policy_rect);
    }
  }

  void set_on_edge(Numbers& gates, const Rect& ground, Rect Node::*rect) {
    std::sort(gates.begin(), gates.end());
    const float room = ground.width / static_cast<float>(gates.size());
    const float width = std::min(2.6F, room * 0.7F);
    const float height = 0.7F;
    for (std::size_t i = 0; i < gates.size(); ++i) {
      const float middle = ground.x + room * (static_cast<float>(i) + 0.5F);
      nodes_[gates[i]].*rect = {
          .x = middle - width / 2, .y = ground.y - height * 0.7F, .width = width, .height = height};
    }
  }

  void scale() {
    scale_ = kRootWidth / sizes_[0].width;
    for (Node& node : nodes_) {
      for (Rect* rect : {&node.rect, &node.policy_rect}) {
        rect->x *= scale_;
        rect->y *= scale_;
        rect->width *= scale_;
        rect->height *= scale_;
      }
    }
    nodes_[0].rect.width = kRootWidth;
    nodes_[0].policy_rect.width = kRootWidth;
  }

  void fill_pads(const Chart* before) {
    for (NodeNumber number = 0; number < nodes_.size(); ++number) {
      if (nodes_[number].kind == NodeKind::Subnet) {
        fill_pad({.nodes = nodes_,
                  .pad = number,
                  .members = children_[number],
                  .cell = scale_,
                  .lens = Lens::Location,
                  .before = before});
      } else if (nodes_[number].kind == NodeKind::Class) {
        fill_pad({.nodes = nodes_,
                  .pad = number,
                  .members = members_[number],
                  .cell = scale_ * cells_.at(number),
                  .lens = Lens::Policy,
                  .before = before});
      }
    }
  }

  std::vector<Node>& nodes_;
  Tree& tree_;
  std::vector<Numbers> children_;
  std::vector<Numbers> members_;  // in the policy lens
  std::vector<Size> sizes_;
  std::vector<Spot> offsets_;  // from the corner of the parent
  std::vector<Rect> insides_;  // the ground inside the rim, from the corner
  std::unordered_map<NodeNumber, float> cells_;
  float scale_ = 1;
};

}  // namespace

void lay_out(Tree& tree, const Chart* before) { Layout(tree).run(before); }

}  // namespace portolan::chart
