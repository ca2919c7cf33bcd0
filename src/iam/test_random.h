#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "iam/who.h"

/// Random policies, principals, groups and requests over a small vocabulary, so that they meet.
namespace portolan::iam::test {

/// SplitMix64, the same on every machine.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  std::size_t below(std::size_t count) {
    std::uint64_t mixed = (state_ += 0x9E3779B97F4A7C15ULL);
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBULL;
    return (mixed ^ (mixed >> 31)) % count;
  }
  bool chance(std::size_t percent) { return below(100) < percent; }
  std::string pick(std::initializer_list<std::string_view> words) {
    return std::string(words.begin()[below(words.size())]);
  }

 private:
  std::uint64_t state_;
};

inline constexpr std::string_view kAccount = "111122223333";

/// A condition key, operators that suit it and values; what has values of several keys is listed
/// more than once.
struct Vocabulary {
  std::string_view keys;
  std::string_view operators;
  std::string_view values;
};

inline std::string one_of(Dice& dice, std::string_view words) {
  std::vector<std::string> list;
  for (std::size_t at = 0; at <= words.size();) {
    const std::size_t end = std::min(words.find(' ', at), words.size());
    list.emplace_back(words.substr(at, end - at));
    at = end + 1;
  }
  return list[dice.below(list.size())];
}

inline std::string random_test(Dice& dice) {
  static constexpr Vocabulary kVocabulary[] = {
      {"aws:SourceIp", "IpAddress NotIpAddress", "10.0.0.0/8 10.1.0.0/16 203.0.113.7 ::/0"},
      {"aws:MultiFactorAuthPresent", "Bool Null", "true false"},
      {"aws:MultiFactorAuthAge aws:MultiFactorAuthAge",
       "NumericLessThan NumericGreaterThanEquals NumericNotEquals", "60 3600 100.5"},
      {"aws:CurrentTime aws:TokenIssueTime",
       "DateLessThan DateGreaterThan DateEquals DateNotEquals", "2026-01-01 2026-06-01T00:00:00Z"},
      {"aws:EpochTime", "NumericLessThan NumericGreaterThan", "1767225600 1780272000"},
      {"aws:TagKeys aws:CalledVia",
       "ForAllValues:StringEquals ForAnyValue:StringLike ForAnyValue:StringNotEquals "
       "ForAllValues:StringNotLike StringEquals StringNotEquals Null",
       "Team T* Env true false"},
      {"aws:RequestTag/Team aws:ResourceTag/Team ec2:ResourceTag/team aws:PrincipalTag/Team "
       "aws:UserAgent aws:SourceVpc",
       "StringEquals StringNotEquals StringLike StringNotLike StringEqualsIgnoreCase "
       "StringNotEqualsIgnoreCase ForAnyValue:StringEquals ForAllValues:StringLike",
       "red RED blue r* *e* ?ed ${aws:PrincipalTag/Team} ${aws:ResourceTag/Team} ${aws:username}"},
      {"ec2:Vpc", "ArnLike ArnNotEquals ArnEquals StringLike",
       "arn:aws:ec2:*:*:vpc/vpc-1 arn:aws:ec2:eu-west-1:111122223333:vpc/* *vpc-2"},
      {"aws:PrincipalArn", "ArnLike ArnNotLike StringEquals StringNotLike",
       "arn:aws:iam::*:role/* arn:aws:iam::111122223333:user/u1 arn:aws:iam::111122223333:role/?2"},
      {"aws:RequestedRegion ec2:Region", "StringEquals StringNotEquals StringLike",
       "eu-west-1 us-* us-east-1"},
      {"ec2:SecurityGroupID s3:prefix", "StringEquals StringNotLike Null", "sg-1 sg-* true"},
      {"aws:userid aws:username aws:PrincipalOrgID", "StringEquals StringNotLike Null",
       "u1 AIDA1 AIDA* true o-1"},
      {"aws:SourceIp", "Odd", "10.0.0.0/8"},
  };
  const Vocabulary& words =
      kVocabulary[dice.below(std::size(kVocabulary) - (dice.chance(90) ? 1 : 0))];
  std::string op = one_of(dice, words.operators);
  if (op != "Null" && dice.chance(25)) {
    op += "IfExists";
  }
  std::string values = '"' + one_of(dice, words.values) + '"';
  if (dice.chance(30)) {
    values = "[" + values + ",\"" + one_of(dice, words.values) + "\"]";
  }
  return fmt::format(R"("{}":{{"{}":{}}})", op, one_of(dice, words.keys), values);
}

