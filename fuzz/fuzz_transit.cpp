// Transit gateways with their attachments and routes: any bytes give a snapshot.

#include <cstddef>
#include <cstdint>

#include "fuzz/support/family.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  portolan::fuzz::decode_family(
      data, size,
      {"TransitGateways", "TransitGatewayAttachments", "TransitGatewayVpcAttachments",
       "TransitGatewayPeeringAttachments", "TransitGatewayRouteTables", "Routes",
       "TransitGatewayRouteTablePropagations", "Associations", "TransitGatewayPrefixListReferences",
       "TransitGatewayStaticRoutes", "TransitGatewayPropagations"});
  return 0;
}
