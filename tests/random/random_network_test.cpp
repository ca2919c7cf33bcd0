#include "tests/support/random_network.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "collect/collect.h"
#include "reach/reach.h"
#include "tools/scenario/noun.h"
#include "tools/scenario/scenario.h"

namespace portolan::tests {

namespace {

/// `PORTOLAN_RANDOM_SEEDS` for longer runs.
std::uint64_t seeds() {
  const char* const wanted = std::getenv("PORTOLAN_RANDOM_SEEDS");
  return wanted == nullptr ? 300 : std::strtoull(wanted, nullptr, 10);
}

/// True if the document that is left out explains it: an answer of another call about one resource
/// then belongs to nothing that is known.
bool is_explained(const Diagnostic& diagnostic, std::string_view text) {
  return diagnostic.severity == Severity::Note ||
         ((diagnostic.code == "unattributed_document" || diagnostic.code == "unknown_holder") &&
          text.find("\nnot-collected ") != std::string_view::npos);
}

std::string problems_of(const scenario::Scenario& scenario) {
  std::string text;
  for (const scenario::Problem& problem : scenario.problems) {
    text += fmt::format("\n  line {}: {}", problem.line, problem.message);
  }
  return text;
}

TEST(RandomNetwork, is_the_same_for_the_same_seed) {
  EXPECT_EQ(random_network(7, {}), random_network(7, {}));
  EXPECT_NE(random_network(7, {}), random_network(8, {}));
}

TEST(RandomNetwork, expands_and_decodes) {
  for (std::uint64_t seed = 0; seed < seeds(); ++seed) {
    const std::string text = random_network(seed, {});
    const scenario::Scenario scenario = scenario::read_scenario(text);
    ASSERT_TRUE(scenario.problems.empty()) << text << problems_of(scenario);
    const collect::Decoded decoded = collect::decode(scenario.documents, {}, 1);
    for (const Diagnostic& diagnostic : decoded.diagnostics.sorted()) {
      ASSERT_TRUE(is_explained(diagnostic, text)) << text << portolan::text(diagnostic);
    }
  }
}

/// All nouns, and the words that stand for a semantic, with how many networks have them.
std::map<std::string, std::uint64_t> count_words() {
  std::map<std::string, std::uint64_t> counts;
  for (std::uint64_t seed = 0; seed < seeds(); ++seed) {
    std::set<std::string> words;
    for (const scenario::Statement& statement :
         scenario::parse_statements(random_network(seed, {}))) {
      words.insert(statement.noun);
      words.insert(statement.words.begin(), statement.words.end());
      for (const scenario::Option& option : statement.options) {
        words.insert(option.key + "=");
        words.insert(option.value);
      }
    }
    for (const std::string& word : words) {
      ++counts[word];
    }
  }
  return counts;
}

TEST(RandomNetwork, uses_every_noun_and_word) {
  // clang-format off
  static constexpr std::array kWords = {
      "main", "edge=", "default=", "default6=", "private", "regional", "public=", "windows", "appliance",
      "sg-referencing", "sg-referencing=", "propagate=", "no-routes", "static-only", "no-source-check",
      "no-entries", "aws", "internal", "type=", "client-ip=", "cross-zone=", "redirect", "fixed-response",
      "gateway", "interface", "gwlb", "strict", "any-direction", "domains=", "suricata=", "stateless=",
      "ingress", "bidirectional", "off", "allow-egress", "allow-bidirectional", "status=", "state=",
      "disassociated=", "private-link=", "no-health", "no-attributes", "instance=", "requester=", "instances=",
      "not-collected", "account", "self"};
  // clang-format on
  // What only checks look at changes no connection.
  static constexpr std::array<std::string_view, 15> kWithoutConnections = {
      "alarm",         "asg",        "client-vpn",           "ecs-service",    "eip",
      "event-rule",    "flow-log",   "launch-configuration", "launch-version", "metadata-defaults",
      "metric-filter", "node-group", "subscription",         "trail",          "web-acl"};
  const auto counts = count_words();
  for (const scenario::NounInfo& noun : scenario::all_nouns()) {
    if (std::find(kWithoutConnections.begin(), kWithoutConnections.end(), noun.word) !=
        kWithoutConnections.end()) {
      continue;
    }
    EXPECT_TRUE(counts.contains(std::string(noun.word))) << noun.word;
  }
  for (const std::string_view word : kWords) {
    const auto found = std::find_if(counts.begin(), counts.end(), [&](const auto& entry) {
      return entry.first == word || entry.first.ends_with(fmt::format(":{}", word));
    });
    EXPECT_NE(found, counts.end()) << word;
  }
}

TEST(RandomNetwork, has_what_the_setting_allows_only) {
  const RandomNetwork nothing{.ipv6 = false,
                              .acls = false,
                              .prefix_lists = false,
                              .public_addresses = false,
                              .internet_gateways = false,
                              .nat = false,
                              .peering = false,
                              .transit = false,
                              .endpoints = false,
                              .balancers = false,
                              .firewalls = false,
                              .block_public_access = false,
                              .many_accounts = false,
                              .appliances = false,
                              .mentions = false,
                              .gaps = false};
  static const std::set<std::string> kBare = {"account", "vpc",      "subnet",    "table", "sg",
                                              "eni",     "instance", "associate", "error"};
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const std::string text = random_network(seed, nothing);
    for (const scenario::Statement& statement : scenario::parse_statements(text)) {
      ASSERT_TRUE(kBare.contains(statement.noun)) << text;
    }
    ASSERT_EQ(text.find("::"), std::string::npos) << text;
    ASSERT_EQ(text.find("public="), std::string::npos) << text;
  }
}

/// Of the ordered pairs of interfaces, in per cent, those with something open.
double open_share(std::uint64_t seed) {
  const scenario::Scenario scenario =
      scenario::read_scenario(random_network(seed, {.gaps = false}));
  const collect::Decoded decoded = collect::decode(scenario.documents, {}, 1);
  const reach::Network network = reach::build(decoded.snapshot);
  int open = 0;
  int all = 0;
  for (const NetworkInterface& from : decoded.snapshot.all<NetworkInterface>()) {
    for (const NetworkInterface& to : decoded.snapshot.all<NetworkInterface>()) {
      if (from.instance.empty() || to.instance.empty() || from.id == to.id) {
        continue;
      }
      const auto place = [](const NetworkInterface& interface) {
        return reach::Place{.kind = reach::Place::Kind::Interface,
                            .id = interface.id.value,
                            .address = std::nullopt};
      };
      open += reach::trace(network, place(from), place(to), ServiceSet::all()).verdict ==
                      reach::Verdict::No
                  ? 0
                  : 1;
      ++all;
    }
  }
  return all == 0 ? 0 : 100.0 * open / all;
}

TEST(RandomNetwork, is_neither_all_open_nor_all_closed) {
  double sum = 0;
  int typical = 0;
  constexpr int kNetworks = 200;
  for (std::uint64_t seed = 0; seed < kNetworks; ++seed) {
    const double share = open_share(seed);
    sum += share;
    typical += share >= 10 && share <= 75 ? 1 : 0;
  }
  EXPECT_GT(sum / kNetworks, 20);
  EXPECT_LT(sum / kNetworks, 60);
  EXPECT_GT(typical, kNetworks / 2);
  fmt::print("{:.1f} % of the pairs have something open; {} of {} networks are typical\n",
             sum / kNetworks, typical, kNetworks);
}

}  // namespace

}  // namespace portolan::tests
