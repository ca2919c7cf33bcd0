#include "cli/roles_file.h"

#include <gtest/gtest.h>

namespace portolan::cli {
namespace {

TEST(RolesFile, reads_who_may_change_what) {
  const auto intent = parse_roles(
      "allowed:\n  - principals: role/net\n    tags: [env=prod, env=stage]\n    actions: rules\n",
      "roles.yaml");
  ASSERT_TRUE(intent.has_value()) << intent.error().message;
  ASSERT_EQ(intent->allowances.size(), 1U);
  EXPECT_EQ(intent->allowances[0], (iam::Allowance{.principals = {"role/net"},
                                                   .tags = {"env=prod", "env=stage"},
                                                   .actions = {"rules"}}));
}

TEST(RolesFile, refuses_what_would_allow_too_much_or_nobody) {
  for (const char* text : {"", "allowed: x", "allowed:\n  - tags: [a=b]\n",
                           "allowed:\n  - principals: [a]\n    tag: [x]\n",
                           "allowed:\n  - principals: [a]\n    resources: []\n", "others: []"}) {
    const auto intent = parse_roles(text, "roles.yaml");
    ASSERT_FALSE(intent.has_value()) << text;
    EXPECT_EQ(intent.error().code, "bad_roles");
  }
}

}  // namespace
}  // namespace portolan::cli
