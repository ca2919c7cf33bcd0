#include "reach/thin.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include <gtest/gtest.h>

#include "reach/test_support.h"

namespace portolan::reach {
namespace {

/// The same numbers in every run.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint32_t roll(std::uint32_t sides) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::uint32_t>(state_ >> 33) % sides;
  }

 private:
  std::uint64_t state_;
};

/// Some forty interfaces in three subnets; rules name blocks, single hosts and groups.
Estate random_estate(std::uint64_t seed) {
  Dice dice(seed);
  Estate estate;
  estate.vpc("vpc-1", {"10.0.0.0/16"});
  for (int subnet = 0; subnet < 3; ++subnet) {
    estate.subnet("subnet-" + std::to_string(subnet), "vpc-1",
                  {"10.0." + std::to_string(subnet) + ".0/24"});
  }
  const char* const peers[] = {"sg-0",        "sg-1",        "sg-2",        "10.0.0.0/16",
                               "10.0.1.0/25", "10.0.0.7/32", "54.0.0.0/24", "54.0.0.12/32",
                               "0.0.0.0/0",   "8.8.8.0/24"};
  const char* const services[] = {"tcp/22", "tcp/80-90", "udp/53", "any"};
  for (int group = 0; group < 3; ++group) {
    estate.group("sg-" + std::to_string(group), "vpc-1", "g");
    for (int rule = 0; rule < 2; ++rule) {
      estate.from(peers[dice.roll(std::size(peers))], services[dice.roll(std::size(services))]);
    }
    if (dice.roll(3) == 0) {
      estate.last<SecurityGroup>().rules.erase(estate.last<SecurityGroup>().rules.begin());
    }
  }
  for (int i = 0; i < 40; ++i) {
    const std::uint32_t subnet = dice.roll(3);
    const std::string group = "sg-" + std::to_string(dice.roll(3));
    estate.eni(
        "eni-" + std::to_string(i), "subnet-" + std::to_string(subnet),
        IpAddress::v4(0x0A000000U + subnet * 256U + 4U + static_cast<std::uint32_t>(i)).text(),
        {group}, dice.roll(2) == 0 ? "54.0.0." + std::to_string(i) : std::string{});
    if (dice.roll(2) == 0) {
      estate.of_instance("i-" + std::to_string(dice.roll(30)), {},
                         dice.roll(9) == 0 ? InstanceState::Terminated : InstanceState::Running);
    }
  }
  return estate;
}

Passage over_all(const Network& network, const Pairs& pairs) {
  Passage passage;
  for_each_pair(pairs, [&](const Place& from, const Place& to) {
    passage = passage.or_else(trace(network, from, to, ServiceSet::all()).passage);
    return true;
  });
  return passage;
}

/// The services that pass between every pair.
ServiceSet over_each(const Network& network, const Pairs& pairs) {
  ServiceSet services = ServiceSet::all();
  for_each_pair(pairs, [&](const Place& from, const Place& to) {
    services = services.intersected(trace(network, from, to, ServiceSet::all()).passage.yes);
    return true;
  });
  return services;
}

Pairs pairs_between(const Network& network, std::string_view from, std::string_view to) {
  Pairs pairs;
  pairs.to = resolve(network, *parse_selector(to), {}).value();
  pairs.from = resolve(network, *parse_selector(from), pairs.to).value();
  return pairs;
}

TEST(Thin, ChangesNoAnswerOverSomeOrOverEachPair) {
  const std::pair<std::string_view, std::string_view> questions[] = {
      {"internet", "any"}, {"sg:sg-0", "sg:sg-1"},          {"sg:sg-1", "sg:sg-1"},
      {"any", "sg:sg-2"},  {"subnet:subnet-0", "internet"}, {"10.0.1.0/24", "subnet:subnet-1"},
  };
  std::size_t dropped = 0;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const Snapshot snapshot = random_estate(seed).snapshot();
    const Network network = build(snapshot);
    for (const auto& [from, to] : questions) {
      const Pairs whole = pairs_between(network, from, to);
      Pairs few = whole;
      thin(network, few);
      dropped += whole.from.size() - few.from.size() + whole.to.size() - few.to.size();
      EXPECT_EQ(over_all(network, few), over_all(network, whole))
          << "seed " << seed << ": " << from << " -> " << to;
      EXPECT_EQ(over_each(network, few), over_each(network, whole))
          << "seed " << seed << ": " << from << " -> " << to;
    }
  }
  EXPECT_GT(dropped, 50U) << "the estates have no interfaces that are alike";
}

TEST(Thin, TwoOfAKindStay) {
  Estate estate;
  estate.vpc("vpc-1", {"10.0.0.0/16"})
      .subnet("subnet-1", "vpc-1", {"10.0.1.0/24"})
      .group("sg-1", "vpc-1", "g")
      .from("10.0.1.9/32", "tcp/22");
  for (const int host : {4, 5, 6, 9}) {
    estate.eni("eni-" + std::to_string(host), "subnet-1", "10.0.1." + std::to_string(host),
               {"sg-1"});
  }
  const Snapshot snapshot = estate.snapshot();
  const Network network = build(snapshot);
  Pairs pairs = pairs_between(network, "sg:g", "sg:g");
  thin(network, pairs);
  ASSERT_EQ(pairs.from.size(), 3U);
  EXPECT_EQ(pairs.from[0].id, "eni-4");
  EXPECT_EQ(pairs.from[1].id, "eni-5");
  EXPECT_EQ(pairs.from[2].id, "eni-9") << "a rule names it";
}

TEST(Thin, InterfacesOfOneInstanceAndTargetsOfRoutesStay) {
  Estate estate;
  estate.vpc("vpc-1", {"10.0.0.0/16"}).subnet("subnet-1", "vpc-1", {"10.0.1.0/24"});
  for (int i = 1; i <= 6; ++i) {
    estate.eni("eni-" + std::to_string(i), "subnet-1", "10.0.1." + std::to_string(i), {});
    if (i >= 5) {
      estate.of_instance("i-1");
    }
  }
  estate.last<RouteTable>().routes.push_back(
      Estate::route("10.9.0.0/16", RouteTargetKind::NetworkInterface, "eni-4"));
  const Snapshot snapshot = estate.snapshot();
  const Network network = build(snapshot);
  Pairs pairs = pairs_between(network, "subnet:subnet-1", "internet");
  thin(network, pairs);
  ASSERT_EQ(pairs.from.size(), 5U);
  EXPECT_EQ(pairs.from[2].id, "eni-4");
}

}  // namespace
}  // namespace portolan::reach
