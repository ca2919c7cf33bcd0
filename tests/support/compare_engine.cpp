#include "tests/support/compare_engine.h"

#include <vector>

#include <fmt/format.h>

#include "reach/pair_lookup.h"

namespace portolan::tests {

std::string text(const reach::Passage& passage) {
  return fmt::format("yes {}, depends {}, unknown {}", passage.yes.text(), passage.depends.text(),
                     passage.unknown.text());
}

namespace {

using reach::Cell;
using reach::Connections;
using reach::EndClass;
using reach::Passage;
using reach::Place;

std::string told(const std::vector<reach::Hop>& hops) {
  std::string result;
  for (const reach::Hop& hop : hops) {
    result +=
        fmt::format("    {} {} {} {} {} {}\n", reach::text(hop.direction), hop.component, hop.rule,
                    reach::text(hop.reason), hop.passage.possible().text(), hop.detail);
  }
  return result;
}

/// The first members of a class, and the last one.
std::vector<Place> some_places(const EndClass& end) {
  if (end.is_empty()) {
    return {};
  }
  if (end.interfaces.empty()) {
    return {end.place};
  }
  std::vector<Place> places;
  for (std::size_t i = 0; i < end.interfaces.size(); ++i) {
    if (i < 2 || i + 1 == end.interfaces.size()) {
      places.push_back({.kind = Place::Kind::Interface,
                        .id = end.interfaces[i]->id.value,
                        .address = std::nullopt});
    }
  }
  return places;
}

void compare_pair(const reach::Network& network, const EndClass& source, const EndClass& target,
                  const Passage& found, Compared& compared) {
  for (const Place& from : some_places(source)) {
    for (const Place& to : some_places(target)) {
      const bool are_outside = from.kind == Place::Kind::Outside && to.kind == Place::Kind::Outside;
      if (from == to || are_outside) {
        continue;
      }
      const reach::Answer answer = reach::trace(network, from, to, ServiceSet::all());
      ++compared.pairs;
      compared.open += answer.passage.blocked() ? 0 : 1;
      if (answer.passage != found) {
        compared.disagreement =
            fmt::format("{} -> {}\n  engine {}\n  trace  {}\n{}", from.text(), to.text(),
                        text(found), text(answer.passage), told(answer.hops));
        return;
      }
    }
  }
}

/// Pairs of two different interfaces that the cells of a column stand for.
std::uint64_t pairs_of(const Connections& connections, std::uint32_t target, const Cell& cell) {
  const EndClass& to = connections.targets()[target];
  std::uint64_t pairs = 0;
  for (const std::uint32_t source : cell.sources) {
    const EndClass& from = connections.sources()[source];
    const bool is_itself = source == target && to.kind == EndClass::Kind::Interfaces;
    pairs += from.interfaces.size() * (to.interfaces.size() - (is_itself ? 1 : 0));
  }
  return pairs;
}

void compare_totals(const Connections& connections, const reach::ConnectionTotals& summed,
                    Compared& compared) {
  const reach::ConnectionTotals totals = connections.totals(2);
  if (totals.open != summed.open || totals.possible != summed.possible) {
    compared.disagreement =
        fmt::format("{} pairs open and {} possible by the totals, {} and {} by the columns",
                    totals.open, totals.possible, summed.open, summed.possible);
  }
}

}  // namespace

void compare_engine(const Snapshot& snapshot, Compared& compared) {
  const reach::Network network = reach::build(snapshot);
  compare_engine(Connections(network), compared);
}

void compare_engine(const Connections& connections, Compared& compared) {
  const reach::Network& network = connections.network();
  reach::ConnectionTotals summed;
  for (std::uint32_t target = 0; target < connections.targets().size(); ++target) {
    std::vector<Passage> found(connections.sources().size());
    for (const Cell& cell : connections.to(target)) {
      for (const std::uint32_t source : cell.sources) {
        found[source] = cell.passage;
      }
      const std::uint64_t pairs = pairs_of(connections, target, cell);
      summed.open += cell.passage.yes.empty() ? 0 : pairs;
      summed.possible += pairs;
    }
    for (std::size_t source = 0; source < found.size(); ++source) {
      compare_pair(network, connections.sources()[source], connections.targets()[target],
                   found[source], compared);
      if (!compared.disagreement.empty()) {
        return;
      }
    }
  }
  compare_totals(connections, summed, compared);
}

void compare_lookup(const Connections& connections, Compared& compared) {
  const reach::Network& network = connections.network();
  std::vector<Place> places;
  for (const NetworkInterface& interface : network.snapshot().all<NetworkInterface>()) {
    places.push_back({.kind = Place::Kind::Interface, .id = interface.id.value, .address = {}});
    const auto add = [&](const IpAddress& address) {
      places.push_back(
          {.kind = Place::Kind::Interface, .id = interface.id.value, .address = address});
    };
    for (const auto& address : interface.addresses) {
      add(address.private_ip);
      if (address.public_ip) {
        add(*address.public_ip);
      }
    }
    for (const auto& address : interface.ipv6) {
      add(address);
    }
  }
  for (const auto* ends : {&connections.sources(), &connections.targets()}) {
    for (const EndClass& end : *ends) {
      if (end.kind == EndClass::Kind::Outside) {
        places.push_back(end.place);
      }
    }
  }
  reach::PairLookup lookup(connections);
  for (const Place& to : places) {
    for (const Place& from : places) {
      const auto found = lookup.passage(from, to);
      ++compared.pairs;
      compared.open += found ? 1 : 0;
      if (!found) {
        continue;
      }
      const Passage traced = reach::trace(network, from, to, ServiceSet::all()).passage;
      if (traced != *found) {
        compared.disagreement = fmt::format("{} -> {}\n  looked up {}\n  trace     {}\n",
                                            from.text(), to.text(), text(*found), text(traced));
        return;
      }
    }
  }
}

}  // namespace portolan::tests
