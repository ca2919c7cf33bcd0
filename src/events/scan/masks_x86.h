#pragma once

#include <immintrin.h>

#include "events/scan/masks.h"

/// Private to the module: what the scans by vector instructions have in common.
namespace portolan::events {

/// Where these bytes are in a block; brackets also where they stand in strings.
struct RawMasks {
  std::uint64_t quotes;  // not escaped
  std::uint64_t opens;
  std::uint64_t closes;
  std::uint64_t marks;  // each `N`
};

/// Each bit becomes the parity of itself and all below: the insides of strings, from the quotes.
[[gnu::target("pclmul")]] inline std::uint64_t prefix_xor(std::uint64_t bits) {
  const __m128i product = _mm_clmulepi64_si128(_mm_set_epi64x(0, static_cast<long long>(bits)),
                                               _mm_set1_epi8('\xff'), 0);
  return static_cast<std::uint64_t>(_mm_cvtsi128_si64(product));
}

/// Puts block `number` there if something may be in it; gives the place of the next one.
[[gnu::target("pclmul")]] inline BlockMasks* take_block(const RawMasks& raw, std::size_t number,
                                                        MaskState& state, BlockMasks* place) {
  const std::uint64_t inside = prefix_xor(raw.quotes) ^ state.in_string;
  const std::uint64_t behind_quote =
      (raw.quotes << kMarkDistance) | (state.quotes >> (kBlock - kMarkDistance));
  state.quotes = raw.quotes;
  state.in_string = static_cast<std::uint64_t>(static_cast<std::int64_t>(inside) >> (kBlock - 1));
  return note_block({.opens = raw.opens & ~inside,
                     .closes = raw.closes & ~inside,
                     .marks = raw.marks & behind_quote,
                     .number = static_cast<std::uint32_t>(number)},
                    state, place);
}

}  // namespace portolan::events
