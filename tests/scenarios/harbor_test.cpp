#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "checks/check.h"
#include "checks/policy.h"
#include "checks/standing.h"
#include "collect/collect.h"
#include "iam/iam.h"
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

/// Who may do what, as the folder tells.
const checks::Authority& authority() {
  static const iam::Directory kDirectory = [] {
    iam::Directory directory;
    Diagnostics problems;
    const auto decoded = collect::load(kHarbor.string(), {.keeps = iam::mentions_authority});
    EXPECT_TRUE(decoded.has_value());
    for (const collect::Document& document : decoded->kept) {
      const iam::AuthorityDocument each{.path = document.path, .bytes = document.bytes};
      iam::read_documents({&each, 1}, directory, problems);
    }
    EXPECT_TRUE(problems.empty());
    return directory;
  }();
  static const checks::Authority kAuthority{.directory = &kDirectory};
  return kAuthority;
}

std::vector<Finding> audit(const Snapshot& snapshot) {
  const reach::Network network = reach::build(snapshot);
  const checks::Config config;
  checks::Context context(network, config);
  context.set_authority(authority());
  return checks::audit(context);
}

/// `CHECK RISK[ latent] NAME`.
std::string line_of(const Finding& finding) {
  return finding.check.text() + " " + std::string(text(finding.risk)) +
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

/// All that is seeded, as the table of the README tells it, worst first.
const std::vector<std::string> kSeeds = {
    "exposed-instance-with-role critical web-canary",
    "sg-ingress-split-world critical sftp",
    "web-instance-bypasses-elb critical web-debug",
    "admin-port-lateral high app",
    "admin-port-lateral high default",
    "data-tier-internet-egress high search",
    "elb-target-has-public-ip high ",
    "exposed-instance-can-change-sg high web-canary",
    "imdsv1-allowed high web-canary",
    "instance-role-can-change-sg high rundeck-1",
    "sg-ingress-world-all-traffic high latent legacy-admin",
    "sg-ingress-world-rdp high pricing",
    "sg-ingress-world-ssh high reports",
    "sg-ingress-world-wide-range high voice",
    "default-sg-has-rules medium default",
    "default-sg-in-use medium default",
    "instance-role-can-change-sg medium web-4",
    "public-tier-peers-private-tier medium prod-to-ops",
    "sg-ingress-prefix-list medium bastion",
    "sg-ingress-wide-range-internal medium metrics",
    "sg-ingress-world-ssh medium latent fleet",
    "sg-ingress-world-unauthorized-port medium voice",
    "exposure-one-change-away medium latent ",
    "sg-egress-tier-violation medium cache",
    "sg-egress-tier-violation medium default",
    "sg-egress-tier-violation medium search",
    "sg-egress-tier-violation medium voice",
    "sg-egress-world-all medium harbor-prod",
    "default-sg-has-rules low latent default",
    "imdsv1-allowed low latent worker-1",
    "instance-public-ip low latent mail-1",
    "nacl-return-path-blocked low mail-acl",
    "peering-route-too-broad low prod-to-ops",
    "sg-egress-world-sensitive-port low latent mail",
    "sg-ingress-world-smtp low latent mail",
    "sg-orphan low legacy-admin",
    "sg-orphan low retired-proxy",
    "sg-orphan-cluster low old-export",
    "sg-referenced-only low retired-batch",
    "sg-rule-dead-pair low reports",
    "sg-world-open-not-exposed low latent mail",
    "vpc-endpoint-missing low harbor-ops",
    "vpc-endpoint-missing low harbor-prod",
};

TEST(Harbor, nothing_but_the_seeds_is_more_than_for_the_record) {
  const collect::Decoded decoded = load();
  std::vector<std::string> lines;
  for (const Finding& finding : audit(decoded.snapshot)) {
    EXPECT_NE(finding.outcome, Outcome::Unknown)
        << finding.check.text() << ": " << finding.message.text();
    if (finding.outcome != Outcome::Fail || finding.risk == Risk::Info) {
      continue;
    }
    lines.push_back(line_of(finding));
    EXPECT_TRUE(finding.risk < Risk::High || finding.is_latent || !finding.witness.empty() ||
                finding.check == "imdsv1-allowed" || finding.check == "instance-role-can-change-sg")
        << line_of(finding);
  }
  EXPECT_THAT(lines, testing::UnorderedElementsAreArray(kSeeds));
}

TEST(Harbor, its_readme_names_every_check_that_finds_a_seed) {
  const std::string page = read(kHarbor / "README.md");
  for (const std::string& seed : kSeeds) {
    const std::string check = seed.substr(0, seed.find(' '));
    EXPECT_NE(page.find("`" + check + "`"), std::string::npos) << check;
  }
}

TEST(Harbor, what_the_internet_is_nearest_to_comes_first) {
  const collect::Decoded decoded = load();
  const reach::Network network = reach::build(decoded.snapshot);
  const checks::Config config;
  checks::Context context(network, config);
  context.set_authority(authority());
  std::vector<Finding> findings = checks::audit(context);
  const std::vector<Standing> standings = checks::rank(context, findings);
  std::vector<std::string> high;
  for (std::size_t i = 0; i < standings.size(); ++i) {
    if (findings[i].risk == Risk::High && !findings[i].is_latent) {
      const Standing& standing = standings[i];
      high.push_back(findings[i].name + " " +
                     (standing.hops ? std::to_string(*standing.hops) : "-") +
                     (standing.is_data_tier ? " data" : "") +
                     (standing.role.empty() ? "" : " as " + standing.role));
    }
  }
  EXPECT_THAT(high, testing::ElementsAre(" 1 as web", "web-canary 1 as web", "web-canary 1 as web",
                                         "pricing 1", "reports 1", "voice 1", "app 2 as app",
                                         "rundeck-1 2 as rundeck", "search 3 data", "default -"));
}

TEST(Harbor, allowed_ports_and_severities_are_honoured) {
  const collect::Decoded decoded = load();
  const reach::Network network = reach::build(decoded.snapshot);
  const checks::Config config;
  checks::Context context(network, config);
  context.set_authority(authority());
  const checks::Policy policy{
      .allowed_ports = {{.groups = "sg:voice",
                         .services = *ServiceSet::parse("udp/10000-20000 tcp/5061")},
                        {.groups = "sg:reports", .services = ServiceSet::tcp(443)}},
      .severity = {{"sg-orphan", Risk::High}}};
  std::set<std::string> lines;
  for (const Finding& finding : checks::audit(context, policy)) {
    if (finding.outcome == Outcome::Fail) {
      lines.insert(line_of(finding));
    }
  }
  EXPECT_FALSE(lines.contains("sg-ingress-world-wide-range high voice"));
  EXPECT_FALSE(lines.contains("sg-ingress-world-unauthorized-port medium voice"));
  EXPECT_TRUE(
      lines.contains("sg-ingress-world-ssh high reports"));  // port 443 is allowed, 22 is not
  EXPECT_TRUE(lines.contains("sg-orphan high legacy-admin"));
}

/// First the rules by which they name one another, then the groups.
TEST(Harbor, unused_groups_are_deleted_in_an_order_that_aws_accepts) {
  const collect::Decoded decoded = load();
  const reach::Network network = reach::build(decoded.snapshot);
  const checks::Config config;
  checks::Context context(network, config);
  context.set_authority(authority());
  for (const Finding& finding : checks::audit(context)) {
    if (finding.check != "sg-orphan-cluster" || finding.outcome != Outcome::Fail) {
      continue;
    }
    const checks::Remedy remedy = checks::remedy_of(context, finding);
    ASSERT_EQ(remedy.size(), 4U);
    EXPECT_TRUE(std::holds_alternative<RuleRemoved>(remedy[0]));
    EXPECT_TRUE(std::holds_alternative<RuleRemoved>(remedy[1]));
    EXPECT_TRUE(std::holds_alternative<ResourceRemoved>(remedy[2]));
    EXPECT_TRUE(std::holds_alternative<ResourceRemoved>(remedy[3]));
  }
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
      EXPECT_TRUE(is_new) << rule.id << ": " << entry->second << " and " << finding.check.text();
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

/// Of these people have to decide.
const std::vector<std::string> kForPeople = {
    "default-sg-in-use",
    "elb-target-has-public-ip",
    "eni-internet-reachable-port",
    "eni-reachable-via-load-balancer",
    "exposed-instance-with-role",
    "exposure-one-change-away",
    "exposure-sole-guard",
    "instance-public-ip",
    "instance-role-can-change-sg",
    "nacl-allow-all-egress",
    "nacl-return-path-blocked",
    "peering-route-too-broad",
    "principal-can-change-nacl-or-route",
    "principal-can-change-sg",
    "public-tier-peers-private-tier",
    "sg-dormant",
    "sg-egress-world-all",
    "sg-ingress-world-http",
    "sg-ingress-world-https",
    "subnet-default-nacl",
    "vpc-block-public-access-off",
    "vpc-endpoint-missing",
};

/// What the folder says, with its authority, and the moments that come of edits.
class Fixes {
 public:
  Fixes()
      : decoded_(load()),
        moment_(reach::Moment::of(decoded_.snapshot)),
        context_(moment_->connections(), config_) {
    context_.set_authority(authority());
    before_ = checks::audit(context_);
  }

  [[nodiscard]] const std::vector<Finding>& before() const { return before_; }
  [[nodiscard]] checks::Remedy remedy(const Finding& finding) const {
    return checks::remedy_of(context_, finding);
  }

  /// What is found once the edits are made, which must open nothing and bring no other finding of
  /// high risk.
  [[nodiscard]] Keys left(const checks::Remedy& remedy) const {
    const auto applied = apply_changes(moment_->snapshot(), remedy);
    EXPECT_TRUE(applied.has_value()) << applied.error().message;
    if (!applied) {
      return {};
    }
    const auto after = moment_->next(applied->snapshot, applied->rows);
    const reach::Difference difference = reach::difference(*moment_, *after);
    for (const reach::ConnectionChange& change : difference.changes()) {
      EXPECT_LT(static_cast<int>(change.after), static_cast<int>(change.before)) << "opens";
    }
    checks::Context context(after->connections(), config_);
    context.set_authority(authority());
    const auto findings = checks::audit(context);
    const Keys known = failing(before_);
    for (const Finding& other : findings) {
      if (other.outcome == Outcome::Fail && other.risk >= Risk::High) {
        EXPECT_TRUE(known.contains({other.check, other.resource, other.rules})) << line_of(other);
      }
    }
    return failing(findings);
  }

 private:
  collect::Decoded decoded_;
  std::shared_ptr<const reach::Moment> moment_;
  checks::Config config_;
  checks::Context context_;
  std::vector<Finding> before_;
};

TEST(Harbor, every_fix_keeps_its_promise) {
  const Fixes fixes;
  std::set<std::string> for_people;
  for (const Finding& finding : fixes.before()) {
    const checks::Remedy remedy = fixes.remedy(finding);
    if (remedy.empty()) {
      if (finding.outcome == Outcome::Fail) {
        for_people.insert(finding.check);
      }
      continue;
    }
    SCOPED_TRACE(line_of(finding));
    EXPECT_FALSE(fixes.left(remedy).contains({finding.check, finding.resource, finding.rules}));
  }
  EXPECT_THAT(for_people, testing::ElementsAreArray(kForPeople));
}

/// Several findings may want the same edit, and what is deleted is deleted last.
TEST(Harbor, all_fixes_together_keep_their_promise) {
  const Fixes fixes;
  checks::Remedy all;
  for (const bool is_deletion : {false, true}) {
    for (const Finding& finding : fixes.before()) {
      for (const Change& change : fixes.remedy(finding)) {
        if (std::holds_alternative<ResourceRemoved>(change) == is_deletion &&
            std::find(all.begin(), all.end(), change) == all.end()) {
          all.push_back(change);
        }
      }
    }
  }
  const Keys left = fixes.left(all);
  for (const Finding& finding : fixes.before()) {
    if (!fixes.remedy(finding).empty()) {
      EXPECT_FALSE(left.contains({finding.check, finding.resource, finding.rules}))
          << line_of(finding);
    }
  }
}

}  // namespace

}  // namespace portolan::scenario
