#include "events/network_past.h"

#include <gmock/gmock.h>

#include "events/events.h"
#include "events/test_records.h"
#include "model/change.h"

namespace portolan::events {
namespace {

using test::Spelled;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view kScope = "111122223333";

Time clock(int hour, int minute = 0) {
  return *Time::parse(fmt::format("2026-05-03T{:02}:{:02}:00Z", hour, minute));
}
std::string at(int hour, int minute = 0) { return clock(hour, minute).text(); }

SecurityGroupRule rule(std::string_view services, std::string_view peer, std::string id = {}) {
  SecurityGroupRule made;
  made.id = {std::move(id)};
  made.services = *ServiceSet::parse(services);
  made.peer = *IpPrefix::parse(peer);
  made.protocol = "tcp";
  return made;
}

template <class Resource>
void own(Resource& row) {
  row.owned.account = *AccountId::parse(kScope);
  row.owned.region = *Region::parse("eu-west-1");
}

/// vpc-1 with subnet-1, rtb-1, acl-1, igw-1; db-1 with sg-1 and a public address.
Inventory estate() {
  Inventory made;
  Vpc& vpc = made.of<Vpc>().emplace_back();
  vpc.id = {"vpc-1"};
  vpc.cidrs = {*IpPrefix::parse("10.0.0.0/16")};
  own(vpc);
  Subnet& subnet = made.of<Subnet>().emplace_back();
  subnet.id = {"subnet-1"};
  subnet.vpc = vpc.id;
  own(subnet);
  SecurityGroup& group = made.of<SecurityGroup>().emplace_back();
  group.id = {"sg-1"};
  group.vpc = vpc.id;
  group.rules = {rule("tcp/443", "0.0.0.0/0", "sgr-443")};
  own(group);
  NetworkInterface& interface = made.of<NetworkInterface>().emplace_back();
  interface.id = {"eni-1"};
  interface.subnet = subnet.id;
  interface.vpc = vpc.id;
  interface.groups = {{"sg-1"}};
  interface.instance = {"i-1"};
  interface.addresses = {{.private_ip = *IpAddress::parse("10.0.0.4"),
                          .public_ip = *IpAddress::parse("3.3.3.3"),
                          .is_primary = true}};
  own(interface);
  NetworkAcl& acl = made.of<NetworkAcl>().emplace_back();
  acl.id = {"acl-1"};
  acl.vpc = vpc.id;
  acl.subnets = {subnet.id};
  acl.is_default = true;
  acl.entries = {{.number = 100,
                  .allows = true,
                  .cidr = *IpPrefix::parse("0.0.0.0/0"),
                  .services = ServiceSet::all()}};
  own(acl);
  RouteTable& table = made.of<RouteTable>().emplace_back();
  table.id = {"rtb-1"};
  table.vpc = vpc.id;
  table.is_main = true;
  Route route;
  route.cidr = *IpPrefix::parse("0.0.0.0/0");
  route.target = {.kind = RouteTargetKind::InternetGateway, .id = "igw-1"};
  table.routes = {route};
  own(table);
  InternetGateway& gateway = made.of<InternetGateway>().emplace_back();
  gateway.id = {"igw-1"};
  gateway.vpcs = {vpc.id};
  own(gateway);
  return made;
}

/// The past of a network that is as `estate` at 12:00.
NetworkPast past_of(const std::vector<Spelled>& calls, Inventory inventory = estate(),
                    int taken = 12) {
  std::string log;
  for (const Spelled& call : calls) {
    log += text(call) + "\n";
  }
  Readings readings = test::read(log);
  EXPECT_EQ(readings.events.size(), calls.size());
  const Timeline timeline = build_timeline(std::move(readings.events));
  return NetworkPast({.snapshot = Snapshot(std::move(inventory)), .taken = clock(taken)}, timeline,
                     {.first = clock(8), .last = clock(18)});
}

std::vector<std::string> rules_at(const NetworkPast& past, Time time) {
  const auto then = past.at(time);
  EXPECT_TRUE(then.has_value());
  const SecurityGroup* group = then->find(SecurityGroupId{"sg-1"});
  std::vector<std::string> texts;
  for (const SecurityGroupRule& each : group->rules) {
    const auto* block = std::get_if<IpPrefix>(&each.peer);
    texts.push_back(each.services.text() + " " +
                    (block == nullptr ? std::get<PrefixListId>(each.peer).text() : block->text()));
  }
  return texts;
}

std::string permission(int port, std::string_view block) {
  return fmt::format(R"({{"groupId":"sg-1","ipPermissions":{{"items":[{{"ipProtocol":"tcp",)"
                     R"("fromPort":{},"toPort":{},"groups":{{}},"ipRanges":{{"items":[)"
                     R"({{"cidrIp":"{}"}}]}},"ipv6Ranges":{{}},"prefixListIds":{{}}}}]}}}})",
                     port, port, block);
}

Spelled opens(int hour, int port, std::string_view block = "0.0.0.0/0") {
  return {.name = "AuthorizeSecurityGroupIngress",
          .request = permission(port, block),
          .time = at(hour)};
}
Spelled closes(int hour, int port, std::string_view block = "0.0.0.0/0") {
  return {
      .name = "RevokeSecurityGroupIngress", .request = permission(port, block), .time = at(hour)};
}

TEST(NetworkPast, has_a_rule_from_its_opening_to_its_close) {
  const NetworkPast past = past_of({opens(9, 22), closes(10, 22), opens(11, 443)});
  EXPECT_THAT(rules_at(past, clock(8, 30)), IsEmpty());
  EXPECT_THAT(rules_at(past, clock(9)), ElementsAre("tcp/22 0.0.0.0/0"));
  EXPECT_THAT(rules_at(past, clock(10)), IsEmpty());
  EXPECT_THAT(rules_at(past, clock(11)), ElementsAre("tcp/443 0.0.0.0/0"));
  EXPECT_THAT(rules_at(past, clock(12)), ElementsAre("tcp/443 0.0.0.0/0"));
  EXPECT_THAT(past.gaps_at(clock(8, 30)), IsEmpty());
  EXPECT_THAT(past.steps(), SizeIs(3));
}

TEST(NetworkPast, goes_on_after_the_snapshot) {
  const NetworkPast past = past_of({opens(13, 22), closes(14, 443)});
  EXPECT_THAT(rules_at(past, clock(12)), ElementsAre("tcp/443 0.0.0.0/0"));
  EXPECT_THAT(rules_at(past, clock(13)), ElementsAre("tcp/22 0.0.0.0/0", "tcp/443 0.0.0.0/0"));
  EXPECT_THAT(rules_at(past, clock(18)), ElementsAre("tcp/22 0.0.0.0/0"));
}

TEST(NetworkPast, ends_where_the_logs_end) {
  const NetworkPast past = past_of({opens(9, 22), closes(10, 22)});
  EXPECT_EQ(past.at(clock(7)).error().code, "outside_logs");
  EXPECT_EQ(past.at(clock(19)).error().code, "outside_logs");
}

TEST(NetworkPast, knows_the_second_before_the_logs_begin) {
  const NetworkPast past = past_of({opens(8, 443)});
  const auto before = [](int seconds) { return Time::from_seconds(clock(8).seconds() - seconds); };
  EXPECT_THAT(rules_at(past, clock(8)), ElementsAre("tcp/443 0.0.0.0/0"));
  EXPECT_THAT(rules_at(past, before(1)), IsEmpty());
  EXPECT_THAT(past.gaps_at(before(1)), IsEmpty());
  EXPECT_EQ(past.at(before(2)).error().code, "outside_logs");
}

TEST(NetworkPast, does_not_know_a_rule_that_was_revoked_by_its_id) {
  const NetworkPast past =
      past_of({{.name = "RevokeSecurityGroupIngress",
                .request = R"({"groupId":"sg-1","securityGroupRuleIds":{"items":[)"
                           R"({"securityGroupRuleId":"sgr-9"}]}})",
                .time = at(10)}});
  EXPECT_THAT(rules_at(past, clock(9)), ElementsAre("tcp/443 0.0.0.0/0", "any pl-not-told"));
  ASSERT_THAT(past.gaps_at(clock(9)), SizeIs(1));
  EXPECT_EQ(past.gaps_at(clock(9)).front().resource, "sg-1");
  EXPECT_THAT(past.gaps_at(clock(9)).front().message, HasSubstr("sgr-9"));
  EXPECT_THAT(past.gaps_at(clock(10)), IsEmpty());
  EXPECT_THAT(past.at(clock(9))->gaps(), SizeIs(1));
}

TEST(NetworkPast, knows_a_rule_that_was_revoked_by_its_id_if_it_saw_it_opened) {
  Spelled open = opens(9, 22);
  open.response =
      R"({"_return":true,"securityGroupRuleSet":{"items":[{"groupId":"sg-1",)"
      R"("securityGroupRuleId":"sgr-9","isEgress":false,"ipProtocol":"tcp","fromPort":22,)"
      R"("toPort":22,"cidrIpv4":"0.0.0.0/0"}]}})";
  const NetworkPast past =
      past_of({open,
               {.name = "RevokeSecurityGroupIngress",
                .request = R"({"groupId":"sg-1","securityGroupRuleIds":{"items":[)"
                           R"({"securityGroupRuleId":"sgr-9"}]}})",
                .time = at(10)}});
  EXPECT_THAT(rules_at(past, clock(9)), ElementsAre("tcp/443 0.0.0.0/0", "tcp/22 0.0.0.0/0"));
  EXPECT_THAT(rules_at(past, clock(8)), ElementsAre("tcp/443 0.0.0.0/0"));
  EXPECT_THAT(past.gaps_at(clock(8)), IsEmpty());
}

TEST(NetworkPast, doubts_all_rules_without_ids_of_which_one_was_revoked_by_its_id) {
  Inventory inventory = estate();
  inventory.of<SecurityGroup>().front().rules = {rule("tcp/22", "10.0.0.0/8"),
                                                 rule("tcp/443", "0.0.0.0/0")};
  const NetworkPast past =
      past_of({{.name = "RevokeSecurityGroupIngress",
                .request = R"({"groupId":"sg-1","securityGroupRuleIds":{"items":[)"
                           R"({"securityGroupRuleId":"sgr-9"}]}})",
                .time = at(13)}},
              std::move(inventory));
  EXPECT_THAT(rules_at(past, clock(12)), ElementsAre("tcp/22 10.0.0.0/8", "tcp/443 0.0.0.0/0"));
  EXPECT_THAT(rules_at(past, clock(13)), ElementsAre("tcp/22 pl-not-told", "tcp/443 pl-not-told"));
  EXPECT_THAT(past.gaps_at(clock(13)), SizeIs(1));
}

TEST(NetworkPast, doubts_a_revoke_in_a_default_vpc) {
  Inventory inventory = estate();
  inventory.of<Vpc>().front().is_default = true;
  const NetworkPast past = past_of({closes(10, 22)}, std::move(inventory));
  EXPECT_THAT(rules_at(past, clock(9)), ElementsAre("tcp/22 pl-not-told", "tcp/443 0.0.0.0/0"));
  EXPECT_THAT(past.gaps_at(clock(9)), SizeIs(1));
}

TEST(NetworkPast, doubts_what_lies_between_a_contradiction_and_the_snapshot) {
  const NetworkPast past = past_of({opens(9, 22)});  // the snapshot has no such rule
  EXPECT_THAT(rules_at(past, clock(8)), ElementsAre("tcp/443 0.0.0.0/0"));
  EXPECT_THAT(rules_at(past, clock(10)), ElementsAre("tcp/22 pl-not-told", "tcp/443 0.0.0.0/0"));
  EXPECT_THAT(rules_at(past, clock(12)), ElementsAre("tcp/443 0.0.0.0/0"));
  ASSERT_THAT(past.gaps_at(clock(10)), SizeIs(1));
  EXPECT_EQ(past.gaps_at(clock(10)).front().code, "logs_contradict_snapshot");
  EXPECT_THAT(past.gaps_at(clock(8)), IsEmpty());
  EXPECT_THAT(past.gaps_at(clock(12)), IsEmpty());
}

TEST(NetworkPast, splits_a_modified_rule_by_its_time) {
  const NetworkPast past = past_of(
      {{.name = "ModifySecurityGroupRules",
        .request = R"({"ModifySecurityGroupRulesRequest":{"GroupId":"sg-1","SecurityGroupRule":)"
                   R"({"SecurityGroupRuleId":"sgr-443","SecurityGroupRule":{"IpProtocol":"tcp",)"
                   R"("FromPort":80,"ToPort":80,"CidrIpv4":"10.0.0.0/8"},"tag":1}}})",
        .time = at(13)}});
  EXPECT_THAT(rules_at(past, clock(12)), ElementsAre("tcp/443 0.0.0.0/0"));
  EXPECT_THAT(rules_at(past, clock(13)), ElementsAre("tcp/80 10.0.0.0/8"));
}

TEST(NetworkPast, has_a_route_address_and_gateway_while_they_were_there) {
  const NetworkPast past =
      past_of({{.name = "AttachInternetGateway",
                .request = R"({"internetGatewayId":"igw-1","vpcId":"vpc-1"})",
                .time = at(9)},
               {.name = "CreateRoute",
                .request = R"({"routeTableId":"rtb-1","destinationCidrBlock":"0.0.0.0/0",)"
                           R"("gatewayId":"igw-1"})",
                .response = R"({"_return":true})",
                .time = at(10)},
               {.name = "AssociateAddress",
                .request = R"({"publicIp":"3.3.3.3","networkInterfaceId":"eni-1"})",
                .response = R"({"_return":true,"associationId":"eipassoc-1"})",
                .time = at(11)}});
  const Snapshot early = *past.at(clock(8));
  EXPECT_THAT(early.find(InternetGatewayId{"igw-1"})->vpcs, IsEmpty());
  EXPECT_THAT(early.find(RouteTableId{"rtb-1"})->routes, IsEmpty());
  const NetworkInterfaceId eni{"eni-1"};
  EXPECT_FALSE(early.find(eni)->addresses.front().public_ip.has_value());
  EXPECT_THAT(past.at(clock(9))->find(InternetGatewayId{"igw-1"})->vpcs, SizeIs(1));
  EXPECT_THAT(past.at(clock(10))->find(RouteTableId{"rtb-1"})->routes, SizeIs(1));
  EXPECT_TRUE(past.at(clock(11))->find(eni)->addresses.front().public_ip.has_value());
  EXPECT_THAT(past.gaps_at(clock(8)), IsEmpty());
}

TEST(NetworkPast, takes_an_acl_out_whose_entry_was_another) {
  const NetworkPast past =
      past_of({{.name = "ReplaceNetworkAclEntry",
                .request = R"({"networkAclId":"acl-1","ruleNumber":100,"egress":false,)"
                           R"("ruleAction":"allow","aclProtocol":"-1","cidrBlock":"0.0.0.0/0"})",
                .response = R"({"_return":true})",
                .time = at(10)}});
  EXPECT_EQ(past.at(clock(9))->find(NetworkAclId{"acl-1"}), nullptr);
  EXPECT_NE(past.at(clock(10))->find(NetworkAclId{"acl-1"}), nullptr);
  EXPECT_THAT(past.gaps_at(clock(9)), SizeIs(1));
}

TEST(NetworkPast, brings_back_a_group_that_the_logs_made) {
  const NetworkPast past = past_of({{.name = "CreateSecurityGroup",
                                     .request = R"({"groupName":"tmp","vpcId":"vpc-1"})",
                                     .response = R"({"groupId":"sg-2"})",
                                     .time = at(9)},
                                    {.name = "DeleteSecurityGroup",
                                     .request = R"({"groupId":"sg-2"})",
                                     .response = R"({"_return":true})",
                                     .time = at(10)}});
  const SecurityGroupId id{"sg-2"};
  EXPECT_EQ(past.at(clock(8))->find(id), nullptr);
  ASSERT_NE(past.at(clock(9))->find(id), nullptr);
  EXPECT_EQ(past.at(clock(9))->find(id)->group_name, "tmp");
  EXPECT_EQ(past.at(clock(10))->find(id), nullptr);
  EXPECT_THAT(past.gaps_at(clock(9)), IsEmpty());
}

TEST(NetworkPast, tells_when_the_logs_end_before_the_snapshot) {
  const NetworkPast past = past_of({opens(9, 443)}, estate(), 20);
  EXPECT_THAT(past.gaps_at(clock(10)), SizeIs(1));
  EXPECT_EQ(past.gaps_at(clock(10)).front().code, "logs_end_before_snapshot");
}

}  // namespace
}  // namespace portolan::events
