#include <algorithm>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "checks/check.h"
#include "checks/policy.h"
#include "collect/collect.h"
#include "reach/reach.h"
#include "tests/support/random_network.h"
#include "tools/scenario/scenario.h"

namespace portolan::tests {

namespace {

constexpr std::uint64_t kNetworks = 60;

Snapshot snapshot_of(std::uint64_t seed) {
  const auto scenario = scenario::read_scenario(random_network(seed, {}));
  return collect::decode(scenario.documents, {}, 1).snapshot;
}

/// What the user allows passes, and has its place among all that passes.
checks::Policy generous() {
  return {.allowed_ports = {{.groups = "sg:*", .services = ServiceSet::tcp(443)}},
          .severity = {{"sg-rule-no-description", Risk::High}}};
}

TEST(RandomAudit, is_ranked_and_the_same_each_time) {
  for (std::uint64_t seed = 0; seed < kNetworks; ++seed) {
    const Snapshot snapshot = snapshot_of(seed);
    const reach::Network network = reach::build(snapshot);
    const checks::Config config;
    for (const checks::Policy& policy : {checks::Policy{}, generous()}) {
      const checks::Context context(network, config);
      const checks::Context again(network, config);
      const std::vector<Finding> findings = checks::audit(context, policy);
      ASSERT_TRUE(std::is_sorted(findings.begin(), findings.end(), ranks_before)) << seed;
      ASSERT_EQ(findings, checks::audit(again, policy)) << seed;
    }
  }
}

TEST(RandomAudit, finds_what_each_check_finds_alone) {
  for (std::uint64_t seed = 0; seed < kNetworks; ++seed) {
    const Snapshot snapshot = snapshot_of(seed);
    const reach::Network network = reach::build(snapshot);
    const checks::Config config;
    const checks::Context context(network, config);
    for (const Finding& finding : checks::audit(context)) {
      const checks::Check* check = checks::find_check(finding.check);
      ASSERT_NE(check, nullptr) << finding.check.text();
      if (finding.outcome == Outcome::Unknown) {
        const checks::Context alone(network, config);
        const std::vector<Finding> found = check->run(alone);
        ASSERT_TRUE(std::find(found.begin(), found.end(), finding) != found.end())
            << seed << " " << finding.check.text() << " " << finding.resource;
      }
    }
  }
}

}  // namespace

}  // namespace portolan::tests
