#include "core/rare_vector.h"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace portolan {
namespace {

using Texts = RareVector<std::string>;

TEST(RareVector, CostsAPointer) { EXPECT_EQ(sizeof(Texts), sizeof(void*)); }

TEST(RareVector, AnEmptyOneIsReadLikeAVector) {
  Texts texts;
  EXPECT_TRUE(texts.empty());
  EXPECT_EQ(texts.size(), 0U);
  EXPECT_TRUE(texts.begin() == texts.end());
  EXPECT_TRUE(std::as_const(texts).begin() == std::as_const(texts).end());
  EXPECT_EQ(texts.all(), std::vector<std::string>{});
}

TEST(RareVector, ACopyHasElementsOfItsOwn) {
  Texts texts{"a"};
  Texts copy = texts;
  copy.push_back("b");
  copy[0] = "changed";
  EXPECT_EQ(texts.all(), std::vector<std::string>{"a"});
  EXPECT_EQ(copy.all(), (std::vector<std::string>{"changed", "b"}));
  const Texts moved = std::move(copy);
  EXPECT_EQ(moved.back(), "b");
}

TEST(RareVector, IsEmptyAgainWhateverItWas) {
  Texts texts{"a", "b"};
  texts.clear();
  EXPECT_EQ(texts, Texts());
  texts.edit();  // nothing is put in
  EXPECT_EQ(texts, Texts());
  EXPECT_LT(texts, Texts{"a"});
}

}  // namespace
}  // namespace portolan
