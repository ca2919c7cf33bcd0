#include "core/layered_map.h"

#include <map>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace portolan {

namespace {

using Map = LayeredMap<std::string, int>;
using Model = std::map<std::string, int>;

Model entries_of(const Map& map) {
  Model entries;
  map.for_each([&](const std::string& key, int value) { entries.emplace(key, value); });
  return entries;
}

TEST(LayeredMap, a_copy_is_not_edited_with_the_other) {
  Map map;
  map.set("a", 1);
  Map copy = map;
  copy.set("a", 2);
  copy.erase("b");
  Map third = copy;
  third.erase("a");
  EXPECT_EQ(*map.find("a"), 1);
  EXPECT_EQ(*copy.find("a"), 2);
  EXPECT_EQ(third.find("a"), nullptr);
  third.set("a", 3);
  EXPECT_EQ(*third.find("a"), 3);
}

/// Many generations, each edited a little: the same as a map that is copied whole.
TEST(LayeredMap, is_a_map_through_all_generations) {
  std::mt19937 random(1);
  Map map;
  Model model;
  std::vector<std::pair<Map, Model>> kept;
  for (int i = 0; i < 3000; ++i) {
    const std::string key = std::to_string(random() % 700);
    if (random() % 3 == 0) {
      map.erase(key);
      model.erase(key);
    } else {
      map.set(key, i);
      model[key] = i;
    }
    if (random() % 4 != 0) {
      kept.emplace_back(map, model);
    }
    if (kept.size() > 20) {
      kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(random() % kept.size()));
    }
    const std::string asked = std::to_string(random() % 700);
    const int* found = map.find(asked);
    ASSERT_EQ(found != nullptr, model.contains(asked));
    ASSERT_TRUE(found == nullptr || *found == model[asked]);
  }
  kept.emplace_back(map, model);
  for (const auto& [each, expected] : kept) {
    EXPECT_EQ(entries_of(each), expected);
  }
}

}  // namespace

}  // namespace portolan
