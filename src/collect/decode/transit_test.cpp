#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/test_documents.h"

namespace portolan::collect {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view kTransit = R"({
    "TransitGateways": [{"TransitGatewayId": "tgw-1", "OwnerId": "123456789012",
        "TransitGatewayArn": "arn:aws:ec2:eu-west-1:123456789012:transit-gateway/tgw-1",
        "State": "available", "Options": {"SecurityGroupReferencingSupport": "enable"}}],
    "TransitGatewayRouteTables": [{"TransitGatewayRouteTableId": "tgw-rtb-1",
        "TransitGatewayId": "tgw-1"}],
    "TransitGatewayAttachments": [
        {"TransitGatewayAttachmentId": "tgw-attach-1", "TransitGatewayId": "tgw-1",
         "ResourceOwnerId": "210987654321", "ResourceType": "vpc", "ResourceId": "vpc-1",
         "State": "available", "Association": {"TransitGatewayRouteTableId": "tgw-rtb-1",
                                               "State": "associated"}},
        {"TransitGatewayAttachmentId": "tgw-attach-2", "TransitGatewayId": "tgw-1",
         "ResourceOwnerId": "210987654321", "ResourceType": "peering", "ResourceId": "tgw-2",
         "State": "available"}],
    "TransitGatewayVpcAttachments": [{"TransitGatewayAttachmentId": "tgw-attach-1",
        "TransitGatewayId": "tgw-1", "VpcId": "vpc-1", "VpcOwnerId": "210987654321",
        "State": "available", "SubnetIds": ["subnet-1"],
        "Options": {"ApplianceModeSupport": "enable", "SecurityGroupReferencingSupport": "disable"}}],
    "TransitGatewayPeeringAttachments": [{"TransitGatewayAttachmentId": "tgw-attach-2",
        "RequesterTgwInfo": {"TransitGatewayId": "tgw-1", "OwnerId": "123456789012", "Region": "eu-west-1"},
        "AccepterTgwInfo": {"TransitGatewayId": "tgw-2", "OwnerId": "210987654321", "Region": "us-east-1"},
        "State": "available"}]})";

TEST(TransitGateways, reference_groups_if_the_option_says_so) {
  const Decoded decoded = decode_text(std::string(kTransit));
  EXPECT_TRUE(row<TransitGateway>(decoded, "tgw-1").references_security_groups);
  EXPECT_TRUE(row<TransitGateway>(decoded, "tgw-1").is_available);
  EXPECT_THAT(places(decoded), IsEmpty());
}

TEST(TransitGatewayAttachments, are_joined_from_the_calls_that_tell_a_part) {
  const Decoded decoded = decode_text(std::string(kTransit));
  const auto& attachment = row<TransitGatewayAttachment>(decoded, "tgw-attach-1");
  EXPECT_EQ(attachment.kind, AttachmentKind::Vpc);
  EXPECT_EQ(attachment.resource, "vpc-1");
  EXPECT_EQ(attachment.owned.account.text(), "210987654321");
  EXPECT_EQ(attachment.route_table.text(), "tgw-rtb-1");
  ASSERT_TRUE(attachment.subnets);
  EXPECT_THAT(*attachment.subnets, ElementsAre(SubnetId{"subnet-1"}));
  EXPECT_TRUE(attachment.is_appliance_mode);
  EXPECT_EQ(attachment.references_security_groups, false);
}

TEST(TransitGatewayAttachments, of_a_peering_belong_to_one_gateway_each) {
  const Decoded decoded = decode_text(std::string(kTransit));
  const auto& here = row<TransitGatewayAttachment>(decoded, "tgw-attach-2@tgw-1");
  EXPECT_EQ(here.kind, AttachmentKind::Peering);
  EXPECT_EQ(here.resource, "tgw-2");
  EXPECT_EQ(here.attachment_text(), "tgw-attach-2");
  const auto& there = row<TransitGatewayAttachment>(decoded, "tgw-attach-2@tgw-2");
  EXPECT_EQ(there.resource, "tgw-1");
  EXPECT_EQ(there.owned.region.text(), "us-east-1");
}

TEST(TransitGatewayRoutes, know_their_table_by_what_stands_beside_them) {
  const Decoded decoded = decode_text(R"({"TransitGatewayRouteTableId": "tgw-rtb-1", "Routes": [
      {"DestinationCidrBlock": "10.1.0.0/16", "Type": "static", "State": "active",
       "TransitGatewayAttachments": [{"TransitGatewayAttachmentId": "tgw-attach-1",
                                      "ResourceType": "vpc", "ResourceId": "vpc-1"}]},
      {"DestinationCidrBlock": "10.2.0.0/16", "Type": "propagated", "State": "active"},
      {"DestinationCidrBlock": "10.3.0.0/16", "Type": "static", "State": "blackhole"},
      {"DestinationCidrBlock": "10.4.0.0/16", "Type": "static", "State": "deleted"}],
      "AdditionalRoutesAvailable": true})");
  const auto& table = row<TransitGatewayRouteTable>(decoded, "tgw-rtb-1");
  ASSERT_TRUE(table.routes);
  ASSERT_THAT(*table.routes, SizeIs(3));
  EXPECT_THAT((*table.routes)[0].attachments, ElementsAre("tgw-attach-1"));
  EXPECT_EQ((*table.routes)[0].kind, AttachmentKind::Vpc);
  EXPECT_FALSE((*table.routes)[1].is_static);
  EXPECT_TRUE((*table.routes)[2].is_blackhole);
  EXPECT_TRUE(table.routes_include_propagated);
  EXPECT_TRUE(table.has_more_routes);
  EXPECT_FALSE(table.propagations);
}

