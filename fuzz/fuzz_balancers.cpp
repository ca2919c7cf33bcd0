// Load balancers, listeners, rules and targets: any bytes give a snapshot.

#include <cstddef>
#include <cstdint>

#include "fuzz/support/family.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  portolan::fuzz::decode_family(
      data, size,
      {"LoadBalancers", "LoadBalancerDescriptions", "Listeners", "Rules", "TargetGroups",
       "TargetHealthDescriptions", "Attributes", "LoadBalancerListeners",
       "LoadBalancerTargetHealth", "LoadBalancerAttributes"});
  return 0;
}
