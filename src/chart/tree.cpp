#include "chart/tree.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "chart/outside.h"
#include "core/text.h"

namespace portolan::chart {

namespace {

constexpr std::uint16_t kUnread = kNotAllKnown | kNotCollected;

constexpr std::string_view kUnknown = "unknown";

struct Portal {
  std::string key;
  std::string name;
  bool is_unknown = false;
};

/// A balancer with the subnet whose edge it stands on.
struct Gate {
  const LoadBalancer* balancer = nullptr;
  std::string subnet;
};

struct SubnetPlan {
  std::string id;
  const Subnet* subnet = nullptr;  // null: not collected
  std::vector<std::uint32_t> interfaces;
};

using Groups = std::vector<SecurityGroupId>;

struct VpcPlan {
  std::string id;
  const Vpc* vpc = nullptr;                               // null: not collected
  std::map<std::string, std::vector<SubnetPlan*>> zones;  // by name
  std::map<std::string, SubnetPlan> subnets;              // by id
  std::map<Groups, std::vector<std::uint32_t>> classes;
  std::vector<Portal> portals;
  std::vector<Gate> gates;
};

struct RegionPlan {
  std::string name;
  std::map<std::string, VpcPlan> vpcs;  // by id
  std::vector<Portal> portals;
  std::vector<Gate> gates;
};

using Regions = std::map<std::string, RegionPlan>;  // by key

std::string region_text(const Owned& owned) {
  return owned.region.known() ? owned.region.text() : std::string(kUnknown);
}

/// Sorts the resources of a snapshot into what holds them.
class Sorter {
 public:
  explicit Sorter(const Snapshot& snapshot) : snapshot_(snapshot) {}

  std::map<std::string, Regions> run() {
    for (const Vpc& vpc : snapshot_.all<Vpc>()) {
      VpcPlan& plan = plan_of(vpc.id.value, vpc.owned);
      plan.vpc = &vpc;
    }
    for (const Subnet& subnet : snapshot_.all<Subnet>()) {
      plan_of(vpc_text(subnet.vpc), subnet.owned).subnets[subnet.id.value].subnet = &subnet;
    }
    add_interfaces();
    add_gateways();
    add_transit();
    add_balancers();
    for (auto& [id, plan] : by_vpc_) {
      finish(*plan);
    }
    return std::move(accounts_);
  }

 private:
  static std::string vpc_text(const VpcId& vpc) {
    return vpc.empty() ? std::string("vpc-unknown") : vpc.value;
  }

  RegionPlan& region_of(const Owned& owned) {
    RegionPlan& region = accounts_[account_key(owned.account)][region_key(owned)];
    region.name = region_text(owned);
    return region;
  }

  /// The plan of a VPC; `owned` places it if it was not collected.
  VpcPlan& plan_of(const std::string& id, const Owned& owned) {
    const auto known = by_vpc_.find(id);
    if (known != by_vpc_.end()) {
      return *known->second;
    }
    VpcPlan& plan = region_of(owned).vpcs[id];
    plan.id = id;
    by_vpc_.emplace(id, &plan);
    return plan;
  }

  void add_interfaces() {
    const auto interfaces = snapshot_.all<NetworkInterface>();
    std::uint32_t row = 0;
    for (const NetworkInterface& interface : interfaces) {
      const Subnet* subnet = snapshot_.find(interface.subnet);
      VpcPlan& plan =
          plan_of(vpc_text(subnet == nullptr ? interface.vpc : subnet->vpc), interface.owned);
      const std::string id =
          interface.subnet.empty() ? plan.id + "/subnet-unknown" : interface.subnet.value;
      plan.subnets[id].interfaces.push_back(row);
      plan.classes[interface.groups].push_back(row);
      ++row;
    }
  }

  template <class Resource>
  void add_portal(const Resource& resource, const VpcId& vpc) {
    portals_of(resource.owned, vpc)
        .push_back({.key = resource.id.value, .name = std::string(resource.owned.name())});
  }

  std::vector<Portal>& portals_of(const Owned& owned, const VpcId& vpc) {
    return vpc.empty() ? region_of(owned).portals : plan_of(vpc.value, owned).portals;
  }

  template <class Resource>
  void add_attached() {
    for (const Resource& resource : snapshot_.all<Resource>()) {
      add_portal(resource, resource.vpcs.empty() ? VpcId{} : resource.vpcs.front());
    }
  }

