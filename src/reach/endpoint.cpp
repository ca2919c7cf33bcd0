#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "reach/balancer.h"
#include "reach/connect.h"
#include "reach/endpoint_ports.h"

/// VPC endpoints: what is behind an interface endpoint, and what a gateway endpoint carries.
namespace portolan::reach {

namespace {

/// A provider's service has an id for a name; AWS's own are called by what they do.
bool is_private_link(const VpcEndpoint& endpoint) {
  return endpoint.service_name.find(".vpce-svc-") != std::string::npos;
}

Outcome at_aws_service(const VpcEndpoint& endpoint, const ServiceSet& services) {
  const ServiceSet answered = aws_service_ports(endpoint.service_name);
  const ServiceSet passing = services.intersected(answered);
  if (passing.empty()) {
    return blocked(Direction::Forward, endpoint.id.value, endpoint.service_name,
                   Reason::EndpointServicePort,
                   fmt::format("{} answers on {}", endpoint.service_name, answered.text()));
  }
  return {.passage = Passage::of(passing),
          .hops = {{.direction = Direction::Forward,
                    .component = endpoint.id.value,
                    .rule = endpoint.service_name,
                    .reason = Reason::Passed,
                    .passage = Passage::of(passing),
                    .detail = "the AWS service behind the endpoint answers"}},
          .assumptions = {}};
}

const EndpointService* service_of(const Snapshot& snapshot, const VpcEndpoint& endpoint) {
  const auto services = snapshot.all<EndpointService>();
  const auto found = std::find_if(services.begin(), services.end(), [&](const auto& service) {
    return service.service_name == endpoint.service_name ||
           endpoint.service_name.ends_with("." + service.id.value);
  });
  return found == services.end() ? nullptr : &*found;
}

/// PrivateLink leads one way, to the provider's Network Load Balancers. They do not show the
/// client's address to their targets. SOURCE: PrivateLink guide, "Concepts"; Network Load Balancer
/// guide, "Client IP preservation".
Outcome at_provider(const Network& network, const End& from, const VpcEndpoint& endpoint,
                    const NetworkInterface& interface, const ServiceSet& services, int depth) {
  const Snapshot& snapshot = network.snapshot();
  const EndpointService* service = service_of(snapshot, endpoint);
  if (service == nullptr) {
    return undecided(Direction::Forward, endpoint.id.value, endpoint.service_name,
                     Reason::PeerNotCollected,
                     fmt::format("the provider of {} was not collected: {}", endpoint.service_name,
                                 call_of(Noun::EndpointServices)),
                     services);
  }
  const Subnet* subnet = snapshot.find(interface.subnet);
  const BalancerVisit visit{.is_private_link = true,
                            .zone_id = subnet == nullptr ? "" : subnet->zone_id,
                            .is_private_only = true,
                            .depth = depth + 1};
  Outcome best = blocked(Direction::Forward, service->id.value, "", Reason::BalancerNoTarget,
                         fmt::format("{} has no load balancer", service->id.value));
  for (const LoadBalancerId& id : service->balancers) {
    const LoadBalancer* balancer = snapshot.find(id);
    Outcome outcome = balancer == nullptr
                          ? undecided(Direction::Forward, id.value, "", Reason::NotCollected,
                                      fmt::format("{} was not collected: {}", id.value,
                                                  call_of(Noun::LoadBalancers)),
                                      services)
                          : visit_balancer(network, from, *balancer, {}, services, visit);
    best = id == service->balancers.front() ? std::move(outcome)
                                            : beside(std::move(best), std::move(outcome));
  }
  Outcome result{.passage = Passage::of(services),
                 .hops = {{.direction = Direction::Forward,
                           .component = endpoint.id.value,
                           .rule = endpoint.service_name,
                           .reason = Reason::Passed,
                           .passage = Passage::of(services),
                           .detail = fmt::format("over PrivateLink to {}", service->id.value)}},
                 .assumptions = {}};
  result.then(std::move(best));
  return result;
}

}  // namespace

Outcome visit_endpoint(const Network& network, const End& from, const VpcEndpoint& endpoint,
                       const NetworkInterface& interface, const ServiceSet& services, int depth) {
  if (depth >= kMiddleHopsMax) {
    return undecided(Direction::Forward, endpoint.id.value, "", Reason::OutOfScope,
                     fmt::format("more than {} balancers and endpoints in a row", kMiddleHopsMax),
                     services);
  }
  if (!endpoint.is_available) {
    return blocked(Direction::Forward, endpoint.id.value, "", Reason::EndpointUnavailable,
                   fmt::format("{} is not available", endpoint.id.value));
  }
  const auto address = private_address(interface, from.address.family());
  if (!address) {
    return blocked(Direction::Forward, interface.id.value, "", Reason::AddressFamilyMismatch,
                   fmt::format("{} has no address that {} could ask for", interface.id.value,
                               from.address.text()));
  }
  End door;
  door.interface = &interface;
  door.address = *address;
  Outcome outcome = carry(network, from, door, services);
  const ServiceSet arrived = outcome.passage.possible();
  if (arrived.empty()) {
    return outcome;
  }
  if (endpoint.kind != EndpointKind::Interface) {
    outcome.then(
        undecided(Direction::Forward, endpoint.id.value, endpoint.service_name, Reason::OutOfScope,
                  fmt::format("what lies behind {} is not modelled", endpoint.id.value), arrived));
  } else if (is_private_link(endpoint)) {
    outcome.then(at_provider(network, from, endpoint, interface, arrived, depth));
  } else {
    outcome.then(at_aws_service(endpoint, arrived));
  }
  return outcome;
}

Outcome through_endpoint(const Network& network, const End& from, const VpcEndpoint& endpoint,
                         const NetworkInterface& interface, const ServiceSet& services) {
  return visit_endpoint(network, from, endpoint, interface, services, 0);
}

/// SOURCE: VPC Reachability Analyzer guide, "Explanation codes",
/// VPCE_GATEWAY_PROTOCOL_RESTRICTION: TCP and ICMP echo requests only.
Outcome gateway_endpoint_filter(const Network& network, const VpcEndpoint& endpoint,
                                const ServiceSet& services) {
  (void)network;
  static const ServiceSet kCarried = ServiceSet::protocol(kProtocolTcp)
                                         .united(ServiceSet::icmp(8))
                                         .united(ServiceSet::icmpv6(128));
  const std::string& id = endpoint.id.value;
  if (!endpoint.is_available) {
    return blocked(Direction::Forward, id, "", Reason::EndpointUnavailable,
                   fmt::format("{} is not available", id));
  }
  const ServiceSet passing = services.intersected(kCarried);
  if (passing.empty()) {
    return blocked(Direction::Forward, id, "", Reason::GatewayEndpointProtocol,
                   "a gateway endpoint carries tcp and icmp echo only");
  }
  return {.passage = Passage::of(passing),
          .hops = {{.direction = Direction::Forward,
                    .component = id,
                    .rule = endpoint.service_name,
                    .reason = Reason::Passed,
                    .passage = Passage::of(passing),
                    .detail = "by the gateway endpoint"}},
          .assumptions = {}};
}

}  // namespace portolan::reach
