#include "core/words.h"

#include <algorithm>

namespace portolan {

namespace {

constexpr std::string_view kWhiteSpace = " \t\r\n";

bool is_white(char letter) { return kWhiteSpace.find(letter) != std::string_view::npos; }

/// Walks over text and knows whether it is inside quotes.
class Quotes {
 public:
  /// Takes the next character; false if it is a quote or a backslash that only marks.
  bool take(char letter) {
    if (escaped_) {
      escaped_ = false;
      return true;
    }
    if (letter == '"') {
      open_ = !open_;
      return false;
    }
    escaped_ = open_ && letter == '\\';
    return !escaped_;
  }
  [[nodiscard]] bool open() const { return open_; }

 private:
  bool open_ = false;
  bool escaped_ = false;
};

/// The first place outside quotes where `holds(place)`; npos if none.
template <class Condition>
std::size_t first_outside_quotes(std::string_view text, const Condition& holds) {
  Quotes quotes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!quotes.open() && holds(i)) {
      return i;
    }
    quotes.take(text[i]);
  }
  return std::string_view::npos;
}

}  // namespace

Word unquoted(std::string_view raw) {
  Word word;
  word.bare = std::min(raw.find('"'), raw.size());
  Quotes quotes;
  for (const char letter : raw) {
    if (quotes.take(letter)) {
      word.value += letter;
    }
  }
  word.is_closed = !quotes.open();
  return word;
}

std::string quoted(std::string_view value) {
  std::string result = "\"";
  for (const char letter : value) {
    if (letter == '"' || letter == '\\') {
      result += '\\';
    }
    result += letter;
  }
  return result + '"';
}

std::string spelled(std::string_view value) {
  const bool falls_apart =
      value.empty() || value.front() == '#' || value.find("->") != std::string_view::npos ||
      std::any_of(value.begin(), value.end(),
                  [](char letter) { return letter == '"' || is_white(letter); });
  return falls_apart ? quoted(value) : std::string(value);
}

std::size_t end_of_word(std::string_view text) {
  return std::min(text.size(),
                  first_outside_quotes(text, [&](std::size_t i) { return is_white(text[i]); }));
}

std::size_t find_outside_quotes(std::string_view text, std::string_view needle) {
  return first_outside_quotes(
      text, [&](std::size_t i) { return text.substr(i, needle.size()) == needle; });
}

std::string_view without_comment(std::string_view line) {
  return line.substr(0, first_outside_quotes(line, [&](std::size_t i) {
                       return line[i] == '#' && (i == 0 || is_white(line[i - 1]));
                     }));
}

}  // namespace portolan
