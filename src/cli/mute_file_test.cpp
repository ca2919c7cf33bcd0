#include "cli/mute_file.h"

#include <string>

#include <gtest/gtest.h>

namespace portolan::cli {

namespace {

constexpr std::string_view kMute =
    "mutes:\n"
    "  - check: sg-ingress-world-ssh\n"
    "    resource: sg-1\n"
    "    account: \"111122223333\"\n"
    "    region: eu-west-1\n"
    "    reason: the bastion\n"
    "    owner: net@example.com\n"
    "    expires: 2027-03-31\n";

std::string with(std::string_view from, std::string_view to) {
  std::string text(kMute);
  text.replace(text.find(from), from.size(), to);
  return text;
}

std::string error_of(const std::string& text) {
  const auto mutes = parse_mutes(text, "mutes.yaml");
  return mutes ? "no error" : mutes.error().message;
}

TEST(MuteFile, reads_who_answers_for_what_until_when) {
  const auto mutes = parse_mutes(kMute, "mutes.yaml");
  ASSERT_TRUE(mutes.has_value()) << mutes.error().message;
  ASSERT_EQ(mutes->size(), 1U);
  const checks::Mute& mute = mutes->front();
  EXPECT_EQ(mute.check, "sg-ingress-world-ssh");
  EXPECT_EQ(mute.resource, "sg-1");
  EXPECT_EQ(mute.account, "111122223333");
  EXPECT_EQ(mute.region, "eu-west-1");
  EXPECT_EQ(mute.reason, "the bastion");
  EXPECT_EQ(mute.owner, "net@example.com");
  EXPECT_EQ(mute.expires.text(), "2027-04-01T00:00:00Z");
  EXPECT_EQ(mute.line, 2);
}

TEST(MuteFile, nothing_is_muted_by_an_empty_file) {
  EXPECT_TRUE(parse_mutes("", "mutes.yaml")->empty());
  EXPECT_TRUE(parse_mutes("mutes:\n", "mutes.yaml")->empty());
}

TEST(MuteFile, says_what_is_wrong_and_where) {
  EXPECT_EQ(error_of(with("    owner: net@example.com\n", "")), "line 2: a mute has no `owner`");
  EXPECT_EQ(error_of(with("2027-03-31", "next year")),
            "line 8: `expires` is a day like 2027-03-31");
  EXPECT_EQ(error_of(with("2027-03-31", "2027-02-30")),
            "line 8: `expires` is a day like 2027-03-31");
  EXPECT_EQ(error_of(with("reason", "raeson")),
            "line 6: `raeson` is no part of a mute, did you mean `reason`");
  EXPECT_EQ(error_of(with("\"111122223333\"", "1234")),
            "line 4: `account` is twelve digits in quotes, as in \"111122223333\"");
  EXPECT_NE(error_of(with("world-ssh", "world-shs")).find("sg-ingress-world-ssh"),
            std::string::npos);
  EXPECT_EQ(error_of("- a\n- b\n"), "line 1: the file has one key, `mutes`, and below it a list");
  EXPECT_EQ(error_of("mutes: [1, 2]\n"),
            "line 1: a mute has keys: check, resource, reason, owner, expires");
  EXPECT_NE(error_of("mutes: [\n"), "no error");
}

}  // namespace

}  // namespace portolan::cli
