#include "events/scan/masks.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace portolan::events {

#if defined(__x86_64__)

namespace {

struct Bytes {
  __m256i low;
  __m256i high;
};

[[gnu::target("avx2")]] inline Bytes equal_bytes(const Bytes& bytes, char c) {
  const __m256i wanted = _mm256_set1_epi8(c);
  return {_mm256_cmpeq_epi8(bytes.low, wanted), _mm256_cmpeq_epi8(bytes.high, wanted)};
}

[[gnu::target("avx2")]] inline std::uint64_t bits_of(const Bytes& bytes) {
  const auto low = static_cast<std::uint32_t>(_mm256_movemask_epi8(bytes.low));
  const auto high = static_cast<std::uint32_t>(_mm256_movemask_epi8(bytes.high));
  return (static_cast<std::uint64_t>(high) << 32) | low;
}

[[gnu::target("avx2")]] inline std::uint64_t equal(const Bytes& bytes, char c) {
  return bits_of(equal_bytes(bytes, c));
}

[[gnu::target("avx2")]] inline bool any_of(const Bytes& bytes) {
  const __m256i both = _mm256_or_si256(bytes.low, bytes.high);
  return _mm256_testz_si256(both, both) == 0;
}

/// Each bit becomes the parity of itself and all below: the insides of strings, from the quotes.
[[gnu::target("pclmul")]] inline std::uint64_t prefix_xor(std::uint64_t bits) {
  const __m128i product = _mm_clmulepi64_si128(_mm_set_epi64x(0, static_cast<long long>(bits)),
                                               _mm_set1_epi8('\xff'), 0);
  return static_cast<std::uint64_t>(_mm_cvtsi128_si64(product));
}

[[gnu::target("avx2,pclmul,popcnt")]] void mask_window(const char* bytes, std::size_t count,
                                                       MaskState& carried, WindowMasks& masks) {
  MaskState state = carried;  // kept in registers
  masks.ends = 0;
  masks.marked = 0;
  const __m256i case_bit = _mm256_set1_epi8(0x20);
  for (std::size_t i = 0; i < count; ++i) {
    const char* at = bytes + i * kBlock;
    const Bytes block{_mm256_loadu_si256(reinterpret_cast<const __m256i*>(at)),
                      _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at + kBlock / 2))};
    std::uint64_t quotes = equal(block, '"');
    // Most blocks have none; to ask for that is cheaper than where they are.
    const Bytes backslashes = equal_bytes(block, '\\');
    if (any_of(backslashes) || state.is_escaped != 0) {
      quotes &= ~escaped_by(bits_of(backslashes), state);
    }
    const std::uint64_t inside = prefix_xor(quotes) ^ state.in_string;
    state.in_string = static_cast<std::uint64_t>(static_cast<std::int64_t>(inside) >> (kBlock - 1));
    // `[` and `{`, and `]` and `}`, differ in that bit alone.
    const Bytes folded{_mm256_or_si256(block.low, case_bit), _mm256_or_si256(block.high, case_bit)};
    masks.opens[i] = equal(folded, '{') & ~inside;
    masks.closes[i] = equal(folded, '}') & ~inside;
    masks.marks[i] = equal(block, 'N') & behind_quotes(quotes, state);
    note_block(i, state, masks);
  }
  carried = state;
}

}  // namespace

MaskWindow mask_window_avx2() {
  const bool is_there = __builtin_cpu_supports("avx2") != 0 &&
                        __builtin_cpu_supports("pclmul") != 0 &&
                        __builtin_cpu_supports("popcnt") != 0;
  return is_there ? mask_window : nullptr;
}

#else

MaskWindow mask_window_avx2() { return nullptr; }

#endif

}  // namespace portolan::events
