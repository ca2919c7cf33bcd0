#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/test_documents.h"

namespace portolan::collect {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<std::string> texts(const std::vector<IpPrefix>& prefixes) {
  std::vector<std::string> list;
  for (const IpPrefix& prefix : prefixes) {
    list.push_back(prefix.text());
  }
  return list;
}

TEST(Vpcs, have_the_blocks_that_are_associated) {
  const Decoded decoded = decode_text(R"({"Vpcs": [{
      "VpcId": "vpc-1", "OwnerId": "123456789012", "CidrBlock": "10.0.0.0/16", "IsDefault": true,
      "CidrBlockAssociationSet": [
          {"CidrBlock": "10.0.0.0/16", "CidrBlockState": {"State": "associated"}},
          {"CidrBlock": "10.1.0.0/16", "CidrBlockState": {"State": "disassociated"}},
          {"CidrBlock": "10.2.0.0/16", "CidrBlockState": {"State": "associated"}}],
      "Ipv6CidrBlockAssociationSet": [
          {"Ipv6CidrBlock": "2001:db8::/56", "Ipv6CidrBlockState": {"State": "associated"}},
          {"Ipv6CidrBlock": "2001:db9::/56", "Ipv6CidrBlockState": {"State": "failed"}}],
      "Tags": [{"Key": "Name", "Value": "main"}]}]})");
  const Vpc& vpc = row<Vpc>(decoded, "vpc-1");
  EXPECT_THAT(texts(vpc.cidrs), ElementsAre("10.0.0.0/16", "10.2.0.0/16", "2001:db8::/56"));
  EXPECT_TRUE(vpc.is_default);
  EXPECT_EQ(vpc.owned.name(), "main");
  EXPECT_TRUE(decoded.snapshot.coverage().has(Noun::Vpcs, vpc.owned.account, vpc.owned.region));
}

TEST(Subnets, know_their_region_by_their_zone) {
  const Decoded decoded =
      decode_documents({{"x.json", R"({"Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1",
           "OwnerId": "123456789012", "AvailabilityZone": "ap-southeast-2b",
           "AvailabilityZoneId": "apse2-az1", "CidrBlock": "10.0.0.0/24",
           "MapPublicIpOnLaunch": true, "AssignIpv6AddressOnCreation": true}]})"}});
  const Subnet& subnet = row<Subnet>(decoded, "subnet-1");
  EXPECT_EQ(subnet.owned.region.text(), "ap-southeast-2");
  EXPECT_EQ(subnet.zone_id, "apse2-az1");
  EXPECT_TRUE(subnet.maps_public_ip_on_launch);
  EXPECT_TRUE(subnet.assigns_ipv6_on_creation);
  EXPECT_THAT(texts(subnet.cidrs), ElementsAre("10.0.0.0/24"));
}

/// The services of the one ingress entry that has these members.
std::string entry(const std::string& members) {
  const Decoded decoded = decode_text(R"({"NetworkAcls": [{"NetworkAclId": "acl-1", "Entries": [
      {"CidrBlock": "0.0.0.0/0", "Egress": false, "RuleAction": "allow", "RuleNumber": 100, )" +
                                      members + "}]}]}");
  const auto& entries = row<NetworkAcl>(decoded, "acl-1").entries;
  return entries.size() == 1 ? entries.front().services.text() : "!";
}

TEST(NetworkAcls, understand_protocols_as_aws_does) {
  EXPECT_EQ(entry(R"("Protocol": "-1")"), "any");
  EXPECT_EQ(entry(R"("Protocol": "6", "PortRange": {"From": 80, "To": 90})"), "tcp/80-90");
  EXPECT_EQ(entry(R"("Protocol": "17")"), "udp");
  EXPECT_EQ(entry(R"("Protocol": "1", "IcmpTypeCode": {"Type": 8, "Code": 0})"), "icmp/8/0");
  EXPECT_EQ(entry(R"("Protocol": "1", "IcmpTypeCode": {"Type": -1, "Code": -1})"), "icmp");
  EXPECT_EQ(entry(R"("Protocol": "58", "IcmpTypeCode": {"Type": 128, "Code": -1})"), "icmpv6/128");
  EXPECT_EQ(entry(R"("Protocol": "6", "IcmpTypeCode": {"Type": 8, "Code": 0})"), "tcp");
  EXPECT_EQ(entry(R"("Protocol": "1", "PortRange": {"From": 80, "To": 80})"), "icmp");
  EXPECT_EQ(entry(R"("Protocol": "47", "PortRange": {"From": 80, "To": 80})"), "proto/47");
}

