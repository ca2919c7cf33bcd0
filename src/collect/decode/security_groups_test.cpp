#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/test_documents.h"

namespace portolan::collect {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

/// Decodes a group `sg-1` with these ingress permissions.
Decoded with_permissions(const std::string& permissions) {
  return decode_text(R"({"SecurityGroups": [{"IpPermissions": [)" + permissions +
                     R"(], "OwnerId": "123456789012", "GroupId": "sg-1", "VpcId": "vpc-1",
                        "GroupName": "web", "IpPermissionsEgress": []}]})");
}

/// The services of the one rule that a permission for 10.0.0.0/8 makes; `!` if it makes none.
std::string services(const std::string& members) {
  const Decoded decoded =
      with_permissions("{" + members + R"(, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]})");
  const auto& rules = row<SecurityGroup>(decoded, "sg-1").rules;
  return rules.size() == 1 ? rules.front().services.text() : "!";
}

TEST(SecurityGroups, have_one_rule_for_each_peer) {
  const Decoded decoded = with_permissions(R"({
      "FromPort": 443, "ToPort": 444, "IpProtocol": "tcp",
      "IpRanges": [{"CidrIp": "10.0.0.1/8", "Description": "inside"}, {"CidrIp": "0.0.0.0/0"}],
      "Ipv6Ranges": [{"CidrIpv6": "::/0"}],
      "PrefixListIds": [{"PrefixListId": "pl-1"}],
      "UserIdGroupPairs": [{"GroupId": "sg-2", "UserId": "210987654321", "VpcId": "vpc-2",
                            "VpcPeeringConnectionId": "pcx-1", "PeeringStatus": "active"}]})");
  const SecurityGroup& group = row<SecurityGroup>(decoded, "sg-1");
  ASSERT_THAT(group.rules, SizeIs(5));
  EXPECT_EQ(group.group_name, "web");
  EXPECT_EQ(group.owned.region.text(), "eu-west-1");
  for (const SecurityGroupRule& rule : group.rules) {
    EXPECT_EQ(rule.services.text(), "tcp/443-444");
    EXPECT_EQ(rule.from_port, 443);
    EXPECT_FALSE(rule.is_egress);
  }
  EXPECT_EQ(std::get<IpPrefix>(group.rules[0].peer).text(), "0.0.0.0/0");
  EXPECT_EQ(std::get<IpPrefix>(group.rules[1].peer).text(), "10.0.0.0/8");
  EXPECT_EQ(group.rules[1].description, "inside");
  const auto& reference = std::get<GroupReference>(group.rules[3].peer);
  EXPECT_EQ(reference.group.text(), "sg-2");
  EXPECT_EQ(reference.account.text(), "210987654321");
  EXPECT_EQ(reference.peering, "pcx-1");
  EXPECT_EQ(std::get<PrefixListId>(group.rules[4].peer).text(), "pl-1");
  EXPECT_THAT(places(decoded), IsEmpty());
}

TEST(SecurityGroups, understand_protocols_as_aws_does) {
  EXPECT_EQ(services(R"("IpProtocol": "-1", "FromPort": 22, "ToPort": 22)"), "any");
  EXPECT_EQ(services(R"("IpProtocol": "tcp", "FromPort": 22, "ToPort": 22)"), "tcp/22");
  EXPECT_EQ(services(R"("IpProtocol": "6", "FromPort": 22, "ToPort": 23)"), "tcp/22-23");
  EXPECT_EQ(services(R"("IpProtocol": "17", "FromPort": 53, "ToPort": 53)"), "udp/53");
  EXPECT_EQ(services(R"("IpProtocol": "tcp")"), "tcp");
  EXPECT_EQ(services(R"("IpProtocol": "tcp", "FromPort": -1, "ToPort": -1)"), "tcp");
  EXPECT_EQ(services(R"("IpProtocol": "tcp", "FromPort": 0, "ToPort": 65535)"), "tcp");
  EXPECT_EQ(services(R"("IpProtocol": "icmp", "FromPort": 8, "ToPort": 0)"), "icmp/8/0");
  EXPECT_EQ(services(R"("IpProtocol": "icmp", "FromPort": 8, "ToPort": -1)"), "icmp/8");
  EXPECT_EQ(services(R"("IpProtocol": "1", "FromPort": -1, "ToPort": -1)"), "icmp");
  EXPECT_EQ(services(R"("IpProtocol": "58")"), "icmpv6");
  EXPECT_EQ(services(R"("IpProtocol": "icmpv6", "FromPort": 128, "ToPort": 0)"), "icmpv6/128/0");
  EXPECT_EQ(services(R"("IpProtocol": "50", "FromPort": 22, "ToPort": 22)"), "proto/50");
}

