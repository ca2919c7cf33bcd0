#pragma once

#include <cstdint>
#include <string_view>

namespace portolan {

/// A hash of the text as it stands, the same on every machine: to tell versions apart, not to prove
/// them. Stores keep it, so that another hash needs a step of the store's schema.
/// Cost: some ten bytes a nanosecond.
std::uint64_t text_digest(std::string_view text);

/// The hash of a list, one longer; that of the empty list is 0.
constexpr std::uint64_t mixed_digest(std::uint64_t hash, std::uint64_t more) {
  constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15;
  const std::uint64_t product = (hash ^ more) * kMultiplier;
  return product ^ (product >> 32);
}

}  // namespace portolan
