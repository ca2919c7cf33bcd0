#include "iam/oracle.h"

#include <list>

#include <gtest/gtest.h>

namespace portolan::iam {
namespace {

constexpr std::string_view kGroup = "arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1";
constexpr std::string_view kBucket = "arn:aws:s3:::shop";
constexpr std::string_view kAll = R"({"Effect":"Allow","Action":"*","Resource":"*"})";

/// One request and what decides it; statements are given without the document around them.
class Case {
 public:
  explicit Case(std::string_view caller = "arn:aws:iam::111122223333:user/ann",
                std::string_view action = "ec2:DeleteSecurityGroup",
                std::string_view resource = kGroup) {
    request.caller = Caller::parse(caller);
    request.action = action;
    request.resource = resource;
    request.account = "111122223333";
  }

  const Policy* policy(std::string_view statements) {
    Diagnostics problems;
    documents_.push_back(
        parse_policy(R"({"Version":"2012-10-17","Statement":[)" + std::string(statements) + "]}",
                     "p", problems));
    return &documents_.back();
  }
  Case& identity(std::string_view statements) {
    authority.identity.push_back(policy(statements));
    return *this;
  }
  Case& boundary(std::string_view statements) {
    authority.boundary.push_back(policy(statements));
    return *this;
  }
  Case& session(std::string_view statements) {
    authority.session = Policies{policy(statements)};
    return *this;
  }
  Case& service_control(std::string_view statements) {
    authority.service_control.push_back({policy(statements)});
    return *this;
  }
  Case& resource_control(std::string_view statements) {
    authority.resource_control.push_back({policy(statements)});
    return *this;
  }
  Case& resource(std::string_view statements) {
    authority.resource_policy = policy(statements);
    return *this;
  }
  Case& endpoint(std::string_view statements) {
    authority.endpoint = Policies{policy(statements)};
    return *this;
  }
  [[nodiscard]] Decision decision() const { return decide(request, authority); }
  [[nodiscard]] Outcome outcome() const { return decision().outcome; }

  Request request;
  Authority authority;

