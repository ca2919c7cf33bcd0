#include "fuzz/support/changes.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "tests/support/random_changes.h"
#include "tests/support/random_row.h"

namespace portolan::fuzz {

namespace {

using tests::Random;
using tests::random_row;

struct Draw {
  const Snapshot& now;
  const Snapshot& first;
  Random& random;
};

using MaybeChange = std::optional<Change>;

template <class Resource>
MaybeChange set(Resource row) {
  return ResourceSet{std::make_shared<const Resource>(std::move(row))};
}

/// A copy of some row, to edit.
template <class Resource>
std::optional<Resource> copy_of_any(Draw& draw) {
  const Resource* row = random_row<Resource>(draw.now, draw.random);
  return row == nullptr ? std::nullopt : std::optional(*row);
}

// Values

/// All blocks that something on the network is said of.
std::vector<IpPrefix> known_blocks(const Snapshot& snapshot) {
  std::vector<IpPrefix> blocks{IpPrefix::all(IpFamily::V4), IpPrefix::all(IpFamily::V6)};
  const auto add = [&](const std::vector<IpPrefix>& more) {
    blocks.insert(blocks.end(), more.begin(), more.end());
  };
  for (const Vpc& vpc : snapshot.all<Vpc>()) {
    add(vpc.cidrs);
  }
  for (const Subnet& subnet : snapshot.all<Subnet>()) {
    add(subnet.cidrs);
  }
  for (const NetworkInterface& interface : snapshot.all<NetworkInterface>()) {
    add(interface.delegated);
    for (const InterfaceAddress& address : interface.addresses) {
      blocks.push_back(IpPrefix::host(address.private_ip));
      blocks.push_back(IpPrefix::host(address.public_ip.value_or(address.private_ip)));
    }
    for (const IpAddress& address : interface.ipv6) {
      blocks.push_back(IpPrefix::host(address));
    }
  }
  for (const RouteTable& table : snapshot.all<RouteTable>()) {
    for (const Route& route : table.routes) {
      blocks.push_back(route.cidr.value_or(blocks.front()));
    }
  }
  for (const NetworkAcl& acl : snapshot.all<NetworkAcl>()) {
    for (const NetworkAclEntry& entry : acl.entries) {
      blocks.push_back(entry.cidr);
    }
  }
  for (const SecurityGroup& group : snapshot.all<SecurityGroup>()) {
    for (const SecurityGroupRule& rule : group.rules) {
      if (const auto* block = std::get_if<IpPrefix>(&rule.peer)) {
        blocks.push_back(*block);
      }
    }
  }
  return blocks;
}

/// A known block, or one around or inside it.
IpPrefix draw_block(Draw& draw) {
  const IpPrefix block = draw.random.pick(known_blocks(draw.now));
  const int width = block.first().width();
  switch (draw.random.below(6)) {
    case 0:
      return IpPrefix(block.first(), draw.random.between(0, width));
    case 1:
      return IpPrefix(block.last(), std::min(width, block.length() + 1));
    case 2:
      return IpPrefix(block.first(), std::max(0, block.length() - 1));
    default:
      return block;
  }
}

ServiceSet draw_services(Random& random) {
  const int number = static_cast<int>(random.below(256));
  switch (random.below(7)) {
    case 0:
      return ServiceSet::all();
    case 1:
      return ServiceSet::udp(number, number + 1000);
    case 2:
      return ServiceSet::icmp(number % 20, number % 3 - 1);
    case 3:
      return ServiceSet::icmpv6(number, -1);
    case 4:
      return ServiceSet::protocol(number);
    case 5:
      return ServiceSet::tcp(number, 65535);
    default:
      return ServiceSet::tcp(number);
  }
}

/// Some group that was collected, that rules name though it was not, or that nobody knows.
SecurityGroupId draw_group(Draw& draw) {
  const SecurityGroup* group = random_row<SecurityGroup>(draw.now, draw.random);
  const std::size_t kind = draw.random.below(8);
  if (group == nullptr || kind < 2) {
    return {kind == 0 ? "sg-0123456789abcdef0" : "sg-0nobody"};
  }
  return group->id;
}

SecurityGroupRule draw_rule(Draw& draw) {
  SecurityGroupRule rule;
  rule.is_egress = draw.random.chance(50);
  rule.services = draw_services(draw.random);
  rule.protocol = "tcp";
  const PrefixList* list = random_row<PrefixList>(draw.now, draw.random);
  switch (draw.random.below(5)) {
    case 0:
      rule.peer = GroupReference{.group = draw_group(draw)};
      break;
    case 1:
      rule.peer = list == nullptr ? PrefixListId{"pl-0nobody"} : list->id;
      break;
    default:
      rule.peer = draw_block(draw);
  }
  return rule;
}

/// Takes one subnet from the list, or puts one in.
void edit_subnets(Draw& draw, std::vector<SubnetId>& subnets) {
  const Subnet* subnet = random_row<Subnet>(draw.now, draw.random);
  if (subnet != nullptr && std::erase(subnets, subnet->id) == 0) {
    subnets.push_back(subnet->id);
  }
}

// Groups

MaybeChange add_rule(Draw& draw) {
  const SecurityGroup* group = random_row<SecurityGroup>(draw.now, draw.random);
  return group == nullptr ? MaybeChange() : RuleAdded{group->id, draw_rule(draw)};
}

MaybeChange modify_rule(Draw& draw) {
  const SecurityGroup* group = random_row<SecurityGroup>(draw.now, draw.random);
  if (group == nullptr || group->rules.empty()) {
    return std::nullopt;
  }
  const SecurityGroupRule& before = draw.random.pick(group->rules);
  SecurityGroupRule after = draw_rule(draw);
  if (draw.random.chance(50)) {
    after.peer = before.peer;
  }
  return RuleModified{group->id, before, after};
}

MaybeChange attach_group(Draw& draw) {
  const auto* interface = random_row<NetworkInterface>(draw.now, draw.random);
  return interface == nullptr ? MaybeChange() : GroupAttached{interface->id, draw_group(draw)};
}

MaybeChange edit_group(Draw& draw) {
  auto group = copy_of_any<SecurityGroup>(draw);
  const Vpc* vpc = random_row<Vpc>(draw.now, draw.random);
  if (!group || vpc == nullptr) {
    return std::nullopt;
  }
  switch (draw.random.below(4)) {
    case 0:
      group->id = draw_group(draw);
      break;
    case 1:
      group->rules.clear();
      break;
    case 2:
      group->vpc = vpc->id;
      break;
    default:
      group->associations = {{.vpc = vpc->id, .state = "associated"}};
  }
  return set(*std::move(group));
}

// Interfaces

void edit_addresses(Draw& draw, const NetworkInterface& other, NetworkInterface& interface) {
  switch (draw.random.below(6)) {
    case 0:
      interface.addresses = other.addresses;
      break;
    case 1:
      interface.addresses.insert(interface.addresses.end(), other.addresses.begin(),
                                 other.addresses.end());
      break;
    case 2:
      interface.ipv6 = other.ipv6;
      break;
    case 3:
      interface.delegated = {draw_block(draw)};
      break;
    case 4:
      interface.delegated.clear();
      break;
    default:
      for (InterfaceAddress& address : interface.addresses) {
        address.private_ip = address.private_ip.next().value_or(address.private_ip);
      }
  }
}

MaybeChange edit_interface(Draw& draw) {
  auto interface = copy_of_any<NetworkInterface>(draw);
  if (!interface) {
    return std::nullopt;
  }
  const NetworkInterface& other = *random_row<NetworkInterface>(draw.now, draw.random);
  if (draw.random.chance(30)) {
    interface->id = {"eni-0wild" + std::to_string(draw.random.below(4))};
  }
  switch (draw.random.below(8)) {
    case 0:
      interface->vpc = other.vpc;
      interface->subnet = other.subnet;
      interface->zone = other.zone;
      break;
    case 1:
      interface->groups = other.groups;
      break;
    case 2:
      interface->status = interface->status == "available" ? "in-use" : "available";
      break;
    case 3:
      interface->checks_source_dest = !interface->checks_source_dest;
      break;
    case 4:
      interface->instance = other.instance;
      break;
    case 5:
      interface->description = other.description;
      interface->interface_type = other.interface_type;
      interface->requester = other.requester;
      break;
    default:
      edit_addresses(draw, other, *interface);
  }
  return set(*std::move(interface));
}

MaybeChange edit_public_address(Draw& draw) {
  const auto* interface = random_row<NetworkInterface>(draw.now, draw.random);
  if (interface == nullptr || interface->addresses.empty()) {
    return std::nullopt;
  }
  const IpAddress address = draw_block(draw).first();
  return PublicAddressSet{
      interface->id, draw.random.pick(interface->addresses).private_ip,
      address.is_v4() && address.is_public() ? std::optional(address) : std::nullopt};
}

MaybeChange edit_instance(Draw& draw) {
  auto instance = copy_of_any<Instance>(draw);
  if (!instance) {
    return std::nullopt;
  }
  switch (draw.random.below(3)) {
    case 0:
      instance->state = static_cast<InstanceState>(draw.random.below(7));
      break;
    case 1:
      instance->platform = instance->platform == "windows" ? "" : "windows";
      break;
    default:
      instance->metadata.tokens_required = draw.random.chance(50);
  }
  return set(*std::move(instance));
}

// NACLs and routes

MaybeChange edit_acl(Draw& draw) {
  auto acl = copy_of_any<NetworkAcl>(draw);
  if (!acl) {
    return std::nullopt;
  }
  if (draw.random.chance(20)) {
    edit_subnets(draw, acl->subnets);
    return set(*std::move(acl));
  }
  NetworkAclEntry entry = acl->entries.empty() ? NetworkAclEntry{} : draw.random.pick(acl->entries);
  entry.allows = draw.random.chance(50);
  if (draw.random.chance(50)) {
    entry.services = draw_services(draw.random);
  }
  if (draw.random.chance(50)) {
    entry.cidr = draw_block(draw);
  }
  if (draw.random.chance(50)) {
    entry.number = draw.random.between(1, 200);
  }
  return AclEntrySet{acl->id, entry};
}

MaybeChange edit_route(Draw& draw) {
  const RouteTable* table = random_row<RouteTable>(draw.now, draw.random);
  const RouteTable* like = random_row<RouteTable>(draw.now, draw.random);
  if (table == nullptr || like->routes.empty()) {
    return std::nullopt;
  }
  Route route = draw.random.pick(like->routes);
  const PrefixList* list = random_row<PrefixList>(draw.now, draw.random);
  if (list != nullptr && draw.random.chance(15)) {
    route.cidr = std::nullopt;
    route.prefix_list = list->id;
  } else if (draw.random.chance(60)) {
    route.cidr = draw_block(draw);
    route.prefix_list = {};
  }
  if (draw.random.chance(15)) {
    route.target = {.kind = RouteTargetKind::NetworkInterface,
                    .id = random_row<NetworkInterface>(draw.now, draw.random) == nullptr
                              ? "eni-0nobody"
                              : random_row<NetworkInterface>(draw.now, draw.random)->id.value};
  }
  route.is_blackhole = draw.random.chance(20);
  route.is_propagated = draw.random.chance(20);
  return RouteSet{table->id, route};
}

MaybeChange edit_table(Draw& draw) {
  auto table = copy_of_any<RouteTable>(draw);
  if (!table) {
    return std::nullopt;
  }
  if (draw.random.chance(30)) {
    table->is_main = !table->is_main;
  } else {
    edit_subnets(draw, table->subnets);
  }
  return set(*std::move(table));
}

MaybeChange edit_transit_table(Draw& draw) {
  auto table = copy_of_any<TransitGatewayRouteTable>(draw);
  if (!table || !table->routes || table->routes->empty()) {
    return std::nullopt;
  }
  TransitGatewayRoute route = draw.random.pick(*table->routes);
  switch (draw.random.below(4)) {
    case 0:
      std::erase(*table->routes, route);
      break;
    case 1:
      std::erase(*table->routes, route);
      route.is_blackhole = !route.is_blackhole;
      table->routes->push_back(route);
      break;
    case 2:
      route.cidr = draw_block(draw);
      table->routes->push_back(route);
      break;
    default:
      table->routes = std::nullopt;
  }
  return set(*std::move(table));
}

// Any kind

constexpr std::size_t kKinds = std::tuple_size_v<ResourceKinds>;

MaybeChange remove_any(Draw& draw) {
  return visit_kind(draw.random.below(kKinds), [&]<class Resource>(std::type_identity<Resource>) {
    const Resource* row = random_row<Resource>(draw.now, draw.random);
    return row == nullptr ? MaybeChange() : ResourceRemoved{row->id};
  });
}

MaybeChange bring_back_any(Draw& draw) {
  return visit_kind(draw.random.below(kKinds), [&]<class Resource>(std::type_identity<Resource>) {
    const Resource* row = random_row<Resource>(draw.first, draw.random);
    return row == nullptr ? MaybeChange() : ResourceSet{draw.first.shared(row->id)};
  });
}

MaybeChange tag_any(Draw& draw) {
  return visit_kind(draw.random.below(kKinds), [&]<class Resource>(std::type_identity<Resource>) {
    const Resource* row = random_row<Resource>(draw.now, draw.random);
    return row == nullptr ? MaybeChange()
                          : TagSet{row->id.value, "touched", std::to_string(draw.random.below(9))};
  });
}

using Edit = MaybeChange (*)(Draw& draw);

constexpr std::array<Edit, 18> kEdits{
    add_rule,       add_rule,       modify_rule,    attach_group,        edit_group,
    edit_interface, edit_interface, edit_interface, edit_public_address, edit_instance,
    edit_acl,       edit_acl,       edit_route,     edit_table,          edit_transit_table,
    remove_any,     bring_back_any, tag_any};

}  // namespace

std::vector<Change> draw_changes(const Snapshot& now, const Snapshot& first, Random& random) {
  if (random.chance(40)) {
    return tests::random_changes(now, random);
  }
  Draw draw{.now = now, .first = first, .random = random};
  std::vector<Change> changes;
  const std::size_t wanted = random.chance(70) ? 1 : 2 + random.below(2);
  for (int tries = 0; tries < 10 && changes.size() < wanted; ++tries) {
    if (auto change = kEdits[random.below(kEdits.size())](draw)) {
      changes.push_back(*std::move(change));
    }
  }
  return changes;
}

}  // namespace portolan::fuzz
