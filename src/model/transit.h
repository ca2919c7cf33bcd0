#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ip.h"
#include "model/ids.h"
#include "model/tags.h"

namespace portolan {

/// One side of a peering connection.
struct PeeringSide {
  AccountId account;
  Region region;
  VpcId vpc;
  std::vector<IpPrefix> cidrs;  // as the connection knows them; may be empty
  friend auto operator<=>(const PeeringSide&, const PeeringSide&) = default;
};

/// SOURCE: EC2 API, VpcPeeringConnection.
struct VpcPeering {
  VpcPeeringId id;
  Owned owned;
  PeeringSide requester;
  PeeringSide accepter;
  bool is_active = false;
  friend auto operator<=>(const VpcPeering&, const VpcPeering&) = default;
};

/// SOURCE: EC2 API, TransitGateway.
struct TransitGateway {
  TransitGatewayId id;
  Owned owned;
  bool references_security_groups = false;  // SecurityGroupReferencingSupport
  bool is_available = true;
  std::optional<bool> accepts_by_itself;  // AutoAcceptSharedAttachments
  friend auto operator<=>(const TransitGateway&, const TransitGateway&) = default;
};

enum class AttachmentKind : std::uint8_t { Vpc, Peering, Vpn, DirectConnect, Connect, Other };

/// SOURCE: EC2 API, TransitGatewayAttachment joined with TransitGatewayVpcAttachment and
/// TransitGatewayPeeringAttachment. Of a peering each side's account lists the same id with its own
/// `gateway`, so the identity is (id, gateway): `id` here is `tgw-attach-…@tgw-…` for a peering.
struct TransitGatewayAttachment {
  TransitGatewayAttachmentId id;
  Owned owned;
  TransitGatewayId gateway;
  AttachmentKind kind = AttachmentKind::Other;
  std::string resource;                    // vpc-…, the peer's tgw-…, vpn-…, dx gateway id
  TransitGatewayRouteTableId route_table;  // association, empty if none (or not collected)
  bool is_available = true;                // State `available`
  std::optional<std::vector<SubnetId>> subnets;  // VPC attachments; absent if not collected
  bool is_appliance_mode = false;
  std::optional<bool> references_security_groups;  // on by default on the attachment

  /// True if that is the `tgw-attach-…` part of the identity.
  [[nodiscard]] bool is_called(std::string_view text) const {
    return std::string_view(id.value).starts_with(text) &&
           (id.value.size() == text.size() || id.value[text.size()] == '@');
  }
  /// The `tgw-attach-…` part of the identity.
  [[nodiscard]] std::string attachment_text() const {
    return id.value.substr(0, id.value.find('@'));
  }
  friend auto operator<=>(const TransitGatewayAttachment&,
                          const TransitGatewayAttachment&) = default;
};

struct TransitGatewayRoute {
  IpPrefix cidr;
  PrefixListId prefix_list;              // set if the route comes from a prefix-list reference
  std::vector<std::string> attachments;  // tgw-attach-… ; more than one for equal-cost VPN paths
  AttachmentKind kind = AttachmentKind::Other;  // of the attachment
  bool is_static = false;
  bool is_blackhole = false;
  friend auto operator<=>(const TransitGatewayRoute&, const TransitGatewayRoute&) = default;
};

/// SOURCE: EC2 API, TransitGatewayRouteTable with the answers of SearchTransitGatewayRoutes,
/// GetTransitGatewayRouteTablePropagations and GetTransitGatewayRouteTableAssociations.
struct TransitGatewayRouteTable {
  TransitGatewayRouteTableId id;
  Owned owned;
  TransitGatewayId gateway;
  /// What SearchTransitGatewayRoutes answered; absent if it was not collected.
  std::optional<std::vector<TransitGatewayRoute>> routes;
  /// True if `routes` holds the propagated routes too (a search not restricted to static ones).
  bool routes_include_propagated = false;
  /// tgw-attach-… that propagate into this table; absent if not collected.
  std::optional<std::vector<std::string>> propagations;
  bool has_more_routes = false;  // AdditionalRoutesAvailable: the list is cut off
  friend auto operator<=>(const TransitGatewayRouteTable&,
                          const TransitGatewayRouteTable&) = default;
};

struct VpnGateway {
  VpnGatewayId id;
  Owned owned;
  std::vector<VpcId> vpcs;
  friend auto operator<=>(const VpnGateway&, const VpnGateway&) = default;
};

struct VpnConnection {
  VpnConnectionId id;
  Owned owned;
  VpnGatewayId vpn_gateway;
  TransitGatewayId transit_gateway;
  bool is_available = true;
  std::vector<IpPrefix> static_routes;
  friend auto operator<=>(const VpnConnection&, const VpnConnection&) = default;
};

}  // namespace portolan
