#include "core/ip.h"

#include <arpa/inet.h>
#include <array>
#include <random>
#include <string>
#include <unordered_set>

#include <gtest/gtest.h>

namespace portolan {
namespace {

constexpr std::uint64_t kOnes = ~std::uint64_t{0};

IpAddress address(std::string_view text) {
  const auto result = IpAddress::parse(text);
  EXPECT_TRUE(result.has_value()) << text;
  return result.value_or(IpAddress());
}

IpPrefix prefix(std::string_view text) {
  const auto result = IpPrefix::parse(text);
  EXPECT_TRUE(result.has_value()) << text;
  return result.value_or(IpPrefix());
}

TEST(IpAddress, ReadsDottedQuads) {
  EXPECT_EQ(address("0.0.0.0"), IpAddress());
  EXPECT_EQ(address("10.1.2.3"), IpAddress::v4(0x0a010203));
  EXPECT_EQ(address("255.255.255.255"), IpAddress::v4(0xffffffff));
  EXPECT_EQ(address("10.1.2.3").v4_bits(), 0x0a010203U);
}

TEST(IpAddress, RejectsWhatIsNotExactlyOneAddress) {
  for (const char* const text : {"",
                                 "1",
                                 "1.2.3",
                                 "1.2.3.",
                                 ".1.2.3",
                                 "1.2.3.4.5",
                                 "1.2.3.256",
                                 "1.2.3.1000",
                                 "01.2.3.4",
                                 "1.2.3.00",
                                 "+1.2.3.4",
                                 "-1.2.3.4",
                                 " 1.2.3.4",
                                 "1.2.3.4 ",
                                 "1..3.4",
                                 "0x1.2.3.4",
                                 "1.2.3.4/32",
                                 "1,2,3,4",
                                 "a.b.c.d",
                                 ":",
                                 ":::",
                                 "1:2:3:4:5:6:7",
                                 "1:2:3:4:5:6:7:8:9",
                                 "1::2::3",
                                 "12345::",
                                 "g::",
                                 "::1%eth0",
                                 "[::1]",
                                 "::1/128",
                                 "1:2:3:4::5:6:7:8",
                                 "::1.2.3",
                                 "::1.2.3.256",
                                 "1.2.3.4::",
                                 "::ffff:01.2.3.4",
                                 " ::1"}) {
    const auto result = IpAddress::parse(text);
    ASSERT_FALSE(result.has_value()) << text;
    EXPECT_EQ(result.error().code, "bad_address");
  }
}

TEST(IpAddress, RejectsZeroBytesInTheText) {
  EXPECT_FALSE(IpAddress::parse(std::string_view("::1\0", 4)).has_value());
  EXPECT_FALSE(IpAddress::parse(std::string_view("1.2.3.4\0", 8)).has_value());
}

TEST(IpAddress, NamesTheWordThatIsWrong) {
  EXPECT_NE(IpAddress::parse("ten").error().message.find("`ten`"), std::string::npos);
}

TEST(IpAddress, ReadsEveryFormOfIpv6) {
  EXPECT_EQ(address("::"), IpAddress::v6(0, 0));
  EXPECT_EQ(address("::1"), IpAddress::v6(0, 1));
  EXPECT_EQ(address("2001:DB8::A"), IpAddress::v6(0x20010db800000000, 10));
  EXPECT_EQ(address("1:2:3:4:5:6:7:8"), IpAddress::v6(0x0001000200030004, 0x0005000600070008));
  EXPECT_EQ(address("0001:0002::"), IpAddress::v6(0x0001000200000000, 0));
  EXPECT_EQ(address("1::2:3:4:5:6:7"), IpAddress::v6(0x0001000000020003, 0x0004000500060007));
  EXPECT_EQ(address("::ffff:10.0.0.1"), IpAddress::v6(0, 0xffff0a000001));
  EXPECT_EQ(address("64:ff9b::192.0.2.33"), IpAddress::v6(0x0064ff9b00000000, 0xc0000221));
}

TEST(IpAddress, WritesIpv6AsRfc5952Says) {
  EXPECT_EQ(address("2001:0DB8:0:0:0:0:0:1").text(), "2001:db8::1");
  EXPECT_EQ(address("0:0:0:0:0:0:0:0").text(), "::");
  EXPECT_EQ(address("0:0:0:0:0:0:0:1").text(), "::1");
  EXPECT_EQ(address("1:0:0:0:0:0:0:0").text(), "1::");
  // One zero group is not shortened, the longest run is, and of equal runs the first.
  EXPECT_EQ(address("2001:db8:0:1:1:1:1:1").text(), "2001:db8:0:1:1:1:1:1");
  EXPECT_EQ(address("2001:0:0:1:0:0:0:1").text(), "2001:0:0:1::1");
  EXPECT_EQ(address("2001:db8:0:0:1:0:0:1").text(), "2001:db8::1:0:0:1");
  EXPECT_EQ(address("::ffff:1.2.3.4").text(), "::ffff:1.2.3.4");
}

TEST(IpAddress, OrdersIpv4BeforeIpv6ThenByNumber) {
  EXPECT_LT(address("255.255.255.255"), address("::"));
  EXPECT_LT(address("9.0.0.0"), address("10.0.0.0"));
  EXPECT_LT(address("::ffff:ffff:ffff:ffff"), address("0:0:0:1::"));
  EXPECT_NE(address("0.0.0.1"), address("::1"));
}

TEST(IpAddress, KnowsItsNeighboursWithinTheFamily) {
  EXPECT_EQ(address("10.0.0.255").next(), address("10.0.1.0"));
  EXPECT_EQ(address("10.0.1.0").previous(), address("10.0.0.255"));
  EXPECT_EQ(address("0.0.0.0").previous(), std::nullopt);
  EXPECT_EQ(address("255.255.255.255").next(), std::nullopt);
  EXPECT_EQ(IpAddress::v6(1, kOnes).next(), IpAddress::v6(2, 0));
  EXPECT_EQ(IpAddress::v6(2, 0).previous(), IpAddress::v6(1, kOnes));
  EXPECT_EQ(IpAddress::v6(0, 0).previous(), std::nullopt);
  EXPECT_EQ(IpAddress::v6(kOnes, kOnes).next(), std::nullopt);
}

TEST(IpAddress, DiesIfTheBitsOfAnIpv6AddressAreAskedAsIpv4) {
  EXPECT_DEATH(static_cast<void>(address("::1").v4_bits()), "is_v4");
}

TEST(IpAddress, IsPublicOnlyIfTheInternetRoutesIt) {
  for (const char* const text : {"1.1.1.1",
                                 "9.255.255.255",
                                 "11.0.0.0",
                                 "52.95.110.1",
                                 "100.63.255.255",
                                 "100.128.0.0",
                                 "172.15.255.255",
                                 "172.32.0.0",
                                 "192.0.0.9",
                                 "192.0.1.0",
                                 "192.88.99.1",
                                 "198.17.255.255",
                                 "198.20.0.0",
                                 "223.255.255.255",
                                 "2600:1f14::1",
                                 "2a05:d000::1",
                                 "2001:4860:4860::8888",
                                 "64:ff9b::808:808",
                                 "2001:20::1",
                                 "2002::1"}) {
    EXPECT_TRUE(address(text).is_public()) << text;
  }
  for (const char* const text : {"0.0.0.0",
                                 "0.1.2.3",
                                 "10.0.0.0",
                                 "10.255.255.255",
                                 "100.64.0.0",
                                 "100.127.255.255",
                                 "127.0.0.1",
                                 "169.254.169.254",
                                 "172.16.0.0",
                                 "172.31.255.255",
                                 "192.0.0.8",
                                 "192.0.2.1",
                                 "192.168.0.1",
                                 "198.18.0.0",
                                 "198.19.255.255",
                                 "198.51.100.7",
                                 "203.0.113.9",
                                 "224.0.0.1",
                                 "239.255.255.255",
                                 "240.0.0.1",
                                 "255.255.255.255",
                                 "::",
                                 "::1",
                                 "::ffff:8.8.8.8",
                                 "fc00::1",
                                 "fd00:ec2::254",
                                 "fe80::1",
                                 "ff02::1",
                                 "2001:db8::1",
                                 "2001:2::1",
                                 "3fff::1",
                                 "100::1",
                                 "64:ff9b:1::1",
                                 "5f00::1",
                                 "4000::1"}) {
    EXPECT_FALSE(address(text).is_public()) << text;
  }
}

std::string random_v6_like(std::mt19937& random) {
  static constexpr std::string_view pieces[] = {"::",    ":", "0",       "1",   "ab", "ffff",
                                                "10000", ".", "1.2.3.4", "255", "00", "g"};
  std::string text;
  for (unsigned left = random() % 14; left > 0; --left) {
    text += pieces[random() % std::size(pieces)];
    text += random() % 2 == 0 ? ":" : "";
  }
  return text;
}

TEST(IpAddress, AgreesWithTheSystemOnWhatAnAddressIs) {
  std::mt19937 random(20260503);
  for (int i = 0; i < 50000; ++i) {
    const std::string text = random_v6_like(random);
    std::array<unsigned char, 16> bytes{};
    const bool system = ::inet_pton(AF_INET, text.c_str(), bytes.data()) == 1 ||
                        ::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1;
    EXPECT_EQ(IpAddress::parse(text).has_value(), system) << text;
  }
}

/// Random, with runs of zeros and ones so that special forms are met.
std::uint64_t random_half(std::mt19937_64& random) {
  std::uint64_t half = random();
  for (unsigned shift = 0; shift < 64; shift += 16) {
    const auto choice = random() % 4;
    const std::uint64_t group = std::uint64_t{0xffff} << shift;
    half = choice < 2 ? half & ~group : choice == 2 ? half | group : half;
  }
  return half;
}

TEST(IpAddress, TextParsesBack) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 20000; ++i) {
    const auto v4 = IpAddress::v4(static_cast<std::uint32_t>(random_half(random)));
    const auto v6 = IpAddress::v6(random_half(random), random_half(random));
    EXPECT_EQ(IpAddress::parse(v4.text()), v4);
    EXPECT_EQ(IpAddress::parse(v6.text()), v6);
  }
}

