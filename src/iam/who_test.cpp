#include "iam/who.h"

#include <cstdint>
#include <cstdlib>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "iam/test_compare.h"

namespace portolan::iam {
namespace {

/// PORTOLAN_IAM_REQUESTS=10000000 tries more.
std::size_t wanted_requests() {
  const char* wanted = std::getenv("PORTOLAN_IAM_REQUESTS");
  return wanted == nullptr ? 1'000'000 : static_cast<std::size_t>(std::atoll(wanted));
}

/// The million in parts, so that they run beside each other; each has directories of its own.
class WhoProperty : public testing::TestWithParam<std::uint64_t> {};

constexpr std::uint64_t kParts = 8;

TEST_P(WhoProperty, AgreesWithTheOracleOnRandomRequests) {
  test::Tally tally;
  const std::size_t wanted = wanted_requests() / kParts;
  for (std::uint64_t seed = 1 + GetParam(); tally.requests < wanted && tally.difference.empty();
       seed += kParts) {
    test::Comparison(seed, tally).run();
  }
  EXPECT_EQ(tally.difference, "");
  EXPECT_GT(tally.witnesses, 100U);
  for (const std::size_t verdicts : tally.verdicts) {
    EXPECT_GT(verdicts, 10U);
  }
  fmt::print("{} requests, {} witnesses; {} never, {} unknown, {} possible, {} always\n",
             tally.requests, tally.witnesses, tally.verdicts[0], tally.verdicts[1],
             tally.verdicts[2], tally.verdicts[3]);
}

INSTANTIATE_TEST_SUITE_P(Part, WhoProperty, testing::Range(std::uint64_t{0}, kParts));

/// Statements of one user without organization, and one group.
class OneUser {
 public:
  explicit OneUser(std::string_view statements, std::string_view user = "user/ann") {
    Diagnostics problems;
    Principal principal{.caller = Caller::parse("arn:aws:iam::111122223333:" + std::string(user)),
                        .name = "ann"};
    principal.tags = {{"Team", "red"}};
    principal.identity = {directory.keep(
        parse_policy(R"({"Version":"2012-10-17","Statement":[)" + std::string(statements) + "]}",
                     "p", problems))};
    directory.principals.push_back(std::move(principal));
    directory.has_no_organization = true;
  }
  Answer may(std::string action, Tags tags = {}) {
    const auto arn = Arn::parse("arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1");
    const Who who(directory, {security_group(*arn, "vpc-1", std::move(tags))}, {std::move(action)});
    return who.explain(0, 0, 0);
  }

