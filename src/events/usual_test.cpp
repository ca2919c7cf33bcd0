#include "events/usual.h"

#include <cmath>

#include <gmock/gmock.h>

namespace portolan::events {
namespace {

constexpr std::int64_t kHour = 3600;

Event event_of(const std::string& id, std::int64_t seconds, const std::string& user) {
  Event event;
  event.id = id;
  event.time = Time::from_seconds(seconds);
  event.actor.principal = user;
  return event;
}

TEST(Usual, CallsWithinFiveMinutesAreOneSet) {
  std::vector<Event> events = {event_of("1", 0, "ann"), event_of("2", 300, "ann"),
                               event_of("3", 301, "bob"), event_of("4", 601, "ann")};
  events.push_back(event_of("5", 602, "ann"));
  events.back().error_code = "Client.UnauthorizedOperation";
  const auto sets = change_sets(events);
  ASSERT_EQ(sets.size(), 3U);
  EXPECT_THAT(sets[0].event_ids, testing::ElementsAre("1", "2"));
  EXPECT_EQ(sets[1].principal, "bob");
  EXPECT_THAT(sets[2].event_ids, testing::ElementsAre("4"));
}

TEST(Usual, ChancesAreThoseOfTheDistributions) {
  EXPECT_DOUBLE_EQ(chance_of(0, 1, 1), 1);
  EXPECT_NEAR(chance_of(1, 1, 1), 1 - std::exp(-1), 1e-12);
  // Negative binomial of shape 1 (geometric) with mean 1: P[N >= n] = 2^-n.
  EXPECT_NEAR(chance_of(10, 1, 2), std::exp2(-10), 1e-12);
  EXPECT_EQ(chance_of(3, 0, 0), 0);
  EXPECT_GT(chance_of(40, 0.1, 0.2), 0);  // a tail that subtraction would lose
}

/// Somebody who changes things every working day at ten, for half a year.
RateModel settled() {
  RateModel model;
  for (std::int64_t day = 0; day < 180; ++day) {
    for (const char* const key : {"ann", "bob", "cid"}) {
      if (day % 7 < 5) {
        EXPECT_FALSE(model.add(key, Time::from_seconds((day * 24 + 10) * kHour))) << day;
      }
    }
  }
  return model;
}

TEST(Usual, ABurstIsTold) {
  RateModel model = settled();
  std::optional<RateAlarm> told;
  int count = 0;
  for (; count < 40 && !told; ++count) {
    told = model.add("ann", Time::from_seconds((181 * 24 + 3) * kHour + count));
  }
  ASSERT_TRUE(told);
  EXPECT_GT(count, 1);
  EXPECT_LT(count, 12);
  EXPECT_LT(told->expected, 1);
  EXPECT_THAT(told->sentence, testing::HasSubstr("change-sets in "));
}

TEST(Usual, WhatIsAsEverIsNot) {
  RateModel model = settled();
  EXPECT_FALSE(model.add("ann", Time::from_seconds((182 * 24 + 10) * kHour)));
}

TEST(Usual, ANewcomerIsRareWhereFewAreNew) {
  FirstSeen seen;
  for (int i = 0; i < 500; ++i) {
    seen.add("settled", i % 2 == 0 ? "ann" : "bob");
    seen.add("busy", std::to_string(i));
  }
  const auto rare = seen.add("settled", "eve");
  ASSERT_TRUE(rare);
  EXPECT_LT(*rare, 0.01);
  EXPECT_GT(seen.add("busy", "eve").value_or(0), 0.9);
  EXPECT_FALSE(seen.add("settled", "eve"));
}

}  // namespace
}  // namespace portolan::events
