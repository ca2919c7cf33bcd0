#include "iam/actions.h"

#include <gtest/gtest.h>

namespace portolan::iam {
namespace {

constexpr std::string_view kGroup = "arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1";

const ActionRow& row(std::string_view action) {
  const ActionRow* found = find_action(action);
  EXPECT_NE(found, nullptr) << action;
  static const ActionRow kNone;
  return found == nullptr ? kNone : *found;
}

bool supports(std::string_view action, std::string_view key) {
  return supports_key(row(action), find_use(row(action), kGroup), key);
}

TEST(Actions, AreFoundWhateverTheirCase) {
  EXPECT_EQ(row("EC2:deletesecuritygroup").name, "ec2:DeleteSecurityGroup");
  EXPECT_EQ(find_action("ec2:DescribeVpcs"), nullptr);
  for (const ActionRow& each : kActions) {
    EXPECT_EQ(find_action(each.name), &each) << each.name;
  }
}

TEST(Actions, NameTheResourcesThatTheyNeed) {
  std::string needed;
  for (const ResourceUse& use : uses_of(row("ec2:ModifySecurityGroupRules"))) {
    if (use.is_required) {
      needed += std::string(type_of(use).name) + ' ';
    }
  }
  EXPECT_EQ(needed, "ec2:security-group ec2:security-group-rule ");
  EXPECT_TRUE(uses_of(row("ec2:ModifyVpcBlockPublicAccessOptions")).empty());
}

TEST(Actions, KeysCountOnlyWhereTheyAreSupported) {
  EXPECT_TRUE(supports("ec2:AuthorizeSecurityGroupIngress", "ec2:vpc"));
  EXPECT_FALSE(supports("ec2:CreateSecurityGroup", "ec2:vpc"));
  EXPECT_TRUE(supports("ec2:CreateSecurityGroup", "aws:requesttag/team"));
  EXPECT_FALSE(supports("ec2:DeleteSecurityGroup", "aws:requesttag/team"));
  EXPECT_TRUE(supports("ec2:DeleteSecurityGroup", "aws:resourcetag/team"));
  EXPECT_TRUE(supports("ec2:DeleteSecurityGroup", "aws:sourceip"));
  EXPECT_TRUE(supports("ec2:DeleteSecurityGroup", "ec2:region"));
}

TEST(Actions, ResourceControlPoliciesKnowNoEc2) {
  EXPECT_TRUE(has_resource_control_policies("s3"));
  EXPECT_FALSE(has_resource_control_policies("ec2"));
}

TEST(Actions, OfAllServicesItIsKnownWhichTakeNoResource) {
  for (const char* action : {"ec2:DescribeInstances", "s3:ListAllMyBuckets", "IAM:listusers",
                             "ec2:ModifyVpcBlockPublicAccessOptions", "sts:GetCallerIdentity"}) {
    EXPECT_TRUE(takes_no_resource(action)) << action;
  }
  for (const char* action :
       {"s3:GetObject", "iam:GetUser", "sqs:SendMessage", "none:Such", "ec2:DeleteSecurityGroup"}) {
    EXPECT_FALSE(takes_no_resource(action)) << action;
  }
}

}  // namespace
}  // namespace portolan::iam
