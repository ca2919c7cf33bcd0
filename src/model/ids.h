#pragma once

#include "core/name.h"

namespace portolan {

struct Vpc;
struct Subnet;
struct RouteTable;
struct NetworkAcl;
struct SecurityGroup;
struct SecurityGroupRule;
struct NetworkInterface;
struct Instance;
struct InternetGateway;
struct EgressOnlyInternetGateway;
struct NatGateway;
struct VpcPeering;
struct TransitGateway;
struct TransitGatewayAttachment;
struct TransitGatewayRouteTable;
struct VpnGateway;
struct VpnConnection;
struct VpcEndpoint;
struct EndpointService;
struct PrefixList;
struct DbInstance;

using VpcId = Id<Vpc>;
using SubnetId = Id<Subnet>;
using RouteTableId = Id<RouteTable>;
using NetworkAclId = Id<NetworkAcl>;
using SecurityGroupId = Id<SecurityGroup>;
using SecurityGroupRuleId = Id<SecurityGroupRule>;
using NetworkInterfaceId = Id<NetworkInterface>;
using InstanceId = Id<Instance>;
using InternetGatewayId = Id<InternetGateway>;
using EgressOnlyInternetGatewayId = Id<EgressOnlyInternetGateway>;
using NatGatewayId = Id<NatGateway>;
using VpcPeeringId = Id<VpcPeering>;
using TransitGatewayId = Id<TransitGateway>;
using TransitGatewayAttachmentId = Id<TransitGatewayAttachment>;
using TransitGatewayRouteTableId = Id<TransitGatewayRouteTable>;
using VpnGatewayId = Id<VpnGateway>;
using VpnConnectionId = Id<VpnConnection>;
using VpcEndpointId = Id<VpcEndpoint>;
using EndpointServiceId = Id<EndpointService>;
using PrefixListId = Id<PrefixList>;
/// The ARN is the identity; the id is its text.
using DbInstanceId = Id<DbInstance>;

}  // namespace portolan
