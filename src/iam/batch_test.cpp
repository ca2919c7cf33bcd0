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

TEST(Batch, WhatIsNotDecidedIsUnknownAndWhatIsNoRequestAnError) {
  const std::string open =
      answered(R"({"id":1,"action":"s3:GetObject","resource":"arn:aws:s3:::b/*"})");
  EXPECT_NE(open.find("\"result\":\"Unknown\""), std::string::npos);
  for (const std::string_view text : {"", "[]", "{}", R"({"action":"x","resource":"y"})"}) {
    EXPECT_EQ(answered(text), "bad_request") << text;
  }
}

}  // namespace
}  // namespace portolan::iam
