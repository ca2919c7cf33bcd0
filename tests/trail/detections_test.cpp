#include <algorithm>
#include <random>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "checks/check.h"
#include "checks/trail.h"
#include "events/test_records.h"

/// What the checks of trails find, and what they leave alone: the evasions that rules on single
/// events miss are all here.
namespace portolan::checks {
namespace {

using events::test::Spelled;
using testing::Contains;
using testing::IsEmpty;
using testing::Not;

std::string at(int minute, int second = 0) {
  return fmt::format("2026-05-03T{:02}:{:02}:{:02}Z", 14 + minute / 60, minute % 60, second);
}

std::vector<Detection> found(const std::vector<Spelled>& records) {
  std::string log;
  for (const Spelled& record : records) {
    log += text(record) + "\n";
  }
  return detect(events::build_timeline(events::test::read(log).events),
                {.public_services = default_public_services()});
}

/// `high sg-short-lived-open sg-1 tcp/22 0.0.0.0/0`.
std::vector<std::string> lines(const std::vector<Spelled>& records) {
  std::vector<std::string> all;
  for (const Detection& each : found(records)) {
    std::string line = fmt::format("{} {} {}", text(each.risk), each.check, each.resource);
    for (const std::string& part : {each.ports, each.peer}) {
      line += part.empty() ? "" : " " + part;
    }
    all.push_back(line);
  }
  return all;
}

/// One rule in the request's own members, as old tools send it.
Spelled flat(const std::string& name, const std::string& time, const std::string& rule,
             const std::string& user = "ann") {
  return {.name = name,
          .request = fmt::format(R"({{"groupId":"sg-1","ipPermissions":{{}},{}}})", rule),
          .response = R"({"_return":true})",
          .time = time,
          .user = user};
}
constexpr std::string_view kSsh =
    R"("ipProtocol":"tcp","fromPort":22,"toPort":22,"cidrIp":"0.0.0.0/0")";

Spelled listed(const std::string& name, const std::string& time, const std::string& permission) {
  return {.name = name,
          .request = fmt::format(R"({{"groupId":"sg-1","ipPermissions":{{"items":[{{{}}}]}}}})",
                                 permission),
          .response = R"({"_return":true})",
          .time = time};
}
Spelled told(const std::string& time, const std::string& cidr) {
  return {.name = "AuthorizeSecurityGroupIngress",
          .request = R"({"groupId":"sg-1"})",
          .response = fmt::format(
              R"({{"securityGroupRuleSet":{{"items":[{{"groupId":"sg-1","securityGroupRuleId":)"
              R"("sgr-1","isEgress":false,"ipProtocol":"tcp","fromPort":22,"toPort":22,)"
              R"("cidrIpv4":"{}"}}]}}}})",
              cidr),
          .time = time};
}
Spelled modify(const std::string& time, const std::string& cidr) {
  return {.name = "ModifySecurityGroupRules",
          .request = fmt::format(
              R"({{"ModifySecurityGroupRulesRequest":{{"GroupId":"sg-1","SecurityGroupRule":)"
              R"({{"SecurityGroupRuleId":"sgr-1","SecurityGroupRule":{{"IpProtocol":"tcp",)"
              R"("FromPort":22,"ToPort":22,"CidrIpv4":"{}"}}}}}}}})",
              cidr),
          .time = time};
}
Spelled create(const std::string& time, const std::string& user = "ann") {
  return {.name = "CreateSecurityGroup",
          .request = R"({"groupName":"web","vpcId":"vpc-1"})",
          .response = R"({"groupId":"sg-1"})",
          .time = time,
          .user = user};
}
Spelled remove(const std::string& time) {
  return {.name = "DeleteSecurityGroup", .request = R"({"groupId":"sg-1"})", .time = time};
}
Spelled call(const std::string& name, const std::string& request, int minute = 0) {
  return {.name = name, .request = request, .response = R"({"_return":true})", .time = at(minute)};
}

struct Spelling {
  std::string name;
  Spelled opening;
  std::string line;
};

/// Every way to open a group to the internet of which a rule on one shape of record misses some.
std::vector<Spelling> spellings() {
  const auto authorize = [](const std::string& permission) {
    return listed("AuthorizeSecurityGroupIngress", at(0), permission);
  };
  return {
      {"Flat", flat("AuthorizeSecurityGroupIngress", at(0), std::string(kSsh)),
       "high sg-opened-to-world-event sg-1 tcp/22 0.0.0.0/0"},
      {"Ipv6",
       authorize(R"("ipProtocol":"tcp","fromPort":22,"toPort":22,"ipRanges":{},)"
                 R"("ipv6Ranges":{"items":[{"cidrIpv6":"::/0"}]})"),
       "high sg-opened-to-world-event sg-1 tcp/22 ::/0"},
      {"HostBits",
       authorize(R"("ipProtocol":"tcp","fromPort":22,"toPort":22,)"
                 R"("ipRanges":{"items":[{"cidrIp":"203.0.113.9/0"}]})"),
       "high sg-opened-to-world-event sg-1 tcp/22 0.0.0.0/0"},
      {"Half",
       authorize(R"("ipProtocol":"tcp","fromPort":22,"toPort":22,)"
                 R"("ipRanges":{"items":[{"cidrIp":"0.0.0.0/1"},{"cidrIp":"128.0.0.0/1"}]})"),
       "high sg-opened-to-world-event sg-1 tcp/22 128.0.0.0/1"},
      {"AllPorts",
       authorize(R"("ipProtocol":"tcp","fromPort":0,"toPort":65535,)"
                 R"("ipRanges":{"items":[{"cidrIp":"0.0.0.0/0"}]})"),
       "high sg-opened-to-world-event sg-1 tcp 0.0.0.0/0"},
      {"AllTraffic",
       authorize(R"("ipProtocol":"-1","ipRanges":{"items":[{"cidrIp":"0.0.0.0/0"}]})"),
       "high sg-opened-to-world-event sg-1 any 0.0.0.0/0"},
      {"OneProtocol",
       authorize(R"("ipProtocol":"50","fromPort":22,"toPort":22,)"
                 R"("ipRanges":{"items":[{"cidrIp":"0.0.0.0/0"}]})"),
       "medium sg-opened-to-world-event sg-1 proto/50 0.0.0.0/0"},
      {"Modified", modify(at(0), "0.0.0.0/0"),
       "high sg-opened-to-world-event sg-1 tcp/22 0.0.0.0/0"},
      {"PrefixList",
       call("ModifyManagedPrefixList",
            R"({"ModifyManagedPrefixListRequest":{"PrefixListId":"pl-1","AddEntry":)"
            R"({"Cidr":"0.0.0.0/0","tag":1}}})"),
       "medium prefix-list-opened-to-world pl-1 0.0.0.0/0"},
      {"Nacl",
       call("CreateNetworkAclEntry",
            R"({"networkAclId":"acl-1","ruleNumber":90,"egress":false,"ruleAction":"allow",)"
            R"("aclProtocol":"-1","cidrBlock":"0.0.0.0/0","icmpTypeCode":{},"portRange":{}})"),
       "medium nacl-opened-to-world acl-1 any 0.0.0.0/0"},
      {"Route",
       call("CreateRoute",
            R"({"routeTableId":"rtb-1","destinationCidrBlock":"0.0.0.0/0","gatewayId":"igw-1"})"),
       "medium route-to-internet-added rtb-1 0.0.0.0/0"},
      {"Subnet",
       call("ModifySubnetAttribute",
            R"({"subnetId":"subnet-1","mapPublicIpOnLaunch":{"value":true}})"),
       "medium subnet-public-addresses-on subnet-1"},
      {"Address",
       call("AssociateAddress", R"({"AssociateAddressRequest":{"AllocationId":"eipalloc-1",)"
                                R"("NetworkInterfaceId":"eni-1"}})"),
       "low public-address-associated eni-1"},
      {"BlockOff",
       call("ModifyVpcBlockPublicAccessOptions",
            R"({"ModifyVpcBlockPublicAccessOptionsRequest":{"InternetGatewayBlockMode":"off"}})"),
       "high bpa-switched-off 111122223333/eu-west-1"},
      {"SecondVpc",
       call("AssociateSecurityGroupVpc",
            R"({"AssociateSecurityGroupVpcRequest":{"GroupId":"sg-1","VpcId":"vpc-2"}})"),
       "low sg-vpc-associated sg-1 vpc-2"},
      {"Restored",
       {.name = "RestoreDBInstanceFromDBSnapshot",
        .request = R"({"dBInstanceIdentifier":"d","publiclyAccessible":true})",
        .time = at(0),
        .source = "rds.amazonaws.com"},
       "high resource-made-public d"},
  };
}

class Evasion : public testing::TestWithParam<Spelling> {};

TEST_P(Evasion, IsCaught) { EXPECT_THAT(lines({GetParam().opening}), Contains(GetParam().line)); }

TEST_P(Evasion, ThatFailsOpensNothing) {
  Spelled failed = GetParam().opening;
  failed.error = "Client.InvalidParameterValue";
  failed.response = "null";
  EXPECT_THAT(lines({failed}), IsEmpty());
}

TEST_P(Evasion, ThatIsDeniedIsTold) {
  Spelled denied = GetParam().opening;
  denied.error = "Client.UnauthorizedOperation";
  denied.response = "null";
  const auto all = found({denied});
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].check, "sg-change-denied");
  EXPECT_EQ(all[0].risk, Risk::Low);
}

