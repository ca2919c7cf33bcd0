#include "cli/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portolan::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// The message of the error.
std::string refusal(std::string_view text) {
  const auto config = parse_config(text, "portolan.yaml");
  EXPECT_FALSE(config.has_value()) << text;
  if (config) {
    return "";
  }
  EXPECT_EQ(config.error().code, "bad_config");
  EXPECT_EQ(config.error().context, "portolan.yaml");
  return config.error().message;
}

TEST(Config, changes_what_it_names_and_nothing_else) {
  const auto config = parse_config(
      "# ours\n"
      "production_tags: [\"stage=live\", 'env=p*']\n"
      "wide_ports_low: 5\n",
      "portolan.yaml");
  ASSERT_TRUE(config.has_value());
  EXPECT_THAT(config->production_tags, ElementsAre("stage=live", "env=p*"));
  EXPECT_EQ(config->wide_ports_low, 5);
  EXPECT_EQ(config->wide_ports_high, checks::Config{}.wide_ports_high);
  EXPECT_EQ(config->data_tier_tags, checks::Config{}.data_tier_tags);
}

TEST(Config, tells_the_time) {
  const auto config = parse_config("now: 2026-05-03T14:03:00Z\n", "portolan.yaml");
  ASSERT_TRUE(config.has_value());
  ASSERT_TRUE(config->now.has_value());
  EXPECT_EQ(config->now->text(), "2026-05-03T14:03:00Z");
  EXPECT_THAT(refusal("now: tomorrow\n"), HasSubstr("`now` is a time"));
  EXPECT_THAT(refusal("now: [1]\n"), HasSubstr("`now` is a time"));
}

TEST(Config, reads_what_tiers_depend_on) {
  const auto config = parse_config(
      "dependencies:\n"
      "  - {from: \"tag:tier=web\", to: \"tag:tier=db\", services: \"tcp/5432 tcp/6432\"}\n"
      "  - from: sg:app\n"
      "    to: 192.0.2.0/24\n",
      "portolan.yaml");
  ASSERT_TRUE(config.has_value());
  ASSERT_EQ(config->dependencies.size(), 2U);
  EXPECT_EQ(config->dependencies.front().from.text(), "tag:tier=web");
  EXPECT_EQ(config->dependencies.front().services, *ServiceSet::parse("tcp/5432,6432"));
  EXPECT_EQ(config->dependencies.back().to.text(), "192.0.2.0/24");
  EXPECT_TRUE(config->dependencies.back().services.is_all());
  EXPECT_THAT(refusal("dependencies: sg:app\n"), HasSubstr("is a list"));
  EXPECT_THAT(refusal("dependencies: [{from: a}]\n"), HasSubstr("`from`, `to` and `services`"));
  EXPECT_THAT(refusal("dependencies: [{from: a, to: b, port: 1}]\n"), HasSubstr("`from`, `to`"));
  EXPECT_THAT(refusal("dependencies: [{from: [a], to: b}]\n"), HasSubstr("one word each"));
  EXPECT_THAT(refusal("dependencies: [{from: a, to: b, services: tcpp/1}]\n"), HasSubstr("tcpp"));
}

TEST(Config, reads_services_networks_and_accounts) {
  const auto config = parse_config(
      "public_services: tcp/443 udp/51820\n"
      "high_risk_services: tcp/9999\n"
      "known_networks: [\"cdn=a=173.245.48.0/20\", 'office=2001:41d0::/32']\n"
      "trusted_accounts: [\"044455556666\"]\n",
      "portolan.yaml");
  ASSERT_TRUE(config.has_value());
  EXPECT_EQ(config->public_services, *ServiceSet::parse("tcp/443 udp/51820"));
  EXPECT_EQ(config->high_risk_services, ServiceSet::tcp(9999));
  ASSERT_EQ(config->known_networks.size(), 2U);
  EXPECT_EQ(config->known_networks.front().name, "cdn=a");
  EXPECT_EQ(config->known_networks.front().cidr.text(), "173.245.48.0/20");
  EXPECT_THAT(config->trusted_accounts, ElementsAre(*AccountId::parse("044455556666")));
}

