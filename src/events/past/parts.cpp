#include "events/past/parts.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace portolan::events {

SecurityGroup with_vpc(const SecurityGroup& group, const VpcId& vpc, bool is_associated) {
  SecurityGroup row = group;
  std::erase_if(row.associations, [&](const auto& each) { return each.vpc == vpc; });
  if (is_associated) {
    const SecurityGroupVpcAssociation made{.vpc = vpc, .state = "associated"};
    row.associations.insert(
        std::upper_bound(row.associations.begin(), row.associations.end(), made), made);
  }
  return row;
}

NetworkInterface with_groups(const EffectMaker& maker, const NetworkInterface& interface,
                             const std::vector<SecurityGroupId>& groups) {
  NetworkInterface row = interface;
  row.groups.clear();
  for (const SecurityGroupId& id : groups) {
    const SecurityGroup* group = maker.group(id);
    row.groups.push_back(group == nullptr ? id : group->id);
  }
  std::sort(row.groups.begin(), row.groups.end());
  return row;
}

const NetworkInterface* interface_of(const EffectMaker& maker, const std::string& resource) {
  if (resource.starts_with("eni-")) {
    return maker.snapshot().find(NetworkInterfaceId{resource});
  }
  const auto all = maker.interfaces_of(InstanceId{resource});
  return resource.starts_with("i-") && all.size() == 1 ? all.front() : nullptr;
}

const NetworkAclEntry* find_entry(const NetworkAcl& acl, const AclRuleRemoved& place) {
  const auto found = std::find_if(acl.entries.begin(), acl.entries.end(), [&](const auto& entry) {
    return entry.is_egress == place.is_egress && entry.number == place.number;
  });
  return found == acl.entries.end() ? nullptr : &*found;
}

const Route* find_route(const RouteTable& table, const RouteDestination& destination) {
  const auto found = std::find_if(table.routes.begin(), table.routes.end(), [&](const auto& each) {
    return destination_of(each) == destination;
  });
  return found == table.routes.end() ? nullptr : &*found;
}

bool has_entry(const PrefixList& list, const IpPrefix& block) {
  return list.entries && std::any_of(list.entries->begin(), list.entries->end(),
                                     [&](const auto& entry) { return entry.cidr == block; });
}

Route with_interface(const EffectMaker& maker, Route route) {
  if (route.target.id.starts_with("i-")) {
    const NetworkInterface* interface = interface_of(maker, route.target.id);
    route.target = interface == nullptr ? RouteTarget{}
                                        : RouteTarget{.kind = RouteTargetKind::NetworkInterface,
                                                      .id = interface->id.text()};
  }
  return route;
}

void set_state(EffectMaker& maker, const InstanceId& id, InstanceState state) {
  if (const Instance* instance = maker.snapshot().find(id)) {
    Instance row = *instance;
    row.state = state;
    maker.set(std::move(row));
  }
}

void drop_passing_addresses(EffectMaker& maker, const InstanceId& id) {
  for (const NetworkInterface* interface : maker.interfaces_of(id)) {
    NetworkInterface row = *interface;
    for (InterfaceAddress& address : row.addresses) {
      if (address.public_ip && !is_elastic(maker.snapshot(), *address.public_ip)) {
        address.public_ip.reset();
      }
    }
    maker.set(std::move(row));
  }
}

void doubt_addresses(EffectMaker& maker, const InstanceId& id) {
  for (const NetworkInterface* interface : maker.interfaces_of(id)) {
    const bool is_public = std::any_of(interface->addresses.begin(), interface->addresses.end(),
                                       [](const auto& each) { return each.public_ip.has_value(); });
    if (!is_public) {
      maker.gap(interface->id.text(),
                fmt::format("whether {} had a public address", interface->id.text()));
      maker.unknown_interface(*interface, true);
    }
  }
}

void move_acl(EffectMaker& maker, const SubnetId& subnet, const NetworkAclId& acl) {
  if (maker.snapshot().find(acl) == nullptr) {
    maker.unknown_acl_of({subnet});
    return;
  }
  for (const NetworkAcl& each : maker.snapshot().all<NetworkAcl>()) {
    NetworkAcl row = each;
    std::erase(row.subnets, subnet);
    if (row.id == acl) {
      row.subnets.insert(std::upper_bound(row.subnets.begin(), row.subnets.end(), subnet), subnet);
    }
    if (row != each) {
      maker.set(std::move(row));
    }
  }
}

/// The subnets that may have been given the NACL or route table; null if nobody knows which VPC it
/// is of.
template <class Row>
std::vector<SubnetId> subnets_without(const EffectMaker& maker, const Row* known) {
  std::vector<SubnetId> doubtful;
  for (const Subnet& subnet : maker.snapshot().all<Subnet>()) {
    const bool has_it = known != nullptr && std::find(known->subnets.begin(), known->subnets.end(),
                                                      subnet.id) != known->subnets.end();
    if (maker.is_here(subnet.owned) && !has_it && (known == nullptr || known->vpc == subnet.vpc)) {
      doubtful.push_back(subnet.id);
    }
  }
  return doubtful;
}

