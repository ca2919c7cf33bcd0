#include "tests/support/random_changes.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "tests/support/random_row.h"

namespace portolan::tests {

namespace {

IpPrefix any_block(const Snapshot& snapshot, Random& random) {
  const NetworkInterface* interface = random_row<NetworkInterface>(snapshot, random);
  const IpAddress address = interface == nullptr || interface->addresses.empty()
                                ? *IpAddress::parse("203.0.113.9")
                                : interface->addresses.front().private_ip;
  switch (random.below(5)) {
    case 0:
      return IpPrefix::all(IpFamily::V4);
    case 1:
      return IpPrefix::all(IpFamily::V6);
    case 2:
      return IpPrefix(*IpAddress::parse("203.0.113.0"), random.between(20, 32));
    default:
      return IpPrefix(address, random.between(8, 32));
  }
}

ServiceSet any_services(Random& random) {
  return *ServiceSet::parse(
      random.pick({"tcp/22", "tcp/443", "tcp/0-1023", "udp/53", "icmp", "any", "tcp/8080"}));
}

SecurityGroupRule any_rule(const Snapshot& snapshot, Random& random) {
  SecurityGroupRule rule;
  rule.is_egress = random.chance(40);
  rule.services = any_services(random);
  rule.protocol = "tcp";
  const SecurityGroup* group = random_row<SecurityGroup>(snapshot, random);
  const PrefixList* list = random_row<PrefixList>(snapshot, random);
  if (group != nullptr && random.chance(30)) {
    rule.peer = GroupReference{.group = group->id};
  } else if (list != nullptr && random.chance(10)) {
    rule.peer = list->id;
  } else {
    rule.peer = any_block(snapshot, random);
  }
  return rule;
}

std::optional<Change> edit_of_group(const Snapshot& snapshot, Random& random) {
  const SecurityGroup* group = random_row<SecurityGroup>(snapshot, random);
  if (group == nullptr) {
    return std::nullopt;
  }
  if (!group->rules.empty() && random.chance(45)) {
    return RuleRemoved{group->id, random.pick(group->rules)};
  }
  return RuleAdded{group->id, any_rule(snapshot, random)};
}

std::optional<Change> edit_of_membership(const Snapshot& snapshot, Random& random) {
  const NetworkInterface* interface = random_row<NetworkInterface>(snapshot, random);
  const SecurityGroup* group = random_row<SecurityGroup>(snapshot, random);
  if (interface == nullptr || group == nullptr) {
    return std::nullopt;
  }
  if (!interface->groups.empty() && random.chance(40)) {
    return GroupDetached{interface->id, random.pick(interface->groups)};
  }
  return GroupAttached{interface->id, group->id};
}

/// An interface like another one, or none any more.
std::optional<Change> edit_of_interface(const Snapshot& snapshot, Random& random) {
  const NetworkInterface* interface = random_row<NetworkInterface>(snapshot, random);
  if (interface == nullptr) {
    return std::nullopt;
  }
  if (random.chance(40)) {
    return ResourceRemoved{interface->id};
  }
  if (interface->addresses.empty()) {
    return std::nullopt;
  }
  NetworkInterface copy = *interface;
  copy.id.value = "eni-0new" + std::to_string(random.below(100000));
  copy.instance = random.chance(30) ? copy.instance : InstanceId{};
  copy.ipv6 = {};
  copy.addresses.resize(1);
  copy.addresses.front().public_ip = std::nullopt;
  for (int i = 0; i < 5 + random.between(0, 20); ++i) {
    copy.addresses.front().private_ip = *copy.addresses.front().private_ip.next();
  }
  return ResourceSet{std::make_shared<const NetworkInterface>(std::move(copy))};
}

std::optional<Change> edit_of_address(const Snapshot& snapshot, Random& random) {
  const NetworkInterface* interface = random_row<NetworkInterface>(snapshot, random);
  if (interface == nullptr || interface->addresses.empty()) {
    return std::nullopt;
  }
  PublicAddressSet change{interface->id, interface->addresses.front().private_ip, std::nullopt};
  if (!interface->addresses.front().public_ip) {
    change.public_ip =
        IpAddress::parse("3.120.7." + std::to_string(random.between(1, 250))).value();
  }
  return change;
}

std::optional<Change> edit_of_acl(const Snapshot& snapshot, Random& random) {
  const NetworkAcl* acl = random_row<NetworkAcl>(snapshot, random);
  if (acl == nullptr) {
    return std::nullopt;
  }
  if (!acl->entries.empty() && random.chance(50)) {
    const NetworkAclEntry& entry = random.pick(acl->entries);
    return AclEntryRemoved{acl->id, entry.is_egress, entry.number};
  }
  NetworkAclEntry entry;
  entry.number = random.between(1, 200);
  entry.is_egress = random.chance(50);
  entry.allows = random.chance(50);
  entry.cidr = acl->entries.empty() || random.chance(15) ? any_block(snapshot, random)
                                                         : random.pick(acl->entries).cidr;
  entry.services = any_services(random);
  return AclEntrySet{acl->id, entry};
}

std::optional<Change> edit_of_table(const Snapshot& snapshot, Random& random) {
  const RouteTable* table = random_row<RouteTable>(snapshot, random);
  if (table == nullptr || table->routes.empty()) {
    return std::nullopt;
  }
  Route route = random.pick(table->routes);
  if (route.target.kind == RouteTargetKind::Local) {
    return std::nullopt;
  }
  if (random.chance(40)) {
    return RouteRemoved{table->id, destination_of(route)};
  }
  route.is_blackhole = !route.is_blackhole;
  return RouteSet{table->id, route};
}

std::optional<Change> edit_of_list(const Snapshot& snapshot, Random& random) {
  const PrefixList* list = random_row<PrefixList>(snapshot, random);
  if (list == nullptr || !list->entries) {
    return std::nullopt;
  }
  if (!list->entries->empty() && random.chance(50)) {
    return PrefixListEntryRemoved{list->id, random.pick(*list->entries).cidr};
  }
  return PrefixListEntrySet{list->id, {.cidr = any_block(snapshot, random), .description = {}}};
}

std::optional<Change> edit_of_setting(const Snapshot& snapshot, Random& random) {
  if (const VpcPeering* peering = random_row<VpcPeering>(snapshot, random);
      peering != nullptr && random.chance(50)) {
    return PeeringSet{peering->id, !peering->is_active};
  }
  const Vpc* vpc = random_row<Vpc>(snapshot, random);
  if (vpc == nullptr || !vpc->owned.account.known() || !vpc->owned.region.known()) {
    return std::nullopt;
  }
  return PublicAccessBlockSet{vpc->owned.account, vpc->owned.region,
                              random.chance(50) ? BlockMode::Ingress : BlockMode::Off};
}

std::optional<Change> edit_of_tag(const Snapshot& snapshot, Random& random) {
  const NetworkInterface* interface = random_row<NetworkInterface>(snapshot, random);
  const RouteTable* table = random_row<RouteTable>(snapshot, random);
  if (interface == nullptr || table == nullptr) {
    return std::nullopt;
  }
  return TagSet{random.chance(50) ? interface->id.value : table->id.value, "touched",
                std::to_string(random.below(1000))};
}

using Edit = std::optional<Change> (*)(const Snapshot&, Random&);

constexpr std::array<Edit, 14> kEdits{
    edit_of_group,      edit_of_group,     edit_of_group,   edit_of_group, edit_of_membership,
    edit_of_membership, edit_of_interface, edit_of_address, edit_of_acl,   edit_of_acl,
    edit_of_table,      edit_of_list,      edit_of_setting, edit_of_tag};

}  // namespace

std::vector<Change> random_changes(const Snapshot& snapshot, Random& random) {
  std::vector<Change> changes;
  const int wanted = random.chance(70) ? 1 : random.between(2, 3);
  for (int tries = 0; tries < 20 && static_cast<int>(changes.size()) < wanted; ++tries) {
    if (auto change = kEdits[random.below(kEdits.size())](snapshot, random)) {
      changes.push_back(*std::move(change));
    }
  }
  return changes;
}

}  // namespace portolan::tests
