#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "checks/check.h"
#include "checks/trail.h"
#include "events/test_records.h"

/// Short openings that are no ingress rule, and what is unusual for who does it: each with the case
/// that is told and the one beside it that is not.
namespace portolan::checks {
namespace {

using events::test::Spelled;
using testing::Contains;
using testing::Not;

constexpr std::int64_t kStart = 1767225600;  // 2026-01-01T00:00:00Z
constexpr std::int64_t kHour = 3600;

std::string at(std::int64_t seconds) { return Time::from_seconds(kStart + seconds).text(); }

/// `CHECK RESOURCE`, of what is told.
std::set<std::string> told(const std::vector<Spelled>& records) {
  std::string log;
  for (const Spelled& record : records) {
    log += text(record) + "\n";
  }
  std::set<std::string> all;
  for (const Detection& each : detect(events::build_timeline(events::test::read(log).events),
                                      {.public_services = default_public_services()})) {
    all.insert(each.check + " " + each.resource);
  }
  return all;
}

Spelled call(const std::string& name, const std::string& request, std::int64_t seconds) {
  return {.name = name, .request = request, .response = R"({"_return":true})", .time = at(seconds)};
}

/// An opening, and the same closed again after half an hour and a second later than that.
struct Toggle {
  std::string told;
  Spelled opening;
  Spelled closing;
};

Toggle route() {
  return {.told = "route-short-lived rtb-1",
          .opening = call("CreateRoute",
                          R"({"routeTableId":"rtb-1","destinationCidrBlock":"0.0.0.0/0",)"
                          R"("gatewayId":"igw-1"})",
                          0),
          .closing = call("DeleteRoute",
                          R"({"routeTableId":"rtb-1","destinationCidrBlock":"0.0.0.0/0"})", 0)};
}

Toggle egress() {
  const std::string rule =
      R"({"groupId":"sg-1","ipPermissions":{"items":[{"ipProtocol":"tcp","fromPort":443,)"
      R"("toPort":443,"ipRanges":{"items":[{"cidrIp":"0.0.0.0/0"}]}}]}})";
  return {.told = "sg-short-lived-egress sg-1",
          .opening = call("AuthorizeSecurityGroupEgress", rule, 0),
          .closing = call("RevokeSecurityGroupEgress", rule, 0)};
}

Toggle database() {
  const auto set = [](const char* value) {
    Spelled made =
        call("ModifyDBInstance",
             fmt::format(R"({{"dBInstanceIdentifier":"db-1","publiclyAccessible":{}}})", value), 0);
    made.response = "null";
    made.source = "rds.amazonaws.com";
    return made;
  };
  return {
      .told = "switch-short-lived-public db-1", .opening = set("true"), .closing = set("false")};
}

class ShortLived : public testing::TestWithParam<Toggle (*)()> {};

TEST_P(ShortLived, IsToldUpToHalfAnHour) {
  Toggle toggle = GetParam()();
  toggle.closing.time = at(30 * 60);
  EXPECT_THAT(told({toggle.opening, toggle.closing}), Contains(toggle.told));
}

TEST_P(ShortLived, IsNotToldOfWhatStoodLonger) {
  Toggle toggle = GetParam()();
  toggle.closing.time = at(30 * 60 + 1);
  EXPECT_THAT(told({toggle.opening, toggle.closing}), Not(Contains(toggle.told)));
}

TEST_P(ShortLived, IsNotToldOfWhatIsOpenStillOrFailed) {
  Toggle toggle = GetParam()();
  EXPECT_THAT(told({toggle.opening}), Not(Contains(toggle.told)));
  toggle.closing.time = at(60);
  toggle.opening.error = "Client.UnauthorizedOperation";
  EXPECT_THAT(told({toggle.opening, toggle.closing}), Not(Contains(toggle.told)));
}

INSTANTIATE_TEST_SUITE_P(Named, ShortLived, testing::Values(route, egress, database));

Spelled change(std::int64_t seconds, const std::string& user) {
  Spelled made = call("AuthorizeSecurityGroupIngress",
                      R"({"groupId":"sg-1","ipPermissions":{},"ipProtocol":"tcp","fromPort":22,)"
                      R"("toPort":22,"cidrIp":"10.0.0.0/8"})",
                      seconds);
  made.user = user;
  return made;
}

/// Three people who change something at ten on each working day, for half a year.
std::vector<Spelled> settled() {
  std::vector<Spelled> calls;
  for (std::int64_t day = 0; day < 180; ++day) {
    for (std::int64_t who = 0; who < 3 && day % 7 < 5; ++who) {
      calls.push_back(change(day * 24 * kHour + 10 * kHour + who * 600,
                             std::vector<std::string>{"ann", "bob", "cid"}[who]));
    }
  }
  return calls;
}

std::set<std::string> checks_of(const std::vector<Spelled>& records) {
  std::set<std::string> checks;
  for (const std::string& line : told(records)) {
    checks.insert(line.substr(0, line.find(' ')));
  }
  return checks;
}

TEST(Usual, ManyChangesAtNightAreAnAnomaly) {
  std::vector<Spelled> calls = settled();
  EXPECT_THAT(checks_of(calls), Not(Contains("sg-change-rate-anomaly")));
  for (std::int64_t i = 0; i < 20; ++i) {
    calls.push_back(change((181 * 24 + 3) * kHour + i * 301, "ann"));
  }
  EXPECT_THAT(checks_of(calls), Contains("sg-change-rate-anomaly"));
}

TEST(Usual, ANewcomerIsToldWhereAllOthersAreKnown) {
  std::vector<Spelled> calls = settled();
  EXPECT_THAT(checks_of(calls), Not(Contains("sg-change-unusual-actor")));
  calls.push_back(change((181 * 24 + 10) * kHour, "eve"));
  EXPECT_THAT(checks_of(calls), Contains("sg-change-unusual-actor"));
}

TEST(Usual, ANewcomerIsNothingWhereEverybodyIsOne) {
  std::vector<Spelled> calls;
  for (std::int64_t day = 0; day < 60; ++day) {
    calls.push_back(change(day * 24 * kHour, fmt::format("user{}", day)));
  }
  EXPECT_THAT(checks_of(calls), Not(Contains("sg-change-unusual-actor")));
}

}  // namespace
}  // namespace portolan::checks
