#include "tools/scenario/routes.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/text.h"
#include "tools/scenario/noun.h"

namespace portolan::scenario {

namespace {

/// Under which member a route names its target.
struct TargetMember {
  std::string_view noun;
  std::string_view member;
};

constexpr std::array kTargets = {
    TargetMember{"igw", "GatewayId"},
    TargetMember{"vgw", "GatewayId"},
    TargetMember{"endpoint", "GatewayId"},
    TargetMember{"eigw", "EgressOnlyInternetGatewayId"},
    TargetMember{"nat", "NatGatewayId"},
    TargetMember{"eni", "NetworkInterfaceId"},
    TargetMember{"peering", "VpcPeeringConnectionId"},
    TargetMember{"tgw", "TransitGatewayId"},
};

/// Targets that the notation has no noun for: only their ids are known.
constexpr std::array kForeignTargets = {
    TargetMember{"lgw-", "LocalGatewayId"},
    TargetMember{"cagw-", "CarrierGatewayId"},
    TargetMember{"arn:aws:networkmanager:", "CoreNetworkArn"},
    TargetMember{"odb-", "OdbNetworkArn"},
};

void set_target(json::object& route, std::string_view target, Estate& estate,
                Arguments& arguments) {
  if (target == "local") {
    route["GatewayId"] = "local";
    return;
  }
  for (const TargetMember& foreign : kForeignTargets) {
    if (target.starts_with(foreign.noun)) {
      route[foreign.member] = target;
      return;
    }
  }
  const Thing* instance = estate.find(target);
  if (instance != nullptr && instance->noun == "instance") {
    route["InstanceId"] = instance->id;
    route["InstanceOwnerId"] = instance->place.account;
    route["NetworkInterfaceId"] = estate.need(arguments, instance->name + ".eni", {"eni"}).id;
    return;
  }
  const Thing& thing = estate.need(
      arguments, target, {"igw", "vgw", "endpoint", "eigw", "nat", "eni", "peering", "tgw"});
  for (const TargetMember& candidate : kTargets) {
    if (candidate.noun == thing.noun) {
      route[candidate.member] = thing.id;
    }
  }
}

void set_destination(json::object& route, std::string_view destination, Estate& estate,
                     Arguments& arguments) {
  if (destination == "default") {
    route["DestinationCidrBlock"] = "0.0.0.0/0";
  } else if (destination == "default6") {
    route["DestinationIpv6CidrBlock"] = "::/0";
  } else if (destination.starts_with("pl:")) {
    route["DestinationPrefixListId"] = estate.need(arguments, destination.substr(3), {"pl"}).id;
  } else if (IpPrefix::parse(destination)) {
    const bool is_v6 = destination.find(':') != std::string_view::npos;
    route[is_v6 ? "DestinationIpv6CidrBlock" : "DestinationCidrBlock"] = destination;
  } else {
    arguments.complain(fmt::format("a route is `CIDR=TARGET`, not `{}=`", destination));
  }
}

json::object associated(std::string_view table) {
  return object({{"Main", false},
                 {"RouteTableId", table},
                 {"AssociationState", object({{"State", "associated"}})}});
}

bool has_main_table(Estate& estate, const Thing& vpc) {
  return std::any_of(estate.rows().begin(), estate.rows().end(), [&](Row& row) {
    if (row.kind != Kind::RouteTables || !is(row.value["VpcId"], vpc.id)) {
      return false;
    }
    const json::array& associations = array_of(row.value, "Associations");
    return std::any_of(associations.begin(), associations.end(),
                       [](const json::value& one) { return one.as_object().at("Main") == true; });
  });
}

}  // namespace

json::object& add_table(Estate& estate, const Thing& self, const Thing& vpc) {
  json::object table = object({{"RouteTableId", self.id},
                               {"VpcId", vpc.id},
                               {"OwnerId", vpc.place.account},
                               {"Associations", json::array{}},
                               {"PropagatingVgws", json::array{}},
                               {"Routes", json::array{}},
                               {"Tags", json::array{}}});
  for (const IpPrefix& cidr : vpc.cidrs) {
    const bool is_v4 = cidr.family() == IpFamily::V4;
    json::object route =
        object({{"GatewayId", "local"}, {"Origin", "CreateRouteTable"}, {"State", "active"}});
    route[is_v4 ? "DestinationCidrBlock" : "DestinationIpv6CidrBlock"] = cidr.text();
    array_of(table, "Routes").push_back(std::move(route));
  }
  return estate.add(Kind::RouteTables, vpc.place, self.id, std::move(table)).value;
}

void add_routes(Estate& estate, json::object& table, Arguments& arguments) {
  for (const Option& option : arguments.options_left()) {
    std::vector<std::string_view> parts = split(option.value, ':');
    const std::string_view mark = parts.size() > 1 ? parts.back() : "";
    const bool is_blackhole = mark == "blackhole";
    const bool is_propagated = mark == "propagated";
    std::string_view target = option.value;
    if (is_blackhole || is_propagated) {
      target.remove_suffix(mark.size() + 1);
    }
    json::object route =
        object({{"Origin", is_propagated ? "EnableVgwRoutePropagation" : "CreateRoute"},
                {"State", is_blackhole ? "blackhole" : "active"}});
    set_destination(route, option.key, estate, arguments);
    set_target(route, target, estate, arguments);
    array_of(table, "Routes").push_back(std::move(route));
  }
}

void associate_table(json::object& table, std::string_view member, std::string_view id) {
  json::object association = associated(table["RouteTableId"].as_string());
  association["RouteTableAssociationId"] = "rtbassoc-0" + digest(id);
  association[member] = id;
  array_of(table, "Associations").push_back(std::move(association));
}

void make_main(json::object& table) {
  const std::string id(table["RouteTableId"].as_string());
  json::object association = associated(id);
  association["Main"] = true;
  association["RouteTableAssociationId"] = "rtbassoc-0" + digest(id);
  array_of(table, "Associations").push_back(std::move(association));
}

void expand_table(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  const Thing& vpc = estate.vpc_of(arguments);
  json::object& table = add_table(estate, self, vpc);
  if (arguments.flag("main")) {
    make_main(table);
  }
  for (const std::string& subnet : arguments.list("subnets")) {
    associate_table(table, "SubnetId", estate.need(arguments, subnet, {"subnet"}).id);
  }
  for (const std::string& gateway : arguments.list("edge")) {
    associate_table(table, "GatewayId", estate.need(arguments, gateway, {"igw", "vgw"}).id);
  }
  table["Tags"] = tags_of(self, arguments);
  add_routes(estate, table, arguments);
}

void complete_tables(Estate& estate) {
  const auto things = estate.things();
  for (const auto& [name, vpc] : things) {
    if (vpc.noun != "vpc" || estate.row(Kind::Vpcs, vpc.id) == nullptr) {
      continue;
    }
    if (!has_main_table(estate, vpc)) {
      const Thing& self =
          estate.declare("table", vpc.name + ".main", "rtb-0" + digest(vpc.id), vpc.place);
      make_main(add_table(estate, self, vpc));
    }
  }
}

}  // namespace portolan::scenario
