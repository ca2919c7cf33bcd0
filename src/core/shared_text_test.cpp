#include "core/shared_text.h"

#include <string>
#include <string_view>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace portolan {
namespace {

TEST(SharedText, CopiesShareOneText) {
  EXPECT_EQ(sizeof(SharedText), sizeof(void*));
  const SharedText text("a text that is too long to be kept in place");
  const SharedText copy = text;
  EXPECT_EQ(&text.text(), &copy.text());
}

TEST(SharedText, AppendingChangesThisOneAlone) {
  SharedText text("open");
  const SharedText before = text;
  text += " to all";
  EXPECT_EQ(text.text(), "open to all");
  EXPECT_EQ(before.text(), "open");
}

TEST(SharedText, ComparesByItsLetters) {
  const SharedText one("one");
  EXPECT_TRUE(one == SharedText(std::string("one")));
  EXPECT_TRUE(one == "one");
  EXPECT_FALSE(one == std::string_view("two"));
  EXPECT_TRUE(one < SharedText("two"));
  EXPECT_TRUE(SharedText() == SharedText(""));
  EXPECT_TRUE(SharedText("").empty());
  EXPECT_EQ(fmt::format("{:>4}", one), " one");
}

}  // namespace
}  // namespace portolan
