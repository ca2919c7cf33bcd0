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
  std::vector<MaskBlocks> fast = {mask_blocks_avx2(), mask_blocks_avx512()};
  std::erase(fast, nullptr);
  if (fast.empty()) {
    GTEST_SKIP() << "the processor has neither AVX2 nor AVX-512";
  }
  std::mt19937 random(11);
  constexpr std::string_view kBytes = "\"\\\\\\{}[]N,: x\n\"";
  for (int round = 0; round < 500; ++round) {
    std::string text(4 * kBlock, ' ');
    for (char& c : text) {
      c = round % 3 == 0 ? static_cast<char>(random()) : kBytes[random() % kBytes.size()];
    }
    MaskState a;
    BlockMasks plain[4];
    const std::size_t count = mask_blocks_plain(text.data(), 4, a, plain);
    for (const MaskBlocks each : fast) {
      MaskState b;
      BlockMasks quick[4];
      ASSERT_EQ(each(text.data(), 4, b, quick), count) << round;
      for (std::size_t i = 0; i < count; ++i) {
        EXPECT_EQ(plain[i], quick[i]) << round;
      }
      EXPECT_EQ(a, b);
    }
  }
}

TEST(Masks, BlocksInTheMiddleOfAnElementAreLeftOut) {
  const std::string text = "{\"a\":{" + std::string(3 * kBlock, ' ') + "}}";
  MaskState state;
  BlockMasks masks[4];
  const std::string padded = text + std::string(4 * kBlock - text.size(), ' ');
  ASSERT_EQ(mask_blocks_plain(padded.data(), 4, state, masks), 2U);
  EXPECT_EQ(masks[0].number, 0U);
  EXPECT_EQ(masks[1].number, 3U);
  EXPECT_EQ(masks[1].depth, 2U);
  EXPECT_EQ(state.depth, 0U);
}

}  // namespace
}  // namespace portolan::events
