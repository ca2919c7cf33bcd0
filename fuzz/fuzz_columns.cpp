// Any bytes are either a chart that is written as it was read, or are refused.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "chart/columns.h"
#include "core/assert.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace chart = portolan::chart;
  const auto read = chart::read_columns({reinterpret_cast<const char*>(data), size});
  if (!read) {
    PORTOLAN_ASSERT(read.error().code == "bad_columns");
    return 0;
  }
  const std::string bytes = chart::columns_of(*read);
  const auto again = chart::read_columns(bytes);
  PORTOLAN_ASSERT(again.has_value());
  PORTOLAN_ASSERT(chart::columns_of(*again) == bytes);
  return 0;
}
