#include "reach/members.h"

#include <algorithm>

#include "reach/network_index.h"

namespace portolan::reach {

namespace {

Place place_of(const NetworkInterface& interface) {
  return {.kind = Place::Kind::Interface, .id = interface.id.value, .address = std::nullopt};
}

std::vector<Place> places_of(const std::vector<const NetworkInterface*>& interfaces) {
  std::vector<Place> places;
  places.reserve(interfaces.size());
  for (const NetworkInterface* interface : interfaces) {
    places.push_back(place_of(*interface));
  }
  return places;
}

}  // namespace

std::vector<Place> members(const Network& /*network*/, const NetworkInterface& interface) {
  return {place_of(interface)};
}

std::vector<Place> members(const Network& network, const Instance& instance) {
  return places_of(network.index().interfaces_of(instance.id));
}

std::vector<Place> members(const Network& network, const SecurityGroup& group) {
  return places_of(network.index().interfaces_of(group.id));
}

std::vector<Place> members(const Network& network, const Subnet& subnet) {
  return places_of(network.index().interfaces_of(subnet.id));
}

std::vector<Place> members(const Network& network, const Vpc& vpc) {
  std::vector<Place> places;
  for (const NetworkInterface& interface : network.snapshot().all<NetworkInterface>()) {
    if (interface.vpc == vpc.id) {
      places.push_back(place_of(interface));
    }
  }
  for (const LoadBalancer& balancer : network.snapshot().all<LoadBalancer>()) {
    if (balancer.vpc == vpc.id && lacks_nodes(network, balancer)) {
      places.push_back(members(network, balancer).front());
    }
  }
  return places;
}

std::vector<Place> members(const Network& /*network*/, const LoadBalancer& balancer) {
  return {{.kind = Place::Kind::Balancer, .id = balancer.id.value, .address = std::nullopt}};
}

/// SOURCE: RDS guide: the interfaces that RDS manages are described as `RDSNetworkInterface`.
std::vector<Place> members(const Network& network, const DbInstance& database) {
  std::vector<SecurityGroupId> groups = database.groups;
  std::sort(groups.begin(), groups.end());
  std::vector<Place> places;
  for (const SubnetId& subnet : database.subnets) {
    for (const NetworkInterface* interface : network.index().interfaces_of(subnet)) {
      if (interface->description == "RDSNetworkInterface" && interface->groups == groups) {
        places.push_back(place_of(*interface));
      }
    }
  }
  return places;
}

std::vector<Place> members(const Network& network, const NatGateway& nat) {
  std::vector<Place> places;
  for (const NatAddress& address : nat.addresses) {
    if (const auto* interface = network.snapshot().find(address.interface); interface != nullptr) {
      places.push_back(place_of(*interface));
    }
  }
  return places;
}

std::vector<Place> members(const Network& network, const VpcEndpoint& endpoint) {
  std::vector<Place> places;
  for (const NetworkInterfaceId& id : endpoint.interfaces) {
    if (const auto* interface = network.snapshot().find(id); interface != nullptr) {
      places.push_back(place_of(*interface));
    }
  }
  return places;
}

bool lacks_nodes(const Network& network, const LoadBalancer& balancer) {
  return balancer.kind != BalancerKind::Gateway && network.index().nodes_of(balancer.id).empty();
}

}  // namespace portolan::reach
