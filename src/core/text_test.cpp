#include "core/text.h"

#include <random>

#include <gtest/gtest.h>

namespace portolan {
namespace {

using Views = std::vector<std::string_view>;
using Strings = std::vector<std::string>;

TEST(Printable, LeavesPlainTextAlone) {
  EXPECT_EQ(printable(""), "");
  EXPECT_EQ(printable("web-1 \\ größer 東京 😀"), "web-1 \\ größer 東京 😀");
}

TEST(Printable, ShowsWhatMovesTheCursor) {
  EXPECT_EQ(printable("a\x1b[31mb"), "a\\x1b[31mb");
  EXPECT_EQ(printable("a\nb\tc\r"), "a\\x0ab\\x09c\\x0d");
  EXPECT_EQ(printable("\x7f"), "\\x7f");
  EXPECT_EQ(printable("\xc2\x9b"), "\\u009b");  // C1: a control sequence introducer
  EXPECT_EQ(printable(std::string_view("\0", 1)), "\\x00");
}

TEST(Printable, ShowsWhatReordersALine) {
  EXPECT_EQ(printable("a\u202eb"), "a\\u202eb");
  EXPECT_EQ(printable("\u2066\u2069\u200f\u061c"), "\\u2066\\u2069\\u200f\\u061c");
  EXPECT_EQ(printable("\u2028\u2029"), "\\u2028\\u2029");
}

TEST(Printable, ShowsBytesThatAreNotUtf8) {
  EXPECT_EQ(printable("\xff"), "\\xff");
  EXPECT_EQ(printable("a\x80z"), "a\\x80z");
  EXPECT_EQ(printable("\xe6\x9d"), "\\xe6\\x9d");                    // cut off
  EXPECT_EQ(printable("\xc0\xaf"), "\\xc0\\xaf");                    // overlong
  EXPECT_EQ(printable("\xe0\x80\x80"), "\\xe0\\x80\\x80");           // overlong
  EXPECT_EQ(printable("\xed\xa0\x80"), "\\xed\\xa0\\x80");           // surrogate
  EXPECT_EQ(printable("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");  // above U+10FFFF
  EXPECT_EQ(printable("\xc3\x28"), "\\xc3(");
}

TEST(Printable, ChangesNothingTheSecondTime) {
  std::mt19937 random(45);
  for (int i = 0; i < 5000; ++i) {
    std::string bytes;
    for (unsigned left = random() % 20; left > 0; --left) {
      bytes += static_cast<char>(random() % 256);
    }
    const std::string once = printable(bytes);
    EXPECT_EQ(printable(once), once);
  }
}

TEST(Decimal, ReadsDigitsOnly) {
  EXPECT_EQ(decimal("0", 10), 0U);
  EXPECT_EQ(decimal("10", 10), 10U);
  EXPECT_EQ(decimal("4294967295", 0xffffffff), 0xffffffffU);
  for (const char* const text : {"", "11", "01", "-1", "+1", " 1", "1 ", "1a", "4294967296"}) {
    EXPECT_EQ(decimal(text, 10), std::nullopt) << text;
  }
}

TEST(Split, KeepsEmptyParts) {
  EXPECT_EQ(split("", ','), (Views{""}));
  EXPECT_EQ(split("a", ','), (Views{"a"}));
  EXPECT_EQ(split(",a,,b,", ','), (Views{"", "a", "", "b", ""}));
}

TEST(Trimmed, TakesWhiteSpaceOffTheEnds) {
  EXPECT_EQ(trimmed(" \t\r\na b\n "), "a b");
  EXPECT_EQ(trimmed(" \n"), "");
  EXPECT_EQ(trimmed(""), "");
}

TEST(Joined, PutsSeparatorsBetween) {
  EXPECT_EQ(joined({}, ", "), "");
  EXPECT_EQ(joined(Strings{"a"}, ", "), "a");
  EXPECT_EQ(joined(Strings{"a", "", "b"}, ", "), "a, , b");
}

TEST(MatchesGlob, KnowsStarAndQuestionMark) {
  EXPECT_TRUE(matches_glob("", ""));
  EXPECT_TRUE(matches_glob("", "**"));
  EXPECT_TRUE(matches_glob("ec2:AuthorizeSecurityGroupIngress", "ec2:*Ingress"));
  EXPECT_TRUE(matches_glob("abcabd", "a*abd"));
  EXPECT_TRUE(matches_glob("abc", "a?c"));
  EXPECT_FALSE(matches_glob("abc", "a?"));
  EXPECT_FALSE(matches_glob("", "?"));
  EXPECT_FALSE(matches_glob("abc", "ABC"));
  EXPECT_FALSE(matches_glob("abc", "*b"));
  EXPECT_FALSE(matches_glob("abc", ""));
}

/// As the definition reads, without regard to cost.
bool slow_glob(std::string_view text, std::string_view pattern) {
  if (pattern.empty()) {
    return text.empty();
  }
  if (pattern.front() == '*') {
    return slow_glob(text, pattern.substr(1)) ||
           (!text.empty() && slow_glob(text.substr(1), pattern));
  }
  return !text.empty() && (pattern.front() == '?' || pattern.front() == text.front()) &&
         slow_glob(text.substr(1), pattern.substr(1));
}

std::string random_word(std::mt19937& random, std::string_view letters, unsigned most) {
  std::string word;
  for (auto left = random() % (most + 1); left > 0; --left) {
    word += letters[random() % letters.size()];
  }
  return word;
}

TEST(MatchesGlob, AgreesWithTheDefinition) {
  std::mt19937 random(46);
  for (int i = 0; i < 50000; ++i) {
    const std::string text = random_word(random, "ab", 8);
    const std::string pattern = random_word(random, "ab*?", 7);
    EXPECT_EQ(matches_glob(text, pattern), slow_glob(text, pattern)) << text << " " << pattern;
  }
}

TEST(MatchesGlob, StaysCheapOnManyStars) {
  std::string pattern;
  for (int i = 0; i < 1000; ++i) {
    pattern += "*a";
  }
  EXPECT_FALSE(matches_glob(std::string(10000, 'a') + "b", pattern));
}

TEST(EditDistance, CountsSlips) {
  EXPECT_EQ(edit_distance("", ""), 0U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("audit", "audit"), 0U);
  EXPECT_EQ(edit_distance("audit", "adit"), 1U);
  EXPECT_EQ(edit_distance("audit", "auditt"), 1U);
  EXPECT_EQ(edit_distance("audit", "audut"), 1U);
  EXPECT_EQ(edit_distance("audit", "auidt"), 1U);  // neighbours swapped
  EXPECT_EQ(edit_distance("ca", "abc"), 3U);       // no edit inside a swap
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

TEST(EditDistance, IsTheSameBothWays) {
  std::mt19937 random(47);
  for (int i = 0; i < 5000; ++i) {
    const std::string a = random_word(random, "abc", 7);
    const std::string b = random_word(random, "abc", 7);
    EXPECT_EQ(edit_distance(a, b), edit_distance(b, a)) << a << " " << b;
    EXPECT_EQ(edit_distance(a, b) == 0, a == b);
    EXPECT_LE(edit_distance(a, b), std::max(a.size(), b.size()));
  }
}

TEST(Suggestions, OffersTheNearestFirstAndAtMostThree) {
  const Strings commands = {"audit", "reach", "connections", "verify",
                            "trail", "tail",  "train",       "trial"};
  EXPECT_EQ(suggestions("reahc", commands), Strings{"reach"});
  EXPECT_EQ(suggestions("conections", commands), Strings{"connections"});
  EXPECT_EQ(suggestions("trail", commands), (Strings{"trail", "tail", "train"}));
}

TEST(Suggestions, OffersNothingForWhatIsFarFromAll) {
  const Strings commands = {"audit", "reach"};
  EXPECT_EQ(suggestions("kubernetes", commands), Strings{});
  EXPECT_EQ(suggestions("", commands), Strings{});
  EXPECT_EQ(suggestions("x", Strings{"a", ""}), Strings{});
}

}  // namespace
}  // namespace portolan
