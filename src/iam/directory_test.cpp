#include "iam/directory.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "iam/oracle.h"
#include "iam/resource.h"

namespace portolan::iam {
namespace {

constexpr std::string_view kExport = R"({
"UserDetailList":[{"Path":"/","UserName":"ann","UserId":"AIDA1","Arn":"arn:aws:iam::111122223333:user/ann",
  "GroupList":["ops","gone"],"AttachedManagedPolicies":[],"Tags":[{"Key":"Team","Value":"red"}],
  "PermissionsBoundary":{"PermissionsBoundaryType":"Policy","PermissionsBoundaryArn":"arn:aws:iam::111122223333:policy/Limit"}}],
"GroupDetailList":[{"GroupName":"ops","GroupPolicyList":[{"PolicyName":"all",
  "PolicyDocument":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ec2:*","Resource":"*"}}}]}],
"RoleDetailList":[{"RoleName":"web","RoleId":"AROA1","Arn":"arn:aws:iam::111122223333:role/app/web",
  "AssumeRolePolicyDocument":"%7B%22Statement%22%3A%5B%5D%7D",
  "InstanceProfileList":[{"Arn":"arn:aws:iam::111122223333:instance-profile/web"}],
  "RolePolicyList":[],"AttachedManagedPolicies":[{"PolicyName":"P","PolicyArn":"arn:aws:iam::111122223333:policy/P"}]},
  {"RoleName":"odd","Arn":"nonsense"}],
"Policies":[{"PolicyName":"P","Arn":"arn:aws:iam::111122223333:policy/P","PolicyVersionList":[
  {"VersionId":"v1","IsDefaultVersion":false,"Document":{"Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}},
  {"VersionId":"v2","IsDefaultVersion":true,"Document":{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}}]}],
"IsTruncated":true})";

constexpr std::string_view kTree = R"({"Organization":{"Id":"o-1","MasterAccountId":"999999999999"},
"Targets":[{"Id":"r-1","ParentId":"","ServiceControlPolicies":["p-1"]},
  {"Id":"ou-1","ParentId":"r-1","ServiceControlPolicies":["p-2"]},
  {"Id":"111122223333","ParentId":"ou-1","ServiceControlPolicies":["p-1","p-lost"]}],
"Policies":[{"PolicySummary":{"Id":"p-1","Name":"FullAWSAccess"},
  "Content":"{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}"},
 {"PolicySummary":{"Id":"p-2","Name":"Limit"},
  "Content":"{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"ec2:*\",\"Resource\":\"*\"}]}"}]})";

const Principal& find(const Directory& directory, std::string_view name) {
  static const Principal kNone;
  for (const Principal& principal : directory.principals) {
    if (principal.name == name) {
      return principal;
    }
  }
  ADD_FAILURE() << name;
  return kNone;
}

TEST(Directory, ReadsUsersRolesGroupsAndTheRoot) {
  Directory directory;
  Diagnostics problems;
  ASSERT_TRUE(add_account_details(kExport, "iam.json", directory, problems));
  ASSERT_EQ(directory.principals.size(), 3U);
  const Principal& ann = find(directory, "ann");
  EXPECT_EQ(ann.identity.size(), 2U);
  EXPECT_EQ(ann.identity[0]->name, "group ops / all");
  EXPECT_EQ(ann.tags, (Tags{{"Team", "red"}}));
  const Principal& web = find(directory, "web");
  EXPECT_EQ(web.caller.role_arn, "arn:aws:iam::111122223333:role/app/web");
  ASSERT_EQ(web.identity.size(), 1U);
  EXPECT_EQ(web.identity[0]->statements[0].effect, Effect::Allow);
  ASSERT_NE(web.trust, nullptr);
  EXPECT_TRUE(web.trust->statements.empty());
  EXPECT_EQ(web.instance_profiles.size(), 1U);
  EXPECT_EQ(find(directory, "root").caller.kind, Caller::Kind::Root);
}

TEST(Directory, WhatTheExportLacksIsUnknownAndTold) {
  Directory directory;
  Diagnostics problems;
  ASSERT_TRUE(add_account_details(kExport, "iam.json", directory, problems));
  EXPECT_TRUE(problems.has("missing_policy"));
  EXPECT_TRUE(problems.has("bad_principal"));
  EXPECT_TRUE(problems.has("truncated_document"));
  const Principal& ann = find(directory, "ann");
  ASSERT_EQ(ann.boundary.size(), 1U);
  EXPECT_EQ(ann.boundary[0]->statements[0].effect, Effect::NotReadable);
  EXPECT_EQ(ann.identity[1]->statements[0].effect, Effect::NotReadable);
}

TEST(Directory, WhatIsNoExportIsAnError) {
  Directory directory;
  Diagnostics problems;
  for (const std::string_view text : {"", "[]", "{}", "{\"UserDetailList\":7}"}) {
    EXPECT_FALSE(add_account_details(text, "x", directory, problems)) << text;
    EXPECT_FALSE(add_organization(text, "x", directory, problems)) << text;
  }
}

TEST(Directory, TheTreeOfTheOrganizationGivesTheLevels) {
  Directory directory;
  Diagnostics problems;
  ASSERT_TRUE(add_account_details(kExport, "iam.json", directory, problems));
  const Principal& web = find(directory, "web");
  EXPECT_EQ(authority_of(directory, web).service_control.size(), 1U);  // not collected
  ASSERT_TRUE(add_organization(kTree, "org.json", directory, problems));
  const Authority authority = authority_of(directory, web);
  ASSERT_EQ(authority.service_control.size(), 3U);
  EXPECT_EQ(authority.service_control[1][0]->name, "p-2 (Limit)");
  EXPECT_EQ(authority.service_control[2].size(), 2U);
  EXPECT_EQ(context_of(directory, web).find("aws:principalorgpaths")->values.front(),
            "o-1/r-1/ou-1/");
  directory.organization->management_account = "111122223333";
  EXPECT_TRUE(authority_of(directory, web).service_control.empty());
}

TEST(Directory, APlaceInTheTreeThatIsNotThereIsUnknown) {
  Directory directory;
  Diagnostics problems;
  ASSERT_TRUE(add_account_details(kExport, "iam.json", directory, problems));
  directory.organization = Organization{.id = "o-1"};
  directory.organization->nodes["111122223333"] = {.id = "111122223333", .parent = "ou-gone"};
  const Authority authority = authority_of(directory, find(directory, "web"));
  ASSERT_EQ(authority.service_control.size(), 1U);
  EXPECT_EQ(authority.service_control[0][0]->statements[0].effect, Effect::NotReadable);
}

std::string user(std::string_view name, std::string_view document) {
  return R"({"UserName":")" + std::string(name) + R"(","Arn":"arn:aws:iam::111122223333:user/)" +
         std::string(name) + R"(","UserPolicyList":[{"PolicyName":"p","PolicyDocument":)" +
         std::string(document) + "}]}";
}

Outcome outcome_of(const Directory& directory, std::string_view name) {
  const Principal& principal = find(directory, name);
  const auto arn = Arn::parse("arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1");
  return decide(request_of(directory, principal, "ec2:DeleteSecurityGroup",
                           security_group(*arn, "vpc-1", {}), {}),
                authority_of(directory, principal))
      .outcome;
}

TEST(Directory, APolicyThatCannotBeReadLeavesTheOthers) {
  std::string deep;
  for (int i = 0; i < 3000; ++i) {
    deep += R"({"a":)";
  }
  deep += "1" + std::string(3000, '}');
  const std::string huge = R"({"Statement":[{"Effect":"Allow","Action":"*","Resource":"arn:)" +
                           std::string(kMostPolicyBytes, 'x') + R"("}]})";
  const std::string document =
      R"({"UserDetailList":[)" + user("deep", deep) + ',' + user("huge", huge) + ',' +
      user("text", R"("{not json")") + ',' + user("list", "[1]") + ',' +
      user("good", R"({"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]})") + "]}";
  Directory directory;
  Diagnostics problems;
  read_documents(std::vector<AuthorityDocument>{{"iam.json", document}}, directory, problems);
  directory.has_no_organization = true;
  for (const char* name : {"deep", "huge", "text", "list"}) {
    EXPECT_EQ(outcome_of(directory, name), Outcome::Unknown) << name;
  }
  EXPECT_EQ(outcome_of(directory, "good"), Outcome::Allowed);
  EXPECT_GE(problems.errors(), 4U);
}

