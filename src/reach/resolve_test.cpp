#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reach/test_support.h"

namespace portolan::reach {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Two VPCs with the same addresses; `web` in the first has a public address.
Estate two_vpcs() {
  Estate estate;
  estate.vpc("vpc-a", {"10.0.0.0/16"})
      .subnet("subnet-a", "vpc-a", {"10.0.1.0/24"})
      .vpc("vpc-b", {"10.0.0.0/16"})
      .subnet("subnet-b", "vpc-b", {"10.0.1.0/24"})
      .group("sg-web", "vpc-a", "web")
      .from("0.0.0.0/0", "tcp/443")
      .eni("eni-1", "subnet-a", "10.0.1.5", {"sg-web"}, "54.10.0.1")
      .of_instance("i-1", "web 1")
      .eni("eni-2", "subnet-a", "10.0.1.6", {"sg-web"})
      .of_instance("i-1")
      .eni("eni-3", "subnet-b", "10.0.1.5", {});
  return estate;
}

TEST(Resolve, AnAddressIsTheInterfaceThatHasIt) {
  const Snapshot snapshot = two_vpcs().snapshot();
  EXPECT_THAT(resolved(snapshot, "10.0.1.6"), ElementsAre("eni-2 (10.0.1.6)"));
  EXPECT_THAT(resolved(snapshot, "54.10.0.1"), ElementsAre("eni-1 (54.10.0.1)"));
  EXPECT_THAT(resolved(snapshot, "10.0.1.5@vpc-b"), ElementsAre("eni-3 (10.0.1.5)"));
}

TEST(Resolve, AnAddressInSeveralVpcsIsAmbiguous) {
  const auto error = resolved(two_vpcs().snapshot(), "10.0.1.5");
  EXPECT_EQ(error.front(), "ambiguous_name");
  EXPECT_THAT(error.back(), HasSubstr("`10.0.1.5@vpc-a` or `10.0.1.5@vpc-b`"));
}

TEST(Resolve, AnAddressThatNobodyHasIsAHostOutThere) {
  const Snapshot snapshot = two_vpcs().snapshot();
  EXPECT_THAT(resolved(snapshot, "8.8.8.8"), ElementsAre("8.8.8.8"));
  EXPECT_THAT(resolved(snapshot, "10.0.9.9@vpc-a"), ElementsAre("10.0.9.9"));
  EXPECT_EQ(resolved(snapshot, "10.9.9.9@vpc-a").front(), "no_such_address");
  EXPECT_EQ(resolved(snapshot, "10.0.1.5@vpc-x").front(), "unknown_name");
}

TEST(Resolve, ASecondaryOrDelegatedAddressBelongsToItsInterface) {
  Estate estate = two_vpcs();
  estate.last<NetworkInterface>().addresses.push_back({.private_ip = address("10.0.1.9")});
  estate.last<NetworkInterface>().delegated = {cidr("10.0.1.64/28")};
  const Snapshot snapshot = estate.snapshot();
  EXPECT_THAT(resolved(snapshot, "10.0.1.9"), ElementsAre("eni-3 (10.0.1.9)"));
  EXPECT_THAT(resolved(snapshot, "10.0.1.70"), ElementsAre("eni-3 (10.0.1.70)"));
  EXPECT_THAT(resolved(snapshot, "10.0.1.80"), ElementsAre("10.0.1.80"));
}

TEST(Resolve, AReservedAddressOfABalancerIsTheBalancer) {
  Estate estate = two_vpcs();
  LoadBalancer balancer;
  balancer.id = {"arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/net/n/1"};
  balancer.zones = {{.zone = "eu-west-1a", .subnet = {}, .addresses = {address("54.10.0.9")}}};
  estate.add(balancer);
  EXPECT_THAT(resolved(estate.snapshot(), "54.10.0.9"), ElementsAre(balancer.id.value));
}

TEST(Resolve, NamesAndIdsStandForTheirInterfaces) {
  const Snapshot snapshot = two_vpcs().snapshot();
  EXPECT_THAT(resolved(snapshot, "i-1"), ElementsAre("eni-1", "eni-2"));
  EXPECT_THAT(resolved(snapshot, "\"web 1\""), ElementsAre("eni-1", "eni-2"));
  EXPECT_THAT(resolved(snapshot, "eni-2"), ElementsAre("eni-2"));
  EXPECT_THAT(resolved(snapshot, "sg-web"), ElementsAre("eni-1", "eni-2"));
  EXPECT_THAT(resolved(snapshot, "web"), ElementsAre("eni-1", "eni-2"));
  EXPECT_THAT(resolved(snapshot, "subnet-b"), ElementsAre("eni-3"));
  EXPECT_THAT(resolved(snapshot, "vpc-a"), ElementsAre("eni-1", "eni-2"));
  EXPECT_THAT(resolved(snapshot, "igw-vpc-a"), ElementsAre("1.0.0.1", "2000::1"));
}

TEST(Resolve, AnUnknownNameIsAnErrorWithSuggestions) {
  const auto error = resolved(two_vpcs().snapshot(), "\"web 2\"");
  EXPECT_EQ(error.front(), "unknown_name");
  EXPECT_THAT(error.back(), HasSubstr("did you mean `web 1`"));
  EXPECT_EQ(resolved(two_vpcs().snapshot(), "sg:webs").front(), "unknown_name");
  EXPECT_EQ(resolved(two_vpcs().snapshot(), "tag:Name=web").front(), "unknown_name");
  EXPECT_EQ(resolved(two_vpcs().snapshot(), "account:123456789012").front(), "unknown_name");
}

TEST(Resolve, ANameOfSeveralThingsIsAmbiguous) {
  Estate estate = two_vpcs();
  estate.of_instance("i-2", "web");
  const auto error = resolved(estate.snapshot(), "web");
  EXPECT_EQ(error.front(), "ambiguous_name");
  EXPECT_THAT(error.back(), HasSubstr("`i-2`, `sg-web`"));
  EXPECT_THAT(resolved(estate.snapshot(), "i-2"), ElementsAre("eni-3"));
}

TEST(Resolve, AnInterfaceNamedLikeItsInstanceIsNoOtherThing) {
  Estate estate = two_vpcs();
  estate.of_instance("i-2", "db").last<NetworkInterface>().owned.tags = {{"Name", "db"}};
  EXPECT_THAT(resolved(estate.snapshot(), "db"), ElementsAre("eni-3"));
}

TEST(Resolve, PrefixesTakeAllThatFit) {
  Estate estate = two_vpcs();
  estate.group("sg-web2", "vpc-b", "web").last<NetworkInterface>().groups = {{"sg-web2"}};
  estate.of_instance("i-2", "db").last<Instance>().owned.tags.push_back({"tier", "db-main"});
  const Snapshot snapshot = estate.snapshot();
  EXPECT_THAT(resolved(snapshot, "sg:web"), ElementsAre("eni-1", "eni-2", "eni-3"));
  EXPECT_THAT(resolved(snapshot, "sg:sg-web2"), ElementsAre("eni-3"));
  EXPECT_THAT(resolved(snapshot, "sg:w*"), ElementsAre("eni-1", "eni-2", "eni-3"));
  EXPECT_THAT(resolved(snapshot, "subnet:subnet-a"), ElementsAre("eni-1", "eni-2"));
  EXPECT_THAT(resolved(snapshot, "vpc:vpc-b"), ElementsAre("eni-3"));
  EXPECT_THAT(resolved(snapshot, "tag:tier=db*"), ElementsAre("eni-3"));
  EXPECT_THAT(resolved(snapshot, "tag:Name=*"), ElementsAre("eni-1", "eni-2", "eni-3"));
}

TEST(Resolve, AGroupThatNobodyHasStandsForNothing) {
  Estate estate = two_vpcs();
  estate.group("sg-empty", "vpc-a", "empty");
  EXPECT_THAT(resolved(estate.snapshot(), "sg:empty"), IsEmpty());
}

TEST(Resolve, ADatabaseIsTheInterfacesThatRdsMadeForIt) {
  Estate estate = two_vpcs();
  estate.group("sg-db", "vpc-a", "db").eni("eni-db", "subnet-a", "10.0.1.20", {"sg-db"});
  estate.last<NetworkInterface>().description = "RDSNetworkInterface";
  estate.eni("eni-other", "subnet-a", "10.0.1.21", {"sg-db"});
  DbInstance database;
  database.id = {"arn:aws:rds:eu-west-1:1:db:orders"};
  database.identifier = "orders";
  database.subnets = {{"subnet-a"}};
  database.groups = {{"sg-db"}};
  database.owned.tags = {{"tier", "db"}};
  estate.add(database);
  EXPECT_THAT(resolved(estate.snapshot(), "orders"), ElementsAre("eni-db"));
  EXPECT_THAT(resolved(estate.snapshot(), database.id.value), ElementsAre("eni-db"));
  EXPECT_THAT(resolved(estate.snapshot(), "tag:tier=db"), ElementsAre("eni-db"));
}

TEST(Resolve, AnyIsEveryInterfaceAndTheInternet) {
  EXPECT_THAT(resolved(two_vpcs().snapshot(), "any"),
              ElementsAre("eni-1", "eni-2", "eni-3", "1.0.0.1", "2000::1"));
}

TEST(Resolve, ABlockIsInterfacesAndHostsThatNoVpcOwns) {
  const Snapshot snapshot = two_vpcs().snapshot();
  EXPECT_THAT(resolved(snapshot, "10.0.1.5/32"), ElementsAre("eni-1", "eni-3"));
  EXPECT_THAT(resolved(snapshot, "10.0.0.0/15"),
              ElementsAre("eni-1", "eni-2", "eni-3", "10.1.0.1"));
  EXPECT_THAT(resolved(snapshot, "10.0.2.0/24"), IsEmpty());
  EXPECT_THAT(resolved(snapshot, "54.10.0.0/24"), ElementsAre("eni-1 (54.10.0.1)", "54.10.0.2"));
  EXPECT_THAT(resolved(snapshot, "127.0.0.0/8"), IsEmpty());
}

TEST(Resolve, TheInternetIsCutWhereFiltersCutIt) {
  Estate estate = two_vpcs();
  estate.from("8.8.0.0/16", "tcp/22").from("8.8.8.0/24", "tcp/80").from("10.0.0.0/8", "tcp/80");
  estate.add(PrefixList{
      .id = {"pl-1"},
      .entries = std::vector<PrefixListEntry>{{.cidr = cidr("9.9.9.9/32"), .description = ""}}});
  SecurityGroupRule by_list;
  by_list.services = ServiceSet::tcp(53);
  by_list.peer = PrefixListId{"pl-1"};
  estate.last<SecurityGroup>().rules.push_back(by_list);
  EXPECT_THAT(resolved(estate.snapshot(), "internet", "sg:web"),
              ElementsAre("1.0.0.1", "8.8.0.1", "8.8.8.1", "9.9.9.9"));
}

TEST(Resolve, TheInternetLeavesOutWhatTheSnapshotOwns) {
  Estate estate = two_vpcs();
  estate.from("54.10.0.1/32", "tcp/22").from("54.10.0.0/31", "tcp/22");
  EXPECT_THAT(resolved(estate.snapshot(), "internet", "sg:web"),
              ElementsAre("1.0.0.1", "54.10.0.0"));
}

TEST(Resolve, NetworkAclsAndRoutesCutTheInternetToo) {
  Estate estate = two_vpcs();
  NetworkAcl acl = estate.last<NetworkAcl>();
  acl.id = {"acl-1"};
  acl.vpc = {"vpc-a"};
  acl.entries.push_back({.number = 50,
                         .is_egress = false,
                         .allows = false,
                         .cidr = cidr("5.0.0.0/8"),
                         .services = ServiceSet::all()});
  RouteTable table;
  table.id = {"rtb-1"};
  table.vpc = {"vpc-a"};
  table.routes = {Estate::route("6.0.0.0/8", RouteTargetKind::NatGateway, "nat-1")};
  estate.add(acl).add(table);
  EXPECT_THAT(resolved(estate.snapshot(), "internet", "sg:web"),
              ElementsAre("1.0.0.1", "5.0.0.1", "6.0.0.1"));
  EXPECT_THAT(resolved(estate.snapshot(), "internet", "eni-3"), ElementsAre("1.0.0.1"));
}

TEST(Resolve, TheInternetHasIpv6HostsWhereTheOtherSideSpeaksIt) {
  Estate estate = two_vpcs();
  EXPECT_THAT(resolved(estate.snapshot(), "internet", "eni-3"), ElementsAre("1.0.0.1"));
  estate.last<NetworkInterface>().ipv6 = {address("2600::5")};
  EXPECT_THAT(resolved(estate.snapshot(), "internet", "eni-3"), ElementsAre("1.0.0.1", "2000::1"));
}

TEST(Resolve, ABalancerIsCutByTheRulesOfItsTargets) {
  Estate estate = two_vpcs();
  estate.from("8.8.0.0/16", "tcp/22");
  LoadBalancer balancer;
  balancer.id = {"arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/net/shop/1"};
  balancer.balancer_name = "shop";
  balancer.vpc = {"vpc-a"};
  TargetGroup group;
  group.id = {"arn:tg"};
  group.target_type = "instance";
  group.vpc = {"vpc-a"};
  group.balancers = {balancer.id};
  group.targets = std::vector<Target>{{.id = "i-1"}};
  estate.add(balancer).add(group);
  EXPECT_THAT(resolved(estate.snapshot(), "internet", "lb:shop"),
              ElementsAre("1.0.0.1", "8.8.0.1"));
  EXPECT_THAT(resolved(estate.snapshot(), "vpc:vpc-a"),
              ElementsAre("eni-1", "eni-2", balancer.id.value));
}

}  // namespace
}  // namespace portolan::reach
