#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "checks/check.h"
#include "collect/collect.h"
#include "reach/reach.h"
#include "tools/scenario/scenario.h"

/// How many what-ifs exposure-one-change-away may try.
namespace portolan::scenario {

namespace {

using testing::ElementsAre;

/// Two interfaces of two kinds that one route each keeps from the internet: one trial each.
const std::string kTwoGuarded =
    "# about: x\n# origin: y\n"
    "vpc v 10.0.0.0/16 ; igw g v\n"
    "subnet a v 10.0.1.0/24 routes ; subnet b v 10.0.2.0/24 routes\n"
    "sg ssh in=tcp/22\n"
    "instance i a 10.0.1.10 sg=ssh public=52.16.0.10\n"
    "instance j b 10.0.2.10 sg=ssh public=52.16.0.11\n";

/// What the check says of them, in ranked order.
std::vector<std::string> told(std::size_t tried_changes_max) {
  const Scenario scenario = read_scenario(kTwoGuarded);
  const collect::Decoded decoded = collect::decode(scenario.documents, {}, 1);
  const reach::Network network = reach::build(decoded.snapshot);
  checks::Config config;
  config.tried_changes_max = tried_changes_max;
  const checks::Context context(network, config);
  const checks::Check* const check = checks::find_check("exposure-one-change-away");
  std::vector<std::string> lines;
  for (const Finding& finding : checks::audit(context, std::span(&check, 1))) {
    lines.push_back(std::string(text(finding.outcome)) +
                    (finding.gaps.empty() ? "" : ": " + finding.gaps.front()));
  }
  return lines;
}

TEST(Guards, say_of_what_they_could_not_try_that_it_is_not_known) {
  EXPECT_THAT(told(2), ElementsAre("fail", "fail"));
  EXPECT_THAT(told(1), ElementsAre("fail", "unknown: more than 1 changes would have to be tried"));
  EXPECT_THAT(told(0), ElementsAre("unknown: more than 0 changes would have to be tried",
                                   "unknown: more than 0 changes would have to be tried"));
}

}  // namespace

}  // namespace portolan::scenario
