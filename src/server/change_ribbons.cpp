#include "server/change_ribbons.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>
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

/// Puts ribbons together, as many as are looked at.
class Bundle {
 public:
  explicit Bundle(const chart::Chart& chart) : chart_(chart), risky_(checks::risky_services()) {}

  void add_change(const reach::Difference& difference, const reach::ConnectionChange& change) {
    const std::vector<NodeNumber> targets = nodes_of(chart_, difference.target(change.target));
    for (const std::uint32_t source : change.sources) {
      for (const NodeNumber from : nodes_of(chart_, difference.source(source))) {
        for (const NodeNumber to : targets) {
          if (from != to) {
            add_pair(from, to, change);
          }
        }
      }
    }
  }

  ChangeRibbons told() const {
    std::vector<const Entry*> order;
    for (const Entry& entry : ribbons_) {
      order.push_back(&entry);
    }
    // Less is worse; what opens comes before what closes.
    const auto rank_of = [](const Entry& entry) {
      return std::tuple(!entry.second.is_risky, entry.second.exposure, entry.first);
    };
    std::sort(order.begin(), order.end(),
              [&](const Entry* a, const Entry* b) { return rank_of(*a) < rank_of(*b); });
    ChangeRibbons told;
    told.hidden = left_out_ + order.size() - std::min(order.size(), kShownMost);
    for (const Entry* entry : order) {
      if (told.list.size() < kShownMost) {
        boost::json::object object = chart::json_of(entry->second);
        object.emplace("is_open", !std::get<0>(entry->first));
        told.list.push_back(std::move(object));
      }
    }
    return told;
  }

 private:
  using Key = std::tuple<bool, NodeNumber, NodeNumber, reach::Verdict>;  // closes, from, to
  using Entry = std::pair<const Key, chart::Ribbon>;

  static constexpr std::size_t kShownMost = 600;
  static constexpr std::size_t kKeptMost = 20'000;

  void add_pair(NodeNumber from, NodeNumber to, const reach::ConnectionChange& change) {
    const bool is_open = passes(change.after);
    const reach::Verdict verdict = is_open ? change.after : change.before;
    const Key key{!is_open, from, to, verdict};
    if (ribbons_.size() >= kKeptMost && !ribbons_.contains(key)) {
      ++left_out_;
      return;
    }
    chart::Ribbon& ribbon = ribbons_[key];
    ribbon.from = from;
    ribbon.to = to;
    add(ribbon.passage, verdict, change.services);
    ribbon.exposure = exposure_of(chart_, from, to);
    ribbon.pairs = 1;
    ribbon.is_risky = ribbon.is_risky || !change.services.intersected(risky_).empty();
  }

  const chart::Chart& chart_;
  ServiceSet risky_;
  std::map<Key, chart::Ribbon> ribbons_;
  std::size_t left_out_ = 0;
};

}  // namespace

ChangeRibbons change_ribbons(const chart::Chart& chart, const reach::Difference& difference) {
  Bundle bundle(chart);
  for (const reach::ConnectionChange& change : difference.changes()) {
    if (passes(change.before) != passes(change.after)) {  // else surer or less sure than before
      bundle.add_change(difference, change);
    }
  }
  return bundle.told();
}

}  // namespace portolan::server
