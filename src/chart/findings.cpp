#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include "chart/homes.h"
#include "chart/judge.h"
#include "chart/tree.h"

namespace portolan::chart {

namespace {

/// Counts each finding once for each node that it is about or that holds such a node.
class Counter {
 public:
  Counter(std::vector<Node>& nodes) : nodes_(nodes), last_(nodes.size(), kNever) {}

  void begin() { ++finding_; }

  void add(NodeNumber number, std::uint8_t risk) {
    add_above(number, risk, &Node::parent);
    add_above(number, risk, &Node::policy_parent);
  }

 private:
  static constexpr std::uint32_t kNever = 0;

  void add_above(NodeNumber number, std::uint8_t risk, std::int32_t Node::*parent) {
    for (auto at = static_cast<std::int32_t>(number); at != kNoNode;
         at = nodes_[static_cast<NodeNumber>(at)].*parent) {
      Node& node = nodes_[static_cast<NodeNumber>(at)];
      if (last_[static_cast<NodeNumber>(at)] != finding_) {
        last_[static_cast<NodeNumber>(at)] = finding_;
        ++node.findings;
        node.risk = node.risk == kNoRisk ? risk : std::max(node.risk, risk);
      } else if (static_cast<NodeNumber>(at) != number) {
        return;  // and so is all above it
      }
    }
  }

  std::vector<Node>& nodes_;
  std::vector<std::uint32_t> last_;
  std::uint32_t finding_ = kNever;
};

}  // namespace

void count_findings(std::vector<Node>& nodes, const Chart& chart, const Material& material) {
  const Homes homes(chart, material.traffic.snapshot());
  Counter counter(nodes);
  for (const Finding& finding : material.findings) {
    if (finding.outcome != Outcome::Fail) {
      continue;
    }
    counter.begin();
    for (const NodeNumber number : homes.of(finding)) {
      counter.add(number, static_cast<std::uint8_t>(finding.risk));
    }
  }
}

}  // namespace portolan::chart
