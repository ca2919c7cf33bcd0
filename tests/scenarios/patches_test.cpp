#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "checks/check.h"
#include "collect/collect.h"
#include "reach/reach.h"
#include "report/patch.h"
#include "tools/scenario/scenario.h"

/// Each check whose findings fail in its own scenario or in the example estate has a patch for
/// them, or is on the list of docs/OUTPUTS.md.
namespace portolan::scenario {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = PORTOLAN_SOURCE_DIR;

std::string read(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// The ids in the page's table below the heading.
std::set<std::string> listed() {
  std::set<std::string> ids;
  std::istringstream lines(read(kRoot / "docs/OUTPUTS.md"));
  bool is_below = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("## ")) {
      is_below = line == "## Where people decide";
    } else if (is_below && line.starts_with("| `")) {
      ids.insert(line.substr(3, line.find('`', 3) - 3));
    }
  }
  return ids;
}

void expect_whole(const report::Patch& patch, const Finding& finding) {
  EXPECT_FALSE(patch.terraform.empty()) << finding.check.text();
  EXPECT_FALSE(patch.cloudformation.empty()) << finding.check.text();
  for (const std::string& command : patch.commands) {
    EXPECT_EQ(command.find('\n'), std::string::npos) << command;
    for (const std::string_view slot : {"{resource}", "{region}", "{account}", "-}"}) {
      EXPECT_EQ(command.find(slot), std::string::npos) << command;
    }
  }
}

Snapshot scenario_of(const checks::Check& check) {
  Scenario scenario =
      read_scenario(read(kRoot / "tests/scenarios/checks" / (std::string(check.id) + ".scn")));
  return collect::decode(std::move(scenario.documents), {}).snapshot;
}

/// Whether a finding of the check fails there and has no patch.
bool is_for_people(const checks::Check& check, const checks::Context& context) {
  bool is_without = false;
  for (const Finding& finding : check.run(context)) {
    if (finding.outcome == Outcome::Fail) {
      const report::Patch patch =
          report::patch_of(context.snapshot(), finding, checks::remedy_of(context, finding));
      is_without = is_without || patch.empty();
      if (!patch.empty()) {
        expect_whole(patch, finding);
      }
    }
  }
  return is_without;
}

TEST(Patches, are_there_for_all_checks_but_those_that_the_page_lists) {
  std::set<std::string> for_people;
  const auto harbor = collect::load((kRoot / "examples/harbor").string());
  ASSERT_TRUE(harbor.has_value());
  const checks::Config config;
  const reach::Network harbor_network = reach::build(harbor->snapshot);
  const checks::Context harbor_context(harbor_network, config);
  for (const checks::Check* check : checks::all_checks()) {
    const Snapshot snapshot = scenario_of(*check);
    const reach::Network network = reach::build(snapshot);
    if (is_for_people(*check, checks::Context(network, config)) ||
        is_for_people(*check, harbor_context)) {
      for_people.emplace(check->id);
    }
  }
  EXPECT_EQ(for_people, listed());
}

TEST(Patches, hold_no_text_that_could_be_taken_for_something_else) {
  Finding finding;
  finding.check = std::string("sg-untagged");
  finding.resource = "sg-1'; rm -rf / #\" ${x}";
  const report::Patch patch = report::patch_of(Snapshot{}, finding, {});
  ASSERT_EQ(patch.commands.size(), 1U);
  EXPECT_THAT(patch.commands.front(), testing::HasSubstr("'sg-1'\\''; rm -rf / #\" ${x}'"));
  EXPECT_EQ(patch.terraform.find("${"), std::string::npos);
  EXPECT_TRUE(patch.is_to_fill_in);
}

TEST(Patches, name_each_route_of_the_finding) {
  Finding finding;
  finding.check = std::string("route-blackhole");
  finding.resource = "rtb-1";
  for (const std::string peer : {"::/0", "pl-1"}) {
    FindingRule rule;
    rule.id = "rtb-1/" + peer;
    rule.holder = "rtb-1";
    rule.peer = peer;
    finding.rules.push_back(rule);
  }
  const report::Patch patch = report::patch_of(Snapshot{}, finding, {});
  EXPECT_THAT(patch.commands,
              testing::ElementsAre(testing::HasSubstr("--destination-ipv6-cidr-block"),
                                   testing::HasSubstr("--destination-prefix-list-id pl-1")));
}

TEST(Patches, read_no_names_in_what_a_value_holds) {
  Finding finding;
  finding.check = std::string("nacl-unused");
  finding.resource = "acl-{region}";
  const report::Patch patch = report::patch_of(Snapshot{}, finding, {});
  ASSERT_EQ(patch.commands.size(), 1U);
  EXPECT_THAT(patch.commands.front(), testing::HasSubstr("acl-{region}"));
}

TEST(Patches, follow_the_cause) {
  Finding finding;
  finding.check = std::string("client-vpn-authorize-all");
  finding.resource = "cvpn-endpoint-1";
  finding.message = std::string("connections are not logged");
  const report::Patch patch = report::patch_of(Snapshot{}, finding, {});
  ASSERT_EQ(patch.commands.size(), 1U);
  EXPECT_THAT(patch.commands.front(), testing::HasSubstr("--connection-log-options"));
}

}  // namespace
}  // namespace portolan::scenario
