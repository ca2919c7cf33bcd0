#include "core/digest.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

namespace portolan {

namespace {

constexpr std::size_t kWord = sizeof(std::uint64_t);

std::uint64_t word_at(std::string_view text, std::size_t at) {
  std::uint64_t word = 0;
  std::memcpy(&word, text.data() + at, kWord);
  return word;
}

}  // namespace

std::uint64_t text_digest(std::string_view text) {
  constexpr std::size_t kLanes = 4;  // so that none waits for the one before
  std::array<std::uint64_t, kLanes> lanes = {text.size(), 1, 2, 3};
  std::size_t at = 0;
  for (; at + kLanes * kWord <= text.size(); at += kLanes * kWord) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      lanes[lane] = mixed_digest(lanes[lane], word_at(text, at + lane * kWord));
    }
  }
  std::uint64_t hash = lanes[0];
  for (std::size_t lane = 1; lane < kLanes; ++lane) {
    hash = mixed_digest(hash, lanes[lane]);
  }
  for (; at < text.size(); at += kWord) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, std::min(kWord, text.size() - at));
    hash = mixed_digest(hash, word);
  }
  return hash;
}

}  // namespace portolan