TEST(TransitGatewayRoutes, know_their_table_by_the_path) {
  const Decoded decoded = decode_documents(
      {{kHere + "tables.json",
        R"({"TransitGatewayRouteTables": [{"TransitGatewayRouteTableId": "tgw-rtb-1"},
                                          {"TransitGatewayRouteTableId": "tgw-rtb-2"}]})"},
       {kHere + "routes_tgw-rtb-2.json", R"({"Routes": []})"},
       {kHere + "tgw-rtb-1/propagations.json",
        R"({"TransitGatewayRouteTablePropagations": [
            {"TransitGatewayAttachmentId": "tgw-attach-1", "State": "enabled"},
            {"TransitGatewayAttachmentId": "tgw-attach-2", "State": "disabled"}]})"}});
  EXPECT_TRUE(row<TransitGatewayRouteTable>(decoded, "tgw-rtb-2").routes);
  EXPECT_FALSE(row<TransitGatewayRouteTable>(decoded, "tgw-rtb-1").routes);
  const auto& propagations = row<TransitGatewayRouteTable>(decoded, "tgw-rtb-1").propagations;
  ASSERT_TRUE(propagations);
  EXPECT_THAT(*propagations, ElementsAre("tgw-attach-1"));
  EXPECT_THAT(places(decoded), IsEmpty());
}

TEST(TransitGatewayRoutes, of_an_unknown_table_are_reported) {
  const Decoded decoded = decode_documents(
      {{kHere + "a.json",
        R"({"TransitGatewayRouteTables": [{"TransitGatewayRouteTableId": "tgw-rtb-1"},
                                          {"TransitGatewayRouteTableId": "tgw-rtb-2"}]})"},
       {kHere + "b.json", R"({"Routes": []})"}});
  EXPECT_THAT(places(decoded), ElementsAre("unattributed_document b.json#"));
  EXPECT_THAT(gaps(decoded), ElementsAre("unattributed_document " + kHere + "b.json"));
}

TEST(TransitGatewayRoutes, that_other_services_print_are_theirs) {
  const Decoded decoded = decode_text(
      R"({"Routes": [{"ClientVpnEndpointId": "cvpn-1", "DestinationCidr": "10.0.0.0/8"}]})");
  EXPECT_THAT(places(decoded), IsEmpty());
  EXPECT_EQ(decoded.documents_read, 0U);
}

TEST(TransitGatewayRouteTables, read_wrappers_of_several_answers) {
  const Decoded decoded = decode_text(R"({
      "TransitGatewayStaticRoutes": [{"TransitGatewayRouteTableId": "tgw-rtb-1", "Routes": [
          {"DestinationCidrBlock": "10.2.0.0/16", "State": "active", "Type": "static"}]}],
      "TransitGatewayPropagations": [{"TransitGatewayRouteTableId": "tgw-rtb-1",
          "TransitGatewayRouteTablePropagations": [
              {"TransitGatewayAttachmentId": "tgw-attach-1", "State": "enabled"}]}]})");
  const auto& table = row<TransitGatewayRouteTable>(decoded, "tgw-rtb-1");
  ASSERT_TRUE(table.routes && table.propagations);
  EXPECT_THAT(*table.routes, SizeIs(1));
  EXPECT_FALSE(table.routes_include_propagated);
  EXPECT_THAT(*table.propagations, ElementsAre("tgw-attach-1"));
}

TEST(TransitGatewayRouteTables, take_associations_that_attachments_do_not_tell) {
  const Decoded decoded = decode_text(R"({
      "TransitGatewayRouteTableId": "tgw-rtb-1",
      "Associations": [{"TransitGatewayAttachmentId": "tgw-attach-1", "State": "associated"}],
      "TransitGatewayRouteTables": [{"TransitGatewayRouteTableId": "tgw-rtb-1",
                                     "TransitGatewayId": "tgw-1"}],
      "TransitGatewayVpcAttachments": [{"TransitGatewayAttachmentId": "tgw-attach-1",
                                        "TransitGatewayId": "tgw-1", "VpcId": "vpc-1"}]})");
  EXPECT_EQ(row<TransitGatewayAttachment>(decoded, "tgw-attach-1").route_table.text(), "tgw-rtb-1");
}

TEST(TransitGatewayRouteTables, expand_prefix_list_references) {
  const std::string text = R"({
      "TransitGatewayRouteTableId": "tgw-rtb-1", "Routes": [],
      "TransitGatewayPrefixListReferences": [{"TransitGatewayRouteTableId": "tgw-rtb-1",
          "PrefixListId": "pl-1", "State": "available", "Blackhole": false,
          "TransitGatewayAttachment": {"TransitGatewayAttachmentId": "tgw-attach-1",
                                       "ResourceType": "vpc"}}])";
  const Decoded known = decode_text(text + R"(, "PrefixListId": "pl-1",
      "Entries": [{"Cidr": "10.0.0.0/8"}, {"Cidr": "11.0.0.0/8"}]})");
  const auto& table = row<TransitGatewayRouteTable>(known, "tgw-rtb-1");
  ASSERT_TRUE(table.routes);
  ASSERT_THAT(*table.routes, SizeIs(2));
  EXPECT_EQ((*table.routes)[0].prefix_list.text(), "pl-1");
  EXPECT_THAT((*table.routes)[0].attachments, ElementsAre("tgw-attach-1"));
  const Decoded unknown = decode_text(text + "}");
  EXPECT_TRUE(row<TransitGatewayRouteTable>(unknown, "tgw-rtb-1").has_more_routes);
  EXPECT_THAT(gaps(unknown), ElementsAre("prefix_list_entries_missing pl-1"));
}

}  // namespace

}  // namespace portolan::collect
