#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/test_documents.h"

namespace portolan::collect {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kArn = "arn:aws:network-firewall:eu-west-1:123456789012:";

TEST(Firewalls, are_told_by_two_members) {
  const Decoded decoded = decode_text(R"({"UpdateToken": "x",
      "FirewallStatus": {"Status": "READY", "SyncStates": {
          "eu-west-1b": {"Attachment": {"SubnetId": "subnet-2", "EndpointId": "vpce-2"}},
          "eu-west-1a": {"Attachment": {"SubnetId": "subnet-1", "EndpointId": "vpce-1"}}}},
      "Firewall": {"FirewallName": "wall", "FirewallArn": ")" +
                                      kArn + R"(firewall/wall",
          "FirewallPolicyArn": ")" + kArn +
                                      R"(firewall-policy/strict", "VpcId": "vpc-1",
          "SubnetMappings": [{"SubnetId": "subnet-1"}, {"SubnetId": "subnet-2"}]}})");
  const NetworkFirewall& wall = row<NetworkFirewall>(decoded, kArn + "firewall/wall");
  EXPECT_EQ(wall.firewall_name, "wall");
  EXPECT_EQ(wall.policy.text(), kArn + "firewall-policy/strict");
  EXPECT_THAT(wall.subnets, SizeIs(2));
  EXPECT_THAT(wall.endpoints, ElementsAre("vpce-1", "vpce-2"));
  EXPECT_EQ(wall.owned.region.text(), "eu-west-1");
}

TEST(Firewalls, have_policies) {
  const Decoded decoded = decode_text(R"({
      "FirewallPolicyResponse": {"FirewallPolicyArn": ")" +
                                      kArn + R"(firewall-policy/strict"},
      "FirewallPolicy": {
          "StatelessRuleGroupReferences": [{"ResourceArn": "b", "Priority": 2},
                                           {"ResourceArn": "a", "Priority": 1}],
          "StatelessDefaultActions": ["aws:forward_to_sfe"],
          "StatefulRuleGroupReferences": [{"ResourceArn": "c"}],
          "StatefulDefaultActions": ["aws:drop_strict"],
          "StatefulEngineOptions": {"RuleOrder": "STRICT_ORDER"}}})");
  const auto& policy = row<FirewallPolicy>(decoded, kArn + "firewall-policy/strict");
  ASSERT_THAT(policy.stateless, SizeIs(2));
  EXPECT_EQ(policy.stateless[0].group.text(), "a");
  EXPECT_THAT(policy.stateful_default_actions, ElementsAre("aws:drop_strict"));
  EXPECT_TRUE(policy.is_strict_order);
}

/// The rules of a group whose RulesSource is `source`.
FirewallRuleGroup rule_group(const std::string& source, const std::string& type) {
  const Decoded decoded = decode_text(R"({"RuleGroupResponse": {"RuleGroupArn": ")" + kArn +
                                      R"(rule-group/x", "Type": ")" + type +
                                      R"("}, "RuleGroup": {"RulesSource": )" + source + "}}");
  EXPECT_THAT(places(decoded), IsEmpty());
  return row<FirewallRuleGroup>(decoded, kArn + "rule-group/x");
}

TEST(FirewallRuleGroups, have_stateless_rules) {
  const auto group = rule_group(R"({"StatelessRulesAndCustomActions": {"StatelessRules": [
      {"Priority": 2, "RuleDefinition": {"Actions": ["aws:drop"], "MatchAttributes": {}}},
      {"Priority": 1, "RuleDefinition": {"Actions": ["metric", "aws:pass"], "MatchAttributes": {
          "Sources": [{"AddressDefinition": "10.0.0.0/8"}],
          "Destinations": [{"AddressDefinition": "0.0.0.0/0"}],
          "SourcePorts": [{"FromPort": 1024, "ToPort": 65535}],
          "DestinationPorts": [{"FromPort": 443, "ToPort": 443}, {"FromPort": 80, "ToPort": 80}],
          "Protocols": [6]}}},
      {"Priority": 3, "RuleDefinition": {"Actions": ["aws:pass"], "MatchAttributes": {
          "Protocols": [6], "TCPFlags": [{"Flags": ["SYN"]}]}}}]}})",
                                "STATELESS");
  EXPECT_FALSE(group.is_stateful);
  ASSERT_THAT(group.rules, SizeIs(3));
  EXPECT_EQ(group.rules[0].action, "aws:pass");
  EXPECT_EQ(group.rules[0].services.text(), "tcp/80,443");
  EXPECT_TRUE(group.rules[0].restricts_source_ports);
  EXPECT_TRUE(group.rules[0].is_exact);
  EXPECT_THAT(group.rules[0].sources, SizeIs(1));
  EXPECT_EQ(group.rules[1].services.text(), "any");
  EXPECT_FALSE(group.rules[2].is_exact);
}

