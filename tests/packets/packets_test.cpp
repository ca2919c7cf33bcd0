#include <cstdlib>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "collect/collect.h"
#include "tests/packets/documents.h"
#include "tests/packets/facts.h"
#include "tests/packets/referee.h"
#include "tests/packets/world.h"
#include "tests/support/random_network.h"
#include "tools/scenario/scenario.h"

namespace portolan::packets {

namespace {

class Packets : public testing::Test {
 protected:
  void SetUp() override {
    if (const auto cause = why_impossible()) {
      GTEST_SKIP() << *cause;
    }
  }

  /// Holds the network against the kernel and tells what was seen.
  static Verdicts judge_and_tell(const std::string& name,
                                 const std::vector<collect::Document>& documents) {
    Verdicts verdicts = judge(documents, documents);
    fmt::print(
        "{}: {} hosts, {} questions ({} depend, {} left open), {} attempts, {} passed, "
        "{} disagreements\n",
        name, verdicts.hosts, verdicts.questions, verdicts.depends, verdicts.unknown,
        verdicts.attempts, verdicts.passed, verdicts.disagreements.size());
    return verdicts;
  }

  static Verdicts judge_text(const std::string& name, const std::string& inventory) {
    const std::string text = "# about: " + name + "\n# origin: this test\n" + inventory +
                             "\ndeny 203.0.113.1 -> 203.0.113.2 any unknown\n";
    const scenario::Scenario scenario = scenario::read_scenario(text);
    for (const scenario::Problem& problem : scenario.problems) {
      ADD_FAILURE() << name << ":" << problem.line << ": " << problem.message;
    }
    Verdicts verdicts = judge_and_tell(name, scenario.documents);
    for (const std::string& disagreement : verdicts.disagreements) {
      ADD_FAILURE() << name << "\n" << disagreement << text;
      break;
    }
    return verdicts;
  }
};

TEST_F(Packets, pass_by_groups_inside_a_subnet_and_between_subnets) {
  const Verdicts verdicts = judge_text("groups", R"(
vpc v 10.0.0.0/16
subnet a v 10.0.0.0/24
subnet b v 10.0.1.0/24
sg web v in=tcp/80@10.0.0.0/24 in=udp/53@sg:self in=icmp/8 out=any
sg db v in=tcp/5432@sg:web in=tcp/22-25@pl:admins out=tcp/80 out=udp
pl admins 10.0.1.10/32 10.0.0.11/32
instance i a 10.0.0.10,10.0.0.20 sg=web
instance j a 10.0.0.11 sg=db
instance k b 10.0.1.10 sg=web
instance l b 10.0.1.11 sg=db,web
)");
  EXPECT_GT(verdicts.passed, 0U);
}

TEST_F(Packets, are_stopped_by_acls_at_the_border_of_a_subnet_only) {
  const Verdicts verdicts = judge_text("acls", R"(
vpc v 10.0.0.0/16
subnet a v 10.0.0.0/24
subnet b v 10.0.1.0/24
subnet c v 10.0.2.0/24
acl n v subnets=a in=200:allow:tcp/80-90@10.0.1.0/24 in=100:deny:tcp/85 in=300:allow:tcp/32768-61000
  in=310:allow:icmp/0 out=100:allow:any
acl m v subnets=b in=100:allow:tcp/1024-40000 in=110:allow:udp/49152-65535 in=120:allow:udp/53
  in=130:allow:icmp out=100:allow:any@10.0.0.0/23
sg all v in=any out=any
instance i a 10.0.0.10 sg=all
instance j a 10.0.0.11 sg=all windows
instance k b 10.0.1.10 sg=all
instance l b 10.0.1.11 sg=all windows
instance o c 10.0.2.10 sg=all
)");
  EXPECT_GT(verdicts.depends, 0U);
}

TEST_F(Packets, meet_the_internet_by_gateways_and_public_addresses) {
  const Verdicts verdicts = judge_text("internet", R"(
vpc v 10.0.0.0/16 ; igw g v
subnet pub v 10.0.0.0/24 routes default=g
subnet inner v 10.0.1.0/24 routes default=n
subnet alone v 10.0.2.0/24
nat n pub 52.16.0.99
acl e v subnets=pub in=100:allow:any@10.0.0.0/16 in=110:allow:tcp/443 in=120:allow:tcp/1024-50000
  out=100:allow:any
sg web v in=tcp/443 in=tcp/80@93.184.216.0/24 in=tcp/22@sg:app out=any
sg app v in=tcp/8080@sg:web in=tcp/22 out=tcp/443 out=tcp/22@sg:web out=udp/53
sg ref v in=tcp/443@sg:app out=tcp/443@sg:web
instance i pub 10.0.0.10 sg=web public=52.16.0.10
instance j pub 10.0.0.11 sg=app public=52.16.0.11
instance k inner 10.0.1.10 sg=app
instance l inner 10.0.1.11 sg=web public=52.16.0.12
instance m alone 10.0.2.10 sg=web public=52.16.0.13
instance o pub 10.0.0.12 sg=ref
)");
  EXPECT_GT(verdicts.depends, 0U);
}

TEST_F(Packets, cross_a_peering_by_the_routes_of_both_sides) {
  judge_text("peering", R"(
vpc v 10.0.0.0/16 ; vpc w 10.1.0.0/16 ; vpc x 10.2.0.0/16 ; igw g w
peering p v w ; peering q w x ; peering r v x status=pending-acceptance
subnet a v 10.0.0.0/24 routes 10.1.0.0/16=p 10.2.0.0/16=p
subnet b v 10.0.1.0/24 routes 10.1.0.0/24=p 10.1.0.128/25=p:blackhole 10.2.0.0/16=r
subnet c w 10.1.0.0/24 routes 10.0.0.0/16=p 10.2.0.0/16=q default=g
subnet d w 10.1.1.0/24 routes 10.0.1.0/24=p 10.2.0.0/16=q
subnet e x 10.2.0.0/24 routes 10.1.0.0/16=q 10.0.0.0/16=r
sg one v in=tcp/80@10.0.0.0/8 in=tcp/443@sg:two out=any
sg two w in=tcp/80@sg:one in=icmp/8 in=udp/53@10.0.1.0/24 out=any
sg three x in=any out=any
instance i a 10.0.0.10 sg=one
instance j b 10.0.1.10 sg=one
instance k c 10.1.0.10 sg=two public=52.16.0.10
instance l c 10.1.0.130 sg=two
instance m d 10.1.1.10 sg=two
instance n e 10.2.0.10 sg=three
)");
}

TEST_F(Packets, of_ipv6_need_no_translation) {
  judge_text("ipv6", R"(
vpc v 10.0.0.0/16,2600:1f18:1::/56 ; igw g v
subnet a v 10.0.0.0/24,2600:1f18:1:1::/64 routes default6=g
subnet b v 10.0.1.0/24,2600:1f18:1:2::/64
acl n v subnets=b in=100:allow:tcp/22@2600:1f18:1:1::/64 in=110:allow:icmpv6/128@::/0
  in=120:deny:tcp/80@2600:1f18:1:1::10/128 in=130:allow:tcp/80@::/0 out=100:allow:any@::/0
sg web v in=tcp/80,443@::/0 in=icmpv6@2600:1f18:1::/56 in=tcp/22@sg:self out=any@::/0
instance i a 10.0.0.10,2600:1f18:1:1::10 sg=web
instance j a 10.0.0.11,2600:1f18:1:1::11 sg=web
instance k b 10.0.1.10,2600:1f18:1:2::10 sg=web
instance l b 10.0.1.11 sg=web
)");
}

TEST_F(Packets, show_where_the_model_is_wrong) {
  const auto network = [](const std::string& rule) {
    return scenario::read_scenario(
               "# about: one rule\n# origin: this test\n"
               "vpc v 10.0.0.0/16 ; subnet a v 10.0.0.0/24\n"
               "sg web v out=any in=tcp/80@" +
               rule +
               "\ninstance i a 10.0.0.10 sg=web ; instance j a 10.0.0.11 sg=web\n"
               "reach i -> j any yes\n")
        .documents;
  };
  const auto with = network("10.0.0.0/24");
  const auto without = network("10.9.0.0/24");
  EXPECT_EQ(judge(with, with).disagreements.size(), 0U);
  EXPECT_EQ(judge(with, without).disagreements.size(), 2U);
  EXPECT_EQ(judge(without, with).disagreements.size(), 2U);
}

/// The number in an environment variable.
std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

TEST_F(Packets, agree_about_random_networks) {
  const tests::RandomNetwork setting{.transit = false,
                                     .endpoints = false,
                                     .balancers = false,
                                     .firewalls = false,
                                     .block_public_access = false,
                                     .many_accounts = false,
                                     .appliances = false,
                                     .gaps = false,
                                     .interfaces_max = 10};
  std::uint64_t seed = from_environment("PORTOLAN_PACKETS_SEED", 1050);
  const std::uint64_t wanted = from_environment("PORTOLAN_PACKETS_NETWORKS", 10);
  std::uint64_t judged = 0;
  for (std::uint64_t tries = 0; judged < wanted && tries < 10 * wanted; ++tries, ++seed) {
    const std::string text = tests::random_network(seed, setting);
    const auto documents = scenario::read_scenario(text).documents;
    if (const std::string cause = why_not_covered(Documents(documents)); !cause.empty()) {
      continue;
    }
    ++judged;
    const Verdicts verdicts = judge_and_tell(fmt::format("seed {}", seed), documents);
    if (!verdicts.disagreements.empty()) {
      ADD_FAILURE() << "seed " << seed << ", " << verdicts.disagreements.size()
                    << " disagreements, the first:\n"
                    << verdicts.disagreements.front() << text;
    }
  }
  EXPECT_EQ(judged, wanted);
}

TEST_F(Packets, agree_about_the_example_estate) {
  const auto folder = collect::read_folder(PORTOLAN_SOURCE_DIR "/examples/harbor");
  ASSERT_TRUE(folder.has_value());
  const Verdicts verdicts = judge_and_tell("examples/harbor", folder->documents);
  EXPECT_TRUE(verdicts.disagreements.empty()) << verdicts.disagreements.front();
  EXPECT_GT(verdicts.passed, 0U);
}

}  // namespace

}  // namespace portolan::packets