  void add_gateways() {
    add_attached<InternetGateway>();
    add_attached<EgressOnlyInternetGateway>();
    add_attached<VpnGateway>();
    for (const NatGateway& nat : snapshot_.all<NatGateway>()) {
      add_portal(nat, nat.vpc);
    }
    for (const VpcEndpoint& endpoint : snapshot_.all<VpcEndpoint>()) {
      add_portal(endpoint, endpoint.vpc);
      std::vector<Portal>& portals = portals_of(endpoint.owned, endpoint.vpc);
      if (portals.back().name.empty()) {
        portals.back().name = endpoint.service_name;
      }
    }
  }

  /// A peering has a portal on either side that is known; the far one has the VPC in its key.
  void add_peering(const VpcPeering& peering) {
    const std::string name(peering.owned.name());
    const bool has_near = snapshot_.find(peering.requester.vpc) != nullptr;
    const bool has_far = snapshot_.find(peering.accepter.vpc) != nullptr;
    if (has_near || !has_far) {
      portals_of(peering.owned, has_near ? peering.requester.vpc : VpcId{})
          .push_back({.key = peering.id.value, .name = name, .is_unknown = !has_far});
    }
    if (has_far) {
      const std::string key =
          has_near ? peering.id.value + "@" + peering.accepter.vpc.value : peering.id.value;
      portals_of(peering.owned, peering.accepter.vpc)
          .push_back({.key = key, .name = name, .is_unknown = !has_near});
    }
  }

  void add_transit() {
    for (const VpcPeering& peering : snapshot_.all<VpcPeering>()) {
      add_peering(peering);
    }
    for (const TransitGateway& gateway : snapshot_.all<TransitGateway>()) {
      add_portal(gateway, {});
    }
    for (const auto& attachment : snapshot_.all<TransitGatewayAttachment>()) {
      const VpcId vpc{attachment.resource};
      if (attachment.kind == AttachmentKind::Vpc && snapshot_.find(vpc) != nullptr) {
        add_portal(attachment, vpc);
      }
    }
  }

  void add_balancers() {
    for (const LoadBalancer& balancer : snapshot_.all<LoadBalancer>()) {
      const std::string subnet =
          balancer.zones.empty() ? std::string() : balancer.zones.front().subnet.value;
      auto& gates = balancer.vpc.empty() ? region_of(balancer.owned).gates
                                         : plan_of(balancer.vpc.value, balancer.owned).gates;
      gates.push_back({.balancer = &balancer, .subnet = subnet});
    }
  }

  static void finish(VpcPlan& plan) {
    for (auto& [id, subnet] : plan.subnets) {
      subnet.id = id;
      const bool is_known = subnet.subnet != nullptr && !subnet.subnet->zone.empty();
      plan.zones[is_known ? subnet.subnet->zone : std::string(kUnknown)].push_back(&subnet);
    }
  }

  const Snapshot& snapshot_;
  std::map<std::string, Regions> accounts_;
  std::unordered_map<std::string, VpcPlan*> by_vpc_;
};

std::string named(std::string_view name) { return printable(name); }

/// Writes the sorted resources down as nodes, parents first.
class Writer {
 public:
  Writer(const Material& material, const Snapshot& snapshot)
      : material_(material), snapshot_(snapshot) {
    for (const NetworkInterface& interface : snapshot.all<NetworkInterface>()) {
      rows_.push_back(&interface);
    }
  }

  Tree run(const std::map<std::string, Regions>& accounts) {
    tree_.interfaces.resize(snapshot_.all<NetworkInterface>().size());
    tree_.nodes.reserve(tree_.interfaces.size() * 5 / 4 + 64);
    add({.key = "organisation", .name = "", .kind = NodeKind::Organisation});
    tree_.internet =
        add_below(0, {.key = "internet", .name = "internet", .kind = NodeKind::Internet});
    add_ring();
    for (const auto& [key, regions] : accounts) {
      const NodeNumber account = add_below(0, {.key = key, .name = {}, .kind = NodeKind::Account});
      for (const auto& [region_key, region] : regions) {
        add_region(account, region_key, region);
      }
    }
    return std::move(tree_);
  }

 private:
  NodeNumber add(Node node) {
    tree_.nodes.push_back(std::move(node));
    return static_cast<NodeNumber>(tree_.nodes.size() - 1);
  }

  /// In both lenses.
  NodeNumber add_below(NodeNumber parent, Node node) {
    node.parent = static_cast<std::int32_t>(parent);
    node.policy_parent = node.parent;
    return add(std::move(node));
  }

