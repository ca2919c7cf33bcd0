// Any bytes either unpack to no more than is allowed, or are refused.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "collect/gzip.h"
#include "core/assert.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace collect = portolan::collect;
  constexpr collect::GzipLimits kLimits{.bytes_max = std::size_t{4} << 20, .expansion_max = 200};
  collect::Buffer out;
  const auto outcome = collect::gunzip({reinterpret_cast<const char*>(data), size}, kLimits, out);
  PORTOLAN_ASSERT(out.size <= kLimits.bytes_max);
  PORTOLAN_ASSERT(outcome || !outcome.error().code.empty());
  return 0;
}
