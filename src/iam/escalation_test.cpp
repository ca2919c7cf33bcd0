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

std::string allow(const std::vector<std::string>& actions, std::string_view condition = "") {
  return fmt::format(
      R"({{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":["{}"],"Resource":"*"{}}}]}})",
      actions.empty() ? "s3:GetObject" : fmt::format("{}", fmt::join(actions, R"(",")")),
      condition.empty() ? "" : fmt::format(R"(,"Condition":{{{}}})", condition));
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
  std::string app_account = std::string(kAccount);
  bool has_profile = true;    // app is that of an instance
  bool denies_some = false;   // ann has an inline and an attached policy that deny something
  bool is_organized = false;  // there is an organization
  std::string management = "999999999999";
  std::string delegation;     // of the organization's policies; empty: there is none
  bool asks_device = false;   // what app and bob have asks for MFA
  std::string app_condition;  // of what app has

  [[nodiscard]] std::string document() const {
    const std::string arn = fmt::format("arn:aws:iam::{}:", kAccount);
    const std::string attached =
        fmt::format(R"("{}":[{}],"AttachedManagedPolicies":[{{"PolicyArn":"{}policy/Own"}}{}])",
                    is_role ? "RolePolicyList" : "UserPolicyList",
                    denies_some ? R"({"PolicyName":"no","PolicyDocument":{"Statement":[)"
                                  R"({"Effect":"Deny","Action":"s3:PutObject","Resource":"*"}]}})"
                                : "",
                    arn, denies_some ? fmt::format(R"(,{{"PolicyArn":"{}policy/No"}})", arn) : "");
    const std::string boundary =
        has_boundary
            ? fmt::format(R"(,"PermissionsBoundary":{{"PermissionsBoundaryArn":"{}policy/Own"}})",
                          arn)
            : "";
    const std::string ann_user =
        fmt::format(R"({{"UserName":"ann","Arn":"{}user/ann","GroupList":["staff"],{}{}}},)", arn,
                    attached, boundary);
    const std::string ann_role = fmt::format(
        R"({{"RoleName":"ann","Arn":"{}role/ann","AssumeRolePolicyDocument":{},{}{}}},)", arn,
        trust(R"({"Service":"none.amazonaws.com"})"), attached, boundary);
    const std::string app = fmt::format("arn:aws:iam::{}:", app_account);
    const std::string profile =
        has_profile ? fmt::format(R"({{"Arn":"{}instance-profile/app"}})", app) : "";
    return fmt::format(
        R"({{"UserDetailList":[{}{{"UserName":"bob","Arn":"{}user/bob","GroupList":[],)"
        R"("AttachedManagedPolicies":[{{"PolicyArn":"{}policy/Other"}}]}}],)"
        R"("GroupDetailList":[{{"GroupName":"staff","Arn":"{}group/staff","GroupPolicyList":[]}},)"
        R"({{"GroupName":"admins","Arn":"{}group/admins","GroupPolicyList":[]}}],)"
        R"("RoleDetailList":[{}{{"RoleName":"app","Arn":"{}role/{}app",)"
        R"("AssumeRolePolicyDocument":{},"RolePolicyList":[],)"
        R"("AttachedManagedPolicies":[{{"PolicyArn":"{}policy/Other"}}],)"
        R"("InstanceProfileList":[{}]}}],)"
        R"("Policies":[{{"Arn":"{}policy/No","PolicyVersionList":[{{"IsDefaultVersion":true,"Document":)"
        R"({{"Statement":[{{"Effect":"Deny","Action":"s3:GetObject","Resource":"*"}}]}}}}]}},)"
        R"({{"Arn":"{}policy/Own","PolicyVersionList":[{{"IsDefaultVersion":true,"Document":{}}}]}},)"
        R"({{"Arn":"{}policy/Other","PolicyVersionList":[{{"IsDefaultVersion":true,"Document":{}}}]}}]}})",
        is_role ? "" : ann_user, arn, arn, arn, arn, is_role ? ann_role : "", app, app_path,
        trust(trusted), arn, profile, arn, arn, allow(actions), arn,
        allow({"ec2:*"},
              asks_device ? R"("Bool":{"aws:MultiFactorAuthPresent":"true"})" : app_condition));
  }
};

