// Groups, their rules and associations: any bytes give a snapshot, however incomplete.

#include <cstddef>
#include <cstdint>

#include "fuzz/support/family.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  portolan::fuzz::decode_family(
      data, size, {"SecurityGroups", "SecurityGroupRules", "SecurityGroupVpcAssociations"});
  return 0;
}
