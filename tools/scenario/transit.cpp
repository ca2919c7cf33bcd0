#include <fmt/format.h>

#include "core/text.h"
#include "tools/scenario/interface.h"
#include "tools/scenario/noun.h"

namespace portolan::scenario {

namespace {

std::string enabled(bool is_enabled) { return is_enabled ? "enable" : "disable"; }

struct Attached {
  std::string type;  // `vpc`, `vpn`, `peering`, `connect`, `direct-connect-gateway`
  std::string resource;
  std::string owner;
};

json::object attachment_row(const Thing& self, const Thing& gateway, const Attached& attached,
                            const std::string& table, const std::string& state) {
  json::object row = object({{"TransitGatewayAttachmentId", self.id},
                             {"TransitGatewayId", gateway.id},
                             {"TransitGatewayOwnerId", gateway.place.account},
                             {"ResourceOwnerId", attached.owner},
                             {"ResourceType", attached.type},
                             {"ResourceId", attached.resource},
                             {"State", state}});
  if (!table.empty()) {
    row["Association"] = object({{"TransitGatewayRouteTableId", table}, {"State", "associated"}});
  }
  return row;
}

/// What the attachment is to; a VPC that an attachment is to has the name of the VPC.
Attached attached_of(Estate& estate, std::string_view text, const Thing& self,
                     Arguments& arguments) {
  if (text.starts_with("vpn:")) {
    return {.type = "vpn",
            .resource = estate.need(arguments, text.substr(4), {"vpn"}).id,
            .owner = self.place.account};
  }
  if (text == "connect" || text == "direct-connect-gateway") {
    return {.type = std::string(text),
            .resource = "resource-0" + digest(self.id),
            .owner = self.place.account};
  }
  const Thing& vpc = estate.need(arguments, text, {"vpc"});
  return {.type = "vpc", .resource = vpc.id, .owner = vpc.place.account};
}

void add_vpc_attachment(Estate& estate, const Thing& self, const Thing& gateway,
                        const std::string& state, Arguments& arguments) {
  json::object row = object({{"TransitGatewayAttachmentId", self.id},
                             {"TransitGatewayId", gateway.id},
                             {"VpcId", self.vpc},
                             {"VpcOwnerId", self.place.account},
                             {"State", state},
                             {"SubnetIds", json::array{}}});
  for (const std::string& name : arguments.list("subnets")) {
    const Thing& subnet = estate.need(arguments, name, {"subnet"});
    array_of(row, "SubnetIds").push_back(json::value(subnet.id));
    add_service_interface(
        estate, self, subnet,
        {.type = "transit_gateway",
         .description = "Network Interface for Transit Gateway Attachment " + self.id,
         .requester = "936118442230",
         .instance_owner = "amazon-aws"});
  }
  row["Options"] =
      object({{"DnsSupport", "enable"},
              {"Ipv6Support", "enable"},
              {"ApplianceModeSupport", enabled(arguments.flag("appliance"))},
              {"SecurityGroupReferencingSupport", arguments.option("sg-referencing", "enable")}});
  estate.add(Kind::TransitGatewayVpcAttachments, self.place, self.id, std::move(row));
}

json::object route_row(std::string_view cidr, const json::object* attachment, bool is_static) {
  json::object route = object({{"DestinationCidrBlock", cidr},
                               {"Type", is_static ? "static" : "propagated"},
                               {"State", attachment == nullptr ? "blackhole" : "active"},
                               {"TransitGatewayAttachments", json::array{}}});
  if (attachment != nullptr) {
    array_of(route, "TransitGatewayAttachments")
        .push_back(
            object({{"TransitGatewayAttachmentId", attachment->at("TransitGatewayAttachmentId")},
                    {"ResourceId", attachment->at("ResourceId")},
                    {"ResourceType", attachment->at("ResourceType")}}));
  }
  return route;
}

const json::object* attachment_named(Estate& estate, std::string_view name, Arguments& arguments) {
  const Thing& thing = estate.need(arguments, name, {"attachment", "tgw-peering"});
  const Row* row = estate.row(Kind::TransitGatewayAttachments, thing.id);
  return row == nullptr ? nullptr : &row->value;
}

/// A prefix list reference shows as one static route for each entry.
void add_list_routes(const Thing& list, const json::array& entries, const json::object* attachment,
                     json::array& routes) {
  for (const json::value& entry : entries) {
    json::object route = route_row(entry.as_object().at("Cidr").as_string(), attachment, true);
    route["PrefixListId"] = list.id;
    routes.push_back(std::move(route));
  }
}

/// The routes that the options left stand for: `10.1.0.0/16=at`, `…=at:propagated`, `…=blackhole`.
void add_written_routes(Estate& estate, json::array& routes, Arguments& arguments) {
  for (const Option& option : arguments.options_left()) {
    const std::vector<std::string_view> parts = split(option.value, ':');
    const bool is_propagated = parts.size() == 2 && parts[1] == "propagated";
    const json::object* attachment =
        parts[0] == "blackhole" ? nullptr : attachment_named(estate, parts[0], arguments);
    const std::string cidr = option.key == "default" ? "0.0.0.0/0" : option.key;
    if (cidr.starts_with("pl:")) {
      const Thing& list = estate.need(arguments, std::string_view(cidr).substr(3), {"pl"});
      if (Row* entries = estate.row(Kind::PrefixListEntries, list.id); entries != nullptr) {
        add_list_routes(list, array_of(entries->value, "Entries"), attachment, routes);
      }
    } else {
      routes.push_back(route_row(cidr, attachment, !is_propagated));
    }
  }
}

/// A VPC attachment propagates the blocks of its VPC.
void add_propagated_routes(Estate& estate, std::string_view attachment_name,
                           const json::object& attachment, json::array& routes) {
  const Thing* thing = estate.find(attachment_name);
  const Thing* vpc = thing == nullptr ? nullptr : estate.find_id(thing->vpc);
  if (vpc == nullptr) {
    return;
  }
  for (const IpPrefix& cidr : vpc->cidrs) {
    routes.push_back(route_row(cidr.text(), &attachment, false));
  }
}

}  // namespace

void expand_transit_gateway(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  json::object row = object(
      {{"TransitGatewayId", self.id},
       {"TransitGatewayArn", fmt::format("arn:aws:ec2:{}:{}:transit-gateway/{}", self.place.region,
                                         self.place.account, self.id)},
       {"OwnerId", self.place.account},
       {"State", arguments.option("state", "available")},
       {"Options",
        object({{"AmazonSideAsn", 64512},
                {"AutoAcceptSharedAttachments", enabled(arguments.flag("auto-accept"))},
                {"SecurityGroupReferencingSupport", enabled(arguments.flag("sg-referencing"))}})}});
  if (arguments.flag("no-options")) {
    row.erase("Options");
  }
  row["Tags"] = tags_of(self, arguments);
  estate.add(Kind::TransitGateways, self.place, self.id, std::move(row));
}

void expand_transit_attachment(Estate& estate, Arguments& arguments) {
  Thing& self = estate.self(arguments);
  const Thing& gateway = estate.need(arguments, arguments.word("a transit gateway"), {"tgw"});
  const Attached attached =
      attached_of(estate, arguments.word("what is attached"), self, arguments);
  std::string table = arguments.option("table");
  if (!table.empty()) {
    table = estate.need(arguments, table, {"tgw-table"}).id;
  }
  const std::string state = arguments.option("state", "available");
  json::object row = attachment_row(self, gateway, attached, table, state);
  row["Tags"] = tags_of(self, arguments);
  estate.add(Kind::TransitGatewayAttachments, gateway.place, self.id, std::move(row));
  if (attached.type == "vpc") {
    self.vpc = attached.resource;
    if (const Thing* vpc = estate.find_id(self.vpc); vpc != nullptr) {
      self.place = vpc->place;
    }
    add_vpc_attachment(estate, self, gateway, state, arguments);
  }
}

void expand_transit_peering(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  const Thing& one = estate.need(arguments, arguments.word("a transit gateway"), {"tgw"});
  const Thing& other = estate.need(arguments, arguments.word("its peer"), {"tgw"});
  const std::string state = arguments.option("state", "available");
  const auto add = [&](const Thing& gateway, const Thing& peer, std::string_view option) {
    std::string table = arguments.option(option);
    if (!table.empty()) {
      table = estate.need(arguments, table, {"tgw-table"}).id;
    }
    if (estate.row(Kind::TransitGateways, gateway.id) == nullptr) {
      return;  // a transit gateway that nobody collected
    }
    const Attached attached{.type = "peering", .resource = peer.id, .owner = peer.place.account};
    json::object row = attachment_row(self, gateway, attached, table, state);
    row["Tags"] = json::array{object({{"Key", "Name"}, {"Value", self.name}})};
    estate.add(Kind::TransitGatewayAttachments, gateway.place, self.id, std::move(row));
  };
  add(one, other, "table-a");
  add(other, one, "table-b");
}

void expand_transit_table(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  const Thing& gateway = estate.need(arguments, arguments.word("a transit gateway"), {"tgw"});
  const bool is_searched = !arguments.flag("no-routes");
  const bool is_static_only = arguments.flag("static-only");
  const bool lacks_propagations = arguments.flag("no-propagations");
  json::object table = object({{"TransitGatewayRouteTableId", self.id},
                               {"TransitGatewayId", gateway.id},
                               {"State", "available"}});
  table["Tags"] = tags_of(self, arguments);
  estate.add(Kind::TransitGatewayRouteTables, self.place, self.id, std::move(table));
  json::array routes;
  json::array propagations;
  const bool has_more = arguments.flag("more-routes");
  for (const std::string& name : arguments.list("propagate")) {
    const json::object* attachment = attachment_named(estate, name, arguments);
    if (attachment == nullptr) {
      continue;
    }
    propagations.push_back(
        object({{"TransitGatewayAttachmentId", attachment->at("TransitGatewayAttachmentId")},
                {"ResourceId", attachment->at("ResourceId")},
                {"ResourceType", attachment->at("ResourceType")},
                {"State", "enabled"}}));
    if (!is_static_only) {
      add_propagated_routes(estate, name, *attachment, routes);
    }
  }
  add_written_routes(estate, routes, arguments);
  if (is_searched) {
    json::object answer = object({{"Routes", routes}, {"AdditionalRoutesAvailable", has_more}});
    if (is_static_only) {
      answer["TransitGatewayRouteTableId"] = self.id;
    }
    estate.add(is_static_only ? Kind::TransitGatewayStaticRoutes : Kind::TransitGatewayRoutes,
               self.place, self.id, std::move(answer));
  }
  if (!lacks_propagations) {
    estate.add(Kind::TransitGatewayPropagations, self.place, self.id,
               object({{"TransitGatewayRouteTablePropagations", propagations}}));
  }
}

}  // namespace portolan::scenario
