#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/test_documents.h"

namespace portolan::collect {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(VpcEndpoints, are_read_whole) {
  const Decoded decoded = decode_text(R"({"VpcEndpoints": [
      {"VpcEndpointId": "vpce-1", "VpcEndpointType": "Interface", "VpcId": "vpc-1",
       "ServiceName": "com.amazonaws.eu-west-1.ec2", "State": "Available",
       "SubnetIds": ["subnet-1"], "NetworkInterfaceIds": ["eni-1"],
       "Groups": [{"GroupId": "sg-1", "GroupName": "x"}], "OwnerId": "123456789012"},
      {"VpcEndpointId": "vpce-2", "VpcEndpointType": "Gateway", "State": "deleting",
       "RouteTableIds": ["rtb-2", "rtb-1"]}]})");
  const VpcEndpoint& endpoint = row<VpcEndpoint>(decoded, "vpce-1");
  EXPECT_EQ(endpoint.kind, EndpointKind::Interface);
  EXPECT_TRUE(endpoint.is_available);
  EXPECT_THAT(endpoint.groups, ElementsAre(SecurityGroupId{"sg-1"}));
  EXPECT_THAT(endpoint.interfaces, ElementsAre(NetworkInterfaceId{"eni-1"}));
  const VpcEndpoint& gateway = row<VpcEndpoint>(decoded, "vpce-2");
  EXPECT_EQ(gateway.kind, EndpointKind::Gateway);
  EXPECT_FALSE(gateway.is_available);
  EXPECT_THAT(gateway.route_tables, ElementsAre(RouteTableId{"rtb-1"}, RouteTableId{"rtb-2"}));
}

TEST(EndpointServices, belong_to_the_owner_of_their_balancers) {
  const Decoded decoded = decode_text(R"({"ServiceConfigurations": [{"ServiceId": "vpce-svc-1",
      "ServiceName": "com.amazonaws.vpce.us-east-1.vpce-svc-1", "NetworkLoadBalancerArns":
      ["arn:aws:elasticloadbalancing:us-east-1:210987654321:loadbalancer/net/x/1"]}]})");
  const EndpointService& service = row<EndpointService>(decoded, "vpce-svc-1");
  EXPECT_EQ(service.owned.account.text(), "210987654321");
  EXPECT_EQ(service.owned.region.text(), "us-east-1");
  EXPECT_THAT(service.balancers, SizeIs(1));
}

TEST(PrefixLists, of_aws_have_no_account) {
  const Decoded decoded = decode_text(R"({"PrefixLists": [{"PrefixListId": "pl-1",
      "PrefixListName": "com.amazonaws.eu-west-1.s3", "OwnerId": "AWS",
      "PrefixListArn": "arn:aws:ec2:eu-west-1:AWS:prefix-list/pl-1"}]})");
  const PrefixList& list = row<PrefixList>(decoded, "pl-1");
  EXPECT_TRUE(list.is_aws_managed);
  EXPECT_FALSE(list.owned.account.known());
  EXPECT_EQ(list.owned.region.text(), "eu-west-1");
  EXPECT_FALSE(list.entries);
}

TEST(PrefixLists, tell_how_many_entries_they_have_room_for) {
  const Decoded decoded = decode_text(R"({"PrefixLists": [
      {"PrefixListId": "pl-1", "PrefixListName": "offices", "MaxEntries": 40},
      {"PrefixListId": "pl-2", "PrefixListName": "partners"}]})");
  EXPECT_EQ(row<PrefixList>(decoded, "pl-1").max_entries, 40);
  EXPECT_EQ(row<PrefixList>(decoded, "pl-2").max_entries, std::nullopt);
}

TEST(PrefixLists, take_blocks_from_the_older_call) {
  const Decoded decoded = decode_text(R"({"PrefixLists": [{"PrefixListId": "pl-1",
      "PrefixListName": "com.amazonaws.eu-west-1.s3", "Cidrs": ["52.0.0.0/8", "3.5.0.0/20"]}]})");
  const PrefixList& list = row<PrefixList>(decoded, "pl-1");
  ASSERT_TRUE(list.entries);
  ASSERT_THAT(*list.entries, SizeIs(2));
  EXPECT_EQ(list.entries->front().cidr.text(), "3.5.0.0/20");
}

constexpr std::string_view kTwoLists = R"({"PrefixLists": [
    {"PrefixListId": "pl-1", "PrefixListName": "offices", "OwnerId": "123456789012",
     "AddressFamily": "IPv4"},
    {"PrefixListId": "pl-2", "PrefixListName": "offices6", "OwnerId": "123456789012",
     "AddressFamily": "IPv6"}]})";

