#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/test_documents.h"

namespace portolan::collect {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(Gateways, are_in_the_vpcs_that_they_are_attached_to) {
  const Decoded decoded = decode_text(R"({
      "InternetGateways": [{"InternetGatewayId": "igw-1", "OwnerId": "123456789012",
          "Attachments": [{"VpcId": "vpc-1", "State": "available"},
                          {"VpcId": "vpc-2", "State": "detaching"}]}],
      "EgressOnlyInternetGateways": [{"EgressOnlyInternetGatewayId": "eigw-1",
          "Attachments": [{"VpcId": "vpc-1", "State": "attached"}]}],
      "VpnGateways": [{"VpnGatewayId": "vgw-1",
          "VpcAttachments": [{"VpcId": "vpc-1", "State": "detached"}]}]})");
  EXPECT_THAT(row<InternetGateway>(decoded, "igw-1").vpcs, ElementsAre(VpcId{"vpc-1"}));
  EXPECT_THAT(row<EgressOnlyInternetGateway>(decoded, "eigw-1").vpcs, ElementsAre(VpcId{"vpc-1"}));
  EXPECT_THAT(row<VpnGateway>(decoded, "vgw-1").vpcs, IsEmpty());
}

TEST(NatGateways, have_addresses_and_a_state) {
  const Decoded decoded = decode_text(R"({"NatGateways": [
      {"NatGatewayId": "nat-1", "State": "available", "VpcId": "vpc-1", "SubnetId": "subnet-1",
       "NatGatewayAddresses": [{"NetworkInterfaceId": "eni-1", "PrivateIp": "10.0.0.9",
                                "PublicIp": "198.51.100.7"}]},
      {"NatGatewayId": "nat-2", "State": "deleted", "ConnectivityType": "private"},
      {"NatGatewayId": "nat-3", "State": "available", "AvailabilityMode": "regional"}]})");
  const NatGateway& first = row<NatGateway>(decoded, "nat-1");
  EXPECT_TRUE(first.is_public && first.is_available && !first.is_regional);
  ASSERT_THAT(first.addresses, SizeIs(1));
  EXPECT_EQ(first.addresses[0].private_ip.text(), "10.0.0.9");
  EXPECT_EQ(first.addresses[0].public_ip->text(), "198.51.100.7");
  const NatGateway& second = row<NatGateway>(decoded, "nat-2");
  EXPECT_FALSE(second.is_public || second.is_available);
  EXPECT_TRUE(row<NatGateway>(decoded, "nat-3").is_regional);
}

TEST(NatGateways, take_addresses_from_their_interfaces) {
  const Decoded decoded = decode_text(R"({
      "NatGateways": [{"NatGatewayId": "nat-1", "State": "available",
          "NatGatewayAddresses": [{"NetworkInterfaceId": "eni-1"}]}],
      "NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "PrivateIpAddress": "10.0.0.9"}],
      "Addresses": [{"PublicIp": "198.51.100.7", "NetworkInterfaceId": "eni-1",
                     "PrivateIpAddress": "10.0.0.9"}]})");
  const auto& addresses = row<NatGateway>(decoded, "nat-1").addresses;
  ASSERT_THAT(addresses, SizeIs(1));
  EXPECT_EQ(addresses[0].private_ip.text(), "10.0.0.9");
  ASSERT_TRUE(addresses[0].public_ip);
  EXPECT_EQ(addresses[0].public_ip->text(), "198.51.100.7");
}

TEST(VpcPeerings, have_two_sides) {
  const Decoded decoded = decode_text(R"({"VpcPeeringConnections": [
      {"VpcPeeringConnectionId": "pcx-1", "Status": {"Code": "active"},
       "RequesterVpcInfo": {"OwnerId": "123456789012", "VpcId": "vpc-1", "Region": "eu-west-1",
           "CidrBlock": "10.0.0.0/16", "CidrBlockSet": [{"CidrBlock": "10.0.0.0/16"}]},
       "AccepterVpcInfo": {"OwnerId": "210987654321", "VpcId": "vpc-2", "Region": "us-east-1",
           "Ipv6CidrBlockSet": [{"Ipv6CidrBlock": "2001:db8::/56"}]}},
      {"VpcPeeringConnectionId": "pcx-2", "Status": {"Code": "deleted"}}]})");
  const VpcPeering& peering = row<VpcPeering>(decoded, "pcx-1");
  EXPECT_TRUE(peering.is_active);
  EXPECT_EQ(peering.requester.vpc.text(), "vpc-1");
  EXPECT_THAT(peering.requester.cidrs, SizeIs(1));
  EXPECT_EQ(peering.accepter.account.text(), "210987654321");
  EXPECT_EQ(peering.accepter.region.text(), "us-east-1");
  EXPECT_THAT(peering.accepter.cidrs, SizeIs(1));
  EXPECT_EQ(peering.owned.account.text(), "123456789012");
  EXPECT_FALSE(row<VpcPeering>(decoded, "pcx-2").is_active);
}

TEST(VpnConnections, have_static_routes) {
  const Decoded decoded = decode_text(R"({"VpnConnections": [{"VpnConnectionId": "vpn-1",
      "State": "available", "TransitGatewayId": "tgw-1", "VpnGatewayId": "vgw-1",
      "CustomerGatewayConfiguration": "<xml attribute=\"x\"/>",
      "Routes": [{"DestinationCidrBlock": "192.168.0.0/16", "State": "available"},
                 {"DestinationCidrBlock": "192.169.0.0/16", "State": "deleted"}]}]})");
  const VpnConnection& connection = row<VpnConnection>(decoded, "vpn-1");
  EXPECT_TRUE(connection.is_available);
  EXPECT_EQ(connection.transit_gateway.text(), "tgw-1");
  EXPECT_THAT(connection.static_routes, SizeIs(1));
}

}  // namespace

}  // namespace portolan::collect
