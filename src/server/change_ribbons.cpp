#include "server/change_ribbons.h"

#include <map>
#include <tuple>
#include <vector>

#include "chart/ribbons.h"
#include "checks/check.h"

namespace portolan::server {
namespace {

using chart::NodeNumber;

/// The nodes that an end is on the chart.
std::vector<NodeNumber> nodes_of(const chart::Chart& chart, const reach::EndClass& end) {
  std::vector<NodeNumber> nodes;
  const auto add = [&](std::string_view key) {
    if (const auto number = chart.find(key)) {
      nodes.push_back(*number);
    }
  };
  switch (end.kind) {
    case reach::EndClass::Kind::Interfaces:
      for (const NetworkInterface* interface : end.interfaces) {
        add(interface->id.value);
      }
      break;
    case reach::EndClass::Kind::Outside:
      nodes.push_back(chart.outside_of(
          end.block, end.place.address.has_value() && end.place.address->is_public()));
      break;
    case reach::EndClass::Kind::Alone:
      add(end.place.id);
      break;
  }
  return nodes;
}

/// The node of that kind above another one, or none.
std::int32_t above(const chart::Chart& chart, NodeNumber number, chart::NodeKind kind) {
  auto node = static_cast<std::int32_t>(number);
  while (node >= 0 && chart[static_cast<NodeNumber>(node)].kind != kind) {
    node = chart[static_cast<NodeNumber>(node)].parent;
  }
  return node;
}

chart::Exposure exposure_of(const chart::Chart& chart, NodeNumber from, NodeNumber to) {
  for (const NodeNumber end : {from, to}) {
    if (chart[end].kind == chart::NodeKind::Internet) {
      return chart::Exposure::Internet;
    }
  }
  for (const NodeNumber end : {from, to}) {
    if (chart[end].kind == chart::NodeKind::Outside) {
      return chart::Exposure::Outside;
    }
  }
  const auto differ = [&](chart::NodeKind kind) {
    return above(chart, from, kind) != above(chart, to, kind);
  };
  return differ(chart::NodeKind::Account) ? chart::Exposure::Account
         : differ(chart::NodeKind::Vpc)   ? chart::Exposure::Vpc
                                          : chart::Exposure::Intra;
}

/// Services of that verdict, which is not no.
void add(reach::Passage& passage, reach::Verdict verdict, const ServiceSet& services) {
  ServiceSet& plane = verdict == reach::Verdict::Yes       ? passage.yes
                      : verdict == reach::Verdict::Depends ? passage.depends
                                                           : passage.unknown;
  plane = plane.united(services);
}

bool passes(reach::Verdict verdict) { return verdict != reach::Verdict::No; }

}  // namespace

boost::json::array change_ribbons(const chart::Chart& chart, const reach::Difference& difference,
                                  std::size_t most) {
  const ServiceSet risky = checks::risky_services();
  std::map<std::tuple<bool, NodeNumber, NodeNumber, reach::Verdict>, chart::Ribbon> ribbons;
  for (const reach::ConnectionChange& change : difference.changes()) {
    if (passes(change.before) == passes(change.after)) {
      continue;  // surer or less sure than before
    }
    const bool is_open = passes(change.after);
    const reach::Verdict verdict = is_open ? change.after : change.before;
    const std::vector<NodeNumber> targets = nodes_of(chart, difference.target(change.target));
    for (const std::uint32_t source : change.sources) {
      for (const NodeNumber from : nodes_of(chart, difference.source(source))) {
        for (const NodeNumber to : targets) {
          if (ribbons.size() >= most || from == to) {
            continue;
          }
          chart::Ribbon& ribbon = ribbons[{!is_open, from, to, verdict}];
          ribbon.from = from;
          ribbon.to = to;
          add(ribbon.passage, verdict, change.services);
          ribbon.exposure = exposure_of(chart, from, to);
          ribbon.pairs = 1;
          ribbon.is_risky = ribbon.is_risky || !change.services.intersected(risky).empty();
        }
      }
    }
  }
  boost::json::array list;
  for (const auto& [key, ribbon] : ribbons) {
    boost::json::object object = chart::json_of(ribbon);
    object.emplace("is_open", !std::get<0>(key));
    list.push_back(std::move(object));
  }
  return list;
}

}  // namespace portolan::server
