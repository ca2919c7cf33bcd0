#include "model/table.h"

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <type_traits>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/network.h"

namespace portolan {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

std::shared_ptr<const Vpc> vpc(int number, bool is_default = false) {
  Vpc row;
  row.id = {fmt::format("vpc-{:05}", number)};
  row.is_default = is_default;
  return std::make_shared<const Vpc>(std::move(row));
}

/// With the even numbers below `2 * count`.
Table<Vpc> table_of(int count) {
  std::vector<Vpc> rows;
  for (int i = 0; i < count; ++i) {
    rows.push_back(*vpc(2 * i));
  }
  return Table<Vpc>(std::move(rows));
}

std::vector<const Vpc*> addresses(const Table<Vpc>& table) {
  std::vector<const Vpc*> result;
  for (const Vpc& row : table.rows()) {
    result.push_back(&row);
  }
  return result;
}

/// Rows, look-up and positions tell the same.
void expect_sound(const Table<Vpc>& table) {
  const auto rows = table.rows();
  EXPECT_EQ(static_cast<std::size_t>(std::distance(rows.begin(), rows.end())), rows.size());
  EXPECT_TRUE(std::is_sorted(rows.begin(), rows.end()));
  std::size_t number = 0;
  for (auto row = rows.begin(); row != rows.end(); ++row, ++number) {
    ASSERT_EQ(table.find(row->id.value), &*row);
    ASSERT_EQ(table.shared(row->id.value), row.shared());
    ASSERT_EQ(rows.position(*row), number);
  }
}

TEST(Table, NothingHasNoRows) {
  const Table<Vpc> table;
  EXPECT_THAT(table.rows(), IsEmpty());
  EXPECT_TRUE(table.rows().begin() == table.rows().end());
  EXPECT_EQ(table.find("vpc-00001"), nullptr);
  EXPECT_THAT(Table<Vpc>(std::vector<Vpc>{}).rows(), IsEmpty());
}

TEST(Table, LoadedRowsStandTogetherSortedAndOnce) {
  Table<Vpc> table({*vpc(3), *vpc(1), *vpc(2), *vpc(1, true)});
  expect_sound(table);
  EXPECT_THAT(table.rows(), SizeIs(3));
  EXPECT_EQ(table.rows().front(), *vpc(1)) << "the first of two with one id";
  EXPECT_EQ(&*std::next(table.rows().begin(), 2) - &table.rows().front(), 2);
}

TEST(Table, ItsRowsAreARange) {
  static_assert(std::forward_iterator<Rows<Vpc>::Iterator>);
  const Table<Vpc> table = table_of(600);
  EXPECT_TRUE(std::ranges::equal(table.rows(), table_of(600).rows()));
  EXPECT_EQ(std::ranges::count_if(table.rows(), [](const Vpc& row) { return row.is_default; }), 0);
}

TEST(Table, ACopyIsNotTouchedByAnEditOfTheOther) {
  const Table<Vpc> before = table_of(1000);
  const auto old_rows = addresses(before);
  Table<Vpc> after = before;
  after.set(vpc(500, true));
  after.set(vpc(501));
  after.erase("vpc-00700");
  after.erase("vpc-00701");
  EXPECT_EQ(addresses(before), old_rows);
  expect_sound(before);
  expect_sound(after);
  EXPECT_THAT(after.rows(), SizeIs(1000));
  EXPECT_TRUE(after.find("vpc-00500")->is_default);
  EXPECT_NE(after.find("vpc-00501"), nullptr);
  EXPECT_EQ(after.find("vpc-00700"), nullptr);
}

TEST(Table, ARowThatIsNotEditedKeepsItsAddress) {
  const Table<Vpc> before = table_of(1000);
  Table<Vpc> after = before;
  after.set(vpc(500, true));
  after.set(vpc(1, false));
  for (const Vpc& row : before.rows()) {
    EXPECT_EQ(after.find(row.id.value) == &row, row.id.value != "vpc-00500") << row.id.value;
  }
}

TEST(Table, APositionIsThatOfTheId) {
  const Table<Vpc> before = table_of(1000);
  Table<Vpc> after = before;
  const auto replaced = vpc(500, true);
  after.set(replaced);
  EXPECT_EQ(after.rows().position(*replaced), 250U);
  EXPECT_EQ(after.rows().position(*before.find("vpc-00500")), 250U);
  after.set(vpc(1));
  EXPECT_EQ(after.rows().position(*before.find("vpc-00500")), 251U);
  EXPECT_EQ(before.rows().position(*before.find("vpc-00500")), 250U);
}

TEST(Table, AViewOutlivesTheMoveOfItsTable) {
  Table<Vpc> table = table_of(3);
  const auto rows = table.rows();
  const Table<Vpc> moved = std::move(table);
  EXPECT_TRUE(std::ranges::equal(rows, moved.rows()));
}

TEST(Table, AgreesWithAMapThroughManyEdits) {
  std::mt19937 random(7);
  Table<Vpc> table = table_of(300);
  std::map<std::string, Vpc> expected;
  for (const Vpc& row : table.rows()) {
    expected.emplace(row.id.value, row);
  }
  std::vector<Table<Vpc>> kept;
  for (int round = 0; round < 5000; ++round) {
    const auto row = vpc(static_cast<int>(random() % 2000), random() % 2 == 0);
    // First it grows, then it shrinks to nothing.
    if (random() % 5 < (round < 2500 ? 4U : 1U)) {
      expected[row->id.value] = *row;
      table.set(row);
    } else {
      expected.erase(row->id.value);
      table.erase(row->id.value);
    }
    if (round % 500 == 0) {
      kept.push_back(table);
    }
  }
  expect_sound(table);
  EXPECT_TRUE(std::ranges::equal(
      table.rows(), expected, {}, {}, [](const auto& entry) -> auto& { return entry.second; }));
  for (const Table<Vpc>& each : kept) {
    expect_sound(each);
  }
  for (const auto& [id, row] : expected) {
    table.erase(id);
  }
  EXPECT_THAT(table.rows(), IsEmpty());
  table.set(vpc(1));
  expect_sound(table);
}

TEST(Table, DifferencesAreNewGoneAndUnequalRows) {
  const Table<Vpc> before = table_of(1000);
  Table<Vpc> after = before;
  after.set(vpc(500, true));
  after.set(vpc(502));  // equal, elsewhere
  after.set(vpc(777));
  after.erase("vpc-00000");
  after.erase("vpc-01998");
  std::vector<std::string> seen;
  for_each_difference(before.rows(), after.rows(), [&](const auto& was, const auto& is) {
    ASSERT_TRUE(was != nullptr || is != nullptr);
    seen.push_back((was == nullptr  ? "+"
                    : is == nullptr ? "-"
                                    : "=") +
                   (is == nullptr ? was : is)->id.value);
  });
  EXPECT_THAT(seen, testing::ElementsAre("-vpc-00000", "=vpc-00500", "+vpc-00777", "-vpc-01998"));
}

TEST(Table, DifferencesFromAndToNothingAreAllRows) {
  const Table<Vpc> table = table_of(300);
  int count = 0;
  for_each_difference(Table<Vpc>().rows(), table.rows(),
                      [&](const auto& was, const auto&) { count += was == nullptr ? 1 : 1000; });
  for_each_difference(table.rows(), Table<Vpc>().rows(),
                      [&](const auto&, const auto& is) { count += is == nullptr ? 1 : 1000; });
  EXPECT_EQ(count, 600);
}

}  // namespace
}  // namespace portolan
