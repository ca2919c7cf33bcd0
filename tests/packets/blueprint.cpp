#include "tests/packets/blueprint.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tests/packets/facts.h"
#include "tests/packets/rules.h"

namespace portolan::packets {

namespace {

/// Routes of one prefix in the order in which AWS prefers them.
/// SOURCE: VPC guide, "Route priority".
enum Metric { kInside = 1, kStatic = 10, kPrefixList = 20, kPropagated = 30, kNowhere = 4000 };

/// The end of a route. A wire needs no neighbour, but one name for it keeps the kernel's table of
/// neighbours at one entry for each device.
std::string via(std::string_view destination, std::string_view device) {
  return fmt::format("via {} dev {} onlink", is_v6(destination) ? "fe80::1" : "169.254.1.1",
                     device);
}

class Draftsman {
 public:
  Draftsman(const Documents& documents, const std::vector<IpAddress>& internet_hosts)
      : documents_(documents), internet_hosts_(internet_hosts) {}

  Blueprint run() {
    internet();
    for (const json::object& vpc : documents_.rows("Vpcs")) {
      node(text(vpc, "VpcId")).ip += nowhere();
    }
    for (const json::object& subnet : documents_.rows("Subnets")) {
      add_subnet(subnet);
    }
    for (const json::object& interface : documents_.rows("NetworkInterfaces")) {
      if (is_host(documents_, interface) || is_nat(interface)) {
        add_interface(interface);
      }
    }
    for (const json::object& peering : documents_.rows("VpcPeeringConnections")) {
      add_peering(peering);
    }
    for (const json::object& gateway : documents_.rows("InternetGateways")) {
      add_internet_gateway(gateway);
    }
    for (const json::object& subnet : documents_.rows("Subnets")) {
      add_routes(subnet);
    }
    return std::move(blueprint_);
  }

 private:
  /// The loopback comes first: without an address of its own a namespace takes no gateways.
  Node& node(const std::string& id) {
    Node& node = blueprint_.nodes[id];
    if (node.ip.empty()) {
      node.ip = "link set lo up\n";
    }
    return node;
  }
  [[nodiscard]] bool has_node(const std::string& id) const {
    return blueprint_.nodes.count(id) > 0;
  }

  static std::string nowhere() {
    return fmt::format(
        "route add blackhole 0.0.0.0/0 metric {0}\nroute add blackhole ::/0 metric {0}\n",
        int{kNowhere});
  }

  /// Joins two nodes; gives the device of the first. The devices' names begin with the given
  /// letters, by which the nodes' rules know them.
  std::string wire(const std::string& from, char letter, const std::string& to, char to_letter) {
    const std::size_t number = blueprint_.wires.size();
    Wire wire{.from = from,
              .from_name = fmt::format("{}{}", letter, number),
              .to = to,
              .to_name = fmt::format("{}{}", to_letter, number)};
    node(from).ip += fmt::format("link set {} up\n", wire.from_name);
    node(to).ip += fmt::format("link set {} up\n", wire.to_name);
    blueprint_.wires.push_back(wire);
    return wire.from_name;
  }

  [[nodiscard]] const std::string& far_end() const { return blueprint_.wires.back().to_name; }

  void internet() {
    Node& internet = node(kInternet);
    internet.ip += nowhere();
    for (const IpAddress& host : internet_hosts_) {
      internet.ip += fmt::format("address add {}/{} dev lo{}\n", host.text(), host.width(),
                                 host.is_v4() ? "" : " nodad");
    }
  }

  /// Inside a subnet no route table and no NACL decide.
  void add_subnet(const json::object& subnet) {
    const std::string id = text(subnet, "SubnetId");
    const std::string vpc = text(subnet, "VpcId");
    locals_[id] = wire(id, 'l', vpc, 's');
    Node& router = node(id);
    router.ip += nowhere();
    for (const std::string& cidr : cidrs_of(subnet)) {
      router.ip += fmt::format("route add blackhole {} metric {}\n", cidr, int{kInside});
      node(vpc).ip += fmt::format("route add {} {}\n", cidr, via(cidr, far_end()));
    }
    router.nft = acl_rules(documents_, id);
  }

