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

constexpr std::string_view kUnlessLocked =
    R"({"Effect":"Allow","Action":"ec2:DeleteSecurityGroup","Resource":"*"},
       {"Effect":"Deny","Action":"ec2:DeleteSecurityGroup","Resource":"*",
        "Condition":{"StringEquals":{"aws:ResourceTag/Team":"red"}}})";

TEST(Retagging, OpensWhatATagThatIsTakenOffDenied) {
  EXPECT_EQ(opened(also(kUnlessLocked, "ec2:DeleteTags")), Found{"sg-1 without its tag Team"});
  EXPECT_EQ(opened(also(R"({"Effect":"Allow","Action":"ec2:DeleteSecurityGroup","Resource":"*",
                            "Condition":{"Null":{"aws:PrincipalTag/Team":"true"}}})",
                        "iam:UntagUser")),
            Found{"ann without its tag Team"});
  EXPECT_EQ(opened(kUnlessLocked), Found{});
  EXPECT_EQ(opened(also(kUnlessLocked, "ec2:DeleteTags",
                        R"("ForAllValues:StringEquals":{"aws:TagKeys":"Env"})")),
            Found{});
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

/// What opens for ann by tags of her session of the role app, which may do what kDeleteOwn says and
/// trusts her for `trusted`.
std::vector<std::string> opened_by_session(std::string_view trusted, std::string_view condition,
                                           std::string_view own) {
  Diagnostics problems;
  Directory directory;
  directory.has_no_organization = true;
  const auto policy = [&](std::string_view statements) {
    return directory.keep(parse_policy(
        fmt::format(R"({{"Version":"2012-10-17","Statement":[{}]}})", statements), "p", problems));
  };
  Principal ann{.caller = Caller::parse("arn:aws:iam::111122223333:user/ann"), .name = "ann"};
  ann.identity = {policy(fmt::format(R"({{"Effect":"Allow","Action":{},"Resource":"*"}})", own))};
  Principal app{.caller = Caller::parse("arn:aws:iam::111122223333:role/app"), .name = "app"};
  app.identity = {policy(kDeleteOwn)};
  app.trust = policy(fmt::format(
      R"({{"Effect":"Allow","Action":{},"Principal":{{"AWS":"arn:aws:iam::111122223333:root"}}{}}})",
      trusted, condition));
  directory.principals = {ann, app};
  std::vector<std::string> all;
  for (const Retagging& each : session_taggings(
           directory, 0, 1, security_group(*Arn::parse(kGroup), "vpc-1", {{"Team", "red"}}),
           {"ec2:DeleteSecurityGroup"})) {
    all.push_back(each.what);
  }
  return all;
}

TEST(Retagging, OpensWhatATagOfTheSessionGuards) {
  constexpr std::string_view both = R"(["sts:AssumeRole","sts:TagSession"])";
  EXPECT_EQ(opened_by_session(both, "", both), Found{"app tagged team=red"});
  EXPECT_EQ(opened_by_session(R"("sts:AssumeRole")", "", both), Found{});
  EXPECT_EQ(opened_by_session(both, "", R"("sts:AssumeRole")"), Found{});
  EXPECT_EQ(
      opened_by_session(
          both, R"(,"Condition":{"StringNotEqualsIfExists":{"aws:RequestTag/Team":"red"}})", both),
      Found{});
}

}  // namespace
}  // namespace portolan::iam
