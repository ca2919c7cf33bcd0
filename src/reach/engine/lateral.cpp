#include "reach/lateral.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "reach/engine/parties.h"

namespace portolan::reach {

namespace {

constexpr int kNever = std::numeric_limits<int>::max();

/// A connection between two classes.
struct Edge {
  std::uint32_t source = 0;
  std::uint32_t target = 0;
  ServiceSet services;
};

/// Walks outwards from some sources, a hop at a time. Sources and targets of one class have
/// different numbers where the classes are not of interfaces, so they are joined by what they are.
class Spread {
 public:
  Spread(const Network& network, const Connections& connections, const ServiceSet& services)
      : network_(network),
        connections_(connections),
        services_(services),
        labels_(network),
        source_hops_(connections.sources().size(), kNever),
        target_hops_(connections.targets().size(), kNever),
        edges_(connections.targets().size()) {
    std::map<Place, std::uint32_t> alone;
    for (std::uint32_t source = 0; source < connections.sources().size(); ++source) {
      if (connections.sources()[source].kind != EndClass::Kind::Outside) {
        alone.emplace(connections.sources()[source].place, source);
      }
    }
    for (const EndClass& target : connections.targets()) {
      const auto found = alone.find(target.place);
      same_.push_back(found == alone.end() ? none_ : found->second);
    }
  }

  Result<void> start(const Selector& from) {
    start_ = TRY(Choice::of(network_, from));
    for (std::uint32_t source = 0; source < source_hops_.size(); ++source) {
      const EndClass& end = connections_.sources()[source];
      if (!start_->members(end, labels_.party_of(end)).empty()) {
        source_hops_[source] = 0;
      }
    }
    return {};
  }

  /// Finds what is reached by one connection more. False if there is nothing.
  bool next() {
    ++hops_;
    std::vector<std::uint32_t> reached;
    for (std::uint32_t target = 0; target < target_hops_.size(); ++target) {
      const bool is_open = target_hops_[target] == kNever &&
                           connections_.targets()[target].kind != EndClass::Kind::Outside;
      if (is_open && reach(target)) {
        reached.push_back(target);
      }
    }
    for (const std::uint32_t target : reached) {
      target_hops_[target] = hops_;
      if (same_[target] != none_) {
        int& hops = source_hops_[same_[target]];
        hops = std::min(hops, hops_);
      }
    }
    return !reached.empty();
  }

  [[nodiscard]] const std::vector<int>& target_hops() const { return target_hops_; }
  [[nodiscard]] const std::vector<Edge>& edges_to(std::uint32_t target) const {
    return edges_[target];
  }
  /// The number as a target of what was a source; none for hosts out there.
  [[nodiscard]] std::optional<std::uint32_t> as_target(std::uint32_t source) const {
    const auto found = std::find(same_.begin(), same_.end(), source);
    return found == same_.end() ? std::nullopt
                                : std::optional(static_cast<std::uint32_t>(found - same_.begin()));
  }
  [[nodiscard]] bool is_start(std::uint32_t source) const { return source_hops_[source] == 0; }
  [[nodiscard]] const Labels& labels() const { return labels_; }

  /// The members that were not there from the start.
  [[nodiscard]] std::vector<std::string> members(std::uint32_t target) const {
    const EndClass& end = connections_.targets()[target];
    const Party party = labels_.party_of(end);
    const std::vector<std::string> before = start_->members(end, party);
    std::vector<std::string> ids;
    const auto everyone = Choice::of(network_, std::nullopt);
    for (std::string& id : everyone->members(end, party)) {
      if (std::find(before.begin(), before.end(), id) == before.end()) {
        ids.push_back(std::move(id));
      }
    }
    return ids;
  }

  [[nodiscard]] Step step_of(const Edge& edge) const {
    const EndClass& from = connections_.sources()[edge.source];
    const EndClass& to = connections_.targets()[edge.target];
    Place target = to.place;
    if (from.place == to.place && to.interfaces.size() > 1) {
      target.id = to.interfaces[1]->id.value;  // of one class two members
    }
    Step step{.from = party_of(from),
              .to = labels_.party_of(to),
              .source = from.kind == EndClass::Kind::Outside ? from.block.text() : from.place.id,
              .target = target.id,
              .services = edge.services,
              .rule = {}};
    for (const Hop& hop : trace(network_, from.place, target, edge.services).hops) {
      const bool is_group = hop.component.starts_with("sg-") && hop.direction == Direction::Forward;
      if (is_group && hop.rule.find("ingress") != std::string::npos && step.rule.empty()) {
        step.rule = hop.component + " " + hop.rule;
      }
    }
    return step;
  }