  void add_ring() {
    const RingPlan ring = ring_of(material_);
    if (ring.has_private) {
      add_below(0, {.key = std::string(kPrivateKey),
                    .name = "private networks beyond",
                    .kind = NodeKind::Outside});
    }
    for (const IpPrefix& block : ring.blocks) {
      std::string name;
      for (const checks::KnownNetwork& network : material_.config.known_networks) {
        if (network.cidr == block) {
          name = named(network.name);
        }
      }
      add_below(0, {.key = block.text(), .name = std::move(name), .kind = NodeKind::Outside});
    }
  }

  void add_region(NodeNumber account, const std::string& key, const RegionPlan& region) {
    const NodeNumber node =
        add_below(account, {.key = key, .name = region.name, .kind = NodeKind::Region});
    add_portals(node, region.portals);
    for (const auto& [id, vpc] : region.vpcs) {
      add_vpc(node, vpc);
    }
    add_gates(node, region.gates, {});
  }

  void add_portals(NodeNumber parent, const std::vector<Portal>& portals) {
    for (const Portal& portal : portals) {
      const std::uint16_t flags = portal.is_unknown ? kUnread : 0;
      const NodeNumber node = add_below(
          parent, {.key = portal.key, .name = named(portal.name), .kind = NodeKind::Gateway});
      tree_.nodes[node].flags = flags;
    }
  }

  void add_gates(NodeNumber parent, const std::vector<Gate>& gates,
                 const std::map<std::string, NodeNumber>& subnets) {
    for (const Gate& gate : gates) {
      const NodeNumber node = add_below(parent, {.key = gate.balancer->id.value,
                                                 .name = named(gate.balancer->balancer_name),
                                                 .kind = NodeKind::Balancer});
      const auto subnet = subnets.find(gate.subnet);
      tree_.edges[node] = subnet == subnets.end() ? node : subnet->second;
    }
  }

  void add_vpc(NodeNumber region, const VpcPlan& plan) {
    const NodeNumber vpc =
        add_below(region, {.key = plan.id,
                           .name = plan.vpc == nullptr ? "" : named(plan.vpc->owned.name()),
                           .kind = NodeKind::Vpc});
    tree_.nodes[vpc].flags = plan.vpc == nullptr ? kUnread : 0;
    add_portals(vpc, plan.portals);
    std::map<std::string, NodeNumber> subnets;
    for (const auto& [name, members] : plan.zones) {
      const NodeNumber zone = add({.key = plan.id + "/" + name,
                                   .name = name,
                                   .kind = NodeKind::Zone,
                                   .parent = static_cast<std::int32_t>(vpc)});
      for (const SubnetPlan* subnet : in_tiers(members)) {
        subnets[subnet->id] = add_subnet(zone, *subnet);
      }
    }
    std::unordered_map<std::uint32_t, NodeNumber> class_of;
    std::unordered_map<std::uint32_t, std::uint32_t> rank;
    for (const auto& [groups, members] : plan.classes) {
      const NodeNumber node = add_class(vpc, plan.id, groups);
      for (const std::uint32_t row : members) {
        rank.emplace(row, static_cast<std::uint32_t>(rank.size()));
        class_of.emplace(row, node);
      }
    }
    add_gates(vpc, plan.gates, subnets);
    for (const auto& [id, subnet] : plan.subnets) {
      std::vector<std::uint32_t> rows = subnet.interfaces;
      std::sort(rows.begin(), rows.end(),
                [&](std::uint32_t a, std::uint32_t b) { return rank.at(a) < rank.at(b); });
      for (const std::uint32_t row : rows) {
        add_interface(row, subnets.at(id), class_of.at(row));
      }
    }
  }

  /// Public subnets first, then by name without what tells the zone, then by address: so that those
  /// of one tier stand beside each other in all zones.
  std::vector<const SubnetPlan*> in_tiers(const std::vector<SubnetPlan*>& members) const {
    std::vector<const SubnetPlan*> sorted(members.begin(), members.end());
    const auto key = [](const SubnetPlan* plan) {
      const Subnet* subnet = plan->subnet;
      const std::string_view name = subnet == nullptr ? "" : subnet->owned.name();
      const bool is_public = subnet != nullptr && (subnet->maps_public_ip_on_launch ||
                                                   name.find("public") != std::string_view::npos ||
                                                   name.find("dmz") != std::string_view::npos);
      const IpAddress first =
          subnet == nullptr || subnet->cidrs.empty() ? IpAddress{} : subnet->cidrs.front().first();
      return std::tuple(!is_public, first, std::string_view(plan->id));
    };
    std::sort(sorted.begin(), sorted.end(),
              [&](const auto* a, const auto* b) { return key(a) < key(b); });
    return sorted;
  }