TEST(SecurityGroups, with_a_rule_that_makes_no_sense_have_a_gap) {
  for (const std::string_view members :
       {R"("IpProtocol": "tcp", "FromPort": 23, "ToPort": 22)",
        R"("IpProtocol": "tcp", "FromPort": 22, "ToPort": 70000)",
        R"("IpProtocol": "tcp", "FromPort": 22)", R"("IpProtocol": "icmp", "FromPort": 300)",
        R"("IpProtocol": "nonsense")", R"("FromPort": 22)", R"("IpProtocol": 6)"}) {
    const Decoded decoded =
        with_permissions("{" + std::string(members) + R"(, "IpRanges": [{"CidrIp": "::/0"}]})");
    EXPECT_THAT(row<SecurityGroup>(decoded, "sg-1").rules, IsEmpty()) << members;
    EXPECT_THAT(gaps(decoded), ElementsAre("rule_not_understood sg-1")) << members;
    EXPECT_TRUE(decoded.diagnostics.has("rule_not_understood")) << members;
    EXPECT_EQ(decoded.diagnostics.sorted().back().resource, "sg-1");
  }
}

TEST(SecurityGroups, with_a_bad_peer_keep_the_good_ones) {
  const Decoded decoded = with_permissions(R"({"IpProtocol": "-1",
      "IpRanges": [{"CidrIp": "10.0.0.0/99"}, {"CidrIp": "10.0.0.0/8"}, {}],
      "UserIdGroupPairs": [{"UserId": "123456789012"}]})");
  EXPECT_THAT(row<SecurityGroup>(decoded, "sg-1").rules, SizeIs(1));
  EXPECT_THAT(gaps(decoded), ElementsAre("rule_not_understood sg-1"));
  EXPECT_THAT(
      places(decoded),
      ElementsAre(
          "bad_prefix a.json#/SecurityGroups/0/IpPermissions/0/IpRanges/0/CidrIp",
          "rule_not_understood a.json#/SecurityGroups/0/IpPermissions/0/IpRanges/2",
          "rule_not_understood a.json#/SecurityGroups/0/IpPermissions/0/UserIdGroupPairs/0"));
}

TEST(SecurityGroups, keep_what_has_an_id_when_a_member_has_the_wrong_type) {
  const Decoded decoded = decode_text(
      R"({"SecurityGroups": [{"GroupId": "sg-1", "GroupName": 7}, {"GroupName": "no id"}]})");
  EXPECT_EQ(row<SecurityGroup>(decoded, "sg-1").group_name, "");
  EXPECT_THAT(places(decoded), ElementsAre("wrong_type a.json#/SecurityGroups/0/GroupName",
                                           "missing_id a.json#/SecurityGroups/1"));
}

constexpr std::string_view kGroupAndRules = R"({
    "SecurityGroups": [{"GroupId": "sg-1", "OwnerId": "123456789012", "IpPermissions": [
        {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22,
         "IpRanges": [{"CidrIp": "10.0.0.0/8"}], "UserIdGroupPairs": [{"GroupId": "sg-2"}]},
        {"IpProtocol": "-1", "Ipv6Ranges": [{"CidrIpv6": "::/0"}]}]}],
    "SecurityGroupRules": [
        {"SecurityGroupRuleId": "sgr-3", "GroupId": "sg-1", "IsEgress": false,
         "IpProtocol": "-1", "FromPort": -1, "ToPort": -1, "CidrIpv6": "::/0"},
        {"SecurityGroupRuleId": "sgr-2", "GroupId": "sg-1", "IsEgress": false,
         "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "Description": "told here only",
         "ReferencedGroupInfo": {"GroupId": "sg-2", "UserId": "123456789012"}},
        {"SecurityGroupRuleId": "sgr-1", "GroupId": "sg-1", "IsEgress": false,
         "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIpv4": "10.0.0.0/8"}]})";

