#include "collect/decode/policies.h"

#include <gtest/gtest.h>

namespace portolan::collect {

namespace {

EndpointPolicy policy_of(const std::string& statements) {
  return endpoint_policy_of(R"({"Version": "2012-10-17", "Statement": )" + statements + "}");
}

TEST(EndpointPolicies, are_open_if_anybody_may_do_anything) {
  for (
      const char* statements : {
          R"([{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}])",
          R"({"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": ["s3:*"], "Resource": ["*"]})",
          R"([{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::1:root"}, "Action": "*",
               "Resource": "*"},
               {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}])",
      }) {
    EXPECT_EQ(policy_of(statements), EndpointPolicy::Open) << statements;
  }
}

TEST(EndpointPolicies, are_bounded_by_principals_and_by_plain_conditions) {
  for (const char* statements : {
           R"([{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"},
               "Action": "*", "Resource": "*"}])",
           R"([{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition":
               {"StringEquals": {"aws:PrincipalOrgId": ["o-1"]}}}])",
           R"([{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}])",
           R"([])",
       }) {
    EXPECT_EQ(policy_of(statements), EndpointPolicy::Bounded) << statements;
  }
}

TEST(EndpointPolicies, are_unclear_otherwise) {
  for (
      const char* statements : {
          R"([{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}])",
          R"([{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "arn:aws:s3:::x/*"}])",
          R"([{"Effect": "Allow", "NotPrincipal": "*", "Action": "*", "Resource": "*"}])",
          R"([{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition":
               {"StringLike": {"aws:PrincipalOrgId": "o-*"}}}])",
          R"([{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"},
               {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*", "Condition":
               {"StringNotEquals": {"aws:PrincipalOrgId": "o-1"}}}])",
          R"(3)",
      }) {
    EXPECT_EQ(policy_of(statements), EndpointPolicy::Unclear) << statements;
  }
  EXPECT_EQ(endpoint_policy_of("{"), EndpointPolicy::Unclear);
  EXPECT_EQ(endpoint_policy_of(""), EndpointPolicy::Unclear);
}

}  // namespace

}  // namespace portolan::collect
