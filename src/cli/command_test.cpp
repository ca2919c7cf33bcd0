#include "cli/command.h"

#include <algorithm>
#include <cctype>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/completion.h"
#include "cli/help.h"
#include "cli/man_page.h"
#include "cli/parse.h"
#include "core/text.h"
#include "report/report.h"

namespace portolan::cli {
namespace {

using testing::HasSubstr;

bool is_lower_case(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char letter) { return letter == '-' || std::islower(letter) != 0; });
}

/// The arguments of an example, as a shell would cut them; nothing of other programs in the line.
std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words(1);
  bool is_open = false;
  for (const char letter : line.substr(line.find("portolan "))) {
    if (letter == '\'') {
      is_open = !is_open;
    } else if (letter == ' ' && !is_open) {
      words.emplace_back();
    } else if (!is_open && (letter == '|' || letter == '>' || letter == ')')) {
      break;
    } else {
      words.back() += letter;
    }
  }
  std::erase(words, "");
  return words;
}

TEST(Commands, have_names_that_differ_and_can_be_typed) {
  std::set<std::string_view> names;
  for (const Command* command : all_commands()) {
    EXPECT_TRUE(is_lower_case(command->name)) << command->name;
    EXPECT_TRUE(names.insert(command->name).second) << command->name;
    EXPECT_EQ(find_command(command->name), command);
    EXPECT_NE(command->run, nullptr) << command->name;
  }
}

TEST(Commands, stand_in_groups_that_are_not_torn_apart) {
  std::set<std::string_view> seen;
  std::string_view last;
  for (const Command* command : all_commands()) {
    EXPECT_TRUE(command->group == last || seen.insert(command->group).second) << command->name;
    last = command->group;
  }
}

TEST(Commands, say_in_one_line_what_they_do) {
  for (const Command* command : all_commands()) {
    EXPECT_FALSE(command->summary.empty()) << command->name;
    EXPECT_LE(report::columns(command->summary), 80U) << command->name;
    EXPECT_FALSE(command->summary.ends_with('.')) << command->name;
    EXPECT_FALSE(command->description.empty()) << command->name;
    EXPECT_FALSE(command->usage.empty()) << command->name;
    EXPECT_FALSE(command->examples.empty()) << command->name;
  }
}

TEST(Commands, have_options_that_differ_and_name_their_values) {
  for (const Command* command : all_commands()) {
    std::set<std::string_view> names;
    std::set<char> letters;
    for (const Option& option : options_of(*command)) {
      EXPECT_TRUE(is_lower_case(option.name)) << option.name;
      EXPECT_TRUE(names.insert(option.name).second) << command->name << " " << option.name;
      EXPECT_TRUE(option.letter == 0 || letters.insert(option.letter).second) << option.name;
      EXPECT_FALSE(option.summary.empty()) << option.name;
      EXPECT_EQ(option.choices.empty(), option.completes != Completes::Choice) << option.name;
      EXPECT_TRUE(!option.value.empty() || option.completes == Completes::Nothing) << option.name;
    }
  }
}

TEST(Commands, take_their_own_examples) {
  for (const Command* command : all_commands()) {
    for (const Example& example : command->examples) {
      const std::vector<std::string> words = words_of(example.line);
      ASSERT_GE(words.size(), 2U) << example.line;
      ASSERT_EQ(words[1], command->name) << example.line;
      const auto invocation = parse(*command, std::span(words).subspan(2));
      EXPECT_TRUE(invocation.has_value())
          << example.line << ": " << (invocation ? "" : invocation.error().message);
    }
  }
}

TEST(Commands, are_told_by_help_man_and_all_shells) {
  const std::string overview = overview_text({});
  const std::string manual = man_page();
  for (const Command* command : all_commands()) {
    EXPECT_THAT(overview, HasSubstr(command->summary));
    EXPECT_THAT(manual, HasSubstr(std::string(".SS portolan ") + std::string(command->name)));
    const std::string help = help_text(*command, {});
    for (const Option& option : options_of(*command)) {
      const std::string name = "--" + std::string(option.name);
      EXPECT_THAT(help, HasSubstr(name));
      EXPECT_THAT(bash_completion(), HasSubstr(name));
      EXPECT_THAT(zsh_completion(), HasSubstr(name));
      EXPECT_THAT(fish_completion(), HasSubstr(" -l " + std::string(option.name)));
    }
  }
}

TEST(Commands, are_advised_to_who_mistypes_them) {
  EXPECT_EQ(command_advice("raech"), "did you mean `reach`");
  EXPECT_EQ(command_advice("xyzzyx"), "`portolan help` lists all");
}

TEST(Help, keeps_within_the_width) {
  for (const Command* command : all_commands()) {
    const std::string help = help_text(*command, {.width = 80});
    for (const std::string_view line : split(help, '\n')) {
      EXPECT_LE(report::columns(line), 80U) << line;
    }
  }
}

TEST(ManPage, leaves_no_line_to_be_taken_for_a_request) {
  const std::string page = man_page();
  for (const std::string_view line : split(page, '\n')) {
    EXPECT_FALSE(line.starts_with('\'')) << line;
    const bool is_request = line.starts_with('.');
    EXPECT_TRUE(!is_request || (line.size() > 1 && std::isupper(line[1]) != 0)) << line;
  }
}

}  // namespace
}  // namespace portolan::cli