TEST(IpPrefix, ClearsHostBitsSoThatEqualBlocksAreEqual) {
  EXPECT_EQ(prefix("10.1.2.3/8"), prefix("10.0.0.0/8"));
  EXPECT_EQ(prefix("10.1.2.3/8").text(), "10.0.0.0/8");
  EXPECT_EQ(prefix("10.1.2.3/0"), IpPrefix());
  EXPECT_EQ(prefix("2001:db8:1:2:3::/33").text(), "2001:db8::/33");
  EXPECT_EQ(prefix("ffff:ffff:ffff:ffff:ffff::/65").text(), "ffff:ffff:ffff:ffff:8000::/65");
  EXPECT_EQ(prefix("2001:db8::1/64"), prefix("2001:db8::2/64"));
  EXPECT_EQ(prefix("::1/128").text(), "::1/128");
}

TEST(IpPrefix, RejectsWhatIsNotAddressSlashLength) {
  for (const char* const text : {"", "/", "10.0.0.0", "10.0.0.0/", "/8", "10.0.0.0/33", "10.0.0/8",
                                 "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/08", "10.0.0.0/8 ",
                                 "10.0.0.0/8/8", "::/129", "::/1000000000000", "10.0.0.0/a"}) {
    const auto result = IpPrefix::parse(text);
    ASSERT_FALSE(result.has_value()) << text;
    EXPECT_EQ(result.error().code, "bad_prefix");
  }
}

