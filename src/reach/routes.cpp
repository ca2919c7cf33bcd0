#include "reach/routes.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "reach/network_index.h"

namespace portolan::reach {

namespace {

/// How good a candidate is: longer prefix first, then the kind of route.
struct Rank {
  int length = -1;
  int kind = 0;  // higher wins
  friend auto operator<=>(const Rank&, const Rank&) = default;
};

constexpr int kStaticCidr = 3;
constexpr int kStaticList = 2;
constexpr int kPropagated = 1;

/// The longest entry of the list that holds the address; -1 if none.
int longest_entry(const PrefixList& list, const IpAddress& address) {
  int longest = -1;
  for (const PrefixListEntry& entry : *list.entries) {
    if (entry.cidr.contains(address)) {
      longest = std::max(longest, entry.cidr.length());
    }
  }
  return longest;
}

std::string target_text(const RouteTarget& target) {
  return target.kind == RouteTargetKind::Local ? std::string("local") : target.id;
}

bool goes_to_gateway_endpoint(const Network& network, const Route& route) {
  if (route.target.kind != RouteTargetKind::VpcEndpoint) {
    return false;
  }
  const VpcEndpoint* endpoint = network.snapshot().find(VpcEndpointId{route.target.id});
  return endpoint == nullptr || endpoint->kind == EndpointKind::Gateway;
}

/// A prefix list whose entries are missing. The lists of AWS's own services hold that service's
/// addresses only, so a destination that nobody named as such is taken not to be among them.
void note_missing_list(const Network& network, const Route& route, RouteChoice& choice) {
  (goes_to_gateway_endpoint(network, route) ? choice.passed_over : choice.unread) = &route;
}

std::optional<Rank> rank_route(const Network& network, const Route& route,
                               const IpAddress& destination, RouteChoice& choice) {
  if (route.cidr) {
    if (!route.cidr->contains(destination)) {
      return std::nullopt;
    }
    return Rank{route.cidr->length(), route.is_propagated ? kPropagated : kStaticCidr};
  }
  const PrefixList* list = network.snapshot().find(route.prefix_list);
  if (list == nullptr || !list->entries) {
    note_missing_list(network, route, choice);
    return std::nullopt;
  }
  const int length = longest_entry(*list, destination);
  return length < 0 ? std::nullopt : std::optional<Rank>(Rank{length, kStaticList});
}

}  // namespace

std::string RouteChoice::text() const {
  if (route == nullptr) {
    return {};
  }
  const std::string to = route->cidr ? route->cidr->text() : route->prefix_list.value;
  return fmt::format("{} -> {}{}", to, target_text(route->target),
                     route->is_blackhole ? " (blackhole)" : "");
}

std::string RouteChoice::gap() const {
  return fmt::format(
      "the entries of {} in a route to {} were not collected: ec2 get-managed-prefix-list-entries",
      unread->prefix_list.value, target_text(unread->target));
}

std::string RouteChoice::assumption() const {
  return fmt::format("the destination is not an address of the service behind {}",
                     passed_over->target.id);
}

std::string RouteChoice::unread_list() const {
  return fmt::format("the entries of {} were not collected: ec2 describe-prefix-lists",
                     passed_over->prefix_list.value);
}

RouteChoice choose_route(const Network& network, const RouteTable& table,
                         const IpAddress& destination, Mentions* consulted) {
  RouteChoice choice;
  Rank best;
  mention(consulted, ConsultedKind::RouteTable, table.id.value);
  for (const Route& route : table.routes) {
    if (!route.cidr) {
      mention(consulted, ConsultedKind::PrefixList, route.prefix_list.value);
    }
    const auto rank = rank_route(network, route, destination, choice);
    if (rank && (choice.route == nullptr || *rank > best)) {
      best = *rank;
      choice.route = &route;
    }
  }
  // A route of the whole address length cannot be beaten by what is missing.
  const bool is_beyond_doubt = choice.route != nullptr && best.length == destination.width();
  if (choice.unread != nullptr && !is_beyond_doubt) {
    choice.kind = RouteChoice::Kind::Unknown;
  } else if (choice.route != nullptr) {
    choice.kind = RouteChoice::Kind::Found;
  }
  return choice;
}

namespace {

int transit_kind_rank(const TransitGatewayRoute& route) {
  if (route.is_static) {
    return route.prefix_list.empty() ? 7 : 6;
  }
  switch (route.kind) {
    case AttachmentKind::Vpc:
      return 5;
    case AttachmentKind::DirectConnect:
      return 4;
    case AttachmentKind::Connect:
      return 3;
    case AttachmentKind::Vpn:
      return 2;
    case AttachmentKind::Peering:
      return 1;
    case AttachmentKind::Other:
      return 0;
  }
  return 0;
}

/// A candidate of the table, wherever it was read.
struct TransitCandidate {
  Rank rank;
  IpPrefix cidr;
  std::string_view attachment;  // in the snapshot
  bool is_blackhole = false;
};

void keep_better(std::optional<TransitCandidate>& best, TransitCandidate candidate) {
  if (!best || candidate.rank > best->rank) {
    best = std::move(candidate);
  }
}

const TransitGatewayAttachment* attachment_of(const Network& network,
                                              const TransitGatewayRouteTable& table,
                                              const std::string& id) {
  for (const TransitGatewayAttachment* attachment : network.index().attachments_of(table.gateway)) {
    if (attachment->is_called(id)) {
      return attachment;
    }
  }
  return nullptr;
}

/// Routes that AWS makes from propagation, worked out from the VPCs' CIDRs where the search of the
/// table did not list them. Empty result for BGP: then the gap is named.
std::string add_propagated(const Network& network, const TransitGatewayRouteTable& table,
                           const IpAddress& destination, std::optional<TransitCandidate>& best) {
  if (!table.propagations) {
    return fmt::format(
        "the propagations of {} were not collected: ec2 "
        "get-transit-gateway-route-table-propagations",
        table.id.value);
  }
  const std::string* unread = nullptr;
  for (const std::string& id : *table.propagations) {
    const TransitGatewayAttachment* attachment = attachment_of(network, table, id);
    const Vpc* vpc = attachment == nullptr || attachment->kind != AttachmentKind::Vpc
                         ? nullptr
                         : network.snapshot().find(VpcId{attachment->resource});
    if (vpc == nullptr) {
      unread = &id;
      continue;
    }
    for (const IpPrefix& cidr : vpc->cidrs) {
      if (cidr.contains(destination)) {
        keep_better(best, {.rank = {cidr.length(), 5}, .cidr = cidr, .attachment = id});
      }
    }
  }
  return unread == nullptr ? std::string()
                           : fmt::format(
                                 "what {} propagates into {} was not collected: ec2 "
                                 "search-transit-gateway-routes",
                                 *unread, table.id.value);
}

std::string_view first_available(const Network& network, const TransitGatewayRouteTable& table,
                                 const TransitGatewayRoute& route) {
  for (const std::string& id : route.attachments) {
    const TransitGatewayAttachment* attachment = attachment_of(network, table, id);
    if (attachment != nullptr && attachment->is_available) {
      return id;
    }
  }
  return route.attachments.empty() ? std::string_view() : route.attachments.front();
}

void add_listed(const Network& network, const TransitGatewayRouteTable& table,
                const IpAddress& destination, std::optional<TransitCandidate>& best) {
  for (const TransitGatewayRoute& route : *table.routes) {
    if (route.cidr.contains(destination)) {
      keep_better(best, {.rank = {route.cidr.length(), transit_kind_rank(route)},
                         .cidr = route.cidr,
                         .attachment = first_available(network, table, route),
                         .is_blackhole = route.is_blackhole});
    }
  }
}

}  // namespace

TransitChoice choose_transit_route(const Network& network, const TransitGatewayRouteTable& table,
                                   const IpAddress& destination) {
  std::optional<TransitCandidate> best;
  std::string gap;
  if (table.routes) {
    add_listed(network, table, destination, best);
    if (table.has_more_routes) {
      gap = fmt::format("the list of routes of {} is cut off: search for {} alone", table.id.value,
                        destination.text());
    }
  } else {
    gap = fmt::format("the routes of {} were not collected: ec2 search-transit-gateway-routes",
                      table.id.value);
  }
  if (!table.routes || !table.routes_include_propagated) {
    const std::string missing = add_propagated(network, table, destination, best);
    gap = gap.empty() ? missing : gap;
  }
  TransitChoice choice;
  const bool is_beyond_doubt = best && best->rank.length == destination.width();
  if (!gap.empty() && !is_beyond_doubt) {
    choice.kind = TransitChoice::Kind::Unknown;
    choice.gap = gap;
    return choice;
  }
  if (!best) {
    return choice;
  }
  choice.kind = best->is_blackhole ? TransitChoice::Kind::Blackhole : TransitChoice::Kind::Found;
  choice.attachment = best->attachment;
  choice.cidr = best->cidr;
  return choice;
}

std::string TransitChoice::text() const {
  return fmt::format("{} -> {}", cidr.text(), kind == Kind::Blackhole ? "blackhole" : attachment);
}

}  // namespace portolan::reach
