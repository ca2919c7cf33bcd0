#include "store/packing.h"

#include <memory>

#include <libdeflate.h>

namespace portolan::store {

namespace {

constexpr int kLevel = 1;

struct FreeCompressor {
  void operator()(libdeflate_compressor* compressor) const {
    libdeflate_free_compressor(compressor);
  }
};
struct FreeDecompressor {
  void operator()(libdeflate_decompressor* decompressor) const {
    libdeflate_free_decompressor(decompressor);
  }
};

}  // namespace

std::string pack(std::string_view bytes) {
  const std::unique_ptr<libdeflate_compressor, FreeCompressor> compressor(
      libdeflate_alloc_compressor(kLevel));
  std::string packed(libdeflate_gzip_compress_bound(compressor.get(), bytes.size()), '\0');
  packed.resize(libdeflate_gzip_compress(compressor.get(), bytes.data(), bytes.size(),
                                         packed.data(), packed.size()));
  return packed;
}

Result<std::string> unpack(std::string_view packed, std::size_t size) {
  const std::unique_ptr<libdeflate_decompressor, FreeDecompressor> decompressor(
      libdeflate_alloc_decompressor());
  std::string bytes(size, '\0');
  std::size_t written = 0;
  const auto result = libdeflate_gzip_decompress(decompressor.get(), packed.data(), packed.size(),
                                                 bytes.data(), bytes.size(), &written);
  if (result != LIBDEFLATE_SUCCESS || written != size) {
    return fail("store_failed", "a document in the store is damaged");
  }
  return bytes;
}

std::uint32_t checksum(std::string_view bytes) {
  return libdeflate_crc32(0, bytes.data(), bytes.size());
}

}  // namespace portolan::store
