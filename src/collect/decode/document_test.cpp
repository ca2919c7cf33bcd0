#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/test_documents.h"

namespace portolan::collect {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<std::string> vpcs(const Decoded& decoded) {
  std::vector<std::string> ids;
  for (const Vpc& vpc : decoded.snapshot.all<Vpc>()) {
    ids.push_back(vpc.id.text());
  }
  return ids;
}

TEST(Document, may_hold_several_kinds) {
  const Decoded decoded = decode_text(R"({"Vpcs": [{"VpcId": "vpc-1"}], "Unknown": {"a": [1]},
                      "Subnets": [{"SubnetId": "subnet-1"}], "NextToken": null})");
  EXPECT_THAT(vpcs(decoded), ElementsAre("vpc-1"));
  EXPECT_THAT(decoded.snapshot.all<Subnet>(), SizeIs(1));
  EXPECT_EQ(decoded.documents_read, 1U);
  EXPECT_EQ(decoded.resources_read, 2U);
}

TEST(Document, may_be_an_array_of_answers) {
  EXPECT_THAT(vpcs(decode_text(R"([{"Vpcs": [{"VpcId": "vpc-1"}]}, {"Vpcs": [{"VpcId": "vpc-2"}]},
                                   "text", [1]])")),
              ElementsAre("vpc-1", "vpc-2"));
}

TEST(Document, may_be_several_answers_one_after_the_other) {
  EXPECT_THAT(vpcs(decode_text("{\"Vpcs\":[{\"VpcId\":\"vpc-1\"}]}\n"
                               "{\"Vpcs\":[{\"VpcId\":\"vpc-2\"}]}{\"Vpcs\":[]}")),
              ElementsAre("vpc-1", "vpc-2"));
}

TEST(Document, that_breaks_off_keeps_what_was_whole) {
  const Decoded decoded =
      decode_text(R"({"Vpcs": [{"VpcId": "vpc-1"}, {"VpcId": "vpc-2", "CidrBlock": "10.0.)");
  EXPECT_THAT(vpcs(decoded), IsEmpty());  // one window: its first fault is seen before its tokens
  EXPECT_THAT(places(decoded), ElementsAre("truncated_json a.json#"));
  const Decoded cut = decode_text(R"({"Vpcs": [{"VpcId": "vpc-1"}, {"VpcId": "vpc-2", "Tags": [)");
  EXPECT_THAT(vpcs(cut), ElementsAre("vpc-1"));
  EXPECT_THAT(places(cut), ElementsAre("truncated_json a.json#/Vpcs/1/Tags/0"));
  EXPECT_THAT(gaps(cut), ElementsAre("document_incomplete " + kHere + "a.json"));
  EXPECT_FALSE(cut.snapshot.coverage().has_any(Noun::Vpcs));
}

TEST(Document, that_is_not_json_is_reported_with_its_place) {
  const Decoded decoded = decode_documents({
      {"a.json", "An error occurred (AccessDenied)"},
      {"b.json", R"({"Vpcs": [{"VpcId" "vpc-1"}]})"},
      {"c.json", ""},
      {"d.json", "\xff\xfe{\"a\"}"},
  });
  EXPECT_THAT(places(decoded), ElementsAre("not_json a.json#", "not_json b.json#/Vpcs/0/VpcId",
                                           "empty_document c.json#", "not_utf8 d.json#"));
  EXPECT_EQ(decoded.documents_read, 0U);
}

