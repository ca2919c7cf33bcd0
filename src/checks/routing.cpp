#include "checks/routing.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "checks/estate.h"
#include "checks/missing.h"
#include "checks/world.h"

namespace portolan::checks {

namespace {

/// A block of a route, which is of several where it is for a prefix list.
struct Claim {
  IpPrefix block;
  const Route* route = nullptr;
};

struct Claims {
  std::vector<Claim> all;  // longest prefix first: it wins
  std::string gap;
};

bool leads_to_internet(const Route& route) {
  return route.target.kind == RouteTargetKind::InternetGateway && !route.is_blackhole;
}

Claims claims_of(const Context& context, const RouteTable& table) {
  Claims claims;
  for (const Route& route : table.routes) {
    const auto blocks = destinations_of(context.snapshot(), route);
    if (!blocks && leads_to_internet(route)) {
      claims.gap = fmt::format("the entries of {} were not collected: {}", route.prefix_list.value,
                               call_of(Noun::PrefixLists));
    }
    for (const IpPrefix& block : blocks.value_or(std::vector<IpPrefix>{})) {
      claims.all.push_back({.block = block, .route = &route});
    }
  }
  std::stable_sort(claims.all.begin(), claims.all.end(), [](const Claim& a, const Claim& b) {
    return a.block.length() > b.block.length();
  });
  return claims;
}

/// SOURCE: VPC User Guide, "Route priority": the longest prefix wins, a blackhole as well.
IpSet sent_to_internet(const Claims& claims) {
  IpSet claimed;
  IpSet sent;
  for (const Claim& claim : claims.all) {
    if (leads_to_internet(*claim.route)) {
      sent = sent.united(IpSet({claim.block}).without(claimed));
    }
    claimed.add(claim.block);
  }
  return sent;
}

}  // namespace

InternetRoutes internet_routes(const Context& context, const RouteTable& table) {
  InternetRoutes internet;
  for (const Route& route : table.routes) {
    if (leads_to_internet(route)) {
      internet.routes.push_back(&route);
    }
  }
  if (!internet.routes.empty()) {
    const Claims claims = claims_of(context, table);
    const IpSet sent = sent_to_internet(claims);
    internet.is_world = std::any_of(kFamilies.begin(), kFamilies.end(),
                                    [&](IpFamily family) { return is_world(sent, family); });
    internet.gap = internet.is_world ? std::string() : claims.gap;
  }
  if (!internet.is_world && has_gap(context.snapshot(), "route_not_understood", table.id.value)) {
    internet.gap = fmt::format("a route of {} could not be understood", table.id.value);
  }
  return internet;
}

Routing::Routing(const Context& context) : context_(&context) {
  for (const RouteTable& table : context.snapshot().all<RouteTable>()) {
    for (const SubnetId& subnet : table.subnets) {
      explicit_.emplace(subnet, &table);
    }
    if (table.is_main) {
      main_.emplace(table.vpc, &table);
    }
    internet_.emplace(table.id, internet_routes(context, table));
  }
  for (const Subnet& subnet : context.snapshot().all<Subnet>()) {
    if (const RouteTable* table = table_of(subnet)) {
      subnets_[table->id].push_back(&subnet);
    }
  }
}

const RouteTable* Routing::table_of(const Subnet& subnet) const {
  if (const auto found = explicit_.find(subnet.id); found != explicit_.end()) {
    return found->second;
  }
  // A table that was not collected may name the subnet: the main one decides only if all were.
  const auto found = main_.find(subnet.vpc);
  return found == main_.end() || is_missing(*context_, Noun::RouteTables, subnet.owned)
             ? nullptr
             : found->second;
}

const std::vector<const Subnet*>& Routing::subnets_of(const RouteTable& table) const {
  static const std::vector<const Subnet*> kNone;
  const auto found = subnets_.find(table.id);
  return found == subnets_.end() ? kNone : found->second;
}

const InternetRoutes& Routing::internet_of(const RouteTable& table) const {
  return internet_.at(table.id);
}

SubnetKind Routing::kind_of(const Subnet& subnet) const {
  const RouteTable* table = table_of(subnet);
  if (table == nullptr) {
    return SubnetKind::Unknown;
  }
  const InternetRoutes& internet = internet_of(*table);
  return internet.is_world      ? SubnetKind::Public
         : internet.gap.empty() ? SubnetKind::Private
                                : SubnetKind::Unknown;
}

std::string Routing::gap_of(const Subnet& subnet) const {
  const RouteTable* table = table_of(subnet);
  return table != nullptr ? internet_of(*table).gap
                          : fmt::format("the route table of {} was not collected: {}",
                                        subnet.id.value, call_of(Noun::RouteTables));
}

bool is_blocked_from_internet(const Snapshot& snapshot, const Subnet& subnet) {
  const BlockPublicAccessId id{subnet.owned.account.text() + '/' + subnet.owned.region.text()};
  const BlockPublicAccess* setting = snapshot.find(id);
  if (setting == nullptr || setting->mode == BlockMode::Off) {
    return false;
  }
  const auto exclusions = snapshot.all<BlockPublicAccessExclusion>();
  return std::none_of(exclusions.begin(), exclusions.end(), [&](const auto& exclusion) {
    return exclusion.is_active && exclusion.allows_ingress &&
           (exclusion.resource == subnet.id.value || exclusion.resource == subnet.vpc.value);
  });
}

bool is_public(const NetworkInterface& interface) {
  return public_address(interface, IpFamily::V4).has_value() ||
         public_address(interface, IpFamily::V6).has_value();
}

std::optional<std::vector<IpPrefix>> destinations_of(const Snapshot& snapshot, const Route& route) {
  if (route.cidr) {
    return std::vector<IpPrefix>{*route.cidr};
  }
  const PrefixList* list = snapshot.find(route.prefix_list);
  if (list == nullptr || !list->entries) {
    return std::nullopt;
  }
  std::vector<IpPrefix> blocks;
  for (const PrefixListEntry& entry : *list->entries) {
    blocks.push_back(entry.cidr);
  }
  return blocks;
}

namespace {

std::string destination_text(const Route& route) {
  return route.cidr ? route.cidr->text() : route.prefix_list.value;
}

}  // namespace

std::string route_text(const Route& route) {
  const bool is_local = route.target.kind == RouteTargetKind::Local;
  return fmt::format("{} -> {}", destination_text(route), is_local ? "local" : route.target.id);
}

FindingRule name_route(const RouteTable& table, const Route& route) {
  return {.id = fmt::format("{}/{}", table.id.value, destination_text(route)),
          .holder = table.id.value,
          .peer = destination_text(route),
          .services = ServiceSet::all().text()};
}

std::string route_deletion(const RouteTable& table, const Route& route) {
  if (route.is_propagated || route.target.kind == RouteTargetKind::Local) {
    return {};
  }
  const std::string_view option = !route.cidr                   ? "destination-prefix-list-id"
                                  : route.cidr->first().is_v4() ? "destination-cidr-block"
                                                                : "destination-ipv6-cidr-block";
  return fmt::format("aws ec2 delete-route --route-table-id {} --{} {}", table.id.value, option,
                     destination_text(route));
}

}  // namespace portolan::checks
