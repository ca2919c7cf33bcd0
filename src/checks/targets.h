#pragma once

#include <map>
#include <string_view>
#include <vector>

#include "checks/estate.h"

/// Private to the module: what stands behind load balancers.
namespace portolan::checks {

/// One target of a group: the interface that takes the traffic, and on which ports.
struct ServedInterface {
  const NetworkInterface* interface = nullptr;
  const TargetGroup* group = nullptr;  // null: a Classic Load Balancer's instance
  std::vector<const LoadBalancer*> balancers;
  ServiceSet services;  // traffic and health check ports
};

/// The port in the words of ELB: `TCP_UDP` is both, all but UDP and QUIC are tcp.
ServiceSet transport_services(std::string_view protocol, int port);

/// Every target that is an instance or an address of the snapshot.
std::vector<ServedInterface> served_interfaces(const Context& context);

/// Instances behind a balancer that the internet reaches, with one such balancer.
std::map<InstanceId, const LoadBalancer*> internet_targets(const Context& context);

/// True if the target sees the clients' own addresses, so that its groups must admit these.
/// SOURCE: NLB guide, "Client IP preservation": on by default for instances, and for addresses
/// unless the protocol is TCP or TLS.
bool keeps_client_address(const ServedInterface& served);

/// Target groups whose targets were not collected, with the balancers they belong to.
std::vector<const TargetGroup*> uncollected_target_groups(const Context& context);

}  // namespace portolan::checks
