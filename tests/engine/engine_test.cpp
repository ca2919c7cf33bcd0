#include <cstdlib>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "collect/collect.h"
#include "reach/connections.h"
#include "tests/support/random_network.h"
#include "tools/scenario/scenario.h"

/// The set engine against the evaluator that answers one question at a time: over random networks
/// both say the same of every pair of places.
namespace portolan::tests {
namespace {

using reach::Connections;
using reach::EndClass;
using reach::Passage;
using reach::Place;

std::uint64_t seeds() {
  const char* wanted = std::getenv("PORTOLAN_ENGINE_SEEDS");
  return wanted == nullptr ? 120 : std::strtoull(wanted, nullptr, 10);
}

std::string text(const Passage& passage) {
  return "yes " + passage.yes.text() + ", depends " + passage.depends.text() + ", unknown " +
         passage.unknown.text();
}

std::string explained(const reach::Answer& answer) {
  std::string hops;
  for (const reach::Hop& hop : answer.hops) {
    hops += "\n    " + std::string(reach::text(hop.direction)) + " " + hop.component + " " +
            hop.rule + " " + std::string(reach::text(hop.reason)) + " " +
            hop.passage.possible().text() + " " + hop.detail;
  }
  return hops;
}

Place place_of(const NetworkInterface& interface) {
  return {.kind = Place::Kind::Interface, .id = interface.id.value, .address = std::nullopt};
}

/// The first members of a class, and the last one.
std::vector<Place> some_places(const EndClass& end) {
  if (end.interfaces.empty()) {
    return {end.place};
  }
  std::vector<Place> places;
  for (std::size_t i = 0; i < end.interfaces.size(); ++i) {
    if (i < 2 || i + 1 == end.interfaces.size()) {
      places.push_back(place_of(*end.interfaces[i]));
    }
  }
  return places;
}

struct Compared {
  int pairs = 0;
  int open = 0;
  int wrong = 0;
};

void compare_pair(const reach::Network& network, const EndClass& source, const EndClass& target,
                  const Passage& found, const std::string& about, Compared& compared) {
  for (const Place& from : some_places(source)) {
    for (const Place& to : some_places(target)) {
      const bool are_outside = from.kind == Place::Kind::Outside && to.kind == Place::Kind::Outside;
      if (from == to || are_outside) {
        continue;
      }
      const auto answer = reach::trace(network, from, to, ServiceSet::all());
      ++compared.pairs;
      compared.open += answer.passage.blocked() ? 0 : 1;
      if (answer.passage == found) {
        continue;
      }
      ++compared.wrong;
      ADD_FAILURE() << (compared.wrong == 1 ? about : "") << "\n"
                    << from.text() << " -> " << to.text() << "\n  engine " << text(found)
                    << "\n  trace  " << text(answer.passage) << explained(answer);
      return;
    }
  }
}

void compare(const Snapshot& snapshot, const std::string& about, Compared& compared) {
  const reach::Network network = reach::build(snapshot);
  const Connections connections(network);
  for (std::uint32_t target = 0; target < connections.targets().size(); ++target) {
    std::vector<Passage> found(connections.sources().size());
    for (const reach::Cell& cell : connections.to(target)) {
      for (const std::uint32_t source : cell.sources) {
        found[source] = cell.passage;
      }
    }
    for (std::size_t source = 0; source < found.size(); ++source) {
      compare_pair(network, connections.sources()[source], connections.targets()[target],
                   found[source], about, compared);
      if (compared.wrong >= 5) {
        return;
      }
    }
  }
}

Snapshot snapshot_of(const std::string& network) {
  scenario::Scenario scenario = scenario::read_scenario(network);
  return collect::decode(std::move(scenario.documents), {}).snapshot;
}

TEST(Engine, says_of_every_pair_what_trace_says) {
  Compared compared;
  for (std::uint64_t seed = 1; seed <= seeds(); ++seed) {
    const std::string network = random_network(seed, {});
    compare(snapshot_of(network), "seed " + std::to_string(seed) + "\n" + network, compared);
    if (compared.wrong >= 5) {
      break;
    }
  }
  std::printf("%d pairs, %d of them open, %d wrong\n", compared.pairs, compared.open,
              compared.wrong);
  EXPECT_GT(compared.open, compared.pairs / 20);
}

}  // namespace
}  // namespace portolan::tests
