#include "report/layout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portolan::report {
namespace {

using testing::ElementsAre;

TEST(Columns, counts_characters_and_not_bytes) {
  EXPECT_EQ(columns(""), 0U);
  EXPECT_EQ(columns("web-1"), 5U);
  EXPECT_EQ(columns("größe"), 5U);
}

TEST(Columns, counts_wide_characters_twice_and_combining_marks_not_at_all) {
  EXPECT_EQ(columns("本番"), 4U);
  EXPECT_EQ(columns("🔥"), 2U);
  EXPECT_EQ(columns("e\u0301"), 1U);
}

TEST(Columns, takes_a_cut_off_character_for_one_column) { EXPECT_EQ(columns("a\xe6\x9c"), 3U); }

TEST(Padded, fills_up_with_spaces_and_cuts_nothing) {
  EXPECT_EQ(padded("本", 4), "本  ");
  EXPECT_EQ(padded("longer", 3), "longer");
}

TEST(Wrapped, breaks_between_words_only) {
  EXPECT_THAT(wrapped("one two three", 7), ElementsAre("one two", "three"));
  EXPECT_THAT(wrapped("arn:aws:one-long-word x", 5), ElementsAre("arn:aws:one-long-word", "x"));
  EXPECT_THAT(wrapped("", 5), ElementsAre(""));
}

TEST(Hanging, indents_what_follows_the_first_line) {
  EXPECT_EQ(hanging("fix ", "close the port to the whole world", 24),
            "fix close the port to\n    the whole world\n");
}

TEST(Painted, is_plain_without_colour) {
  EXPECT_EQ(painted("no", Tone::Bad, false), "no");
  EXPECT_EQ(painted("no", Tone::Bad, true), "\x1b[31mno\x1b[0m");
  EXPECT_EQ(painted("no", Tone::Plain, true), "no");
}

TEST(Counted, knows_the_plural) {
  EXPECT_EQ(counted(0, "finding"), "0 findings");
  EXPECT_EQ(counted(1, "finding"), "1 finding");
}

}  // namespace
}  // namespace portolan::report