 private:
  std::list<Policy> documents_;
};

constexpr std::string_view kSession = "arn:aws:sts::111122223333:assumed-role/Ops/ann";
constexpr std::string_view kRole = "arn:aws:iam::111122223333:role/Ops";

std::string grant_to(std::string_view principal) {
  return R"({"Effect":"Allow","Action":"*","Resource":"*","Principal":{"AWS":")" +
         std::string(principal) + "\"}}";
}

TEST(Oracle, WithoutAnAllowEverythingIsDenied) {
  EXPECT_EQ(Case().outcome(), Outcome::ImplicitlyDenied);
  EXPECT_EQ(Case().identity(kAll).outcome(), Outcome::Allowed);
}

TEST(Oracle, AnExplicitDenyOfAnyKindWins) {
  constexpr std::string_view deny =
      R"({"Sid":"No","Effect":"Deny","Principal":"*","Action":"ec2:Delete*","Resource":"*"})";
  const auto denied = Outcome::ExplicitlyDenied;
  EXPECT_EQ(Case().identity(kAll).identity(deny).outcome(), denied);
  EXPECT_EQ(Case().identity(kAll).boundary(kAll).boundary(deny).outcome(), denied);
  EXPECT_EQ(Case().identity(kAll).session(deny).outcome(), denied);
  EXPECT_EQ(Case().identity(kAll).service_control(deny).outcome(), denied);
  EXPECT_EQ(Case().identity(kAll).resource(deny).outcome(), denied);
  EXPECT_EQ(Case().identity(kAll).endpoint(deny).outcome(), denied);
  const Decision decision = Case().identity(kAll).identity(deny).decision();
  ASSERT_EQ(decision.denying.size(), 1U);
  EXPECT_EQ(text(decision.denying[0]), "p, statement 0 (No)");
}

TEST(Oracle, ABoundaryAndASessionPolicyMustAllowToo) {
  constexpr std::string_view reads =
      R"({"Effect":"Allow","Action":"ec2:Describe*","Resource":"*"})";
  EXPECT_EQ(Case().identity(kAll).boundary(reads).outcome(), Outcome::ImplicitlyDenied);
  EXPECT_EQ(Case().identity(kAll).session(reads).outcome(), Outcome::ImplicitlyDenied);
  EXPECT_EQ(Case().identity(kAll).boundary(kAll).session(kAll).outcome(), Outcome::Allowed);
  EXPECT_EQ(Case().boundary(kAll).outcome(), Outcome::ImplicitlyDenied);
}

TEST(Oracle, EachLevelOfServiceControlMustAllow) {
  constexpr std::string_view reads =
      R"({"Effect":"Allow","Action":"ec2:Describe*","Resource":"*"})";
  EXPECT_EQ(Case().identity(kAll).service_control(kAll).outcome(), Outcome::Allowed);
  auto limited = Case();
  limited.identity(kAll).service_control(kAll).service_control(reads);
  EXPECT_EQ(limited.outcome(), Outcome::ImplicitlyDenied);
  EXPECT_EQ(limited.decision().blocked_by, std::vector{PolicyKind::ServiceControl});
  auto empty_level = Case();
  empty_level.identity(kAll).authority.service_control.emplace_back();
  EXPECT_EQ(empty_level.outcome(), Outcome::ImplicitlyDenied);
}

TEST(Oracle, ServiceControlSparesServiceLinkedRolesAndBindsRoot) {
  constexpr std::string_view deny = R"({"Effect":"Deny","Action":"*","Resource":"*"})";
  Case linked("arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX");
  EXPECT_EQ(linked.identity(kAll).service_control(deny).outcome(), Outcome::Allowed);
  Case root("arn:aws:iam::111122223333:root");
  EXPECT_EQ(root.outcome(), Outcome::Allowed);
  EXPECT_EQ(root.service_control(deny).outcome(), Outcome::ExplicitlyDenied);
}

TEST(Oracle, ResourceControlLimitsOnlyItsServices) {
  constexpr std::string_view deny =
      R"({"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"})";
  EXPECT_EQ(Case().identity(kAll).resource_control(deny).outcome(), Outcome::Allowed);
  Case bucket("arn:aws:iam::111122223333:user/ann", "s3:DeleteBucket", kBucket);
  EXPECT_EQ(bucket.identity(kAll).resource_control(deny).outcome(), Outcome::ExplicitlyDenied);
}

TEST(Oracle, AGrantToAUserOrSessionIsNotLimitedByImplicitDenies) {
  constexpr std::string_view none = R"({"Effect":"Allow","Action":"sqs:*","Resource":"*"})";
  Case user("arn:aws:iam::111122223333:user/ann", "s3:DeleteBucket", kBucket);
  user.boundary(none).resource(grant_to("arn:aws:iam::111122223333:user/ann"));
  EXPECT_EQ(user.outcome(), Outcome::Allowed);
  Case session(kSession, "s3:DeleteBucket", kBucket);
  session.boundary(none).session(none).resource(grant_to(kSession));
  EXPECT_EQ(session.outcome(), Outcome::Allowed);
}

TEST(Oracle, AGrantToARoleNeedsNoIdentityPolicyButBoundaryAndSession) {
  constexpr std::string_view none = R"({"Effect":"Allow","Action":"sqs:*","Resource":"*"})";
  Case free(kSession, "s3:DeleteBucket", kBucket);
  EXPECT_EQ(free.resource(grant_to(kRole)).outcome(), Outcome::Allowed);
  Case bounded(kSession, "s3:DeleteBucket", kBucket);
  EXPECT_EQ(bounded.boundary(none).resource(grant_to(kRole)).outcome(), Outcome::ImplicitlyDenied);
  Case session(kSession, "s3:DeleteBucket", kBucket);
  EXPECT_EQ(session.session(none).resource(grant_to(kRole)).outcome(), Outcome::ImplicitlyDenied);
}

TEST(Oracle, AGrantToTheAccountOnlyDelegates) {
  Case bucket("arn:aws:iam::111122223333:user/ann", "s3:DeleteBucket", kBucket);
  bucket.resource(grant_to("111122223333"));
  EXPECT_EQ(bucket.outcome(), Outcome::ImplicitlyDenied);
  EXPECT_EQ(bucket.identity(kAll).outcome(), Outcome::Allowed);
}

TEST(Oracle, ATrustPolicyMustGrantItself) {
  Case assume("arn:aws:iam::111122223333:user/ann", "sts:AssumeRole", kRole);
  assume.identity(kAll).authority.must_grant_itself = true;
  EXPECT_EQ(assume.outcome(), Outcome::ImplicitlyDenied);
  EXPECT_EQ(assume.resource(grant_to("arn:aws:iam::111122223333:root")).outcome(),
            Outcome::Allowed);
}

TEST(Oracle, AcrossAccountsBothSidesMustAllow) {
  Case other("arn:aws:iam::444455556666:user/ann", "s3:DeleteBucket", kBucket);
  EXPECT_EQ(other.identity(kAll).outcome(), Outcome::ImplicitlyDenied);
  EXPECT_EQ(other.resource(grant_to("444455556666")).outcome(), Outcome::Allowed);
  Case one_sided("arn:aws:iam::444455556666:user/ann", "s3:DeleteBucket", kBucket);
  one_sided.resource(grant_to("arn:aws:iam::444455556666:user/ann"));
  EXPECT_EQ(one_sided.outcome(), Outcome::ImplicitlyDenied);
}

TEST(Oracle, DenyWithNotPrincipalHitsWhoeverHasABoundary) {
  constexpr std::string_view but_ann = R"({"Effect":"Deny","Action":"*","Resource":"*",
      "NotPrincipal":{"AWS":"arn:aws:iam::111122223333:user/ann"}})";
  Case spared("arn:aws:iam::111122223333:user/ann", "s3:DeleteBucket", kBucket);
  EXPECT_EQ(spared.identity(kAll).resource(but_ann).outcome(), Outcome::Allowed);
  EXPECT_EQ(spared.boundary(kAll).outcome(), Outcome::ExplicitlyDenied);
}

