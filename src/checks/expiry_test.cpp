#include "checks/expiry.h"

#include <gtest/gtest.h>

#include "checks/check.h"

namespace portolan::checks {

namespace {

/// The first moment after the last day; empty if there is none.
std::string after(std::string_view text) {
  const auto time = expiry_in(text);
  return time ? time->text() : "";
}

TEST(Expiry, is_the_end_of_the_day_in_each_way_to_write_it) {
  for (const char* text :
       {"until 2026-05-03", "Until 2026/05/03, Bob", "EXPIRES 2026.05.03", "temp-20260503",
        "till 3 May 2026", "remove after May 3, 2026", "delete by 3-may-2026",
        "temporary, opened 2025-11-30, until 2026-05-03", "until 2026-05-03T10:00:00Z"}) {
    EXPECT_EQ(after(text), "2026-05-04T00:00:00Z") << text;
  }
}

TEST(Expiry, takes_the_later_reading_of_an_ambiguous_date) {
  EXPECT_EQ(after("until 03.05.2026"), "2026-05-04T00:00:00Z");
  EXPECT_EQ(after("until 05/03/2026"), "2026-05-04T00:00:00Z");
  EXPECT_EQ(after("until 31/12/2025"), "2026-01-01T00:00:00Z");
}

TEST(Expiry, is_none_where_nothing_is_said_to_end) {
  for (const char* text :
       {"opened 2026-05-03 by Bob", "template 2026-05-03", "until the audit is over", "temp",
        "until 10.0.20.26", "until 2026-13-40", "until 1999-01-01", "", "until 2026", "expires"}) {
    EXPECT_EQ(after(text), "") << text;
  }
}

TEST(Expiry, may_be_told_by_the_key_of_a_tag) {
  EXPECT_TRUE(expiry_in(Tag{"ExpiresOn", "2026-05-03"}).has_value());
  EXPECT_TRUE(expiry_in(Tag{"delete-after", "20260503"}).has_value());
  EXPECT_TRUE(expiry_in(Tag{"TTL", "2026-05-03"}).has_value());
  EXPECT_TRUE(expiry_in(Tag{"note", "until 2026-05-03"}).has_value());
  EXPECT_FALSE(expiry_in(Tag{"created", "2026-05-03"}).has_value());
  EXPECT_FALSE(expiry_in(Tag{"ExpiresOn", "never"}).has_value());
}

TEST(Expiry, cannot_be_judged_without_the_time) {
  Inventory inventory;
  SecurityGroup group;
  group.id = {"sg-1"};
  group.group_name = "vendor";
  group.rules.push_back({.services = ServiceSet::tcp(22),
                         .peer = *IpPrefix::parse("10.0.0.0/8"),
                         .description = "until 2026-05-03"});
  inventory.of<SecurityGroup>().push_back(group);
  const Snapshot snapshot(std::move(inventory));
  const reach::Network network = reach::build(snapshot);
  const auto outcome = [&](std::optional<Time> now) {
    Config config;
    config.now = now;
    return find_check("sg-rule-expired")->run(Context(network, config)).front().outcome;
  };
  EXPECT_EQ(outcome(std::nullopt), Outcome::Unknown);
  EXPECT_EQ(outcome(Time::parse("2026-05-03T23:59:59Z").value()), Outcome::Pass);
  EXPECT_EQ(outcome(Time::parse("2026-05-04T00:00:00Z").value()), Outcome::Fail);
}

}  // namespace

}  // namespace portolan::checks
