#include "cli/baseline.h"

#include <gtest/gtest.h>

namespace portolan::cli {

namespace {

TEST(Baseline, holds_the_ids_of_what_did_not_pass) {
  const auto ids = parse_baseline(
      R"({"schema": "portolan/audit/1", "findings": [{"id": "a", "outcome": "fail"},
          {"id": "b", "outcome": "pass"}, {"id": "c", "outcome": "unknown"}]})",
      "b.json");
  ASSERT_TRUE(ids.has_value()) << ids.error().message;
  EXPECT_EQ(*ids, (std::unordered_set<std::string>{"a", "c"}));
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
