#include <cstdlib>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "collect/collect.h"
#include "tests/support/compare_engine.h"
#include "tests/support/random_network.h"
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

}  // namespace
}  // namespace portolan::tests
