#include "cli/parse.h"

#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portolan::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::array<std::string_view, 2> kFormats = {"table", "json"};

constexpr std::array kOptions = {
    Option{.name = "format", .letter = 'f', .value = "FORMAT", .choices = kFormats},
    Option{.name = "check", .value = "ID", .repeats = true},
    Option{.name = "verbose", .letter = 'v'},
};
constexpr std::array kWords = {Argument{.name = "WORD", .is_required = false, .repeats = true}};
constexpr std::array kTwo = {Argument{.name = "FILE"},
                             Argument{.name = "SOURCE", .is_required = false}};
constexpr std::array kChoice = {Argument{.name = "SHELL", .choices = kFormats}};

Command command_with(std::span<const Argument> arguments) {
  Command command;
  command.name = "try";
  command.arguments = arguments;
  command.options = kOptions;
  return command;
}

Result<Invocation> parse_words(const std::vector<std::string>& words) {
  return parse(command_with(kWords), words);
}

/// The message of the error.
std::string refusal(const Result<Invocation>& result) {
  EXPECT_FALSE(result.has_value());
  EXPECT_EQ(result.error().code, "usage");
  return result.error().message;
}

TEST(Parse, tells_options_from_words_wherever_they_stand) {
  const auto invocation = parse_words({"a", "--format", "json", "b", "-v", "c"});
  ASSERT_TRUE(invocation.has_value());
  EXPECT_THAT(invocation->words, ElementsAre("a", "b", "c"));
  EXPECT_EQ(invocation->value("format"), "json");
  EXPECT_TRUE(invocation->has("verbose"));
  EXPECT_FALSE(invocation->has("quiet"));
}

TEST(Parse, takes_all_forms_of_a_value) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"--format=json"}, {"-f", "json"}, {"-fjson"}, {"-vfjson"}}) {
    const auto invocation = parse_words(words);
    ASSERT_TRUE(invocation.has_value()) << words.front();
    EXPECT_EQ(invocation->value("format"), "json") << words.front();
  }
}

TEST(Parse, lets_the_last_value_count_and_keeps_all_of_a_repeated_option) {
  const auto invocation =
      parse_words({"--format", "json", "--check", "[a]", "--format", "table", "--check", "b"});
  ASSERT_TRUE(invocation.has_value());
  EXPECT_EQ(invocation->value("format"), "table");
  EXPECT_THAT(invocation->values("check"), ElementsAre("[a]", "b"));
}

TEST(Parse, takes_arrows_and_single_dashes_for_words) {
  const auto invocation = parse_words({"internet", "->", "web", "-> x", "-"});
  ASSERT_TRUE(invocation.has_value());
  EXPECT_THAT(invocation->words, ElementsAre("internet", "->", "web", "-> x", "-"));
}

TEST(Parse, takes_everything_after_two_dashes_for_words) {
  const auto invocation = parse_words({"-v", "--", "--format", "--"});
  ASSERT_TRUE(invocation.has_value());
  EXPECT_THAT(invocation->words, ElementsAre("--format", "--"));
}

TEST(Parse, suggests_the_option_that_was_meant) {
  EXPECT_THAT(refusal(parse_words({"--formt", "json"})),
              HasSubstr("`--formt` is no option of `try`, did you mean `--format`"));
  EXPECT_THAT(refusal(parse_words({"--sauce=x"})), HasSubstr("`--sauce` is no option"));
}

TEST(Parse, wants_values_that_can_be) {
  EXPECT_THAT(refusal(parse_words({"--format", "xml"})),
              HasSubstr("`--format` is one of table, json, not `xml`"));
  EXPECT_THAT(refusal(parse_words({"--format"})), HasSubstr("`--format` needs a value"));
}

TEST(Parse, counts_the_words) {
  const Command command = command_with(kTwo);
  const std::vector<std::string> none;
  const std::vector<std::string> three = {"a", "b", "c"};
  EXPECT_THAT(refusal(parse(command, none)), HasSubstr("`try` needs FILE"));
  EXPECT_THAT(refusal(parse(command, three)), HasSubstr("`try` does not take `c`"));
}

TEST(Parse, knows_words_of_which_there_are_few) {
  const std::vector<std::string> wrong = {"xml"};
  EXPECT_THAT(refusal(parse(command_with(kChoice), wrong)),
              HasSubstr("SHELL is one of table, json, not `xml`"));
}

TEST(Parse, asks_nothing_more_of_whom_wants_help) {
  const std::vector<std::string> words = {"--help", "--unknown"};
  const auto invocation = parse(command_with(kTwo), words);
  ASSERT_TRUE(invocation.has_value());
  EXPECT_TRUE(invocation->has("help"));
}

}  // namespace
}  // namespace portolan::cli
