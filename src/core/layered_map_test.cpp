#include "core/layered_map.h"

#include <map>
#include <memory>
#include <random>
#include <string>
#include <string_view>
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

/// Keys that are views into their values, as tables have them: none outlives what it views into,
/// through all joins of edits, which a build with sanitizers would see.
TEST(LayeredMap, keys_may_be_views_into_their_values) {
  using Named = std::shared_ptr<const std::string>;
  using Views = LayeredMap<std::string_view, Named>;
  std::mt19937 random(2);
  const auto name_of = [&] {
    return std::make_shared<const std::string>("a name that is kept apart, number " +
                                               std::to_string(random() % 4000));
  };
  Views map;
  std::map<std::string, Named> model;
  for (int i = 0; i < 12000; ++i) {
    const Views before = map;  // so that nothing is edited in place
    const Named name = name_of();
    if (random() % 3 == 0) {
      map.erase(*name);
      model.erase(*name);
    } else {
      map.set(*name, name);
      model[*name] = name;
    }
    const Named asked = name_of();
    const Named* found = map.find(*asked);
    ASSERT_EQ(found != nullptr, model.contains(*asked)) << i;
    ASSERT_TRUE(found == nullptr || **found == *asked) << i;
  }
  std::size_t count = 0;
  map.for_each([&](std::string_view key, const Named& name) {
    ++count;
    EXPECT_EQ(key, *name);
    EXPECT_EQ(model.at(*name), name) << "the newest of that name";
  });
  EXPECT_EQ(count, model.size());
}

}  // namespace

}  // namespace portolan