Directory directory_of(const Account& account) {
  Directory directory;
  Diagnostics problems;
  EXPECT_TRUE(add_account_details(account.document(), "iam.json", directory, problems));
  EXPECT_TRUE(problems.empty()) << text(problems.sorted().front());
  directory.has_no_organization = !account.is_organized;
  if (account.is_organized) {
    Organization organization{.id = "o-1",
                              .management_account = account.management,
                              .is_delegation_known = account.delegation != "?"};
    if (!account.delegation.empty() && organization.is_delegation_known) {
      organization.delegation =
          directory.keep(parse_policy(account.delegation, "delegation", problems));
    }
    for (const std::string& id : {std::string(kAccount), account.app_account}) {
      organization.nodes[id] = {
          .id = id,
          .parent = "",
          .service_control = {directory.keep(parse_policy(allow({"*"}), "scp", problems))}};
    }
    directory.organization = std::move(organization);
  }
  return directory;
}

std::string instance_arn(std::string_view id) {
  return fmt::format("arn:aws:ec2:eu-west-1:{}:instance/{}", kAccount, id);
}

/// An instance with app's role, tagged by its own id.
RoleInstance instance(std::string_view id) {
  return {.resource = {.arn = *Arn::parse(instance_arn(id)), .tags = {{"Id", std::string(id)}}},
          .profile = fmt::format("arn:aws:iam::{}:instance-profile/app", kAccount),
          .vpc = "vpc-1"};
}

std::size_t edges_by(const Account& account, const EscalationRow& row) {
  const Directory directory = directory_of(account);
  const Escalation escalation(directory, {instance("i-1")});
  std::size_t number = directory.principals.size();  // of who signs in
  if (row.to != To::SignedIn) {
    const auto ann = std::ranges::find(directory.principals, std::string("ann"), &Principal::name);
    number = static_cast<std::size_t>(ann - directory.principals.begin());
  }
  return static_cast<std::size_t>(std::ranges::count_if(
      escalation.edges(),
      [&](const EscalationEdge& edge) { return edge.from == number && edge.row == &row; }));
}

/// What the row asks of those around ann.
Account around(const EscalationRow& row) {
  Account account;
  account.is_role = row.service == "role" && row.to != To::Rewritten;
  account.asks_device = row.to == To::Verified;
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
  } else if (row.to == To::Lifted) {
    account.trusted = fmt::format(R"({{"AWS":"arn:aws:iam::{}:root"}})", kAccount);
    account.app_account = "222233334444";
    account.management = kAccount;
  }
  account.denies_some = row.to == To::NoInline || row.to == To::NoAttached;
  account.is_organized = row.to == To::Left || row.to == To::Lifted;
  return account;
}

/// One action of each need of the row: the choice of that number, or the last.
std::vector<std::string> needs_of(const EscalationRow& row, std::size_t choice = 0) {
  std::vector<std::string> actions;
  for (const std::string_view need : split(row.needs, ' ')) {
    if (!need.empty()) {
      const auto any = split(need.substr(0, need.find('@')), '|');
      actions.emplace_back(any[std::min(choice, any.size() - 1)]);
    }
  }
  if (row.to == To::Assumed || row.to == To::Lifted) {
    actions.emplace_back("sts:AssumeRole");
  }
  if (row.to == To::Rewritten) {
    actions.emplace_back(row.service == "user" ? "iam:CreateAccessKey"
                                               : "iam:UpdateAssumeRolePolicy");
  }
  if (row.to == To::Verified) {
    actions.emplace_back("iam:UpdateAccessKey");
  }
  return actions;
}

