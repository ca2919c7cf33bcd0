#pragma once

#include <vector>

#include "chart/chart.h"
#include "chart/traffic.h"

/// Private to the module: which nodes the ends of connections are.
namespace portolan::chart {

/// What is known of the ends of one side.
struct ChartEnd {
  std::vector<NodeNumber> nodes;  // its members; none where nobody is meant
  bool is_class = false;          // interfaces that nothing can tell apart
  bool is_outside = false;        // hosts that the snapshot does not own
  bool is_internet = false;       // with public addresses
};

/// The sources (or targets) of all connections as nodes, by number of class. A node of a balancer
/// is nobody: the balancer stands for it; nor is what AWS serves every host with by itself.
std::vector<ChartEnd> chart_ends(const Chart& chart, const reach::Connections& connections,
                                 const std::vector<reach::EndClass>& ends);

}  // namespace portolan::chart
