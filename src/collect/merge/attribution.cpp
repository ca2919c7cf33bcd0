#include "collect/merge/attribution.h"

#include <algorithm>

#include "core/text.h"

namespace portolan::collect {

namespace {

/// A word with more hyphens is searched by its first ones only.
constexpr std::size_t kPartsMax = 32;

bool is_name_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
}

/// All runs of hyphen-separated parts of the words of a path.
template <class Visit>
void for_each_name(std::string_view path, Visit&& visit) {
  std::size_t start = 0;
  for (std::size_t i = 0; i <= path.size(); ++i) {
    if (i < path.size() && is_name_character(path[i])) {
      continue;
    }
    std::vector<std::string_view> parts = split(path.substr(start, i - start), '-');
    parts.resize(std::min(parts.size(), kPartsMax));
    for (std::size_t first = 0; first < parts.size(); ++first) {
      for (std::size_t last = first; last < parts.size(); ++last) {
        const char* begin = parts[first].data();
        const char* end = parts[last].data() + parts[last].size();
        visit(std::string_view(begin, static_cast<std::size_t>(end - begin)));
      }
    }
    start = i + 1;
  }
}

}  // namespace

void PathNames::add(std::string_view id, std::string_view name) {
  const std::size_t slash = id.rfind('/');
  add_name(std::string(slash == std::string_view::npos ? id : id.substr(slash + 1)), id);
  if (!name.empty()) {
    add_name(std::string(name), id);
  }
}

void PathNames::add_name(std::string name, std::string_view id) {
  const auto [entry, is_new] = ids_.emplace(std::move(name), id);
  if (!is_new && entry->second != id) {
    entry->second.clear();
  }
}

std::string PathNames::find(std::string_view path) const {
  std::string_view longest;
  std::string found;
  for_each_name(path, [&](std::string_view name) {
    const auto entry = ids_.find(std::string(name));
    if (name.size() > longest.size() && entry != ids_.end()) {
      longest = name;
      found = entry->second;
    }
  });
  return found;
}

}  // namespace portolan::collect
