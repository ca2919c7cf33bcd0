#include "events/scan/scan.h"

#include <random>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "events/scan/masks.h"

namespace portolan::events {
namespace {

constexpr std::string_view kHit = R"({"eventName":"CreateSecurityGroup"})";

Scan scan(std::string_view text, bool is_list = true) {
  const ScanRequest fast{.text = text, .begin = 0, .is_list = is_list};
  ScanRequest plain = fast;
  plain.method = ScanMethod::Plain;
  Scan result = scan_records(fast);
  EXPECT_EQ(result, scan_records(plain)) << text;
  return result;
}

std::vector<std::string> hits(std::string_view text, bool is_list = true) {
  std::vector<std::string> found;
  for (const RecordSpan& hit : scan(text, is_list).hits) {
    found.emplace_back(text.substr(hit.begin, hit.end - hit.begin));
  }
  return found;
}

TEST(Scan, FindsTheElementsThatNameAListedCall) {
  const std::string text = R"({"eventName":"PutObject"},)" + std::string(kHit) + "," +
                           R"({"a":{"eventName" : "DeleteVpc"},"b":[{}]}]})";
  EXPECT_THAT(hits(text),
              testing::ElementsAre(kHit, R"({"a":{"eventName" : "DeleteVpc"},"b":[{}]})"));
  EXPECT_EQ(scan(text).records, 3U);
  EXPECT_EQ(scan(text).stop, ScanStop::Closed);
  EXPECT_EQ(scan(text).place, text.size() - 1);
}

TEST(Scan, TextInStringsIsNoStructure) {
  const std::string tricky =
      R"({"userAgent":"}],{\"eventName\":\"DeleteVpc\"}","x":"\\","eventName":"DescribeVpcs"},)" +
      std::string(kHit) + "]";
  EXPECT_THAT(hits(tricky), testing::ElementsAre(kHit));
}

TEST(Scan, ANameWithEscapesIsACandidate) {
  EXPECT_EQ(hits(R"({"eventName":"Delete\u0056pc"}])").size(), 1U);
  EXPECT_EQ(hits(R"({"eventName":"DeleteVpcs"}])").size(), 0U);
  EXPECT_EQ(hits(R"({"eventName":true}])").size(), 0U);
}

TEST(Scan, ManyElementsInOneBlock) {
  const std::string one = R"({"eventName":"RunTask"})";
  EXPECT_EQ(hits(one + "," + one + "," + one + "]").size(), 3U);
  EXPECT_EQ(hits(one + one + "\n" + one, false).size(), 3U);
}

TEST(Scan, SaysHowItEnded) {
  EXPECT_EQ(scan("  ").stop, ScanStop::End);
  EXPECT_EQ(scan(R"({"a":1},{"b")").stop, ScanStop::Unterminated);
  EXPECT_EQ(scan(R"({"a":1},{"b")").place, 8U);
  EXPECT_EQ(scan(R"({"a":1} {"b":2}])").stop, ScanStop::Stray);
  EXPECT_EQ(scan(R"({"a":1} {"b":2})", false).stop, ScanStop::End);
  EXPECT_EQ(scan(R"({"a":1}},"eventName":"DeleteVpc"})", false).stop, ScanStop::Closed);
  EXPECT_EQ(scan(R"({"a":1},"eventName":"DeleteVpc",{})").stop, ScanStop::Stray);
  EXPECT_EQ(scan("{" + std::string(kRecordMax + 8192, ' ')).stop, ScanStop::TooLong);
}

TEST(Scan, AnyPlaceOfABlockWillDo) {
  for (std::size_t shift = 0; shift < 2 * kBlock; ++shift) {
    const std::string text = std::string(shift, ' ') + std::string(kHit) + "]";
    EXPECT_THAT(hits(text), testing::ElementsAre(kHit)) << shift;
  }
}

TEST(Scan, FastAndPlainAgreeOnRandomText) {
  static constexpr std::string_view kPieces[] = {"{",
                                                 "}",
                                                 "[",
                                                 "]",
                                                 ",",
                                                 "\"",
                                                 "\\",
                                                 "\\\\",
                                                 " ",
                                                 "N",
                                                 "\"eventName\":\"DeleteVpc\"",
                                                 "\"eventName\"",
                                                 "\n",
                                                 "x",
                                                 kHit,
                                                 "\\\"",
                                                 "[[",
                                                 "}}"};
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::size_t pieces = random() % 200; pieces > 0; --pieces) {
      text += kPieces[random() % std::size(kPieces)];
    }
    scan(text, round % 2 == 0);
  }
}

TEST(Masks, AllAgreeOnRandomBytes) {
  std::vector<MaskWindow> fast = {mask_window_avx2(), mask_window_avx512()};
  std::erase(fast, nullptr);
  if (fast.empty()) {
    GTEST_SKIP() << "the processor has neither AVX2 nor AVX-512";
  }
  std::mt19937 random(11);
  constexpr std::string_view kBytes = "\"\\\\\\{}[]N,: x\n\"";
  std::vector<MaskState> states(1 + fast.size());
  for (int round = 0; round < 1000; ++round) {
    std::string text((1 + random() % kWindow) * kBlock, ' ');
    for (char& c : text) {
      c = round % 3 == 0 ? static_cast<char>(random()) : kBytes[random() % kBytes.size()];
    }
    const std::size_t count = text.size() / kBlock;
    WindowMasks plain;
    mask_window_plain(text.data(), count, states[0], plain);
    for (std::size_t each = 0; each < fast.size(); ++each) {
      WindowMasks quick;
      fast[each](text.data(), count, states[each + 1], quick);
      ASSERT_EQ(plain.ends, quick.ends) << round;
      ASSERT_EQ(plain.marked, quick.marked) << round;
      for (std::size_t i = 0; i < count; ++i) {
        EXPECT_EQ(plain.opens[i], quick.opens[i]) << round;
        EXPECT_EQ(plain.closes[i], quick.closes[i]) << round;
        EXPECT_EQ(plain.marks[i], quick.marks[i]) << round;
        EXPECT_EQ(plain.depth[i], quick.depth[i]) << round;
      }
      ASSERT_EQ(states[0], states[each + 1]) << round;  // goes on in the next window
    }
  }
}

TEST(Masks, BlocksInTheMiddleOfAnElementAreLeftOut) {
  const std::string text = "{\"a\":{" + std::string(3 * kBlock, ' ') + "}}";
  MaskState state;
  WindowMasks masks;
  const std::string padded = text + std::string(4 * kBlock - text.size(), ' ');
  mask_window_plain(padded.data(), 4, state, masks);
  EXPECT_EQ(masks.ends, 0b1001U);
  EXPECT_EQ(masks.marked, 0U);
  EXPECT_EQ(masks.depth[3], 2U);
  EXPECT_EQ(state.depth, 0U);
}

}  // namespace
}  // namespace portolan::events
