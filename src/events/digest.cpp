#include "events/digest.h"

#include <algorithm>
#include <cctype>
#include <string>

#include "core/digest.h"

namespace portolan::events {

namespace {

// What keeps an object, a list and a text of the same content apart.
constexpr std::uint64_t kObject = 1;
constexpr std::uint64_t kArray = 2;
constexpr std::uint64_t kMember = 3;

std::string lowered(std::string_view key) {
  std::string out(key);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

}  // namespace

std::uint64_t content_digest(const Value& value) {
  if (value.is_object()) {
    std::uint64_t sum = 0;  // as the order of members says nothing
    value.members([&](std::string_view key, const Value& member) {
      if (member.exists()) {
        sum +=
            mixed_digest(mixed_digest(kMember, text_digest(lowered(key))), content_digest(member));
      }
    });
    return mixed_digest(kObject, sum);
  }
  if (value.is_array()) {
    std::uint64_t hash = kArray;
    value.each([&](const Value& element) { hash = mixed_digest(hash, content_digest(element)); });
    return hash;
  }
  return text_digest(value.text());
}

}  // namespace portolan::events
