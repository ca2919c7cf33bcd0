#include <algorithm>
#include <array>
#include <utility>

#include "collect/decode/families.h"

namespace portolan::collect {

namespace {

/// The target members of a route, as they stand in the document.
struct RouteDraft {
  Route route;
  std::string gateway;
  std::string interface;
  std::string instance;
  std::string state;
  std::string origin;
  RouteTarget other;  // of a member that names one kind of target only
};

template <RouteTargetKind Kind>
void target(Reader& in, RouteDraft& row) {
  std::string id;
  in.read(id);
  if (!id.empty()) {
    row.other = {.kind = Kind, .id = std::move(id)};
  }
}

void destination(Reader& in, RouteDraft& row) {
  if (const auto prefix = in.prefix()) {
    row.route.cidr = prefix;
  }
}

/// SOURCE: EC2 API, Route.
constexpr Field<RouteDraft> kRouteFields[] = {
    {"DestinationCidrBlock", destination},
    {"DestinationIpv6CidrBlock", destination},
    {"DestinationPrefixListId",
     [](Reader& in, RouteDraft& row) { in.read(row.route.prefix_list); }},
    {"EgressOnlyInternetGatewayId", target<RouteTargetKind::EgressOnlyInternetGateway>},
    {"GatewayId", value<&RouteDraft::gateway>},
    {"InstanceId", value<&RouteDraft::instance>},
    {"NatGatewayId", target<RouteTargetKind::NatGateway>},
    {"TransitGatewayId", target<RouteTargetKind::TransitGateway>},
    {"LocalGatewayId", target<RouteTargetKind::LocalGateway>},
    {"CarrierGatewayId", target<RouteTargetKind::CarrierGateway>},
    {"NetworkInterfaceId", value<&RouteDraft::interface>},
    {"Origin", value<&RouteDraft::origin>},
    {"State", value<&RouteDraft::state>},
    {"VpcPeeringConnectionId", target<RouteTargetKind::VpcPeering>},
    {"CoreNetworkArn", target<RouteTargetKind::CoreNetwork>},
};

/// What a GatewayId names, by its prefix.
RouteTarget gateway_target(const std::string& id) {
  struct Prefix {
    std::string_view text;
    RouteTargetKind kind;
  };
  static constexpr std::array kPrefixes = {
      Prefix{"igw-", RouteTargetKind::InternetGateway},
      Prefix{"vgw-", RouteTargetKind::VpnGateway},
      Prefix{"vpce-", RouteTargetKind::VpcEndpoint},
      Prefix{"nat-", RouteTargetKind::NatGateway},
      Prefix{"tgw-", RouteTargetKind::TransitGateway},
      Prefix{"eigw-", RouteTargetKind::EgressOnlyInternetGateway},
      Prefix{"cagw-", RouteTargetKind::CarrierGateway},
      Prefix{"lgw-", RouteTargetKind::LocalGateway},
  };
  if (id == "local") {
    return {.kind = RouteTargetKind::Local};
  }
  for (const Prefix& prefix : kPrefixes) {
    if (id.starts_with(prefix.text)) {
      return {.kind = prefix.kind, .id = id};
    }
  }
  return {.kind = RouteTargetKind::Unknown, .id = id};
}

/// An instance is named together with its interface; if it stands alone, its id is kept until the
/// instances are known.
RouteTarget target_of(const RouteDraft& draft) {
  if (!draft.interface.empty()) {
    return {.kind = RouteTargetKind::NetworkInterface, .id = draft.interface};
  }
  if (draft.other.kind != RouteTargetKind::Unknown) {
    return draft.other;
  }
  if (!draft.gateway.empty()) {
    return gateway_target(draft.gateway);
  }
  return {.kind = RouteTargetKind::Unknown, .id = draft.instance};
}

struct TableDraft {
  RouteTable& row;
  bool has_bad_route = false;
};

void read_routes(Reader& in, TableDraft& draft) {
  in.objects([&] {
    const std::size_t place = in.offset();
    const std::size_t problems = in.problems().size();
    RouteDraft route;
    read_fields(in, kRouteFields, route);
    if (!route.route.cidr && route.route.prefix_list.empty()) {
      draft.has_bad_route = true;
      if (in.ok() && in.problems().size() == problems) {
        in.problem("route_not_understood", "a route has no destination that is known here", place);
      }
      return;
    }
    route.route.target = target_of(route);
    route.route.is_blackhole = route.state == "blackhole";
    route.route.is_propagated = route.origin == "EnableVgwRoutePropagation";
    draft.row.routes.push_back(std::move(route.route));
  });
}

/// One association of a table: with a subnet, with a gateway, or as the main table.
struct Association {
  bool is_main = false;
  std::string subnet;
  std::string gateway;
  std::string state = "associated";
};

constexpr Field<Association> kAssociationFields[] = {
    {"Main", value<&Association::is_main>},
    {"SubnetId", value<&Association::subnet>},
    {"GatewayId", value<&Association::gateway>},
    {"AssociationState", [](Reader& in, Association& row) { row.state = member_of(in, "State"); }},
};

void read_associations(Reader& in, TableDraft& draft) {
  in.objects([&] {
    Association association;
    read_fields(in, kAssociationFields, association);
    if (association.state != "associated" && association.state != "associating") {
      return;
    }
    draft.row.is_main |= association.is_main;
    if (!association.subnet.empty()) {
      draft.row.subnets.push_back({std::move(association.subnet)});
    }
    if (!association.gateway.empty()) {
      draft.row.gateways.push_back(std::move(association.gateway));
    }
  });
}

constexpr Field<TableDraft> kTableFields[] = {
    {"Associations", read_associations},
    {"RouteTableId", [](Reader& in, TableDraft& row) { in.read(row.row.id); }},
    {"Routes", read_routes},
    {"Tags", [](Reader& in, TableDraft& row) { tags(in, row.row); }},
    {"VpcId", [](Reader& in, TableDraft& row) { in.read(row.row.vpc); }},
    {"OwnerId", [](Reader& in, TableDraft& row) { owner(in, row.row); }},
};

}  // namespace

void decode_route_tables(Answer& answer) {
  read_drafts(answer, kTableFields, [&](TableDraft& draft) {
    std::sort(draft.row.subnets.begin(), draft.row.subnets.end());
    std::sort(draft.row.gateways.begin(), draft.row.gateways.end());
    std::sort(draft.row.routes.begin(), draft.row.routes.end());
    if (draft.has_bad_route) {
      add_gap(answer, "route_not_understood", draft.row.id.value,
              "a route of the table could not be understood");
    }
  });
}

}  // namespace portolan::collect