/// The one stateful rule with that header.
FirewallRule stateful(const std::string& header,
                      const std::string& options = R"([{"Keyword": "sid:1"}])") {
  const auto group = rule_group(R"({"StatefulRules": [{"Action": "PASS", "Header": {)" + header +
                                    R"(}, "RuleOptions": )" + options + "}]}",
                                "STATEFUL");
  EXPECT_TRUE(group.is_stateful);
  return group.rules.size() == 1 ? group.rules.front() : FirewallRule{};
}

TEST(FirewallRuleGroups, have_stateful_rules) {
  const FirewallRule rule = stateful(
      R"("Protocol": "TCP", "Source": "10.0.0.0/8", "SourcePort": "ANY", "Direction": "FORWARD",
         "Destination": "10.1.2.3", "DestinationPort": "8000:8010")",
      R"([{"Keyword": "sid", "Settings": ["1"]}])");
  EXPECT_TRUE(rule.is_exact);
  EXPECT_EQ(rule.services.text(), "tcp/8000-8010");
  EXPECT_FALSE(rule.restricts_source_ports || rule.is_bidirectional);
  EXPECT_EQ(rule.destinations.at(0).text(), "10.1.2.3/32");
  const FirewallRule any = stateful(
      R"("Protocol": "IP", "Source": "ANY", "SourcePort": "ANY", "Direction": "ANY",
         "Destination": "ANY", "DestinationPort": "ANY")",
      "[]");
  EXPECT_TRUE(any.is_exact && any.is_bidirectional);
  EXPECT_EQ(any.services.text(), "any");
}

TEST(FirewallRuleGroups, are_inexact_where_words_are_not_understood) {
  const std::string tail = R"(, "SourcePort": "ANY", "Direction": "ANY", "Destination": "ANY")";
  EXPECT_FALSE(
      stateful(R"("Protocol": "TCP", "Source": "$HOME_NET", "DestinationPort": "80")" + tail)
          .is_exact);
  EXPECT_FALSE(
      stateful(R"("Protocol": "TCP", "Source": "ANY", "DestinationPort": "[80,443]")" + tail)
          .is_exact);
  EXPECT_FALSE(
      stateful(R"("Protocol": "TLS", "Source": "ANY", "DestinationPort": "443")" + tail).is_exact);
  EXPECT_FALSE(stateful(R"("Protocol": "TCP", "Source": "ANY", "DestinationPort": "443")" + tail,
                        R"([{"Keyword": "flow", "Settings": ["established"]}])")
                   .is_exact);
}

TEST(FirewallRuleGroups, of_suricata_text_and_domains_are_opaque) {
  EXPECT_TRUE(rule_group(R"({"RulesString": "drop tcp any any"})", "STATEFUL").is_opaque);
  EXPECT_TRUE(rule_group(R"({"RulesSourceList": {"Targets": ["x"]}})", "STATEFUL").is_opaque);
  EXPECT_FALSE(rule_group(R"({"RulesString": null, "StatefulRules": []})", "STATEFUL").is_opaque);
}

TEST(FirewallRuleGroups, of_the_web_firewall_are_not_ours) {
  const Decoded decoded = decode_text(
      R"({"RuleGroup": {"Name": "waf", "Id": "1", "Capacity": 5, "Rules": []}, "LockToken": "x"})");
  EXPECT_THAT(decoded.snapshot.all<FirewallRuleGroup>(), IsEmpty());
  EXPECT_THAT(places(decoded), IsEmpty());
}

}  // namespace

}  // namespace portolan::collect
