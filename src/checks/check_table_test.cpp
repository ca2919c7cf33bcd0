#include "checks/check_table.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "checks/delta.h"
#include "checks/services.h"
#include "checks/trail.h"
#include "core/service.h"
#include "core/text.h"

namespace portolan::checks {

namespace {

namespace fs = std::filesystem;

const fs::path kRoot = PORTOLAN_SOURCE_DIR;

std::string file_name(std::string_view id) {
  std::string name(id);
  std::replace(name.begin(), name.end(), '-', '_');
  return name + ".cpp";
}

std::set<std::string> check_files() {
  std::set<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / "src/checks")) {
    const fs::path& path = entry.path();
    const std::string name = path.filename().string();
    if (path.parent_path().filename() != "checks" && path.extension() == ".cpp" &&
        !name.ends_with("_test.cpp")) {
      names.insert(name);
    }
  }
  return names;
}

std::string read(const fs::path& path) {
  std::ifstream stream(path);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// The first word of the last sentence.
std::string last_verb(std::string_view text) {
  const std::size_t end = text.find_last_not_of(". ");
  const std::size_t dot = text.rfind(". ", end);
  const std::size_t start = dot == std::string_view::npos ? 0 : dot + 2;
  return std::string(text.substr(start, text.find(' ', start) - start));
}

/// Calls `expect(check)` for each check, naming it where an expectation fails.
template <class Expect>
void for_each_check(Expect expect) {
  for (const Check* check : all_checks()) {
    SCOPED_TRACE(std::string(check->id));
    expect(*check);
  }
}

/// The rows of the catalogue that no check is registered for.
const std::map<std::string, std::string> kNotChecks = {
    {"sg-rule-unused-by-flows", "flow logs are not read"},
};

std::set<std::string> catalogue() {
  std::set<std::string> ids;
  std::istringstream lines(read(kRoot / "tests/scenarios/catalogue.txt"));
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty() && !line.starts_with('#')) {
      ids.insert(line);
    }
  }
  return ids;
}

/// Checks of inventories, of trails and of changes together; trails have more than the catalogue
/// asks for.
TEST(CheckTable, holds_the_catalogue_but_for_what_is_written_here) {
  std::set<std::string> expected;
  for (const std::string& id : catalogue()) {
    if (!kNotChecks.contains(id)) {
      expected.insert(id);
    }
  }
  std::set<std::string> registered;
  for (const Check* check : all_checks()) {
    registered.emplace(check->id);
  }
  for (const TrailCheck& check : trail_checks()) {
    EXPECT_FALSE(registered.contains(std::string(check.id))) << check.id;
    if (expected.contains(std::string(check.id))) {
      registered.emplace(check.id);
    }
  }
  for (const DeltaCheck& check : delta_checks()) {
    EXPECT_TRUE(registered.emplace(check.id).second) << check.id;
    EXPECT_EQ(find_delta_check(check.id), &check);
  }
  EXPECT_EQ(registered, expected);
  EXPECT_EQ(catalogue().size(), expected.size() + kNotChecks.size());
}

TEST(CheckTable, the_catalogue_is_that_of_the_reference) {
  const char* const data = std::getenv("PORTOLAN_REAL_DATA");
  const fs::path file = fs::path(data == nullptr ? "" : data) / "../reference/checks.json";
  if (data == nullptr || !fs::exists(file)) {
    GTEST_SKIP() << "PORTOLAN_REAL_DATA names no folder with the reference beside it";
  }
  const std::string text = read(file);
  const std::regex id("\"id\": \"([^\"]+)\"");
  std::set<std::string> ids;
  for (auto match = std::sregex_iterator(text.begin(), text.end(), id);
       match != std::sregex_iterator(); ++match) {
    ids.insert((*match)[1]);
  }
  EXPECT_EQ(ids, catalogue());
}

TEST(CheckTable, has_one_row_for_each_file) {
  std::set<std::string> named;
  for (const CheckRow& row : kCheckTable) {
    named.insert(file_name(row.id));
  }
  EXPECT_EQ(named, check_files());
  EXPECT_EQ(named.size(), kCheckTable.size());
}

