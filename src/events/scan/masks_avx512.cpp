#include "events/scan/masks.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace portolan::events {

#if defined(__x86_64__)

namespace {

constexpr std::size_t kLanes = 8;  // masks of so many blocks in a register

// clang-format off
#define PORTOLAN_AVX512 "avx512f,avx512bw,avx512dq,avx512vpopcntdq,vpclmulqdq"
// clang-format on

[[gnu::target(PORTOLAN_AVX512)]] inline std::uint64_t equal(const __m512i& bytes, char c) {
  return _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(c));
}

[[gnu::target(PORTOLAN_AVX512)]] inline __m512i load(const std::uint64_t* masks) {
  return _mm512_load_si512(masks);
}

/// First step, block by block: where the bytes are, in strings as well. Gives the quotes.
[[gnu::target(PORTOLAN_AVX512)]] inline void find_bytes(const char* bytes, std::size_t count,
                                                        MaskState& state, std::uint64_t* quotes,
                                                        WindowMasks& masks) {
  const __m512i case_bit = _mm512_set1_epi8(0x20);
  for (std::size_t i = 0; i < count; ++i) {
    // The same block of the next window: files that are larger than the second cache come from the
    // third, and the processor itself looks no further than the page. Past the end it does nothing.
    _mm_prefetch(bytes + (i + kWindow) * kBlock, _MM_HINT_T0);
    const __m512i block = _mm512_loadu_si512(bytes + i * kBlock);
    quotes[i] = equal(block, '"');
    const std::uint64_t backslashes = equal(block, '\\');
    if ((backslashes | state.is_escaped) != 0) {  // which is rare
      quotes[i] &= ~escaped_by(backslashes, state);
    }
    // `[` and `{`, and `]` and `}`, differ in that bit alone.
    const __m512i folded = _mm512_or_si512(block, case_bit);
    masks.opens[i] = equal(folded, '{');
    masks.closes[i] = equal(folded, '}');
    masks.marks[i] = equal(block, 'N');
  }
  for (std::size_t i = count; i % kLanes != 0; ++i) {
    quotes[i] = masks.opens[i] = masks.closes[i] = masks.marks[i] = 0;
  }
}

/// Each bit becomes the parity of itself and all below in its lane.
[[gnu::target(PORTOLAN_AVX512)]] inline __m512i prefix_xor(const __m512i& lanes) {
  const __m512i ones = _mm512_set1_epi8('\xff');
  return _mm512_unpacklo_epi64(_mm512_clmulepi64_epi128(lanes, ones, 0x00),
                               _mm512_clmulepi64_epi128(lanes, ones, 0x01));
}

/// Each lane becomes the sum of itself and all below.
[[gnu::target(PORTOLAN_AVX512)]] inline __m512i prefix_sum(const __m512i& lanes) {
  const __m512i zero = _mm512_setzero_si512();
  __m512i sum = _mm512_add_epi64(lanes, _mm512_alignr_epi64(lanes, zero, 7));
  sum = _mm512_add_epi64(sum, _mm512_alignr_epi64(sum, zero, 6));
  return _mm512_add_epi64(sum, _mm512_alignr_epi64(sum, zero, 4));
}

/// For eight lanes that each end inside of a string or not by themselves, which begin in one; one
/// string that is open before is `in_string`, which becomes that after them.
inline __mmask8 begin_in_string(std::uint32_t ends_inside, std::uint64_t& in_string) {
  std::uint32_t parity = ends_inside ^ (ends_inside << 1);
  parity ^= parity << 2;
  parity ^= parity << 4;
  const auto before = static_cast<std::uint32_t>(in_string);
  in_string ^= std::uint64_t{0} - ((parity >> (kLanes - 1)) & 1);
  return static_cast<__mmask8>((parity << 1) ^ before);
}

/// Second step, eight blocks at a time: what of the bytes is outside of strings, how deep it is,
/// and what to note.
[[gnu::target(PORTOLAN_AVX512)]] void judge_blocks(const std::uint64_t* quotes, std::size_t count,
                                                   MaskState& state, WindowMasks& masks) {
  const __m512i ones = _mm512_set1_epi8('\xff');
  const __m512i last_lane = _mm512_set1_epi64(kLanes - 1);
  __m512i before = _mm512_set1_epi64(static_cast<long long>(state.quotes));
  __m512i depth = _mm512_set1_epi64(static_cast<long long>(state.depth));
  masks.ends = 0;
  masks.marked = 0;
  for (std::size_t i = 0; i < count; i += kLanes) {
    const __m512i here = load(quotes + i);
    __m512i inside = prefix_xor(here);
    inside = _mm512_mask_xor_epi64(
        inside, begin_in_string(_mm512_movepi64_mask(inside), state.in_string), inside, ones);
    const __m512i opens = _mm512_andnot_si512(inside, load(masks.opens.data() + i));
    const __m512i closes = _mm512_andnot_si512(inside, load(masks.closes.data() + i));
    const __m512i behind_quotes = _mm512_or_si512(
        _mm512_slli_epi64(here, kMarkDistance),
        _mm512_srli_epi64(_mm512_alignr_epi64(here, before, kLanes - 1), kBlock - kMarkDistance));
    before = here;
    const __m512i marks = _mm512_and_si512(load(masks.marks.data() + i), behind_quotes);
    const __m512i closed = _mm512_popcnt_epi64(closes);
    const __m512i deeper = _mm512_sub_epi64(_mm512_popcnt_epi64(opens), closed);
    const __m512i depth_behind = _mm512_add_epi64(depth, prefix_sum(deeper));
    const __m512i depth_at = _mm512_sub_epi64(depth_behind, deeper);
    depth = _mm512_permutexvar_epi64(last_lane, depth_behind);
    masks.ends |= std::uint64_t{_mm512_cmple_epu64_mask(depth_at, closed)} << i;
    masks.marked |= std::uint64_t{_mm512_test_epi64_mask(marks, marks)} << i;
    _mm512_store_si512(masks.opens.data() + i, opens);
    _mm512_store_si512(masks.closes.data() + i, closes);
    _mm512_store_si512(masks.marks.data() + i, marks);
    _mm512_store_si512(masks.depth.data() + i, depth_at);
  }
  masks.ends &= ~std::uint64_t{0} >> (kWindow - count);
  const std::size_t last = count - 1;
  state.quotes = quotes[last];
  state.depth = masks.depth[last] + static_cast<std::uint64_t>(std::popcount(masks.opens[last])) -
                static_cast<std::uint64_t>(std::popcount(masks.closes[last]));
}

[[gnu::target(PORTOLAN_AVX512)]] void mask_window(const char* bytes, std::size_t count,
                                                  MaskState& state, WindowMasks& masks) {
  alignas(64) std::array<std::uint64_t, kWindow> quotes;
  find_bytes(bytes, count, state, quotes.data(), masks);
  judge_blocks(quotes.data(), count, state, masks);
}

}  // namespace

MaskWindow mask_window_avx512() {
  const bool is_there =
      __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
      __builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512vpopcntdq") != 0 &&
      __builtin_cpu_supports("vpclmulqdq") != 0;
  return is_there ? mask_window : nullptr;
}

#else

MaskWindow mask_window_avx512() { return nullptr; }

#endif

}  // namespace portolan::events
