#include "tools/scenario/statement.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <utility>

#include "core/text.h"

namespace portolan::scenario {

namespace {

constexpr std::string_view kDocument = "document";

bool is_space(char letter) { return letter == ' ' || letter == '\t'; }

/// The line up to its comment, if it has one.
std::string_view without_comment(std::string_view line) {
  bool quoted = false;
  for (std::size_t at = 0; at < line.size(); ++at) {
    quoted ^= line[at] == '"';
    if (line[at] == '#' && !quoted && (at == 0 || is_space(line[at - 1]))) {
      return line.substr(0, at);
    }
  }
  return line;
}

std::string unquoted(std::string_view word) {
  std::string plain;
  std::copy_if(word.begin(), word.end(), std::back_inserter(plain),
               [](char letter) { return letter != '"'; });
  return plain;
}

/// Where the `=` of an option is; npos for a word.
std::size_t equal_sign(std::string_view word) {
  bool quoted = false;
  for (std::size_t at = 0; at < word.size(); ++at) {
    quoted ^= word[at] == '"';
    if (word[at] == '=' && !quoted && at > 0) {
      return at;
    }
  }
  return std::string_view::npos;
}

Statement statement_of(const std::vector<std::string>& words, int line) {
  Statement statement{.line = line, .noun = words.front(), .words = {}, .options = {}, .rest = {}};
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string& word = words[i];
    statement.rest += (statement.rest.empty() ? "" : " ") + word;
    if (const std::size_t equal = equal_sign(word); equal != std::string_view::npos) {
      statement.options.push_back({.key = unquoted(std::string_view(word).substr(0, equal)),
                                   .value = unquoted(std::string_view(word).substr(equal + 1))});
    } else {
      statement.words.push_back(unquoted(word));
    }
  }
  return statement;
}

/// A line with the lines that go on with it.
struct Block {
  int line = 0;
  std::string text;

  [[nodiscard]] bool is_document() const {
    return text.starts_with(kDocument) && text.size() > kDocument.size() &&
           is_space(text[kDocument.size()]);
  }
};

std::vector<Block> blocks_of(std::string_view text) {
  std::vector<Block> blocks;
  int number = 0;
  for (const std::string_view line : split(text, '\n')) {
    ++number;
    const bool goes_on = !line.empty() && is_space(line.front()) && !blocks.empty();
    if (goes_on && blocks.back().is_document()) {
      blocks.back().text += "\n" + std::string(line);
      continue;
    }
    const Block block{.line = number, .text = std::string(line)};
    const std::string_view kept = block.is_document() ? line : trimmed(without_comment(line));
    if (kept.empty()) {
      continue;
    }
    if (goes_on) {
      blocks.back().text += " " + std::string(kept);
    } else {
      blocks.push_back({.line = number, .text = std::string(kept)});
    }
  }
  return blocks;
}

void add_statements(const Block& block, std::vector<Statement>& statements) {
  if (block.is_document()) {
    statements.push_back({.line = block.line,
                          .noun = std::string(kDocument),
                          .words = {},
                          .options = {},
                          .rest = block.text.substr(kDocument.size() + 1)});
    return;
  }
  std::vector<std::string> words;
  for (std::string& word : raw_words(block.text)) {
    if (word != ";") {
      words.push_back(std::move(word));
    } else if (!words.empty()) {
      statements.push_back(statement_of(words, block.line));
      words.clear();
    }
  }
  if (!words.empty()) {
    statements.push_back(statement_of(words, block.line));
  }
}

}  // namespace

std::vector<std::string> raw_words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  bool quoted = false;
  for (const char letter : text) {
    quoted ^= letter == '"';
    if (!quoted && (is_space(letter) || letter == '\n')) {
      if (!word.empty()) {
        words.push_back(std::exchange(word, {}));
      }
    } else {
      word += letter;
    }
  }
  if (!word.empty()) {
    words.push_back(std::move(word));
  }
  return words;
}

std::vector<Statement> parse_statements(std::string_view text) {
  std::vector<Statement> statements;
  for (const Block& block : blocks_of(text)) {
    add_statements(block, statements);
  }
  return statements;
}

std::vector<std::string> list_of(std::string_view value) {
  std::vector<std::string> parts;
  for (const std::string_view part : split(value, ',')) {
    if (!part.empty()) {
      parts.emplace_back(part);
    }
  }
  return parts;
}

Arguments::Arguments(const Statement& statement, Problems& problems)
    : statement_(&statement),
      problems_(&problems),
      words_(statement.words),
      options_(statement.options) {}

std::string Arguments::word(std::string_view what) {
  if (words_.empty()) {
    complain("`" + statement_->noun + "` needs " + std::string(what));
    return {};
  }
  std::string first = std::move(words_.front());
  words_.erase(words_.begin());
  return first;
}

bool Arguments::flag(std::string_view word) {
  const auto found = std::find(words_.begin(), words_.end(), word);
  if (found == words_.end()) {
    return false;
  }
  words_.erase(found);
  return true;
}

std::vector<std::string> Arguments::words_left() { return std::exchange(words_, {}); }

std::string Arguments::option(std::string_view key, std::string_view otherwise) {
  const std::vector<std::string> values = options(key);
  if (values.size() > 1) {
    complain("`" + std::string(key) + "` is given twice");
  }
  return values.empty() ? std::string(otherwise) : values.front();
}

int Arguments::number(std::string_view key, int otherwise) {
  const std::string text = option(key);
  int number = otherwise;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (!text.empty() && (error != std::errc{} || end != text.data() + text.size())) {
    complain("`" + std::string(key) + "` is a number, not `" + text + "`");
  }
  return number;
}

std::vector<std::string> Arguments::options(std::string_view key) {
  std::vector<std::string> values;
  std::vector<Option> others;
  for (Option& option : options_) {
    if (option.key == key) {
      values.push_back(std::move(option.value));
    } else {
      others.push_back(std::move(option));
    }
  }
  options_ = std::move(others);
  return values;
}

std::vector<std::string> Arguments::list(std::string_view key) { return list_of(option(key)); }

std::vector<Option> Arguments::options_left() { return std::exchange(options_, {}); }

void Arguments::complain(std::string message) {
  problems_->push_back({.line = line(), .message = std::move(message)});
}

void Arguments::finish() {
  for (const std::string& word : words_left()) {
    complain("`" + statement_->noun + "` does not understand `" + word + "`");
  }
  for (const Option& option : options_left()) {
    complain("`" + statement_->noun + "` has no option `" + option.key + "`");
  }
}

}  // namespace portolan::scenario
