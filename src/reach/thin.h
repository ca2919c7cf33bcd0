#pragma once

#include "reach/pairs.h"

/// Private to the module: large questions made small.
namespace portolan::reach {

/// Leaves only two of all interfaces that nothing on the way between the two sides can tell apart:
/// same subnet, groups, kind and state, and addresses that the same blocks contain. What is asked
/// over all pairs has the same answer over those that stay, for the first member of a kind stays,
/// and with the second also a pair of two members.
/// An interface stays if its identity matters: as a gateway's, or a balancer's node, as a route's
/// target, or because its instance has others.
/// Cost: linear in the places and the tables that can matter for them.
void thin(const Network& network, Pairs& pairs);

}  // namespace portolan::reach
