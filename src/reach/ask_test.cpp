#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reach/test_support.h"

namespace portolan::reach {
namespace {

using ::testing::HasSubstr;

/// Three web servers, of which the last one only takes tcp/22, and a database for web servers.
Estate tiers() {
  Estate estate;
  estate.vpc("vpc-1", {"10.0.0.0/16"})
      .subnet("subnet-1", "vpc-1", {"10.0.1.0/24"})
      .group("sg-db", "vpc-1", "db")
      .from("sg-web", "tcp/5432")
      .group("sg-ssh", "vpc-1", "ssh")
      .from("0.0.0.0/0", "tcp/22")
      .group("sg-web", "vpc-1", "web")
      .from("0.0.0.0/0", "tcp/443")
      .eni("eni-1", "subnet-1", "10.0.1.1", {"sg-web"}, "54.10.0.1")
      .eni("eni-2", "subnet-1", "10.0.1.2", {"sg-web"}, "54.10.0.2")
      .eni("eni-3", "subnet-1", "10.0.1.3", {"sg-ssh", "sg-web"}, "54.10.0.3")
      .eni("eni-db", "subnet-1", "10.0.1.9", {"sg-db"});
  return estate;
}

TEST(Ask, YesIfSomePairPasses) {
  const Answer answer = asked(tiers().snapshot(), "internet -> sg:web tcp/22");
  EXPECT_EQ(answer.verdict, Verdict::Yes);
  EXPECT_EQ(answer.to, "eni-3");
  EXPECT_TRUE(answer.because.empty());
  EXPECT_FALSE(answer.hops.empty());
}

TEST(Ask, ThePassageIsTheUnionOverThePairs) {
  const Answer answer = asked(tiers().snapshot(), "internet -> sg:web any");
  EXPECT_EQ(answer.passage.yes, service("tcp/22,443"));
  EXPECT_EQ(answer.to, "eni-3");
}

TEST(Ask, NoGivesTheReasonsOfAllPairsTheMostFrequentFirst) {
  const Answer answer = asked(tiers().snapshot(), "internet -> any tcp/5432");
  EXPECT_EQ(answer.verdict, Verdict::No);
  ASSERT_FALSE(answer.because.empty());
  EXPECT_LE(answer.because.size(), 10U);
  EXPECT_EQ(verdict(tiers().snapshot(), "internet -> sg:db tcp/5432"), "no no_public_address");
}

TEST(Ask, MembersOfASetDoNotCountAsReachingThemselves) {
  EXPECT_EQ(verdict(tiers().snapshot(), "sg:ssh -> sg:ssh tcp/80"), "no no_such_address");
  EXPECT_EQ(verdict(tiers().snapshot(), "sg:db -> sg:db tcp/80"), "no no_such_address");
  EXPECT_EQ(verdict(tiers().snapshot(), "eni-3 -> eni-3 tcp/80"), "yes");
  EXPECT_EQ(verdict(tiers().snapshot(), "10.0.1.9 -> sg:db tcp/80"), "no no_such_address");
}

TEST(Ask, TwoHostsOutThereAreNoPairOfSets) {
  EXPECT_EQ(verdict(tiers().snapshot(), "internet -> internet tcp/80"), "no no_such_address");
  EXPECT_EQ(verdict(tiers().snapshot(), "sg:db -> any tcp/22"), "yes");
  EXPECT_EQ(verdict(tiers().snapshot(), "any -> internet proto/99"), "yes");
}

TEST(Ask, AnEmptySideMeansNoOrUnknownIfInterfacesWereNotCollected) {
  Estate estate = tiers();
  estate.group("sg-empty", "vpc-1", "empty");
  const Answer answer = asked(estate.snapshot(), "internet -> sg:empty tcp/22");
  EXPECT_EQ(answer.verdict, Verdict::No);
  EXPECT_THAT(answer.because.front().detail, HasSubstr("`sg:empty` stands for no interface"));
  const Answer unsure = asked(estate.uncovered(), "internet -> sg:empty tcp/22");
  EXPECT_EQ(unsure.verdict, Verdict::Unknown);
  EXPECT_EQ(unsure.passage.unknown, ServiceSet::tcp(22));
}

TEST(Ask, TheInternetAsDestinationIsCutByTheSendersRules) {
  Estate estate = tiers();
  SecurityGroup closed;
  closed.id = {"sg-closed"};
  closed.vpc = {"vpc-1"};
  SecurityGroupRule rule;
  rule.is_egress = true;
  rule.services = ServiceSet::tcp(443);
  rule.peer = cidr("8.8.8.0/24");
  closed.rules = {rule};
  estate.add(closed).eni("eni-4", "subnet-1", "10.0.1.4", {"sg-closed"}, "54.10.0.4");
  const Answer answer = asked(estate.snapshot(), "eni-4 -> internet tcp/443");
  EXPECT_EQ(answer.verdict, Verdict::Yes);
  EXPECT_EQ(answer.to, "8.8.8.1");
  EXPECT_EQ(verdict(estate.snapshot(), "eni-4 -> internet tcp/80"), "no sg_no_egress_rule");
}

TEST(Ask, ErrorsOfNamesArePassedOn) {
  const Snapshot snapshot = tiers().snapshot();
  const Network network = build(snapshot);
  const auto answer = ask(network, *parse_question("internet -> sg:webb tcp/22"));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "unknown_name");
}

/// As many groups as interfaces, so that no two interfaces are alike.
Estate crowd(int size, bool is_alike) {
  Estate estate;
  estate.vpc("vpc-1", {"10.0.0.0/16"}).subnet("subnet-1", "vpc-1", {"10.0.0.0/16"});
  for (int i = 0; i < size; ++i) {
    const std::string group = is_alike ? "sg-1" : "sg-" + std::to_string(i);
    estate.eni("eni-" + std::to_string(i), "subnet-1",
               IpAddress::v4(0x0A000000U + static_cast<std::uint32_t>(i)).text(), {group});
  }
  return estate;
}

TEST(Ask, MorePairsThanCanBeTracedAreRefused) {
  const Snapshot snapshot = crowd(2100, false).snapshot();
  const Network network = build(snapshot);
  const auto answer = ask(network, *parse_question("any -> any tcp/22"));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "question_too_wide");
}

TEST(Ask, AnyNumberOfInterfacesThatAreAlikeCanBeAskedAbout) {
  EXPECT_EQ(verdict(crowd(2100, true).group("sg-1", "vpc-1", "g").snapshot(), "any -> any tcp/22"),
            "no sg_no_ingress_rule");
}

}  // namespace
}  // namespace portolan::reach