INSTANTIATE_TEST_SUITE_P(All, Evasion, testing::ValuesIn(spellings()),
                         [](const auto& each) { return each.param.name; });

TEST(Detections, AWorldOpenGroupThatIsAttachedIsTold) {
  const Spelled attach = call("ModifyNetworkInterfaceAttribute",
                              R"({"networkInterfaceId":"eni-1","groupSet":{"items":[)"
                              R"({"groupId":"sg-1"}]}})",
                              1);
  const Spelled open = flat("AuthorizeSecurityGroupIngress", at(0), std::string(kSsh));
  EXPECT_THAT(lines({open, attach}), Contains("medium sg-world-open-group-attached eni-1 sg-1"));
  EXPECT_THAT(lines({attach}), IsEmpty());
  // Closed before: nothing is attached that is open.
  const Spelled close = flat("RevokeSecurityGroupIngress", at(0, 30), std::string(kSsh));
  EXPECT_THAT(lines({open, close, attach}),
              Not(Contains("medium sg-world-open-group-attached eni-1 sg-1")));
}

TEST(Detections, AGroupThatOthersLetInGainsAMember) {
  const Spelled rule = {.name = "AuthorizeSecurityGroupIngress",
                        .request =
                            R"({"groupId":"sg-db","ipPermissions":{"items":[{"ipProtocol":"tcp",)"
                            R"("fromPort":5432,"toPort":5432,"groups":{"items":[)"
                            R"({"groupId":"sg-app"}]}}]}})",
                        .time = at(0)};
  const Spelled attach = call("ModifyNetworkInterfaceAttribute",
                              R"({"networkInterfaceId":"eni-1","groupSet":{"items":[)"
                              R"({"groupId":"sg-app"}]}})",
                              1);
  EXPECT_THAT(lines({rule, attach}),
              Contains("low sg-referenced-group-gained-member eni-1 sg-app"));
  EXPECT_THAT(lines({attach}), IsEmpty());
}

