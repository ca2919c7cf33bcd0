#include "chart/details.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "chart/facts.h"
#include "chart/links.h"
#include "core/text.h"
#include "model/any_resource.h"

namespace portolan::chart {

namespace {

/// In the order of the list of all kinds.
constexpr std::array<std::string_view, std::tuple_size_v<ResourceKinds>> kKinds{
    "vpc",
    "subnet",
    "route-table",
    "network-acl",
    "security-group",
    "interface",
    "instance",
    "internet-gateway",
    "egress-only-internet-gateway",
    "nat-gateway",
    "vpc-peering",
    "transit-gateway",
    "transit-gateway-attachment",
    "transit-gateway-route-table",
    "vpn-gateway",
    "vpn-connection",
    "vpc-endpoint",
    "endpoint-service",
    "prefix-list",
    "db-instance",
    "load-balancer",
    "target-group",
    "network-firewall",
    "firewall-policy",
    "firewall-rule-group",
    "block-public-access",
    "block-public-access-exclusion",
    "flow-log",
    "trail",
    "metric-filter",
    "alarm",
    "subscription",
    "event-rule",
    "published-ranges",
    "launch-template",
    "auto-scaling-group",
    "metadata-defaults",
    "elastic-ip",
    "web-acl",
    "ecs-service",
    "eks-node-group",
    "client-vpn-endpoint",
};

template <class Resource>
std::string name_of(const Resource& resource) {
  Details named;
  named.name = std::string(resource.owned.name());
  Facts(named).tell(resource);
  return named.name;
}

/// Calls `visit` with the type of each kind of resource.
template <class Visit>
void for_each_kind(const Visit& visit) {
  [&]<class... Kinds>(std::type_identity<std::tuple<Kinds...>>) {
    (visit(Kinds{}), ...);
  }(std::type_identity<ResourceKinds>{});
}

constexpr std::string_view kMadeByElb = "ELB ";

/// Balancers by `VPC DESCRIPTION` of the interfaces that ELB makes for their nodes.
std::map<std::string, std::string> balancers_by_node(const Snapshot& snapshot) {
  static constexpr std::string_view kResource = "loadbalancer/";
  std::map<std::string, std::string> balancers;
  for (const LoadBalancer& balancer : snapshot.all<LoadBalancer>()) {
    const std::size_t at = balancer.id.value.find(kResource);
    if (at != std::string::npos) {
      balancers.emplace(fmt::format("{} {}{}", balancer.vpc.value, kMadeByElb,
                                    balancer.id.value.substr(at + kResource.size())),
                        balancer.id.value);
    }
  }
  return balancers;
}

/// Relations that no row names: what decides in a subnet because nothing else does, and the
/// balancer that an interface is a node of.
template <class Visit>
void visit_implied(const Snapshot& snapshot, const Visit& visit) {
  std::set<SubnetId> explicit_subnets;
  for (const RouteTable& table : snapshot.all<RouteTable>()) {
    explicit_subnets.insert(table.subnets.begin(), table.subnets.end());
  }
  for (const RouteTable& table : snapshot.all<RouteTable>()) {
    if (!table.is_main) {
      continue;
    }
    for (const Subnet& subnet : snapshot.all<Subnet>()) {
      if (subnet.vpc == table.vpc && !explicit_subnets.contains(subnet.id)) {
        visit(Link{"main table of", "route table (main)"}, table.id.value, subnet.id.value);
      }
    }
  }
  const std::map<std::string, std::string> balancers = balancers_by_node(snapshot);
  for (const NetworkInterface& interface : snapshot.all<NetworkInterface>()) {
    if (!interface.description.starts_with(kMadeByElb)) {
      continue;
    }
    const auto balancer = balancers.find(interface.vpc.value + " " + interface.description);
    if (balancer != balancers.end()) {
      visit(Link{"node", "node of"}, balancer->second, interface.id.value);
    }
  }
}

class Collector {
 public:
  Collector(const Snapshot& snapshot, const std::string& key) : snapshot_(snapshot) {
    details_.key = key;
    details_.kind = "unknown";
  }

