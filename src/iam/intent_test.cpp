#include "iam/intent.h"

#include <gtest/gtest.h>

namespace portolan::iam {
namespace {

constexpr std::string_view kEverything =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]})";

/// Two roles that may do everything, in an organization.
class Intended : public testing::Test {
 protected:
  Intended() {
    Diagnostics problems;
    const Policy* all = directory.keep(parse_policy(kEverything, "all", problems));
    for (const char* name : {"net", "ops"}) {
      Principal role{.caller = Caller::parse(std::string("arn:aws:iam::111122223333:role/") + name),
                     .name = name};
      role.identity = {all};
      directory.principals.push_back(std::move(role));
    }
    Organization organization{.id = "o-1", .management_account = "999999999999"};
    organization.nodes["111122223333"] = {
        .id = "111122223333", .parent = "", .service_control = {all}};
    directory.organization = std::move(organization);
    for (const char* id : {"sg-1", "sg-2"}) {
      const auto arn =
          Arn::parse(std::string("arn:aws:ec2:eu-west-1:111122223333:security-group/") + id);
      groups.push_back(security_group(*arn, id == std::string("sg-1") ? "vpc-1" : "vpc-2",
                                      {{"env", id == std::string("sg-1") ? "prod" : "test"}}));
    }
    for (const ChangeAction& each : change_actions()) {
      if (each.type == "security-group/" && each.action != "ec2:ModifySecurityGroupRules" &&
          each.change != ChangeKind::Attach) {
        actions.push_back(each);
      }
    }
  }
  Directory directory;
  std::vector<Resource> groups;
  std::vector<ChangeAction> actions;
};

TEST_F(Intended, AllowancesAreByPrincipalResourceTagVpcRegionAndAction) {
  const Principal& net = directory.principals[0];
  const ChangeAction rules = actions.front();
  const auto allows = [&](Allowance allowance, std::size_t group) {
    return Intent{{std::move(allowance)}}.allows(net, groups[group], rules);
  };
  EXPECT_TRUE(allows({.principals = {"role/n*"}}, 0));
  EXPECT_FALSE(allows({.principals = {"role/ops"}}, 0));
  EXPECT_FALSE(allows({}, 0));
  EXPECT_TRUE(allows({.principals = {"*"}, .resources = {"sg-1"}}, 0));
  EXPECT_FALSE(allows({.principals = {"*"}, .resources = {"sg-1"}}, 1));
  EXPECT_TRUE(allows({.principals = {"*"}, .tags = {"env=p*"}}, 0));
  EXPECT_FALSE(allows({.principals = {"*"}, .tags = {"env=p*"}}, 1));
  EXPECT_FALSE(allows({.principals = {"*"}, .vpcs = {"vpc-1"}}, 1));
  EXPECT_FALSE(allows({.principals = {"*"}, .regions = {"us-*"}}, 0));
  EXPECT_TRUE(allows({.principals = {"*"}, .actions = {"rules"}}, 0));
  EXPECT_FALSE(allows({.principals = {"*"}, .actions = {"ec2:Delete*"}}, 0));
}

TEST_F(Intended, TheGuardrailDeniesTheExcessAndKeepsTheRest) {
  const Intent intent{{{.principals = {"role/net"}, .tags = {"env=prod"}},
                       {.principals = {"role/ops"}, .vpcs = {"vpc-2"}, .actions = {"rules"}}}};
  const Guardrail guardrail = guardrail_of(directory, intent, groups, actions);
  EXPECT_TRUE(guardrail.faults.empty());
  EXPECT_FALSE(guardrail.is_boundary);
  EXPECT_GT(guardrail.denied, 0U);
  EXPECT_GT(guardrail.kept, 0U);
  EXPECT_EQ(guardrail.denied + guardrail.kept, 2 * 2 * actions.size());
}

TEST_F(Intended, WithoutOrganizationItIsABoundary) {
  directory.organization.reset();
  directory.has_no_organization = true;
  const Intent intent{{{.principals = {"role/net"}}}};
  const Guardrail guardrail = guardrail_of(directory, intent, groups, actions);
  EXPECT_TRUE(guardrail.is_boundary);
  EXPECT_TRUE(guardrail.faults.empty());
  EXPECT_EQ(guardrail.denied, 2 * actions.size());
}

TEST_F(Intended, ExcessIsWhatIsPossibleAndNotMeant) {
  std::vector<std::string> names;
  for (const ChangeAction& each : actions) {
    names.emplace_back(each.action);
  }
  const Who who(directory, groups, names);
  const auto excess = excess_of(directory, {{{.principals = {"role/net"}}}}, who, actions);
  ASSERT_EQ(excess.size(), actions.size());
  EXPECT_EQ(excess.front().principal, 1U);
  EXPECT_EQ(excess.front().verdict, Verdict::Always);
  EXPECT_EQ(excess.front().resources.size(), 2U);
}

}  // namespace
}  // namespace portolan::iam
