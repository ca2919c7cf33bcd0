#include "tests/z3/filters.h"

#include <algorithm>
#include <cstdlib>

namespace portolan::tests {

namespace {

namespace json = boost::json;

constexpr int kIcmp = 1;
constexpr int kTcp = 6;
constexpr int kUdp = 17;
constexpr int kIcmpV6 = 58;

/// SOURCE: EC2 API, IpPermission, IpProtocol: tcp, udp, icmp, icmpv6 or a number; -1 is all.
int protocol_of(std::string_view text) {
  if (text == "tcp") {
    return kTcp;
  }
  if (text == "udp") {
    return kUdp;
  }
  if (text == "icmp") {
    return kIcmp;
  }
  return text == "icmpv6" ? kIcmpV6 : std::atoi(std::string(text).c_str());
}

std::int64_t number_at(const json::object& object, std::string_view member, std::int64_t other) {
  const json::value* value = object.if_contains(member);
  return value == nullptr || !value->is_int64() ? other : value->as_int64();
}

/// Blocks of the other address family hold nothing of this question.
bool is_of_width(const Address& address, const z3::expr& expression) {
  return expression.get_sort().bv_size() == (address.is_v6 ? 128U : 32U);
}

}  // namespace

z3::expr Filters::value(const Address& address) const {
  z3::expr result = solver_->bv_val(static_cast<unsigned>(address.bytes[0]), 8);
  for (std::size_t i = 1; i < (address.is_v6 ? 16U : 4U); ++i) {
    result = z3::concat(result, solver_->bv_val(static_cast<unsigned>(address.bytes[i]), 8));
  }
  return result.simplify();
}

z3::expr Filters::is_in(const z3::expr& address, const Block& block) const {
  if (!is_of_width(block.address, address)) {
    return no();
  }
  if (block.length == 0) {
    return solver_->bool_val(true);
  }
  const unsigned last = address.get_sort().bv_size() - 1;
  const unsigned first = last + 1 - static_cast<unsigned>(block.length);
  return address.extract(last, first) == value(block.address).extract(last, first).simplify();
}

z3::expr Filters::is_in(const z3::expr& address, std::span<const Block> blocks) const {
  z3::expr result = no();
  for (const Block& block : blocks) {
    result = result || is_in(address, block);
  }
  return result;
}

z3::expr Filters::has_ports(const Packet& packet, int first, int last) const {
  return z3::uge(packet.destination_port, solver_->bv_val(first, 16)) &&
         z3::ule(packet.destination_port, solver_->bv_val(last, 16));
}

z3::expr Filters::has_type(const Packet& packet, std::int64_t type, std::int64_t code) const {
  z3::expr result = solver_->bool_val(true);
  if (type >= 0) {
    result = result && packet.destination_port.extract(15, 8) == solver_->bv_val(type, 8);
  }
  if (code >= 0) {
    result = result && packet.destination_port.extract(7, 0) == solver_->bv_val(code, 8);
  }
  return result;
}

/// SOURCE: VPC guide, "Security group rules": the source is a CIDR, a prefix list, or a group,
/// which stands for the private addresses of the interfaces that have it.
z3::expr Filters::peer_fits(const json::object& permission, const OtherEnd& other) const {
  z3::expr result = no();
  for (const json::value& range : list_at(permission, "IpRanges")) {
    result = result || is_in(other.address, block_of(text_at(range.as_object(), "CidrIp")));
  }
  for (const json::value& range : list_at(permission, "Ipv6Ranges")) {
    result = result || is_in(other.address, block_of(text_at(range.as_object(), "CidrIpv6")));
  }
  for (const json::value& list : list_at(permission, "PrefixListIds")) {
    const auto found = facts_->lists.find(text_at(list.as_object(), "PrefixListId"));
    if (found != facts_->lists.end()) {
      result = result || is_in(other.address, found->second);
    }
  }
  for (const json::value& pair : list_at(permission, "UserIdGroupPairs")) {
    if (other.member != nullptr &&
        other.member->groups.contains(text_at(pair.as_object(), "GroupId"))) {
      return solver_->bool_val(true);
    }
  }
  return result;
}

/// SOURCE: EC2 API, IpPermission: with a protocol other than tcp, udp, icmp and icmpv6 traffic on
/// all ports is allowed, whatever the ports say.
z3::expr Filters::rule_fits(const json::object& permission, const Packet& packet,
                            const OtherEnd& other) const {
  const z3::expr peer = peer_fits(permission, other);
  const std::string text = text_at(permission, "IpProtocol");
  if (text == "-1") {
    return peer;
  }
  const int protocol = protocol_of(text);
  const z3::expr fits = peer && packet.protocol == solver_->bv_val(protocol, 8);
  const std::int64_t from = number_at(permission, "FromPort", -1);
  const std::int64_t to = number_at(permission, "ToPort", -1);
  if (protocol == kIcmp || protocol == kIcmpV6) {
    return fits && has_type(packet, from, to);
  }
  if (protocol == kTcp || protocol == kUdp) {
    return fits && has_ports(packet, static_cast<int>(from), static_cast<int>(to));
  }
  return fits;
}

z3::expr Filters::groups_admit(const InterfaceFact& interface, bool is_egress, const Packet& packet,
                               const OtherEnd& other) const {
  z3::expr result = no();
  for (const std::string& id : interface.groups) {
    const json::object& group = facts_->groups.at(id);
    for (const json::value& permission :
         list_at(group, is_egress ? "IpPermissionsEgress" : "IpPermissions")) {
      result = result || rule_fits(permission.as_object(), packet, other);
    }
  }
  return result;
}

/// SOURCE: EC2 API, NetworkAclEntry: the range is that of the packet's destination port.
z3::expr Filters::entry_fits(const json::object& entry, bool is_egress,
                             const Packet& packet) const {
  const std::string v4 = text_at(entry, "CidrBlock");
  const Block block = block_of(v4.empty() ? text_at(entry, "Ipv6CidrBlock") : v4);
  const z3::expr peer = is_in(is_egress ? packet.destination : packet.source, block);
  const std::string text = text_at(entry, "Protocol");
  if (text == "-1") {
    return peer;
  }
  const int protocol = protocol_of(text);
  const z3::expr fits = peer && packet.protocol == solver_->bv_val(protocol, 8);
  const json::object& ports = object_at(entry, "PortRange");
  const json::object& type = object_at(entry, "IcmpTypeCode");
  if ((protocol == kTcp || protocol == kUdp) && !ports.empty()) {
    return fits && has_ports(packet, static_cast<int>(number_at(ports, "From", 0)),
                             static_cast<int>(number_at(ports, "To", 65535)));
  }
  if ((protocol == kIcmp || protocol == kIcmpV6) && !type.empty()) {
    return fits && has_type(packet, number_at(type, "Type", -1), number_at(type, "Code", -1));
  }
  return fits;
}

/// SOURCE: VPC guide, "Network ACL rules": evaluated from the lowest number on, the first that
/// matches counts.
z3::expr Filters::acl_admits(const std::string& subnet, bool is_egress,
                             const Packet& packet) const {
  const json::object& acl = facts_->acls.at(facts_->acl_of_subnet.at(subnet));
  std::vector<const json::object*> entries;
  for (const json::value& entry : list_at(acl, "Entries")) {
    if (entry.as_object().at("Egress").as_bool() == is_egress) {
      entries.push_back(&entry.as_object());
    }
  }
  std::sort(entries.begin(), entries.end(), [](const auto* a, const auto* b) {
    return number_at(*a, "RuleNumber", 0) > number_at(*b, "RuleNumber", 0);
  });
  z3::expr result = no();
  for (const json::object* entry : entries) {
    const bool allows = text_at(*entry, "RuleAction") == "allow";
    result = z3::ite(entry_fits(*entry, is_egress, packet), solver_->bool_val(allows), result);
  }
  return result;
}

/// SOURCE: VPC guide, "Route priority": the longest prefix; among equals, the local route, then
/// static ones, those for a CIDR before those for a prefix list, then propagated ones.
std::vector<RouteFact> Filters::routes_of(const std::string& subnet) const {
  const auto own = facts_->table_of_subnet.find(subnet);
  const std::string& table = own != facts_->table_of_subnet.end()
                                 ? own->second
                                 : facts_->main_table_of_vpc.at(facts_->subnets.at(subnet).vpc);
  std::vector<std::pair<int, RouteFact>> ranked;
  for (const json::value& each : list_at(facts_->tables.at(table), "Routes")) {
    const json::object& row = each.as_object();
    RouteFact route{
        .block = {}, .is_blackhole = text_at(row, "State") == "blackhole", .target = {}};
    for (const std::string_view member :
         {"GatewayId", "EgressOnlyInternetGatewayId", "VpcPeeringConnectionId", "NatGatewayId",
          "NetworkInterfaceId", "TransitGatewayId"}) {
      route.target += text_at(row, member);
    }
    const std::string list = text_at(row, "DestinationPrefixListId");
    const bool is_propagated = text_at(row, "Origin") == "EnableVgwRoutePropagation";
    std::vector<Block> blocks;
    if (list.empty()) {
      const std::string v4 = text_at(row, "DestinationCidrBlock");
      blocks.push_back(block_of(v4.empty() ? text_at(row, "DestinationIpv6CidrBlock") : v4));
    } else {
      blocks = facts_->lists.at(list);
    }
    for (const Block& block : blocks) {
      route.block = block;
      const int kind = route.target == "local" ? 3 : !list.empty() ? 1 : is_propagated ? 0 : 2;
      ranked.emplace_back(block.length * 4 + kind, route);
    }
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<RouteFact> routes;
  for (auto& [rank, route] : ranked) {
    routes.push_back(std::move(route));
  }
  return routes;
}

}  // namespace portolan::tests
