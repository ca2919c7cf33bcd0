#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/snapshot.h"

/// Private to the module's tests: one small estate, and short ways to write its parts.
namespace portolan {

inline IpAddress address(std::string_view text) { return *IpAddress::parse(text); }
inline IpPrefix cidr(std::string_view text) { return *IpPrefix::parse(text); }

inline SecurityGroupRule rule(bool is_egress, std::string_view services, RulePeer peer) {
  SecurityGroupRule rule;
  rule.is_egress = is_egress;
  rule.services = *ServiceSet::parse(services);
  rule.peer = std::move(peer);
  return rule;
}

inline NetworkAclEntry entry(bool is_egress, int number, bool allows) {
  return {.number = number,
          .is_egress = is_egress,
          .allows = allows,
          .cidr = cidr("0.0.0.0/0"),
          .services = ServiceSet::all()};
}

inline Route route(std::string_view block, RouteTargetKind kind, std::string id) {
  Route route;
  route.cidr = cidr(block);
  route.target = {.kind = kind, .id = std::move(id)};
  return route;
}

/// One of each that can be edited: sg-1 `web` and sg-2 `db` (two groups are called `twin`), eni-1
/// with two addresses, acl-1, rtb-1, pl-1 (pl-2 without entries), pcx-1.
inline Snapshot small_estate() {
  Inventory inventory;
  for (const auto& [id, name] : std::initializer_list<std::pair<const char*, const char*>>{
           {"sg-1", "web"}, {"sg-2", "db"}, {"sg-3", "twin"}, {"sg-4", "twin"}}) {
    SecurityGroup& group = inventory.of<SecurityGroup>().emplace_back();
    group.id = {id};
    group.group_name = name;
    group.rules = {rule(false, "tcp/22", cidr("10.0.0.0/8")), rule(true, "any", cidr("0.0.0.0/0"))};
  }
  NetworkInterface& interface = inventory.of<NetworkInterface>().emplace_back();
  interface.id = {"eni-1"};
  interface.groups = {{"sg-1"}, {"sg-3"}};
  interface.addresses = {
      {.private_ip = address("10.0.0.4"), .public_ip = address("1.2.3.4"), .is_primary = true},
      {.private_ip = address("10.0.0.5")}};
  interface.owned.tags = {{.key = "Name", .value = "web 1"}};
  NetworkAcl& acl = inventory.of<NetworkAcl>().emplace_back();
  acl.id = {"acl-1"};
  acl.entries = {entry(false, 100, true), entry(false, 200, false), entry(true, 100, true)};
  RouteTable& table = inventory.of<RouteTable>().emplace_back();
  table.id = {"rtb-1"};
  table.routes = {route("0.0.0.0/0", RouteTargetKind::InternetGateway, "igw-1"),
                  route("10.0.0.0/16", RouteTargetKind::Local, "")};
  Route to_list;
  to_list.prefix_list = {"pl-1"};
  to_list.target = {.kind = RouteTargetKind::VpcEndpoint, .id = "vpce-1"};
  table.routes.insert(table.routes.begin(), to_list);
  PrefixList& list = inventory.of<PrefixList>().emplace_back();
  list.id = {"pl-1"};
  list.entries = {{cidr("10.1.0.0/16"), "one"}, {cidr("10.3.0.0/16"), "three"}};
  inventory.of<PrefixList>().emplace_back().id = {"pl-2"};
  inventory.of<VpcPeering>().emplace_back().id = {"pcx-1"};
  return Snapshot(std::move(inventory));
}

}  // namespace portolan
