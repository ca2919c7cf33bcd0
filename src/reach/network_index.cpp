#include "reach/network_index.h"

#include <algorithm>
#include <set>
#include <utility>

namespace portolan::reach {

namespace {

template <class Map, class Key>
const typename Map::mapped_type& list_at(const Map& lists, const Key& key) {
  static const typename Map::mapped_type kNone;
  const auto found = lists.find(key);
  return found == lists.end() ? kNone : found->second;
}

template <class Key>
const std::vector<const NetworkInterface*>& list_in(
    const LayeredMap<Key, std::vector<const NetworkInterface*>>& lists, const Key& key) {
  static const std::vector<const NetworkInterface*> kNobody;
  const auto* found = lists.find(key);
  return found == nullptr ? kNobody : *found;
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

NetworkIndex::NetworkIndex(const Snapshot& snapshot)
    : interfaces_(std::make_shared<const Interfaces>(index_interfaces(snapshot))),
      subnets_(std::make_shared<const Subnets>(index_subnets(snapshot))),
      gateways_(std::make_shared<const Gateways>(index_gateways(snapshot))),
      balancers_(std::make_shared<const Balancers>(index_balancers(snapshot))) {}

NetworkIndex::NetworkIndex(const NetworkIndex& before, const Snapshot& after,
                           const RowChanges& rows)
    : NetworkIndex(before) {
  const auto& interfaces = rows.of<NetworkInterface>();
  bool are_special = false;  // gateways or balancers know of them
  if (!interfaces.empty()) {
    Interfaces index = *interfaces_;
    for (const auto& change : interfaces) {
      for (const auto& row : {change.before, change.after}) {
        are_special = are_special || (row != nullptr && (nat_of(row->id) != nullptr ||
                                                         row->description.starts_with("ELB ")));
      }
      if (change.before != nullptr) {
        remove(index, *change.before);
      }
    }
    for (const auto& change : interfaces) {
      if (change.after != nullptr) {
        insert(index, *change.after);
      }
    }
    interfaces_ = std::make_shared<const Interfaces>(std::move(index));
  }
  if (!rows.of<Subnet>().empty() || !rows.of<RouteTable>().empty() ||
      !rows.of<NetworkAcl>().empty()) {
    subnets_ = std::make_shared<const Subnets>(index_subnets(after));
  }
  if (are_special || !rows.of<InternetGateway>().empty() ||
      !rows.of<EgressOnlyInternetGateway>().empty() || !rows.of<NatGateway>().empty() ||
      !rows.of<VpcEndpoint>().empty() || !rows.of<TransitGatewayAttachment>().empty()) {
    gateways_ = std::make_shared<const Gateways>(index_gateways(after));
  }
  if (are_special || !rows.of<LoadBalancer>().empty() || !rows.of<TargetGroup>().empty()) {
    balancers_ = std::make_shared<const Balancers>(index_balancers(after));
  }
}

template <class Visit>
void NetworkIndex::for_each_list(Interfaces& index, const NetworkInterface& interface,
                                 const Visit& visit) {
  for (const InterfaceAddress& address : interface.addresses) {
    visit(index.by_address, address.private_ip);
    if (address.public_ip) {
      visit(index.by_public, *address.public_ip);
    }
  }
  for (const IpAddress& address : interface.ipv6) {
    visit(index.by_address, address);
    if (address.is_public()) {
      visit(index.by_public, address);
    }
  }
  for (const SecurityGroupId& group : interface.groups) {
    visit(index.by_group, group);
  }
  if (!interface.instance.empty()) {
    visit(index.by_instance, interface.instance);
  }
  visit(index.by_subnet, interface.subnet);
}

void NetworkIndex::remove(Interfaces& index, const NetworkInterface& interface) {
  for_each_list(index, interface, [&](auto& lists, const auto& key) {
    auto list = list_in(lists, key);
    std::erase(list, &interface);
    if (list.empty()) {
      lists.erase(key);
    } else {
      lists.set(key, std::move(list));
    }
  });
  if (const auto blocks = index.delegated.find(interface.vpc); blocks != index.delegated.end()) {
    std::erase_if(blocks->second,
                  [&](const DelegatedBlock& block) { return block.interface == &interface; });
  }
}

void NetworkIndex::insert(Interfaces& index, const NetworkInterface& interface) {
  for_each_list(index, interface, [&](auto& lists, const auto& key) {
    auto list = list_in(lists, key);
    const auto place = std::lower_bound(list.begin(), list.end(), &interface,
                                        [](const auto* a, const auto* b) { return a->id < b->id; });
    list.insert(place, &interface);
    lists.set(key, std::move(list));
  });
  auto& blocks = index.delegated[interface.vpc];
  for (const IpPrefix& prefix : interface.delegated) {
    const DelegatedBlock block{.prefix = prefix, .interface = &interface};
    blocks.insert(
        std::upper_bound(blocks.begin(), blocks.end(), block,
                         [](const auto& a, const auto& b) { return a.prefix < b.prefix; }),
        block);
  }
}

NetworkIndex::Interfaces NetworkIndex::index_interfaces(const Snapshot& snapshot) {
  Lists<IpAddress, NetworkInterface> by_address;
  Lists<IpAddress, NetworkInterface> by_public;
  Lists<SecurityGroupId, NetworkInterface> by_group;
  Lists<InstanceId, NetworkInterface> by_instance;
  Lists<SubnetId, NetworkInterface> by_subnet;
  Interfaces index;
  for (const NetworkInterface& interface : snapshot.all<NetworkInterface>()) {
    for (const InterfaceAddress& address : interface.addresses) {
      by_address[address.private_ip].push_back(&interface);
      if (address.public_ip) {
        by_public[*address.public_ip].push_back(&interface);
      }
    }
    for (const IpAddress& address : interface.ipv6) {
      by_address[address].push_back(&interface);
      if (address.is_public()) {
        by_public[address].push_back(&interface);
      }
    }
    for (const IpPrefix& prefix : interface.delegated) {
      index.delegated[interface.vpc].push_back({.prefix = prefix, .interface = &interface});
    }
    for (const SecurityGroupId& group : interface.groups) {
      by_group[group].push_back(&interface);
    }
    if (!interface.instance.empty()) {
      by_instance[interface.instance].push_back(&interface);
    }
    by_subnet[interface.subnet].push_back(&interface);
  }
  for (auto& [vpc, blocks] : index.delegated) {
    std::stable_sort(blocks.begin(), blocks.end(),
                     [](const auto& a, const auto& b) { return a.prefix < b.prefix; });
  }
  index.by_address = LayeredMap(std::move(by_address));
  index.by_public = LayeredMap(std::move(by_public));
  index.by_group = LayeredMap(std::move(by_group));
  index.by_instance = LayeredMap(std::move(by_instance));
  index.by_subnet = LayeredMap(std::move(by_subnet));
  return index;
}

NetworkIndex::Subnets NetworkIndex::index_subnets(const Snapshot& snapshot) {
  Subnets index;
  for (const Subnet& subnet : snapshot.all<Subnet>()) {
    index.by_vpc[subnet.vpc].push_back(&subnet);
  }
  for (const RouteTable& table : snapshot.all<RouteTable>()) {
    for (const SubnetId& subnet : table.subnets) {
      index.tables.emplace(subnet, &table);
    }
    for (const std::string& gateway : table.gateways) {
      index.edge_tables.emplace(gateway, &table);
    }
    if (table.is_main) {
      index.main_tables.emplace(table.vpc, &table);
    }
  }
  for (const NetworkAcl& acl : snapshot.all<NetworkAcl>()) {
    for (const SubnetId& subnet : acl.subnets) {
      index.acls.emplace(subnet, &acl);
    }
    if (acl.is_default) {
      index.default_acls.emplace(acl.vpc, &acl);
    }
  }
  return index;
}

NetworkIndex::Gateways NetworkIndex::index_gateways(const Snapshot& snapshot) {
  Gateways index;
  for (const InternetGateway& gateway : snapshot.all<InternetGateway>()) {
    for (const VpcId& vpc : gateway.vpcs) {
      index.internet.emplace(vpc, &gateway);
    }
  }
  for (const auto& gateway : snapshot.all<EgressOnlyInternetGateway>()) {
    for (const VpcId& vpc : gateway.vpcs) {
      index.egress_only.emplace(vpc, &gateway);
    }
  }
  for (const NatGateway& nat : snapshot.all<NatGateway>()) {
    for (const NatAddress& address : nat.addresses) {
      index.nats.emplace(address.interface, &nat);
      const NetworkInterface* interface = snapshot.find(address.interface);
      if (interface != nullptr && address.public_ip) {
        index.nat_addresses.emplace(*address.public_ip, interface);
      }
    }
  }
  for (const VpcEndpoint& endpoint : snapshot.all<VpcEndpoint>()) {
    for (const NetworkInterfaceId& interface : endpoint.interfaces) {
      index.endpoints.emplace(interface, &endpoint);
    }
  }
  for (const auto& attachment : snapshot.all<TransitGatewayAttachment>()) {
    index.attachments[attachment.gateway].push_back(&attachment);
  }
  return index;
}

NetworkIndex::Balancers NetworkIndex::index_balancers(const Snapshot& snapshot) {
  Balancers index;
  std::unordered_map<std::string, std::vector<const LoadBalancer*>> described;
  for (const LoadBalancer& balancer : snapshot.all<LoadBalancer>()) {
    described[node_description(balancer)].push_back(&balancer);
  }
  for (const NetworkInterface& interface : snapshot.all<NetworkInterface>()) {
    for (const LoadBalancer* balancer : list_at(described, interface.description)) {
      if (balancer->vpc == interface.vpc &&
          one_account(balancer->owned.account, interface.owned.account)) {
        index.nodes[balancer->id].push_back(&interface);
        index.of_node.emplace(interface.id, balancer);
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
      index.target_groups[balancer].push_back(snapshot.find(group));
    }
  }
  return index;
}

const NetworkInterface* NetworkIndex::interface_at(const VpcId& vpc,
                                                   const IpAddress& address) const {
  for (const NetworkInterface* interface : list_in(interfaces_->by_address, address)) {
    if (interface->vpc == vpc) {
      return interface;
    }
  }
  // Delegated blocks of one VPC are disjoint: only the last that starts at or before can hold it.
  const std::vector<DelegatedBlock>& blocks = list_at(interfaces_->delegated, vpc);
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
  return list_in(interfaces_->by_address, address);
}

const NetworkInterface* NetworkIndex::interface_of_public(const IpAddress& address) const {
  if (const auto& owners = list_in(interfaces_->by_public, address); !owners.empty()) {
    return owners.front();
  }
  if (const auto* nat = pointer_at(gateways_->nat_addresses, address); nat != nullptr) {
    return nat;
  }
  if (address.is_v4() || !address.is_public()) {
    return nullptr;
  }
  for (const auto& [vpc, blocks] :
       interfaces_->delegated) {  // global IPv6 addresses have one owner
    if (const NetworkInterface* owner = interface_at(vpc, address); owner != nullptr) {
      return owner;
    }
  }
  return nullptr;
}

const std::vector<const NetworkInterface*>& NetworkIndex::interfaces_of(
    const SecurityGroupId& group) const {
  return list_in(interfaces_->by_group, group);
}

const std::vector<const NetworkInterface*>& NetworkIndex::interfaces_of(
    const InstanceId& instance) const {
  return list_in(interfaces_->by_instance, instance);
}

const std::vector<const NetworkInterface*>& NetworkIndex::interfaces_of(
    const SubnetId& subnet) const {
  return list_in(interfaces_->by_subnet, subnet);
}

const RouteTable* NetworkIndex::route_table_of(const Subnet& subnet) const {
  const RouteTable* table = pointer_at(subnets_->tables, subnet.id);
  return table != nullptr ? table : main_table_of(subnet.vpc);
}

const RouteTable* NetworkIndex::main_table_of(const VpcId& vpc) const {
  return pointer_at(subnets_->main_tables, vpc);
}

const RouteTable* NetworkIndex::edge_table_of(std::string_view gateway) const {
  return pointer_at(subnets_->edge_tables, gateway);
}

const NetworkAcl* NetworkIndex::acl_of(const Subnet& subnet) const {
  const NetworkAcl* acl = pointer_at(subnets_->acls, subnet.id);
  return acl != nullptr ? acl : pointer_at(subnets_->default_acls, subnet.vpc);
}

const std::vector<const Subnet*>& NetworkIndex::subnets_of(const VpcId& vpc) const {
  return list_at(subnets_->by_vpc, vpc);
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
  return pointer_at(gateways_->internet, vpc);
}

const EgressOnlyInternetGateway* NetworkIndex::egress_only_gateway_of(const VpcId& vpc) const {
  return pointer_at(gateways_->egress_only, vpc);
}

const NatGateway* NetworkIndex::nat_of(const NetworkInterfaceId& interface) const {
  return pointer_at(gateways_->nats, interface);
}

const VpcEndpoint* NetworkIndex::endpoint_of(const NetworkInterfaceId& interface) const {
  return pointer_at(gateways_->endpoints, interface);
}

const std::vector<const NetworkInterface*>& NetworkIndex::nodes_of(
    const LoadBalancerId& balancer) const {
  return list_at(balancers_->nodes, balancer);
}

const LoadBalancer* NetworkIndex::balancer_of(const NetworkInterfaceId& interface) const {
  return pointer_at(balancers_->of_node, interface);
}

const std::vector<const TargetGroup*>& NetworkIndex::target_groups_of(
    const LoadBalancerId& balancer) const {
  return list_at(balancers_->target_groups, balancer);
}

const std::vector<const TransitGatewayAttachment*>& NetworkIndex::attachments_of(
    const TransitGatewayId& gateway) const {
  return list_at(gateways_->attachments, gateway);
}

}  // namespace portolan::reach