TEST(IpPrefix, KnowsItsEnds) {
  EXPECT_EQ(prefix("10.0.0.0/8").first(), address("10.0.0.0"));
  EXPECT_EQ(prefix("10.0.0.0/8").last(), address("10.255.255.255"));
  EXPECT_EQ(prefix("0.0.0.0/0").last(), address("255.255.255.255"));
  EXPECT_EQ(prefix("2001:db8::/32").last(), address("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"));
  EXPECT_EQ(IpPrefix::all(IpFamily::V6).last(), IpAddress::v6(kOnes, kOnes));
  EXPECT_EQ(IpPrefix::host(address("::1")).last(), address("::1"));
}

TEST(IpPrefix, IsEverythingOfItsFamilyOnlyAtLengthZero) {
  EXPECT_TRUE(prefix("0.0.0.0/0").is_everything());
  EXPECT_TRUE(prefix("::/0").is_everything());
  EXPECT_FALSE(prefix("0.0.0.0/1").is_everything());
}

TEST(IpPrefix, ContainsAddressesOfItsFamilyOnly) {
  EXPECT_TRUE(prefix("10.0.0.0/8").contains(address("10.255.0.1")));
  EXPECT_FALSE(prefix("10.0.0.0/8").contains(address("11.0.0.0")));
  EXPECT_FALSE(prefix("0.0.0.0/0").contains(address("::1")));
  EXPECT_FALSE(prefix("::/0").contains(address("10.0.0.1")));
  EXPECT_TRUE(prefix("2001:db8::/32").contains(address("2001:db8:ffff::1")));
  EXPECT_FALSE(prefix("2001:db8::/32").contains(address("2001:db9::")));
}

