#include "tests/cli/transcript.h"

#include <gtest/gtest.h>

namespace portolan::test {
namespace {

constexpr std::string_view kText =
    "# about\n"
    "\n"
    "$ portolan \\\n"
    "  help\n"
    "text\n"
    "\n"
    "! complaint\n"
    "exit 2\n"
    "# between\n"
    "$ true\n"
    "exit 0\n";

TEST(Transcript, holds_commands_with_what_they_print) {
  const Transcript transcript = parse_transcript(kText);
  ASSERT_EQ(transcript.steps.size(), 2U);
  EXPECT_EQ(transcript.steps[0].line, 3);
  EXPECT_EQ(transcript.steps[0].command, "portolan \\\n  help");
  EXPECT_EQ(transcript.steps[0].expected,
            (std::vector<std::string>{"text", "", "! complaint", "exit 2"}));
  EXPECT_EQ(text(transcript), kText);
}

TEST(Transcript, performs_a_command_and_keeps_its_streams_apart) {
  const Step step{1, "echo out; echo err >&2; exit 5", {}};
  EXPECT_EQ(perform(step), (std::vector<std::string>{"out", "! err", "exit 5"}));
}

TEST(Transcript, lets_three_dots_stand_for_any_lines) {
  EXPECT_TRUE(matches({"a", "b", "c"}, {"a", "…"}));
  EXPECT_TRUE(matches({"a", "b", "c"}, {"…", "c"}));
  EXPECT_TRUE(matches({"a"}, {"a", "…"}));
  EXPECT_FALSE(matches({"a", "b"}, {"…", "c"}));
  EXPECT_FALSE(matches({"a", "b"}, {"a"}));
}

}  // namespace
}  // namespace portolan::test
