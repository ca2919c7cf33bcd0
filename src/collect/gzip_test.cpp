#include "collect/gzip.h"

#include <string>

#include <gtest/gtest.h>
#include <libdeflate.h>

namespace portolan::collect {

namespace {

constexpr GzipLimits kLimits{.bytes_max = std::size_t{1} << 30, .expansion_max = 200};

std::string gzip(const std::string& bytes) {
  libdeflate_compressor* compressor = libdeflate_alloc_compressor(6);
  std::string packed(libdeflate_gzip_compress_bound(compressor, bytes.size()), '\0');
  packed.resize(libdeflate_gzip_compress(compressor, bytes.data(), bytes.size(), packed.data(),
                                         packed.size()));
  libdeflate_free_compressor(compressor);
  return packed;
}

std::string unpacked(const std::string& packed, const GzipLimits& limits = kLimits) {
  Buffer buffer;
  const auto outcome = gunzip(packed, limits, buffer);
  return outcome ? std::string(buffer.view()) : "!" + outcome.error().code;
}

std::string varied(std::size_t size) {
  std::string text;
  unsigned state = 1;
  while (text.size() < size) {
    state = state * 1664525U + 1013904223U;
    text += std::to_string(state >> 8);
  }
  return text;
}

TEST(Gzip, gives_back_what_was_packed) {
  EXPECT_EQ(unpacked(gzip("")), "");
  EXPECT_EQ(unpacked(gzip("{}")), "{}");
  const std::string text = varied(3'000'000);
  EXPECT_EQ(unpacked(gzip(text)), text);
}

TEST(Gzip, joins_members) {
  const std::string first = varied(500'000);
  EXPECT_EQ(unpacked(gzip(first) + gzip("small")), first + "small");
  EXPECT_EQ(unpacked(gzip("small") + gzip(first) + gzip("")), "small" + first);
}

TEST(Gzip, allows_zeros_at_the_end_only) {
  EXPECT_EQ(unpacked(gzip("x") + std::string(512, '\0')), "x");
  EXPECT_EQ(unpacked(gzip("xy") + "rubbish" + std::string(4, '\0')), "!bad_gzip");
}

TEST(Gzip, knows_a_damaged_file) {
  std::string packed = gzip(varied(10'000));
  EXPECT_EQ(unpacked(packed.substr(0, packed.size() / 2)), "!bad_gzip");
  EXPECT_EQ(unpacked(packed.substr(0, 10)), "!bad_gzip");
  packed[packed.size() / 2] = static_cast<char>(packed[packed.size() / 2] ^ 0x55);
  EXPECT_EQ(unpacked(packed), "!bad_gzip");
}

TEST(Gzip, refuses_a_bomb) {
  std::string bomb = gzip(std::string(64 << 20, ' '));
  EXPECT_EQ(unpacked(bomb), "!gzip_bomb");
  for (std::size_t i = 0; i < 4; ++i) {
    bomb[bomb.size() - 1 - i] = '\0';  // a bomb that says it is small
  }
  EXPECT_TRUE(unpacked(bomb).starts_with("!"));
}

TEST(Gzip, lets_a_small_file_expand) {
  const std::string spaces(900'000, ' ');
  EXPECT_EQ(unpacked(gzip(spaces)), spaces);
}

TEST(Gzip, refuses_what_is_too_big) {
  EXPECT_EQ(unpacked(gzip(varied(10'000)), {.bytes_max = 5'000, .expansion_max = 200}),
            "!file_too_big");
}

}  // namespace

}  // namespace portolan::collect