TEST(Directory, AnExportMayComeInSeveralFiles) {
  const std::string policies =
      R"({"Policies":[{"Arn":"arn:aws:iam::111122223333:policy/P","PolicyVersionList":[
          {"IsDefaultVersion":true,"Document":{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}}]}],
          "UserDetailList":[],"IsTruncated":false})";
  const std::string users =
      R"({"UserDetailList":[{"UserName":"ann","Arn":"arn:aws:iam::111122223333:user/ann",
          "AttachedManagedPolicies":[{"PolicyArn":"arn:aws:iam::111122223333:policy/P"}]}],
          "IsTruncated":true,"Marker":"more"})";
  Directory directory;
  Diagnostics problems;
  read_documents(std::vector<AuthorityDocument>{{"a.json", users},
                                                {"b.json", policies},
                                                {"c.json", R"({"Organization":null})"},
                                                {"d.json", R"({"Vpcs":[]})"}},
                 directory, problems);
  EXPECT_TRUE(problems.empty());
  EXPECT_TRUE(directory.has_no_organization);
  EXPECT_EQ(outcome_of(directory, "ann"), Outcome::Allowed);
}

/// The document of an organization whose only target is the account, with more members.
Directory organization(std::string_view target, std::string_view more = "") {
  Directory directory;
  Diagnostics problems;
  EXPECT_TRUE(add_organization(
      R"({"Organization":{"Id":"o-1","MasterAccountId":"999999999999"},"Policies":[],"Targets":[)"
      R"({"Id":"111122223333","ParentId":"")" +
          std::string(target) + "}]" + std::string(more) + "}",
      "organization.json", directory, problems));
  return directory;
}

