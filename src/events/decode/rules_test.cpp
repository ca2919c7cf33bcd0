#include <gmock/gmock.h>

#include "events/test_records.h"

namespace portolan::events {
namespace {

using test::read_one;

/// `+ sg-1 ingress tcp/22 0.0.0.0/0 sgr-1`, a line for each edit.
std::string rule_text(const SecurityGroupId& group, const SecurityGroupRule& rule) {
  std::string peer;
  if (const auto* block = std::get_if<IpPrefix>(&rule.peer)) {
    peer = block->text();
  } else if (const auto* list = std::get_if<PrefixListId>(&rule.peer)) {
    peer = list->text();
  } else {
    const auto& reference = std::get<GroupReference>(rule.peer);
    peer =
        reference.group.text() + (reference.account.known() ? "@" + reference.account.text() : "");
  }
  return fmt::format("{} {} {} {} {} {}", group.text(), rule.is_egress ? "egress" : "ingress",
                     rule.services.text(), peer, rule.id.text(), rule.description);
}

std::vector<std::string> edits(const test::Spelled& spelled) {
  std::vector<std::string> lines;
  for (const Edit& edit : read_one(spelled).edits) {
    if (const auto* opened = std::get_if<RuleOpened>(&edit)) {
      lines.push_back("+ " + rule_text(opened->group, opened->rule));
    } else if (const auto* closed = std::get_if<RuleClosed>(&edit)) {
      lines.push_back((closed->is_proven ? "- " : "? ") + rule_text(closed->group, closed->rule));
    } else if (const auto* by_id = std::get_if<RuleClosedById>(&edit)) {
      lines.push_back(fmt::format("- {} {} {}", by_id->group.text(), by_id->rule.text(),
                                  by_id->is_egress ? "egress" : "ingress"));
    } else if (const auto* after = std::get_if<RuleRewritten>(&edit)) {
      lines.push_back("= " + rule_text(after->group, after->after));
    } else {
      lines.emplace_back("other");
    }
  }
  return lines;
}

using testing::ElementsAre;

TEST(Rules, TheFlatListIsCutIntoOneRuleForEachPeer) {
  EXPECT_THAT(
      edits({.name = "AuthorizeSecurityGroupIngress",
             .request =
                 R"({"groupId":"sg-1","ipPermissions":{"items":[{"ipProtocol":"tcp","fromPort":22,)"
                 R"("toPort":23,"groups":{"items":[{"userId":"111122223333","groupId":"sg-2"}]},)"
                 R"("ipRanges":{"items":[{"cidrIp":"203.0.113.9/0","description":"x"}]},)"
                 R"("ipv6Ranges":{"items":[{"cidrIpv6":"::/0"}]},)"
                 R"("prefixListIds":{"items":[{"prefixListId":"pl-1"}]}}]}})"}),
      ElementsAre("+ sg-1 ingress tcp/22-23 0.0.0.0/0  x", "+ sg-1 ingress tcp/22-23 ::/0  ",
                  "+ sg-1 ingress tcp/22-23 pl-1  ",
                  "+ sg-1 ingress tcp/22-23 sg-2@111122223333  "));
}

TEST(Rules, TheFlatSingleRuleStandsInTheRequestItself) {
  EXPECT_THAT(edits({.name = "AuthorizeSecurityGroupIngress",
                     .request = R"({"groupId":"sg-1","ipPermissions":{},"ipProtocol":"tcp",)"
                                R"("fromPort":22,"toPort":22,"cidrIp":"198.51.100.7/0"})"}),
              ElementsAre("+ sg-1 ingress tcp/22 0.0.0.0/0  "));
  EXPECT_THAT(edits({.name = "AuthorizeSecurityGroupIngress",
                     .request = R"({"groupName":"web","sourceSecurityGroupName":"db",)"
                                R"("sourceSecurityGroupOwnerId":"111122223333"})"}),
              ElementsAre("+ name:web ingress tcp name:db@111122223333  ",
                          "+ name:web ingress udp name:db@111122223333  ",
                          "+ name:web ingress icmp name:db@111122223333  "));
}

TEST(Rules, TheResponseIsBelievedBeforeTheRequest) {
  EXPECT_THAT(
      edits({.name = "AuthorizeSecurityGroupEgress",
             .request = R"({"groupId":"sg-1","ipPermissions":{"items":[{"ipProtocol":"-1",)"
                        R"("ipRanges":{"items":[{"cidrIp":"0.0.0.0/0"}]}}]}})",
             .response = R"({"_return":true,"securityGroupRuleSet":{"items":[{"groupId":"sg-1",)"
                         R"("securityGroupRuleId":"sgr-1","isEgress":true,"ipProtocol":"-1",)"
                         R"("fromPort":-1,"toPort":-1,"cidrIpv4":"0.0.0.0/0"},{"groupId":"sg-1",)"
                         R"("securityGroupRuleId":"sgr-2","isEgress":true,"ipProtocol":"50",)"
                         R"("fromPort":22,"toPort":22,"referencedGroupId":"sg-9"}]}})"}),
      ElementsAre("+ sg-1 egress any 0.0.0.0/0 sgr-1 ", "+ sg-1 egress proto/50 sg-9 sgr-2 "));
}

TEST(Rules, AllSpellingsOfAllAreOne) {
  for (const char* ports : {R"("fromPort":0,"toPort":0,)", R"("fromPort":-1,"toPort":-1,)", ""}) {
    EXPECT_THAT(edits({.name = "RevokeSecurityGroupEgress",
                       .request = fmt::format(R"({{"groupId":"sg-1","ipPermissions":{{"items":[)"
                                              R"({{"ipProtocol":"-1",{}"ipRanges":{{"items":[)"
                                              R"({{"cidrIp":"0.0.0.0/0"}}]}}}}]}}}})",
                                              ports)}),
                ElementsAre("? sg-1 egress any 0.0.0.0/0  "));
  }
}

TEST(Rules, AreRevokedByIdAndByWhatTheResponseProves) {
  EXPECT_THAT(edits({.name = "RevokeSecurityGroupIngress",
                     .request = R"({"groupId":"sg-1","securityGroupRuleIds":{"items":[)"
                                R"({"securityGroupRuleId":"sgr-1"},)"
                                R"({"securityGroupRuleId":"sgr-2"}]}})"}),
              ElementsAre("- sg-1 sgr-1 ingress", "- sg-1 sgr-2 ingress"));
  EXPECT_THAT(
      edits({.name = "RevokeSecurityGroupIngress",
             .request = R"({"groupId":"sg-1","securityGroupRuleIds":{"items":[)"
                        R"({"securityGroupRuleId":"sgr-1"}]}})",
             .response = R"({"_return":true,"revokedSecurityGroupRuleSet":{"items":[{"groupId":)"
                         R"("sg-1","securityGroupRuleId":"sgr-1","isEgress":false,"ipProtocol":)"
                         R"("tcp","fromPort":22,"toPort":22,"cidrIpv4":"0.0.0.0/0"}]}})"}),
      ElementsAre("- sg-1 ingress tcp/22 0.0.0.0/0 sgr-1 "));
}

TEST(Rules, WhatRevokeDidNotFindIsNotClosed) {
  const std::string permissions =
      R"({"items":[{"ipProtocol":"tcp","fromPort":1,"toPort":1,"ipRanges":{"items":[)"
      R"({"cidrIp":"10.0.0.0/8"}]}}]})";
  EXPECT_THAT(
      edits({.name = "RevokeSecurityGroupIngress",
             .request = R"({"groupId":"sg-1","ipPermissions":)" + permissions + "}",
             .response = R"({"_return":true,"unknownIpPermissionSet":)" + permissions + "}"}),
      ElementsAre("other"));
}

TEST(Rules, ModifyIsOfTheWrappedDialect) {
  const std::string one =
      R"({"SecurityGroupRuleId":"sgr-1","SecurityGroupRule":{"IpProtocol":"tcp","FromPort":22,)"
      R"("ToPort":"22","CidrIpv4":"0.0.0.0/0","Description":7},"tag":1})";
  const std::string wrapped = R"({"ModifySecurityGroupRulesRequest":{"GroupId":"sg-1",)";
  EXPECT_THAT(edits({.name = "ModifySecurityGroupRules",
                     .request = wrapped + R"("SecurityGroupRule":)" + one + "}}"}),
              ElementsAre("= sg-1 ingress tcp/22 0.0.0.0/0 sgr-1 7"));
  EXPECT_EQ(edits({.name = "ModifySecurityGroupRules",
                   .request = wrapped + R"("SecurityGroupRule":[)" + one + "," + one + "]}}"})
                .size(),
            2U);
}

TEST(Rules, WhatIsNoRuleIsSaid) {
  const Readings readings = test::read(text(test::Spelled{
      .name = "AuthorizeSecurityGroupIngress",
      .request = R"({"groupId":"sg-1","ipProtocol":"tcp","fromPort":9,"toPort":1,"cidrIp":"x"})"}));
  EXPECT_TRUE(readings.diagnostics.has("rule_not_understood"));
  ASSERT_EQ(readings.events.size(), 1U);
  EXPECT_EQ(readings.events[0].edits, (std::vector<Edit>{Noted{}}));
}

}  // namespace
}  // namespace portolan::events
