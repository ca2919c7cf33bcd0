#include "report/escape.h"

#include <algorithm>

#include "core/text.h"

namespace portolan::report {
namespace {

// SOURCE: XML 1.0, section 2.2: U+FFFE and U+FFFF are no characters. All others that it forbids,
// `printable` writes out.
constexpr std::string_view kNoCharacterFffe = "\xef\xbf\xbe";
constexpr std::string_view kNoCharacterFfff = "\xef\xbf\xbf";

std::size_t longest_run(std::string_view text, char wanted) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == wanted ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

/// What stands for `c` in running text. An at sign and a hash in an element of their own keep
/// forges from telling a person or linking an issue.
std::string markdown_character(char c) {
  constexpr std::string_view kMarkup = "\\`*_[]|~$";
  switch (c) {
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '&':
      return "&amp;";
    case '@':
      return "<span>@</span>";
    case '#':
      return "<span>#</span>";
    default:
      return kMarkup.find(c) == std::string_view::npos ? std::string(1, c) : std::string{'\\', c};
  }
}

}  // namespace

std::string xml_text(std::string_view text) {
  std::string result;
  const std::string plain = printable(text);
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const std::string_view rest = std::string_view(plain).substr(i);
    if (rest.starts_with(kNoCharacterFffe) || rest.starts_with(kNoCharacterFfff)) {
      result += rest.starts_with(kNoCharacterFffe) ? "\\ufffe" : "\\uffff";
      i += kNoCharacterFffe.size() - 1;
      continue;
    }
    switch (plain[i]) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += plain[i];
    }
  }
  return result;
}

std::string markdown_text(std::string_view text) {
  std::string result;
  const std::string plain = printable(text);
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const std::string_view rest = std::string_view(plain).substr(i);
    // Where a bare address would become a link, a backslash stands inside it.
    const bool is_link =
        rest.starts_with("://") ||
        (rest.starts_with('.') && i >= 3 &&
         (plain.compare(i - 3, 3, "www") == 0 || plain.compare(i - 3, 3, "WWW") == 0));
    result += is_link ? "\\" : "";
    result += markdown_character(plain[i]);
  }
  return result;
}

std::string markdown_code(std::string_view text) {
  const std::string code = printable(text);
  if (code.empty()) {
    return code;
  }
  const std::string fence(longest_run(code, '`') + 1, '`');
  const bool touches = code.front() == '`' || code.back() == '`' || code.front() == ' ';
  const std::string_view gap = touches ? " " : "";
  return fence + std::string(gap) + code + std::string(gap) + fence;
}

}  // namespace portolan::report