TEST(NetworkAcls, sort_their_entries) {
  const Decoded decoded = decode_text(R"({"NetworkAcls": [{
      "NetworkAclId": "acl-1", "VpcId": "vpc-1", "OwnerId": "123456789012", "IsDefault": true,
      "Associations": [{"SubnetId": "subnet-2"}, {"SubnetId": "subnet-1"}],
      "Entries": [
        {"CidrBlock": "0.0.0.0/0", "Egress": true, "Protocol": "-1", "RuleAction": "allow", "RuleNumber": 100},
        {"CidrBlock": "0.0.0.0/0", "Egress": false, "Protocol": "-1", "RuleAction": "deny", "RuleNumber": 32767},
        {"Ipv6CidrBlock": "::/0", "Egress": false, "Protocol": "-1", "RuleAction": "allow", "RuleNumber": 9}
      ]}]})");
  const NetworkAcl& acl = row<NetworkAcl>(decoded, "acl-1");
  ASSERT_THAT(acl.entries, SizeIs(3));
  EXPECT_EQ(acl.entries[0].number, 9);
  EXPECT_EQ(acl.entries[0].cidr.text(), "::/0");
  EXPECT_EQ(acl.entries[1].number, 32767);
  EXPECT_FALSE(acl.entries[1].allows);
  EXPECT_TRUE(acl.entries[2].is_egress);
  EXPECT_THAT(acl.subnets, ElementsAre(SubnetId{"subnet-1"}, SubnetId{"subnet-2"}));
  EXPECT_TRUE(acl.is_default);
}

TEST(NetworkAcls, with_an_entry_that_makes_no_sense_have_a_gap) {
  for (const std::string_view bad :
       {R"("CidrBlock": "nonsense", "Protocol": "-1", "RuleAction": "allow", "RuleNumber": 1)",
        R"("Protocol": "-1", "RuleAction": "allow", "RuleNumber": 1)",
        R"("CidrBlock": "::/0", "RuleAction": "allow", "RuleNumber": 1)",
        R"("CidrBlock": "::/0", "Protocol": "-1", "RuleAction": "maybe", "RuleNumber": 1)",
        R"("CidrBlock": "::/0", "Protocol": "-1", "RuleAction": "deny")",
        R"("CidrBlock": "::/0", "Protocol": "6", "PortRange": {"From": 2, "To": 1},
           "RuleAction": "deny", "RuleNumber": 1)"}) {
    const Decoded decoded = decode_text(
        R"({"NetworkAcls": [{"NetworkAclId": "acl-1", "Entries": [{)" + std::string(bad) + "}]}]}");
    EXPECT_THAT(row<NetworkAcl>(decoded, "acl-1").entries, IsEmpty()) << bad;
    EXPECT_THAT(gaps(decoded), ElementsAre("entry_not_understood acl-1")) << bad;
    EXPECT_TRUE(decoded.diagnostics.has("entry_not_understood")) << bad;
  }
}

/// `kind:id` of the target of the one route that has these members.
std::pair<RouteTargetKind, std::string> target(const std::string& members) {
  const Decoded decoded = decode_text(
      R"({"RouteTables": [{"RouteTableId": "rtb-1", "Routes": [{"DestinationCidrBlock": "0.0.0.0/0",)" +
      members + "}]}]}");
  const auto& routes = row<RouteTable>(decoded, "rtb-1").routes;
  if (routes.size() != 1) {
    return {RouteTargetKind::Unknown, "!"};
  }
  return {routes.front().target.kind, routes.front().target.id};
}

