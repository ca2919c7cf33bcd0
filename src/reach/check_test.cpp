#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reach/test_support.h"

namespace portolan::reach {
namespace {

using ::testing::HasSubstr;
using State = IntentAnswer::State;

IntentAnswer checked(const Snapshot& snapshot, std::string_view line) {
  const Network network = build(snapshot);
  const Intents intents = parse_intents(line, "test.intent");
  EXPECT_TRUE(intents.errors.empty()) << line;
  auto answer = check(network, intents.intents.at(0));
  EXPECT_TRUE(answer) << (answer ? "" : answer.error().message);
  return answer.value_or(IntentAnswer{});
}

State state(const Snapshot& snapshot, std::string_view line) {
  return checked(snapshot, line).state;
}

/// Web servers with an administrator's door, and a database behind them.
Estate tiers() {
  Estate estate;
  estate.vpc("vpc-1", {"10.0.0.0/16"})
      .subnet("subnet-1", "vpc-1", {"10.0.1.0/24"})
      .group("sg-db", "vpc-1", "db")
      .from("sg-web", "tcp/5432")
      .group("sg-web", "vpc-1", "web")
      .from("0.0.0.0/0", "tcp/443")
      .from("8.8.8.0/24", "tcp/22")
      .eni("eni-1", "subnet-1", "10.0.1.1", {"sg-web"}, "54.10.0.1")
      .eni("eni-2", "subnet-1", "10.0.1.2", {"sg-web"}, "54.10.0.2")
      .eni("eni-db", "subnet-1", "10.0.1.9", {"sg-db"});
  return estate;
}

TEST(Check, AllowWantsEveryPairAndTheWholeService) {
  const Snapshot snapshot = tiers().snapshot();
  EXPECT_EQ(state(snapshot, "allow internet -> sg:web tcp/443"), State::Holds);
  EXPECT_EQ(state(snapshot, "allow sg:web -> sg:db tcp/5432"), State::Holds);
  EXPECT_EQ(state(snapshot, "allow 8.8.8.0/24 -> sg:web tcp/22"), State::Holds);
  EXPECT_EQ(state(snapshot, "allow internet -> sg:web tcp/22"), State::Broken);
  const IntentAnswer partial = checked(snapshot, "allow internet -> sg:web tcp/443-444");
  EXPECT_EQ(partial.state, State::Broken);
  EXPECT_THAT(partial.message, HasSubstr("tcp/444 does not pass from 1.0.0.1 to eni-1"));
}

TEST(Check, AllowIsBrokenByOneMember) {
  Estate estate = tiers();
  estate.eni("eni-3", "subnet-1", "10.0.1.3", {"sg-web"});
  const IntentAnswer answer = checked(estate.snapshot(), "allow internet -> sg:web tcp/443");
  EXPECT_EQ(answer.state, State::Broken);
  EXPECT_EQ(answer.witness.to, "eni-3");
  EXPECT_EQ(answer.witness.because.front().reason, Reason::NoPublicAddress);
}

TEST(Check, AllowFromTheInternetAsksOnlyForFamiliesThatAreSpoken) {
  Estate estate = tiers();
  estate.last<Subnet>().cidrs.push_back(cidr("2600:1::/64"));
  estate.eni("eni-3", "subnet-1", "10.0.1.3", {"sg-web"}, "54.10.0.3");
  estate.last<NetworkInterface>().ipv6 = {address("2600:1::3")};
  const IntentAnswer answer = checked(estate.snapshot(), "allow internet -> sg:web tcp/443");
  EXPECT_EQ(answer.state, State::Broken) << "IPv6 is not let in to eni-3";
  EXPECT_EQ(answer.witness.to, "eni-3");
  estate.from("::/0", "tcp/443");
  EXPECT_EQ(state(estate.snapshot(), "allow internet -> sg:web tcp/443"), State::Holds);
}

TEST(Check, DenyIsBrokenByOnePair) {
  const Snapshot snapshot = tiers().snapshot();
  EXPECT_EQ(state(snapshot, "deny internet -> sg:db any"), State::Holds);
  EXPECT_EQ(state(snapshot, "deny sg:db -> sg:web tcp/22"), State::Holds);
  const IntentAnswer answer = checked(snapshot, "deny internet -> sg:web tcp/22");
  EXPECT_EQ(answer.state, State::Broken);
  EXPECT_EQ(answer.witness.from, "8.8.8.1");
  EXPECT_THAT(answer.message, HasSubstr("tcp/22 passes from 8.8.8.1 to eni-1"));
}

TEST(Check, AGapMakesBothUnknown) {
  Estate estate = tiers();
  RulePeer list = PrefixListId{"pl-unknown"};
  SecurityGroupRule rule;
  rule.services = ServiceSet::tcp(80);
  rule.peer = list;
  estate.last<SecurityGroup>().rules.push_back(rule);
  const Snapshot snapshot = estate.snapshot();
  EXPECT_EQ(state(snapshot, "deny internet -> sg:web tcp/80"), State::Unknown);
  EXPECT_EQ(state(snapshot, "allow internet -> sg:web tcp/80"), State::Unknown);
  EXPECT_EQ(state(snapshot, "deny internet -> sg:web tcp/22,80"), State::Broken);
}

TEST(Check, OnlyLetsNobodyElseIn) {
  const Snapshot snapshot = tiers().snapshot();
  EXPECT_EQ(state(snapshot, "only sg:web -> sg:db tcp/5432"), State::Holds);
  EXPECT_EQ(state(snapshot, "only sg:web -> sg:db tcp/5432-5433"), State::Broken);
  EXPECT_EQ(state(snapshot, "only 8.8.8.0/24 -> sg:web tcp/22"), State::Holds);
  EXPECT_EQ(state(snapshot, "only 8.8.8.8 -> sg:web tcp/22"), State::Broken);
  const IntentAnswer answer = checked(snapshot, "only sg:db -> sg:web tcp/443");
  EXPECT_EQ(answer.state, State::Broken);
  EXPECT_EQ(answer.witness.from, "eni-1");
}

TEST(Check, OnlyForTheInternetStillKeepsInterfacesOut) {
  EXPECT_EQ(state(tiers().snapshot(), "only internet -> sg:web tcp/443"), State::Broken);
  EXPECT_EQ(state(tiers().snapshot(), "only any -> sg:web tcp/443"), State::Holds);
}

TEST(Check, AnEmptySideKeepsADenialAndBreaksAPermission) {
  Estate estate = tiers();
  estate.group("sg-empty", "vpc-1", "empty");
  EXPECT_EQ(state(estate.snapshot(), "deny internet -> sg:empty any"), State::Holds);
  EXPECT_EQ(state(estate.snapshot(), "allow internet -> sg:empty any"), State::Broken);
  EXPECT_EQ(state(estate.uncovered(), "deny internet -> sg:empty any"), State::Unknown);
  EXPECT_EQ(state(estate.uncovered(), "allow internet -> sg:empty any"), State::Unknown);
}

TEST(Check, AnIntentThatHoldsSaysWhatItPromises) {
  EXPECT_EQ(checked(tiers().snapshot(), "deny internet -> sg:db any").message,
            "nothing passes from internet to sg:db");
  EXPECT_EQ(checked(tiers().snapshot(), "allow sg:web -> sg:db tcp/5432").message,
            "tcp/5432 passes from sg:web to sg:db");
}

}  // namespace
}  // namespace portolan::reach
