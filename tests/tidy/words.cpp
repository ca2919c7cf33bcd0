#include "tests/tidy/words.h"

#include <algorithm>

namespace portolan::tidy {

namespace {

constexpr std::string_view kWordLetters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";

}  // namespace

std::vector<Word> words_of(std::string_view line) {
  std::vector<Word> words;
  std::size_t start = line.find_first_of(kWordLetters);
  while (start != std::string_view::npos) {
    const std::size_t end = std::min(line.find_first_not_of(kWordLetters, start), line.size());
    const std::string_view before = line.substr(0, start);
    const std::string_view after = line.substr(end);
    words.push_back({.text = line.substr(start, end - start),
                     .before = before.substr(0, before.find_last_not_of(' ') + 1),
                     .after = after.substr(std::min(after.find_first_not_of(' '), after.size()))});
    start = line.find_first_of(kWordLetters, end);
  }
  return words;
}

}  // namespace portolan::tidy
