#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/test_documents.h"

namespace portolan::collect {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(LaunchTemplates, are_joined_with_their_versions) {
  const Decoded decoded = decode_documents({{kHere + "a.json", R"({"LaunchTemplates": [
      {"LaunchTemplateId": "lt-1", "LaunchTemplateName": "fleet", "DefaultVersionNumber": 1,
       "LatestVersionNumber": 3, "Tags": [{"Key": "env", "Value": "prod"}]}]})"},
                                            {kHere + "b.json", R"({"LaunchTemplateVersions": [
      {"LaunchTemplateId": "lt-1", "VersionNumber": 3, "DefaultVersion": false,
       "LaunchTemplateData": {"MetadataOptions": {"HttpTokens": "required"},
           "NetworkInterfaces": [{"AssociatePublicIpAddress": false, "Groups": ["sg-2", "sg-1"]},
                                 {"AssociatePublicIpAddress": true, "Groups": ["sg-1"]}]}},
      {"LaunchTemplateId": "lt-1", "VersionNumber": 1, "DefaultVersion": true,
       "LaunchTemplateData": {"SecurityGroupIds": ["sg-3"]}},
      {"LaunchTemplateId": "lt-2", "LaunchTemplateName": "lone", "VersionNumber": 1}]})"}});
  const LaunchTemplate& fleet = row<LaunchTemplate>(decoded, "lt-1");
  EXPECT_EQ(fleet.template_name, "fleet");
  EXPECT_EQ(fleet.latest, 3);
  ASSERT_THAT(fleet.versions, SizeIs(2));
  EXPECT_TRUE(fleet.versions[0].is_default);
  EXPECT_EQ(fleet.versions[0].has_public_address, std::nullopt);
  EXPECT_EQ(fleet.versions[0].metadata.tokens_required, std::nullopt);
  EXPECT_THAT(fleet.versions[0].groups, ElementsAre(SecurityGroupId{"sg-3"}));
  EXPECT_EQ(fleet.versions[1].has_public_address, true);
  EXPECT_EQ(fleet.versions[1].metadata.tokens_required, true);
  EXPECT_THAT(fleet.versions[1].groups,
              ElementsAre(SecurityGroupId{"sg-1"}, SecurityGroupId{"sg-2"}));
  EXPECT_EQ(row<LaunchTemplate>(decoded, "lt-2").template_name, "lone");
  EXPECT_THAT(places(decoded), IsEmpty());
}

TEST(LaunchConfigurations, are_templates_of_one_version) {
  const std::string arn =
      "arn:aws:autoscaling:eu-west-1:123456789012:launchConfiguration:x:launchConfigurationName/c";
  const Decoded decoded = decode_text(R"({"LaunchConfigurations": [{"LaunchConfigurationName": "c",
      "LaunchConfigurationARN": ")" + arn +
                                      R"(", "SecurityGroups": ["sg-1"],
      "AssociatePublicIpAddress": true, "MetadataOptions": {"HttpTokens": "optional"}}]})");
  const LaunchTemplate& row_of = row<LaunchTemplate>(decoded, arn);
  EXPECT_TRUE(row_of.is_configuration);
  ASSERT_THAT(row_of.versions, SizeIs(1));
  EXPECT_TRUE(row_of.versions[0].is_default);
  EXPECT_EQ(row_of.versions[0].has_public_address, true);
  EXPECT_EQ(row_of.versions[0].metadata.tokens_required, false);
}

TEST(AutoScalingGroups, name_all_templates_that_they_start_from) {
  const std::string arn =
      "arn:aws:autoscaling:eu-west-1:123456789012:autoScalingGroup:x:autoScalingGroupName/g";
  const Decoded decoded = decode_text(R"({"AutoScalingGroups": [{"AutoScalingGroupName": "g",
      "AutoScalingGroupARN": ")" + arn +
                                      R"(", "MixedInstancesPolicy": {"LaunchTemplate": {
          "LaunchTemplateSpecification": {"LaunchTemplateId": "lt-1", "Version": "$Latest"},
          "Overrides": [{"InstanceType": "c7g.large",
                         "LaunchTemplateSpecification": {"LaunchTemplateId": "lt-2"}}]}}}]})");
  EXPECT_THAT(row<AutoScalingGroup>(decoded, arn).launches,
              ElementsAre(LaunchUse{.id = "lt-1", .name = "", .version = "$Latest"},
                          LaunchUse{.id = "lt-2", .name = "", .version = ""}));
}

TEST(MetadataDefaults, have_the_id_of_their_place) {
  const Decoded decoded = decode_text(R"({"AccountLevel": {"HttpTokens": "required"}})");
  const auto all = decoded.snapshot.all<MetadataDefaults>();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all.begin()->options.tokens_required, true);
  EXPECT_EQ(all.begin()->id.value,
            all.begin()->owned.account.text() + '/' + all.begin()->owned.region.text());
}

}  // namespace

}  // namespace portolan::collect
