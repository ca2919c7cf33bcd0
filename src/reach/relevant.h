#pragma once

#include <vector>

#include "core/ip.h"
#include "reach/reach.h"

/// Private to the module: which address blocks can matter for traffic to or from some places.
namespace portolan::reach {

/// Every CIDR named by something that can filter or route traffic between `places` and hosts out
/// there, sorted, once each: rules of their groups, NACLs, routes and firewalls of their VPCs (and
/// of those behind a transit gateway they route to), the prefix lists these name, transit tables;
/// for a balancer also its targets', which may see the client's address.
/// Two addresses that the same of these blocks contain are treated alike.
/// Cost: linear in the places, their rules, and the tables of the snapshot.
std::vector<IpPrefix> relevant_prefixes(const Network& network, const std::vector<Place>& places);

}  // namespace portolan::reach
