#include "checks/tags.h"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "core/text.h"

namespace portolan::checks {

namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return result;
}

}  // namespace

std::vector<std::string> lowered(std::vector<std::string> patterns) {
  for (std::string& pattern : patterns) {
    pattern = lower(pattern);
  }
  return patterns;
}

bool has_tag_like(const Owned& owned, const std::vector<std::string>& lower_patterns) {
  for (const Tag& tag : owned.tags) {
    const std::string pair = lower(tag.key + "=" + tag.value);
    for (const std::string& pattern : lower_patterns) {
      if (matches_glob(pair, pattern)) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace portolan::checks