TEST(Detections, ThirtyMinutesAreShortAndOneSecondMoreIsNot) {
  const Spelled open = flat("AuthorizeSecurityGroupIngress", at(0), std::string(kSsh));
  const auto close = [](const std::string& time) {
    return flat("RevokeSecurityGroupIngress", time, std::string(kSsh));
  };
  EXPECT_THAT(lines({open, close(at(30))}),
              testing::ElementsAre("high sg-short-lived-open sg-1 tcp/22 0.0.0.0/0"));
  EXPECT_THAT(lines({open, close(at(30, 1))}),
              testing::ElementsAre("high sg-opened-to-world-event sg-1 tcp/22 0.0.0.0/0"));
}

TEST(Detections, AnotherCloserIsWorse) {
  const auto all = found({flat("AuthorizeSecurityGroupIngress", at(0), std::string(kSsh), "ann"),
                          flat("RevokeSecurityGroupIngress", at(3), std::string(kSsh), "bob")});
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].risk, Risk::Critical);
  EXPECT_THAT(all[0].actor, testing::EndsWith("user/ann"));
  EXPECT_THAT(all[0].closer, testing::EndsWith("user/bob"));
  EXPECT_EQ(all[0].exposure, "internet");
  EXPECT_EQ(all[0].opened_at->text(), at(0));
  EXPECT_EQ(all[0].closed_at->text(), at(3));
}