TEST(RouteTables, know_every_kind_of_target) {
  using enum RouteTargetKind;
  const auto is = [](RouteTargetKind kind, std::string id) { return std::pair(kind, id); };
  EXPECT_EQ(target(R"("GatewayId": "local")"), is(Local, ""));
  EXPECT_EQ(target(R"("GatewayId": "igw-1")"), is(InternetGateway, "igw-1"));
  EXPECT_EQ(target(R"("GatewayId": "vgw-1")"), is(VpnGateway, "vgw-1"));
  EXPECT_EQ(target(R"("GatewayId": "vpce-1")"), is(VpcEndpoint, "vpce-1"));
  EXPECT_EQ(target(R"("NatGatewayId": "nat-1")"), is(NatGateway, "nat-1"));
  EXPECT_EQ(target(R"("NetworkInterfaceId": "eni-1", "InstanceId": "i-1")"),
            is(NetworkInterface, "eni-1"));
  EXPECT_EQ(target(R"("VpcPeeringConnectionId": "pcx-1")"), is(VpcPeering, "pcx-1"));
  EXPECT_EQ(target(R"("TransitGatewayId": "tgw-1")"), is(TransitGateway, "tgw-1"));
  EXPECT_EQ(target(R"("EgressOnlyInternetGatewayId": "eigw-1")"),
            is(EgressOnlyInternetGateway, "eigw-1"));
  EXPECT_EQ(target(R"("CarrierGatewayId": "cagw-1")"), is(CarrierGateway, "cagw-1"));
  EXPECT_EQ(target(R"("LocalGatewayId": "lgw-1")"), is(LocalGateway, "lgw-1"));
  EXPECT_EQ(target(R"("CoreNetworkArn": "arn:x")"), is(CoreNetwork, "arn:x"));
  EXPECT_EQ(target(R"("GatewayId": "new-1")"), is(Unknown, "new-1"));
  EXPECT_EQ(target(R"("SomethingNewId": "new-1")"), is(Unknown, ""));
}

TEST(RouteTables, have_routes_and_associations) {
  const Decoded decoded = decode_text(R"({"RouteTables": [{"RouteTableId": "rtb-1",
      "VpcId": "vpc-1", "OwnerId": "123456789012",
      "Associations": [{"Main": true}, {"SubnetId": "subnet-1", "AssociationState": {"State": "associated"}},
                       {"SubnetId": "subnet-2", "AssociationState": {"State": "disassociated"}},
                       {"GatewayId": "igw-1"}],
      "Routes": [{"DestinationIpv6CidrBlock": "::/0", "GatewayId": "igw-1", "State": "blackhole"},
                 {"DestinationPrefixListId": "pl-1", "GatewayId": "vpce-1", "State": "active"},
                 {"DestinationCidrBlock": "10.9.0.0/16", "GatewayId": "vgw-1",
                  "Origin": "EnableVgwRoutePropagation"}]}]})");
  const RouteTable& table = row<RouteTable>(decoded, "rtb-1");
  EXPECT_TRUE(table.is_main);
  EXPECT_THAT(table.subnets, ElementsAre(SubnetId{"subnet-1"}));
  EXPECT_THAT(table.gateways, ElementsAre("igw-1"));
  ASSERT_THAT(table.routes, SizeIs(3));
  EXPECT_EQ(table.routes[0].prefix_list.text(), "pl-1");
  EXPECT_TRUE(table.routes[1].is_propagated);
  EXPECT_TRUE(table.routes[2].is_blackhole);
}

TEST(RouteTables, with_a_route_to_nowhere_known_have_a_gap) {
  const Decoded decoded = decode_text(R"({"RouteTables": [{"RouteTableId": "rtb-1", "Routes": [
      {"DestinationNewKind": "x", "GatewayId": "local"},
      {"DestinationCidrBlock": "10.0.0.0/77", "GatewayId": "local"}]}]})");
  EXPECT_THAT(gaps(decoded), ElementsAre("route_not_understood rtb-1"));
  EXPECT_THAT(places(decoded),
              ElementsAre("route_not_understood a.json#/RouteTables/0/Routes/0",
                          "bad_prefix a.json#/RouteTables/0/Routes/1/DestinationCidrBlock"));
}

TEST(RouteTables, send_to_the_one_interface_of_an_instance) {
  const Decoded decoded = decode_text(R"({
      "RouteTables": [{"RouteTableId": "rtb-1", "Routes": [
          {"DestinationCidrBlock": "0.0.0.0/0", "InstanceId": "i-1"},
          {"DestinationCidrBlock": "10.0.0.0/8", "InstanceId": "i-2"}]}],
      "Reservations": [{"OwnerId": "123456789012", "Instances": [
          {"InstanceId": "i-1", "NetworkInterfaces": [{"NetworkInterfaceId": "eni-1"}]},
          {"InstanceId": "i-2", "NetworkInterfaces": [{"NetworkInterfaceId": "eni-2"},
                                                      {"NetworkInterfaceId": "eni-3"}]}]}]})");
  const auto& routes = row<RouteTable>(decoded, "rtb-1").routes;
  ASSERT_THAT(routes, SizeIs(2));
  EXPECT_EQ(routes[0].target.id, "eni-1");
  EXPECT_EQ(routes[0].target.kind, RouteTargetKind::NetworkInterface);
  EXPECT_EQ(routes[1].target.id, "i-2");
  EXPECT_EQ(routes[1].target.kind, RouteTargetKind::Unknown);
}

}  // namespace

}  // namespace portolan::collect
