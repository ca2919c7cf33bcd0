#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "checks/check.h"
#include "checks/trail.h"
#include "events/test_records.h"

/// What only time shows: what nobody closed, who blinds the trail, how much a day brings.
namespace portolan::checks {
namespace {

using events::test::Spelled;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::string day(int day, int hour = 9, int second = 0) {
  return fmt::format("2026-05-{:02}T{:02}:00:{:02}Z", day, hour, second);
}

Spelled rule(std::string name, int port, std::string time, std::string_view block = "0.0.0.0/0") {
  return {.name = std::move(name),
          .request = fmt::format(R"({{"groupId":"sg-1","ipPermissions":{{"items":[{{"ipProtocol":)"
                                 R"("tcp","fromPort":{},"toPort":{},"groups":{{}},"ipRanges":)"
                                 R"({{"items":[{{"cidrIp":"{}"}}]}}}}]}}}})",
                                 port, port, block),
          .response = R"({"_return":true})",
          .time = std::move(time)};
}
Spelled opens(int port, std::string time, std::string_view block = "0.0.0.0/0") {
  return rule("AuthorizeSecurityGroupIngress", port, std::move(time), block);
}
Spelled closes(int port, std::string time) {
  return rule("RevokeSecurityGroupIngress", port, std::move(time));
}

/// The findings of one check; `as` puts another `userIdentity.type` in the place of `IAMUser`.
std::vector<Detection> found(std::string_view check, const std::vector<Spelled>& records,
                             TrailOptions options = {}, const std::string& as = {}) {
  std::string log;
  for (const Spelled& record : records) {
    log += text(record) + "\n";
  }
  const std::string_view person = R"("type":"IAMUser")";
  for (std::size_t at = log.find(person); !as.empty() && at != std::string::npos;
       at = log.find(person)) {
    log.replace(at, person.size(), as);
  }
  options.public_services = default_public_services();
  auto all = detect(events::build_timeline(events::test::read(log).events), options);
  std::erase_if(all, [&](const Detection& each) { return each.check != check; });
  return all;
}

constexpr std::string_view kLeftOpen = "sg-temporary-open-not-closed";

TEST(LeftOpen, what_a_person_opened_a_day_ago_is_told) {
  const auto all = found(kLeftOpen, {opens(22, day(1)), opens(443, day(2), "10.0.0.0/8")});
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].risk, Risk::Medium);
  EXPECT_EQ(all[0].resource, "sg-1");
  EXPECT_FALSE(all[0].closed_at.has_value());
  EXPECT_EQ(
      all[0].message,
      "tcp/22 was opened to 0.0.0.0/0 by hand; no close is in the 24 h 0 min of logs after it");
}

TEST(LeftOpen, less_than_that_is_not) {
  EXPECT_THAT(found(kLeftOpen, {opens(22, day(1, 9, 1)), opens(443, day(2), "10.0.0.0/8")}),
              IsEmpty());
  EXPECT_THAT(found(kLeftOpen, {opens(22, day(1)), opens(443, day(1, 17), "10.0.0.0/8")},
                    {.left_open_s = 8 * 3600}),
              SizeIs(1));
}

TEST(LeftOpen, what_was_closed_or_is_meant_for_all_is_not) {
  EXPECT_THAT(found(kLeftOpen, {opens(22, day(1)), closes(22, day(3)), opens(443, day(9))}),
              IsEmpty());
  EXPECT_THAT(found(kLeftOpen, {opens(22, day(1), "10.0.0.0/8"), opens(25, day(9))}), IsEmpty());
}

TEST(LeftOpen, a_role_may_be_a_program_and_a_service_is_one) {
  const std::vector<Spelled> records = {opens(22, day(1), "8.8.8.8/32"), opens(25, day(9))};
  const auto role = found(kLeftOpen, records, {}, R"("type":"AssumedRole")");
  ASSERT_THAT(role, SizeIs(1));
  EXPECT_EQ(role[0].risk, Risk::Low);
  EXPECT_THAT(found(kLeftOpen, records, {},
                    R"("type":"AssumedRole","invokedBy":"cloudformation.amazonaws.com")"),
              IsEmpty());
}