  NodeNumber add_subnet(NodeNumber zone, const SubnetPlan& plan) {
    return add({.key = plan.id,
                .name = plan.subnet == nullptr ? "" : named(plan.subnet->owned.name()),
                .kind = NodeKind::Subnet,
                .parent = static_cast<std::int32_t>(zone),
                .flags = static_cast<std::uint16_t>(plan.subnet == nullptr ? kUnread : 0)});
  }

  NodeNumber add_class(NodeNumber vpc, const std::string& id, const Groups& groups) {
    std::string key;
    std::string name;
    bool is_at_home = false;
    bool is_known = true;
    for (const SecurityGroupId& group : groups) {
      const SecurityGroup* found = snapshot_.find(group);
      is_at_home =
          is_at_home || (&group == &groups.front() && found != nullptr && found->vpc.value == id);
      is_known = is_known && found != nullptr;
      key += (key.empty() ? "" : "+") + group.value;
      name += name.empty() ? "" : " + ";
      name += found == nullptr || found->group_name.empty() ? group.value : found->group_name;
    }
    return add({.key = is_at_home ? key : key + "@" + id,
                .name = groups.empty() ? "no groups" : named(name),
                .kind = NodeKind::Class,
                .policy_parent = static_cast<std::int32_t>(vpc),
                .flags = static_cast<std::uint16_t>(is_known ? 0 : kUnread)});
  }

  void add_interface(std::uint32_t row, NodeNumber subnet, NodeNumber group_set) {
    const NetworkInterface& interface = *rows_[row];
    tree_.interfaces[row] = add({.key = interface.id.value,
                                 .name = named(name_of(interface)),
                                 .kind = NodeKind::Interface,
                                 .parent = static_cast<std::int32_t>(subnet),
                                 .policy_parent = static_cast<std::int32_t>(group_set)});
  }

  std::string_view name_of(const NetworkInterface& interface) const {
    const Instance* instance = snapshot_.find(interface.instance);
    if (instance != nullptr && !instance->owned.name().empty()) {
      return instance->owned.name();
    }
    const std::string_view name = interface.owned.name();
    return name.empty() ? std::string_view(interface.description) : name;
  }

  const Material& material_;
  const Snapshot& snapshot_;
  std::vector<const NetworkInterface*> rows_;
  Tree tree_;
};

}  // namespace

std::string account_key(const AccountId& account) {
  return account.known() ? account.text() : "account-unknown";
}

std::string region_key(const Owned& owned) {
  return account_key(owned.account) + "/" + region_text(owned);
}

RingPlan ring_of(const Material& material) {
  static constexpr std::size_t kMost = 32;
  RingPlan plan;
  std::set<IpPrefix> blocks;
  for (const auto* ends :
       {&material.traffic.connections().sources(), &material.traffic.connections().targets()}) {
    for (const reach::EndClass& end : *ends) {
      if (end.kind != reach::EndClass::Kind::Outside || is_served_by_aws(end.block)) {
        continue;
      }
      if (!is_anybody(end.block)) {
        blocks.insert(end.block);
      } else if (end.place.address && !end.place.address->is_public()) {
        plan.has_private = true;
      }
    }
  }
  // Far too many to be told apart: neighbours become one block.
  for (const int bits : {8, 12, 16, 20}) {
    if (blocks.size() <= kMost) {
      break;
    }
    std::set<IpPrefix> wider;
    for (const IpPrefix& block : blocks) {
      const int most = std::max(8, block.first().width() - bits);
      wider.insert(IpPrefix(block.first(), std::min(block.length(), most)));
    }
    blocks = std::move(wider);
  }
  for (const checks::KnownNetwork& network : material.config.known_networks) {
    blocks.insert(network.cidr);
  }
  plan.blocks.assign(blocks.begin(), blocks.end());
  return plan;
}

Tree make_tree(const Material& material) {
  const Snapshot& snapshot = material.traffic.connections().network().snapshot();
  Sorter sorter(snapshot);
  const std::map<std::string, Regions> accounts = sorter.run();
  return Writer(material, snapshot).run(accounts);
}

}  // namespace portolan::chart