TEST(SecurityGroupRules, give_their_ids_to_the_rules_of_the_groups) {
  const Decoded decoded = decode_text(std::string(kGroupAndRules));
  const auto& rules = row<SecurityGroup>(decoded, "sg-1").rules;
  ASSERT_THAT(rules, SizeIs(3));
  EXPECT_EQ(rules[0].id.text(), "sgr-1");
  EXPECT_EQ(std::get<IpPrefix>(rules[0].peer).text(), "10.0.0.0/8");
  EXPECT_EQ(rules[1].id.text(), "sgr-2");
  EXPECT_EQ(std::get<GroupReference>(rules[1].peer).account.text(), "123456789012");
  EXPECT_EQ(rules[1].description, "told here only");
  EXPECT_EQ(rules[2].id.text(), "sgr-3");
  EXPECT_THAT(places(decoded), IsEmpty());
}

TEST(SecurityGroupRules, make_groups_that_no_document_lists) {
  const Decoded decoded = decode_text(
      R"({"SecurityGroupRules": [{"SecurityGroupRuleId": "sgr-1", "GroupId": "sg-9",
          "GroupOwnerId": "210987654321", "IsEgress": true, "IpProtocol": "udp", "FromPort": 53,
          "ToPort": 53, "PrefixListId": "pl-1"}]})");
  const SecurityGroup& group = row<SecurityGroup>(decoded, "sg-9");
  EXPECT_EQ(group.owned.account.text(), "210987654321");
  ASSERT_THAT(group.rules, SizeIs(1));
  EXPECT_TRUE(group.rules.front().is_egress);
  EXPECT_EQ(group.rules.front().services.text(), "udp/53");
}

TEST(SecurityGroupRules, that_differ_from_the_groups_own_all_count) {
  const Decoded decoded = decode_text(
      R"({"SecurityGroups": [{"GroupId": "sg-1", "IpPermissions": [
              {"IpProtocol": "tcp", "FromPort": 1, "ToPort": 1,
               "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}]}],
          "SecurityGroupRules": [{"SecurityGroupRuleId": "sgr-2", "GroupId": "sg-1",
              "IsEgress": false, "IpProtocol": "tcp", "FromPort": 2, "ToPort": 2,
              "CidrIpv4": "10.0.0.0/8"}]})");
  EXPECT_THAT(row<SecurityGroup>(decoded, "sg-1").rules, SizeIs(2));
  EXPECT_THAT(places(decoded), ElementsAre("contradiction a.json#"));
  EXPECT_THAT(gaps(decoded), ElementsAre("contradiction sg-1"));
}

TEST(SecurityGroupRules, listed_twice_count_once) {
  const std::string rules = R"({"SecurityGroupRules": [{"SecurityGroupRuleId": "sgr-1",
      "GroupId": "sg-1", "IsEgress": false, "IpProtocol": "-1", "CidrIpv4": "10.0.0.0/8"}]})";
  const std::string group = R"({"SecurityGroups": [{"GroupId": "sg-1", "IpPermissions": [
      {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}]}]})";
  const Decoded decoded = decode_documents(
      {{kHere + "a.json", rules}, {kHere + "b.json", rules}, {kHere + "c.json", group}});
  EXPECT_THAT(row<SecurityGroup>(decoded, "sg-1").rules, SizeIs(1));
  EXPECT_THAT(places(decoded), IsEmpty());
}

TEST(SecurityGroupRules, without_a_peer_leave_a_gap) {
  const Decoded decoded = decode_text(R"({"SecurityGroupRules": [{"GroupId": "sg-1",
      "SecurityGroupRuleId": "sgr-1", "IsEgress": false, "IpProtocol": "-1"}]})");
  EXPECT_THAT(places(decoded), ElementsAre("rule_not_understood a.json#/SecurityGroupRules/0"));
  EXPECT_THAT(gaps(decoded), ElementsAre("rule_not_understood sg-1"));
}

TEST(SecurityGroupVpcAssociations, go_to_their_groups) {
  const Decoded decoded = decode_text(
      R"({"SecurityGroups": [{"GroupId": "sg-1"}],
          "SecurityGroupVpcAssociations": [
              {"GroupId": "sg-1", "VpcId": "vpc-2", "State": "associated"},
              {"GroupId": "sg-1", "VpcId": "vpc-1", "State": "disassociated"}]})");
  const SecurityGroupVpcAssociation first{.vpc = {"vpc-1"}, .state = "disassociated"};
  const SecurityGroupVpcAssociation second{.vpc = {"vpc-2"}, .state = "associated"};
  EXPECT_THAT(row<SecurityGroup>(decoded, "sg-1").associations, ElementsAre(first, second));
}

}  // namespace

}  // namespace portolan::collect
