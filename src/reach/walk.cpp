#include "reach/walk.h"

#include <algorithm>
#include <utility>

#include "reach/network_index.h"
#include "reach/walker.h"

namespace portolan::reach {

namespace {

constexpr int kDecisionsMax = 32;

bool holds(const std::vector<IpPrefix>& blocks, const IpAddress& address) {
  return std::any_of(blocks.begin(), blocks.end(),
                     [&](const IpPrefix& block) { return block.contains(address); });
}

}  // namespace

Walker::Walker(const Network& network, const WalkSetting& setting, const Header& header)
    : network_(network),
      snapshot_(network.snapshot()),
      index_(network.index()),
      setting_(setting),
      header_(header),
      story_(setting.services, setting.tells) {}

Walked Walker::take() {
  return {std::move(story_.outcome()), std::move(arrival_), std::move(passed_over_)};
}

bool Walker::budget_left() {
  ++decisions_;
  if (decisions_ <= kDecisionsMax) {
    return true;
  }
  block("", "", Reason::NoRoute, "routes send {} in a circle", header_.destination);
  return false;
}

void Walker::check_acl(const Subnet& subnet, bool is_egress) {
  story_.then(acl_filter(
      network_,
      {.subnet = &subnet,
       .is_egress = is_egress,
       .peer = is_egress ? header_.destination_for_filters() : header_.source_for_filters(),
       .direction = setting_.direction,
       .ports = setting_.ports,
       .replies = &replies_,
       .tells = setting_.tells,
       .consulted = setting_.consulted},
      setting_.services));
}

Walked Walker::from_interface(const NetworkInterface& interface) {
  const Subnet* subnet = snapshot_.find(interface.subnet);
  zone_ = interface.zone;
  if (subnet == nullptr) {
    unknown(interface.id.value, "", Reason::NotCollected,
            "the subnet {} of {} was not collected: ec2 describe-subnets", interface.subnet.value,
            interface.id.value);
    return take();
  }
  at_ = subnet;
  if (holds(subnet->cidrs, header_.destination)) {
    const Vpc* vpc = snapshot_.find(subnet->vpc);
    if (setting_.checks_acl_in_subnet) {
      check_acl(*subnet, true);
    }
    if (vpc == nullptr) {
      unknown(subnet->id.value, "", Reason::NotCollected, "{} was not collected: ec2 describe-vpcs",
              subnet->vpc.value);
    } else {
      deliver(*vpc);
    }
  } else {
    route_in(*subnet);
  }
  return take();
}

/// The packet leaves `subnet`, whose NACL and route table decide.
void Walker::route_in(const Subnet& subnet) {
  if (!budget_left()) {
    return;
  }
  const Vpc* vpc = snapshot_.find(subnet.vpc);
  if (vpc == nullptr) {
    unknown(subnet.id.value, "", Reason::NotCollected, "{} was not collected: ec2 describe-vpcs",
            subnet.vpc.value);
    return;
  }
  // Out of a transit gateway into the destination's own subnet no NACL is checked at all.
  const bool stays = transit_subnet_ == &subnet && holds(subnet.cidrs, header_.destination);
  if (!stays) {
    check_acl(subnet, true);
  }
  const RouteTable* table = index_.route_table_of(subnet);
  if (table == nullptr) {
    unknown(subnet.id.value, "", Reason::NotCollected,
            "the route table of {} was not collected: ec2 describe-route-tables", subnet.id.value);
    return;
  }
  if (!is_dead()) {
    follow(choose_route(network_, *table, header_.destination, setting_.consulted), *table, *vpc,
           &subnet);
  }
}

void Walker::follow(const RouteChoice& choice, const RouteTable& table, const Vpc& vpc,
                    const Subnet* subnet) {
  if (choice.passed_over != nullptr) {
    passed_over_ = {.services = story_.passage().possible(), .gap = {}};
    if (setting_.tells) {
      story_.outcome().assume(choice.assumption());
      passed_over_->gap = choice.unread_list();
    }
  }
  if (choice.kind == RouteChoice::Kind::Unknown) {
    unknown(table.id.value, "", Reason::PrefixListMissing, "{}",
            setting_.tells ? choice.gap() : std::string());
    return;
  }
  if (choice.kind == RouteChoice::Kind::None) {
    block(table.id.value, "", is_forward() ? Reason::NoRoute : Reason::NoReturnRoute,
          "{} has no route to {}", table.id.value, header_.destination);
    return;
  }
  const std::string rule = setting_.tells ? choice.text() : std::string();
  if (choice.route->is_blackhole) {
    block(table.id.value, rule, Reason::BlackholeRoute, "the target of the route to {} is gone",
          header_.destination);
    return;
  }
  pass(table.id.value, rule, "route for {}", header_.destination);
  follow_target(choice.route->target, rule, table, vpc, subnet);
}

void Walker::follow_target(const RouteTarget& target, const std::string& rule,
                           const RouteTable& table, const Vpc& vpc, const Subnet* subnet) {
  switch (target.kind) {
    case RouteTargetKind::Local:
      deliver(vpc);
      return;
    case RouteTargetKind::InternetGateway:
      out_by_internet_gateway(target, rule, vpc, subnet);
      return;
    case RouteTargetKind::EgressOnlyInternetGateway:
      out_by_egress_only_gateway(target, rule, vpc, subnet);
      return;
    case RouteTargetKind::NatGateway:
      out_by_nat(target, rule, vpc);
      return;
    case RouteTargetKind::NetworkInterface:
      through_appliance(target, rule);
      return;
    case RouteTargetKind::VpcPeering:
      over_peering(target, rule, vpc);
      return;
    case RouteTargetKind::TransitGateway:
      over_transit(target, rule, vpc, subnet);
      return;
    case RouteTargetKind::VpcEndpoint:
      through_endpoint(target, rule, vpc);
      return;
    case RouteTargetKind::VpnGateway:
      out_by_vpn_gateway(target, rule);
      return;
    case RouteTargetKind::CarrierGateway:
    case RouteTargetKind::LocalGateway:
    case RouteTargetKind::CoreNetwork:
      unknown(table.id.value, rule, Reason::OutOfScope, "what lies behind {} is not modelled",
              target.id);
      return;
    case RouteTargetKind::Unknown:
      unknown(table.id.value, rule, Reason::UnknownRouteTarget,
              "the kind of the route's target is not known");
      return;
  }
}

/// The packet is in the VPC that owns its destination.
void Walker::deliver(const Vpc& vpc) {
  const NetworkInterface* interface = index_.interface_at(vpc.id, header_.destination);
  if (interface == nullptr) {
    nobody_at_destination(vpc);
    return;
  }
  into_interface(*interface);
}

void Walker::nobody_at_destination(const Vpc& vpc) {
  const bool is_read =
      snapshot_.coverage().has(Noun::NetworkInterfaces, vpc.owned.account, vpc.owned.region);
  if (!is_read) {
    unknown(vpc.id.value, "", Reason::NotCollected,
            "who has {} in {} is not known: ec2 describe-network-interfaces", header_.destination,
            vpc.id.value);
    return;
  }
  block(vpc.id.value, "", Reason::NoSuchAddress, "no interface in {} has {}", vpc.id.value,
        header_.destination);
}

void Walker::into_interface(const NetworkInterface& interface) {
  const Subnet* subnet = snapshot_.find(interface.subnet);
  if (subnet == nullptr) {
    unknown(interface.id.value, "", Reason::NotCollected,
            "the subnet {} of {} was not collected: ec2 describe-subnets", interface.subnet.value,
            interface.id.value);
  } else if (subnet != at_ || (subnet != transit_subnet_ && setting_.checks_acl_in_subnet)) {
    check_acl(*subnet, false);
  }
  arrival_.kind = Arrival::Kind::Interface;
  arrival_.interface = &interface;
  arrival_.header = header_;
}

/// A route to an interface: an appliance that forwards, which must not check source and
/// destination. SOURCE: EC2 guide, "Source/destination checking".
void Walker::through_appliance(const RouteTarget& target, const std::string& rule) {
  const NetworkInterface* appliance = snapshot_.find(NetworkInterfaceId{target.id});
  if (appliance == nullptr) {
    unknown(target.id, rule, Reason::NotCollected,
            "{} was not collected: ec2 describe-network-interfaces", target.id);
    return;
  }
  const NetworkInterface* owner = index_.interface_at(appliance->vpc, header_.destination);
  if (owner == appliance) {
    into_interface(*appliance);
    return;
  }
  if (appliance->checks_source_dest) {
    block(target.id, rule, Reason::SourceDestCheck,
          "{} checks source and destination, so it does not forward", target.id);
    return;
  }
  arrival_.crossing.passed_appliance = true;
  unknown(target.id, rule, Reason::ApplianceUndecided,
          "the appliance at {} decides what it forwards", target.id);
}

void Walker::through_endpoint(const RouteTarget& target, const std::string& rule, const Vpc& vpc) {
  const VpcEndpoint* endpoint = snapshot_.find(VpcEndpointId{target.id});
  if (endpoint == nullptr) {
    unknown(target.id, rule, Reason::NotCollected,
            "{} was not collected: ec2 describe-vpc-endpoints", target.id);
    return;
  }
  if (endpoint->kind == EndpointKind::Gateway) {
    through_gateway_endpoint(*endpoint, rule, vpc);
    return;
  }
  // The appliance sends what it passes back to the endpoint, whose subnet then routes on.
  story_.then(endpoint_appliance_filter(network_, *endpoint, setting_.direction,
                                        header_.source_for_filters(),
                                        header_.destination_for_filters(), setting_.services));
  arrival_.crossing.passed_appliance = true;
  const Subnet* subnet =
      endpoint->subnets.empty() ? nullptr : snapshot_.find(endpoint->subnets.front());
  if (subnet == nullptr) {
    unknown(endpoint->id.value, rule, Reason::NotCollected, "the subnet of {} was not collected",
            endpoint->id.value);
    return;
  }
  if (!is_dead()) {
    at_ = subnet;
    route_in(*subnet);
  }
}

void Walker::through_gateway_endpoint(const VpcEndpoint& endpoint, const std::string& rule,
                                      const Vpc& vpc) {
  if (!holds(vpc.cidrs, header_.source)) {
    block(endpoint.id.value, rule, Reason::GatewayEndpointScope,
          "a gateway endpoint serves its own VPC only");
    return;
  }
  story_.then(gateway_endpoint_filter(network_, endpoint, setting_.services));
  arrival_.kind = Arrival::Kind::Outside;
  arrival_.edge = {.kind = Edge::Kind::AwsService, .gateway = endpoint.id.value, .transit = {}};
  arrival_.header = header_;
}

Walked Walker::from_outside(const Edge& edge, const NetworkInterface& target) {
  const Vpc* vpc = snapshot_.find(target.vpc);
  if (vpc == nullptr) {
    unknown(target.vpc.value, "", Reason::NotCollected, "{} was not collected: ec2 describe-vpcs",
            target.vpc.value);
    return take();
  }
  switch (edge.kind) {
    case Edge::Kind::None:
      break;
    case Edge::Kind::Internet:
      in_by_internet_gateway(target);
      break;
    case Edge::Kind::EgressOnlyInternet:
    case Edge::Kind::AwsService:
      pass(edge.gateway, "", "back to {}", target.id.value);
      deliver(*vpc);
      break;
    case Edge::Kind::VpnGateway:
      pass(edge.gateway, "", "in over the VPN gateway");
      in_by_edge_table(edge.gateway, *vpc);
      break;
    case Edge::Kind::TransitAttachment:
      from_transit_attachment(edge);
      break;
  }
  return take();
}

void Walker::from_transit_attachment(const Edge& edge) {
  for (const TransitGatewayAttachment* attachment :
       index_.attachments_of(TransitGatewayId{edge.transit})) {
    if (attachment->is_called(edge.gateway)) {
      pass(edge.gateway, "", "in over the transit gateway");
      through_transit_table(*attachment);
      return;
    }
  }
  unknown(edge.gateway, "", Reason::NotCollected,
          "{} was not collected: ec2 describe-transit-gateway-attachments", edge.gateway);
}

Walked walk_from_interface(const Network& network, const WalkSetting& setting,
                           const NetworkInterface& interface, const Header& header) {
  return Walker(network, setting, header).from_interface(interface);
}

Walked walk_from_outside(const Network& network, const WalkSetting& setting, const Edge& edge,
                         const NetworkInterface& target, const Header& header) {
  return Walker(network, setting, header).from_outside(edge, target);
}

}  // namespace portolan::reach
