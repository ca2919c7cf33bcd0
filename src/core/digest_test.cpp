#include "core/digest.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace portolan {
namespace {

TEST(TextDigest, StaysWhatStoresHaveKept) {
  EXPECT_EQ(text_digest(""), 0x973638d3ce0f3ad5U);
  EXPECT_EQ(text_digest("{\"eventName\":\"DeleteVpc\"}"), 0x24e9d7859e10104bU);
  EXPECT_EQ(text_digest(std::string(1000, 'x') + "y"), 0x94433ade5b531975U);
}

TEST(TextDigest, SeesEveryByteAndWhereItStands) {
  std::set<std::uint64_t> seen;
  const std::string text(100, ' ');
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string other = text;
    other[at] = 'x';
    seen.insert(text_digest(other));
    seen.insert(text_digest(text.substr(0, at)));
  }
  EXPECT_EQ(seen.size(), 2 * text.size());
}

TEST(MixedDigest, KnowsTheOrder) {
  EXPECT_NE(mixed_digest(mixed_digest(0, 1), 2), mixed_digest(mixed_digest(0, 2), 1));
}

}  // namespace
}  // namespace portolan
