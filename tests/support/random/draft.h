#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/random.h"
#include "tests/support/random_network.h"

/// Private to random_network: the network while it is drawn. Names are short and unique in all
/// accounts; indices instead of pointers, for the vectors grow.
namespace portolan::tests::random {

struct DraftSubnet {
  std::string name = {};
  std::size_t vpc = 0;
  std::size_t number = 0;  // third byte of its block
  std::string cidr = {};
  std::string cidr6 = {};  // empty: IPv4 only
  char zone = 'a';
  std::size_t table = 0;
  bool is_public = false;
  int next_host = 10;
  int next_node = 100;
};

struct DraftTable {
  std::string name = {};
  std::size_t vpc = 0;
  bool is_main = false;
  bool is_written = true;  // a VPC whose main table nobody wrote has one nevertheless
  std::vector<std::size_t> subnets = {};
  std::vector<std::pair<std::string, std::string>> routes = {};
};

struct DraftGroup {
  std::string name = {};
  std::size_t vpc = 0;
  std::size_t place = 0;
};

struct DraftVpc {
  std::string name = {};
  std::size_t place = 0;
  std::string base = {};  // `10.1`
  std::string cidr = {};
  std::string base6 = {};  // `2600:1f18:1`; empty: IPv4 only
  std::string cidr6 = {};
  std::string gateway = {};  // internet gateway; empty: none
  std::vector<std::size_t> subnets = {};
  std::vector<std::size_t> groups = {};
  std::size_t main_table = 0;
};

struct DraftInterface {
  std::string name = {};
  std::size_t subnet = 0;
  std::vector<std::string> addresses = {};
  bool is_instance = false;
};

struct Draft {
  Draft(std::uint64_t seed, const RandomNetwork& wanted) : random(seed), setting(&wanted) {}

  Random random;
  const RandomNetwork* setting;
  std::vector<std::string> places;  // `111122223333 eu-west-1`
  std::vector<std::string> lines;   // of each place
  std::vector<DraftVpc> vpcs;
  std::vector<DraftSubnet> subnets;
  std::vector<DraftTable> tables;
  std::vector<DraftGroup> groups;
  std::vector<DraftInterface> interfaces;
  std::vector<std::string> prefix_lists;
  int names_given = 0;
  int public_addresses_given = 0;

  /// A semantic that may occur, and does this time.
  bool wants(bool is_allowed, int percent) {
    const bool does = random.chance(percent);
    return is_allowed && does;
  }
  void line(std::size_t place, std::string_view text) { lines[place].append(text).append("\n"); }
  std::string name(std::string_view stem);
  /// The next free host address of a subnet; `node`: of those for balancers and endpoints.
  std::string host_address(DraftSubnet& subnet);
  std::string node_address(DraftSubnet& subnet);
  std::string public_address();
  [[nodiscard]] std::size_t place_of(const DraftSubnet& subnet) const {
    return vpcs[subnet.vpc].place;
  }
  [[nodiscard]] std::string_view region_of(std::size_t place) const {
    return std::string_view(places[place]).substr(13);
  }
  /// Adds the route unless the table has one for that destination.
  void route(std::size_t table, std::string_view destination, std::string_view target);
  /// The tables of a VPC that subnets use or may use.
  [[nodiscard]] std::vector<std::size_t> tables_of(std::size_t vpc) const;
};

// Each draws one part. They build on each other in this order.
void draw_vpcs(Draft& draft);        // vpcs.cpp
void draw_gateways(Draft& draft);    // gateways.cpp
void draw_joints(Draft& draft);      // joints.cpp: peering, transit gateways, VPN
void draw_interfaces(Draft& draft);  // interfaces.cpp
void draw_balancers(Draft& draft);   // balancers.cpp
void draw_endpoints(Draft& draft);   // endpoints.cpp
void draw_firewalls(Draft& draft);   // firewalls.cpp
void draw_rules(Draft& draft);       // rules.cpp: prefix lists, groups, NACLs
void draw_settings(Draft& draft);    // settings.cpp: block public access, gaps

// The pools that rules draw from: pools.cpp.
/// A service for a rule of a group, or of a NACL, which prints odd protocols in one way only.
std::string draw_service(Draft& draft, bool is_acl, bool is_v6);
/// A CIDR that often holds an interface's address.
std::string draw_block(Draft& draft, std::size_t vpc, bool is_v6);

/// `a,b,c`.
std::string joined_names(const std::vector<std::string>& names);

}  // namespace portolan::tests::random
