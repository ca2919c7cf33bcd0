#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "checks/trail_windows.h"
#include "events/events.h"
#include "events/test_records.h"

/// The second clock: whatever opens the way from the internet to a database, and whatever closes
/// it, the window is from the one to the other, and names both.
namespace portolan::checks {
namespace {

using events::test::Spelled;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const Time kTaken = *Time::parse("2026-05-03T16:00:00Z");
const Time kFirst = *Time::parse("2026-05-03T11:00:00Z");
constexpr std::string_view kPrelude = "2026-05-03T12:00:00Z";
constexpr std::string_view kEarlier = "2026-05-03T13:00:00Z";
constexpr std::string_view kOpening = "2026-05-03T14:03:00Z";
constexpr std::string_view kClosing = "2026-05-03T14:21:00Z";
constexpr std::string_view kDone = R"({"_return":true})";

template <class Resource>
Resource& add(Inventory& inventory, std::string id) {
  Resource& row = inventory.of<Resource>().emplace_back();
  row.id = {std::move(id)};
  row.owned.account = *AccountId::parse("111122223333");
  row.owned.region = *Region::parse("eu-west-1");
  return row;
}

Route route_to(std::string_view destination, RouteTargetKind kind, std::string id) {
  Route route;
  route.cidr = *IpPrefix::parse(destination);
  route.target = {.kind = kind, .id = std::move(id)};
  return route;
}

NetworkAclEntry allow_all(bool is_egress) {
  return {.number = 100,
          .is_egress = is_egress,
          .allows = true,
          .cidr = *IpPrefix::parse("0.0.0.0/0"),
          .services = ServiceSet::all()};
}

/// db-2, which everybody reaches on tcp/5432.
Inventory open_network() {
  Inventory made;
  add<Vpc>(made, "vpc-1").cidrs = {*IpPrefix::parse("10.0.0.0/16")};
  Subnet& subnet = add<Subnet>(made, "subnet-1");
  subnet.vpc = {"vpc-1"};
  subnet.cidrs = {*IpPrefix::parse("10.0.0.0/24")};
  NetworkAcl& acl = add<NetworkAcl>(made, "acl-1");
  acl.vpc = {"vpc-1"};
  acl.subnets = {subnet.id};
  acl.is_default = true;
  acl.entries = {allow_all(false), allow_all(true)};
  for (const std::string id : {"rtb-0", "rtb-1"}) {
    RouteTable& table = add<RouteTable>(made, id);
    table.vpc = {"vpc-1"};
    table.is_main = id == "rtb-0";
    table.routes = {route_to("10.0.0.0/16", RouteTargetKind::Local, "")};
  }
  RouteTable& table = made.of<RouteTable>().back();
  table.subnets = {subnet.id};
  table.routes.insert(table.routes.begin(),
                      route_to("0.0.0.0/0", RouteTargetKind::InternetGateway, "igw-1"));
  add<InternetGateway>(made, "igw-1").vpcs = {{"vpc-1"}};
  BlockPublicAccess& block = add<BlockPublicAccess>(made, "111122223333/eu-west-1");
  block.mode = BlockMode::Off;
  for (const std::string id : {"sg-0", "sg-1"}) {
    SecurityGroup& group = add<SecurityGroup>(made, id);
    group.vpc = {"vpc-1"};
    group.group_name = id;
  }
  SecurityGroupRule rule;
  rule.services = ServiceSet::tcp(5432, 5432);
  rule.peer = *IpPrefix::parse("0.0.0.0/0");
  rule.protocol = "tcp";
  rule.from_port = 5432;
  rule.to_port = 5432;
  made.of<SecurityGroup>().back().rules = {rule};
  NetworkInterface& eni = add<NetworkInterface>(made, "eni-1");
  eni.vpc = {"vpc-1"};
  eni.subnet = subnet.id;
  eni.instance = {"i-1"};
  eni.status = "in-use";
  eni.interface_type = "interface";
  eni.groups = {{"sg-1"}};
  eni.addresses = {{.private_ip = *IpAddress::parse("10.0.0.4"),
                    .public_ip = *IpAddress::parse("3.3.3.3"),
                    .is_primary = true}};
  Instance& instance = add<Instance>(made, "i-1");
  instance.owned.tags = {{.key = "Name", .value = "db-2"}};
  instance.vpc = eni.vpc;
  instance.subnet = eni.subnet;
  instance.state = InstanceState::Running;
  instance.interfaces = {eni.id};
  for (int noun = 0; noun <= static_cast<int>(Noun::Functions); ++noun) {
    made.coverage.add(static_cast<Noun>(noun), *AccountId::parse("111122223333"),
                      *Region::parse("eu-west-1"));
  }
  return made;
}

Spelled call(std::string name, std::string request, std::string_view response = kDone) {
  return {
      .name = std::move(name), .request = std::move(request), .response = std::string(response)};
}

/// One thing without which db-2 is not reached.
struct Means {
  std::string name;
  Spelled opening;
  Spelled closing;
  std::optional<Spelled> prelude;  // tells that it was closed, where the opening does not
  std::function<void(Inventory&)> close;
};

constexpr std::string_view kRule =
    R"({"groupId":"sg-1","ipPermissions":{"items":[{"ipProtocol":"tcp","fromPort":5432,)"
    R"("toPort":5432,"groups":{},"ipRanges":{"items":[{"cidrIp":"0.0.0.0/0"}]},)"
    R"("ipv6Ranges":{},"prefixListIds":{}}]}})";

Spelled groups_call(std::string_view group) {
  return call("ModifyNetworkInterfaceAttribute",
              fmt::format(R"({{"networkInterfaceId":"eni-1","groupSet":{{"items":[)"
                          R"({{"groupId":"{}"}}]}}}})",
                          group));
}

Spelled block_call(std::string_view mode) {
  return call("ModifyVpcBlockPublicAccessOptions",
              fmt::format(R"({{"ModifyVpcBlockPublicAccessOptionsRequest":)"
                          R"({{"InternetGatewayBlockMode":"{}"}}}})",
                          mode),
              "null");
}

Spelled table_call(std::string_view before, std::string_view table, std::string_view after) {
  return call("ReplaceRouteTableAssociation",
              fmt::format(R"({{"associationId":"{}","routeTableId":"{}"}})", before, table),
              fmt::format(R"({{"newAssociationId":"{}"}})", after));
}

std::vector<Means> all_means() {
  return {
      {"rule", call("AuthorizeSecurityGroupIngress", std::string(kRule)),
       call("RevokeSecurityGroupIngress", std::string(kRule)), std::nullopt,
       [](Inventory& all) { all.of<SecurityGroup>().back().rules.clear(); }},
      {"route",
       call("CreateRoute", R"({"routeTableId":"rtb-1","destinationCidrBlock":"0.0.0.0/0",)"
                           R"("gatewayId":"igw-1"})"),
       call("DeleteRoute", R"({"routeTableId":"rtb-1","destinationCidrBlock":"0.0.0.0/0"})"),
       std::nullopt,
       [](Inventory& all) {
         auto& routes = all.of<RouteTable>().back().routes;
         routes.erase(routes.begin());
       }},
      {"address",
       call("AssociateAddress", R"({"publicIp":"3.3.3.3","networkInterfaceId":"eni-1"})",
            R"({"_return":true,"associationId":"eipassoc-1"})"),
       call("DisassociateAddress", R"({"associationId":"eipassoc-1"})"), std::nullopt,
       [](Inventory& all) {
         all.of<NetworkInterface>().front().addresses.front().public_ip = std::nullopt;
       }},
      {"gateway", call("AttachInternetGateway", R"({"internetGatewayId":"igw-1","vpcId":"vpc-1"})"),
       call("DetachInternetGateway", R"({"internetGatewayId":"igw-1","vpcId":"vpc-1"})"),
       std::nullopt, [](Inventory& all) { all.of<InternetGateway>().front().vpcs.clear(); }},
      {"nacl",
       call("CreateNetworkAclEntry",
            R"({"networkAclId":"acl-1","ruleNumber":100,"egress":false,"ruleAction":"allow",)"
            R"("aclProtocol":"-1","cidrBlock":"0.0.0.0/0","icmpTypeCode":{},"portRange":{}})"),
       call("DeleteNetworkAclEntry", R"({"networkAclId":"acl-1","ruleNumber":100,"egress":false})"),
       std::nullopt,
       [](Inventory& all) {
         auto& entries = all.of<NetworkAcl>().front().entries;
         entries.erase(entries.begin());
       }},
      {"groups", groups_call("sg-1"), groups_call("sg-0"), groups_call("sg-0"),
       [](Inventory& all) { all.of<NetworkInterface>().front().groups = {{"sg-0"}}; }},
      {"attachment",
       call("AttachNetworkInterface",
            R"({"networkInterfaceId":"eni-1","instanceId":"i-1","deviceIndex":0})",
            R"({"attachmentId":"eni-attach-1"})"),
       call("DetachNetworkInterface", R"({"attachmentId":"eni-attach-1"})"), std::nullopt,
       [](Inventory& all) {
         all.of<NetworkInterface>().front().instance = {};
         all.of<NetworkInterface>().front().status = "available";
       }},
      {"block", block_call("off"), block_call("block-bidirectional"),
       block_call("block-bidirectional"),
       [](Inventory& all) { all.of<BlockPublicAccess>().front().mode = BlockMode::Bidirectional; }},
      {"table", table_call("rtbassoc-0", "rtb-1", "rtbassoc-1"),
       table_call("rtbassoc-1", "rtb-0", "rtbassoc-2"),
       call("AssociateRouteTable", R"({"routeTableId":"rtb-0","subnetId":"subnet-1"})",
            R"({"associationId":"rtbassoc-0"})"),
       [](Inventory& all) {
         all.of<RouteTable>().back().subnets.clear();
         all.of<RouteTable>().front().subnets = {{"subnet-1"}};
       }},
  };
}

Spelled timed(Spelled spelled, std::string_view time, std::string_view id) {
  spelled.time = time;
  spelled.id = id;
  return spelled;
}

std::vector<std::string> lines(const Inventory& inventory, const std::vector<Spelled>& calls) {
  std::string log;
  for (const Spelled& each : calls) {
    log += text(each) + "\n";
  }
  events::Readings readings = events::test::read(log);
  EXPECT_EQ(readings.events.size(), calls.size());
  const events::Timeline timeline = events::build_timeline(std::move(readings.events));
  const events::NetworkPast past({.snapshot = Snapshot(inventory), .taken = kTaken}, timeline,
                                 {.first = kFirst, .last = kTaken});
  const auto id = [&](const std::optional<std::size_t>& event) {
    return event ? timeline.events.at(*event).id : "-";
  };
  std::vector<std::string> all;
  for (const ExposureWindow& each : exposure_windows(past)) {
    all.push_back(fmt::format("{} {} {} {}{} by {} until {}", each.name, each.services.text(),
                              each.from ? each.from->text() : "ever",
                              each.until ? each.until->text() : "now",
                              each.is_certain ? "" : " perhaps", id(each.opener), id(each.closer)));
  }
  return all;
}

TEST(ExposureWindows, begin_with_what_opened_the_way_and_end_with_what_closed_it) {
  const std::vector<Means> means = all_means();
  for (const Means& opener : means) {
    for (const Means& closer : means) {
      Inventory inventory = open_network();
      closer.close(inventory);
      std::vector<Spelled> calls;
      for (const Means* each : {&opener, &closer}) {
        if (each->prelude && (each == &opener || opener.name != closer.name)) {
          calls.push_back(timed(*each->prelude, kPrelude, "prelude-" + each->name));
        }
      }
      if (opener.name != closer.name) {
        calls.push_back(timed(closer.opening, kEarlier, "earlier"));
      }
      calls.push_back(timed(opener.opening, kOpening, "opening"));
      calls.push_back(timed(closer.closing, kClosing, "closing"));
      std::vector<std::string> told = lines(inventory, calls);
      std::erase_if(told, [](const std::string& line) {
        return line.find("until prelude") != std::string::npos;  // before it, nobody knows
      });
      EXPECT_THAT(told,
                  ElementsAre("db-2 tcp/5432 2026-05-03T14:03:00Z 2026-05-03T14:21:00Z by opening "
                              "until closing"))
          << opener.name << ", " << closer.name;
    }
  }
}

TEST(ExposureWindows, follow_the_entries_of_a_prefix_list) {
  Inventory inventory = open_network();
  add<PrefixList>(inventory, "pl-1").entries = std::vector<PrefixListEntry>{};
  inventory.of<SecurityGroup>().back().rules.front().peer = PrefixListId{"pl-1"};
  const auto list = [](std::string_view edit) {
    return call("ModifyManagedPrefixList",
                fmt::format(R"({{"ModifyManagedPrefixListRequest":{{"PrefixListId":"pl-1",)"
                            R"("{}":{{"Cidr":"0.0.0.0/0","tag":1}}}}}})",
                            edit),
                "null");
  };
  EXPECT_THAT(
      lines(inventory, {timed(list("AddEntry"), kOpening, "opening"),
                        timed(list("RemoveEntry"), kClosing, "closing")}),
      ElementsAre("db-2 tcp/5432 2026-05-03T14:03:00Z 2026-05-03T14:21:00Z by opening until "
                  "closing"));
}

TEST(ExposureWindows, are_none_while_something_else_is_closed) {
  const std::vector<Means> means = all_means();
  for (const Means& closed : means) {
    if (closed.name == "rule") {
      continue;
    }
    Inventory inventory = open_network();
    closed.close(inventory);
    inventory.of<SecurityGroup>().back().rules.clear();
    EXPECT_THAT(lines(inventory, {timed(means.front().opening, kOpening, "opening"),
                                  timed(means.front().closing, kClosing, "closing")}),
                IsEmpty())
        << closed.name;
  }
}

/// No record says which NACL a subnet had before the first one that replaces an association.
TEST(ExposureWindows, are_doubtful_where_the_logs_do_not_tell) {
  Inventory inventory = open_network();
  NetworkAcl& other = add<NetworkAcl>(inventory, "acl-0");
  other.vpc = {"vpc-1"};
  const auto replaced = call("ReplaceNetworkAclAssociation",
                             R"({"associationId":"aclassoc-9","networkAclId":"acl-1"})",
                             R"({"newAssociationId":"aclassoc-10"})");
  EXPECT_THAT(lines(inventory, {timed(replaced, kOpening, "opening")}),
              ElementsAre("db-2 tcp/5432 ever 2026-05-03T14:03:00Z perhaps by - until opening",
                          "db-2 tcp/5432 2026-05-03T14:03:00Z now by opening until -"));
}

/// Whose group was opened while the port was reached through another one already.
TEST(ExposureWindows, have_the_groups_that_came_meanwhile) {
  Inventory inventory = open_network();
  inventory.of<SecurityGroup>().front().rules = inventory.of<SecurityGroup>().back().rules;
  inventory.of<NetworkInterface>().front().groups = {{"sg-0"}, {"sg-1"}};
  const Spelled both = call("ModifyNetworkInterfaceAttribute",
                            R"({"networkInterfaceId":"eni-1","groupSet":{"items":[)"
                            R"({"groupId":"sg-0"},{"groupId":"sg-1"}]}})");
  std::string log;
  for (const Spelled& each :
       {timed(groups_call("sg-1"), kPrelude, "one"), timed(both, kOpening, "two")}) {
    log += text(each) + "\n";
  }
  const events::Timeline timeline = events::build_timeline(events::test::read(log).events);
  const events::NetworkPast past({.snapshot = Snapshot(inventory), .taken = kTaken}, timeline,
                                 {.first = kFirst, .last = kTaken});
  const auto windows = exposure_windows(past);
  ASSERT_FALSE(windows.empty());
  EXPECT_THAT(windows.back().groups, ElementsAre(SecurityGroupId{"sg-0"}, SecurityGroupId{"sg-1"}));
}

}  // namespace
}  // namespace portolan::checks
