#pragma once

#include <span>
#include <string>
#include <string_view>

#include "tools/scenario/estate.h"

namespace portolan::scenario {

/// One noun of the notation: how its statements are spelled, and what they become.
struct NounInfo {
  std::string_view word;
  /// The id of what a statement names: `{hex}`, `{name}`, `{account}` and `{region}` are filled in.
  /// Empty if a statement of this noun names nothing new.
  std::string_view id;
  void (*expand)(Estate& estate, Arguments& arguments);
  /// Runs for all statements before the first is expanded: what others must know of this one.
  void (*prepare)(Estate& estate, Arguments& arguments) = nullptr;
};

/// All nouns, in the order in which they are expanded: what others build on comes first.
std::span<const NounInfo> all_nouns();
/// Null if there is no such noun.
const NounInfo* find_noun(std::string_view word);
std::string make_id(const NounInfo& noun, std::string_view name, const Place& place);
/// True if `text` has the shape of an id of that noun.
bool is_id_of(std::string_view noun, std::string_view text);

// Networks: vpc.cpp, routes.cpp, acl.cpp.
void prepare_vpc(Estate& estate, Arguments& arguments);
void expand_vpc(Estate& estate, Arguments& arguments);
void expand_subnet(Estate& estate, Arguments& arguments);
void expand_table(Estate& estate, Arguments& arguments);
void expand_acl(Estate& estate, Arguments& arguments);
/// What AWS makes with every VPC: main table, default NACL and default group, where the scenario
/// does not write them itself.
void complete_vpcs(Estate& estate);

// Groups and prefix lists: groups.cpp.
void prepare_group(Estate& estate, Arguments& arguments);
void expand_group(Estate& estate, Arguments& arguments);
void expand_association(Estate& estate, Arguments& arguments);
void expand_prefix_list(Estate& estate, Arguments& arguments);

// Gateways: gateways.cpp.
void expand_internet_gateway(Estate& estate, Arguments& arguments);
void expand_egress_only_gateway(Estate& estate, Arguments& arguments);
void expand_nat(Estate& estate, Arguments& arguments);
void expand_vpn_gateway(Estate& estate, Arguments& arguments);
void expand_vpn(Estate& estate, Arguments& arguments);
void expand_peering(Estate& estate, Arguments& arguments);

// Transit gateways: transit.cpp.
void expand_transit_gateway(Estate& estate, Arguments& arguments);
void expand_transit_attachment(Estate& estate, Arguments& arguments);
void expand_transit_peering(Estate& estate, Arguments& arguments);
void expand_transit_table(Estate& estate, Arguments& arguments);

// What runs: compute.cpp.
void prepare_instance(Estate& estate, Arguments& arguments);
void expand_instance(Estate& estate, Arguments& arguments);
void expand_interface(Estate& estate, Arguments& arguments);

// What services run: managed.cpp.
void expand_database(Estate& estate, Arguments& arguments);
void expand_redshift(Estate& estate, Arguments& arguments);
void expand_function(Estate& estate, Arguments& arguments);
void expand_elastic_ip(Estate& estate, Arguments& arguments);

// What instances are started from: launches.cpp.
void expand_launch_template(Estate& estate, Arguments& arguments);
void expand_launch_version(Estate& estate, Arguments& arguments);
void expand_launch_configuration(Estate& estate, Arguments& arguments);
void expand_auto_scaling_group(Estate& estate, Arguments& arguments);
void expand_metadata_defaults(Estate& estate, Arguments& arguments);

// What only checks look at: services.cpp.
void expand_web_acl(Estate& estate, Arguments& arguments);
void expand_ecs_service(Estate& estate, Arguments& arguments);
void expand_node_group(Estate& estate, Arguments& arguments);
void expand_client_vpn(Estate& estate, Arguments& arguments);

// Endpoints and endpoint services: endpoints.cpp.
void expand_endpoint(Estate& estate, Arguments& arguments);
void expand_endpoint_service(Estate& estate, Arguments& arguments);

// Load balancers: balancers.cpp, targets.cpp.
void expand_balancer(Estate& estate, Arguments& arguments);
void expand_classic_balancer(Estate& estate, Arguments& arguments);
void expand_listener(Estate& estate, Arguments& arguments);
void expand_listener_rule(Estate& estate, Arguments& arguments);
void expand_target_group(Estate& estate, Arguments& arguments);

// Network Firewall: firewall.cpp.
void prepare_firewall(Estate& estate, Arguments& arguments);
void expand_firewall(Estate& estate, Arguments& arguments);
void expand_firewall_policy(Estate& estate, Arguments& arguments);
void expand_stateful_rules(Estate& estate, Arguments& arguments);
void expand_stateless_rules(Estate& estate, Arguments& arguments);

// Who is told what happens: monitoring.cpp.
void expand_flow_log(Estate& estate, Arguments& arguments);
void expand_trail(Estate& estate, Arguments& arguments);
void expand_metric_filter(Estate& estate, Arguments& arguments);
void expand_alarm(Estate& estate, Arguments& arguments);
void expand_subscription(Estate& estate, Arguments& arguments);
void expand_event_rule(Estate& estate, Arguments& arguments);

// Settings of the account: access.cpp.
void expand_block_public_access(Estate& estate, Arguments& arguments);
void expand_exclusion(Estate& estate, Arguments& arguments);

}  // namespace portolan::scenario
