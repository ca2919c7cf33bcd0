#include "collect/json/tokens.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portolan::collect {

namespace {

/// The tokens of a text, each as it stands there, with a space between.
std::string tokens_of(std::string_view text, std::size_t window) {
  TokenIndexer indexer;
  Tokens tokens(text, indexer, window);
  std::string list;
  for (; tokens.kind() != '\0'; tokens.next()) {
    list += std::string(tokens.raw()) + ' ';
  }
  return list + (tokens.fault() == nullptr ? "" : "!" + std::string(tokens.fault()->code));
}

TEST(Tokens, are_structure_strings_and_scalars) {
  EXPECT_EQ(tokens_of(R"({"a": [1, true , "x y"]})", 1024), R"({ "a" : [ 1 , true , "x y" ] } )");
}

TEST(Tokens, are_the_same_whatever_the_window) {
  std::string text = "[";
  for (int i = 0; i < 200; ++i) {
    text += R"({"key, with [brackets]": "va\\lue \" {)" + std::to_string(i) + "\"},\n  ";
  }
  text += "123456]";
  const std::string whole = tokens_of(text, 1 << 20);
  for (const std::size_t window : {1, 2, 3, 7, 64, 100, 4097}) {
    EXPECT_EQ(tokens_of(text, window), whole) << window;
  }
}

TEST(Tokens, know_where_they_stand) {
  TokenIndexer indexer;
  Tokens tokens("  {  \"a\"", indexer);
  EXPECT_EQ(tokens.offset(), 2U);
  tokens.next();
  EXPECT_EQ(tokens.offset(), 5U);
  tokens.next();
  EXPECT_EQ(tokens.kind(), '\0');
  EXPECT_EQ(tokens.offset(), 8U);
}

TEST(Tokens, pass_over_a_byte_order_mark) { EXPECT_EQ(tokens_of("\xef\xbb\xbf{}", 1024), "{ } "); }

TEST(Tokens, none_in_white_space) {
  EXPECT_EQ(tokens_of("", 1024), "");
  EXPECT_EQ(tokens_of(" \n\t ", 2), "");
}

TEST(Tokens, end_at_a_string_without_end) {
  EXPECT_EQ(tokens_of(R"({"a": "never)", 1024), "!truncated_json");
}

TEST(Tokens, end_at_bytes_that_are_not_utf8) {
  EXPECT_EQ(tokens_of("{\"a\": \"\xff\"}", 1024), "!not_utf8");
}

TEST(Tokens, end_at_a_control_character_in_a_string) {
  EXPECT_EQ(tokens_of("{\"a\": \"\x01\"}", 1024), "!not_json");
}

TEST(Tokens, name_the_place_of_a_fault) {
  TokenIndexer indexer;
  const std::string text = "{\"a\": \"good\", \"b\": \"\xc3\x28\"}";
  const Tokens tokens(text, indexer);
  ASSERT_NE(tokens.fault(), nullptr);
  EXPECT_EQ(tokens.fault()->offset, text.find('\xc3'));
}

}  // namespace

}  // namespace portolan::collect
