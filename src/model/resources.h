#pragma once

#include "model/balancer.h"
#include "model/block_public_access.h"
#include "model/compute.h"
#include "model/endpoint.h"
#include "model/launch.h"
#include "model/managed.h"
#include "model/monitoring.h"
#include "model/network.h"
#include "model/security_group.h"
#include "model/transit.h"

namespace portolan {

/// The list of all kinds of resource: `List<Of<Vpc>, Of<Subnet>, …>`, for a tuple or variant of
/// something for each. `Of` is an alias template of one argument.
template <template <class...> class List, template <class> class Of>
using ForEachResource =
    List<Of<Vpc>, Of<Subnet>, Of<RouteTable>, Of<NetworkAcl>, Of<SecurityGroup>,
         Of<NetworkInterface>, Of<Instance>, Of<InternetGateway>, Of<EgressOnlyInternetGateway>,
         Of<NatGateway>, Of<VpcPeering>, Of<TransitGateway>, Of<TransitGatewayAttachment>,
         Of<TransitGatewayRouteTable>, Of<VpnGateway>, Of<VpnConnection>, Of<VpcEndpoint>,
         Of<EndpointService>, Of<PrefixList>, Of<DbInstance>, Of<LoadBalancer>, Of<TargetGroup>,
         Of<NetworkFirewall>, Of<FirewallPolicy>, Of<FirewallRuleGroup>, Of<BlockPublicAccess>,
         Of<BlockPublicAccessExclusion>, Of<FlowLog>, Of<Trail>, Of<MetricFilter>, Of<Alarm>,
         Of<Subscription>, Of<EventRule>, Of<PublishedRanges>, Of<LaunchTemplate>,
         Of<AutoScalingGroup>, Of<MetadataDefaults>, Of<ElasticIp>, Of<WebAcl>, Of<EcsService>,
         Of<EksNodeGroup>, Of<ClientVpnEndpoint>>;

}  // namespace portolan
