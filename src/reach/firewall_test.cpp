#include <fmt/format.h>
#include <gtest/gtest.h>

#include "reach/test_support.h"
#include "reach/tracer.h"

namespace portolan::reach {

namespace {

FirewallRule rule(std::string action, std::string_view source, std::string_view destination,
                  std::string_view services, int priority = 0) {
  FirewallRule rule;
  rule.priority = priority;
  rule.action = std::move(action);
  if (source != "any") {
    rule.sources = {cidr(source)};
  }
  if (destination != "any") {
    rule.destinations = {cidr(destination)};
  }
  rule.services = service(services);
  return rule;
}

/// A firewall with an endpoint; packets go from 10.0.0.5 to 93.184.216.34.
class FirewallTest : public ::testing::Test {
 protected:
  FirewallTest() {
    endpoint_.id = {"vpce-1"};
    endpoint_.vpc = {"vpc-1"};
    endpoint_.kind = EndpointKind::GatewayLoadBalancer;
    endpoint_.subnets = {{"subnet-fw"}};
    firewall_.id = {"arn:aws:network-firewall:eu-west-1:111122223333:firewall/fw"};
    firewall_.firewall_name = "fw";
    firewall_.vpc = {"vpc-1"};
    firewall_.policy = {"policy"};
    firewall_.endpoints = {"vpce-1"};
    policy_.id = {"policy"};
    policy_.stateless_default_actions = {"aws:forward_to_sfe"};
  }

  /// Adds a group to the policy.
  FirewallRuleGroup& group(const std::string& id, bool is_stateful,
                           std::vector<FirewallRule> rules) {
    auto& references = is_stateful ? policy_.stateful : policy_.stateless;
    references.push_back({.group = {id}, .priority = static_cast<int>(references.size()) + 1});
    FirewallRuleGroup group;
    group.id = {id};
    group.is_stateful = is_stateful;
    group.rules = std::move(rules);
    return groups_.emplace_back(std::move(group));
  }

  Outcome filter(std::string_view services, Direction direction = Direction::Forward) {
    Estate estate;
    estate.add(firewall_).add(policy_);
    for (const FirewallRuleGroup& group : groups_) {
      estate.add(group);
    }
    const Snapshot snapshot = estate.snapshot();
    const Network network = build(snapshot);
    const IpAddress inside = address("10.0.0.5");
    const IpAddress outside = address("93.184.216.34");
    const bool is_reply = direction == Direction::Return;
    return endpoint_appliance_filter(network, endpoint_, direction, is_reply ? outside : inside,
                                     is_reply ? inside : outside, service(services));
  }

  static std::string words(const Outcome& outcome) {
    const Passage& passage = outcome.passage;
    EXPECT_EQ(outcome.hops.size(), 1U);
    return fmt::format("yes {} unknown {} {}", passage.yes.text(), passage.unknown.text(),
                       text(outcome.hops.front().reason));
  }

