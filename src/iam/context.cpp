#include "iam/context.h"

#include <utility>

namespace portolan::iam {

std::string folded(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return result;
}

void Context::set(std::string_view key, std::string value) {
  entries_[folded(key)] = Entry{.values = {std::move(value)}};
}

void Context::set(std::string_view key, Entry entry) { entries_[folded(key)] = std::move(entry); }

void Context::set_list(std::string_view key, std::vector<std::string> values) {
  entries_[folded(key)] = Entry{.values = std::move(values), .is_list = true};
}

void Context::set_ambiguous(std::string_view key) {
  entries_[folded(key)] = Entry{.is_ambiguous = true};
}

void Context::remove(std::string_view key) { entries_.erase(folded(key)); }

const Context::Entry* Context::find(std::string_view key) const {
  const auto found = entries_.find(key);
  return found == entries_.end() ? nullptr : &found->second;
}

}  // namespace portolan::iam