/// Who signs in has no actions: see the tests of providers.
TEST(Escalation, EachWayNeedsAllOfItsActions) {
  constexpr std::size_t kMostChoices = 4;
  for (const EscalationRow& row : escalation_rows()) {
    if (row.to == To::SignedIn) {
      continue;
    }
    Account account = around(row);
    for (std::size_t choice = 0; choice < kMostChoices; ++choice) {
      account.actions = needs_of(row, choice);
      EXPECT_GT(edges_by(account, row), 0U)
          << row.name << ": " << fmt::format("{}", fmt::join(account.actions, " "));
    }
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

/// Everything that the ways ask for around ann, but one thing: then the way is closed.
TEST(Escalation, EachWayNeedsWhatItTakesAway) {
  for (const EscalationRow& row : escalation_rows()) {
    Account account = around(row);
    account.actions = needs_of(row);
    if (row.to == To::NoInline || row.to == To::NoAttached) {
      account.denies_some = false;
    } else if (row.to == To::Left) {
      account.management = kAccount;  // which nothing limits
    } else if (row.to == To::Lifted) {
      account.management = "999999999999";  // which ann is not of
    } else if (row.to == To::Unbounded) {
      account.has_boundary = false;
    } else if (row.to == To::Verified) {
      account.asks_device = false;
    } else {
      continue;
    }
    EXPECT_EQ(edges_by(account, row), 0U) << row.name;
  }
}

TEST(Escalation, ARoleWithoutProfileNeedsOneToComeToAnInstance) {
  for (const EscalationRow& row : escalation_rows()) {
    if (row.to == To::Passed && row.service == "ec2.amazonaws.com") {
      Account account = around(row);
      account.has_profile = false;
      account.actions = needs_of(row);
      EXPECT_EQ(edges_by(account, row), 0U) << row.name;
      account.actions.insert(account.actions.end(),
                             {"iam:CreateInstanceProfile", "iam:AddRoleToInstanceProfile"});
      EXPECT_GT(edges_by(account, row), 0U) << row.name;
    }
  }
}

/// The actions of the catalogue of ways (iam.md of the reference, section 4), group by group.
struct CatalogueRow {
  std::string_view group;
  std::string_view actions;
};
constexpr CatalogueRow kCatalogue[] = {
    {"trust", "iam:UpdateAssumeRolePolicy"},
    {"federation",
     "iam:UpdateSAMLProvider iam:CreateSAMLProvider iam:CreateOpenIDConnectProvider "
     "iam:AddClientIDToOpenIDConnectProvider iam:UpdateOpenIDConnectProviderThumbprint "
     "rolesanywhere:CreateTrustAnchor rolesanywhere:CreateProfile "
     "cognito-identity:SetIdentityPoolRoles sts:AssumeRoleWithSAML "
     "sts:AssumeRoleWithWebIdentity"},
    {"users",
     "iam:CreateAccessKey iam:DeleteAccessKey iam:UpdateAccessKey iam:CreateLoginProfile "
     "iam:UpdateLoginProfile iam:DeactivateMFADevice iam:EnableMFADevice"},
    {"own policies",
     "iam:PutUserPolicy iam:AttachUserPolicy iam:PutRolePolicy iam:AttachRolePolicy "
     "iam:PutGroupPolicy iam:AttachGroupPolicy iam:CreatePolicyVersion "
     "iam:SetDefaultPolicyVersion iam:AddUserToGroup"},
    {"the brake",
     "iam:DeleteUserPermissionsBoundary iam:PutUserPermissionsBoundary "
     "iam:DeleteRolePermissionsBoundary iam:PutRolePermissionsBoundary iam:DeleteUserPolicy "
     "iam:DeleteRolePolicy iam:DetachUserPolicy iam:DetachRolePolicy organizations:UpdatePolicy "
     "organizations:DetachPolicy organizations:MoveAccount organizations:LeaveOrganization"},
    {"others", "iam:CreateRole"},
    {"instances with a role",
     "iam:PassRole ec2:RunInstances ec2:RequestSpotInstances ec2:AssociateIamInstanceProfile "
     "ec2:ReplaceIamInstanceProfileAssociation autoscaling:CreateLaunchConfiguration "
     "ec2:CreateLaunchTemplate autoscaling:CreateAutoScalingGroup"},
    {"instances that are there",
     "ssm:SendCommand ssm:StartSession ssm:CreateAssociation "
     "ec2-instance-connect:SendSSHPublicKey ec2-instance-connect:SendSerialConsoleSSHPublicKey "
     "ec2:ModifyInstanceAttribute ec2:StopInstances ec2:StartInstances "
     "ec2:CreateLaunchTemplateVersion ec2:ModifyLaunchTemplate"},
    {"compute with a role",
     "lambda:CreateFunction lambda:InvokeFunction lambda:AddPermission "
     "lambda:CreateEventSourceMapping ecs:CreateCluster ecs:RegisterTaskDefinition ecs:RunTask "
     "ecs:StartTask "
     "ecs:CreateService codebuild:CreateProject codebuild:UpdateProject codebuild:StartBuild "
     "codebuild:StartBuildBatch glue:CreateDevEndpoint glue:CreateJob glue:UpdateJob "
     "glue:StartJobRun glue:CreateTrigger sagemaker:CreateNotebookInstance "
     "sagemaker:CreateTrainingJob sagemaker:CreateProcessingJob datapipeline:CreatePipeline "
     "datapipeline:PutPipelineDefinition datapipeline:ActivatePipeline apprunner:CreateService "
     "bedrock-agentcore:CreateCodeInterpreter bedrock-agentcore:StartCodeInterpreterSession "
     "bedrock-agentcore:InvokeCodeInterpreter batch:SubmitJob elasticmapreduce:RunJobFlow "
     "imagebuilder:CreateImage"},
    {"compute that is there",
     "lambda:UpdateFunctionCode lambda:UpdateFunctionConfiguration ecs:ExecuteCommand "
     "glue:UpdateDevEndpoint sagemaker:CreatePresignedNotebookInstanceUrl "
     "sagemaker:UpdateNotebookInstanceLifecycleConfig apprunner:UpdateService"},
    {"orchestration",
     "cloudformation:CreateStack cloudformation:UpdateStack cloudformation:CreateChangeSet "
     "cloudformation:ExecuteChangeSet cloudformation:CreateStackSet "
     "cloudformation:CreateStackInstances cloudformation:UpdateStackSet "
     "ssm:StartAutomationExecution states:CreateStateMachine states:UpdateStateMachine "
     "states:StartExecution scheduler:CreateSchedule config:PutRemediationConfigurations "
     "events:PutTargets"},
    {"containers",
     "eks:CreatePodIdentityAssociation eks:CreateAccessEntry eks:AssociateAccessPolicy"},
    {"single sign-on",
     "sso:CreateAccountAssignment sso:PutInlinePolicyToPermissionSet "
     "sso:AttachManagedPolicyToPermissionSet sso:ProvisionPermissionSet "
     "identitystore:CreateGroupMembership"},
};

/// With the tests above, which take every row, each action of the catalogue opens a way and is
/// missed.
TEST(Escalation, EachActionOfTheCatalogueIsPartOfAWay) {
  std::string needs;
  for (const EscalationRow& row : escalation_rows()) {
    needs += fmt::format(" {} ", row.needs);
  }
  std::ranges::replace(needs, '|', ' ');
  std::ranges::replace(needs, '@', ' ');
  for (const auto& [group, actions] : kCatalogue) {
    for (const std::string_view action : split(actions, ' ')) {
      EXPECT_NE(needs.find(fmt::format(" {} ", action)), std::string::npos)
          << group << ": " << action;
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
    const Escalation escalation(directory, {instance("i-1"), instance("i-2")});
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
      {"Effect":"Deny","Action":["ec2:*","organizations:*"],"Resource":"*"}]})")
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

TEST(Escalation, WhoLeavesTheOrganizationLeavesItsLimits) {
  const std::string nobody = R"({"Version":"2012-10-17","Statement":[
      {"Effect":"Allow","Action":"*","Resource":"*"},
      {"Effect":"Deny","Action":"ec2:*","Resource":"*"}]})";
  const Account stays{.actions = {"ec2:*"}};
  EXPECT_EQ(Chain(stays, nobody).path(), "");
  const Account leaves{.actions = {"ec2:*", "organizations:LeaveOrganization"}};
  EXPECT_EQ(Chain(leaves, nobody).path(),
            "user/ann → user/ann outside of its organization (leave the organization)");
  const Account writes{.actions = {"iam:PutUserPolicy", "organizations:LeaveOrganization"}};
  EXPECT_NE(Chain(writes, nobody).path(), "");
}

