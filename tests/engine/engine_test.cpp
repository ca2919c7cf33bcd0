#include <cstdlib>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "collect/collect.h"
#include "tests/support/compare_difference.h"
#include "tests/support/compare_engine.h"
#include "tests/support/random.h"
#include "tests/support/random_changes.h"
#include "tests/support/random_network.h"
#include "tools/estate/estate.h"
#include "tools/scenario/scenario.h"

/// The set engine against the evaluator that answers one question at a time: over random networks
/// both say the same of every pair of places.
namespace portolan::tests {
namespace {

/// `PORTOLAN_ENGINE_SEEDS` for longer runs, `PORTOLAN_ENGINE_FIRST` to begin elsewhere.
std::uint64_t number_of(const char* variable, std::uint64_t otherwise) {
  const char* const wanted = std::getenv(variable);
  return wanted == nullptr ? otherwise : std::strtoull(wanted, nullptr, 10);
}

TEST(Engine, says_of_every_pair_what_trace_says) {
  const std::uint64_t first = number_of("PORTOLAN_ENGINE_FIRST", 1);
  const std::uint64_t count = number_of("PORTOLAN_ENGINE_SEEDS", 25);
  Compared compared;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    const std::string network = random_network(seed, {});
    scenario::Scenario scenario = scenario::read_scenario(network);
    const auto decoded = collect::decode(std::move(scenario.documents), {});
    compare_engine(decoded.snapshot, compared);
    ASSERT_TRUE(compared.disagreement.empty()) << "seed " << seed << "\n"
                                               << network << compared.disagreement;
  }
  fmt::print("{} networks, {} pairs, {} of them open\n", count, compared.pairs, compared.open);
  EXPECT_GT(compared.open, compared.pairs / 20);
}

TEST(Engine, looks_up_of_single_pairs_what_trace_says) {
  Compared compared;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    auto documents = scenario::read_scenario(random_network(seed, {})).documents;
    const auto decoded = collect::decode(std::move(documents), {});
    const reach::Network network = reach::build(decoded.snapshot);
    compare_lookup(reach::Connections(network), compared);
    ASSERT_TRUE(compared.disagreement.empty()) << "seed " << seed << "\n" << compared.disagreement;
  }
  fmt::print("{} pairs, {} of them looked up\n", compared.pairs, compared.open);
  EXPECT_GT(compared.open, compared.pairs / 4);
}

/// More pairs than are traced one by one: what they add up to is what the pairs say.
TEST(Engine, a_wide_question_is_answered_as_its_pairs_are) {
  std::vector<collect::Document> documents;
  estate::Size size = estate::size_of(150);
  size.groups_follow_roles = false;
  estate::generate(size, 3, [&](const std::string& path, const std::string& bytes) {
    documents.push_back({.path = path, .bytes = bytes});
  });
  const auto decoded = collect::decode(std::move(documents), {});
  const reach::Network network = reach::build(decoded.snapshot);
  const auto interfaces = decoded.snapshot.all<NetworkInterface>();
  ASSERT_GT(interfaces.size() * interfaces.size(), 20'000U);
  for (const char* services : {"tcp/22,443", "tcp/47"}) {
    const auto question =
        reach::parse_question(std::string("10.0.0.0/8 -> 10.0.0.0/8 ") + services);
    ASSERT_TRUE(question.has_value());
    const auto wide = reach::ask(network, *question);
    ASSERT_TRUE(wide.has_value());
    const auto place = [](const NetworkInterface& interface) {
      return reach::Place{
          .kind = reach::Place::Kind::Interface, .id = interface.id.value, .address = {}};
    };
    reach::Passage expected;
    for (const NetworkInterface& from : interfaces) {
      for (const NetworkInterface& to : interfaces) {
        if (from.id != to.id && !expected.yes.contains(question->services)) {
          expected = expected.or_else(
              reach::trace(network, place(from), place(to), question->services).passage);
        }
      }
    }
    EXPECT_EQ(text(wide->passage), text(expected)) << services;
    EXPECT_FALSE(wide->hops.empty());
  }
}

Snapshot decoded(const std::string& network) {
  return collect::decode(scenario::read_scenario(network).documents, {}).snapshot;
}

TEST(Engine, difference_of_two_networks_is_what_trace_says_of_both) {
  const std::uint64_t first = number_of("PORTOLAN_ENGINE_FIRST", 1);
  const std::uint64_t count = number_of("PORTOLAN_ENGINE_SEEDS", 25);
  Compared compared;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    RandomNetwork other;
    other.nat = seed % 2 == 0;
    other.acls_percent = 10;
    const auto before = reach::Moment::of(decoded(random_network(seed, {})), 1);
    const auto after = reach::Moment::of(decoded(random_network(seed, other)), 1);
    compare_difference(*before, *after, reach::difference(*before, *after, 2), compared);
    ASSERT_TRUE(compared.disagreement.empty()) << "seed " << seed << "\n" << compared.disagreement;
  }
  fmt::print("{} pairs of networks, {} pairs, {} of them changed\n", count, compared.pairs,
             compared.open);
  EXPECT_GT(compared.open, compared.pairs / 100);
}

TEST(Engine, what_follows_from_changes_is_what_trace_says) {
  const std::uint64_t first = number_of("PORTOLAN_ENGINE_FIRST", 1);
  const std::uint64_t count = number_of("PORTOLAN_ENGINE_SEEDS", 25);
  static constexpr int kSteps = 6;
  Compared compared;
  Compared states;
  int followed = 0;
  int steps = 0;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    Random random(seed);
    RandomNetwork setting;
    setting.gaps = seed % 3 == 0;
    setting.balancers = seed % 2 == 0;
    setting.endpoints = seed % 4 == 0;
    auto before = reach::Moment::of(decoded(random_network(seed, setting)));
    for (int step = 0; step < kSteps; ++step) {
      auto applied = apply_changes(before->snapshot(), random_changes(before->snapshot(), random));
      if (!applied) {
        continue;  // two changes of one thing
      }
      const auto after = before->next(applied->snapshot, applied->rows);
      ++steps;
      followed += after->follows(*before) ? 1 : 0;
      compare_engine(after->connections(), states);
      ASSERT_TRUE(states.disagreement.empty()) << "seed " << seed << " step " << step << "\n"
                                               << states.disagreement;
      compare_difference(*before, *after, reach::difference(*before, *after), compared);
      ASSERT_TRUE(compared.disagreement.empty()) << "seed " << seed << " step " << step << "\n"
                                                 << compared.disagreement;
      before = after;
    }
  }
  fmt::print("{} changes, {} of them followed; {} pairs, {} of them changed\n", steps, followed,
             compared.pairs, compared.open);
  EXPECT_GT(followed, steps / 2);
  EXPECT_GT(compared.open, 0U);
}

}  // namespace
}  // namespace portolan::tests
