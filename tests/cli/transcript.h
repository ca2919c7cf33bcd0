#pragma once

#include <string>
#include <string_view>
#include <vector>

/// A transcript is a text file of commands and what they print, which anyone can rerun by hand:
///
///     # Why this is worth a test.
///     $ portolan explain sg-ingres
///     ! portolan: `sg-ingres` is no check, …
///     exit 2
///
/// `$` stands before a command for `sh`, run in tests/cli; a command goes on after a backslash at
/// the end of its line. `!` stands before lines of standard error, everything else is standard
/// output, `exit` ends it. A line `…` stands for any lines.
namespace portolan::test {

struct Step {
  int line = 0;                       // where the command stands
  std::string command;                // as in the file, with its backslashes
  std::vector<std::string> expected;  // up to and with `exit`
};

struct Transcript {
  std::vector<std::string> head;  // comments before the first command
  std::vector<Step> steps;
  std::vector<std::vector<std::string>> notes;  // what follows each step: comments, empty lines
};

Transcript parse_transcript(std::string_view text);
std::string text(const Transcript& transcript);

/// What the command prints now, in the form of `Step::expected`.
std::vector<std::string> perform(const Step& step);

/// True if `lines` are as `expected`, in which `…` stands for any lines.
bool matches(const std::vector<std::string>& lines, const std::vector<std::string>& expected);

}  // namespace portolan::test
