#include "chart/chart.h"

#include <algorithm>
#include <array>
#include <utility>

#include "chart/judge.h"
#include "chart/layout.h"
#include "chart/outside.h"
#include "chart/tree.h"

namespace portolan::chart {

std::string_view text(NodeKind kind) {
  static constexpr std::array<std::string_view, 12> kTexts{
      "organisation", "account",   "region",   "vpc",     "zone",    "subnet",
      "class",        "interface", "balancer", "gateway", "outside", "internet"};
  return kTexts.at(static_cast<std::size_t>(kind));
}

Result<Lens> parse_lens(std::string_view text) {
  if (text == "location") {
    return Lens::Location;
  }
  if (text == "policy") {
    return Lens::Policy;
  }
  return fail("bad_lens", "`" + std::string(text) + "` is no lens: `location` or `policy`");
}

Chart::Chart(std::vector<Node> nodes) : nodes_(std::move(nodes)) {
  by_key_.reserve(nodes_.size());
  for (NodeNumber number = 0; number < nodes_.size(); ++number) {
    const Node& node = nodes_[number];
    by_key_.emplace(node.key, number);
    if (node.kind == NodeKind::Internet) {
      internet_ = number;
    } else if (node.kind == NodeKind::Outside) {
      if (const auto block = IpPrefix::parse(node.key)) {
        ring_.push_back({.block = *block, .node = number});
      } else {
        private_ = number;
      }
    }
  }
  std::sort(ring_.begin(), ring_.end(),
            [](const Ring& a, const Ring& b) { return a.block.length() > b.block.length(); });
}

std::optional<NodeNumber> Chart::find(std::string_view key) const {
  const auto found = by_key_.find(key);
  return found == by_key_.end() ? std::nullopt : std::optional(found->second);
}

NodeNumber Chart::outside_of(const IpPrefix& block, bool is_public) const {
  if (!is_public && is_anybody(block) && private_ != 0) {
    return private_;
  }
  const auto ring = std::find_if(ring_.begin(), ring_.end(),
                                 [&](const Ring& each) { return each.block.contains(block); });
  return ring == ring_.end() ? internet_ : ring->node;
}

Chart make_chart(const Material& material) {
  Tree tree = make_tree(material);
  lay_out(tree, material.before);
  flag_interfaces(tree, material);
  std::vector<Node> judged = tree.nodes;
  const Chart plain(std::move(tree.nodes));
  flag_traffic(judged, plain, material.traffic);
  count_findings(judged, plain, material);
  return Chart(std::move(judged));
}

Chart as_of(const Chart& chart, const Material& then) {
  std::vector<Node> judged = chart.nodes();
  for (Node& node : judged) {
    node.flags &= static_cast<std::uint16_t>(~kOfTraffic);
    node.flags |= (node.flags & kNotCollected) != 0 ? kNotAllKnown : 0;
    node.risk = kNoRisk;
    node.findings = 0;
    node.services = 0;
  }
  flag_traffic(judged, chart, then.traffic);
  count_findings(judged, chart, then);
  return Chart(std::move(judged));
}

}  // namespace portolan::chart
