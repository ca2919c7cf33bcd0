#include "iam/batch.h"

#include <gtest/gtest.h>

namespace portolan::iam {
namespace {

std::string answered(std::string_view json) {
  const auto line = answer_line(json);
  return line ? *line : line.error().code;
}

TEST(Batch, AnswersWhatPoliciesDecide) {
  EXPECT_EQ(answered(R"({"id":7,"principal":"arn:aws:iam::111122223333:user/ann",
      "action":"ec2:DeleteSecurityGroup","account":"111122223333",
      "resource":"arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1",
      "context":{"aws:SourceIp":"10.1.1.1"},
      "identity":[{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ec2:*",
        "Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}}],
      "session":null,"boundary":[],"scp":[],"rcp":[],"resource_policy":null,"endpoint":[]})"),
            R"({"id":7,"result":"Allowed","blocked_by":[],"residual":null})");
}

TEST(Batch, NamesWhatBlocks) {
  EXPECT_EQ(answered(R"({"id":"a","principal":"arn:aws:iam::111122223333:user/ann",
      "action":"ec2:DeleteSecurityGroup","account":"111122223333",
      "resource":"arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1",
      "identity":[{"Statement":{"Effect":"Allow","Action":"ec2:*","Resource":"*"}}],"scp":[[]]})"),
            R"({"id":"a","result":"ImplicitlyDenied","blocked_by":["scp"],"residual":null})");
}

TEST(Batch, AnAnonymousCallerIsAnObject) {
  EXPECT_EQ(answered(R"({"id":1,"principal":{"type":"Anonymous"},"action":"s3:GetObject",
      "resource":"arn:aws:s3:::b/x","account":"111122223333","context":{},
      "resource_policy":{"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*",
        "Resource":"*"}}})"),
            R"({"id":1,"result":"Allowed","blocked_by":[],"residual":null})");
}

TEST(Batch, WhatIsNoRequestIsAnError) {
  for (const std::string_view text :
       {"", "[]", "{}", R"({"action":"x","resource":"y"})",
        R"({"action":"s3:GetObject","resource":"arn:aws:s3:::b/x"})",
        R"({"principal":"ann","action":"s3:GetObject","resource":"arn:aws:s3:::b/x"})",
        R"({"principal":{"type":"Anonymous"},"action":"s3:GetObject","resource":"arn:aws:s3:::b/x",
            "mode":"Fast"})",
        R"({"principal":{"type":"Anonymous"},"action":"s3:GetObject","resource":"arn:aws:s3:::b/x",
            "boundary":{}})"}) {
    EXPECT_EQ(answered(text), "bad_request") << text;
  }
  EXPECT_EQ(refusal_line("7", "why"),
            R"({"id":7,"result":"Unknown","blocked_by":[],"residual":null,"reason":"why"})");
}

/// A request of a user with one identity policy.
std::string asked(std::string_view statements, std::string_view more,
                  std::string_view resource = "arn:aws:ec2:eu-west-1:111122223333:subnet/s-1") {
  const std::string line = answered(
      R"({"id":1,"principal":"arn:aws:iam::111122223333:role/R","action":"ec2:CreateTags",)"
      R"("account":"111122223333","resource":")" +
      std::string(resource) + R"(","identity":[{"Version":"2012-10-17","Statement":[)" +
      std::string(statements) + "]}]" + std::string(more) + "}");
  const std::size_t begin = line.find(R"("result":")") + 10;
  return line.substr(begin, line.find('"', begin) - begin);
}

std::string statement(std::string_view effect, std::string_view resource,
                      std::string_view condition = "") {
  return R"({"Effect":")" + std::string(effect) + R"(","Action":"ec2:*","Resource":")" +
         std::string(resource) + "\"" +
         (condition.empty() ? "" : R"(,"Condition":{)" + std::string(condition) + "}") + "}";
}

TEST(Batch, APatternIsAllowedIfSomeResourceIs) {
  const std::string any = "arn:aws:ec2:eu-west-1:111122223333:subnet/*";
  const std::string one = "arn:aws:ec2:*:*:subnet/s-1";
  EXPECT_EQ(asked(statement("Allow", one), "", any), "Allowed");
  EXPECT_EQ(asked(statement("Allow", "*") + ',' + statement("Deny", one), "", any), "Allowed");
  EXPECT_EQ(asked(statement("Allow", one) + ',' + statement("Deny", "arn:aws:ec2:*:*:subnet/s-?"),
                  "", any),
            "ExplicitlyDenied");
  EXPECT_EQ(asked(statement("Allow", "arn:aws:ec2:*:*:vpc/*"), "", any), "ImplicitlyDenied");
  EXPECT_EQ(asked(statement("Allow", one), "", "arn:aws:ec2:eu-west-1:111122223333:subnet/s-2*"),
            "ImplicitlyDenied");
  EXPECT_EQ(asked(statement("Allow", one), "", "*"), "Allowed");
}