/// What comes of a request of a user who may do anything.
Outcome outcome_in(const Directory& directory, const Context& context = {}) {
  Diagnostics problems;
  const Policy all = parse_policy(R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})",
                                  "p", problems);
  const Principal ann{.caller = Caller::parse("arn:aws:iam::111122223333:user/ann"),
                      .name = "ann",
                      .identity = {&all}};
  const Request request{.caller = ann.caller,
                        .action = "ec2:DeleteSecurityGroup",
                        .resource = "arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1",
                        .account = "111122223333",
                        .context = context};
  return decide(request, authority_of(directory, ann, request)).outcome;
}

TEST(Organization, ATargetThatDoesNotTellOfItsPoliciesIsUnknown) {
  EXPECT_EQ(outcome_in(organization("")), Outcome::Unknown);
  EXPECT_EQ(outcome_in(organization(R"(,"ServiceControlPolicies":[])")), Outcome::ImplicitlyDenied);
}

TEST(Organization, ServiceControlPoliciesThatAreSwitchedOffLimitNobody) {
  const std::string none = R"(,"ServiceControlPolicies":[])";
  EXPECT_EQ(outcome_in(organization(none, R"(,"Roots":[{"Id":"r-1","PolicyTypes":[]}])")),
            Outcome::Allowed);
  EXPECT_EQ(outcome_in(organization(
                none, R"(,"Roots":[{"Id":"r-1","PolicyTypes":[{"Type":"SERVICE_CONTROL_POLICY",)"
                      R"("Status":"ENABLED"}]}])")),
            Outcome::ImplicitlyDenied);
}

TEST(Organization, TellsWhatItDelegatesOrNothingOrNotAtAll) {
  const Directory unknown = organization("");
  EXPECT_FALSE(unknown.organization->is_delegation_known);
  const Directory nobody = organization("", R"(,"ResourcePolicy":null)");
  EXPECT_TRUE(nobody.organization->is_delegation_known);
  EXPECT_EQ(nobody.organization->delegation, nullptr);
  const Directory some =
      organization("", R"(,"ResourcePolicy":{"Content":"{\"Statement\":{\"Effect\":\"Allow\"}}"})");
  ASSERT_NE(some.organization->delegation, nullptr);
  EXPECT_EQ(some.organization->delegation->statements.size(), 1U);
}

TEST(Endpoints, LimitWhoSaysThatItCameThroughThem) {
  Directory directory;
  Diagnostics problems;
  const std::string document =
      R"({"VpcEndpoints":[{"VpcEndpointId":"vpce-1","ServiceName":"com.amazonaws.eu-west-1.ec2",)"
      R"("PolicyDocument":"{\"Statement\":[]}"},{"VpcEndpointId":"vpce-2",)"
      R"("ServiceName":"com.amazonaws.eu-west-1.s3","PolicyDocument":"{\"Statement\":[]}"}]})";
  EXPECT_TRUE(mentions_authority(document));
  const AuthorityDocument read{.path = "endpoints.json", .bytes = document};
  read_documents({&read, 1}, directory, problems);
  directory.has_no_organization = true;
  EXPECT_TRUE(problems.empty());
  const auto through = [](std::string_view id) {
    Context context;
    context.set("aws:SourceVpce", std::string(id));
    return context;
  };
  EXPECT_EQ(outcome_in(directory), Outcome::Allowed);
  EXPECT_EQ(outcome_in(directory, through("vpce-1")), Outcome::ImplicitlyDenied);
  EXPECT_EQ(outcome_in(directory, through("vpce-2")), Outcome::Allowed);
  EXPECT_EQ(outcome_in(directory, through("vpce-9")), Outcome::Allowed);
}

TEST(RequestedRegion, IsTheResourcesAndOfGlobalServicesOne) {
  const auto region_of = [](std::string_view arn) {
    const Context context = context_of(Resource{.arn = *Arn::parse(arn)}, nullptr);
    return context.find("aws:requestedregion")->values.front();
  };
  EXPECT_EQ(region_of("arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1"), "eu-west-1");
  EXPECT_EQ(region_of("arn:aws:iam::111122223333:role/app"), "us-east-1");
}

}  // namespace
}  // namespace portolan::iam
