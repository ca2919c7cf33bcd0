#include "cli/question_words.h"

#include <gtest/gtest.h>

namespace portolan::cli {
namespace {

/// `source | question`, or the code of the error.
std::string read(const std::vector<std::string>& words) {
  const auto typed = read_question(words);
  return typed ? typed->source + " | " + typed->question : typed.error().code;
}

TEST(QuestionWords, takes_the_whole_question_in_one_word) {
  EXPECT_EQ(read({"internet -> web tcp/22"}), " | internet -> web tcp/22");
  EXPECT_EQ(read({"dump", "internet -> web tcp/22"}), "dump | internet -> web tcp/22");
}

TEST(QuestionWords, takes_the_arrow_as_a_word) {
  EXPECT_EQ(read({"internet", "->", "web"}), " | internet -> web");
  EXPECT_EQ(read({"internet", "->", "web", "tcp/22", "udp/53"}),
            " | internet -> web tcp/22 udp/53");
  EXPECT_EQ(read({"dump", "internet", "->", "web", "any"}), "dump | internet -> web any");
}

TEST(QuestionWords, takes_the_arrow_at_the_edge_of_a_word) {
  EXPECT_EQ(read({"internet ->", "web", "tcp/22"}), " | internet -> web tcp/22");
  EXPECT_EQ(read({"internet", "-> web tcp/22"}), " | internet -> web tcp/22");
  EXPECT_EQ(read({"dump", "internet", "->web", "tcp/22"}), "dump | internet ->web tcp/22");
}

TEST(QuestionWords, puts_the_arrow_where_there_is_none) {
  EXPECT_EQ(read({"internet", "web"}), " | internet -> web");
  EXPECT_EQ(read({"internet", "web", "tcp/22"}), " | internet -> web tcp/22");
  EXPECT_EQ(read({"dump", "internet", "web"}), "dump | internet -> web");
  EXPECT_EQ(read({"dump", "internet", "web", "tcp/22", "icmp"}),
            "dump | internet -> web tcp/22 icmp");
}

TEST(QuestionWords, quotes_the_places_that_the_shell_freed_from_their_quotes) {
  EXPECT_EQ(read({"web 1", "->", "db 2", "tcp/5432"}), " | \"web 1\" -> \"db 2\" tcp/5432");
  EXPECT_EQ(read({"sg:\"web servers\"", "db"}), " | sg:\"web servers\" -> db");
}

TEST(QuestionWords, knows_when_a_shell_took_the_arrow) {
  EXPECT_EQ(read({"internet", "-", "tcp/22"}), "shell_redirect");
}

TEST(QuestionWords, refuses_what_is_no_question) {
  EXPECT_EQ(read({}), "usage");
  EXPECT_EQ(read({"internet"}), "usage");
  EXPECT_EQ(read({"->", "web"}), "usage");
  EXPECT_EQ(read({"a", "b", "c", "->", "d"}), "usage");
  EXPECT_EQ(read({"a", "b", "c -> d"}), "usage");
  EXPECT_EQ(read({"a", "b", "c", "d"}), "usage");
}

}  // namespace
}  // namespace portolan::cli
