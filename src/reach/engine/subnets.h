#pragma once

#include <cstdint>
#include <vector>

#include "reach/network_index.h"
#include "reach/reach.h"

/// Private to the engine: subnets that packets leave and enter alike.
namespace portolan::reach {

/// A number for each subnet of the snapshot, by its row: subnets of one number have the same VPC,
/// route table and NACL, and the same ways in and out of transit gateways. A subnet that something
/// on the way stands in (a NAT gateway, an attachment, an endpoint) has a number of its own.
std::vector<std::uint32_t> subnet_kinds(const Network& network);

}  // namespace portolan::reach
