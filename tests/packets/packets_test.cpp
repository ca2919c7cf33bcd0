#include <cstdlib>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "collect/collect.h"
#include "tests/packets/referee.h"
#include "tests/packets/world.h"
#include "tools/scenario/scenario.h"

namespace portolan::packets {

namespace {

class Packets : public testing::Test {
 protected:
  void SetUp() override {
    if (const auto cause = why_impossible()) {
      GTEST_SKIP() << *cause;
    }
  }

  /// Holds the network against the kernel and tells what was seen.
  static Verdicts judge_and_tell(const std::string& name,
                                 const std::vector<collect::Document>& documents) {
    Verdicts verdicts = judge(documents);
    fmt::print(
        "{}: {} hosts, {} questions ({} depend, {} left open), {} attempts, {} passed, "
        "{} disagreements\n",
        name, verdicts.hosts, verdicts.questions, verdicts.depends, verdicts.unknown,
        verdicts.attempts, verdicts.passed, verdicts.disagreements.size());
    return verdicts;
  }

  static Verdicts judge_text(const std::string& name, const std::string& inventory) {
    const std::string text = "# about: " + name + "\n# origin: this test\n" + inventory +
                             "\ndeny 203.0.113.1 -> 203.0.113.2 any unknown\n";
    const scenario::Scenario scenario = scenario::read_scenario(text);
    for (const scenario::Problem& problem : scenario.problems) {
      ADD_FAILURE() << name << ":" << problem.line << ": " << problem.message;
    }
    Verdicts verdicts = judge_and_tell(name, scenario.documents);
    for (const std::string& disagreement : verdicts.disagreements) {
      ADD_FAILURE() << name << "\n" << disagreement << text;
      break;
    }
    return verdicts;
  }
};

TEST_F(Packets, pass_by_groups_inside_a_subnet_and_between_subnets) {
  const Verdicts verdicts = judge_text("groups", R"(
vpc v 10.0.0.0/16
subnet a v 10.0.0.0/24
subnet b v 10.0.1.0/24
sg web v in=tcp/80@10.0.0.0/24 in=udp/53@sg:self in=icmp/8 out=any
sg db v in=tcp/5432@sg:web out=tcp/80
instance i a 10.0.0.10 sg=web
instance j a 10.0.0.11 sg=db
instance k b 10.0.1.10 sg=web
instance l b 10.0.1.11 sg=db,web
)");
  EXPECT_GT(verdicts.passed, 0U);
}

}  // namespace

}  // namespace portolan::packets