TEST(LeftOpen, the_snapshot_has_the_last_word) {
  const std::vector<Spelled> records = {opens(22, day(1)), opens(443, day(9))};
  Inventory inventory;
  SecurityGroup& group = inventory.of<SecurityGroup>().emplace_back();
  group.id = {"sg-1"};
  const auto with = [&](const Snapshot& snapshot) {
    return found(kLeftOpen, records, {.is_there = [&](const events::Subject& subject) {
                   return has_rule(snapshot, subject);
                 }});
  };
  EXPECT_THAT(with(Snapshot(inventory)), IsEmpty());
  SecurityGroupRule rule;
  rule.services = ServiceSet::tcp(20, 25);
  rule.peer = *IpPrefix::parse("0.0.0.0/0");
  group.rules = {rule};
  const auto there = with(Snapshot(inventory));
  ASSERT_THAT(there, SizeIs(1));
  EXPECT_THAT(there[0].message, HasSubstr("and it is there still"));
  EXPECT_THAT(with(Snapshot()), SizeIs(1)) << "another account's snapshot does not tell";
}

constexpr std::string_view kBlind = "logging-off-around-change";

Spelled of_the_trail(std::string name, std::string time) {
  return {.name = std::move(name),
          .request = R"({"name":"arn:aws:cloudtrail:eu-west-1:111122223333:trail/all"})",
          .time = std::move(time),
          .source = "cloudtrail.amazonaws.com"};
}

TEST(Blinding, of_the_trail_near_a_change_is_told_by_its_call) {
  for (const std::string name :
       {"StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors"}) {
    const auto all = found(kBlind, {of_the_trail(name, day(1, 8)), opens(22, day(1, 9))});
    ASSERT_THAT(all, SizeIs(1)) << name;
    EXPECT_THAT(all[0].message, HasSubstr("by " + name + ", and a group was changed at")) << name;
  }
}

TEST(Blinding, by_another_or_long_before_or_in_vain_is_not) {
  Spelled other = of_the_trail("StopLogging", day(1, 9));
  other.user = "bob";
  Spelled denied = of_the_trail("StopLogging", day(1, 9));
  denied.error = "AccessDenied";
  for (const Spelled& each :
       {other, denied, of_the_trail("StopLogging", day(1, 7)), of_the_trail("Stop", day(1, 9))}) {
    EXPECT_THAT(found(kBlind, {each, opens(22, day(1, 9))}), IsEmpty());
  }
}

TEST(Blinding, changes_no_network) {
  const auto timeline =
      events::build_timeline(events::test::read(text(of_the_trail("StopLogging", day(1)))).events);
  EXPECT_THAT(timeline.events, IsEmpty());
  EXPECT_THAT(timeline.steps, IsEmpty());
  EXPECT_THAT(timeline.logging, SizeIs(1));
}

constexpr std::string_view kRates = "snapshot-rate-summary";

TEST(Rates, are_told_with_what_is_usual_and_the_day_that_stands_out) {
  std::vector<Spelled> records;
  for (int i = 1; i <= 20; ++i) {
    records.push_back(opens(1000 + i, day(i)));
    if (i != 7) {
      records.push_back(closes(1000 + i, day(i, 10)));
    }
  }
  for (int i = 0; i < 5; ++i) {
    records.push_back(opens(2000 + i, day(12, 11, i)));
  }
  const auto all = found(kRates, records);
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].risk, Risk::Info);
  EXPECT_EQ(
      all[0].message,
      "in 20 days: 0 groups created (0 to 0 a day), 0 groups deleted (0 to 0 a day), 25 ports "
      "opened (1 to 1 a day, 6 on 2026-05-12), 19 ports closed (1 to 1 a day)");
}

TEST(Rates, keep_production_apart) {
  std::vector<Spelled> records;
  for (int i = 1; i <= 8; ++i) {
    records.push_back(opens(1000 + i, day(i)));
  }
  Spelled elsewhere = opens(22, day(8));
  elsewhere.request.replace(elsewhere.request.find("sg-1"), 4, "sg-2");
  elsewhere.id = "elsewhere";  // at the same second, and yet no duplicate of the other
  records.push_back(elsewhere);
  std::vector<std::string> begins;
  for (const Detection& each :
       found(kRates, records,
             {.is_production = [](const std::string& resource) { return resource == "sg-2"; }})) {
    const std::size_t end = each.message.find(" ports opened");
    const std::size_t number = each.message.rfind(' ', end - 1) + 1;
    begins.push_back(each.message.substr(0, each.message.find(':')) + ": " +
                     each.message.substr(number, end - number));
  }
  EXPECT_THAT(begins, ElementsAre("in 8 days: 8", "production, in 8 days: 1"));
}

TEST(Rates, of_less_than_a_week_are_not) {
  EXPECT_THAT(found(kRates, {opens(22, day(1)), closes(22, day(6))}), IsEmpty());
}

}  // namespace
}  // namespace portolan::checks
