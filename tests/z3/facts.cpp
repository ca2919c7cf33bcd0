#include "tests/z3/facts.h"

#include <arpa/inet.h>
#include <cstdlib>

#include "core/assert.h"

namespace portolan::tests {

namespace {

namespace json = boost::json;

using Row = json::object;

void read_vpc(const Row& row, Facts& facts) {
  VpcFact fact{
      .id = text_at(row, "VpcId"), .blocks = {}, .account = text_at(row, "OwnerId"), .region = {}};
  for (const auto& [list, member] : {std::pair("CidrBlockAssociationSet", "CidrBlock"),
                                     std::pair("Ipv6CidrBlockAssociationSet", "Ipv6CidrBlock")}) {
    for (const json::value& block : list_at(row, list)) {
      const Row& association = block.as_object();
      const Row& state = object_at(association, std::string(member) + "State");
      if (text_at(state, "State") == "associated") {
        fact.blocks.push_back(block_of(text_at(association, member)));
      }
    }
  }
  facts.vpcs[fact.id] = fact;
}

void read_subnet(const Row& row, Facts& facts) {
  SubnetFact fact{.id = text_at(row, "SubnetId"), .vpc = text_at(row, "VpcId"), .blocks = {}};
  if (row.contains("CidrBlock")) {
    fact.blocks.push_back(block_of(text_at(row, "CidrBlock")));
  }
  for (const json::value& block : list_at(row, "Ipv6CidrBlockAssociationSet")) {
    fact.blocks.push_back(block_of(text_at(block.as_object(), "Ipv6CidrBlock")));
  }
  facts.subnets[fact.id] = fact;
}

void read_interface(const Row& row, Facts& facts) {
  const Row& attachment = object_at(row, "Attachment");
  InterfaceFact fact{.id = text_at(row, "NetworkInterfaceId"),
                     .vpc = text_at(row, "VpcId"),
                     .subnet = text_at(row, "SubnetId"),
                     .instance = text_at(attachment, "InstanceId"),
                     .is_down = text_at(row, "Status") == "available",
                     .groups = {},
                     .addresses = {},
                     .delegated = {}};
  for (const json::value& group : list_at(row, "Groups")) {
    fact.groups.insert(text_at(group.as_object(), "GroupId"));
  }
  for (const json::value& each : list_at(row, "PrivateIpAddresses")) {
    const std::string shown = text_at(object_at(each.as_object(), "Association"), "PublicIp");
    fact.addresses.push_back(
        {.address = address_of(text_at(each.as_object(), "PrivateIpAddress")),
         .public_address = shown.empty() ? std::nullopt : std::optional(address_of(shown))});
  }
  for (const json::value& each : list_at(row, "Ipv6Addresses")) {
    fact.addresses.push_back({.address = address_of(text_at(each.as_object(), "Ipv6Address")),
                              .public_address = std::nullopt});
  }
  for (const json::value& each : list_at(row, "Ipv4Prefixes")) {
    fact.delegated.push_back(block_of(text_at(each.as_object(), "Ipv4Prefix")));
  }
  facts.interfaces[fact.id] = fact;
}

void read_table(const Row& row, Facts& facts) {
  const std::string id = text_at(row, "RouteTableId");
  facts.tables[id] = row;
  for (const json::value& each : list_at(row, "Associations")) {
    const Row& association = each.as_object();
    if (association.at("Main").as_bool()) {
      facts.main_table_of_vpc[text_at(row, "VpcId")] = id;
    } else if (association.contains("SubnetId")) {
      facts.table_of_subnet[text_at(association, "SubnetId")] = id;
    }
  }
}

void read_acl(const Row& row, Facts& facts) {
  const std::string id = text_at(row, "NetworkAclId");
  facts.acls[id] = row;
  for (const json::value& each : list_at(row, "Associations")) {
    facts.acl_of_subnet[text_at(each.as_object(), "SubnetId")] = id;
  }
}

void read_group(const Row& row, Facts& facts) { facts.groups[text_at(row, "GroupId")] = row; }

/// SOURCE: EC2 API, InternetGatewayAttachment: the state of an attached one is `available`.
void read_gateway(const Row& row, Facts& facts) {
  const std::string id = row.contains("InternetGatewayId")
                             ? text_at(row, "InternetGatewayId")
                             : text_at(row, "EgressOnlyInternetGatewayId");
  for (const json::value& each : list_at(row, "Attachments")) {
    facts.vpc_of_gateway[id] = text_at(each.as_object(), "VpcId");
  }
}

void read_peering(const Row& row, Facts& facts) {
  const Row& one = object_at(row, "RequesterVpcInfo");
  const Row& other = object_at(row, "AccepterVpcInfo");
  facts.peerings[text_at(row, "VpcPeeringConnectionId")] = {
      .is_active = text_at(object_at(row, "Status"), "Code") == "active",
      .is_in_one_region = text_at(one, "Region") == text_at(other, "Region"),
      .vpcs = {text_at(one, "VpcId"), text_at(other, "VpcId")}};
}

void read_reservation(const Row& row, Facts& facts) {
  for (const json::value& each : list_at(row, "Instances")) {
    const Row& instance = each.as_object();
    const std::string state = text_at(object_at(instance, "State"), "Name");
    if (state == "terminated" || state == "shutting-down") {
      facts.gone_instances.insert(text_at(instance, "InstanceId"));
    }
    if (text_at(instance, "Platform") == "windows") {
      facts.windows_instances.insert(text_at(instance, "InstanceId"));
    }
  }
}

void read_exclusion(const Row& row, Facts& facts) {
  const std::string arn = text_at(row, "ResourceArn");
  if (text_at(row, "State") == "create-complete") {
    facts.exclusions[arn.substr(arn.rfind('/') + 1)] = text_at(row, "InternetGatewayExclusionMode");
  }
}

struct Reader {
  std::string_view member;
  void (*read)(const Row& row, Facts& facts);
};

constexpr Reader kReaders[] = {{"Vpcs", read_vpc},
                               {"Subnets", read_subnet},
                               {"NetworkInterfaces", read_interface},
                               {"RouteTables", read_table},
                               {"NetworkAcls", read_acl},
                               {"SecurityGroups", read_group},
                               {"InternetGateways", read_gateway},
                               {"EgressOnlyInternetGateways", read_gateway},
                               {"VpcPeeringConnections", read_peering},
                               {"Reservations", read_reservation},
                               {"VpcBlockPublicAccessExclusions", read_exclusion}};

/// `111122223333/eu-west-1/ManagedPrefixListEntries-pl-0….json` answers for that list.
void read_list(std::string_view path, const Row& answer, Facts& facts) {
  const std::size_t start = path.rfind("/ManagedPrefixListEntries-");
  if (start == std::string_view::npos) {
    return;
  }
  const std::size_t id = path.find('-', start) + 1;
  std::vector<Block>& blocks = facts.lists[std::string(path.substr(id, path.rfind('.') - id))];
  for (const json::value& entry : list_at(answer, "Entries")) {
    blocks.push_back(block_of(text_at(entry.as_object(), "Cidr")));
  }
}

void read_document(const collect::Document& document, Facts& facts) {
  const json::value value = json::parse(document.bytes);
  if (!value.is_object()) {
    return;
  }
  const Row& answer = value.as_object();
  for (const Reader& reader : kReaders) {
    for (const json::value& row : list_at(answer, reader.member)) {
      reader.read(row.as_object(), facts);
    }
  }
  for (const json::value& row : list_at(answer, "Vpcs")) {
    const std::size_t slash = document.path.find('/');
    facts.vpcs[text_at(row.as_object(), "VpcId")].region =
        document.path.substr(slash + 1, document.path.rfind('/') - slash - 1);
  }
  if (const Row& options = object_at(answer, "VpcBlockPublicAccessOptions"); !options.empty()) {
    facts.public_access[text_at(options, "AwsAccountId") + " " + text_at(options, "AwsRegion")] =
        text_at(options, "InternetGatewayBlockMode");
  }
  read_list(document.path, answer, facts);
}

}  // namespace

Address address_of(std::string_view text) {
  const std::string copy(text);
  Address address{.is_v6 = text.find(':') != std::string_view::npos};
  const int read =
      inet_pton(address.is_v6 ? AF_INET6 : AF_INET, copy.c_str(), address.bytes.data());
  PORTOLAN_ASSERT(read == 1);
  return address;
}

Block block_of(std::string_view text) {
  const std::size_t slash = text.find('/');
  return {.address = address_of(text.substr(0, slash)),
          .length = std::atoi(std::string(text.substr(slash + 1)).c_str())};
}

std::string text_at(const json::object& object, std::string_view member) {
  const json::value* value = object.if_contains(member);
  return value == nullptr || !value->is_string() ? std::string() : std::string(value->as_string());
}

const json::array& list_at(const json::object& object, std::string_view member) {
  static const json::array kNone;
  const json::value* value = object.if_contains(member);
  return value == nullptr || !value->is_array() ? kNone : value->as_array();
}

const json::object& object_at(const json::object& object, std::string_view member) {
  static const json::object kNone;
  const json::value* value = object.if_contains(member);
  return value == nullptr || !value->is_object() ? kNone : value->as_object();
}

Facts read_facts(std::span<const collect::Document> documents) {
  Facts facts;
  for (const collect::Document& document : documents) {
    read_document(document, facts);
  }
  for (auto& [id, interface] : facts.interfaces) {
    // Instances that are gone take their interfaces with them.
    interface.is_down = interface.is_down || facts.gone_instances.contains(interface.instance);
  }
  return facts;
}

}  // namespace portolan::tests
