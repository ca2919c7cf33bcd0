#include "reach/network_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reach/test_support.h"

namespace portolan::reach {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Estate estate() {
  Estate estate;
  estate.vpc("vpc-a", {"10.0.0.0/16"})
      .subnet("subnet-1", "vpc-a", {"10.0.1.0/24", "2600:1::/64"})
      .subnet("subnet-2", "vpc-a", {"10.0.2.0/24"})
      .group("sg-1", "vpc-a", "web")
      .eni("eni-1", "subnet-1", "10.0.1.5", {"sg-1"}, "54.10.0.1")
      .of_instance("i-1");
  estate.last<NetworkInterface>().ipv6 = {address("2600:1::5")};
  estate.last<NetworkInterface>().delegated = {cidr("10.0.1.32/28"), cidr("2600:1:0:0:8::/80")};
  return estate;
}

std::vector<std::string> ids(const std::vector<const NetworkInterface*>& interfaces) {
  std::vector<std::string> result;
  for (const NetworkInterface* interface : interfaces) {
    result.push_back(interface->id.value);
  }
  return result;
}

std::string id(const NetworkInterface* interface) {
  return interface == nullptr ? "" : interface->id.value;
}

TEST(NetworkIndex, FindsInterfacesByEveryKindOfAddress) {
  const Snapshot snapshot = estate().snapshot();
  const NetworkIndex index(snapshot);
  for (const auto* text : {"10.0.1.5", "2600:1::5", "10.0.1.33", "2600:1:0:0:8::7"}) {
    EXPECT_EQ(id(index.interface_at({"vpc-a"}, address(text))), "eni-1") << text;
    EXPECT_EQ(id(index.interface_at({"vpc-b"}, address(text))), "") << text;
  }
  for (const auto* text : {"54.10.0.1", "2600:1::5", "2600:1:0:0:8::7"}) {
    EXPECT_EQ(id(index.interface_of_public(address(text))), "eni-1") << text;
  }
  EXPECT_EQ(id(index.interface_at({"vpc-a"}, address("10.0.1.48"))), "");
  EXPECT_EQ(id(index.interface_of_public(address("10.0.1.5"))), "");
  EXPECT_EQ(id(index.interface_of_public(address("54.10.0.2"))), "");
  EXPECT_THAT(ids(index.interfaces_at(address("10.0.1.5"))), ElementsAre("eni-1"));
}

TEST(NetworkIndex, FindsInterfacesByWhatTheyBelongTo) {
  const Snapshot snapshot = estate().snapshot();
  const NetworkIndex index(snapshot);
  EXPECT_THAT(ids(index.interfaces_of(SecurityGroupId{"sg-1"})), ElementsAre("eni-1"));
  EXPECT_THAT(ids(index.interfaces_of(InstanceId{"i-1"})), ElementsAre("eni-1"));
  EXPECT_THAT(ids(index.interfaces_of(SubnetId{"subnet-1"})), ElementsAre("eni-1"));
  EXPECT_THAT(ids(index.interfaces_of(SubnetId{"subnet-2"})), IsEmpty());
}

TEST(NetworkIndex, TheExplicitTableAndNaclDecideElseTheDefaultOnes) {
  Estate with_own = estate();
  RouteTable table;
  table.id = {"rtb-own"};
  table.vpc = {"vpc-a"};
  table.subnets = {{"subnet-2"}};
  table.gateways = {"igw-vpc-a"};
  NetworkAcl acl;
  acl.id = {"acl-own"};
  acl.vpc = {"vpc-a"};
  acl.subnets = {{"subnet-2"}};
  const Snapshot snapshot = with_own.add(table).add(acl).snapshot();
  const NetworkIndex index(snapshot);
  const auto& subnets = index.subnets_of({"vpc-a"});
  ASSERT_EQ(subnets.size(), 2U);
  EXPECT_EQ(index.route_table_of(*subnets[0])->id.value, "rtb-vpc-a");
  EXPECT_EQ(index.route_table_of(*subnets[1])->id.value, "rtb-own");
  EXPECT_EQ(index.acl_of(*subnets[0])->id.value, "acl-vpc-a");
  EXPECT_EQ(index.acl_of(*subnets[1])->id.value, "acl-own");
  EXPECT_EQ(index.edge_table_of("igw-vpc-a")->id.value, "rtb-own");
  EXPECT_EQ(index.edge_table_of("igw-x"), nullptr);
  EXPECT_EQ(index.internet_gateway_of({"vpc-a"})->id.value, "igw-vpc-a");
  EXPECT_EQ(index.subnet_at({"vpc-a"}, address("10.0.2.9")), subnets[1]);
  EXPECT_EQ(index.subnet_at({"vpc-a"}, address("2600:1::9")), subnets[0]);
  EXPECT_EQ(index.subnet_at({"vpc-a"}, address("10.0.3.9")), nullptr);
}

LoadBalancer balancer(std::string arn, std::string name, std::string_view account) {
  LoadBalancer balancer;
  balancer.id = {std::move(arn)};
  balancer.balancer_name = std::move(name);
  balancer.vpc = {"vpc-a"};
  balancer.owned.account = *AccountId::parse(account);
  return balancer;
}

TEST(NetworkIndex, NodesAreFoundByTheirDescription) {
  const std::string arn = "arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/";
  Estate with_nodes = estate();
  with_nodes.add(balancer(arn + "app/shop/50dc", "shop", "111111111111"));
  with_nodes.add(balancer(arn + "classic", "classic", "111111111111"));
  with_nodes.add(
      balancer("arn:aws:elasticloadbalancing:eu-west-1:222222222222:loadbalancer/classic",
               "classic", "222222222222"));
  with_nodes.eni("eni-a", "subnet-1", "10.0.1.10", {});
  with_nodes.last<NetworkInterface>().description = "ELB app/shop/50dc";
  with_nodes.eni("eni-b", "subnet-1", "10.0.1.11", {});
  with_nodes.last<NetworkInterface>().description = "ELB classic";
  with_nodes.last<NetworkInterface>().owned.account = *AccountId::parse("222222222222");
  with_nodes.eni("eni-c", "subnet-1", "10.0.1.12", {});
  with_nodes.last<NetworkInterface>().description = "ELB app/shop/other";
  const Snapshot snapshot = with_nodes.snapshot();
  const NetworkIndex index(snapshot);
  EXPECT_THAT(ids(index.nodes_of({arn + "app/shop/50dc"})), ElementsAre("eni-a"));
  EXPECT_THAT(ids(index.nodes_of({arn + "classic"})), IsEmpty());
  EXPECT_EQ(index.balancer_of({"eni-b"})->owned.account.text(), "222222222222");
  EXPECT_EQ(index.balancer_of({"eni-c"}), nullptr);
}

TEST(NetworkIndex, ANatGatewaysAddressesBelongToItsInterface) {
  Estate with_nat = estate();
  with_nat.eni("eni-nat", "subnet-1", "10.0.1.20", {});
  NatGateway nat;
  nat.id = {"nat-1"};
  nat.vpc = {"vpc-a"};
  nat.addresses = {{.interface = {"eni-nat"},
                    .private_ip = address("10.0.1.20"),
                    .public_ip = address("54.10.0.20")}};
  const Snapshot snapshot = with_nat.add(nat).snapshot();
  const NetworkIndex index(snapshot);
  EXPECT_EQ(index.nat_of({"eni-nat"})->id.value, "nat-1");
  EXPECT_EQ(index.nat_of({"eni-1"}), nullptr);
  EXPECT_EQ(id(index.interface_of_public(address("54.10.0.20"))), "eni-nat");
}

}  // namespace
}  // namespace portolan::reach
