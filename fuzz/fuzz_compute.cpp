// Interfaces, instances, addresses and databases: any bytes give a snapshot.

#include <cstddef>
#include <cstdint>

#include "fuzz/support/family.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  portolan::fuzz::decode_family(
      data, size, {"NetworkInterfaces", "Reservations", "Instances", "Addresses", "DBInstances"});
  return 0;
}
