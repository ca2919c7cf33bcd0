#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/test_documents.h"

namespace portolan::collect {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string kAcl = "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/guard/a1-b2";
const std::string kBalancer =
    "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/1234";
const AccountId kAccount = AccountId::parse("123456789012").value();
const Region kRegion = Region::parse("eu-west-1").value();

std::string acls() {
  return R"({"WebACLs": [{"Name": "guard", "Id": "a1-b2", "ARN": ")" + kAcl + R"("}]})";
}

TEST(WebAcls, know_what_they_protect) {
  const Decoded decoded = decode_documents(
      {{kHere + "acls.json", acls()},
       {kHere + "resources-a1-b2.json", R"({"ResourceArns": [")" + kBalancer + R"("]})"}});
  EXPECT_THAT(*row<WebAcl>(decoded, kAcl).resources, ElementsAre(kBalancer));
  EXPECT_TRUE(decoded.snapshot.coverage().has(Noun::WebAcls, kAccount, kRegion));
}

TEST(WebAcls, may_stand_beside_what_they_protect) {
  const Decoded decoded = decode_documents(
      {{kHere + "acls.json", acls()},
       {kHere + "resources.json",
        R"([{"WebACLArn": ")" + kAcl + R"(", "ResourceArns": [")" + kBalancer + R"("]}])"}});
  EXPECT_THAT(*row<WebAcl>(decoded, kAcl).resources, ElementsAre(kBalancer));
}

TEST(WebAcls, of_other_kinds_of_resource_tell_nothing_of_balancers) {
  const Decoded decoded = decode_documents(
      {{kHere + "acls.json", acls()},
       {kHere + "resources-a1-b2.json",
        R"({"ResourceArns": ["arn:aws:apigateway:eu-west-1::/restapis/x/stages/prod"]})"}});
  EXPECT_FALSE(row<WebAcl>(decoded, kAcl).resources);
}

TEST(WebAcls, of_cloudfront_and_of_waf_classic_are_not_those_of_the_region) {
  const Decoded decoded =
      decode_documents({{kHere + "a.json",
                         R"({"WebACLs": [{"Name": "cdn", "ARN":
            "arn:aws:wafv2:us-east-1:123456789012:global/webacl/cdn/c3"}]})"},
                        {kHere + "b.json", R"({"WebACLs": [{"WebACLId": "d4", "Name": "old"}]})"}});
  EXPECT_EQ(decoded.snapshot.all<WebAcl>().size(), 0U);
  EXPECT_FALSE(decoded.snapshot.coverage().has_any(Noun::WebAcls));
}

TEST(RedshiftClusters, get_an_arn) {
  const Decoded decoded = decode_text(R"({"Clusters": [{"ClusterIdentifier": "dw",
      "ClusterNamespaceArn": "arn:aws:redshift:eu-west-1:123456789012:namespace:x",
      "Endpoint": {"Address": "dw.example", "Port": 5439}, "VpcId": "vpc-1",
      "PubliclyAccessible": true, "VpcSecurityGroups": [{"VpcSecurityGroupId": "sg-1"}]}]})");
  const DbInstance& row_of =
      row<DbInstance>(decoded, "arn:aws:redshift:eu-west-1:123456789012:cluster:dw");
  EXPECT_EQ(row_of.engine, "redshift");
  EXPECT_EQ(row_of.port, 5439);
  EXPECT_TRUE(row_of.is_publicly_accessible);
  EXPECT_THAT(row_of.groups, ElementsAre(SecurityGroupId{"sg-1"}));
}

TEST(EcsServices, count_what_their_task_sets_do) {
  const std::string arn = "arn:aws:ecs:eu-west-1:123456789012:service/main/shop";
  const Decoded decoded = decode_text(R"({"services": [{"serviceName": "shop", "serviceArn": ")" +
                                      arn + R"(", "tags": [{"key": "env", "value": "prod"}],
      "taskSets": [{"networkConfiguration": {"awsvpcConfiguration": {
          "assignPublicIp": "ENABLED"}}}]}], "failures": []})");
  const EcsService& shop = row<EcsService>(decoded, arn);
  EXPECT_TRUE(shop.has_network);
  EXPECT_TRUE(shop.assigns_public_address);
  EXPECT_EQ(shop.owned.tag("env"), "prod");
}

TEST(EksNodeGroups, without_any_cluster_there_are_none) {
  const Decoded decoded = decode_documents({{kHere + "clusters.json", R"({"clusters": []})"}});
  EXPECT_TRUE(decoded.snapshot.coverage().has_any(Noun::EksNodeGroups));
  const Decoded some = decode_documents({{kHere + "clusters.json", R"({"clusters": ["main"]})"}});
  EXPECT_FALSE(some.snapshot.coverage().has_any(Noun::EksNodeGroups));
}

TEST(ClientVpnEndpoints, are_joined_with_their_authorization_rules) {
  const Decoded decoded =
      decode_documents({{kHere + "a.json", R"({"ClientVpnEndpoints": [
           {"ClientVpnEndpointId": "cvpn-endpoint-1", "VpcId": "vpc-1",
            "ConnectionLogOptions": {"Enabled": true}},
           {"ClientVpnEndpointId": "cvpn-endpoint-2"}]})"},
                        {kHere + "b.json", R"({"AuthorizationRules": [
           {"ClientVpnEndpointId": "cvpn-endpoint-1", "AccessAll": true, "GroupId": "",
            "DestinationCidr": "0.0.0.0/0", "Status": {"Code": "active"}},
           {"ClientVpnEndpointId": "cvpn-endpoint-1", "AccessAll": true,
            "DestinationCidr": "10.0.0.0/8", "Status": {"Code": "revoking"}}]})"},
                        {kHere + "rules-cvpn-endpoint-2.json", R"({"AuthorizationRules": []})"}});
  const ClientVpnEndpoint& first = row<ClientVpnEndpoint>(decoded, "cvpn-endpoint-1");
  EXPECT_EQ(first.logs_connections, true);
  EXPECT_THAT(*first.authorizations, ElementsAre(VpnAuthorization{
                                         .cidr = "0.0.0.0/0", .group = "", .is_everybody = true}));
  EXPECT_THAT(*row<ClientVpnEndpoint>(decoded, "cvpn-endpoint-2").authorizations, IsEmpty());
}

TEST(ElasticIps, are_used_where_a_service_keeps_them) {
  const Decoded decoded = decode_text(R"({"Addresses": [
      {"AllocationId": "eipalloc-1", "PublicIp": "198.51.100.1"},
      {"AllocationId": "eipalloc-2", "PublicIp": "198.51.100.2", "AssociationId": "eipassoc-1"},
      {"AllocationId": "eipalloc-3", "PublicIp": "198.51.100.3", "ServiceManaged": "alb"}]})");
  EXPECT_FALSE(row<ElasticIp>(decoded, "eipalloc-1").is_used);
  EXPECT_TRUE(row<ElasticIp>(decoded, "eipalloc-2").is_used);
  EXPECT_TRUE(row<ElasticIp>(decoded, "eipalloc-3").is_used);
}

}  // namespace

}  // namespace portolan::collect
