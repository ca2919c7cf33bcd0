#include <algorithm>
#include <string>
#include <string_view>

#include "reach/network_index.h"
#include "reach/walker.h"

/// The walk's steps through transit gateways.
namespace portolan::reach {

namespace {

/// The `tgw-attach-…` part of the identity.
std::string_view name_of(const TransitGatewayAttachment& attachment) {
  const std::string_view id = attachment.id.value;
  return id.substr(0, id.find('@'));
}

const TransitGatewayAttachment* attachment_of_vpc(const NetworkIndex& index,
                                                  const TransitGatewayId& gateway,
                                                  const VpcId& vpc) {
  for (const TransitGatewayAttachment* attachment : index.attachments_of(gateway)) {
    if (attachment->kind == AttachmentKind::Vpc && attachment->resource == vpc.value) {
      return attachment;
    }
  }
  return nullptr;
}

/// Off by default on the transit gateway, on by default on an attachment; all must have it.
/// SOURCE: Transit gateway guide, "Security group referencing".
Crossing::Transit references_over(const TransitGateway* gateway,
                                  const TransitGatewayAttachment& entry,
                                  const TransitGatewayAttachment& exit) {
  if (!entry.references_security_groups.value_or(true) ||
      !exit.references_security_groups.value_or(true)) {
    return Crossing::Transit::WithoutReferences;
  }
  if (gateway == nullptr) {
    return Crossing::Transit::Unknown;
  }
  return gateway->references_security_groups ? Crossing::Transit::WithReferences
                                             : Crossing::Transit::WithoutReferences;
}

}  // namespace

/// The subnet of the attachment that traffic from (or to) `from` uses: one in the same zone.
/// Null ends the walk. SOURCE: Transit gateway guide, "Availability Zones": resources in a zone
/// without an attachment subnet cannot use the transit gateway.
const Subnet* Walker::attachment_subnet(const TransitGatewayAttachment& attachment, const Vpc& vpc,
                                        const Subnet* from) {
  const std::string_view id = name_of(attachment);
  if (!attachment.subnets) {
    unknown(id, "", Reason::NotCollected,
            "the subnets of {} were not collected: ec2 "
            "describe-transit-gateway-vpc-attachments",
            id);
    return nullptr;
  }
  for (const SubnetId& candidate : *attachment.subnets) {
    const Subnet* subnet = snapshot_.find(candidate);
    if (subnet == nullptr) {
      unknown(id, "", Reason::NotCollected, "{} was not collected: ec2 describe-subnets",
              candidate.value);
      return nullptr;
    }
    if (from == nullptr || subnet->zone == from->zone) {
      return subnet;
    }
  }
  block(id, "", Reason::TransitZoneRestriction, "{} has no subnet in {}, the zone of {}, in {}", id,
        from->zone, from->id.value, vpc.id.value);
  return nullptr;
}

void Walker::over_transit(const RouteTarget& target, const std::string& rule, const Vpc& vpc,
                          const Subnet* subnet) {
  const TransitGatewayId gateway{target.id};
  const TransitGatewayAttachment* entry = attachment_of_vpc(index_, gateway, vpc.id);
  if (entry == nullptr) {
    unknown(target.id, rule, Reason::NotCollected,
            "the attachment of {} to {} was not collected: ec2 "
            "describe-transit-gateway-attachments",
            vpc.id.value, target.id);
    return;
  }
  if (!entry->is_available) {
    block(name_of(*entry), rule, Reason::TransitUnavailable, "{} is not available",
          name_of(*entry));
    return;
  }
  const Subnet* door = attachment_subnet(*entry, vpc, subnet);
  if (door == nullptr) {
    return;
  }
  // Source and transit gateway in one subnet: its NACL is checked out and in.
  // SOURCE: Transit gateway guide, "Network ACLs for transit gateways".
  check_acl(*door, false);
  if (!is_dead()) {
    through_transit_table(*entry);
  }
}

/// The packet is in the transit gateway, having come in by `entry`, whose table decides.
void Walker::through_transit_table(const TransitGatewayAttachment& entry) {
  if (!budget_left()) {
    return;
  }
  transit_entry_ = transit_entry_ == nullptr ? &entry : transit_entry_;
  const std::string_view id = name_of(entry);
  const TransitGatewayRouteTable* table = snapshot_.find(entry.route_table);
  if (table == nullptr) {
    if (entry.route_table.empty()) {
      block(id, "", Reason::TransitNoAssociation, "{} is associated with no route table", id);
    } else {
      unknown(id, "", Reason::NotCollected,
              "{} was not collected: ec2 describe-transit-gateway-route-tables",
              entry.route_table.value);
    }
    return;
  }
  mention(setting_.consulted, ConsultedKind::TransitRouteTable, table->id.value);
  const TransitChoice choice = choose_transit_route(network_, *table, header_.destination);
  if (choice.kind == TransitChoice::Kind::Unknown) {
    unknown(table->id.value, "", Reason::NotCollected, "{}", choice.gap);
    return;
  }
  if (choice.kind == TransitChoice::Kind::None) {
    block(table->id.value, "", is_forward() ? Reason::TransitNoRoute : Reason::NoReturnRoute,
          "{} has no route to {}", table->id.value, header_.destination);
    return;
  }
  const std::string rule = setting_.tells ? choice.text() : std::string();
  if (choice.kind == TransitChoice::Kind::Blackhole) {
    block(table->id.value, rule, Reason::TransitBlackhole, "{} drops what goes to {}",
          table->id.value, header_.destination);
    return;
  }
  pass(table->id.value, rule, "route for {}", header_.destination);
  for (const TransitGatewayAttachment* exit : index_.attachments_of(table->gateway)) {
    if (exit->is_called(choice.attachment)) {
      leave_transit(*exit);
      return;
    }
  }
  unknown(table->id.value, rule, Reason::NotCollected,
          "{} was not collected: ec2 describe-transit-gateway-attachments", choice.attachment);
}

void Walker::leave_transit(const TransitGatewayAttachment& exit) {
  const std::string_view id = name_of(exit);
  if (!exit.is_available) {
    block(id, "", Reason::TransitUnavailable, "{} is not available", id);
    return;
  }
  switch (exit.kind) {
    case AttachmentKind::Vpc:
      into_vpc_by_transit(exit);
      return;
    case AttachmentKind::Peering:
      across_transit_peering(exit);
      return;
    case AttachmentKind::Vpn:
    case AttachmentKind::DirectConnect:
      pass(id, "", "out over the transit gateway");
      arrival_.kind = Arrival::Kind::Outside;
      arrival_.edge = {.kind = Edge::Kind::TransitAttachment,
                       .gateway = std::string(id),
                       .transit = exit.gateway.value};
      arrival_.header = header_;
      return;
    case AttachmentKind::Connect:
    case AttachmentKind::Other:
      unknown(id, "", Reason::OutOfScope, "what lies behind {} is not modelled", id);
      return;
  }
}

void Walker::into_vpc_by_transit(const TransitGatewayAttachment& exit) {
  const std::string_view id = name_of(exit);
  const Vpc* vpc = snapshot_.find(VpcId{exit.resource});
  if (vpc == nullptr) {
    unknown(id, "", Reason::PeerNotCollected, "{} behind {} was not collected", exit.resource, id);
    return;
  }
  // The transit gateway keeps to the zone that the packet came from where it can.
  const Subnet* door = nullptr;
  if (exit.subnets) {
    for (const SubnetId& candidate : *exit.subnets) {
      const Subnet* subnet = snapshot_.find(candidate);
      if (subnet != nullptr && (door == nullptr || subnet->zone == zone_)) {
        door = subnet;
      }
    }
  }
  if (door == nullptr) {
    door = attachment_subnet(exit, *vpc, nullptr);
  }
  if (door == nullptr) {
    return;
  }
  pass(id, "", "over {} into {}", exit.gateway.value, vpc->id.value);
  Crossing& crossing = arrival_.crossing;
  crossing.transit = references_over(snapshot_.find(exit.gateway), *transit_entry_, exit);
  crossing.is_cross_region = crossing.is_cross_region || transit_entry_->gateway != exit.gateway;
  at_ = door;
  transit_subnet_ = door;
  route_in(*door);
}

void Walker::across_transit_peering(const TransitGatewayAttachment& exit) {
  const std::string_view id = name_of(exit);
  for (const TransitGatewayAttachment* far :
       index_.attachments_of(TransitGatewayId{exit.resource})) {
    if (far->is_called(id)) {
      pass(id, "", "over the peering to {}", exit.resource);
      arrival_.crossing.is_cross_region = true;
      through_transit_table(*far);
      return;
    }
  }
  unknown(id, "", Reason::PeerNotCollected, "the transit gateway {} behind {} was not collected",
          exit.resource, id);
}

}  // namespace portolan::reach
