#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

/// Private to the module: the first step of the scan, 64 bytes of JSON at a time.
namespace portolan::events {

inline constexpr std::size_t kBlock = 64;
/// A mark is so far behind its quote: `"event` has six bytes.
inline constexpr unsigned kMarkDistance = 6;

/// So many blocks are looked at in one go: 4 KiB of text, 2 KiB of masks.
inline constexpr std::size_t kWindow = 64;

/// What is in up to 64 blocks of JSON. A bit for each byte of a block, the lowest the first.
/// Without initial values, as one is filled again and again.
struct alignas(64) WindowMasks {
  std::array<std::uint64_t, kWindow> opens;   // `{` and `[` outside of strings
  std::array<std::uint64_t, kWindow> closes;  // `}` and `]` outside of strings
  std::array<std::uint64_t, kWindow> marks;   // an `N` six bytes after an unescaped `"`
  std::array<std::uint64_t, kWindow> depth;   // of brackets, where the block begins
  std::uint64_t ends;    // a bit for each block in which an element may begin or end
  std::uint64_t marked;  // … that has a mark, as in `"eventName`: of both in a log one of sixteen
};

/// What a block leaves to the next one.
struct MaskState {
  std::uint64_t in_string = 0;   // all ones inside of a string
  std::uint64_t is_escaped = 0;  // 1 if a backslash was the last byte, itself not escaped
  std::uint64_t quotes = 0;      // the unescaped quotes of the block before
  std::uint64_t depth = 0;       // of brackets; means nothing once one closed what was not opened
  friend bool operator==(const MaskState&, const MaskState&) = default;
};

/// Looks at 1 to 64 blocks.
using MaskWindow = void (*)(const char* bytes, std::size_t count, MaskState& state,
                            WindowMasks& masks);

/// In plain C++, a byte at a time: what the others are held against.
void mask_window_plain(const char* bytes, std::size_t count, MaskState& state, WindowMasks& masks);

/// With AVX2 and carry-less multiplication; null where the processor has not both.
MaskWindow mask_window_avx2();

/// With AVX-512, which sees a block at once, and eight blocks' masks; null where the processor has
/// not all of it that is used (Intel since Ice Lake, AMD since Zen 4).
MaskWindow mask_window_avx512();

/// Notes how deep a block begins, and whether something may be in it. Nobody can foresee which it
/// will be, so nothing branches.
inline void note_block(std::size_t i, MaskState& state, WindowMasks& masks) {
  masks.depth[i] = state.depth;
  const auto closes = static_cast<std::uint64_t>(std::popcount(masks.closes[i]));
  const auto may_end = static_cast<std::uint64_t>(state.depth <= closes);
  state.depth += static_cast<std::uint64_t>(std::popcount(masks.opens[i])) - closes;
  masks.ends |= may_end << i;
  masks.marked |= static_cast<std::uint64_t>(masks.marks[i] != 0) << i;
}

/// The bytes that stand `kMarkDistance` behind a quote of this block or the one before.
inline std::uint64_t behind_quotes(std::uint64_t quotes, MaskState& state) {
  const std::uint64_t behind =
      (quotes << kMarkDistance) | (state.quotes >> (kBlock - kMarkDistance));
  state.quotes = quotes;
  return behind;
}

/// Which bytes a backslash escapes, given where backslashes are.
inline std::uint64_t escaped_by(std::uint64_t backslashes, MaskState& state) {
  // A run of backslashes escapes every second byte from its start on. Adding the starts of runs at
  // odd places to the backslashes carries out at the run's end.
  constexpr std::uint64_t kEven = 0x5555555555555555;
  backslashes &= ~state.is_escaped;
  const std::uint64_t follows = (backslashes << 1) | state.is_escaped;
  const std::uint64_t odd_starts = backslashes & ~kEven & ~follows;
  const std::uint64_t ends = odd_starts + backslashes;
  state.is_escaped = ends < odd_starts ? 1 : 0;
  return (kEven ^ (ends << 1)) & follows;
}

}  // namespace portolan::events
