#include "iam/escalation.h"

#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/text.h"
#include "iam/who.h"

namespace portolan::iam {
namespace {

using To = EscalationRow::To;

constexpr std::string_view kAccount = "111122223333";

std::string allow(const std::vector<std::string>& actions) {
  return fmt::format(
      R"({{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":["{}"],"Resource":"*"}}]}})",
      actions.empty() ? "s3:GetObject" : fmt::format("{}", fmt::join(actions, R"(",")")));
}

std::string trust(std::string_view principal) {
  return fmt::format(
      R"({{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":"*","Principal":{}}}]}})",
      principal);
}

/// An account as an export of it, made of parts.
struct Account {
  std::vector<std::string> actions;  // of ann
  bool is_role = false;              // ann is one
  bool has_boundary = false;
  std::string trusted = R"({"Service":"none.amazonaws.com"})";  // by the role app
  std::string app_path = "";

  [[nodiscard]] std::string document() const {
    const std::string arn = fmt::format("arn:aws:iam::{}:", kAccount);
    const std::string attached =
        fmt::format(R"("AttachedManagedPolicies":[{{"PolicyArn":"{}policy/Own"}}])", arn);
    const std::string boundary =
        has_boundary
            ? fmt::format(R"(,"PermissionsBoundary":{{"PermissionsBoundaryArn":"{}policy/Own"}})",
                          arn)
            : "";
    const std::string ann_user =
        fmt::format(R"({{"UserName":"ann","Arn":"{}user/ann","GroupList":["staff"],{}{}}},)", arn,
                    attached, boundary);
    const std::string ann_role = fmt::format(
        R"({{"RoleName":"ann","Arn":"{}role/ann","AssumeRolePolicyDocument":{},"RolePolicyList":[],{}{}}},)",
        arn, trust(R"({"Service":"none.amazonaws.com"})"), attached, boundary);
    return fmt::format(
        R"({{"UserDetailList":[{}{{"UserName":"bob","Arn":"{}user/bob","GroupList":[],)"
        R"("AttachedManagedPolicies":[{{"PolicyArn":"{}policy/Other"}}]}}],)"
        R"("GroupDetailList":[{{"GroupName":"staff","Arn":"{}group/staff","GroupPolicyList":[]}},)"
        R"({{"GroupName":"admins","Arn":"{}group/admins","GroupPolicyList":[]}}],)"
        R"("RoleDetailList":[{}{{"RoleName":"app","Arn":"{}role/{}app",)"
        R"("AssumeRolePolicyDocument":{},"RolePolicyList":[],)"
        R"("AttachedManagedPolicies":[{{"PolicyArn":"{}policy/Other"}}],)"
        R"("InstanceProfileList":[{{"Arn":"{}instance-profile/app"}}]}}],)"
        R"("Policies":[{{"Arn":"{}policy/Own","PolicyVersionList":[{{"IsDefaultVersion":true,"Document":{}}}]}},)"
        R"({{"Arn":"{}policy/Other","PolicyVersionList":[{{"IsDefaultVersion":true,"Document":{}}}]}}]}})",
        is_role ? "" : ann_user, arn, arn, arn, arn, is_role ? ann_role : "", arn, app_path,
        trust(trusted), arn, arn, arn, allow(actions), arn, allow({"ec2:*"}));
  }
};

std::size_t edges_by(const Account& account, const EscalationRow& row) {
  Directory directory;
  Diagnostics problems;
  EXPECT_TRUE(add_account_details(account.document(), "iam.json", directory, problems));
  EXPECT_TRUE(problems.empty()) << text(problems.sorted().front());
  directory.has_no_organization = true;
  const Escalation escalation(directory,
                              {fmt::format("arn:aws:iam::{}:instance-profile/app", kAccount)});
  const auto ann = std::ranges::find(directory.principals, std::string("ann"), &Principal::name);
  const auto number = static_cast<std::size_t>(ann - directory.principals.begin());
  return static_cast<std::size_t>(std::ranges::count_if(
      escalation.edges(),
      [&](const EscalationEdge& edge) { return edge.from == number && edge.row == &row; }));
}

/// What the row asks of those around ann.
Account around(const EscalationRow& row) {
  Account account;
  account.is_role = row.service == "role" && row.to != To::Rewritten;
  account.has_boundary = row.to == To::Unbounded;
  if (row.to == To::Passed || row.to == To::Running) {
    account.trusted = fmt::format(R"({{"Service":"{}"}})", row.service);
  } else if (row.to == To::Federated) {
    account.trusted =
        fmt::format(R"({{"Federated":"arn:aws:iam::{}:{}/x"}})", kAccount, row.service);
  } else if (row.to == To::Assumed) {
    account.trusted = fmt::format(R"({{"AWS":"arn:aws:iam::{}:root"}})", kAccount);
  } else if (row.to == To::SingleSignOn) {
    account.app_path = "aws-reserved/sso.amazonaws.com/";
  }
  return account;
}

