#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "collect/collect.h"

/// What the AWS documents of an estate say, for the encoding. Read here and not by our decoders, so
/// that a mistake of theirs shows.
namespace portolan::tests {

/// An address as sixteen bytes; IPv4 uses the first four.
struct Address {
  bool is_v6 = false;
  std::array<std::uint8_t, 16> bytes{};
  friend auto operator<=>(const Address&, const Address&) = default;
};
/// The text is one that AWS printed: it is an address.
Address address_of(std::string_view text);

struct Block {
  Address address;
  int length = 0;
  friend auto operator<=>(const Block&, const Block&) = default;
};
Block block_of(std::string_view text);

struct AddressFact {
  Address address;
  std::optional<Address> public_address;
};

struct InterfaceFact {
  std::string id;
  std::string vpc;
  std::string subnet;
  std::string instance;
  bool is_down = false;
  std::set<std::string> groups;
  std::vector<AddressFact> addresses;  // both families
  std::vector<Block> delegated;
};

struct SubnetFact {
  std::string id;
  std::string vpc;
  std::vector<Block> blocks;
};

struct VpcFact {
  std::string id;
  std::vector<Block> blocks;
  std::string account;
  std::string region;
};

struct PeeringFact {
  bool is_active = false;
  bool is_in_one_region = false;
  std::array<std::string, 2> vpcs;
};

/// `IpPermissions` of groups, `Routes` and `Entries` stay JSON: the encoding reads them.
struct Facts {
  std::map<std::string, InterfaceFact, std::less<>> interfaces;
  std::map<std::string, SubnetFact, std::less<>> subnets;
  std::map<std::string, VpcFact, std::less<>> vpcs;
  std::map<std::string, boost::json::object, std::less<>> groups;
  std::map<std::string, boost::json::object, std::less<>> tables;
  std::map<std::string, boost::json::object, std::less<>> acls;
  std::map<std::string, std::string, std::less<>> table_of_subnet;  // explicit ones
  std::map<std::string, std::string, std::less<>> main_table_of_vpc;
  std::map<std::string, std::string, std::less<>> acl_of_subnet;
  std::map<std::string, std::string, std::less<>> vpc_of_gateway;  // internet and egress-only
  std::map<std::string, PeeringFact, std::less<>> peerings;
  std::map<std::string, std::vector<Block>, std::less<>> lists;
  std::set<std::string, std::less<>> gone_instances;
  std::set<std::string, std::less<>> windows_instances;
  std::map<std::string, std::string, std::less<>> public_access;  // `account region` -> mode
  std::map<std::string, std::string, std::less<>> exclusions;     // VPC or subnet -> mode
};

Facts read_facts(std::span<const collect::Document> documents);

// Members of an object; empty where there are none.
std::string text_at(const boost::json::object& object, std::string_view member);
const boost::json::array& list_at(const boost::json::object& object, std::string_view member);
const boost::json::object& object_at(const boost::json::object& object, std::string_view member);

}  // namespace portolan::tests
