#include "events/json/parser.h"

namespace portolan::events {

namespace {

/// All numbers of that many characters fit a 64-bit integer or a double.
constexpr std::size_t kSafeNumber = 18;

bool is_of_number(char c) {
  return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

/// The text with long or huge numbers in quotes. What is no JSON stays so.
std::string with_quoted_numbers(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 64);
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    const bool is_number = text[at] == '-' || (text[at] >= '0' && text[at] <= '9');
    if (text[at] == '"') {
      while (end < text.size() && text[end] != '"') {
        end += text[end] == '\\' ? 2 : 1;
      }
      end = std::min(end + 1, text.size());
    } else if (is_number) {
      while (end < text.size() && is_of_number(text[end])) {
        ++end;
      }
    }
    const std::string_view token = text.substr(at, end - at);
    const bool is_unsafe =
        is_number && (token.size() > kSafeNumber || token.find_first_of("eE") != token.npos);
    out += is_unsafe ? "\"" : "";
    out += token;
    out += is_unsafe ? "\"" : "";
    at = end;
  }
  return out;
}

}  // namespace

Result<Value> Parser::parse_copy(std::string_view text) {
  padded_.assign(text);
  padded_.append(simdjson::SIMDJSON_PADDING, ' ');
  const auto parsed = parser_.parse(padded_.data(), text.size(), false);
  if (parsed.error() != simdjson::SUCCESS) {
    return fail("bad_json", simdjson::error_message(parsed.error()));
  }
  return Value(parsed.value_unsafe());
}

Result<Value> Parser::parse(std::string_view text, std::string_view whole) {
  const auto behind = static_cast<std::size_t>(whole.data() + whole.size() - text.data());
  if (behind < text.size() + simdjson::SIMDJSON_PADDING) {
    padded_.assign(text);
    padded_.append(simdjson::SIMDJSON_PADDING, ' ');
  }
  const char* const bytes =
      behind < text.size() + simdjson::SIMDJSON_PADDING ? padded_.data() : text.data();
  const auto parsed = parser_.parse(bytes, text.size(), false);
  if (parsed.error() == simdjson::NUMBER_ERROR) {
    return parse_copy(with_quoted_numbers(text));
  }
  if (parsed.error() != simdjson::SUCCESS) {
    return fail("bad_json", simdjson::error_message(parsed.error()));
  }
  return Value(parsed.value_unsafe());
}

}  // namespace portolan::events