TEST(Detections, ARuleThatIsWidenedAndNarrowedBackIsToldOnceAndWhole) {
  EXPECT_THAT(lines({told(at(0), "203.0.113.7/32"), modify(at(100), "0.0.0.0/0"),
                     modify(at(105), "203.0.113.7/32")}),
              testing::ElementsAre("high sg-short-lived-open sg-1 tcp/22 0.0.0.0/0"));
  EXPECT_THAT(lines({told(at(0), "203.0.113.7/32"), modify(at(100), "203.0.113.7/32")}), IsEmpty());
}

TEST(Detections, AGroupOfMinutesIsTold) {
  const Spelled open = flat("AuthorizeSecurityGroupIngress", at(1), std::string(kSsh));
  EXPECT_THAT(lines({create(at(0)), open, remove(at(9))}),
              testing::ElementsAre("high sg-short-lived-group sg-1",
                                   "high sg-short-lived-open sg-1 tcp/22 0.0.0.0/0"));
  EXPECT_THAT(lines({create(at(0)), remove(at(9))}),
              testing::ElementsAre("low sg-short-lived-group sg-1"));
  EXPECT_THAT(lines({create(at(0)), remove(at(90))}), IsEmpty());
}

TEST(Detections, APrefixListThatARuleNamesOpensIt) {
  const auto list = [](int minute, const std::string& edit) {
    return call("ModifyManagedPrefixList",
                fmt::format(R"({{"ModifyManagedPrefixListRequest":{{"PrefixListId":"pl-1",)"
                            R"("{}":{{"Cidr":"0.0.0.0/0","tag":1}}}}}})",
                            edit),
                minute);
  };
  const Spelled rule =
      listed("AuthorizeSecurityGroupIngress", at(0),
             R"("ipProtocol":"tcp","fromPort":22,"toPort":22,"prefixListIds":{"items":[)"
             R"({"prefixListId":"pl-1"}]})");
  const auto all = found({rule, list(1, "AddEntry")});
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].check, "prefix-list-opened-to-world");
  EXPECT_EQ(all[0].risk, Risk::High);
  EXPECT_THAT(all[0].affected, testing::ElementsAre("sg-1"));
  EXPECT_THAT(lines({rule, list(1, "AddEntry"), list(5, "RemoveEntry")}),
              testing::ElementsAre("high prefix-list-short-lived-entry pl-1 0.0.0.0/0"));
}

