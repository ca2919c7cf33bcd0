#include "iam/who.h"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "iam/test_random.h"

namespace portolan::iam {
namespace {

Truth truth_of(Outcome outcome) {
  return outcome == Outcome::Allowed   ? Truth::Yes
         : outcome == Outcome::Unknown ? Truth::Unknown
                                       : Truth::No;
}

/// True if the engine leaves open what one request would decide: it says so.
bool leaves_open(const Answer& answer) {
  return std::ranges::any_of(answer.reasons, [](const std::string& reason) {
    return reason.find("which is open") != std::string::npos;
  });
}

struct Tally {
  std::size_t requests = 0;
  std::size_t witnesses = 0;
  std::size_t verdicts[4] = {};
};

/// All triples of one random directory, each with some random requests.
void compare(std::uint64_t seed, Tally& tally) {
  test::Dice dice(seed);
  const Directory directory = test::random_directory(dice);
  const Who who(directory, test::random_groups(dice, 10),
                {"ec2:AuthorizeSecurityGroupIngress", "ec2:DeleteSecurityGroup",
                 "ec2:CreateSecurityGroup", "ec2:RevokeSecurityGroupEgress", "ec2:CreateTags"});
  for (std::size_t p = 0; p < directory.principals.size(); ++p) {
    const Principal& principal = directory.principals[p];
    const Authority authority = authority_of(directory, principal);
    std::vector<Context> contexts;
    for (int i = 0; i < 20; ++i) {
      contexts.push_back(test::random_context(dice, principal.caller.kind));
    }
    for (std::size_t a = 0; a < who.actions().size(); ++a) {
      for (std::size_t r = 0; r < who.resources().size(); ++r) {
        const Verdict verdict = who.verdict(p, a, r);
        const Answer answer = who.explain(p, a, r);
        ++tally.verdicts[static_cast<std::size_t>(verdict)];
        if (answer.decision) {
          ++tally.witnesses;
          ASSERT_EQ(answer.decision->outcome, Outcome::Allowed)
              << "the witness of seed " << seed << ' ' << p << ' ' << a << ' ' << r << ": "
              << answer.condition;
        }
        for (const Context& open : contexts) {
          const Request request =
              request_of(directory, principal, who.actions()[a], who.resources()[r], open);
          const Truth oracle = truth_of(decide(request, authority).outcome);
          const Truth ours = who.under(p, a, r, open);
          ++tally.requests;
          const bool is_left_open = ours == Truth::Unknown && leaves_open(answer);
          ASSERT_TRUE(ours == oracle || is_left_open)
              << "seed " << seed << ' ' << p << ' ' << a << ' ' << r << ": oracle "
              << static_cast<int>(oracle) << ", ours " << static_cast<int>(ours);
          ASSERT_TRUE(verdict != Verdict::Always || oracle == Truth::Yes) << "seed " << seed;
          ASSERT_TRUE(verdict != Verdict::Never || oracle == Truth::No)
              << "seed " << seed << ' ' << p << ' ' << a << ' ' << r;
        }
      }
    }
  }
}

/// PORTOLAN_IAM_REQUESTS=10000000 tries more.
std::size_t wanted_requests() {
  const char* wanted = std::getenv("PORTOLAN_IAM_REQUESTS");
  return wanted == nullptr ? 100'000 : static_cast<std::size_t>(std::atoll(wanted));
}

TEST(WhoProperty, AgreesWithTheOracleOnRandomRequests) {
  Tally tally;
  for (std::uint64_t seed = 1; tally.requests < wanted_requests() && !HasFatalFailure(); ++seed) {
    compare(seed, tally);
  }
  EXPECT_GT(tally.witnesses, 100U);
  for (const std::size_t verdicts : tally.verdicts) {
    EXPECT_GT(verdicts, 10U);
  }
  fmt::print("{} requests, {} witnesses; {} never, {} unknown, {} possible, {} always\n",
             tally.requests, tally.witnesses, tally.verdicts[0], tally.verdicts[1],
             tally.verdicts[2], tally.verdicts[3]);
}

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

}  // namespace
}  // namespace portolan::iam
