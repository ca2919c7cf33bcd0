#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "checks/check.h"
#include "collect/aws/namers.h"
#include "collect/collect.h"
#include "reach/reach.h"
#include "tools/scenario/scenario.h"

/// What sg-orphan says where a call that may name the group was not answered.
namespace portolan::scenario {
namespace {

constexpr std::string_view kEstate = R"(# about: a group that nothing names
# origin: posture 2.2
account 111122223333 eu-west-1
vpc v 10.0.0.0/16 ; sg lonely
not-collected other-services

audit --check sg-orphan   fail lonely
)";

/// That all calls were made, and what came of one of them.
collect::Document manifest_with(const std::string& call, const std::string& outcome) {
  std::string calls;
  for (const std::string& each : collect::aws::naming_commands()) {
    calls += fmt::format(
        R"({}{{"Call": "{}", "Account": "111122223333", "Region": "eu-west-1", "Outcome": "{}"}})",
        calls.empty() ? "" : ",", each, each == call ? outcome : "collected");
  }
  return {
      .path = "portolan-manifest.json",
      .bytes = fmt::format(
          R"({{"PortolanManifest": {{"Version": 1, "Complete": true, "Calls": [{}]}}}})", calls)};
}

Finding judged(const std::string& call, const std::string& outcome) {
  Scenario scenario = read_scenario(kEstate);
  scenario.documents.push_back(manifest_with(call, outcome));
  const Snapshot snapshot = collect::decode(std::move(scenario.documents), {}).snapshot;
  const reach::Network network = reach::build(snapshot);
  const checks::Config config;
  const checks::Context context(network, config);
  for (Finding& finding : checks::find_check("sg-orphan")->run(context)) {
    if (finding.resource == scenario.ids.at("lonely")) {
      return std::move(finding);
    }
  }
  return {};
}

/// The calls that are made, and those whose failure counts, are two lists: every one of the first
/// must be in the second.
TEST(Unasked, a_call_that_failed_leaves_open_whether_the_group_is_used) {
  EXPECT_EQ(judged("", "").outcome, Outcome::Fail);
  for (const std::string& call : collect::aws::naming_commands()) {
    for (const std::string outcome : {"denied", "failed", "partial"}) {
      const Finding finding = judged(call, outcome);
      EXPECT_EQ(finding.outcome, Outcome::Unknown) << call << ' ' << outcome;
      EXPECT_NE(finding.message.text().find(call), std::string::npos) << finding.message.text();
    }
  }
}

}  // namespace
}  // namespace portolan::scenario
