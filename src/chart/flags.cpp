#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "chart/judge.h"
#include "chart/places.h"
#include "core/text.h"

namespace portolan::chart {

namespace {

std::string lowered(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  return text;
}

/// Whether tags say that something is in production; by holder, for many share one.
class Production {
 public:
  Production(const Snapshot& snapshot, const checks::Config& config) : snapshot_(snapshot) {
    for (const std::string& pattern : config.production_tags) {
      patterns_.push_back(lowered(pattern));
    }
  }

  bool has(const NetworkInterface& interface) {
    const Instance* instance = snapshot_.find(interface.instance);
    return matches(interface.owned) || (instance != nullptr && matches(instance->owned)) ||
           holder(interface.subnet) || holder(interface.vpc);
  }

 private:
  bool matches(const Owned& owned) const {
    return std::any_of(owned.tags.begin(), owned.tags.end(), [&](const Tag& tag) {
      const std::string pair = lowered(tag.key + "=" + tag.value);
      return std::any_of(patterns_.begin(), patterns_.end(),
                         [&](const std::string& pattern) { return matches_glob(pair, pattern); });
    });
  }

  template <class Resource>
  bool holder(const Id<Resource>& id) {
    const auto [known, is_new] = holders_.try_emplace(id.value, false);
    if (is_new) {
      const Resource* resource = snapshot_.find(id);
      known->second = resource != nullptr && matches(resource->owned);
    }
    return known->second;
  }

  const Snapshot& snapshot_;
  std::vector<std::string> patterns_;
  std::unordered_map<std::string, bool> holders_;
};

/// Instances and addresses that balancers hand connections to.
struct Targets {
  std::unordered_set<std::string> instances;
  std::set<std::pair<std::string, std::string>> addresses;  // VPC, address

  explicit Targets(const Snapshot& snapshot) {
    for (const TargetGroup& group : snapshot.all<TargetGroup>()) {
      for (const Target& target : group.targets.value_or(std::vector<Target>{})) {
        if (target.id.starts_with("i-")) {
          instances.insert(target.id);
        } else {
          addresses.emplace(group.vpc.value, target.id);
        }
      }
    }
    for (const LoadBalancer& balancer : snapshot.all<LoadBalancer>()) {
      for (const InstanceId& instance : balancer.instances) {
        instances.insert(instance.value);
      }
    }
  }

  [[nodiscard]] bool have(const NetworkInterface& interface) const {
    if (!interface.instance.empty() && instances.contains(interface.instance.value)) {
      return true;
    }
    return !addresses.empty() &&
           std::any_of(
               interface.addresses.begin(), interface.addresses.end(),
               [&](const InterfaceAddress& address) {
                 return addresses.contains({interface.vpc.value, address.private_ip.text()});
               });
  }
};

bool has_public_address(const NetworkInterface& interface) {
  return std::any_of(
             interface.addresses.begin(), interface.addresses.end(),
             [](const InterfaceAddress& address) { return address.public_ip.has_value(); }) ||
         std::any_of(interface.ipv6.begin(), interface.ipv6.end(),
                     [](const IpAddress& address) { return address.is_public(); });
}

std::uint16_t count_of(const ServiceSet& services) {
  std::uint64_t points = 0;
  for (const ServiceSet::Segment& segment : services.segments()) {
    points += std::uint64_t{segment.last} - segment.first + 1;
  }
  return static_cast<std::uint16_t>(std::min<std::uint64_t>(points, 0xFFFF));
}

/// Services that the internet reaches, of nodes and all that holds them.
class Reached {
 public:
  Reached(std::vector<Node>& nodes) : nodes_(nodes) {}

  void add(NodeNumber number, const ServiceSet& services) {
    add_above(number, services, &Node::parent);
    add_above(number, services, &Node::policy_parent);
  }

  void tell() {
    for (const auto& [number, services] : of_) {
      nodes_[number].services = count_of(services);
    }
  }

 private:
  void add_above(NodeNumber number, const ServiceSet& services, std::int32_t Node::*parent) {
    for (auto at = static_cast<std::int32_t>(number); at != kNoNode;
         at = nodes_[static_cast<NodeNumber>(at)].*parent) {
      ServiceSet& known = of_[static_cast<NodeNumber>(at)];
      if (known.contains(services)) {
        return;
      }
      known = known.united(services);
    }
  }

  std::vector<Node>& nodes_;
  std::unordered_map<NodeNumber, ServiceSet> of_;
};

}  // namespace

void flag_interfaces(Tree& tree, const Material& material) {
  const Snapshot& snapshot = material.traffic.snapshot();
  const Targets targets(snapshot);
  Production production(snapshot, material.config);
  std::size_t row = 0;
  for (const NetworkInterface& interface : snapshot.all<NetworkInterface>()) {
    const int flags = (has_public_address(interface) ? kHasPublicAddress : 0) |
                      (targets.have(interface) ? kBehindBalancer : 0) |
                      (production.has(interface) ? kInProduction : 0);
    tree.nodes[tree.interfaces[row++]].flags |= static_cast<std::uint16_t>(flags);
  }
}

void flag_traffic(std::vector<Node>& nodes, const Chart& chart, const Traffic& traffic) {
  const reach::Connections& connections = traffic.connections();
  const auto sources = chart_ends(chart, connections, connections.sources());
  const auto targets = chart_ends(chart, connections, connections.targets());
  Reached reached(nodes);
  const auto flag = [&](const ChartEnd& end, std::uint16_t flags) {
    for (const NodeNumber number : end.nodes) {
      nodes[number].flags |= flags;
    }
  };
  for (std::uint32_t target = 0; target < targets.size(); ++target) {
    const bool is_inside = !targets[target].is_outside;
    ServiceSet services;
    for (const TrafficCell& cell : traffic.to(target)) {
      const reach::Passage& passage = traffic.passages()[cell.passage];
      const bool is_unknown = !passage.unknown.empty();
      bool is_open_to_internet = false;
      for (const std::uint32_t source : cell.sources) {
        is_open_to_internet = is_open_to_internet || (is_inside && sources[source].is_internet);
        const bool goes_out = targets[target].is_internet && !sources[source].is_outside;
        if (goes_out || is_unknown) {
          flag(sources[source], static_cast<std::uint16_t>((goes_out ? kReachesInternet : 0) |
                                                           (is_unknown ? kNotAllKnown : 0)));
        }
      }
      if (is_unknown) {
        flag(targets[target], kNotAllKnown);
      }
      if (is_open_to_internet) {
        flag(targets[target], passage.yes.empty() ? kPerhapsReachable : kReachable);
        services = services.united(passage.yes);
      }
    }
    if (!services.empty()) {
      for (const NodeNumber number : targets[target].nodes) {
        reached.add(number, services);
      }
    }
  }
  reached.tell();
  for (auto number = static_cast<NodeNumber>(nodes.size()); number-- > 0;) {
    const Node& node = nodes[number];
    for (const std::int32_t parent : {node.parent, node.policy_parent}) {
      if (parent > 0) {
        nodes[static_cast<NodeNumber>(parent)].flags |= node.flags;
      }
    }
  }
}

}  // namespace portolan::chart
