#include "server/target.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "core/text.h"

namespace portolan::server {
namespace {

constexpr std::size_t kPartsMost = 64;

std::optional<int> digit_of(char letter) {
  if (letter >= '0' && letter <= '9') {
    return letter - '0';
  }
  const char lower = static_cast<char>(letter | 0x20);
  return lower >= 'a' && lower <= 'f' ? std::optional<int>(lower - 'a' + 10) : std::nullopt;
}

bool is_control(char letter) {
  const auto byte = static_cast<unsigned char>(letter);
  return byte < 0x20 || byte == 0x7f;
}

Result<std::string> decoded(std::string_view text, bool plus_is_space) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char letter = text[i];
    if (letter == '%') {
      const auto high = i + 2 < text.size() ? digit_of(text[i + 1]) : std::nullopt;
      const auto low = i + 2 < text.size() ? digit_of(text[i + 2]) : std::nullopt;
      if (!high || !low) {
        return fail("bad_target", "a `%` in the address is not followed by two hexadecimal digits");
      }
      letter = static_cast<char>(*high * 16 + *low);
      i += 2;
    } else if (letter == '+' && plus_is_space) {
      letter = ' ';
    }
    if (is_control(letter)) {
      return fail("bad_target", "the address has control characters in it");
    }
    result += letter;
  }
  return result;
}

Result<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> query;
  if (text.empty()) {
    return query;
  }
  for (const std::string_view part : split(text, '&')) {
    const std::size_t equals = std::min(part.find('='), part.size());
    std::string name = TRY(decoded(part.substr(0, equals), true));
    std::string value =
        equals == part.size() ? std::string("1") : TRY(decoded(part.substr(equals + 1), true));
    query.emplace_back(std::move(name), std::move(value));
    if (query.size() > kPartsMost) {
      return fail("bad_target", "the address asks too much at once");
    }
  }
  return query;
}

}  // namespace

std::optional<std::string> RequestTarget::value(std::string_view name) const {
  const auto found = std::find_if(query.begin(), query.end(),
                                  [&](const auto& each) { return each.first == name; });
  return found == query.end() || found->second.empty() ? std::nullopt
                                                       : std::optional(found->second);
}

bool RequestTarget::has(std::string_view name) const {
  const auto found = value(name);
  return found && *found != "0";
}

Result<RequestTarget> parse_target(std::string_view text) {
  if (!text.starts_with('/')) {
    return fail("bad_target", "an address begins with a slash");
  }
  const std::string_view whole = text.substr(0, text.find('#'));
  const std::size_t mark = std::min(whole.find('?'), whole.size());
  RequestTarget target;
  for (const std::string_view part : split(whole.substr(1, mark == 0 ? 0 : mark - 1), '/')) {
    target.segments.push_back(TRY(decoded(part, false)));
    if (target.segments.size() > kPartsMost) {
      return fail("bad_target", "the address has too many parts");
    }
  }
  if (mark < whole.size()) {
    target.query = TRY(parse_query(whole.substr(mark + 1)));
  }
  return target;
}

Result<std::size_t> number_of(const RequestTarget& target, std::string_view name,
                              std::size_t otherwise, std::size_t most) {
  const auto text = target.value(name);
  if (!text) {
    return otherwise;
  }
  std::size_t number = 0;
  const auto [end, fault] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (fault != std::errc() || end != text->data() + text->size() || number > most) {
    return fail("bad_number", fmt::format("`{}` is a number from 0 to {}, not `{}`", name, most,
                                          printable(*text)));
  }
  return number;
}

}  // namespace portolan::server
