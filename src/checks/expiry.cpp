#include "checks/expiry.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "checks/tag_patterns.h"

namespace portolan::checks {

namespace {

constexpr std::int64_t kDay = 86400;

/// Words by themselves that promise an end.
constexpr std::array<std::string_view, 18> kWords = {
    "until",      "till",   "expires", "expire",    "expired",     "expiry",
    "expiration", "temp",   "tmp",     "temporary", "temporarily", "remove",
    "delete",     "revoke", "ttl",     "deadline",  "sunset",      "tbr"};
/// Parts of a tag's key, which is read without what stands between its words.
constexpr std::array<std::string_view, 9> kKeys = {"expir",    "until",    "deleteafter",
                                                   "deleteon", "deleteby", "removeafter",
                                                   "removeon", "removeby", "temporary"};
constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

/// A number or a word of a text, with the characters before it.
struct Token {
  std::string_view text;
  std::string_view before;
  [[nodiscard]] bool is_number() const { return is_digit(text.front()); }
};

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto is_part = [&](char c) { return is_digit(text[at]) ? is_digit(c) : is_letter(c); };
    if (!is_digit(text[at]) && !is_letter(text[at])) {
      ++at;
      continue;
    }
    std::size_t stop = at + 1;
    while (stop < text.size() && is_part(text[stop])) {
      ++stop;
    }
    tokens.push_back({text.substr(at, stop - at), text.substr(end, at - end)});
    at = end = stop;
  }
  return tokens;
}

int number_of(std::string_view digits) {
  int value = 0;
  for (const char digit : digits.substr(0, 8)) {
    value = value * 10 + (digit - '0');
  }
  return value;
}

/// The moment when the day is over; nothing if there is no such day, or nobody would mean it.
std::optional<Time> end_of(int year, int month, int day) {
  if (year < 2006 || year > 2099) {  // AWS began in 2006
    return std::nullopt;
  }
  const auto start = Time::parse(fmt::format("{:04}-{:02}-{:02}T00:00:00Z", year, month, day));
  return start ? std::optional(Time::from_seconds(start->seconds() + kDay)) : std::nullopt;
}

int month_of(const Token& token) {
  if (token.is_number() || token.text.size() < 3) {
    return 0;
  }
  const auto found = std::find(kMonths.begin(), kMonths.end(), token.text.substr(0, 3));
  return found == kMonths.end() ? 0 : static_cast<int>(found - kMonths.begin()) + 1;
}

bool is_joint(const Token& token) {
  return token.before.size() == 1 &&
         std::string_view("-/.").find(token.before) != std::string_view::npos;
}

std::optional<Time> numeric_date(const Token& a, const Token& b, const Token& c) {
  if (!is_joint(b) || !is_joint(c)) {
    return std::nullopt;
  }
  const int first = number_of(a.text);
  const int second = number_of(b.text);
  const int third = number_of(c.text);
  if (a.text.size() == 4) {
    return end_of(first, second, third);
  }
  return c.text.size() == 4 ? std::max(end_of(third, first, second), end_of(third, second, first))
                            : std::nullopt;
}

/// The date that begins with token `i`, if one does.
std::optional<Time> date_at(const std::vector<Token>& tokens, std::size_t i) {
  const Token& first = tokens[i];
  if (first.is_number() && first.text.size() == 8) {
    const int value = number_of(first.text);
    return end_of(value / 10000, value / 100 % 100, value % 100);
  }
  if (i + 2 >= tokens.size() || !tokens[i + 2].is_number()) {
    return std::nullopt;
  }
  const Token& second = tokens[i + 1];
  const int year = number_of(tokens[i + 2].text);
  if (first.is_number() && second.is_number()) {
    return numeric_date(first, second, tokens[i + 2]);
  }
  if (first.is_number()) {
    return end_of(year, month_of(second), number_of(first.text));
  }
  return second.is_number() ? end_of(year, month_of(first), number_of(second.text)) : std::nullopt;
}

std::optional<Time> latest_date(const std::vector<Token>& tokens) {
  std::optional<Time> latest;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    latest = std::max(latest, date_at(tokens, i));
  }
  return latest;
}

bool promises_an_end(const std::vector<Token>& tokens) {
  return std::any_of(tokens.begin(), tokens.end(), [](const Token& token) {
    return std::find(kWords.begin(), kWords.end(), token.text) != kWords.end();
  });
}

bool promises_an_end(std::string_view key) {
  std::string letters = lowered(key);
  std::erase_if(letters, [](char c) { return !is_letter(c); });
  return letters == "ttl" || std::any_of(kKeys.begin(), kKeys.end(), [&](std::string_view part) {
           return letters.find(part) != std::string::npos;
         });
}

}  // namespace

std::optional<Time> expiry_in(std::string_view text) {
  const std::string lower = lowered(text);
  const std::vector<Token> tokens = tokens_of(lower);
  return promises_an_end(tokens) ? latest_date(tokens) : std::nullopt;
}

std::optional<Time> expiry_in(const Tag& tag) {
  if (!promises_an_end(std::string_view(tag.key))) {
    return expiry_in(std::string_view(tag.value));
  }
  const std::string lower = lowered(std::string_view(tag.value));
  return latest_date(tokens_of(lower));
}

}  // namespace portolan::checks