  void add_interface(const json::object& interface) {
    const std::string id = text(interface, "NetworkInterfaceId");
    const std::string subnet = text(interface, "SubnetId");
    const std::string device = wire(id, 'h', subnet, 'e');
    Node& host = node(id);
    devices_[id] = far_end();
    for (const std::string& address : private_addresses(interface)) {
      host.ip +=
          fmt::format("address add {} dev {}{}\n", address, device, is_v6(address) ? " nodad" : "");
      node(subnet).ip += fmt::format("route add {} {} metric {}\n", address,
                                     via(address, far_end()), int{kInside});
    }
    host.ip += fmt::format("route add default {}\nroute add ::/0 {}\n", via("", device),
                           via("::", device));
    host.forwards = is_nat(interface);
    host.nft = is_nat(interface) ? nat_rules(text(interface, "PrivateIpAddress"))
                                 : group_rules(documents_, interface);
  }

  /// One node for each direction.
  void add_peering(const json::object& peering) {
    const json::object requester = part(peering, "RequesterVpcInfo");
    const json::object accepter = part(peering, "AccepterVpcInfo");
    if (text(part(peering, "Status"), "Code") != "active" || !has_node(text(requester, "VpcId")) ||
        !has_node(text(accepter, "VpcId"))) {
      return;
    }
    for (const auto& [from, to] :
         {std::pair(requester, accepter), std::pair(accepter, requester)}) {
      const std::string id = peering_node(peering, text(from, "VpcId"));
      const std::string device = wire(id, 'v', text(to, "VpcId"), 'p');
      node(id).ip += fmt::format("route add default {}\nroute add ::/0 {}\n", via("", device),
                                 via("::", device));
      node(id).nft = peering_rules(from, to);
    }
  }

  static std::string peering_node(const json::object& peering, const std::string& from_vpc) {
    return text(peering, "VpcPeeringConnectionId") + " from " + from_vpc;
  }

  /// Translates one to one and keeps no state. The devices: `x…` towards subnets, `v…` the VPC,
  /// `i…` the internet.
  void add_internet_gateway(const json::object& gateway) {
    const std::string id = text(gateway, "InternetGatewayId");
    for (const json::object& attachment : list(gateway, "Attachments")) {
      const std::string vpc = text(attachment, "VpcId");
      if (!has_node(vpc)) {
        continue;
      }
      attached_.insert({id, vpc});
      const std::string inside = wire(id, 'v', vpc, 'g');
      const std::string outside = wire(id, 'i', kInternet, 'g');
      route_public_addresses(vpc, far_end());
      node(id).ip += fmt::format("route add default {}\nroute add ::/0 {}\n", via("", outside),
                                 via("::", outside));
      for (const std::string& cidr : cidrs_of(*documents_.find("Vpcs", "VpcId", vpc))) {
        node(id).ip += fmt::format("route add {} {}\n", cidr, via(cidr, inside));
      }
      node(id).nft = gateway_rules(documents_, vpc);
    }
  }

  /// What the internet sends to the public addresses of a VPC comes by that device.
  void route_public_addresses(const std::string& vpc, const std::string& device) {
    std::string& internet = node(kInternet).ip;
    for (const json::object& interface : documents_.rows("NetworkInterfaces")) {
      if (text(interface, "VpcId") != vpc) {
        continue;
      }
      for (const auto& [outer, inner] : public_addresses(interface)) {
        internet += fmt::format("route add {} {}\n", outer, via(outer, device));
      }
      for (const std::string& address : private_addresses(interface)) {
        if (is_v6(address)) {
          internet += fmt::format("route add {} {}\n", address, via(address, device));
        }
      }
    }
  }

  void add_routes(const json::object& subnet) {
    const json::object* table = route_table_of(documents_, subnet);
    if (table == nullptr) {
      return;
    }
    for (const json::object& route : list(*table, "Routes")) {
      const bool is_propagated = text(route, "Origin") == "EnableVgwRoutePropagation";
      const std::string block =
          text(route, "DestinationCidrBlock") + text(route, "DestinationIpv6CidrBlock");
      if (!block.empty()) {
        add_route(subnet, route, block, is_propagated ? kPropagated : kStatic);
      }
      for (const std::string& entry :
           documents_.prefix_list(text(route, "DestinationPrefixListId"))) {
        add_route(subnet, route, entry, kPrefixList);
      }
    }
  }

