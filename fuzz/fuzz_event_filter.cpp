// Any text is a filter or an error, and judging a call by a filter ends.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/assert.h"
#include "model/event_filter.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto filter = portolan::EventFilter::parse(text)) {
    PORTOLAN_ASSERT(filter->takes("CreateVpc") == filter->takes("CreateVpc"));
  } else {
    PORTOLAN_ASSERT(filter.error().code == "bad_pattern");
  }
  return 0;
}
