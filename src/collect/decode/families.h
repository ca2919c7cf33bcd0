#pragma once

#include "collect/decode/answer.h"

/// Private to the module: the decoders of the members of AWS's answers, a file for each family.
/// Each reads the value of its member into the harvest.
namespace portolan::collect {

// security_groups.cpp
void decode_security_groups(Answer& answer);
void decode_security_group_rules(Answer& answer);
void decode_security_group_vpc_associations(Answer& answer);

// network.cpp
void decode_vpcs(Answer& answer);
void decode_subnets(Answer& answer);
void decode_network_acls(Answer& answer);

// routes.cpp
void decode_route_tables(Answer& answer);

// gateways.cpp
void decode_internet_gateways(Answer& answer);
void decode_egress_only_internet_gateways(Answer& answer);
void decode_nat_gateways(Answer& answer);
void decode_vpc_peerings(Answer& answer);
void decode_vpn_gateways(Answer& answer);
void decode_vpn_connections(Answer& answer);

// interfaces.cpp
void decode_network_interfaces(Answer& answer);
void decode_addresses(Answer& answer);
/// The interfaces that stand inside an instance, into `inline_interfaces`.
void decode_inline_interfaces(Answer& answer);

// instances.cpp
void decode_reservations(Answer& answer);
void decode_instances(Answer& answer);
void decode_db_instances(Answer& answer);
void read_metadata_options(Reader& in, MetadataOptions& options);

// launches.cpp
void decode_launch_templates(Answer& answer);
void decode_launch_template_versions(Answer& answer);
void decode_launch_configurations(Answer& answer);
void decode_auto_scaling_groups(Answer& answer);
void decode_metadata_defaults(Answer& answer);

// managed.cpp
void decode_redshift_clusters(Answer& answer);
void decode_web_acls(Answer& answer);
void decode_web_acl_resources(Answer& answer);
void decode_ecs_services(Answer& answer);
void decode_ecs_names(Answer& answer);
void decode_eks_node_group(Answer& answer);
void decode_eks_names(Answer& answer);
void decode_functions(Answer& answer);
void decode_client_vpn_endpoints(Answer& answer);
void decode_client_vpn_authorizations(Answer& answer);

// manifest.cpp: what `portolan collect` did not get.
void decode_manifest(Answer& answer);

// prefix_lists.cpp
void decode_prefix_lists(Answer& answer);
void decode_prefix_list_entries(Answer& answer);

// transit.cpp
void decode_transit_gateways(Answer& answer);
void decode_transit_gateway_attachments(Answer& answer);
void decode_transit_gateway_vpc_attachments(Answer& answer);
void decode_transit_gateway_peering_attachments(Answer& answer);
void decode_transit_gateway_route_tables(Answer& answer);

// transit_routes.cpp
void decode_transit_gateway_routes(Answer& answer);
void decode_transit_gateway_propagations(Answer& answer);
void decode_transit_gateway_associations(Answer& answer);
void decode_transit_gateway_prefix_list_references(Answer& answer);

// balancers.cpp
void decode_load_balancers(Answer& answer);
void decode_classic_load_balancers(Answer& answer);
void decode_attributes(Answer& answer);
/// The attributes of a Classic Load Balancer, or a list of answers about others.
void decode_balancer_attributes(Answer& answer);
void decode_tag_descriptions(Answer& answer);

// listeners.cpp
void decode_listeners(Answer& answer);
/// Rules of listeners, or those of EventBridge, which stand under the same name.
void decode_rules(Answer& answer);

// targets.cpp
void decode_target_groups(Answer& answer);
void decode_target_health(Answer& answer);

// endpoints.cpp
void decode_vpc_endpoints(Answer& answer);
void decode_endpoint_services(Answer& answer);

// monitoring.cpp
void decode_flow_logs(Answer& answer);
void decode_metric_filters(Answer& answer);
void decode_alarms(Answer& answer);
void decode_subscriptions(Answer& answer);

// trails.cpp
void decode_trails(Answer& answer);
void decode_trail_status(Answer& answer);
void decode_event_selectors(Answer& answer);
void decode_advanced_event_selectors(Answer& answer);

// published_ranges.cpp
void decode_published_ranges_v4(Answer& answer);
void decode_published_ranges_v6(Answer& answer);

// block_public_access.cpp
void decode_block_public_access(Answer& answer);
void decode_block_public_access_exclusions(Answer& answer);

// firewalls.cpp, firewall_rules.cpp
void decode_firewall(Answer& answer);
void decode_firewall_status(Answer& answer);
void decode_firewall_policy(Answer& answer);
void decode_firewall_policy_response(Answer& answer);
void decode_firewall_rule_group(Answer& answer);
void decode_firewall_rule_group_response(Answer& answer);
/// Adds the resources that the members of one answer described together.
void finish_firewall(Answer& answer, std::size_t place);

}  // namespace portolan::collect
