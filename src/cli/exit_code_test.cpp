#include "cli/exit_code.h"

#include <gtest/gtest.h>

namespace portolan::cli {
namespace {

TEST(ExitCode, is_clean_when_nothing_happened) { EXPECT_EQ(exit_code({}), ExitCode::Clean); }

TEST(ExitCode, tells_findings) { EXPECT_EQ(exit_code({.found = true}), ExitCode::Findings); }

TEST(ExitCode, is_never_clean_when_an_answer_is_unknown) {
  EXPECT_EQ(exit_code({.unknown = true}), ExitCode::Incomplete);
}

TEST(ExitCode, prefers_findings_to_what_could_not_be_judged) {
  EXPECT_EQ(exit_code({.found = true, .unknown = true}), ExitCode::Findings);
}

TEST(ExitCode, tells_bad_input_even_when_there_are_findings) {
  EXPECT_EQ(exit_code({.bad_input = true, .found = true}), ExitCode::Incomplete);
}

TEST(ExitCode, tells_failure_above_all) {
  EXPECT_EQ(exit_code({.failed = true, .bad_input = true, .found = true, .unknown = true}),
            ExitCode::Failed);
}

TEST(ExitCode, has_the_numbers_that_scripts_rely_on) {
  EXPECT_EQ(static_cast<int>(ExitCode::Clean), 0);
  EXPECT_EQ(static_cast<int>(ExitCode::Findings), 1);
  EXPECT_EQ(static_cast<int>(ExitCode::Failed), 2);
  EXPECT_EQ(static_cast<int>(ExitCode::Incomplete), 3);
}

}  // namespace
}  // namespace portolan::cli
