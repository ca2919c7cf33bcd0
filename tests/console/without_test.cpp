#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/process.h"

// The build without the console: it wants no Node, and the program says what is missing.
namespace portolan::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

class WithoutConsole : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "without-console-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }

  void TearDown() override { fs::remove_all(folder_); }

  /// Finds a Node and an npm that tell whether somebody started them.
  std::map<std::string, std::string> environment() const {
    for (const char* const name : {"node", "npm"}) {
      const fs::path program = folder_ / "path" / name;
      fs::create_directories(program.parent_path());
      std::ofstream(program) << "#!/bin/sh\necho \"$0\" >>" << (folder_ / "started").string()
                             << "\nexit 1\n";
      fs::permissions(program, fs::perms::owner_all);
    }
    std::map<std::string, std::string> environment = plain_environment();
    environment["PATH"] = (folder_ / "path").string() + ":" + environment["PATH"];
    environment["HOME"] = folder_.string();
    return environment;
  }

  fs::path folder_;
};

TEST_F(WithoutConsole, is_built_where_node_is_not) {
  const auto environment = this->environment();
  const std::string build = (folder_ / "build").string();
  const Outcome configured =
      run({.arguments = {PORTOLAN_CMAKE, "-S", PORTOLAN_SOURCE_DIR, "-B", build, "-G", "Ninja",
                         "-DCMAKE_MAKE_PROGRAM=" PORTOLAN_NINJA,
                         "-DCMAKE_CXX_COMPILER=" PORTOLAN_COMPILER, "-DPORTOLAN_CONSOLE=OFF",
                         "-DPORTOLAN_TESTS=OFF"},
           .environment = environment});
  ASSERT_EQ(configured.code, 0) << configured.out << configured.errors;
  const Outcome steps =
      run({.arguments = {PORTOLAN_NINJA, "-C", build, "-t", "commands", "portolan"},
           .environment = environment});
  ASSERT_EQ(steps.code, 0) << steps.errors;
  EXPECT_THAT(steps.out, HasSubstr("console_assets.cpp"));
  EXPECT_THAT(steps.out, Not(HasSubstr("npm")));
  EXPECT_THAT(steps.out, Not(HasSubstr(".mjs")));
  const Outcome table = run({.arguments = {PORTOLAN_NINJA, "-C", build, "libportolan_console.a"},
                             .environment = environment});
  EXPECT_EQ(table.code, 0) << table.out << table.errors;
  EXPECT_FALSE(fs::exists(folder_ / "started"));
}

TEST_F(WithoutConsole, says_what_is_missing_when_asked_to_serve) {
  const Outcome outcome =
      run({.arguments = {PORTOLAN_WITHOUT_CONSOLE, "serve", "examples/harbor", "--port", "0"},
           .folder = PORTOLAN_SOURCE_DIR,
           .environment = environment()});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.errors, HasSubstr("built without its console"));
  EXPECT_THAT(outcome.errors, HasSubstr("Node.js 20 and npm"));
  EXPECT_THAT(outcome.errors, HasSubstr("--api-only"));
}

TEST_F(WithoutConsole, does_all_else) {
  const Outcome outcome = run({.arguments = {PORTOLAN_WITHOUT_CONSOLE, "audit", "examples/harbor"},
                               .folder = PORTOLAN_SOURCE_DIR,
                               .environment = environment()});
  EXPECT_NE(outcome.code, 127);
  const Outcome wanted = run({.arguments = {PORTOLAN_BINARY, "audit", "examples/harbor"},
                              .folder = PORTOLAN_SOURCE_DIR,
                              .environment = environment()});
  EXPECT_EQ(outcome.out, wanted.out);
  EXPECT_EQ(outcome.code, wanted.code);
}

}  // namespace
}  // namespace portolan::test