inline std::string random_statement(Dice& dice, std::size_t percent_allow) {
  std::string text = fmt::format(
      R"({{"Effect":"{}","{}":"{}","{}":)", dice.chance(percent_allow) ? "Allow" : "Deny",
      dice.pick({"Action", "Action", "Action", "NotAction"}),
      dice.pick({"*", "ec2:*", "EC2:*SecurityGroup*", "ec2:Delete*",
                 "ec2:AuthorizeSecurityGroupIngress", "ec2:Modify*", "iam:*"}),
      dice.pick({"Resource", "Resource", "Resource", "NotResource"}));
  text += dice.pick({R"("*")", R"("*")", R"("arn:aws:ec2:*:*:security-group/*")",
                     R"("arn:aws:ec2:eu-west-1:*:*")",
                     R"(["arn:aws:ec2:*:111122223333:security-group/sg-1","arn:aws:ec2:us-*"])",
                     R"("arn:aws:ec2:*:*:security-group/sg-?")",
                     R"("arn:aws:ec2:*:security-group/sg-2")",
                     R"("arn:aws:ec2:*:*:security-group/${aws:PrincipalTag/Team}*")",
                     R"("arn:aws:ec2:*:*:*/*${aws:username, 'sg-1'}")"});
  std::vector<std::string> tests;
  for (std::size_t i = dice.below(4); i > 0; --i) {
    tests.push_back(random_test(dice));
  }
  if (!tests.empty()) {
    text += R"(,"Condition":{)" + fmt::format("{}", fmt::join(tests, ",")) + '}';
  }
  return text + '}';
}

inline Policy random_policy(Dice& dice, std::string name, std::size_t percent_allow) {
  std::vector<std::string> statements;
  for (std::size_t i = 1 + dice.below(3); i > 0; --i) {
    statements.push_back(random_statement(dice, percent_allow));
  }
  const std::string json =
      fmt::format(R"({{"Version":"{}","Statement":[{}]}})",
                  dice.chance(90) ? "2012-10-17" : "2008-10-17", fmt::join(statements, ","));
  Diagnostics problems;
  return parse_policy(json, std::move(name), problems);
}

/// Keys that every session of a principal has, or none.
inline Session random_session(Dice& dice) {
  Session session;
  if (dice.chance(50)) {
    session.given.set("aws:UserAgent", dice.pick({"red", "blue"}));
  }
  if (dice.chance(30)) {
    session.given.set("aws:MultiFactorAuthPresent", "true");
  }
  if (dice.chance(50)) {
    session.absent.insert({"aws:sourcevpc", "aws:sourceip"});
  }
  return session;
}

/// Two users, two roles and the root user.
inline Directory random_directory(Dice& dice) {
  Directory directory;
  std::vector<const Policy*> shared;
  for (int i = 0; i < 3; ++i) {
    shared.push_back(directory.keep(random_policy(dice, fmt::format("shared {}", i), 70)));
  }
  for (const std::string_view arn : {"user/u1", "user/u2", "role/r1", "role/r2", "root"}) {
    Principal principal{.caller = Caller::parse(fmt::format("arn:aws:iam::{}:{}", kAccount, arn)),
                        .name = std::string(arn.substr(arn.find('/') + 1)),
                        .id = fmt::format("AIDA{}", arn.back())};
    if (dice.chance(60)) {
      principal.tags.emplace_back("Team", dice.pick({"red", "blue", "sg"}));
    }
    for (std::size_t i = 1 + dice.below(2); i > 0; --i) {
      principal.identity.push_back(dice.chance(50)
                                       ? shared[dice.below(shared.size())]
                                       : directory.keep(random_policy(dice, "own", 75)));
    }
    if (dice.chance(30)) {
      principal.boundary.push_back(directory.keep(random_policy(dice, "boundary", 80)));
    }
    if (dice.chance(30)) {
      principal.session = random_session(dice);
    }
    directory.principals.push_back(std::move(principal));
  }
  directory.has_no_organization = dice.chance(50);
  if (!directory.has_no_organization && dice.chance(90)) {
    Organization organization{.id = "o-1", .management_account = "999999999999"};
    const auto add = [&](std::string id, std::string parent) {
      OrganizationNode node{.id = id, .parent = std::move(parent)};
      node.service_control = {directory.keep(random_policy(dice, "scp of " + id, 85))};
      organization.nodes.emplace(std::move(id), std::move(node));
    };
    add("r-1", "");
    add(std::string(kAccount), "r-1");
    directory.organization = std::move(organization);
  }
  return directory;
}

