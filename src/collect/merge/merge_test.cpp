#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/test_documents.h"

namespace portolan::collect {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::string place_of(const Owned& owned) {
  return owned.account.text() + '/' + owned.region.text();
}

TEST(Owners, come_from_the_resource_first) {
  const Decoded decoded = decode_text(
      R"({"Subnets": [{"SubnetId": "subnet-1", "OwnerId": "210987654321",
                       "AvailabilityZone": "us-east-1a"}]})");
  EXPECT_EQ(place_of(row<Subnet>(decoded, "subnet-1").owned), "210987654321/us-east-1");
}

TEST(Owners, come_from_the_path_next) {
  const std::string text = R"({"NatGateways": [{"NatGatewayId": "nat-1"}]})";
  for (const std::string path :
       {"accounts/111122223333/eu-west-1/nat.json", "111122223333_eu-west-1_nat.json",
        "dump-111122223333/nat-eu-west-1.json", "eu-west-1/111122223333/x.json"}) {
    const Decoded decoded = decode_documents({{path, text}});
    EXPECT_EQ(place_of(row<NatGateway>(decoded, "nat-1").owned), "111122223333/eu-west-1") << path;
  }
}

TEST(Owners, know_all_shapes_of_regions) {
  const std::string text = R"({"NatGateways": [{"NatGatewayId": "nat-1"}]})";
  const std::pair<std::string, std::string> paths[] = {
      {"us-gov-east-1/x.json", "us-gov-east-1"},
      {"ap-southeast-4/x.json", "ap-southeast-4"},
      {"us-isob-east-1.json", "us-isob-east-1"},
      {"my-app-1/x.json", ""},
      {"prod-east-1/x.json", ""},
      {"dump-eu-central-2-old/x.json", "eu-central-2"},
      {"us-east-1a/x.json", ""},
      {"1234567890123/x.json", ""}};
  for (const auto& [path, region] : paths) {
    const Decoded decoded = decode_documents({{path, text}});
    EXPECT_EQ(row<NatGateway>(decoded, "nat-1").owned.region.text(), region) << path;
  }
}

TEST(Owners, come_from_the_vpc_where_neither_tells) {
  const Decoded decoded = decode_documents(
      {{"a.json", R"({"Vpcs": [{"VpcId": "vpc-1", "OwnerId": "123456789012"},
                              {"VpcId": "vpc-2", "OwnerId": "210987654321"}]})"},
       {"b.json",
        R"({"Subnets": [{"SubnetId": "s-1", "VpcId": "vpc-1", "AvailabilityZone": "eu-west-1a"},
                                 {"SubnetId": "s-2", "VpcId": "vpc-2", "AvailabilityZone": "us-east-1a"}]})"},
       {"c.json", R"({"NatGateways": [{"NatGatewayId": "nat-1", "VpcId": "vpc-1"},
                                     {"NatGatewayId": "nat-2", "VpcId": "vpc-2"}],
                     "EgressOnlyInternetGateways": [{"EgressOnlyInternetGatewayId": "eigw-1",
                         "Attachments": [{"VpcId": "vpc-2", "State": "attached"}]}]})"}});
  EXPECT_EQ(place_of(row<NatGateway>(decoded, "nat-1").owned), "123456789012/eu-west-1");
  EXPECT_EQ(place_of(row<NatGateway>(decoded, "nat-2").owned), "210987654321/us-east-1");
  EXPECT_EQ(place_of(row<EgressOnlyInternetGateway>(decoded, "eigw-1").owned),
            "210987654321/us-east-1");
  EXPECT_EQ(row<Vpc>(decoded, "vpc-2").owned.region.text(), "us-east-1");
}

TEST(Owners, come_from_the_only_account_of_the_source) {
  const Decoded decoded =
      decode_documents({{"a.json", R"({"Subnets": [{"SubnetId": "s-1", "OwnerId": "123456789012",
                                   "AvailabilityZone": "eu-west-1a"}]})"},
                        {"b.json", R"({"VpnConnections": [{"VpnConnectionId": "vpn-1"}]})"}});
  EXPECT_EQ(place_of(row<VpnConnection>(decoded, "vpn-1").owned), "123456789012/eu-west-1");
  EXPECT_THAT(places(decoded), IsEmpty());
}

TEST(Owners, come_from_the_user_last_and_are_asked_for) {
  const std::string text = R"({"VpnConnections": [{"VpnConnectionId": "vpn-1"}]})";
  const Decoded unknown = decode_documents({{"a.json", text}});
  EXPECT_EQ(place_of(row<VpnConnection>(unknown, "vpn-1").owned), "/");
  EXPECT_THAT(places(unknown), ElementsAre("unknown_account a.json#", "unknown_region a.json#"));
  const Decoded told =
      decode_documents({{"a.json", text}}, {.account = AccountId::parse("123456789012").value(),
                                            .region = Region::parse("eu-west-1").value()});
  EXPECT_EQ(place_of(row<VpnConnection>(told, "vpn-1").owned), "123456789012/eu-west-1");
  EXPECT_THAT(places(told), IsEmpty());
}

