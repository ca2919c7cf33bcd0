#include "events/digest.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <cstring>
#include <string>

namespace portolan::events {

namespace {

constexpr std::size_t kWord = sizeof(std::uint64_t);

// What keeps an object, a list and a text of the same content apart.
constexpr std::uint64_t kObject = 1;
constexpr std::uint64_t kArray = 2;
constexpr std::uint64_t kMember = 3;

std::uint64_t word_at(std::string_view text, std::size_t at) {
  std::uint64_t word = 0;
  std::memcpy(&word, text.data() + at, kWord);
  return word;
}

std::uint64_t mix(std::uint64_t hash, std::uint64_t word) {
  constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15;
  const std::uint64_t product = (hash ^ word) * kMultiplier;
  return product ^ (product >> 32);
}

std::string lowered(std::string_view key) {
  std::string out(key);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

}  // namespace

std::uint64_t text_digest(std::string_view text) {
  constexpr std::size_t kLanes = 4;  // so that none waits for the one before
  std::array<std::uint64_t, kLanes> lanes = {text.size(), 1, 2, 3};
  std::size_t at = 0;
  for (; at + kLanes * kWord <= text.size(); at += kLanes * kWord) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      lanes[lane] = mix(lanes[lane], word_at(text, at + lane * kWord));
    }
  }
  std::uint64_t hash = lanes[0];
  for (std::size_t lane = 1; lane < kLanes; ++lane) {
    hash = mix(hash, lanes[lane]);
  }
  for (; at < text.size(); at += kWord) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, std::min(kWord, text.size() - at));
    hash = mix(hash, word);
  }
  return hash;
}

std::uint64_t content_digest(const Value& value) {
  if (value.is_object()) {
    std::uint64_t sum = 0;  // as the order of members says nothing
    value.members([&](std::string_view key, const Value& member) {
      if (member.exists()) {
        sum += mix(mix(kMember, text_digest(lowered(key))), content_digest(member));
      }
    });
    return mix(kObject, sum);
  }
  if (value.is_array()) {
    std::uint64_t hash = kArray;
    value.each([&](const Value& element) { hash = mix(hash, content_digest(element)); });
    return hash;
  }
  return text_digest(value.text());
}

}  // namespace portolan::events
