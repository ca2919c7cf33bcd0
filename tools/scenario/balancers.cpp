#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "core/text.h"
#include "tools/scenario/groups.h"
#include "tools/scenario/interface.h"
#include "tools/scenario/noun.h"

namespace portolan::scenario {

namespace {

/// What the kinds of balancer differ in.
struct BalancerKind {
  std::string_view noun;
  std::string_view type;            // of the document
  std::string_view interface_type;  // of its nodes
};

constexpr BalancerKind kKinds[] = {{"alb", "application", "interface"},
                                   {"nlb", "network", "network_load_balancer"},
                                   {"gwlb", "gateway", "gateway_load_balancer"},
                                   {"clb", "classic", "interface"}};

const BalancerKind& kind_of(const Thing& self) {
  for (const BalancerKind& kind : kKinds) {
    if (kind.noun == self.noun) {
      return kind;
    }
  }
  return kKinds[0];
}

/// `ELB app/shop/0123456789abcdef`, or `ELB old` for a Classic one: how nodes are recognised.
std::string node_description(const Thing& self) {
  return "ELB " + self.id.substr(self.id.find("loadbalancer/") + 13);
}

struct Node {
  const Thing* subnet;
  std::string address;
  std::string public_address;
};

/// One node in each subnet; `nodes=10.0.0.9/54.0.0.9,10.0.1.9` gives their addresses.
std::vector<Node> nodes_of(Estate& estate, Arguments& arguments) {
  const std::vector<std::string> addresses = arguments.list("nodes");
  std::vector<Node> nodes;
  for (const std::string& name : arguments.list("subnets")) {
    Node node{
        .subnet = &estate.need(arguments, name, {"subnet"}), .address = {}, .public_address = {}};
    if (nodes.size() < addresses.size()) {
      const std::vector<std::string_view> parts = split(addresses[nodes.size()], '/');
      node.address = parts.front();
      node.public_address = parts.size() > 1 ? parts[1] : "";
    }
    nodes.push_back(std::move(node));
  }
  return nodes;
}

json::object zone_row(const Thing& self, const Node& node) {
  json::object zone = object({{"ZoneName", node.subnet->zone}, {"SubnetId", node.subnet->id}});
  zone["LoadBalancerAddresses"] = json::array{};
  if (self.noun == "nlb" && !node.public_address.empty()) {
    array_of(zone, "LoadBalancerAddresses")
        .push_back(object({{"IpAddress", node.public_address},
                           {"AllocationId", "eipalloc-0" + digest(node.public_address)}}));
  }
  return zone;
}

void add_nodes(Estate& estate, const Thing& self, const std::vector<Node>& nodes,
               const json::array& groups) {
  for (const Node& node : nodes) {
    std::vector<std::string> public_addresses;
    if (!node.public_address.empty()) {
      public_addresses.push_back(node.public_address);
    }
    add_service_interface(estate, self, *node.subnet,
                          {.type = std::string(kind_of(self).interface_type),
                           .description = node_description(self),
                           .requester = "amazon-elb",
                           .instance_owner = "amazon-elb",
                           .public_addresses = std::move(public_addresses),
                           .address = node.address,
                           .groups = groups,
                           .checks_source_dest = self.noun == "alb" || self.noun == "clb"});
  }
}

json::array group_ids(const json::array& groups) {
  json::array ids;
  for (const json::value& group : groups) {
    ids.push_back(group.as_object().at("GroupId"));
  }
  return ids;
}

/// Options that are an attribute of their own; what is left out is not in the document.
constexpr std::pair<std::string_view, std::string_view> kAttributes[] = {
    {"logs", "access_logs.s3.enabled"},
    {"desync", "routing.http.desync_mitigation_mode"},
    {"drop-headers", "routing.http.drop_invalid_header_fields.enabled"}};

void add_attributes(Estate& estate, const Thing& self, Arguments& arguments) {
  const std::string cross_zone =
      arguments.option("cross-zone", self.noun == "alb" ? "true" : "false");
  if (arguments.flag("no-attributes")) {
    return;
  }
  json::array attributes{
      object({{"Key", "load_balancing.cross_zone.enabled"}, {"Value", cross_zone}})};
  for (const auto& [option, key] : kAttributes) {
    const std::string value = arguments.option(option);
    if (!value.empty()) {
      attributes.push_back(object({{"Key", key}, {"Value", value}}));
    }
  }
  estate.add(Kind::LoadBalancerAttributes, self.place, self.id,
             object({{"Attributes", attributes}}));
}

/// As AWS tells them of a Classic Load Balancer: only if the script says something of them.
void add_classic_attributes(Estate& estate, const Thing& self, Arguments& arguments) {
  const std::string logs = arguments.option("logs");
  const std::string cross_zone = arguments.option("cross-zone");
  const std::string desync = arguments.option("desync");
  if (logs.empty() && cross_zone.empty() && desync.empty()) {
    return;
  }
  json::object attributes{{"CrossZoneLoadBalancing", object({{"Enabled", cross_zone == "true"}})},
                          {"AccessLog", object({{"Enabled", logs == "true"}})}};
  if (!desync.empty()) {
    attributes["AdditionalAttributes"] =
        json::array{object({{"Key", "elb.http.desyncmitigationmode"}, {"Value", desync}})};
  }
  estate.add(Kind::ClassicAttributes, self.place, self.id,
             object({{"LoadBalancerAttributes", std::move(attributes)}}));
}

}  // namespace

void expand_balancer(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  const std::vector<Node> nodes = nodes_of(estate, arguments);
  if (nodes.empty()) {
    arguments.complain("a load balancer needs `subnets=`");
    return;
  }
  const std::string& vpc = nodes.front().subnet->vpc;
  const json::array groups = groups_of(estate, arguments.list("sg"), vpc, arguments);
  json::object row =
      object({{"LoadBalancerArn", self.id},
              {"LoadBalancerName", self.name},
              {"DNSName", fmt::format("{}.elb.{}.amazonaws.com", self.name, self.place.region)},
              {"Scheme", arguments.flag("internal") ? "internal" : "internet-facing"},
              {"VpcId", vpc},
              {"State", object({{"Code", arguments.option("state", "active")}})},
              {"Type", kind_of(self).type},
              {"AvailabilityZones", json::array{}},
              {"IpAddressType", arguments.flag("dualstack") ? "dualstack" : "ipv4"}});
  if (arguments.flag("no-scheme")) {
    row.erase("Scheme");
  }
  for (const Node& node : nodes) {
    array_of(row, "AvailabilityZones").push_back(zone_row(self, node));
  }
  if (!groups.empty()) {
    row["SecurityGroups"] = group_ids(groups);
  }
  if (self.noun == "nlb" && !groups.empty()) {
    row["EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"] =
        arguments.option("private-link", "on");
  }
  estate.add(Kind::LoadBalancers, self.place, self.id, std::move(row));
  estate.add(Kind::Listeners, self.place, self.id, object({{"Listeners", json::array{}}}));
  add_attributes(estate, self, arguments);
  add_nodes(estate, self, nodes, groups);
}

void expand_classic_balancer(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  const std::vector<Node> nodes = nodes_of(estate, arguments);
  if (nodes.empty()) {
    arguments.complain("a load balancer needs `subnets=`");
    return;
  }
  const std::string& vpc = nodes.front().subnet->vpc;
  const json::array groups = groups_of(estate, arguments.list("sg"), vpc, arguments);
  json::object row =
      object({{"LoadBalancerName", self.name},
              {"DNSName", fmt::format("{}.{}.elb.amazonaws.com", self.name, self.place.region)},
              {"Scheme", arguments.flag("internal") ? "internal" : "internet-facing"},
              {"VPCId", vpc},
              {"SecurityGroups", group_ids(groups)},
              {"Subnets", json::array{}},
              {"AvailabilityZones", json::array{}},
              {"Instances", json::array{}},
              {"ListenerDescriptions", json::array{}}});
  for (const Node& node : nodes) {
    array_of(row, "Subnets").push_back(json::value(node.subnet->id));
    array_of(row, "AvailabilityZones").push_back(json::value(node.subnet->zone));
  }
  for (const std::string& name : arguments.list("instances")) {
    array_of(row, "Instances")
        .push_back(object({{"InstanceId", estate.need(arguments, name, {"instance"}).id}}));
  }
  estate.add(Kind::ClassicLoadBalancers, self.place, self.id, std::move(row));
  add_classic_attributes(estate, self, arguments);
  add_nodes(estate, self, nodes, groups);
}

}  // namespace portolan::scenario
