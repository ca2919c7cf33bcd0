#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "checks/delta.h"

namespace portolan::checks {

namespace {

using testing::ElementsAre;

const AccountId kAccount = *AccountId::parse("111122223333");
const Region kRegion = *Region::parse("eu-west-1");

Finding finding(const char* check, const char* resource, Outcome outcome, Risk risk) {
  Finding finding;
  finding.check = std::string(check);
  finding.resource = resource;
  finding.account = kAccount;
  finding.region = kRegion;
  finding.outcome = outcome;
  finding.risk = risk;
  return finding;
}

Earlier earlier(const char* id, const char* check, const char* resource, Risk risk) {
  return {.id = id,
          .check = check,
          .resource = resource,
          .name = {},
          .account = kAccount,
          .region = kRegion,
          .outcome = Outcome::Fail,
          .risk = risk};
}

const std::set<std::string, std::less<>> kRan = {"sg-orphan", "sg-ingress-world-ssh"};

TEST(Drift, fails_for_what_is_new_fixed_and_of_another_risk) {
  const std::vector<Finding> findings = {
      finding("sg-ingress-world-ssh", "sg-new", Outcome::Fail, Risk::High),
      finding("sg-ingress-world-ssh", "sg-worse", Outcome::Fail, Risk::Critical),
      finding("sg-orphan", "sg-same", Outcome::Fail, Risk::Low),
      finding("sg-orphan", "sg-mended", Outcome::Pass, Risk::Info)};
  const std::vector<Present> now = {{.id = "n", .finding = &findings[0]},
                                    {.id = "w", .finding = &findings[1]},
                                    {.id = "s", .finding = &findings[2]},
                                    {.id = "", .finding = &findings[3]}};
  const Drift found =
      drift(std::vector{earlier("w", "sg-ingress-world-ssh", "sg-worse", Risk::Medium),
                        earlier("s", "sg-orphan", "sg-same", Risk::Low),
                        earlier("m", "sg-orphan", "sg-mended", Risk::Low)},
            now, kRan);
  EXPECT_EQ(found.text(), "1 new, 1 fixed, 1 changed, 1 unchanged");
  ASSERT_EQ(found.findings.size(), 1U);
  const Finding& told = found.findings.front();
  EXPECT_EQ(told.check, "drift-from-baseline");
  EXPECT_EQ(told.resource, "111122223333/eu-west-1");
  EXPECT_EQ(told.outcome, Outcome::Fail);
  EXPECT_EQ(told.risk, Risk::Info);
  EXPECT_EQ(told.message, "since the baseline: 1 new, 1 fixed, 1 changed, 1 unchanged");
  EXPECT_THAT(
      told.witness.all(),
      ElementsAre("changed: medium -> critical sg-ingress-world-ssh sg-worse",
                  "fixed: low sg-orphan sg-mended", "new: high sg-ingress-world-ssh sg-new"));
}

TEST(Drift, passes_where_nothing_changed) {
  const Finding same = finding("sg-orphan", "sg-same", Outcome::Fail, Risk::Low);
  const std::vector<Present> now = {{.id = "s", .finding = &same}};
  const Drift found =
      drift(std::vector{earlier("s", "sg-orphan", "sg-same", Risk::Low)}, now, kRan);
  ASSERT_EQ(found.findings.size(), 1U);
  EXPECT_EQ(found.findings.front().outcome, Outcome::Pass);
  EXPECT_EQ(found.text(), "0 new, 0 fixed, 0 changed, 1 unchanged");
}

/// What is not found any longer is fixed only if it was judged again.
TEST(Drift, is_unknown_where_nobody_can_say_that_it_is_fixed) {
  const Finding doubtful = finding("sg-orphan", "sg-doubtful", Outcome::Unknown, Risk::Low);
  const std::vector<Present> now = {{.id = "other", .finding = &doubtful}};
  std::vector before = {earlier("d", "sg-orphan", "sg-doubtful", Risk::Low),
                        earlier("i", "imdsv1-allowed", "i-0a1", Risk::Low),
                        earlier("other", "sg-orphan", "sg-doubtful", Risk::Low)};
  before.back().outcome = Outcome::Unknown;
  Drift found = drift(before, now, kRan);
  ASSERT_EQ(found.findings.size(), 1U);
  EXPECT_EQ(found.findings.front().outcome, Outcome::Unknown);
  EXPECT_EQ(found.text(), "0 new, 0 fixed, 0 changed, 1 unchanged, 2 not known");
  EXPECT_THAT(found.findings.front().gaps.all(),
              ElementsAre("imdsv1-allowed did not run", "sg-orphan cannot judge sg-doubtful now"));
  before = {earlier("a", "sg-orphan", "sg-away", Risk::Low)};
  before.front().account = *AccountId::parse("444455556666");
  found = drift(before, {}, kRan);
  ASSERT_EQ(found.findings.size(), 1U);
  EXPECT_THAT(found.findings.front().gaps.all(),
              ElementsAre("nothing of 444455556666 eu-west-1 was judged"));
}

TEST(Drift, takes_muted_findings_for_nothing_new) {
  const Finding muted = finding("sg-orphan", "sg-muted", Outcome::Fail, Risk::Low);
  const std::vector<Present> now = {{.id = "m", .finding = &muted, .is_muted = true}};
  EXPECT_EQ(drift({}, now, kRan).text(), "0 new, 0 fixed, 0 changed, 0 unchanged");
  EXPECT_EQ(drift(std::vector{earlier("m", "sg-orphan", "sg-muted", Risk::Low)}, now, kRan).text(),
            "0 new, 0 fixed, 0 changed, 1 unchanged");
}

/// A baseline that was written with a baseline has findings of this check.
TEST(Drift, leaves_itself_out) {
  EXPECT_EQ(
      drift(std::vector{earlier("x", "drift-from-baseline", "here", Risk::Info)}, {}, kRan).text(),
      "0 new, 0 fixed, 0 changed, 0 unchanged");
}

TEST(Drift, is_worse_if_it_fails_and_did_not_or_with_less_risk) {
  const Earlier before = earlier("a", "sg-orphan", "sg-1", Risk::Medium);
  EXPECT_TRUE(is_worse(finding("sg-orphan", "sg-1", Outcome::Fail, Risk::High), before));
  EXPECT_FALSE(is_worse(finding("sg-orphan", "sg-1", Outcome::Fail, Risk::Medium), before));
  EXPECT_FALSE(is_worse(finding("sg-orphan", "sg-1", Outcome::Unknown, Risk::High), before));
  Earlier unknown = before;
  unknown.outcome = Outcome::Unknown;
  EXPECT_TRUE(is_worse(finding("sg-orphan", "sg-1", Outcome::Fail, Risk::Low), unknown));
}

}  // namespace

}  // namespace portolan::checks