void any_acl_of_vpc(EffectMaker& maker, const NetworkAclId& acl) {
  maker.gap(acl.text(), fmt::format("which subnet it was that got {}", acl.text()));
  maker.unknown_acl_of(subnets_without(maker, maker.snapshot().find(acl)));
}

void move_table(EffectMaker& maker, const std::string& place, const RouteTableId& table) {
  const SubnetId subnet{place};
  if (place.starts_with("subnet-") && !table.empty() && maker.snapshot().find(table) == nullptr) {
    maker.unknown_table_of({subnet});
    return;
  }
  for (const RouteTable& each : maker.snapshot().all<RouteTable>()) {
    RouteTable row = each;
    std::erase(row.subnets, subnet);
    std::erase(row.gateways, place);
    if (row.id == table && place.starts_with("subnet-")) {
      row.subnets.insert(std::upper_bound(row.subnets.begin(), row.subnets.end(), subnet), subnet);
    } else if (row.id == table) {
      row.gateways.insert(std::upper_bound(row.gateways.begin(), row.gateways.end(), place), place);
    }
    if (row != each) {
      maker.set(std::move(row));
    }
  }
}

void any_table(EffectMaker& maker, const RouteTableId& table) {
  maker.gap(table.empty() ? maker.event().account.text() : table.text(),
            table.empty() ? std::string("which subnet it was that lost its route table")
                          : fmt::format("which subnet it was that got {}", table.text()));
  maker.unknown_table_of(subnets_without(maker, maker.snapshot().find(table)));
}

void forget_entries(EffectMaker& maker, const PrefixListId& list) {
  if (const PrefixList* known = maker.snapshot().find(list)) {
    PrefixList row = *known;
    row.entries.reset();
    maker.gap(list.text(), fmt::format("what stood in {}", list.text()));
    maker.set(std::move(row));
  }
}

namespace {

const NetworkInterface* place_of(const EffectMaker& maker, const AddressSet& edit) {
  if (!edit.interface.empty()) {
    return maker.snapshot().find(edit.interface);
  }
  for (const NetworkInterface* each : maker.interfaces_of(edit.instance)) {
    const bool has_it =
        std::any_of(each->addresses.begin(), each->addresses.end(), [&](const auto& address) {
          return edit.private_ip ? address.private_ip == *edit.private_ip : address.is_primary;
        });
    if (has_it || maker.interfaces_of(edit.instance).size() == 1) {
      return each;
    }
  }
  return nullptr;
}

/// The interface that has the address, where the call names the address only.
const NetworkInterface* holder_of(const EffectMaker& maker, const IpAddress& address) {
  for (const NetworkInterface& each : maker.snapshot().all<NetworkInterface>()) {
    for (const InterfaceAddress& own : each.addresses) {
      if (own.public_ip == address) {
        return &each;
      }
    }
  }
  return nullptr;
}

}  // namespace

void set_address(EffectMaker& maker, const AddressSet& edit, bool is_associated) {
  const NetworkInterface* interface = place_of(maker, edit);
  std::optional<IpAddress> public_ip = edit.public_ip;
  if (!public_ip && !edit.allocation.empty()) {
    const ElasticIp* known = maker.snapshot().find(ElasticIpId{edit.allocation});
    public_ip = known == nullptr ? std::nullopt : known->address;
  }
  if (interface == nullptr && !is_associated && public_ip) {
    interface = holder_of(maker, *public_ip);
  }
  if (interface == nullptr) {
    const bool is_told = !edit.interface.empty() || !edit.instance.empty();
    if (!is_told) {
      maker.gap(edit.association, "which interface it was that had a public address");
      maker.unknown_interfaces(
          [&](const NetworkInterface& each) {
            const bool is_public =
                std::any_of(each.addresses.begin(), each.addresses.end(),
                            [](const auto& own) { return own.public_ip.has_value(); });
            return is_associated ? !is_public : is_public;
          },
          true);
    }
    return;
  }
  const auto private_ip = edit.private_ip ? edit.private_ip : primary_address(*interface);
  if (!private_ip) {
    return;
  }
  NetworkInterface row = *interface;
  for (InterfaceAddress& each : row.addresses) {
    if (each.private_ip != *private_ip) {
      continue;
    }
    if (is_associated && !public_ip) {
      maker.gap(row.id.text(), fmt::format("which public address {} had", row.id.text()));
      maker.unknown_interface(row, true);
      return;
    }
    each.public_ip = is_associated ? public_ip : std::nullopt;
    maker.change(PublicAddressSet{
        .interface = row.id, .private_ip = *private_ip, .public_ip = each.public_ip});
  }
}

