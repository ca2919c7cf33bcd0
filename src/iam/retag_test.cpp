#include "iam/retag.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace portolan::iam {
namespace {

constexpr std::string_view kGroup = "arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1";

/// What opens for ann, who has these statements and the tag Team=blue; the group has Team=red.
std::vector<std::string> opened(std::string_view statements) {
  Diagnostics problems;
  Directory directory;
  Principal ann{.caller = Caller::parse("arn:aws:iam::111122223333:user/ann"),
                .name = "ann",
                .tags = {{"Team", "blue"}}};
  ann.identity = {directory.keep(parse_policy(
      fmt::format(R"({{"Version":"2012-10-17","Statement":[{}]}})", statements), "p", problems))};
  directory.principals = {ann};
  directory.has_no_organization = true;
  std::vector<std::string> all;
  for (const Retagging& each :
       retaggings(directory, 0, security_group(*Arn::parse(kGroup), "vpc-1", {{"Team", "red"}}),
                  {"ec2:DeleteSecurityGroup"})) {
    all.push_back(each.what);
  }
  return all;
}

constexpr std::string_view kDeleteGreen =
    R"({"Effect":"Allow","Action":"ec2:DeleteSecurityGroup","Resource":"*",
        "Condition":{"StringEquals":{"aws:ResourceTag/Team":"green"}}})";
constexpr std::string_view kDeleteOwn =
    R"({"Effect":"Allow","Action":"ec2:DeleteSecurityGroup","Resource":"*",
        "Condition":{"StringEquals":{"aws:ResourceTag/Team":"${aws:PrincipalTag/Team}"}}})";
using Found = std::vector<std::string>;

std::string also(std::string_view statement, std::string_view action,
                 std::string_view condition = "") {
  return fmt::format(R"({},{{"Effect":"Allow","Action":"{}","Resource":"*"{}}})", statement, action,
                     condition.empty() ? "" : fmt::format(R"(,"Condition":{{{}}})", condition));
}

TEST(Retagging, OpensWhatATagOfTheResourceGuards) {
  EXPECT_EQ(opened(also(kDeleteGreen, "ec2:CreateTags")), Found{"sg-1 tagged Team=green"});
  EXPECT_EQ(opened(also(kDeleteOwn, "ec2:CreateTags")), Found{"sg-1 tagged Team=blue"});
}

TEST(Retagging, OpensWhatATagOfThePrincipalGuards) {
  EXPECT_EQ(opened(also(kDeleteOwn, "iam:TagUser")), Found{"ann tagged team=red"});
  EXPECT_EQ(opened(also(R"({"Effect":"Allow","Action":"ec2:*","Resource":"*",
                            "Condition":{"StringLike":{"aws:PrincipalTag/Team":"adm*"}}})",
                        "iam:TagUser")),
            Found{"ann tagged Team=adm"});
}

TEST(Retagging, OpensNothingForWhoMayNotSetTheTag) {
  EXPECT_EQ(opened(kDeleteGreen), Found{});
  EXPECT_EQ(opened(also(kDeleteOwn, "iam:TagRole")), Found{});
  EXPECT_EQ(opened(also(kDeleteGreen, "ec2:CreateTags",
                        R"("StringNotEquals":{"aws:RequestTag/Team":"green"})")),
            Found{});
  EXPECT_EQ(opened(also(kDeleteGreen, "ec2:CreateTags",
                        R"("ForAllValues:StringEquals":{"aws:TagKeys":"Env"})")),
            Found{});
}

TEST(Retagging, OpensNothingWhereNothingIsGuarded) {
  EXPECT_EQ(opened(R"({"Effect":"Allow","Action":"ec2:*","Resource":"*"})"), Found{});
  EXPECT_EQ(opened(R"({"Effect":"Allow","Action":"ec2:CreateTags","Resource":"*"})"), Found{});
}

}  // namespace
}  // namespace portolan::iam
