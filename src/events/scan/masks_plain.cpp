#include "events/scan/masks.h"

namespace portolan::events {

namespace {

BlockMasks mask_block(const char* bytes, MaskState& state) {
  BlockMasks masks = {};
  std::uint64_t quotes = 0;
  std::uint64_t marks = 0;
  for (std::size_t i = 0; i < kBlock; ++i) {
    const std::uint64_t bit = std::uint64_t{1} << i;
    const char c = bytes[i];
    const bool is_escaped = state.is_escaped != 0;
    state.is_escaped = c == '\\' && !is_escaped ? 1 : 0;
    if (c == '"' && !is_escaped) {
      quotes |= bit;
      state.in_string = ~state.in_string;
    }
    marks |= c == 'N' ? bit : 0;
    if (state.in_string != 0) {
      continue;
    }
    const bool opens = c == '{' || c == '[';
    const bool closes = c == '}' || c == ']';
    masks.opens |= opens ? bit : 0;
    masks.closes |= closes ? bit : 0;
  }
  masks.marks = marks & ((quotes << kMarkDistance) | (state.quotes >> (kBlock - kMarkDistance)));
  state.quotes = quotes;
  return masks;
}

}  // namespace

std::size_t mask_blocks_plain(const char* bytes, std::size_t count, MaskState& state,
                              BlockMasks* masks) {
  BlockMasks* next = masks;
  for (std::size_t i = 0; i < count; ++i) {
    BlockMasks block = mask_block(bytes + i * kBlock, state);
    block.number = static_cast<std::uint32_t>(i);
    next = note_block(block, state, next);
  }
  return static_cast<std::size_t>(next - masks);
}

}  // namespace portolan::events