void set_subnet(EffectMaker& maker, const SubnetSet& edit) {
  if (const Subnet* subnet = maker.snapshot().find(edit.subnet)) {
    Subnet row = *subnet;
    row.maps_public_ip_on_launch = edit.maps_public_ip.value_or(row.maps_public_ip_on_launch);
    row.assigns_ipv6_on_creation = edit.assigns_ipv6.value_or(row.assigns_ipv6_on_creation);
    maker.set(std::move(row));
  }
}

void set_exclusion(EffectMaker& maker, const ExclusionSet& edit) {
  BlockPublicAccessExclusion row;
  row.id = {edit.exclusion};
  row.owned.account = maker.event().account;
  row.owned.region = maker.event().region;
  if (const BlockPublicAccessExclusion* known = maker.snapshot().find(row.id)) {
    row = *known;
  }
  row.resource = edit.resource.empty() ? row.resource : edit.resource;
  row.allows_ingress = edit.allows_ingress;
  row.is_active = true;
  maker.set(std::move(row));
}

void remove_exclusion(EffectMaker& maker, const std::string& exclusion) {
  const BlockPublicAccessExclusionId id{exclusion};
  if (maker.snapshot().find(id) != nullptr) {
    maker.remove(AnyId(id));
  }
}

namespace {

template <class Gateway>
void attach(EffectMaker& maker, const Id<Gateway>& id, const VpcId& vpc, bool is_attached) {
  if (const Gateway* gateway = maker.snapshot().find(id)) {
    Gateway row = *gateway;
    std::erase(row.vpcs, vpc);
    if (is_attached) {
      row.vpcs.insert(std::upper_bound(row.vpcs.begin(), row.vpcs.end(), vpc), vpc);
    }
    maker.set(std::move(row));
  }
}

}  // namespace

void attach_gateway(EffectMaker& maker, const std::string& gateway, const VpcId& vpc,
                    bool is_attached) {
  attach(maker, InternetGatewayId{gateway}, vpc, is_attached);
  attach(maker, VpnGatewayId{gateway}, vpc, is_attached);
}

void set_exposure(EffectMaker& maker, const ExposureSet& edit) {
  for (const DbInstance& each : maker.snapshot().all<DbInstance>()) {
    if (edit.setting == "publiclyAccessible" && maker.is_here(each.owned) &&
        (each.identifier == edit.resource || each.id.text() == edit.resource)) {
      DbInstance row = each;
      row.is_publicly_accessible = edit.is_public;
      maker.set(std::move(row));
      maker.gap(row.id.text(),
                fmt::format("which public address the interface of {} has", edit.resource));
    }
  }
}

bool matters_to_network(const Event& event) {
  // Text, names and switches that no packet meets.
  constexpr std::array<std::string_view, 4> kHarmless = {
      "UpdateSecurityGroupRuleDescriptionsIngress", "UpdateSecurityGroupRuleDescriptionsEgress",
      "ModifyVpcAttribute", "ModifyVpcTenancy"};
  constexpr std::array kClasses = {
      EventClass::Endpoint, EventClass::Firewall, EventClass::Gateway,    EventClass::Lb,
      EventClass::Nacl,     EventClass::Peering,  EventClass::PrefixList, EventClass::PublicAddr,
      EventClass::Route,    EventClass::SgAttach, EventClass::SgLife,     EventClass::SgRule,
      EventClass::Tgw,      EventClass::VpcBpa,   EventClass::VpcSubnet};
  return std::find(kHarmless.begin(), kHarmless.end(), event.name) == kHarmless.end() &&
         std::find(kClasses.begin(), kClasses.end(), event.event_class) != kClasses.end();
}

void forget(EffectMaker& maker, const std::string& resource) {
  const auto id = find_any(maker.snapshot(), resource);
  if (!id || !matters_to_network(maker.event())) {
    return;
  }
  maker.gap(resource, fmt::format("what {} was like", resource));
  if (id->is<NetworkInterface>()) {
    maker.unknown_interface(*maker.snapshot().find(id->as<NetworkInterface>()), true);
  } else if (id->is<NetworkAcl>()) {
    maker.unknown_acl(*maker.snapshot().find(id->as<NetworkAcl>()));
  } else if (id->is<Instance>()) {
    doubt_addresses(maker, id->as<Instance>());
  } else if (id->is<RouteTable>()) {
    RouteTable row = *maker.snapshot().find(id->as<RouteTable>());
    std::erase_if(row.routes,
                  [](const Route& each) { return each.target.kind != RouteTargetKind::Local; });
    const RouteTable unknown = table_not_told(row.id);
    row.routes.insert(row.routes.end(), unknown.routes.begin(), unknown.routes.end());
    std::sort(row.routes.begin(), row.routes.end());
    maker.set(std::move(row));
  } else if (!id->is<Vpc>() && !id->is<Subnet>() && !id->is<SecurityGroup>()) {
    maker.remove(*id);
  }
}

}  // namespace portolan::events
