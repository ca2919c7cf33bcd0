#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "core/result.h"

/// Private to the module.
namespace portolan::collect {

/// Bytes without the zeros that a string would first be filled with.
struct Buffer {
  std::unique_ptr<char[]> bytes;
  std::size_t size = 0;

  [[nodiscard]] std::string_view view() const { return {bytes.get(), size}; }
};

struct GzipLimits {
  std::size_t bytes_max = 0;      // unpacked
  std::size_t expansion_max = 0;  // unpacked : packed
};

/// True if the bytes begin as a gzip file does.
bool is_gzip(std::string_view bytes);

/// Unpacks all members of a gzip file. Error `bad_gzip` if it is damaged or cut off, `gzip_bomb` if
/// it expands more than `expansion_max` times, `file_too_big` if to more than `bytes_max`.
/// Memory: at most twice what the limits allow.
Result<Buffer> gunzip(std::string_view packed, const GzipLimits& limits);

}  // namespace portolan::collect
