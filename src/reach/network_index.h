#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/ip.h"
#include "model/snapshot.h"

/// Private to the module.
namespace portolan::reach {

/// The look-ups that answers need and a snapshot has not: by address, by subnet, by group.
/// All pointers are into the snapshot.
class NetworkIndex {
 public:
  explicit NetworkIndex(const Snapshot& snapshot);

  /// The interface in `vpc` with that private IPv4, IPv6 or delegated address; null if none.
  [[nodiscard]] const NetworkInterface* interface_at(const VpcId& vpc,
                                                     const IpAddress& address) const;
  /// Interfaces of any VPC that have the private or IPv6 address; more than one if VPCs overlap.
  [[nodiscard]] const std::vector<const NetworkInterface*>& interfaces_at(
      const IpAddress& address) const;
  /// The interface whose private address maps to the public IPv4 address, or that has the global
  /// IPv6 address; null if nobody in the snapshot owns it.
  [[nodiscard]] const NetworkInterface* interface_of_public(const IpAddress& address) const;
  [[nodiscard]] const std::vector<const NetworkInterface*>& interfaces_of(
      const SecurityGroupId& group) const;
  [[nodiscard]] const std::vector<const NetworkInterface*>& interfaces_of(
      const InstanceId& instance) const;
  [[nodiscard]] const std::vector<const NetworkInterface*>& interfaces_of(
      const SubnetId& subnet) const;

  /// The table that decides in the subnet: the explicit one, else the main table of its VPC.
  [[nodiscard]] const RouteTable* route_table_of(const Subnet& subnet) const;
  [[nodiscard]] const RouteTable* main_table_of(const VpcId& vpc) const;
  /// The edge route table of an internet or VPN gateway, if it has one.
  [[nodiscard]] const RouteTable* edge_table_of(std::string_view gateway) const;
  /// The explicit NACL, else the VPC's default one; null if not collected.
  [[nodiscard]] const NetworkAcl* acl_of(const Subnet& subnet) const;
  [[nodiscard]] const std::vector<const Subnet*>& subnets_of(const VpcId& vpc) const;
  /// The subnet of the VPC whose CIDR holds the address; null if none.
  [[nodiscard]] const Subnet* subnet_at(const VpcId& vpc, const IpAddress& address) const;
  [[nodiscard]] const InternetGateway* internet_gateway_of(const VpcId& vpc) const;
  [[nodiscard]] const EgressOnlyInternetGateway* egress_only_gateway_of(const VpcId& vpc) const;
  [[nodiscard]] const NatGateway* nat_of(const NetworkInterfaceId& interface) const;
  [[nodiscard]] const VpcEndpoint* endpoint_of(const NetworkInterfaceId& interface) const;

  /// The nodes of a balancer: the interfaces that ELB made for it, found by their description
  /// (`ELB app/NAME/ID`, `ELB net/NAME/ID`, `ELB NAME`) in the balancer's VPC.
  [[nodiscard]] const std::vector<const NetworkInterface*>& nodes_of(
      const LoadBalancerId& balancer) const;
  /// The balancer that the interface is a node of; null if none.
  [[nodiscard]] const LoadBalancer* balancer_of(const NetworkInterfaceId& interface) const;
  [[nodiscard]] const std::vector<const TargetGroup*>& target_groups_of(
      const LoadBalancerId& balancer) const;
  /// The attachments of a transit gateway.
  [[nodiscard]] const std::vector<const TransitGatewayAttachment*>& attachments_of(
      const TransitGatewayId& gateway) const;

 private:
  template <class Key, class Value>
  using Lists = std::unordered_map<Key, std::vector<const Value*>>;
  struct DelegatedBlock {
    IpPrefix prefix;
    const NetworkInterface* interface = nullptr;
  };

  void index_interfaces(const Snapshot& snapshot);
  void index_subnets(const Snapshot& snapshot);
  void index_gateways(const Snapshot& snapshot);
  void index_balancers(const Snapshot& snapshot);

  Lists<IpAddress, NetworkInterface> by_address_;
  std::unordered_map<IpAddress, const NetworkInterface*> by_public_;
  std::unordered_map<VpcId, std::vector<DelegatedBlock>> delegated_;
  Lists<SecurityGroupId, NetworkInterface> by_group_;
  Lists<InstanceId, NetworkInterface> by_instance_;
  Lists<SubnetId, NetworkInterface> by_subnet_;
  std::unordered_map<SubnetId, const RouteTable*> table_by_subnet_;
  std::unordered_map<VpcId, const RouteTable*> main_table_;
  std::map<std::string, const RouteTable*, std::less<>> edge_tables_;
  std::unordered_map<SubnetId, const NetworkAcl*> acl_by_subnet_;
  std::unordered_map<VpcId, const NetworkAcl*> default_acl_;
  Lists<VpcId, Subnet> subnets_by_vpc_;
  std::unordered_map<VpcId, const InternetGateway*> internet_gateways_;
  std::unordered_map<VpcId, const EgressOnlyInternetGateway*> egress_only_gateways_;
  std::unordered_map<NetworkInterfaceId, const NatGateway*> nat_by_interface_;
  std::unordered_map<NetworkInterfaceId, const VpcEndpoint*> endpoint_by_interface_;
  Lists<LoadBalancerId, NetworkInterface> nodes_;
  std::unordered_map<NetworkInterfaceId, const LoadBalancer*> balancer_by_node_;
  Lists<LoadBalancerId, TargetGroup> target_groups_;
  Lists<TransitGatewayId, TransitGatewayAttachment> attachments_;
};

}  // namespace portolan::reach
