#pragma once

#include <cstdint>
#include <string>

namespace portolan::tests {

/// What may occur in a random network. A semantic that is on occurs in some seeds, not in all.
struct RandomNetwork {
  bool ipv6 = true;
  bool acls = true;
  bool prefix_lists = true;
  bool public_addresses = true;
  bool internet_gateways = true;
  bool nat = true;
  bool peering = true;
  bool transit = true;  // transit gateways, and VPNs on them and on VPN gateways
  bool endpoints = true;
  bool balancers = true;
  bool firewalls = true;  // AWS Network Firewall, and gateway load balancers
  bool block_public_access = true;
  bool many_accounts = true;  // also regions, shared subnets
  bool appliances = true;     // routes to instances
  bool mentions = true;       // databases, launch templates, functions: what uses groups
  bool gaps = true;           // documents and answers that are missing
  int ipv6_percent = 45;      // of the VPCs
  int acls_percent = 30;      // of the subnets: with a NACL of their own
  int vpcs_max = 3;
  int subnets_max = 3;  // of each VPC
  int groups_max = 4;   // of each VPC
  int interfaces_max = 12;
};

/// An inventory in the scenario notation. Same seed and setting, same text.
///
/// Addresses, ports and peers come from small pools, so that rules meet: between a fifth and
/// three fifths of the pairs of interfaces have something open. What is wrong on purpose
/// (blackholes, stale references, overlapping VPCs) is what AWS lets people build. The one
/// expectation at the end holds for every network, so that the text, saved as a file of
/// tests/scenarios, runs.
///
/// Example: `read_scenario(random_network(7, {.gaps = false})).documents` is ready to decode.
std::string random_network(std::uint64_t seed, const RandomNetwork& setting);

}  // namespace portolan::tests
