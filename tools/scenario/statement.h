#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace portolan::scenario {

/// What is wrong with a scenario file, and in which line.
struct Problem {
  int line = 0;
  std::string message;
};
using Problems = std::vector<Problem>;

/// `key=value` of a statement.
struct Option {
  std::string key;
  std::string value;
};

/// One statement of a scenario: `subnet pub v 10.0.0.0/24 zone=b routes default=g`.
struct Statement {
  int line = 0;
  std::string noun;                // the first word
  std::vector<std::string> words;  // the others that are not options, in order
  std::vector<Option> options;     // in order
  std::string rest;                // all after the noun, quotes kept
};

/// Cuts a scenario into statements: one a line, or several with ` ; ` between them. `#` starts a
/// comment at the start of a line or after white space. A line that begins with white space goes on
/// with the line before it. A `document` statement is taken as it stands, comment signs and all.
std::vector<Statement> parse_statements(std::string_view text);

/// The words of a text, where double quotes hold a word together; the quotes stay.
std::vector<std::string> raw_words(std::string_view text);

/// The parts of a comma-separated value; none of an empty value.
std::vector<std::string> list_of(std::string_view value);

/// Reads one statement piece by piece, complains about what is missing, and at the end about what
/// nobody asked for.
class Arguments {
 public:
  Arguments(const Statement& statement, Problems& problems);

  [[nodiscard]] const Statement& statement() const { return *statement_; }
  [[nodiscard]] int line() const { return statement_->line; }
  /// The next word that is not an option; complains if there is none. `what` names it.
  std::string word(std::string_view what);
  /// True if `word` is among the words left; takes it away.
  bool flag(std::string_view word);
  /// The words left; takes them away.
  std::vector<std::string> words_left();
  /// The value of an option, or `otherwise`.
  std::string option(std::string_view key, std::string_view otherwise = {});
  /// The value of an option as a number.
  int number(std::string_view key, int otherwise);
  /// The values of an option that may be repeated.
  std::vector<std::string> options(std::string_view key);
  /// The comma-separated values of an option.
  std::vector<std::string> list(std::string_view key);
  /// The options left; takes them away.
  std::vector<Option> options_left();
  void complain(std::string message);
  /// Complains about each word and option that is left.
  void finish();

 private:
  const Statement* statement_;
  Problems* problems_;
  std::vector<std::string> words_;
  std::vector<Option> options_;
};

}  // namespace portolan::scenario
