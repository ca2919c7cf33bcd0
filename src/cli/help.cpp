#include "cli/help.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "cli/about.h"
#include "core/text.h"
#include "report/report.h"

namespace portolan::cli {
namespace {

using report::hanging;
using report::padded;
using report::Tone;

constexpr std::size_t kHelpWidthMost = 100;  // longer lines are hard to read

/// The words of a command, those in quotes whole.
std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t begin = 0;
  char quote = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (quote != 0 ? text[i] == quote : text[i] == '\'' || text[i] == '"') {
      quote = quote != 0 ? '\0' : text[i];
    } else if (quote == 0 && text[i] == ' ') {
      words.push_back(text.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  words.push_back(text.substr(begin));
  return words;
}

/// One text in the making.
class Page {
 public:
  explicit Page(const Style& style) : style_(style) {}

  void heading(std::string_view text) {
    out_ += fmt::format("\n{}\n", report::painted(text, Tone::Strong, style_.colour));
  }

  /// Lines that begin with a space stay as they are.
  void paragraphs(std::string_view text) {
    for (const std::string_view paragraph : split(text, '\n')) {
      const bool is_verbatim = paragraph.empty() || paragraph.front() == ' ';
      out_ += is_verbatim ? fmt::format("{}\n", paragraph) : hanging("", paragraph, width());
    }
  }

  void line(std::string_view text) { out_ += fmt::format("  {}\n", text); }

  /// A term in the left column, what it means in the right one.
  void entry(std::string_view term, std::string_view meaning, std::size_t column) {
    out_ += hanging(padded(fmt::format("  {}  ", term), column + 4), meaning, width());
  }

  /// A command that a shell takes as it stands, over several lines if it is long.
  void command(std::string_view text) {
    constexpr std::size_t kMarginAndBackslash = 4;
    std::string shown;
    for (const std::string_view word : words_of(text)) {
      const bool fits =
          report::columns(shown) + report::columns(word) + 1 + kMarginAndBackslash <= width();
      if (!shown.empty() && !fits) {
        line(shown + " \\");
        shown = "   ";
      }
      shown += shown.empty() ? std::string(word) : fmt::format(" {}", word);
    }
    line(shown);
  }

  void examples(std::span<const Example> examples) {
    for (const Example& example : examples) {
      out_ += hanging("  # ", example.what, width());
      command(example.line);
    }
  }

  std::string take() { return std::move(out_); }

 private:
  [[nodiscard]] std::size_t width() const {
    return std::min(static_cast<std::size_t>(style_.width), kHelpWidthMost);
  }

  Style style_;
  std::string out_;
};

/// `-s, --source SOURCE`
std::string term_of(const Option& option) {
  const std::string letter = option.letter == 0 ? "    " : fmt::format("-{}, ", option.letter);
  const std::string value = option.value.empty() ? "" : fmt::format(" {}", option.value);
  return fmt::format("{}--{}{}", letter, option.name, value);
}

std::string meaning_of(const Option& option) {
  std::string text(option.summary);
  if (!option.choices.empty()) {
    constexpr std::size_t kWordMost = 54;  // longer ones may be broken between choices
    std::string choices = fmt::format(" [{}]", fmt::join(option.choices, "|"));
    if (choices.size() > kWordMost) {
      choices = fmt::format(" [{}]", fmt::join(option.choices, " | "));
    }
    text += choices;
  }
  return option.repeats ? text + " (may be repeated)" : text;
}

void add_exit_codes(Page& page) {
  page.heading("Exit codes");
  for (const ExitMeaning& exit : kExitMeanings) {
    page.entry(fmt::format("{}", static_cast<int>(exit.code)), exit.meaning, 1);
  }
}

template <class Entries, class Term, class Meaning>
void add_entries(Page& page, const Entries& entries, const Term& term, const Meaning& meaning) {
  std::size_t column = 0;
  for (const auto& entry : entries) {
    column = std::max(column, std::string_view(term(entry)).size());
  }
  for (const auto& entry : entries) {
    page.entry(term(entry), meaning(entry), column);
  }
}

void add_commands(Page& page) {
  std::size_t column = 0;
  for (const Command* command : all_commands()) {
    column = std::max(column, command->name.size());
  }
  std::string_view group;
  for (const Command* command : all_commands()) {
    if (command->group != group) {
      group = command->group;
      page.heading(group);
    }
    page.entry(command->name, command->summary, column);
  }
}

void add_arguments(Page& page, std::span<const Argument> arguments) {
  if (!arguments.empty()) {
    page.heading("Arguments");
    add_entries(
        page, arguments, [](const Argument& each) { return each.name; },
        [](const Argument& each) { return each.summary; });
  }
}

void add_options(Page& page, const std::vector<Option>& options) {
  page.heading("Options");
  add_entries(page, options, term_of, meaning_of);
}

void add_variables(Page& page) {
  page.heading("Environment");
  add_entries(
      page, kVariables, [](const Variable& each) { return each.name; },
      [](const Variable& each) { return each.meaning; });
}

}  // namespace

std::string overview_text(const Style& style) {
  Page page(style);
  page.paragraphs(kIntroduction);
  page.heading("Usage");
  page.line("portolan COMMAND …");
  add_commands(page);
  page.heading("Examples");
  page.examples(kOverviewExamples);
  add_exit_codes(page);
  add_variables(page);
  page.paragraphs("\n`portolan help COMMAND` tells more.");
  return page.take();
}

std::string help_text(const Command& command, const Style& style) {
  Page page(style);
  page.paragraphs(fmt::format("portolan {}: {}", command.name, command.summary));
  page.heading("Usage");
  for (const std::string_view usage : command.usage) {
    page.line(trimmed(fmt::format("portolan {} {}", command.name, usage)));
  }
  page.paragraphs(fmt::format("\n{}", command.description));
  add_arguments(page, command.arguments);
  add_options(page, options_of(command));
  page.heading("Examples");
  page.examples(command.examples);
  add_exit_codes(page);
  return page.take();
}

}  // namespace portolan::cli
