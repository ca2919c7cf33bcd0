#include "tests/packets/rules.h"

#include <algorithm>
#include <set>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tests/packets/facts.h"

namespace portolan::packets {

namespace {

/// `ip saddr { … }`; nftables takes no set with the whole space in it.
std::string match_of(std::string_view family, std::string_view side,
                     const std::set<std::string>& blocks) {
  const bool is_everything = std::any_of(
      blocks.begin(), blocks.end(), [](const std::string& each) { return each.ends_with("/0"); });
  return is_everything ? fmt::format("meta nfproto {}", family == "ip" ? "ipv4" : "ipv6")
                       : fmt::format("{} {} {{ {} }}", family, side, fmt::join(blocks, ", "));
}

/// One match for each family that has blocks.
std::vector<std::string> matches_of(const std::set<std::string>& blocks, bool is_egress) {
  std::set<std::string> v4;
  std::set<std::string> v6;
  for (const std::string& block : blocks) {
    (is_v6(block) ? v6 : v4).insert(block);
  }
  const std::string_view side = is_egress ? "daddr" : "saddr";
  std::vector<std::string> result;
  if (!v4.empty()) {
    result.push_back(match_of("ip", side, v4));
  }
  if (!v6.empty()) {
    result.push_back(match_of("ip6", side, v6));
  }
  return result;
}

std::string ports(std::string_view protocol, std::optional<std::int64_t> first,
                  std::optional<std::int64_t> last) {
  const bool is_all = !first || *first < 0 || (*first == 0 && last.value_or(0) == 65535);
  return is_all ? fmt::format("meta l4proto {}", protocol)
                : fmt::format("{} dport {}-{}", protocol, *first, last.value_or(*first));
}

std::string icmp(std::string_view protocol, std::optional<std::int64_t> type,
                 std::optional<std::int64_t> code) {
  if (type.value_or(-1) < 0) {
    return fmt::format("meta l4proto {}", protocol == "icmp" ? "icmp" : "ipv6-icmp");
  }
  const std::string match = fmt::format("{} type {}", protocol, *type);
  return code.value_or(-1) < 0 ? match : fmt::format("{} {} code {}", match, protocol, *code);
}

/// The service of a rule; `first` and `last` are ports, or ICMP type and code.
std::string service(const std::string& protocol, std::optional<std::int64_t> first,
                    std::optional<std::int64_t> last) {
  if (protocol == "-1") {
    return "";
  }
  if (protocol == "tcp" || protocol == "6") {
    return ports("tcp", first, last);
  }
  if (protocol == "udp" || protocol == "17") {
    return ports("udp", first, last);
  }
  if (protocol == "icmp" || protocol == "1") {
    return icmp("icmp", first, last);
  }
  if (protocol == "icmpv6" || protocol == "58") {
    return icmp("icmpv6", first, last);
  }
  return fmt::format("meta l4proto {}", protocol);
}

/// The VPC itself, and those that an active peering joins to it.
std::set<std::string> vpcs_in_sight(const Documents& documents, const std::string& vpc) {
  std::set<std::string> result{vpc};
  for (const json::object& peering : documents.rows("VpcPeeringConnections")) {
    const std::string requester = text(part(peering, "RequesterVpcInfo"), "VpcId");
    const std::string accepter = text(part(peering, "AccepterVpcInfo"), "VpcId");
    if (text(part(peering, "Status"), "Code") != "active") {
      continue;
    }
    if (requester == vpc) {
      result.insert(accepter);
    } else if (accepter == vpc) {
      result.insert(requester);
    }
  }
  return result;
}

bool has_group(const json::object& interface, const std::string& group) {
  const auto groups = list(interface, "Groups");
  return std::any_of(groups.begin(), groups.end(),
                     [&](const json::object& each) { return text(each, "GroupId") == group; });
}

/// A reference to a group means the private addresses of its members.
/// SOURCE: VPC guide, "Security group referencing".
std::set<std::string> members(const Documents& documents, const std::string& group,
                              const std::string& vpc) {
  const std::set<std::string> vpcs = vpcs_in_sight(documents, vpc);
  std::set<std::string> result;
  for (const json::object& interface : documents.rows("NetworkInterfaces")) {
    if (has_group(interface, group) && vpcs.count(text(interface, "VpcId")) > 0) {
      const auto addresses = private_addresses(interface);
      result.insert(addresses.begin(), addresses.end());
    }
  }
  return result;
}

/// All blocks of addresses that a permission is for.
std::set<std::string> peers(const Documents& documents, const json::object& permission,
                            const std::string& vpc) {
  std::set<std::string> result;
  for (const json::object& range : list(permission, "IpRanges")) {
    result.insert(text(range, "CidrIp"));
  }
  for (const json::object& range : list(permission, "Ipv6Ranges")) {
    result.insert(text(range, "CidrIpv6"));
  }
  for (const json::object& prefixes : list(permission, "PrefixListIds")) {
    const auto entries = documents.prefix_list(text(prefixes, "PrefixListId"));
    result.insert(entries.begin(), entries.end());
  }
  for (const json::object& pair : list(permission, "UserIdGroupPairs")) {
    const auto addresses = members(documents, text(pair, "GroupId"), vpc);
    result.insert(addresses.begin(), addresses.end());
  }
  return result;
}

std::string permissions(const Documents& documents, const json::object& interface, bool is_egress) {
  std::string lines;
  for (const json::object& group : list(interface, "Groups")) {
    const json::object* row = documents.find("SecurityGroups", "GroupId", text(group, "GroupId"));
    if (row == nullptr) {
      continue;
    }
    for (const json::object& permission :
         list(*row, is_egress ? "IpPermissionsEgress" : "IpPermissions")) {
      const std::string services =
          service(text(permission, "IpProtocol"), number(permission, "FromPort"),
                  number(permission, "ToPort"));
      for (const std::string& match :
           matches_of(peers(documents, permission, text(interface, "VpcId")), is_egress)) {
        lines += fmt::format("    {} {} accept\n", match, services);
      }
    }
  }
  return lines;
}

std::string acl_line(const json::object& entry, bool is_egress) {
  const std::string block = text(entry, "CidrBlock") + text(entry, "Ipv6CidrBlock");
  const json::object range = part(entry, "PortRange");
  const json::object types = part(entry, "IcmpTypeCode");
  const std::string protocol = text(entry, "Protocol");
  const bool is_icmp = protocol == "1" || protocol == "58";
  const std::string services = is_icmp
                                   ? service(protocol, number(types, "Type"), number(types, "Code"))
                                   : service(protocol, number(range, "From"), number(range, "To"));
  return fmt::format("    {} {} {}\n", matches_of({block}, is_egress).front(), services,
                     text(entry, "RuleAction") == "allow" ? "accept" : "drop");
}

std::string acl_lines(const json::object& acl, bool is_egress) {
  std::vector<json::object> entries = list(acl, "Entries");
  std::stable_sort(entries.begin(), entries.end(),
                   [](const json::object& a, const json::object& b) {
                     return number(a, "RuleNumber") < number(b, "RuleNumber");
                   });
  std::string lines;
  for (const json::object& entry : entries) {
    if (is_true(entry, "Egress") == is_egress) {
      lines += acl_line(entry, is_egress);
    }
  }
  return lines;
}

}  // namespace

std::string group_rules(const Documents& documents, const json::object& interface) {
  const std::string_view head = "policy drop;\n    ct state established,related accept\n";
  return fmt::format(
      "table inet groups {{\n"
      "  chain in {{\n    type filter hook input priority filter; {}{}  }}\n"
      "  chain out {{\n    type filter hook output priority filter; {}{}  }}\n}}\n",
      head, permissions(documents, interface, false), head,
      permissions(documents, interface, true));
}

std::string acl_rules(const Documents& documents, std::string_view subnet) {
  const json::object* acl = acl_of(documents, subnet);
  return fmt::format(
      "table inet acl {{\n"
      "  chain out {{\n{}  }}\n"
      "  chain in {{\n{}  }}\n"
      "  chain border {{\n    type filter hook forward priority filter; policy drop;\n"
      "    iifname \"e*\" oifname \"e*\" accept\n"
      "    iifname \"e*\" jump out\n"
      "    oifname \"e*\" jump in\n  }}\n}}\n",
      acl == nullptr ? "" : acl_lines(*acl, true), acl == nullptr ? "" : acl_lines(*acl, false));
}

std::string nat_rules(const std::string& address) {
  return fmt::format(
      "table ip nat {{\n"
      "  chain in {{\n    type filter hook input priority filter; policy drop;\n  }}\n"
      "  chain through {{\n    type filter hook forward priority filter; policy drop;\n"
      "    ct state invalid drop\n    meta l4proto {{ tcp, udp, icmp }} accept\n  }}\n"
      "  chain source {{\n    type nat hook postrouting priority srcnat;\n"
      "    snat to {}\n  }}\n}}\n"
      "table ip6 nat {{\n  chain through {{\n"
      "    type filter hook forward priority filter; policy drop;\n  }}\n}}\n",
      address);
}

std::string peering_rules(const json::object& from, const json::object& to) {
  std::string lines;
  for (const std::string& source : cidrs_of(from)) {
    for (const std::string& destination : cidrs_of(to)) {
      if (is_v6(source) == is_v6(destination)) {
        lines += fmt::format("    {0} saddr {1} {0} daddr {2} accept\n",
                             is_v6(source) ? "ip6" : "ip", source, destination);
      }
    }
  }
  return fmt::format(
      "table inet peering {{\n  chain through {{\n"
      "    type filter hook forward priority filter; policy drop;\n{}  }}\n}}\n",
      lines);
}

std::string gateway_rules(const Documents& documents, const std::string& vpc) {
  std::string in;
  std::string out;
  for (const json::object& interface : documents.rows("NetworkInterfaces")) {
    if (text(interface, "VpcId") != vpc) {
      continue;
    }
    for (const auto& [outer, inner] : public_addresses(interface)) {
      in += fmt::format("    iifname \"i*\" ip daddr {} ip daddr set {} return\n", outer, inner);
      out += fmt::format("    oifname \"i*\" ip saddr {} ip saddr set {} return\n", inner, outer);
    }
  }
  return fmt::format(
      "table ip translation {{\n"
      "  chain in {{\n    type filter hook prerouting priority raw;\n{}"
      "    iifname \"i*\" drop\n  }}\n"
      "  chain out {{\n    type filter hook postrouting priority srcnat;\n{}"
      "    oifname \"i*\" drop\n  }}\n}}\n"
      "table inet gateway {{\n  chain through {{\n"
      "    type filter hook forward priority filter; policy drop;\n"
      "    iifname \"x*\" oifname \"i*\" accept\n"
      "    iifname \"i*\" oifname \"v*\" accept\n  }}\n}}\n",
      in, out);
}

}  // namespace portolan::packets