TEST(Escalation, TheManagementAccountLiftsTheLimitsOfOthers) {
  const Account account{.actions = {"sts:AssumeRole", "organizations:DetachPolicy"},
                        .trusted = fmt::format(R"({{"AWS":"arn:aws:iam::{}:root"}})", kAccount),
                        .app_account = "222233334444",
                        .is_organized = true,
                        .management = std::string(kAccount)};
  const Directory directory = directory_of(account);
  const Escalation escalation(directory, {});
  const bool is_lifted = std::ranges::any_of(escalation.edges(), [&](const auto& edge) {
    return escalation.name(edge.from) == "user/ann" &&
           escalation.name(edge.to) == "role/app outside of its organization";
  });
  EXPECT_TRUE(is_lifted);
}

TEST(Escalation, WhoDropsADenialOfItsOwnMayWhatItDenied) {
  const Account account{.actions = {"iam:DeleteUserPolicy", "iam:DetachUserPolicy", "s3:*"},
                        .denies_some = true};
  const Directory directory = directory_of(account);
  const Escalation escalation(directory, {});
  std::size_t without = 0;
  for (std::size_t mask = escalation.principals(); mask < escalation.masks().size(); ++mask) {
    without += escalation.name(mask) == "user/ann without what denies it" ? 1U : 0U;
  }
  EXPECT_EQ(without, 3U);  // without the one, the other, both
}

