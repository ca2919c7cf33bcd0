#include "cli/man_page.h"

#include <iterator>

#include <fmt/format.h>

#include "cli/about.h"
#include "cli/command.h"
#include "core/text.h"

namespace portolan::cli {
namespace {

/// What stands for a character that roff reads in its own way; empty if it stands for itself.
/// SOURCE: groff_char(7), groff_man_style(7).
std::string_view roff_of(char letter) {
  switch (letter) {
    case '\\':
      return "\\(rs";
    case '-':
      return "\\-";
    case '\'':
      return "\\(aq";
    case '`':
      return "\\(ga";
    case '~':
      return "\\(ti";
    case '^':
      return "\\(ha";
    default:
      return "";
  }
}

/// `text` as roff prints it unchanged.
std::string escaped(std::string_view text) {
  constexpr std::string_view kEllipsis = "…";
  std::string result = text.starts_with('.') ? "\\&" : "";
  while (!text.empty()) {
    if (text.starts_with(kEllipsis)) {
      result += "...";
      text.remove_prefix(kEllipsis.size());
      continue;
    }
    const std::string_view other = roff_of(text.front());
    result += other.empty() ? text.substr(0, 1) : other;
    text.remove_prefix(1);
  }
  return result;
}

class Manual {
 public:
  void section(std::string_view name) { add(".SH {}\n", name); }
  void subsection(std::string_view name) { add(".SS {}\n", escaped(name)); }
  void raw(std::string_view line) { add("{}\n", line); }

  void paragraph(std::string_view text) { add(".PP\n{}\n", escaped(text)); }

  /// Paragraphs parted by empty lines; lines that begin with a space stay as they are.
  void paragraphs(std::string_view text) {
    bool is_verbatim = false;
    for (const std::string_view line : split(text, '\n')) {
      if (line.empty()) {
        continue;
      }
      const bool was_verbatim = is_verbatim;
      is_verbatim = line.front() == ' ';
      if (is_verbatim != was_verbatim) {
        raw(is_verbatim ? ".PP\n.EX" : ".EE");
      }
      is_verbatim ? raw(escaped(line)) : paragraph(line);
    }
    if (is_verbatim) {
      raw(".EE");
    }
  }

  void entry(std::string_view term, std::string_view meaning) {
    add(".TP\n.B {}\n{}\n", escaped(term), escaped(meaning));
  }

  void examples(std::span<const Example> examples) {
    for (const Example& example : examples) {
      paragraph(fmt::format("{}:", example.what));
      add(".RS 4\n.EX\n{}\n.EE\n.RE\n", escaped(example.line));
    }
  }

  std::string take() { return std::move(out_); }

 private:
  template <class... Values>
  void add(fmt::format_string<Values...> format, Values&&... values) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Values>(values)...);
  }

  std::string out_;
};

std::string term_of(const Option& option) {
  const std::string letter = option.letter == 0 ? "" : fmt::format("-{}, ", option.letter);
  const std::string value = option.value.empty() ? "" : fmt::format(" {}", option.value);
  return fmt::format("{}--{}{}", letter, option.name, value);
}

std::string meaning_of(const Option& option) {
  std::string result(option.summary);
  if (!option.choices.empty()) {
    result += fmt::format(" [{}]", fmt::join(option.choices, "|"));
  }
  return option.repeats ? result + " (may be repeated)" : result;
}

void add_command(Manual& manual, const Command& command) {
  manual.subsection(fmt::format("portolan {}: {}", command.name, command.summary));
  for (const std::string_view usage : command.usage) {
    manual.raw(fmt::format(".PP\n.B portolan {}\n{}", command.name, escaped(usage)));
  }
  manual.paragraphs(command.description);
  for (const Argument& argument : command.arguments) {
    manual.entry(argument.name, argument.summary);
  }
  for (const Option& option : options_of(command)) {
    manual.entry(term_of(option), meaning_of(option));
  }
  manual.examples(command.examples);
}

}  // namespace

std::string man_page() {
  Manual manual;
  manual.raw(
      fmt::format(".TH PORTOLAN 1 \"\" \"portolan {}\" \"User Commands\"", PORTOLAN_VERSION));
  manual.section("NAME");
  manual.raw(fmt::format("portolan \\- {}", escaped(kPurpose)));
  manual.section("SYNOPSIS");
  manual.raw(".B portolan\n.I COMMAND\n[\\fIARGUMENT\\fR ...] [\\fIOPTION\\fR ...]");
  manual.section("DESCRIPTION");
  manual.paragraphs(kIntroduction);
  manual.section("COMMANDS");
  for (const Command* command : all_commands()) {
    add_command(manual, *command);
  }
  manual.section("EXIT STATUS");
  for (const ExitMeaning& exit : kExitMeanings) {
    manual.entry(fmt::format("{}", static_cast<int>(exit.code)), exit.meaning);
  }
  manual.section("ENVIRONMENT");
  for (const Variable& variable : kVariables) {
    manual.entry(variable.name, variable.meaning);
  }
  manual.section("EXAMPLES");
  manual.examples(kOverviewExamples);
  return manual.take();
}

}  // namespace portolan::cli