TEST(Detections, TogglesOfNaclsAndOfTheBlockAreTold) {
  const auto entry = [](const std::string& name, int minute) {
    return call(name,
                R"({"networkAclId":"acl-1","ruleNumber":90,"egress":false,"ruleAction":"allow",)"
                R"("aclProtocol":"6","cidrBlock":"0.0.0.0/0","portRange":{"from":22,"to":22}})",
                minute);
  };
  EXPECT_THAT(lines({entry("CreateNetworkAclEntry", 0), entry("DeleteNetworkAclEntry", 10)}),
              testing::ElementsAre("high nacl-short-lived-allow acl-1 tcp/22 0.0.0.0/0"));
  const auto block = [](const std::string& mode, int minute) {
    return call("ModifyVpcBlockPublicAccessOptions",
                fmt::format(R"({{"ModifyVpcBlockPublicAccessOptionsRequest":)"
                            R"({{"InternetGatewayBlockMode":"{}"}}}})",
                            mode),
                minute);
  };
  EXPECT_THAT(lines({block("off", 0), block("block-bidirectional", 10)}),
              testing::ElementsAre("high bpa-short-lived-off 111122223333/eu-west-1"));
}

TEST(Detections, WebPortsToTheWorldAreForTheRecord) {
  EXPECT_THAT(
      lines({flat("AuthorizeSecurityGroupIngress", at(0),
                  R"("ipProtocol":"tcp","fromPort":443,"toPort":443,"cidrIp":"0.0.0.0/0")")}),
      testing::ElementsAre("info sg-opened-to-world-event sg-1 tcp/443 0.0.0.0/0"));
}

TEST(Detections, APrivatePeerIsNotTheWorld) {
  EXPECT_THAT(
      lines({flat("AuthorizeSecurityGroupIngress", at(0),
                  R"("ipProtocol":"tcp","fromPort":22,"toPort":22,"cidrIp":"10.0.0.0/8")")}),
      IsEmpty());
}

TEST(Detections, DeniedCallsInARowAreABurst) {
  std::vector<Spelled> calls;
  for (int i = 0; i < 3; ++i) {
    Spelled denied = flat("AuthorizeSecurityGroupIngress", at(i), std::string(kSsh));
    denied.error = i == 0 ? "Client.DryRunOperation" : "Client.UnauthorizedOperation";
    calls.push_back(denied);
  }
  const auto all = found(calls);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].check, "sg-change-denied-burst");
  EXPECT_EQ(all[0].event_ids.size(), 3U);
}

TEST(Detections, DeletedFlowLogsNearAChangeAreTold) {
  const Spelled blind = call(
      "DeleteFlowLogs", R"({"DeleteFlowLogsRequest":{"FlowLogId":{"tag":1,"content":"fl-1"}}})", 5);
  const Spelled open = flat("AuthorizeSecurityGroupIngress", at(0), std::string(kSsh));
  std::vector<std::string> all;
  for (const Detection& each : found({open, blind})) {
    all.push_back(each.check);
  }
  EXPECT_THAT(all, Contains("logging-off-around-change"));
  EXPECT_THAT(lines({blind}), IsEmpty());
}

TEST(Detections, AreTheSameForAnyOrder) {
  std::vector<Spelled> records;
  for (const Spelling& each : spellings()) {
    records.push_back(each.opening);
  }
  const auto expected = found(records);
  std::mt19937 random(3);
  for (int round = 0; round < 10; ++round) {
    std::shuffle(records.begin(), records.end(), random);
    EXPECT_EQ(found(records), expected);
  }
}

TEST(TrailChecks, AreSortedAndComplete) {
  const auto all = trail_checks();
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end(),
                             [](const auto& a, const auto& b) { return a.id < b.id; }));
  for (const TrailCheck& check : all) {
    EXPECT_EQ(find_check(check.id), nullptr) << check.id;  // one id, one check
    EXPECT_EQ(find_trail_check(check.id), &check);
    EXPECT_FALSE(check.title.empty() || check.why.empty() || check.fix.empty()) << check.id;
  }
  EXPECT_EQ(find_trail_check("no-such-check"), nullptr);
}

}  // namespace
}  // namespace portolan::checks
