#include "iam/policy.h"

#include <gtest/gtest.h>

namespace portolan::iam {
namespace {

struct Read {
  Policy policy;
  Diagnostics problems;
};

Read read(std::string_view json) {
  Read result;
  result.policy = parse_policy(json, "p.json", result.problems);
  return result;
}

std::string place_of(const Diagnostics& problems, std::string_view code) {
  for (const Diagnostic& problem : problems.sorted()) {
    if (problem.code == code) {
      return problem.pointer;
    }
  }
  return "none";
}

TEST(PolicyDocument, ASingleValueIsAListOfOne) {
  const auto one = read(R"({"Version":"2012-10-17","Statement":
      {"Effect":"Allow","Action":"ec2:*","Resource":"*","Condition":{"Bool":{"aws:X":true}}}})");
  const auto list = read(R"({"Version":"2012-10-17","Statement":
      [{"Effect":"Allow","Action":["ec2:*"],"Resource":["*"],
        "Condition":{"Bool":{"aws:X":["true"]}}}]})");
  EXPECT_TRUE(one.problems.empty());
  EXPECT_EQ(one.policy, list.policy);
}

TEST(PolicyDocument, WithoutVersionIsInTheOlderLanguage) {
  EXPECT_EQ(read(R"({"Statement":[]})").policy.language, Language::V2008);
  EXPECT_EQ(read(R"({"Version":"2008-10-17","Statement":[]})").policy.language, Language::V2008);
  EXPECT_EQ(read(R"({"Statement":[],"Version":"2012-10-17"})").policy.language, Language::V2012);
}

TEST(PolicyDocument, ReadsPrincipalsOfAllTypes) {
  const auto read_policy = read(R"({"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",
      "Principal":{"AWS":["111122223333","*"],"Service":"ec2.amazonaws.com"}},
      {"Effect":"Deny","Action":"*","NotPrincipal":"*"}]})");
  EXPECT_TRUE(read_policy.problems.empty());
  const auto& names = read_policy.policy.statements[0].principals.values;
  ASSERT_EQ(names.size(), 3U);
  EXPECT_EQ(names[1].kind, PrincipalName::Kind::Everyone);
  EXPECT_EQ(names[2].kind, PrincipalName::Kind::Service);
  EXPECT_TRUE(read_policy.policy.statements[1].principals.is_negated);
}

TEST(PolicyDocument, NamesOfElementsHaveCase) {
  const auto result = read(R"({"Statement":[{"Effect":"Allow","Action":"*","resource":"*"}]})");
  EXPECT_EQ(place_of(result.problems, "unknown_element"), "/Statement/0/resource");
  EXPECT_FALSE(result.policy.statements[0].fault.empty());
}

TEST(PolicyDocument, EffectsHaveCase) {
  const auto result = read(R"({"Statement":{"Effect":"allow","Action":"*","Resource":"*"}})");
  EXPECT_EQ(place_of(result.problems, "bad_statement"), "/Statement/Effect");
  EXPECT_EQ(result.policy.statements[0].effect, Effect::NotReadable);
}

TEST(PolicyDocument, AnUnknownOperatorSpoilsItsStatementOnly) {
  const auto result = read(R"({"Statement":[
      {"Sid":"A","Effect":"Allow","Action":"*","Resource":"*","Condition":{"Is/Odd":{"k":"v"}}},
      {"Sid":"B","Effect":"Allow","Action":"*","Resource":"*"}]})");
  EXPECT_EQ(place_of(result.problems, "unknown_operator"), "/Statement/0/Condition/Is~1Odd");
  ASSERT_EQ(result.policy.statements.size(), 2U);
  EXPECT_FALSE(result.policy.statements[0].fault.empty());
  EXPECT_TRUE(result.policy.statements[1].fault.empty());
}

TEST(PolicyDocument, AMalformedValueMatchesNothingAndTheRestIsKept) {
  const auto result = read(R"({"Statement":[{"Effect":"Allow","Action":["ec2","ec2:Run*"],
      "Resource":["sg-1","arn:aws:ec2:*:*:*"]}]})");
  EXPECT_TRUE(result.problems.has("bad_action"));
  EXPECT_TRUE(result.problems.has("bad_resource"));
  EXPECT_EQ(result.policy.statements[0].actions.values.size(), 1U);
  EXPECT_EQ(result.policy.statements[0].resources.values.size(), 1U);
  EXPECT_TRUE(result.policy.statements[0].fault.empty());
}

TEST(PolicyDocument, AnElementThatStandsTwiceIsNotReadable) {
  const auto result =
      read(R"({"Statement":[{"Effect":"Allow","Action":"*","NotAction":"ec2:*","Resource":"*"}]})");
  EXPECT_FALSE(result.policy.statements[0].actions.is_readable);
}

TEST(PolicyDocument, WhatIsNoPolicyIsUnknownNotEmpty) {
  std::string deep(500, '[');
  deep += std::string(500, ']');
  const std::string huge(kMostPolicyBytes + 1, ' ');
  const std::string nested = R"({"Statement":[{"Action":)" + deep + "}]}";
  for (const std::string_view text : {"", "{", "[]", "{}", "7", nested.c_str(), huge.c_str()}) {
    const auto result = read(text);
    EXPECT_TRUE(result.problems.has("bad_policy")) << text.substr(0, 20);
    ASSERT_EQ(result.policy.statements.size(), 1U);
    EXPECT_EQ(result.policy.statements[0].effect, Effect::NotReadable);
  }
}

TEST(PolicyDocument, MayBeUrlEncoded) {
  const auto result = read("%7B%22Statement%22%3A%5B%5D%7D");
  EXPECT_TRUE(result.problems.empty());
  EXPECT_TRUE(result.policy.statements.empty());
}

}  // namespace
}  // namespace portolan::iam