/// One action of each need of the row.
std::vector<std::string> needs_of(const EscalationRow& row) {
  std::vector<std::string> actions;
  for (const std::string_view need : split(row.needs, ' ')) {
    if (!need.empty()) {
      const std::string_view any = need.substr(0, need.find('@'));
      actions.emplace_back(any.substr(0, any.find('|')));
    }
  }
  if (row.to == To::Assumed) {
    actions.emplace_back("sts:AssumeRole");
  }
  if (row.to == To::Rewritten) {
    actions.emplace_back(row.service == "user" ? "iam:CreateAccessKey"
                                               : "iam:UpdateAssumeRolePolicy");
  }
  return actions;
}

TEST(Escalation, EachWayNeedsAllOfItsActions) {
  for (const EscalationRow& row : escalation_rows()) {
    Account account = around(row);
    account.actions = needs_of(row);
    EXPECT_GT(edges_by(account, row), 0U) << row.name << ": " << row.needs;
    for (std::size_t i = 0; i < needs_of(row).size(); ++i) {
      account.actions = needs_of(row);
      account.actions.erase(account.actions.begin() + static_cast<std::ptrdiff_t>(i));
      EXPECT_EQ(edges_by(account, row), 0U) << row.name << " without " << needs_of(row)[i];
    }
  }
}

TEST(Escalation, APassedRoleMustTrustTheService) {
  for (const EscalationRow& row : escalation_rows()) {
    if (row.to == To::Passed || row.to == To::Running || row.to == To::Federated) {
      Account account = around(row);
      account.actions = needs_of(row);
      account.trusted = R"({"Service":"none.amazonaws.com"})";
      EXPECT_EQ(edges_by(account, row), 0U) << row.name;
    }
  }
}

/// Ann and a group of the network, under service control policies.
class Chain {
 public:
  explicit Chain(const Account& account, std::string_view control = "") {
    Diagnostics problems;
    EXPECT_TRUE(add_account_details(account.document(), "iam.json", directory, problems));
    directory.has_no_organization = control.empty();
    if (!control.empty()) {
      Organization organization{.id = "o-1", .management_account = "999999999999"};
      organization.nodes[std::string(kAccount)] = {
          .id = std::string(kAccount),
          .parent = "",
          .service_control = {directory.keep(parse_policy(control, "scp", problems))}};
      directory.organization = std::move(organization);
    }
  }

  /// The first chain of ann to somebody who can delete the group; empty if there is none.
  [[nodiscard]] std::string path() const {
    const Escalation escalation(directory,
                                {fmt::format("arn:aws:iam::{}:instance-profile/app", kAccount)});
    const auto arn =
        Arn::parse(fmt::format("arn:aws:ec2:eu-west-1:{}:security-group/sg-1", kAccount));
    const Who who(escalation.directory(), {security_group(*arn, "vpc-1", {})},
                  {"ec2:DeleteSecurityGroup"});
    std::set<std::size_t> goals;
    for (const Grant& grant : who.of_resource(0)) {
      if (grant.verdict >= Verdict::Possible) {
        goals.insert(grant.principal);
      }
    }
    for (std::size_t i = 0; i < escalation.principals(); ++i) {
      if (directory.principals[i].name == "ann") {
        const auto paths = escalation.paths(i, goals, 1);
        return paths.empty() ? "" : text(escalation, paths.front());
      }
    }
    return "nobody";
  }

  Directory directory;
};

TEST(Escalation, ChainsEndAtWhoCanChangeTheGroup) {
  const Account account{
      .actions = {"iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"},
      .trusted = R"({"Service":"lambda.amazonaws.com"})"};
  EXPECT_EQ(Chain(account).path(), "user/ann → role/app (make a function)");
  EXPECT_EQ(Chain({.actions = {"ec2:DescribeInstances"}}).path(), "");
}

TEST(Escalation, RightsOfOnesOwnMakingAreCappedByServiceControlPolicies) {
  const Account account{.actions = {"iam:PutUserPolicy"}};
  EXPECT_EQ(Chain(account).path(),
            "user/ann → user/ann with any policy (write an own inline policy)");
  EXPECT_EQ(Chain(account, R"({"Version":"2012-10-17","Statement":[
      {"Effect":"Allow","Action":"*","Resource":"*"},
      {"Effect":"Deny","Action":"ec2:*","Resource":"*"}]})")
                .path(),
            "");
  EXPECT_NE(Chain(account, allow({"*"})).path(), "");
}

TEST(Escalation, RightsOfOnesOwnMakingAreCappedByTheBoundary) {
  const Account account{.actions = {"iam:PutUserPolicy"}, .has_boundary = true};
  EXPECT_EQ(Chain(account).path(), "");
  const Account free{.actions = {"iam:PutUserPolicy", "iam:DeleteUserPermissionsBoundary"},
                     .has_boundary = true};
  EXPECT_NE(Chain(free).path(), "");
}

TEST(Escalation, ANewVersionOfAPolicyThatOthersHaveChangesThem) {
  const Account account{.actions = {"iam:CreatePolicyVersion"}};
  EXPECT_EQ(Chain(account).path(),
            "user/ann → user/ann with any policy (make a new version of an own policy)");
}

}  // namespace
}  // namespace portolan::iam
