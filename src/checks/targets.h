#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "checks/estate.h"
#include "model/finding.h"

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

/// Every target that is an instance or an address of the snapshot: of the group's VPC, or of one
/// that a peering or a transit gateway joins to it.
std::vector<ServedInterface> served_interfaces(const Context& context);

/// Instances behind a balancer that the internet reaches, with one such balancer.
std::map<InstanceId, const LoadBalancer*> internet_targets(const Context& context);

/// True if the target sees the clients' own addresses, so that its groups must admit these.
/// SOURCE: NLB guide, "Client IP preservation": on by default for instances, and for addresses
/// unless the protocol is TCP or TLS.
bool keeps_client_address(const ServedInterface& served);

/// Targets whose interface nobody knows.
struct UnseenTargets {
  const TargetGroup* group = nullptr;      // null: of a Classic Load Balancer
  const LoadBalancer* balancer = nullptr;  // one that they belong to
  std::string gap;                         // which are not known, and why
};

/// A finding about the target group, or about the Classic Load Balancer.
Finding about(std::string_view check, const UnseenTargets& unseen);

/// Groups whose targets were not collected, and those with targets of which the interface was not.
std::vector<UnseenTargets> unseen_targets(const Context& context);

}  // namespace portolan::checks