  VpcEndpoint endpoint_;
  NetworkFirewall firewall_;
  FirewallPolicy policy_;
  std::vector<FirewallRuleGroup> groups_;
};

TEST_F(FirewallTest, AnEmptyPolicyOfActionOrderPassesAll) {
  EXPECT_EQ(words(filter("any")), "yes any unknown none passed");
}

TEST_F(FirewallTest, StatelessRulesMatchByPriorityAndTheFirstOneWins) {
  group("sl", false,
        {rule("aws:drop", "any", "any", "tcp", 20), rule("aws:pass", "any", "any", "tcp/443", 10)});
  EXPECT_EQ(words(filter("tcp/80,443")), "yes tcp/443 unknown none passed");
  const Outcome blocked = filter("tcp/80");
  EXPECT_EQ(words(blocked), "yes none unknown none firewall_drops");
  EXPECT_EQ(blocked.hops.front().rule, "rule group sl aws:drop tcp");
}

TEST_F(FirewallTest, AStatelessPassDoesNotMeetTheStatefulEngine) {
  group("sl", false, {rule("aws:pass", "any", "any", "tcp/443", 1)});
  group("sf", true, {rule("DROP", "any", "any", "any")});
  EXPECT_EQ(words(filter("tcp/80,443")), "yes tcp/443 unknown none passed");
}

TEST_F(FirewallTest, StatelessRulesSeeEachReplyByItself) {
  policy_.stateless_default_actions = {"aws:drop"};
  group("sl", false, {rule("aws:pass", "10.0.0.0/8", "any", "tcp/443", 1)});
  EXPECT_EQ(words(filter("tcp/443")), "yes tcp/443 unknown none passed");
  EXPECT_EQ(words(filter("tcp/443", Direction::Return)), "yes none unknown none firewall_drops");
  groups_.back().rules.push_back(rule("aws:pass", "any", "10.0.0.0/8", "tcp/1024-65535", 2));
  EXPECT_EQ(words(filter("tcp/443", Direction::Return)), "yes tcp/443 unknown none passed");
}

TEST_F(FirewallTest, ActionOrderPassesBeforeItDrops) {
  group("drops", true, {rule("DROP", "any", "any", "tcp")});
  group("passes", true, {rule("PASS", "10.0.0.0/8", "any", "tcp/443")});
  EXPECT_EQ(words(filter("tcp/80,443 udp/53")), "yes tcp/443 udp/53 unknown none passed");
}

TEST_F(FirewallTest, StrictOrderTakesTheRulesAsTheyAreListed) {
  policy_.is_strict_order = true;
  group("drops", true, {rule("ALERT", "any", "any", "any"), rule("DROP", "any", "any", "tcp")});
  group("passes", true, {rule("PASS", "any", "any", "tcp/443")});
  EXPECT_EQ(words(filter("tcp/443 udp/53")), "yes udp/53 unknown none passed");
}

TEST_F(FirewallTest, StrictOrderEndsWithItsDefaultActions) {
  policy_.is_strict_order = true;
  policy_.stateful_default_actions = {"aws:drop_strict", "aws:alert_strict"};
  group("passes", true, {rule("PASS", "any", "any", "tcp/443")});
  EXPECT_EQ(words(filter("tcp/80,443")), "yes tcp/443 unknown none passed");
  EXPECT_EQ(filter("tcp/80").hops.front().rule, "aws:drop_strict");
}

TEST_F(FirewallTest, DroppingEstablishedConnectionsIsNotDecidedByPorts) {
  policy_.is_strict_order = true;
  policy_.stateful_default_actions = {"aws:drop_established"};
  EXPECT_EQ(words(filter("tcp/80")), "yes none unknown tcp/80 firewall_undecided");
}

TEST_F(FirewallTest, DomainListsLeaveOnlyWhatAPassRuleCoversCertain) {
  group("domains", true, {}).is_opaque = true;
  group("passes", true, {rule("PASS", "any", "any", "tcp/443")});
  EXPECT_EQ(words(filter("tcp/80,443")), "yes tcp/443 unknown tcp/80 firewall_undecided");
}

TEST_F(FirewallTest, ARuleWithVariablesMayMatch) {
  FirewallRule dropping = rule("DROP", "any", "any", "tcp/443");
  dropping.is_exact = false;
  group("sf", true, {dropping});
  EXPECT_EQ(words(filter("tcp/80,443")), "yes tcp/80 unknown tcp/443 firewall_undecided");
}

TEST_F(FirewallTest, RepliesOfFlowsThatAPassRuleLetInPass) {
  group("sf", true,
        {rule("PASS", "10.0.0.0/8", "any", "tcp/443"), rule("DROP", "any", "any", "any")});
  EXPECT_EQ(words(filter("tcp/443", Direction::Return)), "yes tcp/443 unknown none passed");
}

TEST_F(FirewallTest, ADropRuleTheOtherWayMayCatchReplies) {
  group("sf", true, {rule("DROP", "93.0.0.0/8", "10.0.0.0/8", "any")});
  EXPECT_EQ(words(filter("tcp/443")), "yes tcp/443 unknown none passed");
  EXPECT_EQ(words(filter("tcp/443", Direction::Return)),
            "yes none unknown tcp/443 firewall_undecided");
}

TEST_F(FirewallTest, ARuleForBothDirectionsMatchesTheOtherWayToo) {
  FirewallRule dropping = rule("DROP", "93.0.0.0/8", "10.0.0.0/8", "tcp");
  dropping.is_bidirectional = true;
  group("sf", true, {dropping});
  EXPECT_EQ(words(filter("tcp/443 udp/53")), "yes udp/53 unknown none passed");
}

TEST_F(FirewallTest, MissingDocumentsAreNamed) {
  group("gone", true, {});
  groups_.clear();
  Outcome outcome = filter("tcp/80");
  EXPECT_EQ(words(outcome), "yes none unknown tcp/80 not_collected");
  EXPECT_NE(outcome.hops.front().detail.find("describe-rule-group"), std::string::npos);
  firewall_.policy = {"other"};
  outcome = filter("tcp/80");
  EXPECT_EQ(words(outcome), "yes none unknown tcp/80 not_collected");
  EXPECT_NE(outcome.hops.front().detail.find("describe-firewall-policy"), std::string::npos);
}

TEST_F(FirewallTest, TheFirewallIsKnownByItsTagOrItsPlaceToo) {
  firewall_.endpoints.clear();
  EXPECT_EQ(words(filter("tcp/80")), "yes none unknown tcp/80 appliance_undecided");
  firewall_.subnets = {{"subnet-fw"}};
  EXPECT_EQ(words(filter("tcp/80")), "yes tcp/80 unknown none passed");
  firewall_.subnets.clear();
  endpoint_.owned.tags = {{"Firewall", firewall_.id.value}};
  EXPECT_EQ(words(filter("tcp/80")), "yes tcp/80 unknown none passed");
}

TEST_F(FirewallTest, AFirewallThatWasNotCollectedIsAGap) {
  firewall_.endpoints = {"vpce-other"};
  endpoint_.owned.tags = {{"AWSNetworkFirewallManaged", "true"}};
  EXPECT_EQ(words(filter("tcp/80")), "yes none unknown tcp/80 not_collected");
}

TEST_F(FirewallTest, AnEndpointThatIsNotAvailablePassesNothing) {
  endpoint_.is_available = false;
  EXPECT_EQ(words(filter("tcp/80")), "yes none unknown none endpoint_unavailable");
}

}  // namespace

}  // namespace portolan::reach
