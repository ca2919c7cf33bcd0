#include "core/time.h"

#include <limits>
#include <random>

#include <gtest/gtest.h>

namespace portolan {
namespace {

std::int64_t seconds(std::string_view text) {
  const auto time = Time::parse(text);
  EXPECT_TRUE(time.has_value()) << text;
  return time ? time->seconds() : -1;
}

TEST(Time, ReadsRfc3339) {
  EXPECT_EQ(seconds("1970-01-01T00:00:00Z"), 0);
  EXPECT_EQ(seconds("2026-05-03T14:03:00Z"), 1777816980);
  EXPECT_EQ(seconds("2000-02-29T23:59:59Z"), 951868799);
  EXPECT_EQ(seconds("1969-12-31T23:59:59Z"), -1);
  EXPECT_EQ(seconds("1970-01-01t00:00:00z"), 0);
}

TEST(Time, TurnsOffsetsIntoUtc) {
  EXPECT_EQ(seconds("1970-01-01T02:00:00+02:00"), 0);
  EXPECT_EQ(seconds("1969-12-31T18:30:00-05:30"), 0);
  EXPECT_EQ(seconds("1970-01-01T00:00:00-00:00"), 0);
}

TEST(Time, CutsOffFractions) {
  EXPECT_EQ(seconds("1970-01-01T00:00:01.999Z"), 1);
  EXPECT_EQ(seconds("1970-01-01T00:00:01.123456789012345678901+00:00"), 1);
}

TEST(Time, CountsALeapSecondAsTheNextOne) {
  EXPECT_EQ(seconds("2016-12-31T23:59:60Z"), seconds("2017-01-01T00:00:00Z"));
}

TEST(Time, RejectsWhatIsNotATime) {
  for (const char* const text : {"",
                                 "2026",
                                 "2026-05-03",
                                 "2026-05-03T14:03:00",
                                 "2026-05-03 14:03:00Z",
                                 "2026-05-03T14:03Z",
                                 "2026-5-03T14:03:00Z",
                                 "2026-13-03T14:03:00Z",
                                 "2026-00-03T14:03:00Z",
                                 "2026-02-29T14:03:00Z",
                                 "2026-05-32T14:03:00Z",
                                 "2026-05-00T14:03:00Z",
                                 "2026-05-03T24:00:00Z",
                                 "2026-05-03T14:60:00Z",
                                 "2026-05-03T14:03:61Z",
                                 "2026-05-03T14:03:00.Z",
                                 "2026-05-03T14:03:00+2:00",
                                 "2026-05-03T14:03:00+0200",
                                 "2026-05-03T14:03:00+24:00",
                                 "2026-05-03T14:03:00ZZ",
                                 "2026-05-03T14:03:00Z ",
                                 " 2026-05-03T14:03:00Z",
                                 "+026-05-03T14:03:00Z",
                                 "0000-01-01T00:00:00+00:01",
                                 "9999-12-31T23:59:60Z"}) {
    const auto bad = Time::parse(text);
    ASSERT_FALSE(bad.has_value()) << text;
    EXPECT_EQ(bad.error().code, "bad_time");
  }
}

TEST(Time, WritesUtcToTheSecond) {
  EXPECT_EQ(Time().text(), "1970-01-01T00:00:00Z");
  EXPECT_EQ(Time::from_seconds(1777816980).text(), "2026-05-03T14:03:00Z");
  EXPECT_EQ(Time::from_seconds(-1).text(), "1969-12-31T23:59:59Z");
}

TEST(Time, ShowsTheEndsOfTimeAsTheLastYearsThatHaveAText) {
  EXPECT_EQ(Time::from_seconds(std::numeric_limits<std::int64_t>::max()).text(),
            "9999-12-31T23:59:59Z");
  EXPECT_EQ(Time::from_seconds(std::numeric_limits<std::int64_t>::min()).text(),
            "0000-01-01T00:00:00Z");
}

TEST(Time, TextParsesBack) {
  std::mt19937_64 random(48);
  const std::int64_t first = seconds("0000-01-01T00:00:00Z");
  const std::int64_t last = seconds("9999-12-31T23:59:59Z");
  std::uniform_int_distribution<std::int64_t> pick(first, last);
  for (int i = 0; i < 20000; ++i) {
    const Time time = Time::from_seconds(pick(random));
    EXPECT_EQ(Time::parse(time.text()), time);
  }
}

}  // namespace
}  // namespace portolan
