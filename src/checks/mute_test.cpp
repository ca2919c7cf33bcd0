#include "checks/mute.h"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace portolan::checks {

namespace {

Time at(std::string_view text) { return *Time::parse(text); }

Finding finding(std::string check, std::string resource, std::string name) {
  Finding result;
  result.check = std::move(check);
  result.resource = std::move(resource);
  result.name = std::move(name);
  result.account = *AccountId::parse("111122223333");
  result.region = *Region::parse("eu-west-1");
  return result;
}

Mute mute(std::string check, std::string resource) {
  return {.check = std::move(check),
          .resource = std::move(resource),
          .reason = "public by design",
          .owner = "web@example.com",
          .expires = at("2027-01-01T00:00:00Z")};
}

TEST(Mutes, are_about_ids_names_accounts_and_regions) {
  const Finding ssh = finding("sg-ingress-world-ssh", "sg-1", "bastion");
  EXPECT_TRUE(covers(mute("sg-ingress-world-ssh", "sg-1"), ssh));
  EXPECT_TRUE(covers(mute("sg-*", "bast*"), ssh));
  EXPECT_FALSE(covers(mute("sg-*", "web"), ssh));
  EXPECT_FALSE(covers(mute("sg-ingress-world-rdp", "*"), ssh));
  Mute elsewhere = mute("*", "*");
  elsewhere.account = "999999999999";
  EXPECT_FALSE(covers(elsewhere, ssh));
  elsewhere.account = "111122223333";
  elsewhere.region = "us-east-1";
  EXPECT_FALSE(covers(elsewhere, ssh));
  elsewhere.region = "eu-west-1";
  EXPECT_TRUE(covers(elsewhere, ssh));
  Finding passed = ssh;
  passed.outcome = Outcome::Pass;
  EXPECT_FALSE(covers(mute("*", "*"), passed));
}

TEST(Mutes, an_empty_name_is_no_match_for_anything) {
  EXPECT_FALSE(covers(mute("*", ""), finding("sg-ingress-world-ssh", "sg-1", "")));
}

TEST(Mutes, hold_until_they_expire) {
  const std::vector<Finding> findings = {finding("sg-ingress-world-ssh", "sg-1", "bastion"),
                                         finding("sg-ingress-world-rdp", "sg-2", "desk")};
  const std::vector<Mute> mutes = {mute("sg-ingress-world-ssh", "sg-1"), mute("x-y", "*")};
  const Muted before = apply_mutes(findings, mutes, at("2026-12-31T23:59:59Z"));
  ASSERT_EQ(before.silenced.size(), 1U);
  EXPECT_EQ(before.silenced.front().finding.resource, "sg-1");
  EXPECT_EQ(before.silenced.front().mute, mutes.data());
  ASSERT_EQ(before.findings.size(), 1U);
  EXPECT_EQ(before.findings.front().resource, "sg-2");
  EXPECT_TRUE(before.expired.empty());
  ASSERT_EQ(before.idle.size(), 1U);
  EXPECT_EQ(before.idle.front(), &mutes[1]);

  const Muted after = apply_mutes(findings, mutes, at("2027-01-01T00:00:00Z"));
  EXPECT_TRUE(after.silenced.empty());
  EXPECT_EQ(after.findings, findings);
  ASSERT_EQ(after.expired.size(), 1U);
  EXPECT_EQ(after.expired.front(), mutes.data());
}

TEST(Mutes, one_that_expired_does_not_matter_beside_one_that_holds) {
  std::vector<Mute> mutes = {mute("sg-*", "*"), mute("sg-ingress-world-ssh", "sg-1")};
  mutes.front().expires = at("2020-01-01T00:00:00Z");
  const Muted muted =
      apply_mutes({finding("sg-ingress-world-ssh", "sg-1", "")}, mutes, at("2026-01-01T00:00:00Z"));
  ASSERT_EQ(muted.silenced.size(), 1U);
  EXPECT_EQ(muted.silenced.front().mute, &mutes[1]);
  EXPECT_TRUE(muted.expired.empty());
  EXPECT_TRUE(muted.idle.empty());
}

}  // namespace

}  // namespace portolan::checks
