#include <array>

#include "events/decode/call.h"
#include "events/decode/services.h"

/// Calls that change NACLs, routes and what they are associated with.
/// SOURCE: EC2 API, CreateNetworkAclEntry, CreateRoute, AssociateRouteTable.
namespace portolan::events {

namespace {

/// The direction and number of an entry; nothing, and reported, without a number.
std::optional<AclRuleRemoved> entry_place(Call& call) {
  const auto number = call.request["ruleNumber"].number();
  if (!number) {
    call.fault("ruleNumber", call.request["ruleNumber"]);
    return std::nullopt;
  }
  return AclRuleRemoved{.acl = {call.request["networkAclId"].text()},
                        .is_egress = call.request["egress"].flag().value_or(false),
                        .number = static_cast<int>(*number)};
}

Result<ServiceSet> entry_services(const Value& request) {
  const std::string protocol = any_of(request, {"aclProtocol", "protocol"}).text();
  const Value icmp = any_of(request, {"icmpTypeCode", "icmp"});
  if (icmp["type"].exists()) {
    return services_of({protocol, icmp["type"].number(), icmp["code"].number()});
  }
  const Value range = request["portRange"];
  return services_of({protocol, range["from"].number(), range["to"].number()});
}

void decode_acl_entry(Call& call) {
  const Value& request = call.request;
  const auto place = entry_place(call);
  const auto services = entry_services(request);
  const std::string_view member = request["cidrBlock"].exists() ? "cidrBlock" : "ipv6CidrBlock";
  const auto block = call.prefix(member, request[member]);
  if (!services) {
    call.faults.push_back(services.error().message);
  }
  if (place && services && block) {
    call.add(AclRuleSet{.acl = place->acl,
                        .entry = {.number = place->number,
                                  .is_egress = place->is_egress,
                                  .allows = same_word(request["ruleAction"].text(), "allow"),
                                  .cidr = *block,
                                  .services = *services}});
  }
}

void decode_delete_acl_entry(Call& call) {
  if (const auto place = entry_place(call)) {
    call.add(*place);
  }
}

struct TargetMember {
  std::string_view name;
  RouteTargetKind kind;
};

// SOURCE: EC2 API, CreateRoute.
constexpr std::array kTargets = {
    TargetMember{"egressOnlyInternetGatewayId", RouteTargetKind::EgressOnlyInternetGateway},
    TargetMember{"natGatewayId", RouteTargetKind::NatGateway},
    TargetMember{"networkInterfaceId", RouteTargetKind::NetworkInterface},
    TargetMember{"vpcPeeringConnectionId", RouteTargetKind::VpcPeering},
    TargetMember{"transitGatewayId", RouteTargetKind::TransitGateway},
    TargetMember{"vpcEndpointId", RouteTargetKind::VpcEndpoint},
    TargetMember{"carrierGatewayId", RouteTargetKind::CarrierGateway},
    TargetMember{"localGatewayId", RouteTargetKind::LocalGateway},
    TargetMember{"coreNetworkArn", RouteTargetKind::CoreNetwork},
    TargetMember{"odbNetworkArn", RouteTargetKind::Unknown},
    TargetMember{"instanceId", RouteTargetKind::NetworkInterface},  // its only interface
};

RouteTarget gateway_target(const std::string& id) {
  if (id == "local") {
    return {.kind = RouteTargetKind::Local, .id = {}};
  }
  if (id.starts_with("igw-")) {
    return {.kind = RouteTargetKind::InternetGateway, .id = id};
  }
  if (id.starts_with("vpce-")) {
    return {.kind = RouteTargetKind::VpcEndpoint, .id = id};
  }
  return {.kind = id.starts_with("vgw-") ? RouteTargetKind::VpnGateway : RouteTargetKind::Unknown,
          .id = id};
}

RouteTarget target_of(const Value& request) {
  if (request["localTarget"].flag().value_or(false)) {
    return {.kind = RouteTargetKind::Local, .id = {}};
  }
  if (const std::string id = request["gatewayId"].text(); !id.empty()) {
    return gateway_target(id);
  }
  for (const TargetMember& target : kTargets) {
    if (const std::string id = request[target.name].text(); !id.empty()) {
      return {.kind = target.kind, .id = id};
    }
  }
  return {};
}

/// Sets one of `cidr` and `prefix_list`; false, and reported, if the call has neither.
bool read_destination(Call& call, Route& route) {
  if (const Value list = call.request["destinationPrefixListId"]; list.exists()) {
    route.prefix_list.value = list.text();
    return true;
  }
  const std::string_view member = call.request["destinationCidrBlock"].exists()
                                      ? "destinationCidrBlock"
                                      : "destinationIpv6CidrBlock";
  route.cidr = call.prefix(member, call.request[member]);
  return route.cidr.has_value();
}

void decode_route(Call& call) {
  Route route{.target = target_of(call.request)};
  if (read_destination(call, route)) {
    call.add(RouteOpened{{call.request["routeTableId"].text()}, route});
  }
}

void decode_delete_route(Call& call) {
  Route route;
  if (!read_destination(call, route)) {
    return;
  }
  RouteClosed closed{{call.request["routeTableId"].text()}, route.prefix_list};
  if (route.cidr) {
    closed.destination = *route.cidr;
  }
  call.add(std::move(closed));
}

void decode_association(Call& call) {
  const std::string fresh = any_of(call.response, {"newAssociationId", "associationId"}).text();
  const std::string ended = call.request["associationId"].text();
  call.add(AssociationSet{.association = ended.empty() ? fresh : ended,
                          .next = ended.empty() ? std::string{} : fresh,
                          .part = any_of(call.request, {"routeTableId", "networkAclId"}).text(),
                          .place = any_of(call.request, {"subnetId", "gatewayId"}).text()});
}

}  // namespace

std::vector<Decoder> acl_and_route_decoders() {
  return {{"CreateNetworkAclEntry", decode_acl_entry},
          {"ReplaceNetworkAclEntry", decode_acl_entry},
          {"DeleteNetworkAclEntry", decode_delete_acl_entry},
          {"CreateRoute", decode_route},
          {"ReplaceRoute", decode_route},
          {"DeleteRoute", decode_delete_route},
          {"AssociateRouteTable", decode_association},
          {"DisassociateRouteTable", decode_association},
          {"ReplaceRouteTableAssociation", decode_association},
          {"ReplaceNetworkAclAssociation", decode_association}};
}

}  // namespace portolan::events