TEST(Config, reads_what_groups_may_open_and_how_bad_checks_are) {
  const auto settings = parse_settings(
      "allowed_ports:\n"
      "  'sg:edge-*': tcp/8443 udp/443\n"
      "  tag:service=mail: tcp/25\n"
      "severity: {sg-ingress-world-smtp: critical}\n",
      "portolan.yaml");
  ASSERT_TRUE(settings.has_value());
  ASSERT_EQ(settings->policy.allowed_ports.size(), 2U);
  EXPECT_EQ(settings->policy.allowed_ports.front().groups, "sg:edge-*");
  EXPECT_EQ(settings->policy.allowed_ports.front().services,
            *ServiceSet::parse("tcp/8443 udp/443"));
  EXPECT_EQ(settings->policy.allowed_ports.back().groups, "tag:service=mail");
  EXPECT_EQ(settings->policy.severity.at("sg-ingress-world-smtp"), Risk::Critical);
}

TEST(Config, refuses_groups_ports_and_checks_that_there_are_not) {
  EXPECT_THAT(refusal("allowed_ports: [tcp/25]\n"), HasSubstr("is a list of `name: value` lines"));
  EXPECT_THAT(refusal("allowed_ports: {edge: tcp/25}\n"), HasSubstr("names no groups"));
  EXPECT_THAT(refusal("allowed_ports: {'tag:mail': tcp/25}\n"), HasSubstr("names no groups"));
  EXPECT_THAT(refusal("allowed_ports: {'sg:edge': [tcp/25]}\n"), HasSubstr("are services"));
  EXPECT_THAT(refusal("severity: {sg-ingress-world-sssh: low}\n"),
              HasSubstr("did you mean `sg-ingress-world-ssh`"));
  EXPECT_THAT(refusal("severity: {sg-orphan: grave}\n"), HasSubstr("is one of info, low"));
}

TEST(Config, may_be_empty) { EXPECT_TRUE(parse_config("# nothing\n", "f").has_value()); }

TEST(Config, suggests_the_setting_that_was_meant) {
  EXPECT_THAT(refusal("wide_ports_low: 5\nproduction_tag: []\n"),
              HasSubstr("line 2: `production_tag` is no setting, did you mean `production_tags`"));
  EXPECT_THAT(refusal("colour: red\n"), HasSubstr("known are production_tags"));
}

TEST(Config, wants_values_of_the_right_kind) {
  EXPECT_THAT(refusal("production_tags: live\n"), HasSubstr("`production_tags` is a list"));
  EXPECT_THAT(refusal("production_tags: [live]\n"), HasSubstr("patterns of the form KEY=VALUE"));
  EXPECT_THAT(refusal("wide_ports_low: many\n"), HasSubstr("is a number of ports"));
  EXPECT_THAT(refusal("wide_ports_low: 70000\n"), HasSubstr("is a number of ports"));
  EXPECT_THAT(refusal("wide_ports_low: 200\n"), HasSubstr("do not rise"));
  EXPECT_THAT(refusal("public_services: [tcp/80]\n"), HasSubstr("are services"));
  EXPECT_THAT(refusal("public_services: tcp/80000\n"), HasSubstr("are services"));
  EXPECT_THAT(refusal("known_networks: [\"office\"]\n"), HasSubstr("of the form NAME=CIDR"));
  EXPECT_THAT(refusal("known_networks: [\"=10.0.0.0/8\"]\n"), HasSubstr("form NAME=CIDR"));
  EXPECT_THAT(refusal("known_networks: a=10.0.0.0/8\n"), HasSubstr("is a list"));
  EXPECT_THAT(refusal("trusted_accounts: [12]\n"), HasSubstr("twelve digits"));
  EXPECT_THAT(refusal("- a\n"), HasSubstr("list of settings"));
}

TEST(Config, names_the_line_of_what_is_no_yaml) {
  EXPECT_THAT(refusal("wide_ports_low: 5\nproduction_tags: [\"a=b\"\n"), HasSubstr("line "));
  EXPECT_THAT(refusal("a: [&x [*x"), HasSubstr("line "));
}

TEST(Config, survives_deep_nesting) { refusal(std::string(100000, '[')); }

}  // namespace
}  // namespace portolan::cli
