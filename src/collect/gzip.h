#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "core/result.h"

/// Private to the module.
namespace portolan::collect {

/// Bytes that are written before they are read, so that nobody fills them with zeros first. Lent
/// from file to file: its memory stays.
struct Buffer {
  std::unique_ptr<char[]> bytes;
  std::size_t size = 0;
  std::size_t capacity = 0;

  [[nodiscard]] std::string_view view() const { return {bytes.get(), size}; }
  /// Room for `wanted` bytes, empty; false if there is not enough memory.
  bool make_room(std::size_t wanted);
  /// The same, keeping what is there.
  bool grow(std::size_t wanted);
};

struct GzipLimits {
  std::size_t bytes_max = 0;      // unpacked
  std::size_t expansion_max = 0;  // unpacked : packed
};

/// True if the bytes begin as a gzip file does.
bool is_gzip(std::string_view bytes);

/// Unpacks all members of a gzip file into `out`. Error `bad_gzip` if it is damaged or cut off,
/// `gzip_bomb` if it expands more than `expansion_max` times, `file_too_big` if to more than
/// `bytes_max`. Memory: at most twice what the limits allow.
Result<void> gunzip(std::string_view packed, const GzipLimits& limits, Buffer& out);

}  // namespace portolan::collect
