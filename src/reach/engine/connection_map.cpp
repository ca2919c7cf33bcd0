#include "reach/connection_map.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "core/text.h"
#include "reach/engine/parties.h"

namespace portolan::reach {

namespace {

/// The classes of one side that are meant, with their members.
struct Side {
  std::vector<Party> parties;                     // by class
  std::vector<std::vector<std::string>> members;  // by class; empty: not meant
};

Side side_of(const Labels& labels, const Choice& choice, const std::vector<EndClass>& ends) {
  Side side;
  for (const EndClass& end : ends) {
    side.parties.push_back(labels.party_of(end));
    side.members.push_back(choice.members(end, side.parties.back()));
  }
  return side;
}

using RowKey = std::tuple<Party, Party, std::string>;

std::string text_of(const Passage& passage) {
  return fmt::format("{}|{}|{}", passage.yes.text(), passage.depends.text(),
                     passage.unknown.text());
}

class Map {
 public:
  Map(const Connections& connections, const ConnectionFilter& filter, Side from, Side to)
      : connections_(connections), filter_(filter), from_(std::move(from)), to_(std::move(to)) {}

  std::vector<ConnectionRow> run() {
    for (std::uint32_t target = 0; target < to_.members.size(); ++target) {
      if (!to_.members[target].empty()) {
        add_column(target);
      }
    }
    add_outside(inbound_, connections_.sources(), to_, true);
    add_outside(outbound_, connections_.targets(), from_, false);
    std::vector<ConnectionRow> rows;
    rows.reserve(rows_.size());
    for (auto& [key, row] : rows_) {
      rows.push_back(std::move(row));
    }
    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
      return a.from.is_internet > b.from.is_internet;
    });
    return rows;
  }

 private:
  /// Of one class inside: the hosts out there that it has the same services with.
  struct Strangers {
    Passage passage;
    std::map<OutsideLabels::Part, std::set<IpPrefix>> blocks;
  };
  using StrangersOf = std::map<std::pair<std::uint32_t, std::string>, Strangers>;

  void add_column(std::uint32_t target) {
    for (const Cell& cell : connections_.to(target)) {
      const Passage passage = cell.passage.only(filter_.services);
      if (passage.blocked()) {
        continue;
      }
      const std::string text = text_of(passage);
      for (const std::uint32_t source : cell.sources) {
        const bool is_meant = !from_.members[source].empty() &&
                              (!filter_.from_internet || from_.parties[source].is_internet);
        if (is_meant) {
          add_pair(source, target, passage, text);
        }
      }
    }
  }

  void add_pair(std::uint32_t source, std::uint32_t target, const Passage& passage,
                const std::string& text) {
    const EndClass& from = connections_.sources()[source];
    const EndClass& to = connections_.targets()[target];
    if (from.kind == EndClass::Kind::Outside) {
      add_stranger(inbound_[{target, text}], passage, from);
    } else if (to.kind == EndClass::Kind::Outside) {
      add_stranger(outbound_[{source, text}], passage, to);
    } else {
      add_inside(source, target, passage, text);
    }
  }

  static void add_stranger(Strangers& strangers, const Passage& passage, const EndClass& end) {
    strangers.passage = passage;
    strangers.blocks[OutsideLabels::part_of(end)].insert(end.block);
  }

  void add_inside(std::uint32_t source, std::uint32_t target, const Passage& passage,
                  const std::string& text) {
    const auto& sources = from_.members[source];
    const auto& targets = to_.members[target];
    const auto themselves = static_cast<std::uint64_t>(
        std::count_if(sources.begin(), sources.end(), [&](const std::string& id) {
          return std::find(targets.begin(), targets.end(), id) != targets.end();
        }));
    const std::uint64_t pairs = sources.size() * targets.size() - themselves;
    if (pairs == 0) {
      return;
    }
    ConnectionRow& row = row_of(from_.parties[source], to_.parties[target], passage, text);
    row.sources.insert(sources.begin(), sources.end());
    row.targets.insert(targets.begin(), targets.end());
    row.pairs += pairs;
  }

  ConnectionRow& row_of(const Party& from, const Party& to, const Passage& passage,
                        const std::string& text) {
    ConnectionRow& row = rows_[{from, to, text}];
    row.from = from;
    row.to = to;
    row.passage = passage;
    return row;
  }

  void add_outside(const StrangersOf& all, const std::vector<EndClass>& ends, const Side& side,
                   bool is_inbound) {
    const OutsideLabels labels(ends);
    for (const auto& [key, strangers] : all) {
      const auto& [number, text] = key;
      for (const auto& [part, blocks] : strangers.blocks) {
        const Party stranger{.kind = EndClass::Kind::Outside,
                             .label = labels.of(part, blocks),
                             .is_internet = part.first};
        const Party& inside = side.parties[number];
        ConnectionRow& row = row_of(is_inbound ? stranger : inside, is_inbound ? inside : stranger,
                                    strangers.passage, text);
        auto& outer = is_inbound ? row.sources : row.targets;
        auto& inner = is_inbound ? row.targets : row.sources;
        outer.insert(stranger.label);
        inner.insert(side.members[number].begin(), side.members[number].end());
        row.pairs = inner.size();
      }
    }
  }

  const Connections& connections_;
  const ConnectionFilter& filter_;
  Side from_;
  Side to_;
  StrangersOf inbound_;
  StrangersOf outbound_;
  std::map<RowKey, ConnectionRow> rows_;
};

}  // namespace

Result<std::vector<ConnectionRow>> connection_map(const Network& network,
                                                  const Connections& connections,
                                                  const ConnectionFilter& filter) {
  const Choice from = TRY(Choice::of(network, filter.from));
  const Choice to = TRY(Choice::of(network, filter.to));
  const Labels labels(network);
  return Map(connections, filter, side_of(labels, from, connections.sources()),
             side_of(labels, to, connections.targets()))
      .run();
}

}  // namespace portolan::reach
