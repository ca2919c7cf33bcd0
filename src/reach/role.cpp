#include <string_view>

#include "reach/connect.h"

namespace portolan::reach {

namespace {

bool starts_like(const NetworkInterface& interface, std::string_view description) {
  return std::string_view(interface.description).starts_with(description);
}

}  // namespace

/// SOURCE: EC2 API, NetworkInterface, InterfaceType; the descriptions are what the services write.
InterfaceRole role_of(const Network& network, const NetworkInterface& interface) {
  const NetworkIndex& index = network.index();
  const std::string& type = interface.interface_type;
  if (type == "nat_gateway" || index.nat_of(interface.id) != nullptr) {
    return InterfaceRole::Nat;
  }
  if (type == "transit_gateway" || type == "gateway_load_balancer" ||
      type == "gateway_load_balancer_endpoint" ||
      starts_like(interface, "Network Interface for Transit Gateway Attachment")) {
    return InterfaceRole::Forwarder;
  }
  if (const VpcEndpoint* endpoint = index.endpoint_of(interface.id); endpoint != nullptr) {
    return endpoint->kind == EndpointKind::GatewayLoadBalancer ? InterfaceRole::Forwarder
                                                               : InterfaceRole::Endpoint;
  }
  if (type == "vpc_endpoint" || starts_like(interface, "VPC Endpoint Interface")) {
    return InterfaceRole::UnknownEndpoint;
  }
  if (index.balancer_of(interface.id) != nullptr) {
    return InterfaceRole::Node;
  }
  const bool is_made_by_elb = starts_like(interface, "ELB ") && interface.requester == "amazon-elb";
  if (type == "load_balancer" || type == "network_load_balancer" || is_made_by_elb) {
    return InterfaceRole::UnknownNode;
  }
  return InterfaceRole::Host;
}

}  // namespace portolan::reach
