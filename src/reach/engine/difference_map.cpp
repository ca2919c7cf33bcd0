#include "reach/difference_map.h"

#include <array>
#include <map>
#include <tuple>
#include <utility>

#include "reach/engine/parties.h"

namespace portolan::reach {

namespace {

enum class List : std::uint8_t { Opened, Closed, Weakened };

List list_of(const ConnectionChange& change) {
  if (change.after > change.before) {
    return List::Opened;
  }
  return change.after == Verdict::No ? List::Closed : List::Weakened;
}

Passage passage_of(Verdict verdict, const ServiceSet& services) {
  switch (verdict) {
    case Verdict::Yes:
      return Passage::of(services);
    case Verdict::Depends:
      return {.yes = {}, .depends = services, .unknown = {}};
    case Verdict::Unknown:
      return Passage::maybe(services);
    case Verdict::No:
      return {};
  }
  return {};
}

/// An end as people call it.
struct Named {
  EndClass end;
  Party party;
  std::vector<std::string> members;
};

/// Gathers rows: first what one pair of ends has to tell, then pairs that tell the same.
class Gatherer {
 public:
  Gatherer(const Moment& after, const Difference& difference)
      : difference_(difference),
        labels_(after.network()),
        choice_(Choice::of(after.network(), std::nullopt).value()),
        source_labels_(outside(true)),
        target_labels_(outside(false)) {}

  DifferenceRows run() {
    for (const ConnectionChange& change : difference_.changes()) {
      add(change);
    }
    add_outbound();
    DifferenceRows rows;
    for (auto& [key, row] : rows_) {
      switch (std::get<List>(key)) {
        case List::Opened:
          rows.opened.push_back(std::move(row));
          break;
        case List::Closed:
          rows.closed.push_back(std::move(row));
          break;
        case List::Weakened:
          rows.weakened.push_back(std::move(row));
          break;
      }
    }
    return rows;
  }

 private:
  std::vector<EndClass> outside(bool are_sources) const {
    std::vector<EndClass> ends;
    const std::uint32_t count =
        are_sources ? difference_.source_count() : difference_.target_count();
    for (std::uint32_t number = 0; number < count; ++number) {
      EndClass end = are_sources ? difference_.source(number) : difference_.target(number);
      if (end.kind == EndClass::Kind::Outside) {
        ends.push_back(std::move(end));
      }
    }
    return ends;
  }

  const Named& named(std::uint32_t number, bool is_source) {
    auto& known = is_source ? sources_ : targets_;
    const auto [place, is_new] = known.try_emplace(number);
    if (is_new) {
      Named& named = place->second;
      named.end = is_source ? difference_.source(number) : difference_.target(number);
      named.party = labels_.party_of(named.end);
      named.members = choice_.members(named.end, named.party);
    }
    return place->second;
  }

  void add(const ConnectionChange& change) {
    const Named& target = named(change.target, false);
    std::map<OutsideLabels::Part, std::set<IpPrefix>> strangers;
    for (const std::uint32_t number : change.sources) {
      const Named& source = named(number, true);
      if (source.members.empty() || target.members.empty()) {
        continue;
      }
      if (source.end.kind == EndClass::Kind::Outside) {
        strangers[OutsideLabels::part_of(source.end)].insert(source.end.block);
      } else if (target.end.kind == EndClass::Kind::Outside) {
        outbound_[{number, OutsideLabels::part_of(target.end), change.before, change.after,
                   change.services}]
            .insert(target.end.block);
      } else {
        add_inside(change, source, target, number == change.target);
      }
    }
    for (const auto& [part, blocks] : strangers) {
      const Party party{.kind = EndClass::Kind::Outside,
                        .label = source_labels_.of(part, blocks),
                        .is_internet = part.first};
      ConnectionRow& row = row_of(change, party, target.party);
      row.sources.insert(party.label);
      row.targets.insert(target.members.begin(), target.members.end());
      row.pairs += target.members.size();
    }
  }

  void add_inside(const ConnectionChange& change, const Named& source, const Named& target,
                  bool may_be_one) {
    const bool is_one = may_be_one && source.end.kind == EndClass::Kind::Interfaces;
    const std::uint64_t pairs = source.members.size() * (target.members.size() - (is_one ? 1 : 0));
    if (pairs == 0) {
      return;
    }
    ConnectionRow& row = row_of(change, source.party, target.party);
    row.sources.insert(source.members.begin(), source.members.end());
    row.targets.insert(target.members.begin(), target.members.end());
    row.pairs += pairs;
  }

  /// Hosts out there that a source reaches alike are one row.
  void add_outbound() {
    for (const auto& [key, blocks] : outbound_) {
      const auto& [source, part, before, after, services] = key;
      const Named& from = named(source, true);
      const Party party{.kind = EndClass::Kind::Outside,
                        .label = target_labels_.of(part, blocks),
                        .is_internet = part.first};
      const ConnectionChange change{
          .target = 0, .before = before, .after = after, .services = services, .sources = {}};
      ConnectionRow& row = row_of(change, from.party, party);
      row.sources.insert(from.members.begin(), from.members.end());
      row.targets.insert(party.label);
      row.pairs += from.members.size();
    }
  }

  ConnectionRow& row_of(const ConnectionChange& change, const Party& from, const Party& to) {
    const List list = list_of(change);
    const Verdict shown = list == List::Closed ? change.before : change.after;
    ConnectionRow& row = rows_[{list, !from.is_internet, from, to, shown, change.services}];
    row.from = from;
    row.to = to;
    row.passage = passage_of(shown, change.services);
    return row;
  }

  const Difference& difference_;
  Labels labels_;
  Choice choice_;
  OutsideLabels source_labels_;
  OutsideLabels target_labels_;
  std::map<std::uint32_t, Named> sources_;
  std::map<std::uint32_t, Named> targets_;
  std::map<std::tuple<std::uint32_t, OutsideLabels::Part, Verdict, Verdict, ServiceSet>,
           std::set<IpPrefix>>
      outbound_;
  std::map<std::tuple<List, bool, Party, Party, Verdict, ServiceSet>, ConnectionRow> rows_;
};

}  // namespace

DifferenceRows difference_map(const Moment& after, const Difference& difference) {
  return Gatherer(after, difference).run();
}

}  // namespace portolan::reach
