#include "events/scan/masks.h"

#if defined(__x86_64__)
#include "events/scan/masks_x86.h"
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

[[gnu::target("avx2,pclmul,popcnt")]] std::size_t mask_blocks(const char* bytes, std::size_t count,
                                                              MaskState& carried,
                                                              BlockMasks* masks) {
  MaskState state = carried;  // kept in registers
  BlockMasks* next = masks;
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
    // `[` and `{`, and `]` and `}`, differ in that bit alone.
    const Bytes folded{_mm256_or_si256(block.low, case_bit), _mm256_or_si256(block.high, case_bit)};
    next = take_block({.quotes = quotes,
                       .opens = equal(folded, '{'),
                       .closes = equal(folded, '}'),
                       .marks = equal(block, 'N')},
                      i, state, next);
  }
  carried = state;
  return static_cast<std::size_t>(next - masks);
}

}  // namespace

MaskBlocks mask_blocks_avx2() {
  const bool is_there = __builtin_cpu_supports("avx2") != 0 &&
                        __builtin_cpu_supports("pclmul") != 0 &&
                        __builtin_cpu_supports("popcnt") != 0;
  return is_there ? mask_blocks : nullptr;
}

#else

MaskBlocks mask_blocks_avx2() { return nullptr; }

#endif

}  // namespace portolan::events
