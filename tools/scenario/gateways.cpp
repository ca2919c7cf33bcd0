#include <set>

#include <fmt/format.h>

#include "core/text.h"
#include "tools/scenario/interface.h"
#include "tools/scenario/noun.h"

namespace portolan::scenario {

namespace {

/// `igw g v` is attached to v, `igw g` to nothing.
json::array attachments(Estate& estate, Arguments& arguments, std::string_view usual_state) {
  const std::string state = arguments.option("state", usual_state);
  json::array attached;
  for (const std::string& name : arguments.words_left()) {
    attached.push_back(
        object({{"VpcId", estate.need(arguments, name, {"vpc"}).id}, {"State", state}}));
  }
  return attached;
}

void add_gateway(Estate& estate, Arguments& arguments, Kind kind, std::string_view id_member) {
  const Thing& self = estate.self(arguments);
  json::object row = object({{id_member, self.id}, {"OwnerId", self.place.account}});
  row["Attachments"] =
      attachments(estate, arguments, kind == Kind::InternetGateways ? "available" : "attached");
  row["Tags"] = tags_of(self, arguments);
  estate.add(kind, self.place, self.id, std::move(row));
}

/// The addresses of a NAT gateway in a subnet: one public one each, or a private one.
json::array nat_addresses(Estate& estate, const Thing& self, const Thing& subnet,
                          std::vector<std::string> public_addresses, Arguments& arguments) {
  ServiceInterface service{.type = "nat_gateway",
                           .description = "Interface for NAT Gateway " + self.id,
                           .requester = "amazon-nat",
                           .instance_owner = "amazon-aws"};
  service.public_addresses = public_addresses;
  service.address = arguments.option("address");
  const MadeInterface made = add_service_interface(estate, self, subnet, service);
  json::object entry = object({{"NetworkInterfaceId", made.id},
                               {"PrivateIp", made.address},
                               {"IsPrimary", true},
                               {"Status", "succeeded"}});
  if (!public_addresses.empty()) {
    entry["PublicIp"] = public_addresses.front();
    entry["AllocationId"] = "eipalloc-0" + digest(public_addresses.front());
  }
  return {entry};
}

json::object vpn_routes(const std::vector<std::string>& cidrs) {
  json::array routes;
  for (const std::string& cidr : cidrs) {
    routes.push_back(object({{"DestinationCidrBlock", cidr}, {"State", "available"}}));
  }
  return object({{"Routes", routes}});
}

/// One side of a peering connection: a VPC of the scenario, or `ACCOUNT:REGION:vpc-…:CIDR` of a VPC
/// that is not in it.
json::object peering_side(Estate& estate, std::string_view text, Arguments& arguments) {
  const std::vector<std::string_view> parts = split(text, ':');
  if (parts.size() >= 4) {
    return object({{"OwnerId", parts[0]},
                   {"Region", parts[1]},
                   {"VpcId", parts[2]},
                   {"CidrBlock", parts[3]},
                   {"CidrBlockSet", json::array{object({{"CidrBlock", parts[3]}})}}});
  }
  const Thing& vpc = estate.need(arguments, text, {"vpc"});
  json::object side =
      object({{"OwnerId", vpc.place.account}, {"Region", vpc.place.region}, {"VpcId", vpc.id}});
  for (const IpPrefix& cidr : vpc.cidrs) {
    const bool is_v4 = cidr.family() == IpFamily::V4;
    if (is_v4 && !side.contains("CidrBlock")) {
      side["CidrBlock"] = cidr.text();
    }
    array_of(side, is_v4 ? "CidrBlockSet" : "Ipv6CidrBlockSet")
        .push_back(object({{is_v4 ? "CidrBlock" : "Ipv6CidrBlock", cidr.text()}}));
  }
  return side;
}

}  // namespace

void expand_internet_gateway(Estate& estate, Arguments& arguments) {
  add_gateway(estate, arguments, Kind::InternetGateways, "InternetGatewayId");
}

void expand_egress_only_gateway(Estate& estate, Arguments& arguments) {
  add_gateway(estate, arguments, Kind::EgressOnlyInternetGateways, "EgressOnlyInternetGatewayId");
}

void expand_nat(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  const std::string where = arguments.word("a subnet");
  const bool is_regional = arguments.flag("regional");
  const bool is_private = arguments.flag("private");
  const std::string state = arguments.option("state", "available");
  json::object row = object({{"NatGatewayId", self.id},
                             {"State", state},
                             {"ConnectivityType", is_private ? "private" : "public"}});
  row["Tags"] = tags_of(self, arguments);
  if (is_regional) {
    const Thing& vpc = estate.need(arguments, where, {"vpc"});
    row["VpcId"] = vpc.id;
    row["AvailabilityMode"] = "regional";
    for (const std::string& address : arguments.words_left()) {
      array_of(row, "NatGatewayAddresses")
          .push_back(object({{"PublicIp", address},
                             {"AllocationId", "eipalloc-0" + digest(address)},
                             {"AvailabilityZone", vpc.place.region + "a"},
                             {"Status", "succeeded"}}));
    }
  } else {
    const Thing& subnet = estate.need(arguments, where, {"subnet"});
    row["VpcId"] = subnet.vpc;
    row["SubnetId"] = subnet.id;
    row["AvailabilityMode"] = "zonal";
    row["NatGatewayAddresses"] =
        nat_addresses(estate, self, subnet, arguments.words_left(), arguments);
  }
  estate.add(Kind::NatGateways, self.place, self.id, std::move(row));
}

void expand_vpn_gateway(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  json::object row =
      object({{"VpnGatewayId", self.id}, {"State", "available"}, {"Type", "ipsec.1"}});
  row["VpcAttachments"] = attachments(estate, arguments, "attached");
  row["Tags"] = tags_of(self, arguments);
  estate.add(Kind::VpnGateways, self.place, self.id, std::move(row));
}

void expand_vpn(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  json::object row = object({{"VpnConnectionId", self.id},
                             {"State", arguments.option("state", "available")},
                             {"Type", "ipsec.1"},
                             {"Category", "VPN"},
                             {"CustomerGatewayId", "cgw-0" + digest(self.id)}});
  if (const std::string gateway = arguments.option("vgw"); !gateway.empty()) {
    row["VpnGatewayId"] = estate.need(arguments, gateway, {"vgw"}).id;
  }
  if (const std::string gateway = arguments.option("tgw"); !gateway.empty()) {
    row["TransitGatewayId"] = estate.need(arguments, gateway, {"tgw"}).id;
  }
  const std::vector<std::string> cidrs = arguments.list("routes");
  row["Options"] = object({{"StaticRoutesOnly", !cidrs.empty()}});
  row["Routes"] = vpn_routes(cidrs).at("Routes");
  row["Tags"] = tags_of(self, arguments);
  estate.add(Kind::VpnConnections, self.place, self.id, std::move(row));
}

void expand_peering(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  const std::string requester = arguments.word("the requester's VPC");
  const std::string accepter = arguments.word("the accepter's VPC");
  const std::string status = arguments.option("status", "active");
  json::object row = object({{"VpcPeeringConnectionId", self.id},
                             {"Status", object({{"Code", status}, {"Message", status}})},
                             {"RequesterVpcInfo", peering_side(estate, requester, arguments)},
                             {"AccepterVpcInfo", peering_side(estate, accepter, arguments)}});
  row["Tags"] = tags_of(self, arguments);
  std::set<Place> listed;
  for (const std::string& name : {requester, accepter}) {
    if (const Thing* vpc = estate.find(name); vpc != nullptr && listed.insert(vpc->place).second) {
      estate.add(Kind::VpcPeerings, vpc->place, self.id, row);
    }
  }
}

}  // namespace portolan::scenario
