#include "events/scan/masks.h"

namespace portolan::events {

namespace {

struct BlockMasks {
  std::uint64_t opens = 0;
  std::uint64_t closes = 0;
  std::uint64_t marks = 0;
};

BlockMasks mask_block(const char* bytes, MaskState& state) {
  BlockMasks masks;
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
  masks.marks = marks & behind_quotes(quotes, state);
  return masks;
}

}  // namespace

void mask_window_plain(const char* bytes, std::size_t count, MaskState& state, WindowMasks& masks) {
  masks.ends = 0;
  masks.marked = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const BlockMasks block = mask_block(bytes + i * kBlock, state);
    masks.opens[i] = block.opens;
    masks.closes[i] = block.closes;
    masks.marks[i] = block.marks;
    note_block(i, state, masks);
  }
}

}  // namespace portolan::events
