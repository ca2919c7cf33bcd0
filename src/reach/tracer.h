#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ip.h"
#include "core/service.h"
#include "model/snapshot.h"
#include "reach/answer.h"
#include "reach/network_index.h"
#include "reach/reach.h"

/// Private to the module: the pieces that `trace` is put together from.
namespace portolan::reach {

/// What came of one way, or of one part of it.
struct Outcome {
  Passage passage;
  std::vector<Hop> hops;
  std::vector<std::string> assumptions;

  /// Appends `next`, which begins where this one ended.
  void then(Outcome next);
  /// The passage is what `next` lets through of it.
  void narrow(const Passage& next);
  /// Adds an assumption, once.
  void assume(std::string text);
};

/// A hop that blocks everything, as an outcome.
Outcome blocked(Direction direction, std::string component, std::string rule, Reason reason,
                std::string detail);
/// A hop that a gap makes unknown for `services`.
Outcome undecided(Direction direction, std::string component, std::string rule, Reason reason,
                  std::string detail, const ServiceSet& services);

/// One end of a connection on the network layer.
struct End {
  const NetworkInterface* interface = nullptr;  // null: a host that the snapshot does not own
  IpAddress address;  // private, or public: then packets to it go over the internet gateway
  /// What filters see as the source instead of `address`, where routing still goes to `address`: a
  /// Network Load Balancer that keeps the client's address. References to groups are still matched
  /// by the groups of `interface`, the balancer's node.
  std::optional<IpAddress> seen_as;
  bool skips_groups_of_source = false;  // do not check egress rules at this end
  bool skips_groups_of_target = false;  // do not check ingress rules at this end
  /// The subnet's NACL is checked outbound even if the other end is in the same subnet: a Classic
  /// Load Balancer's node.
  bool checks_acl_in_subnet = false;
};

/// One network-layer connection, both directions: groups at both ends, NACLs, routes, gateways and
/// NAT on the way. `to` is an interface that accepts connections itself, or a host out there; it
/// knows nothing of balancers or endpoint services behind the interface.
Outcome carry(const Network& network, const End& from, const End& to, const ServiceSet& services);

/// A connection to a load balancer and on to a target. `to` is the node and the address it is asked
/// by; without an interface it is any node, by any of its addresses. `from` as for `carry`.
/// Defined in balancer.cpp.
Outcome through_balancer(const Network& network, const End& from, const LoadBalancer& balancer,
                         const End& to, const ServiceSet& services);

/// A connection to an interface endpoint's interface and what is behind it: an AWS service, or the
/// provider's balancer over PrivateLink. Defined in endpoint.cpp.
Outcome through_endpoint(const Network& network, const End& from, const VpcEndpoint& endpoint,
                         const NetworkInterface& interface, const ServiceSet& services);

/// What a gateway endpoint (S3, DynamoDB) lets pass of `services`. Defined in endpoint.cpp.
Outcome gateway_endpoint_filter(const Network& network, const VpcEndpoint& endpoint,
                                const ServiceSet& services);

/// What the firewall or appliances behind a Gateway Load Balancer endpoint let pass, three-valued.
/// Defined in firewall.cpp.
Outcome endpoint_appliance_filter(const Network& network, const VpcEndpoint& endpoint,
                                  Direction direction, const IpAddress& source,
                                  const IpAddress& destination, const ServiceSet& services);

/// How traffic gets between a subnet and the internet. `NatGateway`: the packet is a NAT gateway's
/// own, on its way to the internet gateway.
enum class PublicGateway : std::uint8_t { InternetGateway, NatGateway, EgressOnly };

/// What VPC Block Public Access lets pass between `subnet` and the internet. `inbound`: the
/// connection was opened from the internet. Nothing: it does not block.
/// Defined in block_public_access.cpp.
std::optional<Hop> public_access_block(const Network& network, const Vpc& vpc, const Subnet* subnet,
                                       bool inbound, PublicGateway gateway);

}  // namespace portolan::reach
