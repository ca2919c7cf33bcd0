#pragma once

#include <vector>

#include "chart/chart.h"
#include "chart/tree.h"

/// Private to the module: flags, risks and counts of the nodes.
namespace portolan::chart {

/// Flags of interfaces that their own rows tell: addresses, tags, registered targets.
void flag_interfaces(Tree& tree, const Material& material);

/// Flags and services that connections tell. `chart` is of the tree's nodes, which get the flags.
void flag_traffic(std::vector<Node>& nodes, const Chart& chart, const Traffic& traffic);

/// Risks and counts of findings.
void count_findings(std::vector<Node>& nodes, const Chart& chart, const Material& material);

}  // namespace portolan::chart
