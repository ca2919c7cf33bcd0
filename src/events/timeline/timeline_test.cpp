#include "events/timeline.h"

#include <algorithm>
#include <random>

#include <gmock/gmock.h>

#include "events/test_records.h"

namespace portolan::events {
namespace {

using test::Spelled;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kSsh =
    R"({"groupId":"sg-1","ipPermissions":{},"ipProtocol":"tcp","fromPort":22,"toPort":22,)"
    R"("cidrIp":"0.0.0.0/0"})";

std::string at(int minute, int second = 0) {
  return fmt::format("2026-05-03T14:{:02}:{:02}Z", minute, second);
}

Spelled create(const std::string& time) {
  return {.name = "CreateSecurityGroup",
          .request = R"({"groupName":"web","vpcId":"vpc-1"})",
          .response = R"({"groupId":"sg-1"})",
          .time = time};
}
Spelled open_ssh(const std::string& time, const std::string& user = "ann") {
  return {.name = "AuthorizeSecurityGroupIngress",
          .request = std::string(kSsh),
          .time = time,
          .user = user};
}
Spelled close_ssh(const std::string& time, const std::string& user = "ann") {
  return {.name = "RevokeSecurityGroupIngress",
          .request = std::string(kSsh),
          .time = time,
          .user = user};
}
/// One that tells its rule's id.
Spelled open_with_id(const std::string& time, const std::string& services,
                     const std::string& cidr) {
  return {.name = "AuthorizeSecurityGroupIngress",
          .request = R"({"groupId":"sg-1"})",
          .response = fmt::format(
              R"({{"securityGroupRuleSet":{{"items":[{{"groupId":"sg-1","securityGroupRuleId":)"
              R"("sgr-1","isEgress":false,"ipProtocol":"tcp",{},"cidrIpv4":"{}"}}]}}}})",
              services, cidr),
          .time = time};
}
Spelled modify(const std::string& time, const std::string& services, const std::string& cidr) {
  return {.name = "ModifySecurityGroupRules",
          .request = fmt::format(
              R"({{"ModifySecurityGroupRulesRequest":{{"GroupId":"sg-1","SecurityGroupRule":)"
              R"({{"SecurityGroupRuleId":"sgr-1","SecurityGroupRule":{{"IpProtocol":"tcp",{},)"
              R"("CidrIpv4":"{}"}}}}}}}})",
              services, cidr),
          .time = time};
}
Spelled revoke_by_id(const std::string& time) {
  return {.name = "RevokeSecurityGroupIngress",
          .request = R"({"groupId":"sg-1","securityGroupRuleIds":{"items":[)"
                     R"({"securityGroupRuleId":"sgr-1"}]}})",
          .time = time};
}
Spelled remove(const std::string& time) {
  return {.name = "DeleteSecurityGroup", .request = R"({"groupId":"sg-1"})", .time = time};
}

Timeline build(const std::vector<Spelled>& records) {
  std::string log;
  for (const Spelled& record : records) {
    log += text(record) + "\n";
  }
  Readings readings = test::read(log);
  EXPECT_EQ(readings.events.size(), records.size());
  return build_timeline(std::move(readings.events));
}

std::string text_of(const std::optional<Touch>& touch) {
  return touch ? touch->time.text().substr(14, 5) : "?";
}

std::string_view text_of(EndKind end) {
  constexpr std::string_view kTexts[] = {"open", "revoked", "modified", "deleted", "unseen"};
  return kTexts[static_cast<std::size_t>(end)];
}

/// `03:00 - 04:00 revoked sg-1 ingress tcp/22 0.0.0.0/0`; `~` before what may never have been.
std::vector<std::string> lines(const Timeline& timeline, SubjectKind kind = SubjectKind::Rule) {
  std::vector<std::string> found;
  for (const Interval& each : timeline.intervals) {
    if (each.subject.kind != kind || each.is_implied) {
      continue;
    }
    const Subject& subject = each.subject;
    const std::string direction =
        subject.is_egress ? (*subject.is_egress ? " egress" : " ingress") : "";
    found.push_back(fmt::format("{}{} - {} {} {}{}{}{}{}", each.is_certain ? "" : "~",
                                text_of(each.opened), text_of(each.closed), text_of(each.end),
                                subject.resource, direction,
                                subject.services ? " " + subject.services->text() : "",
                                subject.peer.empty() ? "" : " " + subject.peer,
                                subject.target.empty() ? "" : " " + subject.target));
  }
  return found;
}

TEST(Timeline, ARuleIsOpenFromItsOpeningToItsClose) {
  const Timeline timeline =
      build({create(at(1)), open_ssh(at(3)), close_ssh(at(4, 49), "bob"), remove(at(9))});
  EXPECT_THAT(lines(timeline), ElementsAre("03:00 - 04:49 revoked sg-1 ingress tcp/22 0.0.0.0/0"));
  EXPECT_THAT(lines(timeline, SubjectKind::Group), ElementsAre("01:00 - 09:00 deleted sg-1 vpc-1"));
  const auto shorts = short_openings(timeline);
  ASSERT_EQ(shorts.size(), 1U);
  EXPECT_EQ(shorts[0].length_s, 109);
  EXPECT_TRUE(shorts[0].is_world && shorts[0].is_sensitive && shorts[0].has_other_closer &&
              shorts[0].is_whole_group);
  EXPECT_EQ(shorts[0].interval.opened->principal, "arn:aws:iam::111122223333:user/ann");
  EXPECT_EQ(shorts[0].interval.closed->principal, "arn:aws:iam::111122223333:user/bob");
  EXPECT_EQ(shorts[0].interval.opened->source, "198.51.100.7");
}

TEST(Timeline, ThirtyMinutesAreShortAndOneSecondMoreIsNot) {
  EXPECT_EQ(short_openings(build({open_ssh(at(3)), close_ssh(at(33))})).size(), 1U);
  EXPECT_EQ(short_openings(build({open_ssh(at(3)), close_ssh(at(33, 1))})).size(), 0U);
}

TEST(Timeline, DeletingTheGroupClosesItsRules) {
  EXPECT_THAT(lines(build({open_ssh(at(3)), remove(at(5))})),
              ElementsAre("03:00 - 05:00 deleted sg-1 ingress tcp/22 0.0.0.0/0"));
}

TEST(Timeline, UnknownEndsAreSaid) {
  EXPECT_THAT(lines(build({open_ssh(at(3))})),
              ElementsAre("03:00 - ? open sg-1 ingress tcp/22 0.0.0.0/0"));
  EXPECT_THAT(lines(build({close_ssh(at(3))})),
              ElementsAre("~? - 03:00 revoked sg-1 ingress tcp/22 0.0.0.0/0"));
  EXPECT_THAT(lines(build({revoke_by_id(at(3))})), ElementsAre("? - 03:00 revoked sg-1 ingress"));
  EXPECT_THAT(lines(build({open_ssh(at(3)), open_ssh(at(5))})),
              ElementsAre("03:00 - ? unseen sg-1 ingress tcp/22 0.0.0.0/0",
                          "05:00 - ? open sg-1 ingress tcp/22 0.0.0.0/0"));
}

TEST(Timeline, FailuresAndDryRunsChangeNothing) {
  Spelled failed = close_ssh(at(4));
  failed.error = "Client.InvalidPermission.NotFound";
  Spelled dry = open_ssh(at(2));
  dry.error = "Client.DryRunOperation";
  const Timeline timeline = build({dry, open_ssh(at(3)), failed});
  EXPECT_THAT(lines(timeline), ElementsAre("03:00 - ? open sg-1 ingress tcp/22 0.0.0.0/0"));
  EXPECT_EQ(timeline.events.size(), 3U);
  EXPECT_TRUE(timeline.events[0].is_dry_run());
  EXPECT_EQ(timeline.changes.size(), 1U);
}

TEST(Timeline, ANarrowedRuleIsSplit) {
  const std::string wide = R"("fromPort":20,"toPort":30)";
  const std::string narrow = R"("FromPort":22,"ToPort":22)";
  const Timeline timeline = build({open_with_id(at(1), wide, "0.0.0.0/0"),
                                   modify(at(2), narrow, "0.0.0.0/1"), revoke_by_id(at(3))});
  EXPECT_THAT(lines(timeline),
              ElementsAre("01:00 - 02:00 modified sg-1 ingress tcp/20-21,23-30 0.0.0.0/0",
                          "01:00 - 02:00 modified sg-1 ingress tcp/22 128.0.0.0/1",
                          "01:00 - 03:00 revoked sg-1 ingress tcp/22 0.0.0.0/1"));
}

TEST(Timeline, AWidenedRuleOpensWhatCame) {
  const std::string one = R"("fromPort":22,"toPort":22)";
  const std::string upper = R"("FromPort":22,"ToPort":22)";
  const Timeline timeline =
      build({open_with_id(at(1), one, "10.0.0.0/8"), modify(at(2), upper, "8.0.0.0/6"),
             modify(at(3), upper, "10.0.0.0/8")});
  EXPECT_THAT(lines(timeline), ElementsAre("01:00 - ? open sg-1 ingress tcp/22 10.0.0.0/8",
                                           "02:00 - 03:00 modified sg-1 ingress tcp/22 11.0.0.0/8",
                                           "02:00 - 03:00 modified sg-1 ingress tcp/22 8.0.0.0/7"));
  EXPECT_EQ(short_openings(timeline).size(), 2U);
}

TEST(Timeline, AModifiedRuleThatWasNotSeenHasNoDirection) {
  const Timeline timeline =
      build({modify(at(2), R"("FromPort":22,"ToPort":22)", "0.0.0.0/0"), close_ssh(at(3))});
  EXPECT_THAT(lines(timeline), ElementsAre("? - 02:00 modified sg-1",
                                           "02:00 - 03:00 revoked sg-1 tcp/22 0.0.0.0/0"));
}

TEST(Timeline, InOneSecondWhatWasOpenIsClosedFirst) {
  EXPECT_THAT(lines(build({open_ssh(at(1)), open_ssh(at(2)), close_ssh(at(2))})),
              ElementsAre("01:00 - 02:00 revoked sg-1 ingress tcp/22 0.0.0.0/0",
                          "02:00 - ? open sg-1 ingress tcp/22 0.0.0.0/0"));
  EXPECT_THAT(lines(build({open_ssh(at(2)), close_ssh(at(2))})),
              ElementsAre("02:00 - 02:00 revoked sg-1 ingress tcp/22 0.0.0.0/0"));
}

TEST(Timeline, GroupsAreFoundByName) {
  Spelled by_name = open_ssh(at(3));
  by_name.request.replace(by_name.request.find(R"("groupId":"sg-1")"), 16, R"("groupName":"web")");
  EXPECT_THAT(lines(build({create(at(1)), by_name, close_ssh(at(4))})),
              ElementsAre("03:00 - 04:00 revoked sg-1 ingress tcp/22 0.0.0.0/0"));
}

TEST(Timeline, DuplicatesAndCorrectedEventsCountOnce) {
  Spelled wrong = open_ssh(at(3));
  wrong.id = "first";
  Spelled right = open_ssh(at(2));
  right.id = "second";
  right.extra = R"("addendum":{"reason":"UPDATED_DATA","originalEventID":"first"},)";
  Spelled close = close_ssh(at(4));
  close.id = "third";
  const Timeline timeline = build({wrong, close, right, close, wrong});
  EXPECT_THAT(lines(timeline), ElementsAre("02:00 - 04:00 revoked sg-1 ingress tcp/22 0.0.0.0/0"));
  EXPECT_EQ(timeline.duplicates, 2U);
  EXPECT_EQ(timeline.corrected, 1U);
}

TEST(Timeline, TwoAccountsOneAction) {
  Spelled mine = open_ssh(at(3));
  mine.extra = R"("sharedEventID":"s",)";
  mine.id = "mine";
  Spelled theirs = mine;
  theirs.id = "theirs";
  EXPECT_EQ(lines(build({mine, theirs})).size(), 1U);
}

TEST(Timeline, OtherOpeningsAreFollowed) {
  const Timeline timeline = build(
      {{.name = "CreateNetworkAclEntry",
        .request = R"({"networkAclId":"acl-1","ruleNumber":90,"egress":false,"ruleAction":"allow",)"
                   R"("aclProtocol":"-1","cidrBlock":"0.0.0.0/0","portRange":{}})",
        .time = at(1)},
       {.name = "DeleteNetworkAclEntry",
        .request = R"({"networkAclId":"acl-1","ruleNumber":90,"egress":false})",
        .time = at(2)},
       {.name = "CreateRoute",
        .request = R"({"routeTableId":"rtb-1","destinationCidrBlock":"0.0.0.0/0",)"
                   R"("gatewayId":"igw-1"})",
        .time = at(3)},
       {.name = "DeleteRouteTable", .request = R"({"routeTableId":"rtb-1"})", .time = at(4)},
       {.name = "ModifyManagedPrefixList",
        .request = R"({"ModifyManagedPrefixListRequest":{"PrefixListId":"pl-1","AddEntry":)"
                   R"({"Cidr":"203.0.113.9/0","tag":1}}})",
        .time = at(5)},
       {.name = "ModifyManagedPrefixList",
        .request = R"({"ModifyManagedPrefixListRequest":{"PrefixListId":"pl-1","RemoveEntry":)"
                   R"([{"cidr":"0.0.0.0/0"}]}})",
        .time = at(6)},
       {.name = "ModifyVpcBlockPublicAccessOptions",
        .request = R"({"ModifyVpcBlockPublicAccessOptionsRequest":)"
                   R"({"InternetGatewayBlockMode":"off"}})",
        .time = at(7)},
       {.name = "ModifyVpcBlockPublicAccessOptions",
        .request = R"({"ModifyVpcBlockPublicAccessOptionsRequest":)"
                   R"({"InternetGatewayBlockMode":"block-ingress"}})",
        .time = at(8)},
       {.name = "AssociateAddress",
        .request = R"({"allocationId":"eipalloc-1","networkInterfaceId":"eni-1",)"
                   R"("privateIpAddress":"10.0.0.5"})",
        .response = R"({"associationId":"eipassoc-1"})",
        .time = at(9)},
       {.name = "DisassociateAddress",
        .request = R"({"associationId":"eipassoc-1"})",
        .time = at(10)},
       {.name = "ModifyDBInstance",
        .request = R"({"dBInstanceIdentifier":"db-1","publiclyAccessible":true})",
        .time = at(11),
        .source = "rds.amazonaws.com"},
       {.name = "ModifyDBInstance",
        .request = R"({"dBInstanceIdentifier":"db-1","publiclyAccessible":false})",
        .time = at(12),
        .source = "rds.amazonaws.com"}});
  EXPECT_THAT(lines(timeline, SubjectKind::AclEntry),
              ElementsAre("01:00 - 02:00 revoked acl-1 ingress any 0.0.0.0/0 allow"));
  EXPECT_THAT(lines(timeline, SubjectKind::Route),
              ElementsAre("03:00 - 04:00 deleted rtb-1 0.0.0.0/0 igw-1"));
  EXPECT_THAT(lines(timeline, SubjectKind::PrefixListEntry),
              ElementsAre("05:00 - 06:00 revoked pl-1 0.0.0.0/0"));
  EXPECT_THAT(lines(timeline, SubjectKind::PublicAccess),
              ElementsAre("07:00 - 08:00 modified 111122223333/eu-west-1"));
  EXPECT_THAT(lines(timeline, SubjectKind::PublicAddress),
              ElementsAre("09:00 - 10:00 revoked eni-1"));
  EXPECT_THAT(lines(timeline, SubjectKind::Switch), ElementsAre("11:00 - 12:00 modified db-1"));
  EXPECT_EQ(short_openings(timeline).size(), 6U);
}

TEST(Timeline, AssociationsAreClosedByTheirIdAlone) {
  const Timeline timeline =
      build({{.name = "AssociateRouteTable",
              .request = R"({"routeTableId":"rtb-1","subnetId":"subnet-1"})",
              .response = R"({"associationId":"rtbassoc-1"})",
              .time = at(1)},
             {.name = "ReplaceRouteTableAssociation",
              .request = R"({"associationId":"rtbassoc-1","routeTableId":"rtb-2"})",
              .response = R"({"newAssociationId":"rtbassoc-2"})",
              .time = at(2)},
             {.name = "DisassociateRouteTable",
              .request = R"({"associationId":"rtbassoc-2"})",
              .time = at(3)},
             {.name = "DisassociateRouteTable",
              .request = R"({"associationId":"rtbassoc-9"})",
              .time = at(4)}});
  std::vector<std::string> told;
  for (const Step& step : timeline.steps) {
    told.push_back(fmt::format("{} {} {}", step.opens ? "open" : "close", step.subject.resource,
                               step.subject.peer));
  }
  EXPECT_THAT(told,
              ElementsAre("open rtb-1 subnet-1", "close rtb-1 subnet-1", "open rtb-2 subnet-1",
                          "close rtb-2 subnet-1", "close rtbassoc-9 "));
}

TEST(Timeline, AddressesAreTakenAwayByAssociationOrByAddress) {
  for (const char* const request :
       {R"({"associationId":"eipassoc-1"})", R"({"publicIp":"203.0.113.9"})"}) {
    const Timeline timeline =
        build({{.name = "AllocateAddress",
                .response = R"({"allocationId":"eipalloc-1",)"
                            R"("publicIp":"203.0.113.9"})",
                .time = at(1)},
               {.name = "AssociateAddress",
                .request = R"({"allocationId":"eipalloc-1",)"
                           R"("networkInterfaceId":"eni-1"})",
                .response = R"({"associationId":"eipassoc-1"})",
                .time = at(2)},
               {.name = "DisassociateAddress", .request = request, .time = at(3)}});
    EXPECT_THAT(lines(timeline, SubjectKind::PublicAddress),
                ElementsAre("02:00 - 03:00 revoked eni-1 203.0.113.9"))
        << request;
  }
}

TEST(Timeline, InterfacesTakeAndLoseGroups) {
  const Timeline timeline =
      build({{.name = "CreateNetworkInterface",
              .response = R"({"networkInterface":{"networkInterfaceId":"eni-1","groupSet":)"
                          R"({"items":[{"groupId":"sg-1"}]}}})",
              .time = at(1)},
             {.name = "ModifyNetworkInterfaceAttribute",
              .request = R"({"networkInterfaceId":"eni-1","groupSet":{"items":[)"
                         R"({"groupId":"sg-2"}]}})",
              .time = at(2)}});
  ASSERT_EQ(timeline.changes.size(), 3U);
  EXPECT_EQ(std::get<GroupAttached>(timeline.changes[1].change).group.text(), "sg-2");
  EXPECT_EQ(std::get<GroupDetached>(timeline.changes[2].change).group.text(), "sg-1");
}

TEST(Timeline, AnyOrderOfTheInputGivesTheSame) {
  std::string log;
  for (const Spelled& each :
       {create(at(1)), open_ssh(at(1)), close_ssh(at(1)), open_ssh(at(2)), close_ssh(at(2)),
        open_with_id(at(3), R"("fromPort":1,"toPort":9)", "10.0.0.0/8"),
        modify(at(3), R"("FromPort":2,"ToPort":3)", "10.0.0.0/9"), revoke_by_id(at(3)),
        remove(at(5)), open_ssh(at(1))}) {
    log += text(each) + "\n";
  }
  std::vector<Event> events = test::read(log).events;
  const Timeline first = build_timeline(events);
  std::mt19937 random(3);
  for (int round = 0; round < 50; ++round) {
    std::shuffle(events.begin(), events.end(), random);
    const Timeline other = build_timeline(events);
    EXPECT_EQ(other.intervals, first.intervals);
    ASSERT_EQ(other.changes.size(), first.changes.size());
    for (std::size_t i = 0; i < other.changes.size(); ++i) {
      EXPECT_EQ(other.changes[i].event_id, first.changes[i].event_id);
    }
  }
}

}  // namespace
}  // namespace portolan::events
