// The scan by vector instructions finds what the plain one finds, in any bytes. What it finds lies
// in the text, in order.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/assert.h"
#include "events/scan/scan.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using portolan::events::RecordSpan;
  using portolan::events::Scan;
  using portolan::events::scan_records;
  using portolan::events::ScanMethod;
  using portolan::events::ScanRequest;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const bool is_list : {false, true}) {
    ScanRequest request{.text = text, .begin = 0, .is_list = is_list};
    const Scan fast = scan_records(request);
    request.method = ScanMethod::Plain;
    PORTOLAN_ASSERT(fast == scan_records(request));
    std::size_t end = 0;
    for (const RecordSpan& hit : fast.hits) {
      PORTOLAN_ASSERT(hit.begin >= end && hit.begin <= hit.mark);
      PORTOLAN_ASSERT(hit.mark < hit.end && hit.end <= size);
      PORTOLAN_ASSERT(hit.number < fast.records);
      end = hit.end;
    }
    PORTOLAN_ASSERT(fast.place <= size && fast.floor <= size);
  }
  return 0;
}
