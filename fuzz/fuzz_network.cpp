// VPCs, subnets, NACLs, route tables and gateways: any bytes give a snapshot.

#include <cstddef>
#include <cstdint>

#include "fuzz/support/family.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  portolan::fuzz::decode_family(data, size,
                                {"Vpcs", "Subnets", "NetworkAcls", "RouteTables",
                                 "InternetGateways", "EgressOnlyInternetGateways", "NatGateways",
                                 "VpcPeeringConnections", "VpnGateways", "VpnConnections"});
  return 0;
}