/// Chains from any principal whose name in a chain is `name`.
std::vector<std::string> chains_of(const Account& account, std::string_view name) {
  const Directory directory = directory_of(account);
  const Escalation escalation(directory, {instance("i-1"), instance("i-2")});
  std::vector<std::string> chains;
  for (const EscalationEdge& edge : escalation.edges()) {
    if (escalation.name(edge.from) == name) {
      chains.push_back(
          fmt::format("{} ({}{})", escalation.name(edge.to), edge.row->name,
                      edge.ability.condition.empty() ? "" : " if " + edge.ability.condition));
    }
  }
  return chains;
}
using Chains = std::vector<std::string>;

TEST(Escalation, WhoSignsInAtATrustedProviderGetsTheRole) {
  const std::string saml = fmt::format("arn:aws:iam::{}:saml-provider/corp", kAccount);
  EXPECT_EQ(
      chains_of({.trusted = fmt::format(R"({{"Federated":"{}"}})", saml)}, "saml-provider/corp"),
      Chains{"role/app (sign in)"});
  const std::string oidc = fmt::format("arn:aws:iam::{}:oidc-provider/id.example", kAccount);
  EXPECT_EQ(chains_of({.trusted = fmt::format(R"({{"Federated":"{}"}})", oidc)},
                      "oidc-provider/id.example"),
            Chains{"role/app (sign in)"});
  EXPECT_EQ(chains_of({.trusted = R"({"Federated":"accounts.google.com"})"}, "accounts.google.com"),
            Chains{"role/app (sign in)"});
  EXPECT_EQ(chains_of({}, "saml-provider/corp"), Chains{});
}

