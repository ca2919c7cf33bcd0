#include "reach/engine/blocks.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <variant>

#include "core/assert.h"

namespace portolan::reach {

namespace {

using Prefixes = std::vector<IpPrefix>;

void add(Prefixes& prefixes, const Prefixes& more) {
  prefixes.insert(prefixes.end(), more.begin(), more.end());
}

void add_list(const Snapshot& snapshot, const PrefixListId& id, Prefixes& prefixes) {
  const PrefixList* list = id.empty() ? nullptr : snapshot.find(id);
  if (list == nullptr || !list->entries) {
    return;
  }
  for (const PrefixListEntry& entry : *list->entries) {
    prefixes.push_back(entry.cidr);
  }
}

void add_routes(const Snapshot& snapshot, Prefixes& ways) {
  for (const RouteTable& table : snapshot.all<RouteTable>()) {
    for (const Route& route : table.routes) {
      if (route.cidr) {
        ways.push_back(*route.cidr);
      }
      add_list(snapshot, route.prefix_list, ways);
    }
  }
  for (const TransitGatewayRouteTable& table : snapshot.all<TransitGatewayRouteTable>()) {
    for (const auto& route : table.routes.value_or(std::vector<TransitGatewayRoute>{})) {
      ways.push_back(route.cidr);
      add_list(snapshot, route.prefix_list, ways);
    }
  }
}

void add_filters(const Snapshot& snapshot, Prefixes& ways) {
  for (const NetworkAcl& acl : snapshot.all<NetworkAcl>()) {
    for (const NetworkAclEntry& entry : acl.entries) {
      ways.push_back(entry.cidr);
    }
  }
  for (const FirewallRuleGroup& group : snapshot.all<FirewallRuleGroup>()) {
    for (const FirewallRule& rule : group.rules) {
      add(ways, rule.sources);
      add(ways, rule.destinations);
    }
  }
}

void add_owners(const Snapshot& snapshot, Prefixes& ways) {
  for (const Vpc& vpc : snapshot.all<Vpc>()) {
    add(ways, vpc.cidrs);
  }
  for (const VpcPeering& peering : snapshot.all<VpcPeering>()) {
    add(ways, peering.requester.cidrs);
    add(ways, peering.accepter.cidrs);
  }
}

/// Addresses that the way treats in their own manner: NAT64, and the services of AWS that every
/// host has at hand. SOURCE: VPC guide, "DNS64 and NAT64"; EC2 guide, "Link-local addresses".
void add_special(Prefixes& ways) {
  for (const std::string_view text : {"64:ff9b::/96", "fd00:ec2::/32", "fd00:ec2::253/128",
                                      "fd00:ec2::254/128", "fd00:ec2::123/128"}) {
    const auto prefix = IpPrefix::parse(text);
    PORTOLAN_ASSERT(prefix.has_value());
    ways.push_back(*prefix);
  }
}

void add_rules(const Snapshot& snapshot, Blocks& blocks) {
  for (const SecurityGroup& group : snapshot.all<SecurityGroup>()) {
    for (const SecurityGroupRule& rule : group.rules) {
      Prefixes& prefixes = rule.is_egress ? blocks.egress : blocks.ingress;
      if (const auto* cidr = std::get_if<IpPrefix>(&rule.peer)) {
        prefixes.push_back(*cidr);
      } else if (const auto* list = std::get_if<PrefixListId>(&rule.peer)) {
        add_list(snapshot, *list, prefixes);
      }
    }
  }
}

void sort_unique(Prefixes& prefixes) {
  std::sort(prefixes.begin(), prefixes.end());
  prefixes.erase(std::unique(prefixes.begin(), prefixes.end()), prefixes.end());
}

}  // namespace

Blocks blocks_of(const Snapshot& snapshot) {
  Blocks blocks;
  add_routes(snapshot, blocks.ways);
  add_filters(snapshot, blocks.ways);
  add_owners(snapshot, blocks.ways);
  add_special(blocks.ways);
  add_rules(snapshot, blocks);
  sort_unique(blocks.ways);
  sort_unique(blocks.ingress);
  sort_unique(blocks.egress);
  return blocks;
}

std::vector<IpPrefix> united(const std::vector<IpPrefix>& a, const std::vector<IpPrefix>& b) {
  std::vector<IpPrefix> result;
  result.reserve(a.size() + b.size());
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(result));
  return result;
}

}  // namespace portolan::reach
