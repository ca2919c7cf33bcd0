#include "tests/tidy/functions.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace portolan::tidy {

namespace {

constexpr std::string_view kSpaces = " \n";

std::string_view trim(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(kSpaces), text.size()));
  return text.substr(0, text.find_last_not_of(kSpaces) + 1);
}

/// The last word before `end`: `reach::Network::find` of `const Port* reach::Network::find(`.
std::string last_word(std::string_view text) {
  const std::size_t start = text.find_last_of(" \n*&");
  return std::string(start == std::string_view::npos ? text : text.substr(start + 1));
}

/// `Suite.test` of the arguments `(Suite, test) `.
std::string test_name(std::string_view arguments) {
  std::string name;
  for (const char c : arguments.substr(1, arguments.find(')') - 1)) {
    if (c == ',') {
      name += '.';
    } else if (kSpaces.find(c) == std::string_view::npos) {
      name += c;
    }
  }
  return name;
}

/// What stands before a brace tells what the brace opens.
bool opens_container(std::string_view head) {
  static constexpr std::array kWords = {"namespace", "class", "struct", "enum", "union", "extern"};
  if (head.starts_with("template")) {
    const std::size_t end = head.rfind('>');
    head = end == std::string_view::npos ? head : trim(head.substr(end + 1));
  }
  const std::string_view word = head.substr(0, head.find_first_of(" \n{"));
  return std::ranges::find(kWords, word) != kWords.end() &&
         head.find('(') == std::string_view::npos;
}

bool opens_function(std::string_view head) {
  const std::size_t arguments = head.find('(');
  const std::size_t assigned = head.find('=');
  const bool is_operator = head.find("operator") < arguments;
  return arguments != std::string_view::npos && (arguments < assigned || is_operator);
}

std::string name_of(std::string_view head) {
  const std::size_t arguments = head.find('(');
  const std::string word = last_word(trim(head.substr(0, arguments)));
  return word.starts_with("TEST") ? test_name(head.substr(arguments)) : word;
}

/// Walks the code outside of function bodies, statement by statement.
class Walk {
 public:
  explicit Walk(const SourceFile& file) {
    for (const std::string& line : file.code) {
      text_ += line;
      text_ += '\n';
    }
  }

  std::vector<Function> run() {
    for (std::size_t at = 0; at < text_.size(); ++at) {
      const char c = text_[at];
      if (c == '{') {
        at = open(at);
      } else if (c == ';' || c == '}' || (c == ':' && ends_access_specifier(at))) {
        head_ = at + 1;
      }
    }
    return std::move(functions_);
  }

 private:
  std::string_view head_before(std::size_t at) const {
    return trim(std::string_view(text_).substr(head_, at - head_));
  }

  bool ends_access_specifier(std::size_t at) const {
    const std::string_view head = head_before(at);
    return head == "public" || head == "protected" || head == "private";
  }

  /// Enters a container, or passes over the braces; returns the place to go on after.
  std::size_t open(std::size_t at) {
    const std::string_view head = head_before(at);
    if (opens_container(head)) {
      head_ = at + 1;
      return at;
    }
    const std::size_t close = matching_brace(at);
    // Braces that initialise a member or an argument are followed by more of the same statement.
    const std::size_t next = text_.find_first_not_of(kSpaces, close + 1);
    const bool goes_on = next != std::string::npos &&
                         std::string_view(",{;)").find(text_[next]) != std::string::npos;
    if (!goes_on) {
      if (opens_function(head)) {
        add(head, close);
      }
      head_ = close + 1;
    }
    return close;
  }

  std::size_t matching_brace(std::size_t at) const {
    std::size_t depth = 0;
    for (; at < text_.size(); ++at) {
      if (text_[at] == '{') {
        ++depth;
      } else if (text_[at] == '}' && --depth == 0) {
        return at;
      }
    }
    return text_.size() - 1;
  }

  void add(std::string_view head, std::size_t close) {
    const std::size_t start = static_cast<std::size_t>(head.data() - text_.data());
    functions_.push_back({.name = name_of(head),
                          .first_line = 1 + breaks(0, start),
                          .length = 1 + breaks(start, close)});
  }

  std::size_t breaks(std::size_t from, std::size_t to) const {
    const std::string_view part = std::string_view(text_).substr(from, to - from);
    return static_cast<std::size_t>(std::ranges::count(part, '\n'));
  }

  std::string text_;
  std::size_t head_ = 0;  // where the statement at hand starts
  std::vector<Function> functions_;
};

}  // namespace

std::vector<Function> functions_of(const SourceFile& file) { return Walk(file).run(); }

}  // namespace portolan::tidy