TEST(Oracle, ServicesAndTheAnonymousHaveNoIdentity) {
  Case service("config.amazonaws.com", "s3:PutObject", kBucket);
  service.service_control(R"({"Effect":"Deny","Action":"*","Resource":"*"})");
  EXPECT_EQ(service.identity(kAll).outcome(), Outcome::ImplicitlyDenied);
  service.resource(R"({"Effect":"Allow","Action":"*","Resource":"*",
      "Principal":{"Service":"config.amazonaws.com"}})");
  EXPECT_EQ(service.outcome(), Outcome::Allowed);
  Case anyone("", "s3:GetObject", kBucket);
  EXPECT_EQ(anyone.resource(grant_to("*")).outcome(), Outcome::Allowed);
}

TEST(Oracle, AFederatedUserWithoutSessionPolicyHasNothing) {
  Case federated("arn:aws:sts::111122223333:federated-user/bob");
  EXPECT_EQ(federated.identity(kAll).outcome(), Outcome::ImplicitlyDenied);
  EXPECT_EQ(federated.session(kAll).outcome(), Outcome::Allowed);
}

TEST(Oracle, AnEndpointPolicyMustAllow) {
  constexpr std::string_view reads =
      R"({"Effect":"Allow","Action":"ec2:Describe*","Resource":"*"})";
  EXPECT_EQ(Case().identity(kAll).endpoint(reads).outcome(), Outcome::ImplicitlyDenied);
  EXPECT_EQ(Case().identity(kAll).endpoint(kAll).outcome(), Outcome::Allowed);
}

TEST(Oracle, AnActionWithoutResourceIsCoveredByAStarAlone) {
  Case call("arn:aws:iam::111122223333:user/ann", "ec2:ModifyVpcBlockPublicAccessOptions", "*");
  call.request.is_wildcard_only = true;
  call.identity(R"({"Effect":"Allow","Action":"*","Resource":"arn:aws:ec2:*:*:*"})");
  EXPECT_EQ(call.outcome(), Outcome::ImplicitlyDenied);
  EXPECT_EQ(call.identity(kAll).outcome(), Outcome::Allowed);
}

TEST(Oracle, WhatIsNotReadableMakesTheAnswerUnknownUnlessItCannotMatter) {
  constexpr std::string_view odd =
      R"({"Effect":"Deny","Action":"ec2:*","Resource":"*","Condition":{"Odd":{"k":"v"}}})";
  EXPECT_EQ(Case().identity(kAll).identity(odd).outcome(), Outcome::Unknown);
  EXPECT_EQ(Case().identity(odd).outcome(), Outcome::ImplicitlyDenied);
  Case missing;
  const Policy unknown = unknown_policy("boundary", "not collected");
  missing.identity(kAll).authority.boundary.push_back(&unknown);
  EXPECT_EQ(missing.outcome(), Outcome::Unknown);
  ASSERT_EQ(missing.decision().unsure.size(), 1U);
  EXPECT_EQ(missing.decision().unsure[0].fault, "not collected");
}

TEST(Oracle, ACallIsAllowedIfEachOfItsPairsIs) {
  Case one;
  one.identity(kAll);
  Case other;
  const std::vector<Pair> both = {{one.request, &one.authority}, {other.request, &other.authority}};
  EXPECT_EQ(decide_call(both).outcome, Outcome::ImplicitlyDenied);
  EXPECT_EQ(decide_call(std::span(both).first(1)).outcome, Outcome::Allowed);
}

TEST(Oracle, SomeThingsNoPolicyDecides) {
  constexpr std::string_view deny = R"({"Effect":"Deny","Action":"*","Resource":"*"})";
  Case identity("arn:aws:iam::111122223333:user/ann", "sts:GetCallerIdentity", "*");
  EXPECT_EQ(identity.identity(deny).outcome(), Outcome::Allowed);
  Case managed("arn:aws:iam::111122223333:user/ann", "iam:CreatePolicyVersion",
               "arn:aws:iam::aws:policy/ReadOnlyAccess");
  EXPECT_EQ(managed.identity(kAll).outcome(), Outcome::ImplicitlyDenied);
}

}  // namespace
}  // namespace portolan::iam
