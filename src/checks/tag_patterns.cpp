#include "checks/tag_patterns.h"

#include <algorithm>

#include "core/text.h"

namespace portolan::checks {

std::string lowered(std::string_view text) {
  std::string result(text);
  for (char& letter : result) {
    if (letter >= 'A' && letter <= 'Z') {
      letter = static_cast<char>(letter - 'A' + 'a');
    }
  }
  return result;
}

std::vector<std::string> lowered(std::vector<std::string> patterns) {
  for (std::string& pattern : patterns) {
    pattern = lowered(std::string_view(pattern));
  }
  return patterns;
}

bool matches_tags(const Owned& owned, std::span<const std::string> patterns) {
  return std::any_of(owned.tags.begin(), owned.tags.end(), [&](const Tag& tag) {
    const std::string pair = lowered(std::string_view(tag.key + "=" + tag.value));
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](const std::string& pattern) { return matches_glob(pair, pattern); });
  });
}

}  // namespace portolan::checks
