#pragma once

#include <string_view>
#include <vector>

#include "reach/reach.h"

/// Private to the module: the places that belong to a resource, and the names it goes by.
namespace portolan::reach {

std::vector<Place> members(const Network& network, const NetworkInterface& interface);
std::vector<Place> members(const Network& network, const Instance& instance);
std::vector<Place> members(const Network& network, const SecurityGroup& group);
std::vector<Place> members(const Network& network, const Subnet& subnet);
/// Interfaces in the VPC, and its balancers of which no interface was collected.
std::vector<Place> members(const Network& network, const Vpc& vpc);
/// The balancer itself.
std::vector<Place> members(const Network& network, const LoadBalancer& balancer);
/// The interfaces that RDS made for the database, as far as they can be told: in its subnets, with
/// its groups.
std::vector<Place> members(const Network& network, const DbInstance& database);
std::vector<Place> members(const Network& network, const NatGateway& nat);
std::vector<Place> members(const Network& network, const VpcEndpoint& endpoint);

using Names = std::vector<std::string_view>;

/// The `Name` tag, and the name that the resource's own service gives it. Some may be empty.
template <class Resource>
Names names_of(const Resource& resource) {
  return {resource.owned.name()};
}
inline Names names_of(const SecurityGroup& group) { return {group.group_name, group.owned.name()}; }
inline Names names_of(const LoadBalancer& balancer) {
  return {balancer.balancer_name, balancer.owned.name()};
}
inline Names names_of(const DbInstance& database) {
  return {database.identifier, database.owned.name()};
}

/// True if the snapshot knows the balancer, but none of its nodes, so that only the balancer itself
/// can stand for it.
bool lacks_nodes(const Network& network, const LoadBalancer& balancer);

}  // namespace portolan::reach
