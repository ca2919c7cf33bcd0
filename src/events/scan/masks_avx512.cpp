#include "events/scan/masks.h"

#if defined(__x86_64__)
#include "events/scan/masks_x86.h"
#endif

namespace portolan::events {

#if defined(__x86_64__)

namespace {

[[gnu::target("avx512f,avx512bw")]] inline std::uint64_t equal(const __m512i& bytes, char c) {
  return _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(c));
}

[[gnu::target("avx512f,avx512bw,pclmul,popcnt")]] std::size_t mask_blocks(const char* bytes,
                                                                          std::size_t count,
                                                                          MaskState& carried,
                                                                          BlockMasks* masks) {
  MaskState state = carried;  // kept in registers
  BlockMasks* next = masks;
  const __m512i case_bit = _mm512_set1_epi8(0x20);
  for (std::size_t i = 0; i < count; ++i) {
    const __m512i block = _mm512_loadu_si512(bytes + i * kBlock);
    std::uint64_t quotes = equal(block, '"');
    const std::uint64_t backslashes = equal(block, '\\');
    if ((backslashes | state.is_escaped) != 0) {  // which is rare
      quotes &= ~escaped_by(backslashes, state);
    }
    // `[` and `{`, and `]` and `}`, differ in that bit alone.
    const __m512i folded = _mm512_or_si512(block, case_bit);
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

MaskBlocks mask_blocks_avx512() {
  const bool is_there =
      __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
      __builtin_cpu_supports("pclmul") != 0 && __builtin_cpu_supports("popcnt") != 0;
  return is_there ? mask_blocks : nullptr;
}

#else

MaskBlocks mask_blocks_avx512() { return nullptr; }

#endif

}  // namespace portolan::events