TEST(Batch, AnOpenKeyCountsForTheCallerInDiscovery) {
  const std::string open = R"(,"mode":"Discovery")";
  const std::string red = R"("StringEquals":{"aws:ResourceTag/Team":"red"})";
  EXPECT_EQ(asked(statement("Allow", "*", red), ""), "ImplicitlyDenied");
  EXPECT_EQ(asked(statement("Allow", "*", red), open), "Allowed");
  EXPECT_EQ(asked(statement("Allow", "*") + ',' + statement("Deny", "*", red), open), "Allowed");
  EXPECT_EQ(asked(statement("Allow", "*") + ',' +
                      statement("Deny", "*", R"("StringLikeIfExists":{"aws:ResourceTag/x":"*"})"),
                  open),
            "ExplicitlyDenied");
  EXPECT_EQ(asked(statement("Allow", "*",
                            R"("StringEquals":{"aws:x":"1"},"StringNotEquals":{"aws:x":"1"})"),
                  open),
            "ImplicitlyDenied");
}

TEST(Batch, WhatIsKnownIsNotOpen) {
  const std::string red =
      statement("Allow", "*", R"("StringEquals":{"aws:ResourceTag/Team":"red"})");
  const auto with = [](std::string_view known, std::string_view context) {
    return R"(,"mode":"Discovery","known":{)" + std::string(known) + R"(},"context":{)" +
           std::string(context) + "}";
  };
  EXPECT_EQ(asked(red, with(R"("AWS:resourcetag/team":"value")", "")), "ImplicitlyDenied");
  EXPECT_EQ(asked(red, with(R"("aws:ResourceTag/*":"value")", R"("aws:ResourceTag/Team":"red")")),
            "Allowed");
  EXPECT_EQ(asked(red, with(R"("aws:ResourceTag/*":"presence")", R"("aws:ResourceTag/Team":"x")")),
            "Allowed");
  EXPECT_EQ(asked(red, with(R"("aws:ResourceTag/*":"presence")", "")), "ImplicitlyDenied");
  EXPECT_EQ(asked(red, with("", R"("aws:ResourceTag/Team":"blue")")), "Allowed");
}

std::string residual(std::string_view policy_part, std::string_view more = "") {
  const std::string line = answered(
      R"({"id":1,"mode":"Discovery","principal":"arn:aws:sts::111122223333:assumed-role/R/one",)"
      R"("action":"sqs:SendMessage","account":"111122223333",)"
      R"("resource":"arn:aws:sqs:eu-west-1:111122223333:q",)" +
      std::string(policy_part) + std::string(more) + "}");
  const std::string clean = line.substr(line.find("\"residual\":") + 11);
  std::string out;
  for (std::size_t at = 0; at < clean.size();) {
    const std::size_t begin = clean.find(",\"sources\":[", at);
    out += clean.substr(at, begin - at);
    at = begin == std::string::npos ? clean.size() : clean.find(']', begin) + 1;
  }
  return out.substr(0, out.size() - 1);
}

TEST(Batch, TheResidualIsTheCondition) {
  EXPECT_EQ(
      residual(R"("identity":[{"Version":"2012-10-17","Statement":[
      {"Effect":"Allow","Action":"*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}},
      {"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:a":"1"},"Bool":{"aws:b":"true"}}}]}])"),
      R"({"conditionType":"group","operator":"and","conditions":[)"
      R"({"conditionType":"condition","op":"IpAddress","key":"aws:SourceIp","values":["10.0.0.0/8"]},)"
      R"({"conditionType":"group","operator":"or","conditions":[)"
      R"({"conditionType":"condition","op":"StringNotEquals","key":"aws:a","values":["1"],"inverted":true},)"
      R"({"conditionType":"condition","op":"BoolIfExists","key":"aws:b","values":["false"],"inverted":true}]}]})");
  EXPECT_EQ(
      residual(R"("identity":[{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}])"),
      "null");
}

TEST(Batch, TheNameOfASessionIsOpen) {
  const std::string grant = R"("identity":[],"resource_policy":{"Statement":{"Effect":"Allow",
      "Principal":{"AWS":"arn:aws:sts::111122223333:assumed-role/R/two"},"Action":"*","Resource":"*"}})";
  EXPECT_EQ(residual(grant), R"({"conditionType":"sessionName","sessionName":["two"]})");
  const std::string deny =
      R"("identity":[{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}],
      "resource_policy":{"Statement":{"Effect":"Deny",
      "Principal":{"AWS":"arn:aws:sts::111122223333:assumed-role/R/two"},"Action":"*","Resource":"*"}})";
  EXPECT_EQ(
      residual(deny),
      R"({"conditionType":"not","condition":{"conditionType":"sessionName","sessionName":["two"]}})");
}

TEST(Batch, ARequestIsWrittenAsItIsRead) {
  Diagnostics problems;
  const Policy policy = parse_policy(
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"*"}]})",
      "p", problems);
  Request request{.caller = Caller::parse("arn:aws:iam::111122223333:user/ann"),
                  .action = "ec2:DeleteSecurityGroup",
                  .resource = "arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1",
                  .account = "111122223333"};
  request.context.set("aws:SourceIp", "10.1.1.1");
  const Authority authority{.identity = {&policy}, .service_control = {{&policy}}};
  EXPECT_EQ(answered(request_line("1", request, authority)),
            R"({"id":1,"result":"Allowed","blocked_by":[],"residual":null})");
}

}  // namespace
}  // namespace portolan::iam
