#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/test_documents.h"

namespace portolan::collect {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view kInterface = R"({"NetworkInterfaces": [{
    "NetworkInterfaceId": "eni-1", "OwnerId": "123456789012", "VpcId": "vpc-1",
    "SubnetId": "subnet-1", "AvailabilityZone": "eu-west-1a", "Description": "main",
    "InterfaceType": "interface", "RequesterId": "x", "Status": "in-use", "SourceDestCheck": false,
    "Association": {"PublicIp": "198.51.100.7", "CarrierIp": "192.0.2.1"},
    "Attachment": {"InstanceId": "i-1", "InstanceOwnerId": "123456789012"},
    "Groups": [{"GroupId": "sg-2"}, {"GroupId": "sg-1", "GroupName": "web"}],
    "PrivateIpAddress": "10.0.0.5",
    "PrivateIpAddresses": [
        {"PrivateIpAddress": "10.0.0.4", "Primary": false,
         "Association": {"PublicIp": "198.51.100.8"}},
        {"PrivateIpAddress": "10.0.0.5", "Primary": true}],
    "Ipv6Addresses": [{"Ipv6Address": "2001:db8::1"}],
    "Ipv4Prefixes": [{"Ipv4Prefix": "10.0.0.16/28"}],
    "Ipv6Prefixes": [{"Ipv6Prefix": "2001:db8:0:1::/80"}],
    "TagSet": [{"Key": "Name", "Value": "nic"}]}]})";

TEST(NetworkInterfaces, are_read_whole) {
  const Decoded decoded = decode_text(std::string(kInterface));
  const NetworkInterface& eni = row<NetworkInterface>(decoded, "eni-1");
  ASSERT_THAT(eni.addresses, SizeIs(2));
  EXPECT_TRUE(eni.addresses[0].is_primary);
  EXPECT_EQ(eni.addresses[0].private_ip.text(), "10.0.0.5");
  EXPECT_EQ(eni.addresses[0].public_ip->text(), "198.51.100.7");
  EXPECT_EQ(eni.addresses[1].public_ip->text(), "198.51.100.8");
  EXPECT_THAT(eni.ipv6, ElementsAre(IpAddress::parse("2001:db8::1").value()));
  EXPECT_THAT(eni.delegated, SizeIs(2));
  EXPECT_THAT(eni.groups, ElementsAre(SecurityGroupId{"sg-1"}, SecurityGroupId{"sg-2"}));
  EXPECT_EQ(eni.instance.text(), "i-1");
  EXPECT_EQ(eni.instance_owner.text(), "123456789012");
  EXPECT_EQ(eni.owned.region.text(), "eu-west-1");
  EXPECT_EQ(eni.owned.name(), "nic");
  EXPECT_FALSE(eni.checks_source_dest);
  EXPECT_THAT(places(decoded), IsEmpty());
}

TEST(NetworkInterfaces, ignore_carrier_addresses) {
  const Decoded decoded = decode_text(R"({"NetworkInterfaces": [{"NetworkInterfaceId": "eni-1",
      "PrivateIpAddress": "10.0.0.5", "Association": {"CarrierIp": "192.0.2.1"}}]})");
  const auto& addresses = row<NetworkInterface>(decoded, "eni-1").addresses;
  ASSERT_THAT(addresses, SizeIs(1));
  EXPECT_FALSE(addresses[0].public_ip);
}

TEST(Addresses, give_interfaces_their_public_address) {
  const Decoded decoded = decode_text(R"({
      "NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "PrivateIpAddress": "10.0.0.5",
          "PrivateIpAddresses": [{"PrivateIpAddress": "10.0.0.5", "Primary": true},
                                 {"PrivateIpAddress": "10.0.0.6", "Primary": false}]}],
      "Reservations": [{"Instances": [{"InstanceId": "i-1",
          "NetworkInterfaces": [{"NetworkInterfaceId": "eni-1"}]}]}],
      "Addresses": [
          {"PublicIp": "198.51.100.7", "NetworkInterfaceId": "eni-1", "PrivateIpAddress": "10.0.0.6"},
          {"PublicIp": "198.51.100.8", "InstanceId": "i-1", "PrivateIpAddress": "10.0.0.5"},
          {"PublicIp": "198.51.100.9", "InstanceId": ""}]})");
  const auto& addresses = row<NetworkInterface>(decoded, "eni-1").addresses;
  ASSERT_THAT(addresses, SizeIs(2));
  EXPECT_EQ(addresses[0].public_ip->text(), "198.51.100.8");
  EXPECT_EQ(addresses[1].public_ip->text(), "198.51.100.7");
  EXPECT_THAT(places(decoded), IsEmpty());
}

TEST(Addresses, that_differ_are_a_contradiction) {
  const Decoded decoded =
      decode_documents({{kHere + "a.json", std::string(kInterface)},
                        {kHere + "b.json", R"({"Addresses": [{"PublicIp": "203.0.113.1",
           "NetworkInterfaceId": "eni-1", "PrivateIpAddress": "10.0.0.5"}]})"}});
  EXPECT_EQ(row<NetworkInterface>(decoded, "eni-1").addresses[0].public_ip->text(), "198.51.100.7");
  EXPECT_THAT(places(decoded), ElementsAre("contradiction b.json#"));
}

