#include <algorithm>
#include <optional>
#include <utility>

#include "reach/network_index.h"
#include "reach/walker.h"

/// The walk's steps in and out of a VPC: internet, NAT, VPN and peering.
namespace portolan::reach {

namespace {

bool holds(const std::vector<IpPrefix>& blocks, const IpAddress& address) {
  return std::any_of(blocks.begin(), blocks.end(),
                     [&](const IpPrefix& block) { return block.contains(address); });
}

std::optional<IpAddress> public_address_of(const NetworkInterface& interface,
                                           const IpAddress& private_ip) {
  for (const InterfaceAddress& address : interface.addresses) {
    if (address.private_ip == private_ip) {
      return address.public_ip;
    }
  }
  return std::nullopt;
}

/// The mapping of a NAT gateway's own interface stands in the gateway's document.
std::optional<IpAddress> public_address_of(const NatGateway& nat, const IpAddress& private_ip) {
  for (const NatAddress& address : nat.addresses) {
    if (address.private_ip == private_ip) {
      return address.public_ip;
    }
  }
  return std::nullopt;
}

std::optional<IpAddress> private_address_of(const NetworkInterface& interface,
                                            const IpAddress& public_ip) {
  for (const InterfaceAddress& address : interface.addresses) {
    if (address.public_ip == public_ip) {
      return address.private_ip;
    }
  }
  return std::nullopt;
}

}  // namespace

/// An internet gateway translates one to one: without a public mapping nothing leaves by it.
/// False if the walk ends here.
bool Walker::translate_source(const Vpc& vpc, const std::string& gateway, const std::string& rule) {
  if (!header_.source.is_v4()) {
    if (header_.source.is_public()) {
      return true;
    }
    block(gateway, rule, Reason::PublicAddressSourceCheck, "{} is not a global address",
          header_.source);
    return false;
  }
  const NetworkInterface* sender = index_.interface_at(vpc.id, header_.source);
  const NatGateway* nat = sender == nullptr ? nullptr : index_.nat_of(sender->id);
  auto mapped = sender == nullptr ? std::nullopt : public_address_of(*sender, header_.source);
  if (nat != nullptr && !mapped) {
    mapped = public_address_of(*nat, header_.source);
  }
  if (nat != nullptr && !nat->is_public) {
    block(gateway, rule, Reason::PrivateNatToInternet, "{} is a private NAT gateway",
          nat->id.value);
    return false;
  }
  if (!mapped) {
    block(gateway, rule, Reason::NoPublicAddress, "{} has no public IPv4 address", header_.source);
    return false;
  }
  header_.source = *mapped;
  return true;
}

/// Most accounts have never turned it on, so where it was not collected it is taken to be off: that
/// can show more open than is, never less. False if the walk ends here.
bool Walker::check_public_access(const Vpc& vpc, const Subnet* subnet, bool inbound,
                                 PublicGateway gateway) {
  if (auto hop = public_access_block(network_, vpc, subnet, inbound, gateway)) {
    story_.then({.passage = hop->passage, .hops = {*hop}, .assumptions = {}});
    return false;
  }
  const auto& [account, region, tags] = vpc.owned;
  if (!snapshot_.coverage().has(Noun::BlockPublicAccess, account, region)) {
    story_.assume("VPC block public access is off in {} {}, where {} was not collected", account,
                  region, call_of(Noun::BlockPublicAccess));
  }
  return true;
}

void Walker::out_by_internet_gateway(const RouteTarget& target, const std::string& rule,
                                     const Vpc& vpc, const Subnet* subnet) {
  const InternetGateway* gateway = snapshot_.find(InternetGatewayId{target.id});
  if (gateway != nullptr &&
      std::find(gateway->vpcs.begin(), gateway->vpcs.end(), vpc.id) == gateway->vpcs.end()) {
    block(target.id, rule, Reason::GatewayNotAttached, "{} is not attached to {}", target.id,
          vpc.id.value);
    return;
  }
  if (gateway == nullptr) {
    story_.assume("{} is attached to {}, since a route names it", target.id, vpc.id.value);
  }
  if (!translate_source(vpc, target.id, rule)) {
    return;
  }
  if (is_forward()) {
    if (!check_public_access(vpc, subnet, false, setting_.exits_as)) {
      return;
    }
  }
  pass(target.id, "", "out to the internet as {}", header_.source);
  arrival_.crossing.hides_private_addresses = true;
  onto_internet({.kind = Edge::Kind::Internet, .gateway = target.id, .transit = {}});
}

/// Egress-only gateways are stateful: replies to connections from inside come back, nothing else.
/// SOURCE: VPC guide, "Egress-only internet gateways".
void Walker::out_by_egress_only_gateway(const RouteTarget& target, const std::string& rule,
                                        const Vpc& vpc, const Subnet* subnet) {
  if (!is_forward()) {
    block(target.id, rule, Reason::EgressOnlyOutbound,
          "an egress-only internet gateway lets no connection in");
    return;
  }
  if (header_.source.is_v4() || !header_.source.is_public()) {
    block(target.id, rule, Reason::AddressFamilyMismatch,
          "an egress-only internet gateway carries global IPv6 addresses only");
    return;
  }
  if (!check_public_access(vpc, subnet, false, PublicGateway::EgressOnly)) {
    return;
  }
  pass(target.id, "", "out to the internet");
  arrival_.crossing.hides_private_addresses = true;
  arrival_.egress_only_gateway = target.id;
  onto_internet({.kind = Edge::Kind::EgressOnlyInternet, .gateway = target.id, .transit = {}});
}

/// The packet is on the public internet: its destination may be ours again.
void Walker::onto_internet(const Edge& edge) {
  const NetworkInterface* target = index_.interface_of_public(header_.destination);
  if (target != nullptr) {
    in_by_internet_gateway(*target);
    return;
  }
  if (!header_.destination.is_public()) {
    block(edge.gateway, "", Reason::NoRoute, "{} is not an address of the internet",
          header_.destination);
    return;
  }
  arrival_.kind = Arrival::Kind::Outside;
  arrival_.edge = edge;
  arrival_.header = header_;
}

void Walker::in_by_internet_gateway(const NetworkInterface& target) {
  const Vpc* vpc = snapshot_.find(target.vpc);
  if (vpc == nullptr || !budget_left()) {
    unknown(target.vpc.value, "", Reason::NotCollected, "{} was not collected: ec2 describe-vpcs",
            target.vpc.value);
    return;
  }
  if (!setting_.egress_only_gateway.empty()) {
    // That gateway keeps state: the reply comes back by it, whatever else the VPC has.
    pass(setting_.egress_only_gateway, "", "back to {}", target.id.value);
    at_ = nullptr;
    deliver(*vpc);
    return;
  }
  const InternetGateway* gateway = index_.internet_gateway_of(vpc->id);
  if (gateway == nullptr) {
    const auto& [account, region, tags] = vpc->owned;
    if (snapshot_.coverage().has(Noun::InternetGateways, account, region)) {
      block(vpc->id.value, "", Reason::GatewayNotAttached, "{} has no internet gateway",
            vpc->id.value);
    } else {
      unknown(vpc->id.value, "", Reason::NotCollected,
              "internet gateways were not collected: ec2 describe-internet-gateways");
    }
    return;
  }
  if (is_forward()) {
    const Subnet* subnet = snapshot_.find(target.subnet);
    if (!check_public_access(*vpc, subnet, true, PublicGateway::InternetGateway)) {
      return;
    }
  }
  if (header_.destination.is_v4()) {
    const auto inside = private_address_of(target, header_.destination);
    header_.destination = inside.value_or(header_.destination);
  }
  pass(gateway->id.value, "", "in from the internet to {}", target.id.value);
  arrival_.crossing.hides_private_addresses = true;
  at_ = nullptr;
  in_by_edge_table(gateway->id.value, *vpc);
}

/// A gateway with a route table of its own can send inbound traffic to an appliance first.
/// SOURCE: VPC guide, "Gateway route tables".
void Walker::in_by_edge_table(std::string_view gateway, const Vpc& vpc) {
  at_ = nullptr;
  const RouteTable* table = index_.edge_table_of(gateway);
  if (table == nullptr) {
    deliver(vpc);
    return;
  }
  const RouteChoice choice =
      choose_route(network_, *table, header_.destination, setting_.consulted);
  if (choice.kind == RouteChoice::Kind::None) {
    deliver(vpc);
    return;
  }
  follow(choice, *table, vpc, nullptr);
}

void Walker::out_by_nat(const RouteTarget& target, const std::string& rule, const Vpc& vpc) {
  const NatGateway* nat = snapshot_.find(NatGatewayId{target.id});
  if (nat == nullptr) {
    unknown(target.id, rule, Reason::NotCollected,
            "{} was not collected: ec2 describe-nat-gateways", target.id);
    return;
  }
  if (!nat->is_available || nat->addresses.empty()) {
    block(target.id, rule, Reason::NatUnavailable, "{} is not available", target.id);
    return;
  }
  if (nat->vpc != vpc.id) {
    block(target.id, rule, Reason::NatSourceOutsideVpc, "{} is in another VPC", target.id);
    return;
  }
  if (!is_forward()) {
    block(target.id, rule, Reason::AsymmetricReturn,
          "the reply leaves by {}, which knows of no such connection", target.id);
    return;
  }
  const NetworkInterface* interface = snapshot_.find(nat->addresses.front().interface);
  if (interface == nullptr && !nat->is_regional) {
    unknown(target.id, rule, Reason::NotCollected,
            "the interface of {} was not collected: ec2 describe-network-interfaces", target.id);
    return;
  }
  const Subnet* subnet = interface == nullptr ? nullptr : snapshot_.find(interface->subnet);
  if (subnet != nullptr && subnet != at_) {
    check_acl(*subnet, false);
  }
  arrival_ = {.kind = Arrival::Kind::Nat,
              .interface = interface,
              .nat = nat,
              .edge = {},
              .header = header_,
              .crossing = arrival_.crossing};
}

void Walker::out_by_vpn_gateway(const RouteTarget& target, const std::string& rule) {
  pass(target.id, "", "out over the VPN gateway");
  (void)rule;
  arrival_.kind = Arrival::Kind::Outside;
  arrival_.edge = {.kind = Edge::Kind::VpnGateway, .gateway = target.id, .transit = {}};
  arrival_.header = header_;
}

/// Peering joins two VPCs and nothing behind them.
/// SOURCE: VPC peering guide, "Unsupported VPC peering configurations".
void Walker::over_peering(const RouteTarget& target, const std::string& rule, const Vpc& vpc) {
  const VpcPeering* peering = snapshot_.find(VpcPeeringId{target.id});
  if (peering == nullptr) {
    unknown(target.id, rule, Reason::NotCollected,
            "{} was not collected: ec2 describe-vpc-peering-connections", target.id);
    return;
  }
  if (!peering->is_active) {
    block(target.id, rule, Reason::PeeringInactive, "{} is not active", target.id);
    return;
  }
  const bool is_requester = peering->requester.vpc == vpc.id;
  const PeeringSide& other = is_requester ? peering->accepter : peering->requester;
  if (!holds(vpc.cidrs, header_.source)) {
    block(target.id, rule, Reason::PeeringEdgeToEdge, "{} is not an address of {}", header_.source,
          vpc.id.value);
    return;
  }
  const Vpc* peer = snapshot_.find(other.vpc);
  const std::vector<IpPrefix>& blocks = peer == nullptr ? other.cidrs : peer->cidrs;
  if (!blocks.empty() && !holds(blocks, header_.destination)) {
    block(target.id, rule, Reason::PeeringNotTransitive, "{} is not an address of {}",
          header_.destination, other.vpc.value);
    return;
  }
  if (peer == nullptr) {
    unknown(target.id, rule, Reason::PeerNotCollected, "{} of account {} was not collected",
            other.vpc.value, other.account);
    return;
  }
  pass(target.id, "", "over the peering to {}", peer->id.value);
  arrival_.crossing.peering = peering;
  arrival_.crossing.is_cross_region = peering->requester.region != peering->accepter.region;
  at_ = nullptr;
  deliver(*peer);
}

}  // namespace portolan::reach
