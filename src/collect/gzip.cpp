#include "collect/gzip.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <new>
#include <utility>

#include <fmt/format.h>
#include <libdeflate.h>

namespace portolan::collect {

namespace {

constexpr std::size_t kTrailerSize = 4;
/// A small file may expand more than its share: a page of spaces is no bomb.
constexpr std::size_t kHarmless = std::size_t{1} << 20;

struct FreeDecompressor {
  void operator()(libdeflate_decompressor* decompressor) const {
    libdeflate_free_decompressor(decompressor);
  }
};
using Decompressor = std::unique_ptr<libdeflate_decompressor, FreeDecompressor>;

/// The size that the last member says it has, modulo 2^32; a hint only.
std::size_t size_hint(std::string_view packed) {
  std::uint32_t size = 0;
  for (std::size_t i = 0; i < kTrailerSize; ++i) {
    const auto byte = static_cast<std::uint8_t>(packed[packed.size() - kTrailerSize + i]);
    size |= static_cast<std::uint32_t>(byte) << (8 * i);
  }
  return size;
}

std::size_t limit_of(std::size_t packed_size, const GzipLimits& limits) {
  const std::size_t expansion =
      packed_size > limits.bytes_max / std::max<std::size_t>(limits.expansion_max, 1)
          ? limits.bytes_max
          : packed_size * limits.expansion_max;
  return std::min(limits.bytes_max, std::max(expansion, kHarmless));
}

tl::unexpected<Error> too_much(std::size_t packed_size, std::size_t limit,
                               const GzipLimits& limits) {
  if (limit == limits.bytes_max) {
    return fail("file_too_big",
                fmt::format("the file unpacks to more than {} bytes", limits.bytes_max));
  }
  return fail("gzip_bomb", fmt::format("{} packed bytes unpack to more than {} times as many",
                                       packed_size, limits.expansion_max));
}

}  // namespace

bool Buffer::make_room(std::size_t wanted) {
  size = 0;
  if (capacity < wanted || bytes == nullptr) {
    bytes.reset();
    bytes.reset(new (std::nothrow) char[std::max<std::size_t>(wanted, 1)]);
    capacity = bytes == nullptr ? 0 : wanted;
  }
  return bytes != nullptr;
}

bool Buffer::grow(std::size_t wanted) {
  if (size == 0) {
    return make_room(wanted);  // nothing to keep: do not hold both
  }
  Buffer bigger;
  if (!bigger.make_room(wanted)) {
    return false;
  }
  std::memcpy(bigger.bytes.get(), bytes.get(), size);
  bigger.size = size;
  *this = std::move(bigger);
  return true;
}

bool is_gzip(std::string_view bytes) { return bytes.starts_with("\x1f\x8b"); }

Result<void> gunzip(std::string_view packed, const GzipLimits& limits, Buffer& out) {
  static constexpr std::size_t kSmallestMember = 18;
  if (packed.size() < kSmallestMember) {
    return fail("bad_gzip", "the gzip file is cut off");
  }
  const std::size_t limit = limit_of(packed.size(), limits);
  const std::size_t first_guess = std::max<std::size_t>(size_hint(packed), packed.size()) + 1;
  // One for each thread: of thousands of small files each would build its tables anew.
  static thread_local const Decompressor decompressor(libdeflate_alloc_decompressor());
  bool has_room = decompressor != nullptr && out.make_room(std::min(limit, first_guess));
  std::string_view rest = packed;
  while (has_room && is_gzip(rest)) {
    std::size_t read = 0;
    std::size_t written = 0;
    const std::size_t room = std::min(out.capacity, limit) - out.size;
    const auto outcome =
        libdeflate_gzip_decompress_ex(decompressor.get(), rest.data(), rest.size(),
                                      out.bytes.get() + out.size, room, &read, &written);
    if (outcome == LIBDEFLATE_SUCCESS) {
      out.size += written;
      rest.remove_prefix(read);
    } else if (outcome != LIBDEFLATE_INSUFFICIENT_SPACE) {
      return fail("bad_gzip", "the gzip file is damaged or cut off");
    } else if (out.capacity >= limit) {
      return too_much(packed.size(), limit, limits);
    } else {
      has_room = out.grow(std::min(limit, out.capacity * 2));
    }
  }
  if (!has_room) {
    return fail("file_too_big", "there is not enough memory to unpack the file");
  }
  const bool is_padded = rest.find_first_not_of('\0') == std::string_view::npos;
  if (rest.size() == packed.size() || !is_padded) {
    return fail("bad_gzip", "what follows the gzip data is none");
  }
  return {};
}

}  // namespace portolan::collect
