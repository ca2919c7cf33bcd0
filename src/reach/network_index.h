#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/ip.h"
#include "core/layered_map.h"
#include "model/row_changes.h"
#include "model/snapshot.h"

/// Private to the module.
namespace portolan::reach {

/// The look-ups that answers need and a snapshot has not: by address, by subnet, by group.
/// All pointers are into the snapshot.
class NetworkIndex {
 public:
  explicit NetworkIndex(const Snapshot& snapshot);
  /// Of a snapshot that came of the one before by `rows`; all other rows are where they were.
  /// Cost: the interfaces that changed; linear in other kinds of resources of which one changed.
  NetworkIndex(const NetworkIndex& before, const Snapshot& after, const RowChanges& rows);

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
  template <class Value>
  using List = std::vector<const Value*>;
  template <class Key, class Value>
  using Lists = std::unordered_map<Key, List<Value>>;
  struct DelegatedBlock {
    IpPrefix prefix;
    const NetworkInterface* interface = nullptr;
  };

  /// Lists are in the order of ids.
  struct Interfaces {
    LayeredMap<IpAddress, List<NetworkInterface>> by_address;
    LayeredMap<IpAddress, List<NetworkInterface>> by_public;
    LayeredMap<SecurityGroupId, List<NetworkInterface>> by_group;
    LayeredMap<InstanceId, List<NetworkInterface>> by_instance;
    LayeredMap<SubnetId, List<NetworkInterface>> by_subnet;
    std::unordered_map<VpcId, std::vector<DelegatedBlock>> delegated;
  };
  struct Subnets {
    std::unordered_map<SubnetId, const RouteTable*> tables;
    std::unordered_map<VpcId, const RouteTable*> main_tables;
    std::map<std::string, const RouteTable*, std::less<>> edge_tables;
    std::unordered_map<SubnetId, const NetworkAcl*> acls;
    std::unordered_map<VpcId, const NetworkAcl*> default_acls;
    Lists<VpcId, Subnet> by_vpc;
  };
  struct Gateways {
    std::unordered_map<VpcId, const InternetGateway*> internet;
    std::unordered_map<VpcId, const EgressOnlyInternetGateway*> egress_only;
    std::unordered_map<NetworkInterfaceId, const NatGateway*> nats;
    std::unordered_map<IpAddress, const NetworkInterface*> nat_addresses;
    std::unordered_map<NetworkInterfaceId, const VpcEndpoint*> endpoints;
    Lists<TransitGatewayId, TransitGatewayAttachment> attachments;
  };
  struct Balancers {
    Lists<LoadBalancerId, NetworkInterface> nodes;
    std::unordered_map<NetworkInterfaceId, const LoadBalancer*> of_node;
    Lists<LoadBalancerId, TargetGroup> target_groups;
  };

  /// Visits the lists that an interface stands in, with its key there.
  template <class Visit>
  static void for_each_list(Interfaces& index, const NetworkInterface& interface,
                            const Visit& visit);
  static void remove(Interfaces& index, const NetworkInterface& interface);
  static void insert(Interfaces& index, const NetworkInterface& interface);
  static Interfaces index_interfaces(const Snapshot& snapshot);
  static Subnets index_subnets(const Snapshot& snapshot);
  static Gateways index_gateways(const Snapshot& snapshot);
  static Balancers index_balancers(const Snapshot& snapshot);

  // Shared: an index of a changed snapshot differs in the parts that the change concerns.
  std::shared_ptr<const Interfaces> interfaces_;
  std::shared_ptr<const Subnets> subnets_;
  std::shared_ptr<const Gateways> gateways_;
  std::shared_ptr<const Balancers> balancers_;
};

}  // namespace portolan::reach