 private:
  [[nodiscard]] Party party_of(const EndClass& end) const {
    Party party = labels_.party_of(end);
    if (end.kind == EndClass::Kind::Outside) {
      const std::string name = party.is_internet ? "internet" : "outside";
      const std::string family = end.block.family() == IpFamily::V6 ? " over IPv6" : "";
      party.label = name + family + (end.block.is_everything() ? "" : " " + party.label);
    }
    return party;
  }

  /// True if somebody who was reached before gets to the target; keeps by whom.
  bool reach(std::uint32_t target) {
    if (members(target).empty()) {
      return false;
    }
    for (const Cell& cell : connections_.to(target)) {
      ServiceSet services = cell.passage.yes.intersected(services_);
      if (services.empty()) {
        continue;
      }
      for (const std::uint32_t source : cell.sources) {
        if (source_hops_[source] == hops_ - 1) {
          edges_[target].push_back({source, target, services});
        }
      }
    }
    return !edges_[target].empty();
  }

  static constexpr std::uint32_t none_ = 0xFFFFFFFF;

  const Network& network_;
  const Connections& connections_;
  const ServiceSet& services_;
  Labels labels_;
  std::optional<Choice> start_;
  std::vector<int> source_hops_;
  std::vector<int> target_hops_;
  std::vector<std::vector<Edge>> edges_;  // by target: those that reached it first
  std::vector<std::uint32_t> same_;       // by target: the source that it is
  int hops_ = 0;
};

/// Puts the chains together, from their ends backwards. Hosts out there that differ in nothing on
/// the way count once.
class Chains {
 public:
  Chains(const Spread& spread, std::size_t most) : spread_(spread), most_(most) {}

  void end_at(std::uint32_t target) { extend(target); }

  std::vector<AttackPath> take() { return std::move(paths_); }

 private:
  void extend(std::uint32_t target) {
    std::set<std::string> origins;
    for (const Edge& edge : spread_.edges_to(target)) {
      if (paths_.size() >= most_) {
        return;
      }
      Step step = spread_.step_of(edge);
      const bool is_start = spread_.is_start(edge.source);
      if (is_start && !origins.insert(step.from.is_internet ? step.rule : step.source).second) {
        continue;
      }
      chain_.push_back(std::move(step));
      if (is_start) {
        paths_.emplace_back(chain_.rbegin(), chain_.rend());
      } else if (const auto before = spread_.as_target(edge.source)) {
        extend(*before);
      }
      chain_.pop_back();
    }
  }

  const Spread& spread_;
  std::size_t most_;
  AttackPath chain_;
  std::vector<AttackPath> paths_;
};

}  // namespace

Result<std::vector<Reached>> blast_radius(const Network& network, const Connections& connections,
                                          const Selector& from, const ServiceSet& services,
                                          int hops) {
  Spread spread(network, connections, services);
  if (auto started = spread.start(from); !started) {
    return tl::unexpected<Error>(std::move(started).error());
  }
  for (int hop = 0; hop < hops && spread.next(); ++hop) {
  }
  std::map<std::pair<int, Party>, Reached> rows;
  for (std::uint32_t target = 0; target < spread.target_hops().size(); ++target) {
    const int hop = spread.target_hops()[target];
    if (hop == kNever) {
      continue;
    }
    const Party party = spread.labels().party_of(connections.targets()[target]);
    Reached& row = rows[{hop, party}];
    if (row.members.empty()) {
      row.party = party;
      row.hops = hop;
      row.last = spread.step_of(spread.edges_to(target).front());
    }
    for (std::string& id : spread.members(target)) {
      row.members.insert(std::move(id));
    }
  }
  std::vector<Reached> reached;
  reached.reserve(rows.size());
  for (auto& [key, row] : rows) {
    reached.push_back(std::move(row));
  }
  return reached;
}

Result<std::vector<AttackPath>> attack_paths(const Network& network, const Connections& connections,
                                             const Selector& from, const Selector& to,
                                             const ServiceSet& services, std::size_t most) {
  Spread spread(network, connections, services);
  if (auto started = spread.start(from); !started) {
    return tl::unexpected<Error>(std::move(started).error());
  }
  const Choice goal = TRY(Choice::of(network, to));
  std::vector<std::uint32_t> goals;
  for (std::uint32_t target = 0; target < connections.targets().size(); ++target) {
    const EndClass& end = connections.targets()[target];
    if (end.kind != EndClass::Kind::Outside &&
        !goal.members(end, spread.labels().party_of(end)).empty()) {
      goals.push_back(target);
    }
  }
  const auto is_reached = [&](std::uint32_t target) {
    return spread.target_hops()[target] != kNever;
  };
  while (std::none_of(goals.begin(), goals.end(), is_reached) && spread.next()) {
  }
  Chains chains(spread, most);
  for (const std::uint32_t target : goals) {
    if (is_reached(target)) {
      chains.end_at(target);
    }
  }
  return chains.take();
}

}  // namespace portolan::reach