inline std::vector<Resource> random_groups(Dice& dice, int count) {
  std::vector<Resource> groups;
  for (int i = 1; i <= count; ++i) {
    const std::string region = dice.pick({"eu-west-1", "us-east-1"});
    const std::string account = dice.chance(90) ? std::string(kAccount) : "444455556666";
    Tags tags;
    if (dice.chance(60)) {
      tags.emplace_back("Team", dice.pick({"red", "RED", "blue"}));
    }
    if (dice.chance(20)) {
      tags.emplace_back("team", dice.pick({"red", "blue"}));
    }
    const auto arn =
        Arn::parse(fmt::format("arn:aws:ec2:{}:{}:security-group/sg-{}", region, account, i));
    groups.push_back(security_group(*arn, dice.pick({"vpc-1", "vpc-2", ""}), std::move(tags)));
  }
  return groups;
}

/// Groups, and what no ARN names: the account's block of public access.
inline std::vector<Resource> random_resources(Dice& dice, int groups) {
  std::vector<Resource> resources = random_groups(dice, groups);
  for (const std::string_view region : {"eu-west-1", "us-east-1"}) {
    resources.push_back(
        {.arn = *Arn::parse(
             fmt::format("arn:aws:ec2:{}:{}:vpc-block-public-access-options", region, kAccount)),
         .is_nameless = true});
  }
  return resources;
}

inline std::vector<std::string> random_actions() {
  return {"ec2:AuthorizeSecurityGroupIngress",
          "ec2:DeleteSecurityGroup",
          "ec2:CreateSecurityGroup",
          "ec2:RevokeSecurityGroupEgress",
          "ec2:CreateTags",
          "ec2:ModifyVpcBlockPublicAccessOptions"};
}

/// What is open about a request, as it can be: a session fixes the keys of MFA together.
inline Context random_context(Dice& dice, Caller::Kind kind) {
  Context open;
  const auto may_set = [&](std::string_view key, std::initializer_list<std::string_view> values) {
    if (dice.chance(65)) {
      open.set(key, dice.pick(values));
    }
  };
  may_set("aws:SourceIp", {"10.0.0.1", "10.1.2.3", "203.0.113.7", "2001:db8::1", "9.255.255.255"});
  may_set("aws:UserAgent", {"red", "RED", "cli", "reed", "u1", "blue", ""});
  may_set("aws:SourceVpc", {"red", "vpc-9", "Blue", "rede"});
  may_set("aws:RequestTag/Team", {"red", "RED", "green", "blue"});
  if (kind == Caller::Kind::Role || dice.chance(50)) {
    open.set("aws:TokenIssueTime", dice.pick({"2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z",
                                              "2026-03-01T00:00:00Z", "2026-07-01T00:00:00Z"}));
    const bool has_mfa = dice.chance(50);
    open.set("aws:MultiFactorAuthPresent", has_mfa ? "true" : "false");
    if (has_mfa) {
      open.set("aws:MultiFactorAuthAge", dice.pick({"5", "60", "100.5", "101", "3600", "5000"}));
    }
  }
  const bool is_early = dice.chance(50);
  open.set("aws:CurrentTime", is_early ? "2026-01-01T00:00:00Z" : "2026-06-01T00:00:01Z");
  open.set("aws:EpochTime", is_early ? "1767225600" : "1780272001");
  for (const std::string_view key : {"aws:TagKeys", "aws:CalledVia"}) {
    std::vector<std::string> values;
    for (std::size_t i = dice.below(3); i > 0; --i) {
      values.push_back(dice.pick({"Team", "Tier", "Env", "x"}));
    }
    if (!values.empty()) {
      open.set_list(key, std::move(values));
    }
  }
  return open;
}

}  // namespace portolan::iam::test
