// Flow logs, trails, filters, alarms, subscriptions, event rules, published ranges: any bytes give
// a snapshot.

#include <cstddef>
#include <cstdint>

#include "fuzz/support/family.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  portolan::fuzz::decode_family(
      data, size,
      {"FlowLogs", "trailList", "IsLogging", "EventSelectors", "AdvancedEventSelectors",
       "metricFilters", "MetricAlarms", "Subscriptions", "Rules", "prefixes", "ipv6_prefixes"});
  return 0;
}
