// Endpoints, services, prefix lists and public-access blocks: any bytes give a snapshot.

#include <cstddef>
#include <cstdint>

#include "fuzz/support/family.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  portolan::fuzz::decode_family(data, size,
                                {"VpcEndpoints", "ServiceConfigurations", "PrefixLists", "Entries",
                                 "VpcBlockPublicAccessOptions", "VpcBlockPublicAccessExclusions"});
  return 0;
}
