#include "reach/network_index.h"

#include <algorithm>
#include <utility>

namespace portolan::reach {

namespace {

template <class Map, class Key>
const typename Map::mapped_type& list_at(const Map& lists, const Key& key) {
  static const typename Map::mapped_type kNone;
  const auto found = lists.find(key);
  return found == lists.end() ? kNone : found->second;
}

template <class Map, class Key>
typename Map::mapped_type pointer_at(const Map& pointers, const Key& key) {
  const auto found = pointers.find(key);
  return found == pointers.end() ? nullptr : found->second;
}

bool one_account(const AccountId& a, const AccountId& b) {
  return !a.known() || !b.known() || a == b;
}

/// What ELB writes into the description of a balancer's interfaces.
/// SOURCE: Elastic Load Balancing user guides, "Requester-managed network interfaces".
std::string node_description(const LoadBalancer& balancer) {
  const std::string& arn = balancer.id.value;
  const std::size_t found = arn.find(":loadbalancer/");
  if (found == std::string::npos) {
    return "ELB " + balancer.balancer_name;
  }
  return "ELB " + arn.substr(found + std::string_view(":loadbalancer/").size());
}

}  // namespace

NetworkIndex::NetworkIndex(const Snapshot& snapshot) {
  index_interfaces(snapshot);
  index_subnets(snapshot);
  index_gateways(snapshot);
  index_balancers(snapshot);
}

void NetworkIndex::index_interfaces(const Snapshot& snapshot) {
  for (const NetworkInterface& interface : snapshot.all<NetworkInterface>()) {
    for (const InterfaceAddress& address : interface.addresses) {
      by_address_[address.private_ip].push_back(&interface);
      if (address.public_ip) {
        by_public_.emplace(*address.public_ip, &interface);
      }
    }
    for (const IpAddress& address : interface.ipv6) {
      by_address_[address].push_back(&interface);
      if (address.is_public()) {
        by_public_.emplace(address, &interface);
      }
    }
    for (const IpPrefix& prefix : interface.delegated) {
      delegated_[interface.vpc].push_back({.prefix = prefix, .interface = &interface});
    }
    for (const SecurityGroupId& group : interface.groups) {
      by_group_[group].push_back(&interface);
    }
    if (!interface.instance.empty()) {
      by_instance_[interface.instance].push_back(&interface);
    }
    by_subnet_[interface.subnet].push_back(&interface);
  }
  for (auto& [vpc, blocks] : delegated_) {
    std::stable_sort(blocks.begin(), blocks.end(),
                     [](const auto& a, const auto& b) { return a.prefix < b.prefix; });
  }
}

void NetworkIndex::index_subnets(const Snapshot& snapshot) {
  for (const Subnet& subnet : snapshot.all<Subnet>()) {
    subnets_by_vpc_[subnet.vpc].push_back(&subnet);
  }
  for (const RouteTable& table : snapshot.all<RouteTable>()) {
    for (const SubnetId& subnet : table.subnets) {
      table_by_subnet_.emplace(subnet, &table);
    }
    for (const std::string& gateway : table.gateways) {
      edge_tables_.emplace(gateway, &table);
    }
    if (table.is_main) {
      main_table_.emplace(table.vpc, &table);
    }
  }
  for (const NetworkAcl& acl : snapshot.all<NetworkAcl>()) {
    for (const SubnetId& subnet : acl.subnets) {
      acl_by_subnet_.emplace(subnet, &acl);
    }
    if (acl.is_default) {
      default_acl_.emplace(acl.vpc, &acl);
    }
  }
}

void NetworkIndex::index_gateways(const Snapshot& snapshot) {
  for (const InternetGateway& gateway : snapshot.all<InternetGateway>()) {
    for (const VpcId& vpc : gateway.vpcs) {
      internet_gateways_.emplace(vpc, &gateway);
    }
  }
  for (const auto& gateway : snapshot.all<EgressOnlyInternetGateway>()) {
    for (const VpcId& vpc : gateway.vpcs) {
      egress_only_gateways_.emplace(vpc, &gateway);
    }
  }
  for (const NatGateway& nat : snapshot.all<NatGateway>()) {
    for (const NatAddress& address : nat.addresses) {
      nat_by_interface_.emplace(address.interface, &nat);
      const NetworkInterface* interface = snapshot.find(address.interface);
      if (interface != nullptr && address.public_ip) {
        by_public_.emplace(*address.public_ip, interface);
      }
    }
  }
  for (const VpcEndpoint& endpoint : snapshot.all<VpcEndpoint>()) {
    for (const NetworkInterfaceId& interface : endpoint.interfaces) {
      endpoint_by_interface_.emplace(interface, &endpoint);
    }
  }
  for (const auto& attachment : snapshot.all<TransitGatewayAttachment>()) {
    attachments_[attachment.gateway].push_back(&attachment);
  }
}

void NetworkIndex::index_balancers(const Snapshot& snapshot) {
  std::unordered_map<std::string, std::vector<const LoadBalancer*>> described;
  for (const LoadBalancer& balancer : snapshot.all<LoadBalancer>()) {
    described[node_description(balancer)].push_back(&balancer);
  }
  for (const NetworkInterface& interface : snapshot.all<NetworkInterface>()) {
    for (const LoadBalancer* balancer : list_at(described, interface.description)) {
      if (balancer->vpc == interface.vpc &&
          one_account(balancer->owned.account, interface.owned.account)) {
        nodes_[balancer->id].push_back(&interface);
        balancer_by_node_.emplace(interface.id, balancer);
      }
    }
  }
  std::unordered_map<LoadBalancerId, std::set<TargetGroupId>> named;
  for (const TargetGroup& group : snapshot.all<TargetGroup>()) {
    for (const LoadBalancerId& balancer : group.balancers) {
      named[balancer].insert(group.id);
    }
  }
  for (const auto& [balancer, groups] : named) {
    for (const TargetGroupId& group : groups) {
      target_groups_[balancer].push_back(snapshot.find(group));
    }
  }
}

const NetworkInterface* NetworkIndex::interface_at(const VpcId& vpc,
                                                   const IpAddress& address) const {
  for (const NetworkInterface* interface : list_at(by_address_, address)) {
    if (interface->vpc == vpc) {
      return interface;
    }
  }
  // Delegated blocks of one VPC are disjoint: only the last that starts at or before can hold it.
  const std::vector<DelegatedBlock>& blocks = list_at(delegated_, vpc);
  const auto after = std::upper_bound(
      blocks.begin(), blocks.end(), address,
      [](const IpAddress& key, const DelegatedBlock& block) { return key < block.prefix.first(); });
  if (after == blocks.begin() || !std::prev(after)->prefix.contains(address)) {
    return nullptr;
  }
  return std::prev(after)->interface;
}

const std::vector<const NetworkInterface*>& NetworkIndex::interfaces_at(
    const IpAddress& address) const {
  return list_at(by_address_, address);
}

const NetworkInterface* NetworkIndex::interface_of_public(const IpAddress& address) const {
  if (const NetworkInterface* owner = pointer_at(by_public_, address); owner != nullptr) {
    return owner;
  }
  if (address.is_v4() || !address.is_public()) {
    return nullptr;
  }
  for (const auto& [vpc, blocks] : delegated_) {  // global IPv6 addresses have one owner
    if (const NetworkInterface* owner = interface_at(vpc, address); owner != nullptr) {
      return owner;
    }
  }
  return nullptr;
}

const std::vector<const NetworkInterface*>& NetworkIndex::interfaces_of(
    const SecurityGroupId& group) const {
  return list_at(by_group_, group);
}

const std::vector<const NetworkInterface*>& NetworkIndex::interfaces_of(
    const InstanceId& instance) const {
  return list_at(by_instance_, instance);
}

const std::vector<const NetworkInterface*>& NetworkIndex::interfaces_of(
    const SubnetId& subnet) const {
  return list_at(by_subnet_, subnet);
}

const RouteTable* NetworkIndex::route_table_of(const Subnet& subnet) const {
  const RouteTable* table = pointer_at(table_by_subnet_, subnet.id);
  return table != nullptr ? table : main_table_of(subnet.vpc);
}

const RouteTable* NetworkIndex::main_table_of(const VpcId& vpc) const {
  return pointer_at(main_table_, vpc);
}

const RouteTable* NetworkIndex::edge_table_of(std::string_view gateway) const {
  return pointer_at(edge_tables_, gateway);
}

const NetworkAcl* NetworkIndex::acl_of(const Subnet& subnet) const {
  const NetworkAcl* acl = pointer_at(acl_by_subnet_, subnet.id);
  return acl != nullptr ? acl : pointer_at(default_acl_, subnet.vpc);
}

const std::vector<const Subnet*>& NetworkIndex::subnets_of(const VpcId& vpc) const {
  return list_at(subnets_by_vpc_, vpc);
}

const Subnet* NetworkIndex::subnet_at(const VpcId& vpc, const IpAddress& address) const {
  for (const Subnet* subnet : subnets_of(vpc)) {
    const bool holds = std::any_of(subnet->cidrs.begin(), subnet->cidrs.end(),
                                   [&](const IpPrefix& cidr) { return cidr.contains(address); });
    if (holds) {
      return subnet;
    }
  }
  return nullptr;
}

const InternetGateway* NetworkIndex::internet_gateway_of(const VpcId& vpc) const {
  return pointer_at(internet_gateways_, vpc);
}

const EgressOnlyInternetGateway* NetworkIndex::egress_only_gateway_of(const VpcId& vpc) const {
  return pointer_at(egress_only_gateways_, vpc);
}

const NatGateway* NetworkIndex::nat_of(const NetworkInterfaceId& interface) const {
  return pointer_at(nat_by_interface_, interface);
}

const VpcEndpoint* NetworkIndex::endpoint_of(const NetworkInterfaceId& interface) const {
  return pointer_at(endpoint_by_interface_, interface);
}

const std::vector<const NetworkInterface*>& NetworkIndex::nodes_of(
    const LoadBalancerId& balancer) const {
  return list_at(nodes_, balancer);
}

const LoadBalancer* NetworkIndex::balancer_of(const NetworkInterfaceId& interface) const {
  return pointer_at(balancer_by_node_, interface);
}

const std::vector<const TargetGroup*>& NetworkIndex::target_groups_of(
    const LoadBalancerId& balancer) const {
  return list_at(target_groups_, balancer);
}

const std::vector<const TransitGatewayAttachment*>& NetworkIndex::attachments_of(
    const TransitGatewayId& gateway) const {
  return list_at(attachments_, gateway);
}

}  // namespace portolan::reach
