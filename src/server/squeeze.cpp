#include "server/squeeze.h"

#include <algorithm>
#include <memory>

#include <libdeflate.h>

#include "core/text.h"

namespace portolan::server {
namespace {

constexpr int kLevel = 6;
constexpr std::size_t kWorthIt = 1024;

}  // namespace

bool accepts(std::string_view header, std::string_view coding) {
  for (const std::string_view part : split(header, ',')) {
    const std::string_view name = trimmed(part.substr(0, part.find(';')));
    const std::string_view rest = part.substr(std::min(part.find(';'), part.size()));
    const bool is_refused = rest.find("q=0") != std::string_view::npos &&
                            rest.find_first_of("123456789") == std::string_view::npos;
    if (name == coding) {
      return !is_refused;
    }
  }
  return false;
}

std::optional<std::string> gzipped(std::string_view bytes) {
  if (bytes.size() < kWorthIt) {
    return std::nullopt;
  }
  const std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)> compressor(
      libdeflate_alloc_compressor(kLevel), &libdeflate_free_compressor);
  if (!compressor) {
    return std::nullopt;
  }
  std::string packed(bytes.size(), '\0');
  const std::size_t size = libdeflate_gzip_compress(compressor.get(), bytes.data(), bytes.size(),
                                                    packed.data(), packed.size());
  if (size == 0) {
    return std::nullopt;
  }
  packed.resize(size);
  return packed;
}

}  // namespace portolan::server
