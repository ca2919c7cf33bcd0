#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/text.h"
#include "tests/scenarios/expectation.h"
#include "tools/scenario/scenario.h"

/// docs/SCANNERS.md and the scenarios of posture agree.
namespace portolan::scenario {

namespace {

namespace fs = std::filesystem;

const fs::path kRoot = PORTOLAN_SOURCE_DIR;
constexpr int kDefects = 25;

std::string read(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// `| 22 | ScoutSuite, read | … | `tools/ask posture/range_around_22 audit -c …` |`.
struct Row {
  int number = 0;
  std::string scenario;
  std::string command;  // audit or reach
  std::string subject;  // id of the check, or the question
};

std::vector<Row> rows() {
  static const std::regex kRow(
      R"(\| (\d+) \|.*\| `tools/ask (posture/\w+) (?:audit -c ([a-z0-9-]+)|reach '([^']+)').*` \|)");
  std::vector<Row> rows;
  const std::string page = read(kRoot / "docs/SCANNERS.md");
  for (const std::string_view part : split(page, '\n')) {
    const std::string line(part);
    std::smatch match;
    if (std::regex_match(line, match, kRow)) {
      const bool is_audit = match[3].matched;
      rows.push_back({.number = std::stoi(match[1]),
                      .scenario = match[2],
                      .command = is_audit ? "audit" : "reach",
                      .subject = is_audit ? match[3] : match[4]});
    }
  }
  return rows;
}

bool asks(const Scenario& scenario, const Row& row) {
  return std::any_of(
      scenario.expectations.begin(), scenario.expectations.end(), [&](const Statement& statement) {
        const std::string start = row.command == "audit" ? "--check " + row.subject : row.subject;
        return statement.noun == row.command && (statement.rest + " ").starts_with(start + " ");
      });
}

TEST(ScannersPage, has_a_row_for_each_defect) {
  std::vector<int> numbers;
  for (const Row& row : rows()) {
    numbers.push_back(row.number);
  }
  std::vector<int> all;
  for (int number = 1; number <= kDefects; ++number) {
    all.push_back(number);
  }
  EXPECT_EQ(numbers, all);
}

TEST(ScannersPage, shows_what_the_scenarios_expect) {
  for (const Row& row : rows()) {
    SCOPED_TRACE(row.number);
    const fs::path path = kRoot / "tests/scenarios" / (row.scenario + ".scn");
    ASSERT_TRUE(fs::exists(path)) << path;
    const Scenario scenario = read_scenario(read(path));
    EXPECT_TRUE(
        scenario.origin.starts_with(fmt::format("posture, verified defect {} (", row.number)))
        << scenario.origin;
    EXPECT_TRUE(asks(scenario, row)) << row.command << " " << row.subject;
  }
}

TEST(ScannersPage, leaves_no_scenario_of_a_defect_out) {
  std::set<std::string> shown;
  for (const Row& row : rows()) {
    shown.insert(row.scenario + ".scn");
  }
  for (const auto& file : fs::directory_iterator(kRoot / "tests/scenarios/posture")) {
    const std::string name = "posture/" + file.path().filename().string();
    const bool is_about_one = read(file.path()).find("verified defect") != std::string::npos;
    EXPECT_EQ(is_about_one, shown.contains(name)) << name;
  }
}

}  // namespace

}  // namespace portolan::scenario
