#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/layered_map.h"
#include "core/shared_vector.h"

namespace portolan {
namespace {

TEST(SharedVector, ACopyIsNotTouchedByAnEditOfTheOther) {
  std::vector<std::string> texts;
  for (int i = 0; i < 300; ++i) {
    texts.push_back(std::to_string(i));
  }
  const SharedVector<std::string> before(texts);
  SharedVector<std::string> after = before;
  after.set(200, "changed");
  after.push_back("new");
  EXPECT_EQ(before.size(), 300U);
  EXPECT_EQ(before[200], "200");
  EXPECT_EQ(after.size(), 301U);
  EXPECT_EQ(after[200], "changed");
  EXPECT_EQ(after[300], "new");
  EXPECT_EQ(&before[5], &after[5]) << "what did not change is shared";
  EXPECT_EQ(std::vector<std::string>(before.begin(), before.end()), texts);
}

TEST(SharedVector, GrowsFromNothing) {
  SharedVector<int> numbers;
  for (int i = 0; i < 1000; ++i) {
    numbers.push_back(i);
  }
  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ(numbers[static_cast<std::size_t>(i)], i);
  }
}

TEST(LayeredMap, FindsTheNewestAndWhatWasErasedNoMore) {
  const LayeredMap<std::string, int> before({{"a", 1}, {"b", 2}});
  LayeredMap<std::string, int> after = before;
  after.set("a", 10);
  after.set("c", 3);
  after.erase("b");
  ASSERT_NE(after.find("a"), nullptr);
  EXPECT_EQ(*after.find("a"), 10);
  EXPECT_EQ(*after.find("c"), 3);
  EXPECT_EQ(after.find("b"), nullptr);
  EXPECT_EQ(*before.find("a"), 1);
  EXPECT_EQ(*before.find("b"), 2);
  EXPECT_EQ(before.find("c"), nullptr);
}

TEST(LayeredMap, ManyEditsAreJoinedWithTheRest) {
  const LayeredMap<int, int> before(LayeredMap<int, int>::Base{{-1, -1}, {-2, -2}});
  LayeredMap<int, int> map = before;
  map.erase(-2);
  for (int i = 0; i < 2000; ++i) {
    map.set(i, i);
    if (i % 3 == 0) {
      map.erase(i);
    }
  }
  int sum = 0;
  int count = 0;
  map.for_each([&](int key, int value) {
    EXPECT_EQ(key, value);
    sum += value;
    ++count;
  });
  int expected = -1;
  int expected_count = 1;
  for (int i = 0; i < 2000; ++i) {
    expected += i % 3 == 0 ? 0 : i;
    expected_count += i % 3 == 0 ? 0 : 1;
  }
  EXPECT_EQ(sum, expected);
  EXPECT_EQ(count, expected_count);
  EXPECT_EQ(map.find(-2), nullptr);
  EXPECT_NE(before.find(-2), nullptr);
  EXPECT_EQ(before.find(5), nullptr);
}

}  // namespace
}  // namespace portolan
