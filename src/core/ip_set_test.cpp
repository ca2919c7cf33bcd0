#include <bitset>
#include <random>

#include <gtest/gtest.h>

#include "core/ip.h"

namespace portolan {
namespace {

IpPrefix prefix(std::string_view text) {
  const auto result = IpPrefix::parse(text);
  EXPECT_TRUE(result.has_value()) << text;
  return result.value_or(IpPrefix());
}

IpSet set_of(const std::vector<std::string_view>& texts) {
  IpSet set;
  for (const std::string_view text : texts) {
    set.add(prefix(text));
  }
  return set;
}

std::vector<std::string> texts(const IpSet& set) {
  std::vector<std::string> result;
  for (const IpPrefix& each : set.prefixes()) {
    result.push_back(each.text());
  }
  return result;
}

using Texts = std::vector<std::string>;

TEST(IpSet, IsEmptyAtFirst) {
  EXPECT_TRUE(IpSet().empty());
  EXPECT_FALSE(IpSet().contains(IpAddress()));
  EXPECT_EQ(IpSet().prefixes(), std::vector<IpPrefix>());
  EXPECT_EQ(IpSet(std::vector<IpPrefix>{}), IpSet());
}

TEST(IpSet, MeltsBlocksThatOverlapOrTouch) {
  EXPECT_EQ(texts(set_of({"10.0.0.0/9", "10.128.0.0/9"})), Texts{"10.0.0.0/8"});
  EXPECT_EQ(texts(set_of({"10.0.0.0/8", "10.1.0.0/16"})), Texts{"10.0.0.0/8"});
  EXPECT_EQ(set_of({"10.0.0.0/24", "10.0.2.0/24", "10.0.1.0/24"}).ranges().size(), 1U);
}

TEST(IpSet, WritesTheFewestBlocksInOrder) {
  EXPECT_EQ(texts(set_of({"10.0.2.0/24", "10.0.1.0/24", "10.0.3.0/24"})),
            (Texts{"10.0.1.0/24", "10.0.2.0/23"}));
  EXPECT_EQ(texts(set_of({"0.0.0.0/0"}).without(set_of({"0.0.0.0/32"}))).size(), 32U);
  EXPECT_EQ(texts(set_of({"::/1", "8000::/1"})), Texts{"::/0"});
}

TEST(IpSet, KeepsTheFamiliesApart) {
  const IpSet both = set_of({"::/0", "0.0.0.0/0"});
  EXPECT_EQ(both.ranges().size(), 2U);
  EXPECT_EQ(texts(both), (Texts{"0.0.0.0/0", "::/0"}));
  EXPECT_EQ(both.without(set_of({"::/0"})), set_of({"0.0.0.0/0"}));
  EXPECT_TRUE(set_of({"0.0.0.0/0"}).intersected(set_of({"::/0"})).empty());
}

TEST(IpSet, CutsHolesAtTheEndsOfASpace) {
  const IpSet all = set_of({"0.0.0.0/0", "::/0"});
  EXPECT_TRUE(all.without(all).empty());
  EXPECT_EQ(texts(all.without(set_of({"128.0.0.0/1", "::/1"}))), (Texts{"0.0.0.0/1", "8000::/1"}));
}

TEST(IpSet, SharesAreExactForWholeBlocks) {
  EXPECT_EQ(IpSet().share(IpFamily::V4), 0.0);
  EXPECT_EQ(set_of({"0.0.0.0/0"}).share(IpFamily::V4), 1.0);
  EXPECT_EQ(set_of({"0.0.0.0/0"}).share(IpFamily::V6), 0.0);
  EXPECT_EQ(set_of({"::/0"}).share(IpFamily::V6), 1.0);
  EXPECT_EQ(set_of({"10.0.0.0/8"}).share(IpFamily::V4), 1.0 / 256);
  EXPECT_EQ(set_of({"2000::/3", "::1/128"}).share(IpFamily::V6), 0.125);
  EXPECT_GT(set_of({"::1/128"}).share(IpFamily::V6), 0.0);
}

TEST(IpSet, HoldsThePublicInternet) {
  const IpSet& v4 = IpSet::public_space(IpFamily::V4);
  EXPECT_FALSE(v4.contains(*IpAddress::parse("10.0.0.1")));
  EXPECT_TRUE(v4.contains(*IpAddress::parse("8.8.8.8")));
  EXPECT_NEAR(v4.share(IpFamily::V4), 0.86, 0.01);
  EXPECT_EQ(v4.share(IpFamily::V6), 0.0);
  EXPECT_NEAR(IpSet::public_space(IpFamily::V6).share(IpFamily::V6), 0.125, 0.001);
}

// --- The algebra against one bit per address of a small world at the seam of the families ---

constexpr std::size_t kHalf = 128;
using Model = std::bitset<2 * kHalf>;

/// The last 128 IPv4 addresses, then the first 128 IPv6 addresses.
IpAddress nth(std::size_t n) {
  return n < kHalf ? IpAddress::v4(static_cast<std::uint32_t>(0xffffff80U + n))
                   : IpAddress::v6(0, n - kHalf);
}

struct Pair {
  IpSet set;
  Model model;
};

Pair random_pair(std::mt19937& random) {
  Pair pair;
  std::vector<IpPrefix> prefixes;
  for (unsigned left = random() % 12; left > 0; --left) {
    const IpAddress address = nth(random() % (2 * kHalf));
    prefixes.emplace_back(address, address.width() - static_cast<int>(random() % 6));
    for (std::size_t n = 0; n < pair.model.size(); ++n) {
      pair.model[n] = pair.model[n] || prefixes.back().contains(nth(n));
    }
  }
  pair.set = IpSet(prefixes);
  IpSet one_by_one;
  for (const IpPrefix& each : prefixes) {
    one_by_one.add(each);
  }
  EXPECT_EQ(one_by_one, pair.set);
  return pair;
}

void expect_same(const IpSet& set, const Model& model) {
  for (std::size_t n = 0; n < model.size(); ++n) {
    ASSERT_EQ(set.contains(nth(n)), model[n]) << nth(n).text();
  }
  const auto& ranges = set.ranges();
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    ASSERT_LE(ranges[i].first, ranges[i].last);
    ASSERT_EQ(ranges[i].first.family(), ranges[i].last.family());
    if (i > 0) {
      ASSERT_LT(ranges[i - 1].last, ranges[i].first);
      ASSERT_NE(ranges[i - 1].last.next(), ranges[i].first);
    }
  }
  ASSERT_EQ(IpSet(set.prefixes()), set);
}

TEST(IpSet, AgreesWithOneBitPerAddress) {
  std::mt19937 random(41);
  for (int i = 0; i < 500; ++i) {
    const Pair a = random_pair(random);
    const Pair b = random_pair(random);
    expect_same(a.set, a.model);
    expect_same(a.set.united(b.set), a.model | b.model);
    expect_same(a.set.intersected(b.set), a.model & b.model);
    expect_same(a.set.without(b.set), a.model & ~b.model);
    if (HasFatalFailure()) {
      FAIL() << "round " << i;
    }
  }
}

TEST(IpSet, NeverWritesTwoBlocksThatMakeOne) {
  std::mt19937 random(42);
  for (int i = 0; i < 500; ++i) {
    const auto prefixes = random_pair(random).set.prefixes();
    for (std::size_t n = 1; n < prefixes.size(); ++n) {
      const IpPrefix& before = prefixes[n - 1];
      ASSERT_LT(before.last(), prefixes[n].first());
      const bool twins = before.length() == prefixes[n].length() && before.length() > 0 &&
                         IpPrefix(before.first(), before.length() - 1) ==
                             IpPrefix(prefixes[n].first(), before.length() - 1);
      ASSERT_FALSE(twins) << before.text() << " " << prefixes[n].text();
    }
  }
}

}  // namespace
}  // namespace portolan