TEST(PrefixListEntries, find_their_list_by_family) {
  const Decoded decoded = decode_documents(
      {{kHere + "a.json", std::string(kTwoLists)},
       {kHere + "b.json", R"({"Entries": [{"Cidr": "198.51.100.0/24", "Description": "hq"}]})"}});
  ASSERT_TRUE(row<PrefixList>(decoded, "pl-1").entries);
  EXPECT_EQ(row<PrefixList>(decoded, "pl-1").entries->front().description, "hq");
  EXPECT_FALSE(row<PrefixList>(decoded, "pl-2").entries);
}

TEST(PrefixListEntries, join_their_pages) {
  const Decoded decoded = decode_documents(
      {{kHere + "a.json", std::string(kTwoLists)},
       {kHere + "pl-2/1.json", R"({"Entries": [{"Cidr": "2001:db8::/48"}], "NextToken": "x"})"},
       {kHere + "pl-2/2.json", R"({"Entries": [{"Cidr": "2001:db9::/48"}]})"}});
  ASSERT_TRUE(row<PrefixList>(decoded, "pl-2").entries);
  EXPECT_THAT(*row<PrefixList>(decoded, "pl-2").entries, SizeIs(2));
}

TEST(PrefixListEntries, with_a_bad_block_are_not_the_list) {
  const Decoded decoded = decode_documents(
      {{kHere + "a.json", std::string(kTwoLists)},
       {kHere + "pl-1.json", R"({"Entries": [{"Cidr": "10.0.0.0/8"}, {"Cidr": "nonsense"}]})"}});
  EXPECT_FALSE(row<PrefixList>(decoded, "pl-1").entries);
  EXPECT_THAT(places(decoded), ElementsAre("bad_prefix pl-1.json#/Entries/1/Cidr"));
}

TEST(PrefixLists, that_rules_name_and_nobody_tells_are_a_gap) {
  const Decoded decoded = decode_text(R"({"SecurityGroups": [{"GroupId": "sg-1",
      "IpPermissions": [{"IpProtocol": "-1", "PrefixListIds": [{"PrefixListId": "pl-9"}]}]}]})");
  EXPECT_THAT(gaps(decoded), ElementsAre("prefix_list_entries_missing pl-9"));
}

TEST(BlockPublicAccess, is_known_by_account_and_region) {
  const Decoded decoded = decode_text(R"({
      "VpcBlockPublicAccessOptions": {"AwsAccountId": "123456789012", "AwsRegion": "eu-west-1",
          "State": "update-complete", "InternetGatewayBlockMode": "block-ingress",
          "ExclusionsAllowed": "not-allowed"},
      "VpcBlockPublicAccessExclusions": [
          {"ExclusionId": "vpcbpa-exclude-1", "InternetGatewayExclusionMode": "allow-egress",
           "ResourceArn": "arn:aws:ec2:eu-west-1:123456789012:subnet/subnet-1",
           "State": "create-complete"},
          {"ExclusionId": "vpcbpa-exclude-2", "InternetGatewayExclusionMode": "allow-bidirectional",
           "ResourceArn": "arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-1",
           "State": "delete-complete"}]})");
  const auto& options = row<BlockPublicAccess>(decoded, "123456789012/eu-west-1");
  EXPECT_EQ(options.mode, BlockMode::Ingress);
  EXPECT_FALSE(options.exclusions_allowed);
  const auto& first = row<BlockPublicAccessExclusion>(decoded, "vpcbpa-exclude-1");
  EXPECT_EQ(first.resource, "subnet-1");
  EXPECT_FALSE(first.allows_ingress);
  EXPECT_TRUE(first.is_active);
  const auto& second = row<BlockPublicAccessExclusion>(decoded, "vpcbpa-exclude-2");
  EXPECT_TRUE(second.allows_ingress);
  EXPECT_FALSE(second.is_active);
}

TEST(BlockPublicAccess, takes_its_place_from_the_path) {
  const Decoded decoded =
      decode_text(R"({"VpcBlockPublicAccessOptions": {"InternetGatewayBlockMode": "off"}})");
  EXPECT_EQ(row<BlockPublicAccess>(decoded, "123456789012/eu-west-1").mode, BlockMode::Off);
  EXPECT_THAT(decoded.snapshot.all<BlockPublicAccess>(), SizeIs(1));
  EXPECT_THAT(places(decoded), IsEmpty());
}

}  // namespace

}  // namespace portolan::collect