constexpr std::string_view kVpc =
    R"({"Vpcs": [{"VpcId": "vpc-1", "OwnerId": "123456789012", "CidrBlock": "10.0.0.0/16",)";

TEST(Duplicates, that_are_equal_are_one) {
  const std::string text = std::string(kVpc) + R"("IsDefault": true}]})";
  const Decoded decoded = decode_documents({{kHere + "a.json", text}, {kHere + "b.json", text}});
  EXPECT_THAT(decoded.snapshot.all<Vpc>(), SizeIs(1));
  EXPECT_THAT(places(decoded), IsEmpty());
}

TEST(Duplicates, complete_each_other_and_the_owner_is_believed) {
  const Decoded decoded = decode_documents(
      {{"210987654321/eu-west-1/a.json",
        R"({"Subnets": [{"SubnetId": "subnet-1", "OwnerId": "123456789012", "VpcId": "vpc-1",
             "AvailabilityZone": "eu-west-1c", "AvailabilityZoneId": "euw1-az1",
             "CidrBlock": "10.0.0.0/24"}]})"},
       {"123456789012/eu-west-1/b.json",
        R"({"Subnets": [{"SubnetId": "subnet-1", "OwnerId": "123456789012", "VpcId": "vpc-1",
             "AvailabilityZone": "eu-west-1a", "CidrBlock": "10.0.0.0/24",
             "Tags": [{"Key": "Name", "Value": "shared"}]}]})"}});
  const Subnet& subnet = row<Subnet>(decoded, "subnet-1");
  EXPECT_EQ(subnet.zone, "eu-west-1a");
  EXPECT_EQ(subnet.zone_id, "euw1-az1");
  EXPECT_EQ(subnet.owned.name(), "shared");
  EXPECT_THAT(places(decoded), IsEmpty());
}

TEST(Duplicates, that_contradict_each_other_are_reported_whatever_the_order) {
  const Document first{kHere + "a.json", std::string(kVpc) + R"("IsDefault": true}]})"};
  const Document second{kHere + "b.json", std::string(kVpc) + R"("IsDefault": false}]})"};
  const Decoded one = decode_documents({first, second});
  const Decoded other = decode_documents({second, first});
  EXPECT_EQ(one.diagnostics.sorted(), other.diagnostics.sorted());
  EXPECT_EQ(row<Vpc>(one, "vpc-1"), row<Vpc>(other, "vpc-1"));
  ASSERT_THAT(one.diagnostics.sorted(), SizeIs(1));
  const Diagnostic diagnostic = one.diagnostics.sorted().front();
  EXPECT_EQ(diagnostic.code, "contradiction");
  EXPECT_EQ(diagnostic.resource, "vpc-1");
  EXPECT_THAT(diagnostic.file + diagnostic.message, testing::HasSubstr("a.json"));
  EXPECT_THAT(diagnostic.file + diagnostic.message, testing::HasSubstr("b.json"));
  EXPECT_THAT(gaps(one), ElementsAre("contradiction vpc-1"));
}

TEST(Decode, gives_the_same_whatever_the_order_and_the_threads) {
  std::vector<Document> documents;
  for (int i = 0; i < 30; ++i) {
    const std::string n = std::to_string(i);
    documents.push_back(
        {"f" + n + ".json", R"({"Vpcs": [{"VpcId": "vpc-)" + n +
                                R"(", "OwnerId": 7}, {"VpcId": "vpc-x", "IsDefault": )" +
                                (i % 2 == 0 ? "true" : "false") + "}]}"});
  }
  const Decoded one = decode(documents, {}, 1);
  std::reverse(documents.begin(), documents.end());
  const Decoded other = decode(documents, {}, 4);
  EXPECT_EQ(one.diagnostics.sorted(), other.diagnostics.sorted());
  EXPECT_TRUE(std::ranges::equal(one.snapshot.all<Vpc>(), other.snapshot.all<Vpc>()));
  EXPECT_TRUE(std::ranges::equal(one.snapshot.gaps(), other.snapshot.gaps()));
}

TEST(Decode, of_nothing_is_an_empty_snapshot) {
  const Decoded decoded = decode_documents({});
  EXPECT_EQ(decoded.documents_read, 0U);
  EXPECT_THAT(places(decoded), IsEmpty());
}

}  // namespace

}  // namespace portolan::collect
