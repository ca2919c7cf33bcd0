#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

/// Private to the module: the first step of the scan, 64 bytes of JSON at a time.
namespace portolan::events {

inline constexpr std::size_t kBlock = 64;
/// A mark is so far behind its quote: `"event` has six bytes.
inline constexpr unsigned kMarkDistance = 6;

/// What is in 64 bytes of JSON, a bit for each byte, the lowest the first. Without initial values,
/// as many are made for each text, and all that are read are filled.
struct BlockMasks {
  std::uint64_t opens;   // `{` and `[` outside of strings
  std::uint64_t closes;  // `}` and `]` outside of strings
  std::uint64_t marks;   // an `N` six bytes after an unescaped `"`, as in `"eventName`
  std::uint64_t depth;   // of brackets, where the block begins
  std::uint32_t number;  // of the block
  std::uint32_t close_count;
  friend bool operator==(const BlockMasks&, const BlockMasks&) = default;
};

/// What a block leaves to the next one.
struct MaskState {
  std::uint64_t in_string = 0;   // all ones inside of a string
  std::uint64_t is_escaped = 0;  // 1 if a backslash was the last byte, itself not escaped
  std::uint64_t quotes = 0;      // the unescaped quotes of the block before
  std::uint64_t depth = 0;       // of brackets; means nothing once one closed what was not opened
  friend bool operator==(const MaskState&, const MaskState&) = default;
};

/// Fills `masks` for those of `count` blocks of 64 bytes in which an element may begin or end, or
/// that have a mark, and gives how many those are: in a log, one of six.
using MaskBlocks = std::size_t (*)(const char* bytes, std::size_t count, MaskState& state,
                                   BlockMasks* masks);

/// In plain C++, a byte at a time: what the others are held against.
std::size_t mask_blocks_plain(const char* bytes, std::size_t count, MaskState& state,
                              BlockMasks* masks);

/// With AVX2 and carry-less multiplication; null where the processor has not both.
MaskBlocks mask_blocks_avx2();

/// With AVX-512, which sees a block at once; null where the processor has it not.
MaskBlocks mask_blocks_avx512();

/// Puts the block there if something may be in it; gives the place of the next one. Nobody can
/// foresee which it will be, so nothing branches.
inline BlockMasks* note_block(BlockMasks block, MaskState& state, BlockMasks* place) {
  block.depth = state.depth;
  block.close_count = static_cast<std::uint32_t>(std::popcount(block.closes));
  *place = block;
  state.depth += static_cast<std::uint64_t>(std::popcount(block.opens)) - block.close_count;
  const auto may_end = static_cast<unsigned>(block.depth <= block.close_count);
  return place + (may_end | static_cast<unsigned>(block.marks != 0));
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
