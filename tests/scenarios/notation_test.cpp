#include <algorithm>
#include <string>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "tests/scenarios/expectation.h"
#include "tools/scenario/scenario.h"

namespace portolan::scenario {

namespace {

constexpr std::string_view kHead = "# about: a\n# origin: b\n";

Scenario read(const std::string& text) {
  return read_scenario(std::string(kHead) + text + "\nreach any -> any any   no\n");
}

std::string problem_of(const std::string& text) {
  const Scenario scenario = read(text);
  return scenario.problems.empty() ? ""
                                   : std::to_string(scenario.problems.front().line) + ": " +
                                         scenario.problems.front().message;
}

boost::json::value document(const Scenario& scenario, std::string_view path) {
  const auto found = std::find_if(scenario.documents.begin(), scenario.documents.end(),
                                  [&](const collect::Document& each) { return each.path == path; });
  return found == scenario.documents.end() ? boost::json::value()
                                           : boost::json::parse(found->bytes);
}

TEST(Notation, mistakes_are_told_with_their_line) {
  EXPECT_EQ(problem_of("vpc v 10.0.0.0/16\nsubnet a w 10.0.1.0/24"), "4: `w` is no vpc");
  EXPECT_EQ(problem_of("vpc v"), "3: `vpc` needs a CIDR");
  EXPECT_EQ(problem_of("vpx v 10.0.0.0/16"), "3: `vpx` is no noun of the notation");
  EXPECT_EQ(problem_of("vpc v 10.0.0.0/16 zone=a"), "3: `vpc` has no option `zone`");
  EXPECT_EQ(problem_of("vpc v 10.0.0.0/16 twice"), "3: `vpc` does not understand `twice`");
  EXPECT_EQ(problem_of("vpc v 10.0.0.0/16\nigw v v"), "4: there is already something named `v`");
  EXPECT_EQ(problem_of("vpc v 10.0.0.0/16\nsg s in=tpc/22"), "4: `tpc/22` is no service");
  EXPECT_EQ(problem_of("not-collected weather"), "3: `weather` is no kind of document");
}

TEST(Notation, statements_may_share_a_line_and_go_on_in_the_next) {
  const Scenario scenario =
      read("vpc v 10.0.0.0/16 ; vpc w 10.1.0.0/16  # two\n\nsubnet a v 10.0.1.0/24\n  zone=b\n");
  EXPECT_TRUE(scenario.problems.empty());
  const auto subnets = document(scenario, "111122223333/eu-west-1/Subnets.json");
  EXPECT_EQ(subnets.at("Subnets").at(0).at("AvailabilityZone"), "eu-west-1b");
  EXPECT_EQ(document(scenario, "111122223333/eu-west-1/Vpcs.json").at("Vpcs").as_array().size(),
            2U);
}

TEST(Notation, ids_are_the_same_in_every_run_and_apart) {
  const Scenario one = read("vpc v 10.0.0.0/16 ; vpc w 10.0.0.0/16");
  const Scenario other = read("vpc w 10.0.0.0/16\nvpc v 10.0.0.0/16");
  EXPECT_EQ(one.ids.at("v"), other.ids.at("v"));
  EXPECT_NE(one.ids.at("v"), one.ids.at("w"));
  EXPECT_EQ(one.ids.at("v").size(), std::string_view("vpc-0123456789abcdef0").size());
}

TEST(Notation, kinds_that_are_not_there_are_empty_unless_they_were_not_collected) {
  const Scenario scenario = read("vpc v 10.0.0.0/16\nnot-collected network-acls");
  EXPECT_TRUE(document(scenario, "111122223333/eu-west-1/NetworkAcls.json").is_null());
  EXPECT_TRUE(document(scenario, "111122223333/eu-west-1/NatGateways.json")
                  .at("NatGateways")
                  .as_array()
                  .empty());
}

TEST(Notation, a_document_stands_as_it_is) {
  const Scenario scenario = read("vpc v 10.0.0.0/16\ndocument a.json {\"x\": \"{v} # ; no\",\n  [");
  const auto found =
      std::find_if(scenario.documents.begin(), scenario.documents.end(),
                   [](const auto& each) { return each.path == "111122223333/eu-west-1/a.json"; });
  ASSERT_NE(found, scenario.documents.end());
  EXPECT_EQ(found->bytes, "{\"x\": \"" + scenario.ids.at("v") + " # ; no\",\n  [");
}

TEST(Notation, an_expectation_that_makes_no_sense_is_an_error) {
  const auto error_of = [](const std::string& noun, const std::string& rest) {
    const Statement statement{.line = 1, .noun = noun, .words = {}, .options = {}, .rest = rest};
    return !parse_expectation(Scenario{}, statement).has_value();
  };
  EXPECT_TRUE(error_of("reach", "a -> b tcp/22"));
  EXPECT_TRUE(error_of("reach", "a -> b tcp/22 yes because of_luck"));
  EXPECT_TRUE(error_of("deny", "a -> b tcp/22 yes"));
  EXPECT_TRUE(error_of("audit", "--check x maybe y"));
  EXPECT_FALSE(error_of("reach", "a -> b tcp/22 no because no_route at t"));
}

}  // namespace

}  // namespace portolan::scenario