  Directory directory;
};

constexpr std::string_view kDelete = "ec2:DeleteSecurityGroup";

std::string allow_if(std::string_view condition) {
  return R"({"Effect":"Allow","Action":"ec2:*","Resource":"*","Condition":{)" +
         std::string(condition) + "}}";
}

TEST(Who, IsAlwaysWhereNothingIsOpen) {
  OneUser user(R"({"Effect":"Allow","Action":"ec2:*","Resource":"*"})");
  EXPECT_EQ(user.may(std::string(kDelete)).verdict, Verdict::Always);
}

TEST(Who, IsPossibleUnderAnOpenKeyAndNeverUnderAContradiction) {
  OneUser open(allow_if(R"("IpAddress":{"aws:SourceIp":"10.0.0.0/8"})"));
  const Answer answer = open.may(std::string(kDelete));
  EXPECT_EQ(answer.verdict, Verdict::Possible);
  EXPECT_EQ(answer.condition, "aws:SourceIp IpAddress 10.0.0.0/8");
  ASSERT_TRUE(answer.decision);
  EXPECT_EQ(answer.decision->outcome, Outcome::Allowed);
  OneUser none(allow_if(R"("StringEquals":{"aws:SourceVpc":"vpc-1"},
                           "StringNotLike":{"aws:SourceVpc":"vpc-*"})"));
  EXPECT_EQ(none.may(std::string(kDelete)).verdict, Verdict::Never);
}

TEST(Who, RegionsTagsAndNetworksOfTheGroupAreDecided) {
  OneUser region(allow_if(R"("StringEquals":{"aws:RequestedRegion":"eu-west-1"})"));
  EXPECT_EQ(region.may(std::string(kDelete)).verdict, Verdict::Always);
  OneUser tag(allow_if(R"("StringEquals":{"aws:ResourceTag/Team":"${aws:PrincipalTag/Team}"})"));
  EXPECT_EQ(tag.may(std::string(kDelete), {{"Team", "red"}}).verdict, Verdict::Always);
  EXPECT_EQ(tag.may(std::string(kDelete), {{"Team", "blue"}}).verdict, Verdict::Never);
  EXPECT_EQ(tag.may(std::string(kDelete), {{"Team", "red"}, {"team", "x"}}).verdict,
            Verdict::Unknown);
}

TEST(Who, AKeyThatTheActionDoesNotSupportIsAbsent) {
  OneUser allowed(allow_if(R"("ArnLike":{"ec2:Vpc":"*"})"));
  EXPECT_EQ(allowed.may(std::string(kDelete)).verdict, Verdict::Always);
  EXPECT_EQ(allowed.may("ec2:CreateSecurityGroup").verdict, Verdict::Never);
  OneUser in_vpc(allow_if(R"("ArnLike":{"ec2:Vpc":"arn:aws:ec2:*:*:vpc/vpc-1"})"));
  EXPECT_EQ(in_vpc.may(std::string(kDelete)).verdict, Verdict::Always);
  EXPECT_EQ(in_vpc.may("ec2:CreateSecurityGroup").verdict, Verdict::Never);
}

TEST(Who, MfaIsAbsentWithLongTermKeysAndNeverTrueThere) {
  OneUser deny(R"({"Effect":"Allow","Action":"*","Resource":"*"},
      {"Effect":"Deny","Action":"*","Resource":"*",
       "Condition":{"Bool":{"aws:MultiFactorAuthPresent":"false"}}})");
  const Answer answer = deny.may(std::string(kDelete));
  EXPECT_EQ(answer.verdict, Verdict::Possible);
  OneUser impossible(allow_if(R"("Bool":{"aws:MultiFactorAuthPresent":"true"},
                                 "Null":{"aws:TokenIssueTime":"true"})"));
  EXPECT_EQ(impossible.may(std::string(kDelete)).verdict, Verdict::Never);
}

TEST(Who, TimeIsAlwaysThere) {
  OneUser null(allow_if(R"("Null":{"aws:CurrentTime":"false"})"));
  EXPECT_EQ(null.may(std::string(kDelete)).verdict, Verdict::Always);
  OneUser linked(allow_if(R"("DateLessThan":{"aws:CurrentTime":"2026-01-01T00:00:00Z"},
                             "NumericGreaterThan":{"aws:EpochTime":"1767225600"})"));
  EXPECT_EQ(linked.may(std::string(kDelete)).verdict, Verdict::Never);
}

TEST(Who, ACallThatNeedsMoreThanTheGroupIsNotKnown) {
  OneUser user(R"({"Effect":"Allow","Action":"*","Resource":"*"})");
  const Answer answer = user.may("ec2:ModifySecurityGroupRules");
  EXPECT_EQ(answer.verdict, Verdict::Unknown);
  ASSERT_EQ(answer.reasons.size(), 1U);
  EXPECT_NE(answer.reasons[0].find("ec2:security-group-rule"), std::string::npos);
}

TEST(Who, WithoutTheOrganizationAnAllowIsNotKnown) {
  OneUser user(R"({"Effect":"Allow","Action":"*","Resource":"*"})");
  user.directory.has_no_organization = false;
  EXPECT_EQ(user.may(std::string(kDelete)).verdict, Verdict::Unknown);
  OneUser nobody(R"({"Effect":"Allow","Action":"s3:*","Resource":"*"})");
  nobody.directory.has_no_organization = false;
  EXPECT_EQ(nobody.may(std::string(kDelete)).verdict, Verdict::Never);
}

TEST(Who, ListsWhoCanChangeAGroupAndCountsAll) {
  OneUser user(R"({"Effect":"Allow","Action":"ec2:Delete*","Resource":"*"})");
  const auto arn = Arn::parse("arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1");
  const Who who(user.directory, {security_group(*arn, "vpc-1", {})},
                {std::string(kDelete), "ec2:CreateSecurityGroup"});
  EXPECT_EQ(who.of_resource(0), (std::vector<Grant>{{0, 0, Verdict::Always}}));
  EXPECT_EQ(who.totals(), (Totals{.never = 1, .always = 1}));
}

/// A user who must come through an endpoint, whose policy has these statements.
Answer through_endpoint(std::string_view condition, std::string_view statements) {
  OneUser user(allow_if(condition));
  Diagnostics problems;
  user.directory.endpoints["vpce-1"] = {
      .service = "ec2",
      .policy = user.directory.keep(
          parse_policy(R"({"Version":"2012-10-17","Statement":[)" + std::string(statements) + "]}",
                       "endpoint", problems))};
  return user.may(std::string(kDelete));
}

TEST(Who, AnEndpointThatACallMustPassLimitsIt) {
  const std::string one = R"("StringEquals":{"aws:SourceVpce":"vpce-1"})";
  const std::string two = R"("StringEquals":{"aws:SourceVpce":["vpce-1","vpce-2"]})";
  const std::string all = R"({"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"})";
  const std::string others =
      R"({"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/bob"},"Action":"*",)"
      R"("Resource":"*"})";
  const std::string deletes =
      R"({"Effect":"Deny","Principal":"*","Action":"ec2:Delete*","Resource":"*"})";
  EXPECT_EQ(through_endpoint(one, all).verdict, Verdict::Possible);
  EXPECT_EQ(through_endpoint(one, "").verdict, Verdict::Never);
  EXPECT_EQ(through_endpoint(one, others).verdict, Verdict::Never);
  EXPECT_EQ(through_endpoint(one, all + ',' + deletes).verdict, Verdict::Never);
  const Answer other = through_endpoint(two, "");
  EXPECT_EQ(other.verdict, Verdict::Possible);
  ASSERT_TRUE(other.decision);
  EXPECT_EQ(other.decision->outcome, Outcome::Allowed);
  EXPECT_EQ(through_endpoint(R"("StringEquals":{"aws:PrincipalTag/Team":"red"})", "").verdict,
            Verdict::Always);
}

TEST(Who, ABlockOfPublicAccessIsCoveredByAStarAlone) {
  const auto may = [](std::string_view resource) {
    OneUser user(R"({"Effect":"Allow","Action":"ec2:*","Resource":")" + std::string(resource) +
                 "\"}");
    const auto arn =
        Arn::parse("arn:aws:ec2:eu-west-1:111122223333:vpc-block-public-access-options");
    const Who who(user.directory, {{.arn = *arn, .is_nameless = true}},
                  {"ec2:ModifyVpcBlockPublicAccessOptions", "ec2:DeleteSecurityGroup"});
    EXPECT_EQ(who.verdict(0, 1, 0), Verdict::Never);
    return who.verdict(0, 0, 0);
  };
  EXPECT_EQ(may("*"), Verdict::Always);
  EXPECT_EQ(may("arn:aws:ec2:*:*:*"), Verdict::Never);
  EXPECT_EQ(may("arn:aws:ec2:*:*:vpc-block-public-access-options"), Verdict::Never);
}

}  // namespace
}  // namespace portolan::iam