/// The call of the provider's kind, and the provider, must be those of the trust policy.
TEST(Escalation, ATrustPolicySaysHowAndUnderWhatConditionToSignIn) {
  const auto ability = [](std::string_view action, std::string_view condition) {
    Diagnostics problems;
    const Policy policy = parse_policy(
        fmt::format(R"({{"Statement":{{"Effect":"Allow","Action":"{}","Principal":{{"Federated":)"
                    R"("arn:aws:iam::1:oidc-provider/id.example"}}{}}}}})",
                    action, condition),
        "trust", problems);
    Directory directory;
    directory.has_no_organization = true;
    const Principal role{.caller = Caller::parse("arn:aws:iam::111122223333:role/app"),
                         .name = "app",
                         .trust = &policy};
    const Principal provider{.caller = {.kind = Caller::Kind::Provider,
                                        .arn = "arn:aws:iam::1:oidc-provider/id.example"}};
    return Abilities(directory).sign_in(provider, role);
  };
  EXPECT_EQ(ability("sts:AssumeRoleWithWebIdentity", "").may, Truth::Yes);
  EXPECT_EQ(ability("sts:AssumeRoleWithSAML", "").may, Truth::No);
  EXPECT_EQ(ability("sts:AssumeRole", "").may, Truth::No);
  const Ability guarded =
      ability("sts:AssumeRoleWithWebIdentity",
              R"(,"Condition":{"StringLike":{"id.example:sub":"repo:harbor/*"}})");
  EXPECT_EQ(guarded.may, Truth::Yes);
  EXPECT_NE(guarded.condition.find("repo:harbor/*"), std::string::npos) << guarded.condition;
}

TEST(Escalation, KeysAndPasswordsAskForWhatTheUserMayHaveAlready) {
  EXPECT_EQ(chains_of({.actions = {"iam:CreateAccessKey"}}, "user/ann"),
            Chains{"user/bob (make an access key if it has not two access keys already)"});
  EXPECT_EQ(chains_of({.actions = {"iam:CreateAccessKey", "iam:DeleteAccessKey"}}, "user/ann"),
            Chains{"user/bob (replace an access key)"});
  EXPECT_EQ(chains_of({.actions = {"iam:UpdateAccessKey"}}, "user/ann"),
            Chains{"user/bob (activate an access key if it has an inactive access key whose secret "
                   "is known)"});
  EXPECT_EQ(chains_of({.actions = {"iam:UpdateLoginProfile"}}, "user/ann"),
            Chains{"user/bob (set the password if it has no MFA device to sign in with)"});
  EXPECT_EQ(
      chains_of({.actions = {"iam:UpdateLoginProfile", "iam:DeactivateMFADevice"}}, "user/ann"),
      Chains{"user/bob (set the password and take the MFA device off)"});
}

TEST(Escalation, AnotherDeviceMeetsWhatAsksForMfa) {
  const std::vector<std::string> keys = {"iam:CreateAccessKey", "iam:DeleteAccessKey"};
  Account account{.actions = keys, .asks_device = true};
  EXPECT_EQ(chains_of(account, "user/ann"), Chains{"user/bob (replace an access key)"});
  account.actions.insert(account.actions.end(),
                         {"iam:EnableMFADevice", "iam:CreateVirtualMFADevice"});
  EXPECT_EQ(
      chains_of(account, "user/ann"),
      (Chains{"user/bob (replace an access key)",
              "user/bob with another MFA device (enable an MFA device of its own for the user)"}));
  account.asks_device = false;  // then it makes no difference
  EXPECT_EQ(chains_of(account, "user/ann"), Chains{"user/bob (replace an access key)"});
}

TEST(Escalation, ASessionFromAnInstanceMeetsWhatAsksForIt) {
  const auto verdicts = [](std::string_view condition) {
    const Account account{.actions = {"ssm:SendCommand", "sts:AssumeRole"},
                          .trusted = fmt::format(R"({{"AWS":"arn:aws:iam::{}:root"}})", kAccount),
                          .app_condition = std::string(condition)};
    const Directory directory = directory_of(account);
    const Escalation escalation(directory, {instance("i-1"), instance("i-2")});
    const auto arn =
        Arn::parse(fmt::format("arn:aws:ec2:eu-west-1:{}:security-group/sg-1", kAccount));
    const Who who(escalation.directory(), {security_group(*arn, "vpc-1", {})},
                  {"ec2:DeleteSecurityGroup"});
    std::map<std::string, std::string> all;
    for (const EscalationEdge& edge : escalation.edges()) {
      if (escalation.name(edge.from) == "user/ann") {
        all[fmt::format("{} ({})", escalation.name(edge.to), edge.row->name)] =
            text(who.verdict(edge.to, 0, 0));
      }
    }
    return all;
  };
  using Verdicts = std::map<std::string, std::string>;
  EXPECT_EQ(verdicts(""), (Verdicts{{"role/app (assume the role)", "always"},
                                    {"role/app (send a command to the instance)", "always"}}));
  EXPECT_EQ(
      verdicts(fmt::format(R"("ArnEquals":{{"ec2:SourceInstanceARN":"{}"}})", instance_arn("i-2"))),
      (Verdicts{{"role/app (assume the role)", "never"},
                {"role/app on i-1 (send a command to the instance)", "never"},
                {"role/app on i-2 (send a command to the instance)", "always"}}));
  EXPECT_EQ(verdicts(R"("StringEquals":{"aws:Ec2InstanceSourceVpc":"vpc-1"})"),
            (Verdicts{{"role/app (assume the role)", "never"},
                      {"role/app on i-1 (send a command to the instance)", "always"},
                      {"role/app on i-2 (send a command to the instance)", "always"}}));
  EXPECT_EQ(verdicts(R"("StringEquals":{"aws:Ec2InstanceSourceVpc":"vpc-2"})"),
            (Verdicts{{"role/app (assume the role)", "never"},
                      {"role/app on i-1 (send a command to the instance)", "never"},
                      {"role/app on i-2 (send a command to the instance)", "never"}}));
}

/// A command to an instance that has another role leads to nobody.
TEST(Escalation, CommandsLeadToTheRolesOfTheInstancesThatMayBeCommanded) {
  Diagnostics problems;
  const auto leads = [&](std::string_view resource) {
    Directory directory = directory_of({});
    const auto ann = std::ranges::find(directory.principals, std::string("ann"), &Principal::name);
    ann->identity.push_back(directory.keep(parse_policy(
        fmt::format(R"({{"Statement":{{"Effect":"Allow","Action":"ssm:StartSession","Resource":)"
                    R"(["arn:aws:ssm:*:*:document/*","{}"]}}}})",
                    resource),
        "p", problems)));
    const Escalation escalation(directory, {instance("i-1")});
    return std::ranges::any_of(escalation.edges(), [&](const EscalationEdge& edge) {
      return escalation.name(edge.from) == "user/ann" && escalation.name(edge.to) == "role/app";
    });
  };
  EXPECT_TRUE(leads(instance_arn("i-1")));
  EXPECT_TRUE(leads("arn:aws:ec2:*:*:instance/*"));
  EXPECT_FALSE(leads(instance_arn("i-2")));
}

/// The limits are those of an account below; who may lift them is ann, of that account.
TEST(Escalation, ADelegatedAdministratorLiftsItsOwnLimits) {
  Account account{.actions = {"organizations:DetachPolicy"}, .is_organized = true};
  EXPECT_EQ(chains_of(account, "user/ann"), Chains{});
  const auto delegation = [](std::string_view account_id, std::string_view action) {
    return fmt::format(
        R"({{"Statement":{{"Effect":"Allow","Principal":{{"AWS":"arn:aws:iam::{}:root"}},)"
        R"("Action":"{}","Resource":"*"}}}})",
        account_id, action);
  };
  account.delegation = delegation(kAccount, "organizations:DetachPolicy");
  EXPECT_EQ(chains_of(account, "user/ann"),
            Chains{"user/ann outside of its organization (lift the service control policies)"});
  account.delegation = delegation("222233334444", "organizations:DetachPolicy");
  EXPECT_EQ(chains_of(account, "user/ann"), Chains{});
  account.delegation = delegation(kAccount, "organizations:DescribePolicy");
  EXPECT_EQ(chains_of(account, "user/ann"), Chains{});
  account.delegation = "?";
  EXPECT_EQ(chains_of(account, "user/ann").size(), 1U);
}

TEST(Escalation, ANewVersionOfAPolicyThatOthersHaveChangesThem) {
  const Account account{.actions = {"iam:CreatePolicyVersion"}};
  EXPECT_EQ(Chain(account).path(),
            "user/ann → user/ann with any policy (make a new version of an own policy)");
}

}  // namespace
}  // namespace portolan::iam
