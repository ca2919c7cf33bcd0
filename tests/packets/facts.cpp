#include "tests/packets/facts.h"

#include <set>

#include "core/ip.h"

namespace portolan::packets {

bool is_v6(std::string_view address) { return address.find(':') != std::string_view::npos; }

bool is_nat(const json::object& interface) {
  return text(interface, "InterfaceType") == "nat_gateway";
}

bool is_host(const Documents& documents, const json::object& interface) {
  const std::string type = text(interface, "InterfaceType");
  const std::string instance = text(part(interface, "Attachment"), "InstanceId");
  const json::object* row = documents.find("Instances", "InstanceId", instance);
  const std::string state = row == nullptr ? "" : text(part(*row, "State"), "Name");
  if (text(interface, "Status") != "in-use" || state == "terminated" || state == "shutting-down") {
    return false;
  }
  return type == "lambda" ||
         (type == "interface" &&
          (!instance.empty() || text(interface, "RequesterId") == "amazon-rds"));
}

const json::object* route_table_of(const Documents& documents, const json::object& subnet) {
  const json::object* main = nullptr;
  for (const json::object& table : documents.rows("RouteTables")) {
    for (const json::object& association : list(table, "Associations")) {
      if (text(association, "SubnetId") == text(subnet, "SubnetId")) {
        return &table;
      }
      if (is_true(association, "Main") && text(table, "VpcId") == text(subnet, "VpcId")) {
        main = &table;
      }
    }
  }
  return main;
}

const json::object* acl_of(const Documents& documents, std::string_view subnet) {
  for (const json::object& acl : documents.rows("NetworkAcls")) {
    for (const json::object& association : list(acl, "Associations")) {
      if (text(association, "SubnetId") == subnet) {
        return &acl;
      }
    }
  }
  return nullptr;
}

std::vector<std::string> private_addresses(const json::object& interface) {
  std::vector<std::string> result;
  for (const json::object& each : list(interface, "PrivateIpAddresses")) {
    result.push_back(text(each, "PrivateIpAddress"));
  }
  for (const json::object& each : list(interface, "Ipv6Addresses")) {
    result.push_back(text(each, "Ipv6Address"));
  }
  return result;
}

std::map<std::string, std::string> public_addresses(const json::object& interface) {
  std::map<std::string, std::string> result;
  for (const json::object& each : list(interface, "PrivateIpAddresses")) {
    const std::string outer = text(part(each, "Association"), "PublicIp");
    if (!outer.empty()) {
      result[outer] = text(each, "PrivateIpAddress");
    }
  }
  return result;
}

std::vector<std::string> cidrs_of(const json::object& row) {
  std::set<std::string> result;
  for (const std::string_view member : {"CidrBlockAssociationSet", "Ipv6CidrBlockAssociationSet",
                                        "CidrBlockSet", "Ipv6CidrBlockSet"}) {
    for (const json::object& each : list(row, member)) {
      const std::string state = text(part(each, "CidrBlockState"), "State") +
                                text(part(each, "Ipv6CidrBlockState"), "State");
      if (state.empty() || state == "associated") {
        result.insert(text(each, "CidrBlock") + text(each, "Ipv6CidrBlock"));
      }
    }
  }
  if (!text(row, "CidrBlock").empty()) {
    result.insert(text(row, "CidrBlock"));
  }
  return {result.begin(), result.end()};
}

std::string why_not_covered(const Documents& documents) {
  if (!documents.rows("EgressOnlyInternetGateways").empty()) {
    return "an egress-only internet gateway";
  }
  for (const json::object& nat : documents.rows("NatGateways")) {
    if (text(nat, "SubnetId").empty()) {
      return "a regional NAT gateway";
    }
  }
  for (const json::object& peering : documents.rows("VpcPeeringConnections")) {
    // AWS lets no such peering become active; the kernel tells members of a group by address.
    for (const std::string& one : cidrs_of(part(peering, "RequesterVpcInfo"))) {
      for (const std::string& other : cidrs_of(part(peering, "AccepterVpcInfo"))) {
        if (IpPrefix::parse(one)->overlaps(*IpPrefix::parse(other))) {
          return "a peering of VPCs that overlap";
        }
      }
    }
  }
  return {};
}

}  // namespace portolan::packets
