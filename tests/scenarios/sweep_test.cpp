#include <algorithm>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "checks/check.h"
#include "reach/reason.h"
#include "tests/scenarios/expectation.h"
#include "tests/scenarios/files.h"
#include "tools/scenario/noun.h"

namespace portolan::scenario {

namespace {

/// What all scenarios together speak of.
struct Spoken {
  std::set<std::string> reasons;
  std::set<std::string> checks;
  std::set<std::string> nouns;
};

Spoken spoken() {
  Spoken all;
  for (const ScenarioFile& file : scenario_files()) {
    for (const Statement& statement : parse_statements(file.text)) {
      all.nouns.insert(statement.noun);
    }
    const Scenario scenario = read_scenario(file.text);
    for (const Statement& statement : scenario.expectations) {
      const auto expectation = parse_expectation(scenario, statement);
      if (const auto* reach =
              expectation ? std::get_if<ReachExpectation>(&*expectation) : nullptr) {
        all.reasons.insert(reach->because.begin(), reach->because.end());
      }
      if (const auto* audit =
              expectation ? std::get_if<AuditExpectation>(&*expectation) : nullptr) {
        all.checks.insert(audit->check);
      }
    }
  }
  return all;
}

TEST(Sweep, every_reason_is_given_in_a_scenario) {
  const Spoken all = spoken();
  for (const reach::ReasonInfo& reason : reach::all_reasons()) {
    EXPECT_TRUE(reason.reason == reach::Reason::Passed ||
                all.reasons.contains(std::string(reason.code)))
        << reason.code;
  }
}

TEST(Sweep, every_noun_is_used_in_a_scenario) {
  const Spoken all = spoken();
  for (const NounInfo& noun : all_nouns()) {
    EXPECT_TRUE(all.nouns.contains(std::string(noun.word))) << noun.word;
  }
}

TEST(Sweep, no_two_scenarios_are_about_the_same) {
  std::set<std::string> abouts;
  for (const ScenarioFile& file : scenario_files()) {
    EXPECT_TRUE(abouts.insert(read_scenario(file.text).about).second) << file.path;
  }
}

}  // namespace

}  // namespace portolan::scenario