  Result<Details> run() {
    for_each_kind([&]<class Resource>(std::type_identity<Resource>) { add_own<Resource>(); });
    for_each_kind([&]<class Resource>(std::type_identity<Resource>) { add_naming<Resource>(); });
    visit_implied(snapshot_, [&](const Link& link, const std::string& from, const std::string& to) {
      if (from == details_.key) {
        add(link.role, to);
      } else if (to == details_.key) {
        add(link.reverse, from);
      }
    });
    if (!is_found_ && relations_.empty()) {
      return fail("unknown_key",
                  "`" + printable(details_.key) + "` is no resource of the snapshot");
    }
    for (const auto& [role, key] : relations_) {
      details_.relations.push_back(told(role, key));
    }
    return std::move(details_);
  }

 private:
  template <class Resource>
  void add_own() {
    const Resource* resource = snapshot_.find(Id<Resource>{details_.key});
    if (resource == nullptr) {
      return;
    }
    is_found_ = true;
    details_.kind = kKinds[kind_number<Resource>()];
    details_.name = std::string(resource->owned.name());
    details_.tags = resource->owned.tags;
    add_fact("Account", resource->owned.account.text());
    add_fact("Region", resource->owned.region.text());
    Facts(details_).tell(*resource);
    visit_links(*resource, [&](const Link& link, const std::string& id) { add(link.role, id); });
  }

  template <class Resource>
  void add_naming() {
    for (const Resource& resource : snapshot_.all<Resource>()) {
      visit_links(resource, [&](const Link& link, const std::string& id) {
        if (id == details_.key) {
          add(link.reverse, resource.id.value);
        }
      });
    }
  }

  void add_fact(std::string_view label, const std::string& value) {
    if (!value.empty()) {
      details_.facts.push_back({.label = std::string(label), .value = value});
    }
  }

  void add(std::string_view role, const std::string& key) {
    if (!key.empty() && key != details_.key) {
      relations_.emplace(role, key);
    }
  }

  [[nodiscard]] Relation told(const std::string& role, const std::string& key) const {
    Relation relation{.role = role, .kind = "unknown", .key = key, .name = {}};
    for_each_kind([&]<class Resource>(std::type_identity<Resource>) {
      if (const Resource* resource = snapshot_.find(Id<Resource>{key})) {
        relation.kind = kKinds[kind_number<Resource>()];
        relation.name = name_of(*resource);
      }
    });
    if (key.find(":instance-profile/") != std::string::npos) {
      relation.kind = "instance-profile";
    }
    return relation;
  }

  const Snapshot& snapshot_;
  Details details_;
  std::set<std::pair<std::string, std::string>> relations_;  // role, key
  bool is_found_ = false;
};

/// Its own node, or that of the first interface of an instance.
boost::json::value node_of(const Chart& chart, const Details& details) {
  if (const auto number = chart.find(details.key)) {
    return *number;
  }
  if (details.kind == "instance") {
    for (const Relation& relation : details.relations) {
      const auto number = chart.find(relation.key);
      if (relation.kind == "interface" && number) {
        return *number;
      }
    }
  }
  return nullptr;
}

boost::json::value node_of(const Chart& chart, const std::string& key) {
  const auto number = chart.find(key);
  return number ? boost::json::value(*number) : boost::json::value(nullptr);
}

}  // namespace

std::string_view kind_text(std::size_t kind) { return kKinds.at(kind); }

Result<Details> details_of(const Snapshot& snapshot, const std::string& key) {
  return Collector(snapshot, key).run();
}

boost::json::object json_of(const Details& details, const Chart& chart) {
  boost::json::array facts;
  for (const Fact& fact : details.facts) {
    facts.push_back({{"label", fact.label}, {"value", printable(fact.value)}});
  }
  boost::json::array relations;
  for (const Relation& relation : details.relations) {
    relations.push_back({{"role", relation.role},
                         {"kind", relation.kind},
                         {"key", relation.key},
                         {"name", printable(relation.name)},
                         {"node", node_of(chart, relation.key)}});
  }
  boost::json::array rules;
  for (const RuleLine& rule : details.rules) {
    rules.push_back({{"id", rule.id},
                     {"direction", rule.direction},
                     {"services", rule.services},
                     {"peer", printable(rule.peer)},
                     {"description", printable(rule.description)},
                     {"action", printable(rule.action)}});
  }
  boost::json::object tags;
  for (const Tag& tag : details.tags) {
    tags[printable(tag.key)] = printable(tag.value);
  }
  return {{"key", details.key},        {"name", printable(details.name)},
          {"kind", details.kind},      {"node", node_of(chart, details)},
          {"facts", std::move(facts)}, {"relations", std::move(relations)},
          {"rules", std::move(rules)}, {"tags", std::move(tags)}};
}

}  // namespace portolan::chart
