#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <tuple>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/process.h"

// What the formats of `portolan audit` promise to other tools, held against their schemas. The
// schemas' own words say where they come from; SARIF's is the one of the standard.
namespace portolan::test {
namespace {

constexpr int kNoValidator = 77;  // validate.py
constexpr int kNoProgram = 127;   // sh
constexpr std::string_view kAudit =
    PORTOLAN_BINARY " audit {} --quiet --now 2026-05-03T14:03:00Z --format {}";

struct Estate {
  std::string_view name;
  std::string_view folder;
};

constexpr Estate kEstates[] = {
    {"harbor", "examples/harbor"},
    {"names_of_strangers", "tests/cli/estates/hostile"},
    {"damaged_documents", "tests/cli/estates/damaged"},
};

struct Format {
  std::string_view name;
  std::string_view validator;  // reads the document from standard input
};

constexpr Format kFormats[] = {
    {"json", "tests/formats/validate.py docs/schemas/audit-1.json"},
    {"sarif", "tests/formats/validate.py tests/formats/schemas/sarif-2.1.0.json"},
    {"ocsf",
     "tests/formats/validate.py --lines tests/formats/schemas/ocsf-compliance-finding-1.3.0.json"},
    {"asff", "tests/formats/validate.py tests/formats/schemas/asff-2018-10-08.json"},
    {"junit", "xmllint --noout --schema tests/formats/schemas/junit.xsd -"},
    {"html", "xmllint --noout -"},
};

void PrintTo(const Estate& estate, std::ostream* out) { *out << estate.name; }
void PrintTo(const Format& format, std::ostream* out) { *out << format.name; }

Outcome run_in_shell(const std::string& line) {
  return run({.arguments = {"sh", "-c", line},
              .folder = PORTOLAN_SOURCE_DIR,
              .environment = plain_environment()});
}

class FormatsTest : public testing::TestWithParam<std::tuple<Format, Estate>> {};

TEST_P(FormatsTest, validates) {
  const auto& [format, estate] = GetParam();
  const std::string audit = fmt::format(kAudit, estate.folder, format.name);
  const Outcome outcome = run_in_shell(fmt::format("{} | {}", audit, format.validator));
  if (outcome.code == kNoValidator || outcome.code == kNoProgram) {
    GTEST_SKIP() << "no validator: " << outcome.out << outcome.errors;
  }
  EXPECT_EQ(outcome.code, 0) << outcome.out << outcome.errors;
}

INSTANTIATE_TEST_SUITE_P(Formats, FormatsTest,
                         testing::Combine(testing::ValuesIn(kFormats), testing::ValuesIn(kEstates)),
                         [](const auto& test) {
                           return fmt::format("{}_of_{}", std::get<0>(test.param).name,
                                              std::get<1>(test.param).name);
                         });

struct Variation {
  std::string_view name;
  std::string_view before;  // what writes its standard input; may be empty
  std::string_view options;
};

constexpr Variation kVariations[] = {
    {"mutes", "", "--mute tests/cli/mutes.yaml"},
    {"expired_mutes", "", "--mute tests/cli/mutes.yaml --now 2030-01-01T00:00:00Z"},
    {"a_framework", "", "--framework cis-5.0"},
    {"a_framework_and_checks", "", "--framework fsbp --check 'sg-*'"},
    {"a_baseline", PORTOLAN_BINARY " audit tests/cli/estates/shop --quiet --json |",
     "--baseline -"},
    {"a_baseline_of_other_accounts", PORTOLAN_BINARY " audit examples/harbor --quiet --json |",
     "--baseline -"},
};

void PrintTo(const Variation& variation, std::ostream* out) { *out << variation.name; }

class JsonTest : public testing::TestWithParam<Variation> {};

TEST_P(JsonTest, validates) {
  const Variation& variation = GetParam();
  const Outcome outcome = run_in_shell(
      fmt::format("{} " PORTOLAN_BINARY " audit tests/cli/estates/shop --quiet --json {} | "
                  "tests/formats/validate.py docs/schemas/audit-1.json",
                  variation.before, variation.options));
  if (outcome.code == kNoValidator || outcome.code == kNoProgram) {
    GTEST_SKIP() << "no validator: " << outcome.out << outcome.errors;
  }
  EXPECT_EQ(outcome.code, 0) << outcome.out << outcome.errors;
}

INSTANTIATE_TEST_SUITE_P(With, JsonTest, testing::ValuesIn(kVariations),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(Json, carries_the_patch_of_what_fails) {
  const Outcome outcome = run_in_shell(fmt::format(kAudit, "tests/cli/estates/shop", "json"));
  const boost::json::value report = boost::json::parse(outcome.out);
  std::size_t edits = 0;
  std::size_t to_fill_in = 0;
  for (const boost::json::value& each : report.at("findings").as_array()) {
    const boost::json::object& finding = each.as_object();
    EXPECT_EQ(finding.contains("patch"), finding.at("outcome").as_string() == "fail");
    if (finding.contains("patch") && finding.at("patch").is_object()) {
      const boost::json::object& patch = finding.at("patch").as_object();
      EXPECT_FALSE(patch.at("commands").as_array().empty());
      EXPECT_FALSE(patch.at("terraform").as_string().empty());
      EXPECT_FALSE(patch.at("cloudformation").as_string().empty());
      ++(patch.at("to_fill_in").as_bool() ? to_fill_in : edits);
    }
  }
  EXPECT_GT(edits, 0U);
  EXPECT_GT(to_fill_in, 0U);
}

// Security Hub and code scanning keep one finding for each id.
TEST(Ids, are_unique) {
  for (const Estate& estate : kEstates) {
    const Outcome outcome = run_in_shell(fmt::format(kAudit, estate.folder, "json"));
    std::set<std::string> seen;
    const boost::json::value report = boost::json::parse(outcome.out);
    for (const boost::json::value& finding : report.at("findings").as_array()) {
      EXPECT_TRUE(seen.insert(std::string(finding.at("id").as_string())).second)
          << boost::json::serialize(finding);
    }
  }
}

TEST(Validators, refuse_what_is_not_as_the_schema_says) {
  for (const Format& format : kFormats) {
    const std::string document = format.validator.starts_with("xmllint") ? "<x>&lt;</y>" : "{}";
    const Outcome outcome =
        run_in_shell(fmt::format("printf '{}' | {}", document, format.validator));
    if (outcome.code == kNoValidator || outcome.code == kNoProgram) {
      GTEST_SKIP() << "no validator: " << outcome.out << outcome.errors;
    }
    EXPECT_NE(outcome.code, 0) << format.name;
  }
}

}  // namespace
}  // namespace portolan::test
