#pragma once

#include <memory>
#include <tuple>
#include <vector>

#include "model/snapshot.h"

namespace portolan {

/// What became of one row. Null before: it is new; null after: it is gone.
template <class Resource>
struct RowChange {
  std::shared_ptr<const Resource> before;
  std::shared_ptr<const Resource> after;
};

/// All rows that two snapshots do not have in common.
struct RowChanges {
  std::tuple<std::vector<RowChange<Vpc>>, std::vector<RowChange<Subnet>>,
             std::vector<RowChange<RouteTable>>, std::vector<RowChange<NetworkAcl>>,
             std::vector<RowChange<SecurityGroup>>, std::vector<RowChange<NetworkInterface>>,
             std::vector<RowChange<Instance>>, std::vector<RowChange<InternetGateway>>,
             std::vector<RowChange<EgressOnlyInternetGateway>>, std::vector<RowChange<NatGateway>>,
             std::vector<RowChange<VpcPeering>>, std::vector<RowChange<TransitGateway>>,
             std::vector<RowChange<TransitGatewayAttachment>>,
             std::vector<RowChange<TransitGatewayRouteTable>>, std::vector<RowChange<VpnGateway>>,
             std::vector<RowChange<VpnConnection>>, std::vector<RowChange<VpcEndpoint>>,
             std::vector<RowChange<EndpointService>>, std::vector<RowChange<PrefixList>>,
             std::vector<RowChange<DbInstance>>, std::vector<RowChange<LoadBalancer>>,
             std::vector<RowChange<TargetGroup>>, std::vector<RowChange<NetworkFirewall>>,
             std::vector<RowChange<FirewallPolicy>>, std::vector<RowChange<FirewallRuleGroup>>,
             std::vector<RowChange<BlockPublicAccess>>,
             std::vector<RowChange<BlockPublicAccessExclusion>>>
      rows;
  /// What was collected, or what is known to be missing, is not the same.
  bool is_known_differently = false;

  template <class Resource>
  [[nodiscard]] const std::vector<RowChange<Resource>>& of() const {
    return std::get<std::vector<RowChange<Resource>>>(rows);
  }
  template <class Resource>
  std::vector<RowChange<Resource>>& of() {
    return std::get<std::vector<RowChange<Resource>>>(rows);
  }
};

}  // namespace portolan
