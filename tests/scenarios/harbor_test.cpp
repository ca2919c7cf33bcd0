#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "checks/check.h"
#include "collect/collect.h"
#include "model/change.h"
#include "reach/difference.h"
#include "reach/moment.h"
#include "reach/reach.h"
#include "tests/scenarios/judge.h"
#include "tools/scenario/scenario.h"

/// The example estate keeps what its README promises.
namespace portolan::scenario {

namespace {

namespace fs = std::filesystem;

const fs::path kHarbor = fs::path(PORTOLAN_SOURCE_DIR) / "examples/harbor";

std::string read(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

const Scenario& inventory() {
  static const Scenario kInventory = read_scenario(read(kHarbor / "harbor.scn"));
  return kInventory;
}

collect::Decoded load() {
  auto decoded = collect::load(kHarbor.string());
  EXPECT_TRUE(decoded.has_value());
  return decoded ? *std::move(decoded) : collect::Decoded{};
}

std::vector<Finding> audit(const Snapshot& snapshot) {
  const reach::Network network = reach::build(snapshot);
  const checks::Config config;
  return checks::audit(checks::Context(network, config));
}

/// `CHECK RISK[ latent] NAME`.
std::string line_of(const Finding& finding) {
  return finding.check + " " + std::string(text(finding.risk)) +
         (finding.is_latent ? " latent " : " ") + finding.name;
}

TEST(Harbor, every_seed_is_found) {
  for (const Miss& miss : judge(inventory())) {
    ADD_FAILURE() << "examples/harbor/harbor.scn:" << miss.line << ": " << miss.message;
  }
}

TEST(Harbor, its_documents_say_what_its_inventory_says) {
  const collect::Decoded folder = load();
  const collect::Decoded expanded = collect::decode(inventory().documents, {}, 1);
  EXPECT_TRUE(folder.diagnostics.empty());
  const auto without_files = [](std::vector<Finding> findings) {
    // Which document mentions a group is told by its path, which the folder chooses freely.
    for (Finding& finding : findings) {
      if (finding.check == "sg-dormant") {
        finding.message.clear();
      }
    }
    std::sort(findings.begin(), findings.end());
    return findings;
  };
  EXPECT_EQ(without_files(audit(folder.snapshot)), without_files(audit(expanded.snapshot)))
      << "run tools/harbor.py";
}

TEST(Harbor, nothing_but_the_seeds_is_high_or_critical) {
  const collect::Decoded decoded = load();
  std::set<std::string> lines;
  for (const Finding& finding : audit(decoded.snapshot)) {
    EXPECT_NE(finding.outcome, Outcome::Unknown) << finding.check << ": " << finding.message;
    if (finding.outcome == Outcome::Fail && finding.risk >= Risk::High) {
      EXPECT_TRUE(lines.insert(line_of(finding)).second) << "twice: " << line_of(finding);
      EXPECT_TRUE(finding.is_latent || !finding.witness.empty() ||
                  finding.check == "imdsv1-allowed")
          << line_of(finding);
    }
  }
  const std::set<std::string> seeds = {
      "admin-port-lateral high app",
      "admin-port-lateral high default",
      "data-tier-internet-egress high search",
      "elb-target-has-public-ip high ",
      "exposed-instance-with-role critical web-canary",
      "imdsv1-allowed high web-canary",
      "sg-ingress-split-world critical sftp",
      "sg-ingress-world-all-traffic high latent legacy-admin",
      "sg-ingress-world-rdp high pricing",
      "sg-ingress-world-ssh high reports",
      "sg-ingress-world-wide-range high voice",
      "web-instance-bypasses-elb critical web-debug",
  };
  EXPECT_EQ(lines, seeds);
}

TEST(Harbor, one_rule_makes_one_finding_about_the_world) {
  const collect::Decoded decoded = load();
  std::map<std::string, std::string> by_rule;
  for (const Finding& finding : audit(decoded.snapshot)) {
    if (finding.outcome != Outcome::Fail || !finding.check.starts_with("sg-ingress-")) {
      continue;
    }
    for (const FindingRule& rule : finding.rules) {
      const auto [entry, is_new] = by_rule.emplace(rule.id, finding.check);
      EXPECT_TRUE(is_new) << rule.id << ": " << entry->second << " and " << finding.check;
    }
  }
  EXPECT_FALSE(by_rule.empty());
}

using Keys = std::set<std::tuple<std::string, std::string, std::vector<FindingRule>>>;

Keys failing(const std::vector<Finding>& findings) {
  Keys keys;
  for (const Finding& finding : findings) {
    if (finding.outcome != Outcome::Pass) {
      keys.insert({finding.check, finding.resource, finding.rules});
    }
  }
  return keys;
}

/// Each fix takes its finding away, opens nothing, and brings no other finding of that risk.
TEST(Harbor, every_fix_keeps_its_promise) {
  const collect::Decoded decoded = load();
  const auto moment = reach::Moment::of(decoded.snapshot);
  const checks::Config config;
  const auto before = checks::audit(checks::Context(moment->connections(), config));
  int tried = 0;
  for (const Finding& finding : before) {
    const checks::Remedy remedy = checks::remedy_of(moment->snapshot(), finding);
    if (remedy.empty()) {
      continue;
    }
    SCOPED_TRACE(line_of(finding));
    const auto applied = apply_changes(moment->snapshot(), remedy);
    ASSERT_TRUE(applied.has_value()) << applied.error().message;
    const auto after = moment->next(applied->snapshot, applied->rows);
    const reach::Difference difference = reach::difference(*moment, *after);
    for (const reach::ConnectionChange& change : difference.changes()) {
      EXPECT_LT(static_cast<int>(change.after), static_cast<int>(change.before)) << "opens";
    }
    const auto left = checks::audit(checks::Context(after->connections(), config));
    EXPECT_FALSE(failing(left).contains({finding.check, finding.resource, finding.rules}));
    for (const Finding& other : left) {
      if (other.outcome == Outcome::Fail && other.risk >= Risk::High) {
        EXPECT_TRUE(failing(before).contains({other.check, other.resource, other.rules}))
            << line_of(other);
      }
    }
    ++tried;
  }
  EXPECT_GT(tried, 20);
}

}  // namespace

}  // namespace portolan::scenario
