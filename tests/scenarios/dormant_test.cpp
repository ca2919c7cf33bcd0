#include <map>
#include <string>

#include <gtest/gtest.h>

#include "checks/check.h"
#include "collect/collect.h"
#include "reach/reach.h"
#include "tools/scenario/scenario.h"

/// What sg-dormant says of each state that a group can be in.
namespace portolan::scenario {
namespace {

constexpr std::string_view kEstate = R"(# about: the states of a group
# origin: posture 2.2
vpc v 10.0.0.0/16 ; subnet app v 10.0.1.0/24
sg attached in=tcp/22@sg:referenced ; sg idle ; sg dormant ; sg referenced ; sg orphan
launch-template fleet sg=dormant,attached
instance i app 10.0.1.10 sg=attached
eni e app 10.0.1.20 sg=idle

audit --check sg-dormant   pass attached
)";

TEST(Dormant, tells_each_state_by_what_it_judges) {
  Scenario scenario = read_scenario(kEstate);
  ASSERT_TRUE(scenario.problems.empty());
  const Snapshot snapshot = collect::decode(std::move(scenario.documents), {}).snapshot;
  const reach::Network network = reach::build(snapshot);
  const checks::Config config;
  const checks::Context context(network, config);
  std::map<std::string, Finding> found;
  for (Finding& finding : checks::find_check("sg-dormant")->run(context)) {
    found[finding.resource] = std::move(finding);
  }
  const auto message = [&](const std::string& name) {
    return found[scenario.ids.at(name)].message.text();
  };
  EXPECT_EQ(message("attached"), "not dormant: an interface has it");
  EXPECT_EQ(message("idle"), "not dormant: an interface has it");
  EXPECT_EQ(message("referenced"),
            "not dormant: only rules of other groups name it (sg-referenced-only)");
  EXPECT_EQ(message("orphan"), "not dormant: nothing that is in use names it (sg-orphan)");
  EXPECT_EQ(found[scenario.ids.at("dormant")].outcome, Outcome::Fail);
  EXPECT_TRUE(
      message("dormant").starts_with("dormant: no interface of any state has the group, but "));
}

}  // namespace
}  // namespace portolan::scenario
