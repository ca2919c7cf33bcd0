#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/tidy/ratchet.h"
#include "tests/tidy/rules.h"
#include "tests/tidy/source_file.h"

namespace portolan::tidy {

namespace {

const std::vector<SourceFile>& cpp_files() {
  static const auto files =
      read_sources({"src", "tests", "fuzz", "bench", "tools"}, {".cpp", ".h"});
  return files;
}

/// Everything of the project that is text, except what is built or fetched.
std::vector<SourceFile> text_files() {
  return read_sources(
      {"src", "tests", "fuzz", "bench", "tools", "cmake", "docs", "changes", "examples",
       "console/src", ".ci/run", "dev", "CMakeLists.txt", "CMakePresets.json", "README.md",
       "CONTRIBUTING.md"},
      {".cpp", ".h", ".cmake", ".md", ".scn", ".sh", ".py", ".ts", ".tsx", ".txt", ".intent"});
}

using Rule = Breaches (*)(const SourceFile&);

/// One failure per breach, so that each can be read and jumped to.
void expect_none(const Breaches& breaches) {
  for (const std::string& breach : breaches) {
    ADD_FAILURE() << breach;
  }
}

void expect_kept(Rule rule, const std::vector<SourceFile>& files) {
  for (const SourceFile& file : files) {
    expect_none(rule(file));
  }
}

std::vector<SourceFile> product_files() { return read_sources({"src"}, {".cpp", ".h"}); }

const std::filesystem::path kRatchetFile =
    std::filesystem::path(PORTOLAN_SOURCE_DIR) / "tests/tidy/ratchet.txt";

TEST(Tree, is_found) { EXPECT_GT(cpp_files().size(), 5U); }

TEST(Tree, includes_go_down_and_through_doors) { expect_kept(check_includes, product_files()); }

TEST(Tree, pure_modules_are_pure) { expect_kept(check_purity, product_files()); }

TEST(Tree, throws_nothing_and_opens_no_namespace) { expect_kept(check_language, cpp_files()); }

TEST(Tree, initialises_nothing_half) { expect_kept(check_initialisers, cpp_files()); }

TEST(Tree, guards_each_header) { expect_kept(check_pragma_once, cpp_files()); }

TEST(Tree, marks_name_their_issue) { expect_kept(check_marks, cpp_files()); }

TEST(Tree, names_no_package_registry) { expect_kept(check_hosts, text_files()); }

TEST(Tree, files_and_functions_are_short) {
  const Ratchet measured = too_long(cpp_files());
  if (std::getenv("PORTOLAN_TIDY_WRITE") != nullptr) {
    std::ofstream(kRatchetFile) << print_ratchet(measured);
  }
  std::ifstream stream(kRatchetFile);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  expect_none(compare(measured, parse_ratchet(text)));
}

}  // namespace

}  // namespace portolan::tidy
