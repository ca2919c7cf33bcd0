#include "cli/baseline.h"

#include <gtest/gtest.h>

namespace portolan::cli {

namespace {

TEST(Baseline, holds_the_ids_of_what_did_not_pass) {
  const auto baseline = parse_baseline(
      R"({"schema": "portolan/audit/1", "findings": [{"id": "a", "outcome": "fail",
          "check": "sg-orphan", "risk": "low", "resource": "sg-1", "account": "111122223333"},
          {"id": "b", "outcome": "pass"}, {"id": "c", "outcome": "unknown"}]})",
      "b.json");
  ASSERT_TRUE(baseline.has_value()) << baseline.error().message;
  ASSERT_EQ(baseline->size(), 2U);
  EXPECT_EQ(baseline->at("a").check, "sg-orphan");
  EXPECT_EQ(baseline->at("a").resource, "sg-1");
  EXPECT_EQ(baseline->at("a").risk, Risk::Low);
  EXPECT_EQ(baseline->at("a").account.text(), "111122223333");
  EXPECT_EQ(baseline->at("c").outcome, Outcome::Unknown);
}

/// A baseline that says no risk hides the finding as one without risk hid it ever.
TEST(Baseline, that_says_no_risk_counts_as_the_worst) {
  const auto baseline = parse_baseline(
      R"({"schema": "portolan/audit/1", "findings": [{"id": "a", "outcome": "fail"}]})", "b.json");
  ASSERT_TRUE(baseline.has_value()) << baseline.error().message;
  EXPECT_EQ(baseline->at("a").risk, Risk::Critical);
}

TEST(Baseline, refuses_what_is_no_audit) {
  for (const char* text : {"", "[]", "{\"schema\": \"portolan/audit/2\", \"findings\": []}",
                           "{\"schema\": \"portolan/audit/1\"}",
                           "{\"schema\": \"portolan/audit/1\", \"findings\": [{}]}",
                           "{\"schema\": \"portolan/audit/1\", \"findings\": [1"}) {
    const auto ids = parse_baseline(text, "b.json");
    ASSERT_FALSE(ids.has_value()) << text;
    EXPECT_EQ(ids.error().code, "bad_baseline");
    EXPECT_EQ(ids.error().context, "b.json");
  }
}

}  // namespace

}  // namespace portolan::cli