constexpr std::string_view kReservation = R"({"Reservations": [{"Instances": [{
    "InstanceId": "i-1", "ImageId": "ami-1", "VpcId": "vpc-1", "SubnetId": "subnet-1",
    "Placement": {"AvailabilityZone": "eu-west-1b"}, "State": {"Code": 16, "Name": "running"},
    "IamInstanceProfile": {"Arn": "arn:aws:iam::123456789012:instance-profile/web"},
    "MetadataOptions": {"HttpTokens": "optional", "HttpPutResponseHopLimit": 2,
                        "HttpEndpoint": "enabled"},
    "PlatformDetails": "Linux/UNIX",
    "NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "OwnerId": "123456789012",
        "PrivateIpAddress": "10.0.0.5", "Groups": [{"GroupId": "sg-1"}], "VpcId": "vpc-1",
        "SubnetId": "subnet-1", "SourceDestCheck": true, "Status": "in-use",
        "Association": {"PublicIp": "198.51.100.7"}}],
    "Tags": [{"Key": "Name", "Value": "web"}]}], "OwnerId": "123456789012"}]})";

TEST(Instances, are_read_whole) {
  const Decoded decoded = decode_text(std::string(kReservation));
  const Instance& instance = row<Instance>(decoded, "i-1");
  EXPECT_EQ(instance.state, InstanceState::Running);
  EXPECT_EQ(instance.owned.account.text(), "123456789012");
  EXPECT_EQ(instance.owned.name(), "web");
  EXPECT_EQ(instance.platform, "Linux/UNIX");
  EXPECT_EQ(instance.metadata.tokens_required, false);
  EXPECT_EQ(instance.metadata.endpoint_enabled, true);
  EXPECT_EQ(instance.metadata.hop_limit, 2);
  EXPECT_EQ(instance.instance_profile, "arn:aws:iam::123456789012:instance-profile/web");
  EXPECT_THAT(instance.interfaces, ElementsAre(NetworkInterfaceId{"eni-1"}));
}

TEST(Instances, stand_in_for_interfaces_that_were_not_collected) {
  const Decoded decoded = decode_text(std::string(kReservation));
  const NetworkInterface& eni = row<NetworkInterface>(decoded, "eni-1");
  EXPECT_EQ(eni.instance.text(), "i-1");
  EXPECT_EQ(eni.zone, "eu-west-1b");
  EXPECT_EQ(eni.addresses.at(0).public_ip->text(), "198.51.100.7");
  EXPECT_THAT(eni.groups, ElementsAre(SecurityGroupId{"sg-1"}));
  EXPECT_FALSE(decoded.snapshot.coverage().has_any(Noun::NetworkInterfaces));
  EXPECT_THAT(gaps(decoded), ElementsAre("interfaces_from_instances_only 123456789012/eu-west-1"));
}

TEST(Instances, leave_interfaces_to_their_own_document) {
  const Decoded decoded = decode_documents(
      {{kHere + "a.json", std::string(kInterface)}, {kHere + "b.json", std::string(kReservation)}});
  EXPECT_EQ(row<NetworkInterface>(decoded, "eni-1").description, "main");
  EXPECT_THAT(gaps(decoded), IsEmpty());
  EXPECT_THAT(places(decoded), IsEmpty());
}

TEST(Instances, may_stand_without_a_reservation) {
  const Decoded decoded = decode_text(R"({"Instances": [{"InstanceId": "i-1",
      "State": {"Name": "stopped"}, "NetworkInterfaces": []}]})");
  EXPECT_EQ(row<Instance>(decoded, "i-1").state, InstanceState::Stopped);
  EXPECT_TRUE(decoded.snapshot.coverage().has_any(Noun::Instances));
}

TEST(DbInstances, are_read_whole) {
  const Decoded decoded = decode_text(R"({"DBInstances": [{
      "DBInstanceIdentifier": "prod", "Engine": "postgres", "DbInstancePort": 0,
      "Endpoint": {"Address": "x", "Port": 5432}, "PubliclyAccessible": true,
      "VpcSecurityGroups": [{"VpcSecurityGroupId": "sg-1", "Status": "active"}],
      "DBSubnetGroup": {"VpcId": "vpc-1", "Subnets": [{"SubnetIdentifier": "subnet-2"},
                                                      {"SubnetIdentifier": "subnet-1"}]},
      "DBInstanceArn": "arn:aws:rds:eu-central-1:210987654321:db:prod"}]})");
  const DbInstance& db = row<DbInstance>(decoded, "arn:aws:rds:eu-central-1:210987654321:db:prod");
  EXPECT_EQ(db.port, 5432);
  EXPECT_EQ(db.owned.account.text(), "210987654321");
  EXPECT_EQ(db.owned.region.text(), "eu-central-1");
  EXPECT_TRUE(db.is_publicly_accessible);
  EXPECT_THAT(db.subnets, ElementsAre(SubnetId{"subnet-1"}, SubnetId{"subnet-2"}));
  EXPECT_THAT(db.groups, ElementsAre(SecurityGroupId{"sg-1"}));
}

}  // namespace

}  // namespace portolan::collect
