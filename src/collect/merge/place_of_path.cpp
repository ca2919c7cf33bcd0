#include "collect/merge/place_of_path.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/text.h"

namespace portolan::collect {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// The runs of letters, digits and hyphens in a path.
std::vector<std::string_view> words_of(std::string_view path) {
  std::vector<std::string_view> words;
  std::size_t start = 0;
  for (std::size_t i = 0; i <= path.size(); ++i) {
    const bool is_inside =
        i < path.size() && (is_digit(path[i]) || is_letter(path[i]) || path[i] == '-');
    if (is_inside) {
      continue;
    }
    if (i > start) {
      words.push_back(path.substr(start, i - start));
    }
    start = i + 1;
  }
  return words;
}

bool is_account(std::string_view part) {
  return part.size() == 12 && std::all_of(part.begin(), part.end(), is_digit);
}

/// The partition or continent that a region starts with.
bool is_region_start(std::string_view part) {
  return part.size() == 2 && is_letter(part[0]) && is_letter(part[1]);
}

/// `east`, `northeast` … : the words that regions are named by.
bool is_direction(std::string_view part) {
  static constexpr std::array<std::string_view, 9> kDirections = {"central",   "east",      "north",
                                                                  "northeast", "northwest", "south",
                                                                  "southeast", "southwest", "west"};
  return std::find(kDirections.begin(), kDirections.end(), part) != kDirections.end();
}

bool is_number(std::string_view part) {
  return !part.empty() && part.size() <= 2 && std::all_of(part.begin(), part.end(), is_digit);
}

/// The region that begins with part `at` of a word, such as `eu-west-1` or `us-gov-east-1`.
Region region_at(const std::vector<std::string_view>& parts, std::size_t at) {
  if (!is_region_start(parts[at])) {
    return {};
  }
  std::string name(parts[at]);
  std::size_t next = at + 1;
  if (next < parts.size() && !is_direction(parts[next])) {
    name += '-' + std::string(parts[next++]);  // us-gov-…, us-iso-…, us-isob-…
  }
  if (next + 1 >= parts.size() || !is_direction(parts[next]) || !is_number(parts[next + 1])) {
    return {};
  }
  name += '-' + std::string(parts[next]) + '-' + std::string(parts[next + 1]);
  return Region::parse(name).value_or(Region{});
}

}  // namespace

AccountId account_of_path(std::string_view path) {
  AccountId account;
  for (const std::string_view word : words_of(path)) {
    for (const std::string_view part : split(word, '-')) {
      if (is_account(part)) {
        account = AccountId::parse(part).value_or(account);
      }
    }
  }
  return account;
}

Region region_of_path(std::string_view path) {
  Region region;
  for (const std::string_view word : words_of(path)) {
    const std::vector<std::string_view> parts = split(word, '-');
    for (std::size_t at = 0; at < parts.size(); ++at) {
      if (const Region found = region_at(parts, at); found.known()) {
        region = found;
      }
    }
  }
  return region;
}

}  // namespace portolan::collect
