#include "checks/estate.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_set>

#include <fmt/format.h>

#include "checks/tag_patterns.h"
#include "core/text.h"

namespace portolan::checks {

namespace {

const Interfaces kNone;

/// RDS tags the instance, not the interface that it makes for it; its description tells.
bool belongs_to_database(const NetworkInterface& interface) {
  return interface.description == "RDSNetworkInterface" || interface.requester == "amazon-rds";
}

/// The description that ELB gives to the nodes of a balancer.
/// SOURCE: Elastic Load Balancing guides, "Network interfaces of a load balancer".
std::string node_description(const LoadBalancer& balancer) {
  if (balancer.kind == BalancerKind::Classic) {
    return "ELB " + balancer.balancer_name;
  }
  const std::size_t at = balancer.id.value.find(":loadbalancer/");
  const std::size_t skip = std::string_view(":loadbalancer/").size();
  return at == std::string::npos ? std::string() : "ELB " + balancer.id.value.substr(at + skip);
}

std::string node_key(const VpcId& vpc, std::string_view description) {
  return fmt::format("{} {}", vpc.value, description);
}

/// Interfaces that do more than take and open connections of their own are each judged alone.
bool is_plain(const NetworkInterface& interface) {
  static constexpr std::array<std::string_view, 5> kTypes = {"interface", "branch", "trunk", "efa",
                                                             "lambda"};
  return std::find(kTypes.begin(), kTypes.end(), interface.interface_type) != kTypes.end() &&
         !interface.description.starts_with("ELB ") && interface.delegated.empty();
}

/// All that the way to or from a plain interface can hang on.
std::string signature(const Snapshot& snapshot, const NetworkInterface& interface) {
  if (!is_plain(interface)) {
    return interface.id.value;
  }
  const Instance* instance = snapshot.find(interface.instance);
  std::string text =
      fmt::format("{} {} {}{}{}{} {}", interface.subnet.value, interface.status,
                  public_address(interface, IpFamily::V4).has_value() ? 'p' : '-',
                  public_address(interface, IpFamily::V6).has_value() ? 'q' : '-',
                  interface.addresses.empty() ? '-' : '4', interface.ipv6.empty() ? '-' : '6',
                  instance == nullptr ? -1 : static_cast<int>(instance->state));
  for (const SecurityGroupId& group : interface.groups) {
    text += ' ';
    text += group.value;
  }
  return text;
}

/// Interfaces that are the body of something else, whatever type they say they are of.
std::unordered_set<std::string> interfaces_of_services(const Snapshot& snapshot) {
  std::unordered_set<std::string> ids;
  for (const NatGateway& nat : snapshot.all<NatGateway>()) {
    for (const NatAddress& address : nat.addresses) {
      ids.insert(address.interface.value);
    }
  }
  for (const VpcEndpoint& endpoint : snapshot.all<VpcEndpoint>()) {
    for (const NetworkInterfaceId& interface : endpoint.interfaces) {
      ids.insert(interface.value);
    }
  }
  return ids;
}

std::span<const Located> part_in(const std::vector<Located>& sorted, const IpPrefix& block) {
  const auto begin =
      std::partition_point(sorted.begin(), sorted.end(),
                           [&](const Located& located) { return located.address < block.first(); });
  const auto end = std::partition_point(
      begin, sorted.end(), [&](const Located& located) { return located.address <= block.last(); });
  return {begin, end};
}

}  // namespace

Estate::Estate(const Snapshot& snapshot, const Config& config)
    : snapshot_(&snapshot),
      production_(lowered(config.production_tags)),
      data_tier_(lowered(config.data_tier_tags)),
      admin_source_(lowered(config.admin_source_tags)),
      is_production_(snapshot.all<NetworkInterface>().size()),
      is_data_tier_(is_production_.size()),
      is_admin_source_(is_production_.size()) {
  for (const NetworkAcl& acl : snapshot.all<NetworkAcl>()) {
    acls_[acl.vpc].push_back(&acl);
  }
  for (const RouteTable& table : snapshot.all<RouteTable>()) {
    tables_[table.vpc].push_back(&table);
  }
  place(snapshot);
  sort_by_kind(snapshot);
  chart_outside(snapshot);
}

void Estate::place(const Snapshot& snapshot) {
  for (const NetworkInterface& interface : snapshot.all<NetworkInterface>()) {
    for (const SecurityGroupId& group : interface.groups) {
      by_group_[group].push_back(&interface);
    }
    for (const InterfaceAddress& address : interface.addresses) {
      by_address_.push_back({address.private_ip, &interface});
      if (address.public_ip) {
        owned_.push_back(*address.public_ip);
      }
    }
    for (const IpAddress& address : interface.ipv6) {
      by_address_.push_back({address, &interface});
      owned_.push_back(address);
    }
    if (interface.description.starts_with("ELB ")) {
      nodes_[node_key(interface.vpc, interface.description)].push_back(&interface);
    }
  }
  for (const auto& [group, interfaces] : by_group_) {
    if (snapshot.find(group) == nullptr) {
      unread_groups_.emplace(group, interfaces.front());
    }
  }
  for (const NatGateway& nat : snapshot.all<NatGateway>()) {
    for (const NatAddress& address : nat.addresses) {
      owned_.push_back(address.public_ip.value_or(address.private_ip));
    }
  }
  for (const ElasticIp& elastic : snapshot.all<ElasticIp>()) {
    if (elastic.address) {
      owned_.push_back(*elastic.address);
    }
  }
  std::sort(owned_.begin(), owned_.end());
  std::stable_sort(by_address_.begin(), by_address_.end(),
                   [](const Located& a, const Located& b) { return a.address < b.address; });
  for (const Located& located : by_address_) {
    by_vpc_[located.interface->vpc].push_back(located);
  }
}

void Estate::sort_by_kind(const Snapshot& snapshot) {
  const auto served = interfaces_of_services(snapshot);
  std::unordered_map<std::string, std::size_t> seen;
  kinds_.reserve(snapshot.all<NetworkInterface>().size());
  for (const NetworkInterface& interface : snapshot.all<NetworkInterface>()) {
    const std::string kind =
        served.contains(interface.id.value) ? interface.id.value : signature(snapshot, interface);
    kinds_.push_back(seen.emplace(kind, seen.size()).first->second);
    if (interface.groups.size() > 1) {
      group_sets_[interface.groups].push_back(&interface);
    }
  }
  kinds_count_ = seen.size();
}

std::size_t Estate::row_of(const NetworkInterface& interface) const {
  return snapshot_->all<NetworkInterface>().position(interface);
}

std::size_t Estate::kind_of(const NetworkInterface& interface) const {
  return kinds_[row_of(interface)];
}

void Estate::chart_outside(const Snapshot& snapshot) {
  std::vector<IpPrefix> vpcs;
  for (const Vpc& vpc : snapshot.all<Vpc>()) {
    vpcs.insert(vpcs.end(), vpc.cidrs.begin(), vpc.cidrs.end());
  }
  const IpSet own(vpcs);
  outside_v4_ = IpSet::public_space(IpFamily::V4).without(own);
  outside_v6_ = IpSet::public_space(IpFamily::V6).without(own);
  for (const VpcPeering& peering : snapshot.all<VpcPeering>()) {
    for (const PeeringSide* side : {&peering.requester, &peering.accepter}) {
      vpcs.insert(vpcs.end(), side->cidrs.begin(), side->cidrs.end());
    }
  }
  internal_ = IpSet(vpcs);
}

const Interfaces& Estate::interfaces_of(const SecurityGroupId& group) const {
  const auto found = by_group_.find(group);
  return found == by_group_.end() ? kNone : found->second;
}

const std::vector<const NetworkAcl*>& Estate::acls_in(const VpcId& vpc) const {
  static const std::vector<const NetworkAcl*> kNoAcls;
  const auto found = acls_.find(vpc);
  return found == acls_.end() ? kNoAcls : found->second;
}

const std::vector<const RouteTable*>& Estate::tables_in(const VpcId& vpc) const {
  static const std::vector<const RouteTable*> kNoTables;
  const auto found = tables_.find(vpc);
  return found == tables_.end() ? kNoTables : found->second;
}

std::span<const Located> Estate::located_in(const IpPrefix& block) const {
  return part_in(by_address_, block);
}

std::span<const Located> Estate::located_in(const VpcId& vpc, const IpPrefix& block) const {
  const auto found = by_vpc_.find(vpc);
  return found == by_vpc_.end() ? std::span<const Located>() : part_in(found->second, block);
}

const NetworkInterface* Estate::interface_at(const VpcId& vpc, const IpAddress& address) const {
  const auto located = located_in(vpc, IpPrefix::host(address));
  return located.empty() ? nullptr : located.front().interface;
}

const Interfaces& Estate::nodes_of(const LoadBalancer& balancer) const {
  const auto found = nodes_.find(node_key(balancer.vpc, node_description(balancer)));
  return found == nodes_.end() ? kNone : found->second;
}

bool Estate::has_tag(const NetworkInterface& interface, const Patterns& patterns,
                     Memory& memory) const {
  std::atomic<Said>& said = memory[row_of(interface)];
  Said known = said.load(std::memory_order_relaxed);
  if (known == Said::Nothing) {
    const Instance* instance = instance_of(interface);
    const Subnet* subnet = snapshot_->find(interface.subnet);
    const Vpc* vpc = snapshot_->find(interface.vpc);
    const bool matches = matches_tags(interface.owned, patterns) ||
                         (instance != nullptr && matches_tags(instance->owned, patterns)) ||
                         (subnet != nullptr && matches_tags(subnet->owned, patterns)) ||
                         (vpc != nullptr && matches_tags(vpc->owned, patterns));
    known = matches ? Said::Yes : Said::No;
    said.store(known, std::memory_order_relaxed);
  }
  return known == Said::Yes;
}

bool Estate::is_production(const NetworkInterface& interface) const {
  return has_tag(interface, production_, is_production_);
}

bool Estate::is_data_tier(const NetworkInterface& interface) const {
  return belongs_to_database(interface) || has_tag(interface, data_tier_, is_data_tier_);
}

bool Estate::is_admin_source(const NetworkInterface& interface) const {
  return has_tag(interface, admin_source_, is_admin_source_);
}

const IpSet& Estate::outside(IpFamily family) const {
  return family == IpFamily::V4 ? outside_v4_ : outside_v6_;
}

std::optional<IpAddress> Estate::free_address(const IpSet& addresses) const {
  for (const IpSet::Range& range : addresses.ranges()) {
    std::optional<IpAddress> address = range.first;
    while (address && *address <= range.last &&
           std::binary_search(owned_.begin(), owned_.end(), *address)) {
      address = address->next();
    }
    if (address && *address <= range.last) {
      return address;
    }
  }
  return std::nullopt;
}

bool Estate::is_internal(const IpPrefix& block) const {
  const IpSet addresses({block});
  return addresses.intersected(IpSet::public_space(block.family())).without(internal_).empty();
}

std::vector<IpAddress> public_addresses(const Snapshot& snapshot) {
  std::vector<IpAddress> addresses;
  for (const NetworkInterface& interface : snapshot.all<NetworkInterface>()) {
    for (const InterfaceAddress& address : interface.addresses) {
      if (address.public_ip) {
        addresses.push_back(*address.public_ip);
      }
    }
    addresses.insert(addresses.end(), interface.ipv6.begin(), interface.ipv6.end());
  }
  for (const ElasticIp& elastic : snapshot.all<ElasticIp>()) {
    if (elastic.address) {
      addresses.push_back(*elastic.address);
    }
  }
  std::sort(addresses.begin(), addresses.end());
  addresses.erase(std::unique(addresses.begin(), addresses.end()), addresses.end());
  return addresses;
}

std::optional<IpAddress> public_address(const NetworkInterface& interface, IpFamily family) {
  if (family == IpFamily::V4) {
    for (const InterfaceAddress& address : interface.addresses) {
      if (address.public_ip) {
        return address.public_ip;
      }
    }
    return std::nullopt;
  }
  const auto found = std::find_if(interface.ipv6.begin(), interface.ipv6.end(),
                                  [](const IpAddress& address) { return address.is_public(); });
  return found == interface.ipv6.end() ? std::nullopt : std::optional<IpAddress>(*found);
}

std::optional<IpAddress> private_address(const NetworkInterface& interface, IpFamily family) {
  if (family == IpFamily::V4 && !interface.addresses.empty()) {
    return interface.addresses.front().private_ip;
  }
  return family == IpFamily::V6 && !interface.ipv6.empty()
             ? std::optional<IpAddress>(interface.ipv6.front())
             : std::nullopt;
}

std::string title_of(const Estate& estate, const NetworkInterface& interface) {
  const Instance* instance = estate.instance_of(interface);
  std::string_view name = instance == nullptr ? interface.owned.name() : instance->owned.name();
  if (name.empty()) {
    name = interface.description;
  }
  return name.empty() ? interface.id.value
                      : fmt::format("{} ({})", interface.id.value, printable(name));
}

std::vector<std::string> affected_ids(std::span<const NetworkInterface* const> interfaces) {
  std::vector<std::string_view> ids;
  ids.reserve(2 * interfaces.size());
  for (const NetworkInterface* interface : interfaces) {
    ids.push_back(interface->id.value);
    if (!interface->instance.empty()) {
      ids.push_back(interface->instance.value);
    }
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  ids.resize(std::min(ids.size(), kAffectedMax));
  return {ids.begin(), ids.end()};
}

}  // namespace portolan::checks
