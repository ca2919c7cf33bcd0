#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/text.h"
#include "tests/real/measured.h"
#include "tests/support/process.h"

namespace portolan::test {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

/// The folder with data of real accounts, if this machine has it.
std::optional<fs::path> real_data() {
  const char* const folder = std::getenv("PORTOLAN_REAL_DATA");
  return folder == nullptr ? std::nullopt : std::optional<fs::path>(fs::absolute(folder));
}

/// A file that goes with the test.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& text) {
    std::string name = (fs::temp_directory_path() / "portolan-XXXXXX").string();
    close_quietly(mkstemp(name.data()));
    path_ = name;
    std::ofstream(path_, std::ios::binary) << text;
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() { std::remove(path_.c_str()); }

  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  static void close_quietly(int descriptor) {
    if (FILE* const file = fdopen(descriptor, "w")) {
      static_cast<void>(std::fclose(file));
    }
  }

  fs::path path_;
};

/// Puts all questions to the program and gives the objects that it answers with.
std::vector<json::value> ask(const fs::path& source, const std::vector<Measurement>& rows) {
  std::string questions;
  for (const Measurement& row : rows) {
    questions += row.question() + "\n";
  }
  const TemporaryFile file(questions);
  const Outcome outcome = run({.arguments = {"sh", "-c",
                                             "exec \"$0\" reach --questions - --format jsonl "
                                             "-s \"$1\" < \"$2\"",
                                             PORTOLAN_BINARY, source.string(), file.path()},
                               .environment = plain_environment()});
  EXPECT_NE(outcome.code, 2) << outcome.errors;
  std::vector<json::value> answers;
  for (const std::string_view line : split(trimmed(outcome.out), '\n')) {
    boost::system::error_code error;
    answers.push_back(json::parse(line, error));
    EXPECT_FALSE(error) << line;
  }
  return answers;
}

/// The answer, short of what was asked.
std::string explained(const json::value& answer) {
  std::string out = fmt::format("  {}\n", json::serialize(answer.at("verdict")));
  for (const char* const part : {"because", "hops", "assumptions", "error"}) {
    if (const json::value* const value = answer.as_object().if_contains(part)) {
      if (const json::array* const items = value->if_array()) {
        for (const json::value& item : *items) {
          out += fmt::format("    {} {}\n", part, json::serialize(item));
        }
      } else {
        out += fmt::format("    {} {}\n", part, json::serialize(*value));
      }
    }
  }
  return out;
}

struct Score {
  std::size_t right = 0;
  std::size_t wrong = 0;
  std::size_t unknown = 0;

  void count(Match match) {
    right += match == Match::Right ? 1 : 0;
    wrong += match == Match::Wrong ? 1 : 0;
    unknown += match == Match::Unknown ? 1 : 0;
  }
};

/// What was measured, beside what Portolan says.
class LabTest : public testing::Test {
 public:
  explicit LabTest(Lab lab) : lab_(std::move(lab)) {}

  void TestBody() override {
    const std::vector<Measurement> rows = read_measurements(lab_);
    ASSERT_FALSE(rows.empty());
    const std::vector<json::value> answers = ask(lab_.folder / "aws_configs", rows);
    ASSERT_EQ(answers.size(), rows.size());
    Score score;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::string verdict(answers[i].at("verdict").as_string());
      const std::string row =
          fmt::format("{} ({}): measured {}\n{}", rows[i].question(), rows[i].scope,
                      rows[i].is_allowed ? "allow" : "deny", explained(answers[i]));
      if (!rows[i].is_decidable()) {
        fmt::print("{}", row);
        continue;
      }
      const Match match = compare(rows[i], verdict);
      score.count(match);
      EXPECT_EQ(match, Match::Right) << row;
    }
    fmt::print("{}: {} right, {} wrong, {} unknown\n", lab_.name, score.right, score.wrong,
               score.unknown);
  }

 private:
  Lab lab_;
};

class ThreeTierTest : public testing::Test {
 public:
  explicit ThreeTierTest(fs::path folder) : folder_(std::move(folder)) {}

  void TestBody() override {
    const Outcome outcome =
        run({.arguments = {PORTOLAN_BINARY, "audit", folder_.string(), "--format", "json"},
             .environment = plain_environment()});
    ASSERT_NE(outcome.code, 2) << outcome.errors;
    boost::system::error_code error;
    const json::value report = json::parse(outcome.out, error);
    ASSERT_FALSE(error) << outcome.out.substr(0, 1000);
    for (const json::value& diagnostic : report.at("diagnostics").as_array()) {
      EXPECT_NE(diagnostic.at("severity").as_string(), "error") << json::serialize(diagnostic);
    }
  }

 private:
  fs::path folder_;
};

/// Stands for all the others where there are no data.
class NoDataTest : public testing::Test {
 public:
  void TestBody() override {
    GTEST_SKIP() << "set PORTOLAN_REAL_DATA to the folder with data of real accounts";
  }
};

template <class MakeTest>
void register_test(const std::string& name, MakeTest make) {
  testing::RegisterTest("real", name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                        [make]() -> testing::Test* { return make(); });
}

void register_tests() {
  const auto data = real_data();
  if (!data) {
    register_test("data", [] { return new NoDataTest; });
    return;
  }
  for (const Lab& lab : find_labs(*data)) {
    register_test(lab.name, [lab] { return new LabTest(lab); });
  }
  const fs::path three_tier = *data / "three-tier";
  register_test("three_tier", [three_tier] { return new ThreeTierTest(three_tier); });
}

}  // namespace
}  // namespace portolan::test

int main(int count, char** words) {
  testing::InitGoogleTest(&count, words);
  portolan::test::register_tests();
  return RUN_ALL_TESTS();
}