TEST(CheckTable, is_sorted_and_finds_each_check_by_its_id) {
  EXPECT_TRUE(std::is_sorted(kCheckTable.begin(), kCheckTable.end(),
                             [](const CheckRow& a, const CheckRow& b) { return a.id < b.id; }));
  for (const CheckRow& row : kCheckTable) {
    EXPECT_EQ(row.id, row.check->id);
    EXPECT_EQ(find_check(row.id), row.check);
  }
  EXPECT_EQ(find_check("sg-ingress-world"), nullptr);
  EXPECT_EQ(find_check(""), nullptr);
}

TEST(CheckTable, ids_are_lower_case_words_joined_by_hyphens) {
  for_each_check([](const Check& check) {
    EXPECT_TRUE(std::all_of(check.id.begin(), check.id.end(), [](unsigned char letter) {
      return std::islower(letter) != 0 || std::isdigit(letter) != 0 || letter == '-';
    }));
    EXPECT_EQ(check.id.find("--"), std::string_view::npos);
    EXPECT_NE(check.id.front(), '-');
    EXPECT_NE(check.id.back(), '-');
    EXPECT_NE(check.id.find('-'), std::string_view::npos);
  });
}

TEST(CheckTable, texts_are_long_enough_to_help_and_short_enough_to_read) {
  for_each_check([](const Check& check) {
    EXPECT_GE(check.title.size(), 10U);
    EXPECT_LE(check.title.size(), 72U);
    EXPECT_FALSE(check.title.ends_with('.'));
    EXPECT_GE(check.why.size(), 80U);
    EXPECT_LE(check.why.size(), 400U);
    EXPECT_TRUE(check.why.ends_with('.'));
    EXPECT_GE(check.fix.size(), 60U);
    EXPECT_LE(check.fix.size(), 300U);
    EXPECT_TRUE(check.fix.ends_with('.'));
    EXPECT_FALSE(check.resources.empty());
    EXPECT_FALSE(check.references.empty());
  });
}

TEST(CheckTable, titles_differ) {
  std::set<std::string_view> titles;
  for_each_check([&](const Check& check) { EXPECT_TRUE(titles.insert(check.title).second); });
}

TEST(CheckTable, every_fix_ends_in_an_action) {
  static constexpr std::array<std::string_view, 12> kVerbs = {
      "Add",    "Associate", "Delete",  "Make",   "Narrow", "Release",
      "Remove", "Replace",   "Require", "Revoke", "Set",    "Turn"};
  for_each_check([](const Check& check) {
    const std::string verb = last_verb(check.fix);
    EXPECT_NE(std::find(kVerbs.begin(), kVerbs.end(), verb), kVerbs.end()) << verb;
  });
}

TEST(CheckTable, checks_yield_to_other_checks_only) {
  for_each_check([](const Check& check) {
    for (const std::string_view id : check.yields_to) {
      EXPECT_NE(id, check.id);
      EXPECT_TRUE(std::any_of(kCheckTable.begin(), kCheckTable.end(), [&](const CheckRow& row) {
        return matches_glob(row.id, id);
      })) << id;
    }
  });
}

TEST(CheckTable, every_check_has_a_scenario_that_fails_passes_and_is_unknown) {
  for_each_check([](const Check& check) {
    const std::string id(check.id);
    const std::string text = read(kRoot / "tests/scenarios/checks" / (id + ".scn"));
    std::istringstream lines(text);
    std::set<std::string> outcomes;
    for (std::string line; std::getline(lines, line);) {
      std::istringstream words(line);
      std::string audit;
      std::string flag;
      std::string subject;
      std::string outcome;
      words >> audit >> flag >> subject >> outcome;
      if (audit == "audit" && subject == id) {
        outcomes.insert(outcome);
      }
    }
    for (const char* outcome : {"fail", "pass", "unknown"}) {
      EXPECT_TRUE(outcomes.contains(outcome)) << "no scenario of `" << outcome << "`";
    }
  });
}

TEST(WellKnownServices, are_the_services_of_their_checks) {
  for (const WellKnown& row : well_known_services()) {
    SCOPED_TRACE(std::string(row.check));
    EXPECT_TRUE(row.check.starts_with("sg-ingress-world-"));
    const auto services = ServiceSet::parse(row.services);
    ASSERT_TRUE(services.has_value());
    EXPECT_FALSE(services->empty());
    const Check* check = find_check(row.check);
    if (check != nullptr) {
      // A web site is for the record, and worse where no balancer stands before it.
      EXPECT_EQ(check->risk, std::max(row.risk, Risk::Low));
    }
  }
}

}  // namespace

}  // namespace portolan::checks
