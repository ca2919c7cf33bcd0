// Any bytes either unpack to no more than is allowed, or are refused.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "collect/gzip.h"
#include "core/assert.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace collect = portolan::collect;
  constexpr collect::GzipLimits kLimits{.bytes_max = std::size_t{4} << 20, .expansion_max = 200};
  const auto buffer = collect::gunzip({reinterpret_cast<const char*>(data), size}, kLimits);
  if (buffer) {
    PORTOLAN_ASSERT(buffer->size <= kLimits.bytes_max);
  } else {
    PORTOLAN_ASSERT(!buffer.error().code.empty());
  }
  return 0;
}