  void add_route(const json::object& subnet, const json::object& route, const std::string& written,
                 Metric metric) {
    const std::string id = text(subnet, "SubnetId");
    const std::string block = IpPrefix::parse(written)->text();  // without bits of hosts
    // Two prefix lists may have the same entry; the first counts.
    if (!routes_.insert({id, fmt::format("{} metric {}", block, int{metric})}).second) {
      return;
    }
    const std::string device = text(route, "State") == "blackhole" ? "" : target(subnet, route);
    node(id).ip +=
        device.empty()
            ? fmt::format("route add blackhole {} metric {}\n", block, int{metric})
            : fmt::format("route add {} {} metric {}\n", block, via(block, device), int{metric});
  }

  /// The device that leads from the subnet to the target of a route; empty if that is nowhere.
  std::string target(const json::object& subnet, const json::object& route) {
    const std::string id = text(subnet, "SubnetId");
    const std::string vpc = text(subnet, "VpcId");
    const std::string gateway = text(route, "GatewayId");
    const std::string peering = text(route, "VpcPeeringConnectionId");
    if (gateway == "local") {
      return locals_[id];
    }
    if (attached_.count({gateway, vpc}) > 0) {
      return device_to(id, gateway);
    }
    const json::object* row =
        documents_.find("VpcPeeringConnections", "VpcPeeringConnectionId", peering);
    if (row != nullptr) {
      const std::string there = peering_node(*row, vpc);
      return has_node(there) ? device_to(id, there) : "";
    }
    const json::object* nat =
        documents_.find("NatGateways", "NatGatewayId", text(route, "NatGatewayId"));
    return nat == nullptr ? "" : target(id, vpc, *nat);
  }

  /// The packet goes to the NAT gateway whatever its destination: over the border of that one's
  /// subnet, unless it starts there.
  std::string target(const std::string& subnet, const std::string& vpc, const json::object& nat) {
    const std::string home = text(nat, "SubnetId");
    const auto addresses = list(nat, "NatGatewayAddresses");
    if (text(nat, "State") != "available" || text(nat, "VpcId") != vpc || addresses.empty()) {
      return "";
    }
    const auto device = devices_.find(text(addresses.front(), "NetworkInterfaceId"));
    if (device == devices_.end() || home == subnet) {
      return device == devices_.end() ? "" : device->second;
    }
    const auto [link, is_new] = links_.try_emplace({subnet, text(nat, "NatGatewayId")});
    if (is_new) {
      link->second = wire(subnet, 'n', home, 'n');
      const std::size_t table = 100 + blueprint_.wires.size();
      node(home).ip +=
          fmt::format("rule add pref 5 iif {} lookup {}\nroute add default {} table {}\n",
                      far_end(), table, via("", device->second), table);
    }
    return link->second;
  }

  /// One wire from a subnet to a gateway or peering, however many routes lead there.
  std::string device_to(const std::string& subnet, const std::string& id) {
    const auto [link, is_new] = links_.try_emplace({subnet, id});
    if (is_new) {
      link->second = wire(subnet, 'x', id, 'x');
    }
    return link->second;
  }

  const Documents& documents_;
  const std::vector<IpAddress>& internet_hosts_;
  Blueprint blueprint_;
  std::map<std::string, std::string> locals_;   // by subnet: the device towards its VPC
  std::map<std::string, std::string> devices_;  // by interface: the subnet's device towards it
  std::set<std::pair<std::string, std::string>> attached_;  // gateway and VPC
  std::set<std::pair<std::string, std::string>> routes_;    // subnet and what the route is for
  std::map<std::pair<std::string, std::string>, std::string> links_;  // subnet and target
};

}  // namespace

Blueprint draw(const Documents& documents, const std::vector<IpAddress>& internet_hosts) {
  return Draftsman(documents, internet_hosts).run();
}

}  // namespace portolan::packets