TEST(Document, that_is_hostile_is_refused_quickly) {
  const std::string deep(16 << 20, '[');
  EXPECT_THAT(places(decode_documents({{"a.json", deep}})), SizeIs(1));
  const Decoded nested = decode_documents({{"a.json", R"({"Vpcs": )" + deep}});
  EXPECT_TRUE(nested.diagnostics.has("too_deep"));
  std::string many = R"({"Vpcs": [)";
  for (int i = 0; i < 100'000; ++i) {
    many += "1,";
  }
  const Decoded decoded = decode_documents({{"a.json", many + "1]}"}});
  EXPECT_EQ(decoded.diagnostics.errors(), 0U);  // nothing in it is a VPC: not ours
  const Decoded routes =
      decode_documents({{"a.json", R"({"RouteTables": [)" + many.substr(10) + "1]}"}});
  EXPECT_EQ(routes.diagnostics.errors(), 100'001U);
  EXPECT_LT(routes.diagnostics.sorted().size(), 30U);
}

TEST(Document, have_a_digest_that_tells_them_apart) {
  const Document a{.path = "a.json", .bytes = R"({"Vpcs": []})"};
  const Document b{.path = "b.json", .bytes = R"({"Vpcs": [{"VpcId": "vpc-1"}]})"};
  const auto digest = [](std::vector<Document> documents) {
    return decode_documents(std::move(documents)).digest;
  };
  EXPECT_EQ(digest({a, b}), digest({b, a})) << "in any order";
  EXPECT_NE(digest({a, b}), digest({a}));
  EXPECT_NE(digest({a, b}), digest({a, {b.path, b.bytes + " "}}));
  EXPECT_NE(digest({a, b}), digest({a, {"c.json", b.bytes}}));
}

TEST(Document, with_a_page_missing_is_no_coverage) {
  const std::string first = R"({"Vpcs": [{"VpcId": "vpc-1"}], "NextToken": "more"})";
  const Decoded lone = decode_text(first);
  EXPECT_FALSE(lone.snapshot.coverage().has_any(Noun::Vpcs));
  EXPECT_THAT(places(lone), ElementsAre("pages_missing a.json#"));
  EXPECT_THAT(gaps(lone), ElementsAre("pages_missing ec2 describe-vpcs"));
  const Decoded both =
      decode_documents({{kHere + "a.json", first},
                        {kHere + "b.json", R"({"Vpcs": [{"VpcId": "vpc-2"}], "NextToken": ""})"}});
  EXPECT_TRUE(both.snapshot.coverage().has_any(Noun::Vpcs));
  EXPECT_THAT(vpcs(both), ElementsAre("vpc-1", "vpc-2"));
}

TEST(Document, that_is_empty_of_resources_is_coverage) {
  const Decoded decoded = decode_text(R"({"NetworkAcls": [], "TransitGatewayStaticRoutes": []})");
  const auto& coverage = decoded.snapshot.coverage();
  const auto account = AccountId::parse("123456789012").value();
  EXPECT_TRUE(coverage.has(Noun::NetworkAcls, account, Region::parse("eu-west-1").value()));
  EXPECT_FALSE(coverage.has(Noun::NetworkAcls, account, Region::parse("eu-west-2").value()));
  EXPECT_TRUE(coverage.has_any(Noun::TransitGatewayRoutes));
  EXPECT_FALSE(coverage.has_any(Noun::Vpcs));
}

TEST(Mentions, are_found_in_every_document_but_those_of_groups_and_interfaces) {
  const Decoded decoded = decode_text(R"({
      "SecurityGroups": [{"GroupId": "sg-11111111", "IpPermissions": [{"IpProtocol": "-1",
          "UserIdGroupPairs": [{"GroupId": "sg-22222222"}]}]}],
      "NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "Groups": [{"GroupId": "sg-33333333"}]}],
      "Tags": [{"ResourceId": "sg-44444444"}],
      "Functions": [{"VpcConfig": {"SecurityGroupIds": ["sg-0123456789abcdef0", "sg-55555555"]}}],
      "VpcEndpoints": [{"VpcEndpointId": "vpce-1", "Groups": [{"GroupId": "sg-66666666"}]}],
      "Policy": "arn:aws:ec2:eu-west-1:123456789012:security-group/sg-77777777",
      "Not": ["my-sg-88888888", "sg-8888888", "sg-88888888x", "sg-xyz"]})");
  std::vector<std::string> found;
  for (const GroupMention& mention : decoded.snapshot.mentions()) {
    found.push_back(mention.group.text() + ' ' + mention.pointer);
    EXPECT_EQ(mention.file, kHere + "a.json");
  }
  EXPECT_THAT(found,
              ElementsAre("sg-0123456789abcdef0 /Functions/0/VpcConfig/SecurityGroupIds/0",
                          "sg-55555555 /Functions/0/VpcConfig/SecurityGroupIds/1",
                          "sg-66666666 /VpcEndpoints/0/Groups/0/GroupId", "sg-77777777 /Policy"));
}

TEST(Mentions, are_found_where_a_known_name_holds_something_else) {
  const Decoded decoded = decode_text(R"({"SecurityGroups": ["sg-11111111"]})");
  ASSERT_THAT(decoded.snapshot.mentions(), SizeIs(1));
  EXPECT_EQ(decoded.snapshot.mentions()[0].pointer, "/SecurityGroups/0");
  EXPECT_THAT(places(decoded), IsEmpty());
}

}  // namespace

}  // namespace portolan::collect