TEST(IpPrefix, ContainsAndOverlapsOtherBlocks) {
  EXPECT_TRUE(prefix("10.0.0.0/8").contains(prefix("10.1.0.0/16")));
  EXPECT_TRUE(prefix("10.0.0.0/8").contains(prefix("10.0.0.0/8")));
  EXPECT_FALSE(prefix("10.1.0.0/16").contains(prefix("10.0.0.0/8")));
  EXPECT_TRUE(prefix("10.1.0.0/16").overlaps(prefix("10.0.0.0/8")));
  EXPECT_TRUE(prefix("10.0.0.0/8").overlaps(prefix("10.1.0.0/16")));
  EXPECT_FALSE(prefix("10.0.0.0/16").overlaps(prefix("10.1.0.0/16")));
  EXPECT_FALSE(prefix("0.0.0.0/0").overlaps(prefix("::/0")));
}

TEST(IpPrefix, DiesOfALengthTheFamilyHasNot) {
  EXPECT_DEATH(IpPrefix(IpAddress(), 33), "width");
  EXPECT_DEATH(IpPrefix(IpAddress(), -1), "length >= 0");
}

TEST(IpPrefix, TextParsesBack) {
  std::mt19937_64 random(8);
  for (int i = 0; i < 20000; ++i) {
    const IpPrefix v4(IpAddress::v4(static_cast<std::uint32_t>(random())),
                      static_cast<int>(random() % 33));
    const IpPrefix v6(IpAddress::v6(random_half(random), random_half(random)),
                      static_cast<int>(random() % 129));
    EXPECT_EQ(IpPrefix::parse(v4.text()), v4);
    EXPECT_EQ(IpPrefix::parse(v6.text()), v6);
  }
}

TEST(IpPrefix, HashesEqualBlocksAlike) {
  const std::unordered_set<IpPrefix> set = {prefix("10.0.0.0/8"), prefix("10.9.9.9/8"),
                                            prefix("::/0"), prefix("0.0.0.0/0")};
  EXPECT_EQ(set.size(), 3U);
}

}  // namespace
}  // namespace portolan
