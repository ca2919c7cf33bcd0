#include "chart/facts.h"

#include <array>
#include <string_view>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "core/text.h"

namespace portolan::chart {

namespace {

std::string_view text_of(InstanceState state) {
  static constexpr std::array<std::string_view, 7> kTexts{
      "pending", "running", "stopping", "stopped", "shutting down", "terminated", "not known"};
  return kTexts.at(static_cast<std::size_t>(state));
}

std::string_view text_of(BalancerKind kind) {
  static constexpr std::array<std::string_view, 4> kTexts{"application", "network", "gateway",
                                                          "classic"};
  return kTexts.at(static_cast<std::size_t>(kind));
}

std::string_view text_of(EndpointKind kind) {
  static constexpr std::array<std::string_view, 4> kTexts{"gateway", "interface",
                                                          "gateway load balancer", "other"};
  return kTexts.at(static_cast<std::size_t>(kind));
}

std::string_view text_of(EndpointPolicy policy) {
  static constexpr std::array<std::string_view, 4> kTexts{"not told", "open to anybody", "bounded",
                                                          "not plain"};
  return kTexts.at(static_cast<std::size_t>(policy));
}

std::string_view text_of(AttachmentKind kind) {
  static constexpr std::array<std::string_view, 6> kTexts{
      "VPC", "peering", "VPN", "Direct Connect", "Connect", "other"};
  return kTexts.at(static_cast<std::size_t>(kind));
}

std::string_view text_of(BlockMode mode) {
  static constexpr std::array<std::string_view, 3> kTexts{"off", "both directions", "ingress"};
  return kTexts.at(static_cast<std::size_t>(mode));
}

std::string_view text_of(FlowLogTraffic traffic) {
  static constexpr std::array<std::string_view, 4> kTexts{"all", "accepted", "rejected",
                                                          "not known"};
  return kTexts.at(static_cast<std::size_t>(traffic));
}

std::string text_of(const RouteTarget& target) {
  return target.kind == RouteTargetKind::Local ? std::string("local") : target.id;
}

const std::string& text_of(const std::string& text) { return text; }
template <class Value>
auto text_of(const Value& value) -> decltype(value.text()) {
  return value.text();
}

std::string targets_text(const std::vector<BalancerAction>& actions) {
  std::string text;
  for (const BalancerAction& action : actions) {
    text += (text.empty() ? "" : ", ") + action.type;
    for (const TargetGroupId& target : action.targets) {
      text += " " + target.value;
    }
  }
  return text;
}

}  // namespace

void Facts::add(std::string label, std::string value) {
  if (!value.empty()) {
    details_.facts.push_back({.label = std::move(label), .value = std::move(value)});
  }
}

void Facts::add(std::string label, bool value) {
  add(std::move(label), std::string(value ? "yes" : "no"));
}

void Facts::add(std::string label, const std::optional<bool>& value) {
  add(std::move(label), std::string(!value ? "not known" : *value ? "yes" : "no"));
}

template <class List>
void Facts::add_list(std::string label, const List& list) {
  static constexpr std::size_t kMost = 50;
  std::string text;
  std::size_t count = 0;
  for (const auto& item : list) {
    if (count++ == kMost) {
      text += fmt::format(" and {} more", list.size() - kMost);
      break;
    }
    text += (text.empty() ? "" : ", ") + std::string(text_of(item));
  }
  add(std::move(label), std::move(text));
}

void Facts::name(const std::string& name) {
  if (!name.empty()) {
    details_.name = name;
  }
}

void Facts::tell(const MetadataOptions& options) {
  add("Metadata service", options.endpoint_enabled);
  add("Metadata needs a session token", options.tokens_required);
  if (options.hop_limit) {
    add("Metadata hop limit", fmt::format("{}", *options.hop_limit));
  }
}

void Facts::tell(const Vpc& vpc) {
  add_list("Addresses", vpc.cidrs);
  add("Default VPC", vpc.is_default);
}

void Facts::tell(const Subnet& subnet) {
  add_list("Addresses", subnet.cidrs);
  add("Zone", subnet.zone);
  add("Gives public addresses", subnet.maps_public_ip_on_launch);
}

void Facts::tell(const RouteTable& table) {
  add("Main table", table.is_main);
  for (const Route& route : table.routes) {
    details_.rules.push_back({.id = {},
                              .direction = "route",
                              .services = {},
                              .peer = route.cidr ? route.cidr->text() : route.prefix_list.value,
                              .description = route.is_propagated ? "propagated" : "",
                              .action = route.is_blackhole ? "blackhole" : text_of(route.target)});
  }
}

void Facts::tell(const NetworkAcl& acl) {
  add("Default NACL", acl.is_default);
  for (const NetworkAclEntry& entry : acl.entries) {
    details_.rules.push_back({.id = fmt::format("{}", entry.number),
                              .direction = entry.is_egress ? "egress" : "ingress",
                              .services = entry.services.text(),
                              .peer = entry.cidr.text(),
                              .description = {},
                              .action = entry.allows ? "allow" : "deny"});
  }
}

void Facts::tell(const SecurityGroup& group) {
  name(group.group_name);
  add("Description", group.description);
  for (const SecurityGroupRule& rule : group.rules) {
    details_.rules.push_back({.id = rule.id.value,
                              .direction = rule.is_egress ? "egress" : "ingress",
                              .services = rule.services.text(),
                              .peer = peer_text(rule.peer),
                              .description = rule.description,
                              .action = "allow"});
  }
}

void Facts::tell(const NetworkInterface& interface) {
  std::vector<IpAddress> inside = interface.ipv6;
  std::vector<IpAddress> outside;
  for (const InterfaceAddress& address : interface.addresses) {
    inside.push_back(address.private_ip);
    if (address.public_ip) {
      outside.push_back(*address.public_ip);
    }
  }
  add_list("Addresses", inside);
  add_list("Public addresses", outside);
  add_list("Delegated blocks", interface.delegated);
  add("Type", interface.interface_type);
  add("Description", interface.description);
  add("Made by", interface.requester);
  add("Status", interface.status);
  add("Checks source and destination", interface.checks_source_dest);
}

void Facts::tell(const Instance& instance) {
  add("State", std::string(text_of(instance.state)));
  add("Platform", instance.platform);
  add("Image", instance.image);
  tell(instance.metadata);
}

void Facts::tell(const NatGateway& nat) {
  std::vector<IpAddress> addresses;
  for (const NatAddress& address : nat.addresses) {
    addresses.push_back(address.private_ip);
    if (address.public_ip) {
      addresses.push_back(*address.public_ip);
    }
  }
  add_list("Addresses", addresses);
  add("Public", nat.is_public);
  add("Available", nat.is_available);
}

void Facts::tell(const VpcPeering& peering) {
  add("Active", peering.is_active);
  for (const auto& [label, side] :
       {std::pair("Requester", &peering.requester), std::pair("Accepter", &peering.accepter)}) {
    add(std::string(label) + " account", side->account.text());
    add_list(std::string(label) + " addresses", side->cidrs);
  }
}

void Facts::tell(const TransitGateway& gateway) {
  add("Available", gateway.is_available);
  add("References security groups", gateway.references_security_groups);
  add("Accepts attachments by itself", gateway.accepts_by_itself);
}

void Facts::tell(const TransitGatewayAttachment& attachment) {
  add("Attaches a", std::string(text_of(attachment.kind)));
  add("Available", attachment.is_available);
  add("Appliance mode", attachment.is_appliance_mode);
}

void Facts::tell(const TransitGatewayRouteTable& table) {
  if (!table.routes) {
    add("Routes", std::string("not collected"));
    return;
  }
  for (const TransitGatewayRoute& route : *table.routes) {
    details_.rules.push_back(
        {.id = {},
         .direction = "route",
         .services = {},
         .peer = route.cidr.text(),
         .description = route.is_static ? "static" : "propagated",
         .action = route.is_blackhole ? "blackhole" : joined(route.attachments, ", ")});
  }
}

void Facts::tell(const VpnConnection& connection) {
  add("Available", connection.is_available);
  add_list("Static routes", connection.static_routes);
}

void Facts::tell(const VpcEndpoint& endpoint) {
  add("Endpoint type", std::string(text_of(endpoint.kind)));
  add("Service", endpoint.service_name);
  add("Available", endpoint.is_available);
  add("Policy", std::string(text_of(endpoint.policy)));
}

void Facts::tell(const EndpointService& service) {
  add("Service", service.service_name);
  add("Asks for acceptance", service.asks_acceptance);
}

void Facts::tell(const PrefixList& list) {
  name(list.list_name);
  add("Kept by AWS", list.is_aws_managed);
  if (!list.entries) {
    add("Entries", std::string("not collected"));
    return;
  }
  std::vector<IpPrefix> blocks;
  for (const PrefixListEntry& entry : *list.entries) {
    blocks.push_back(entry.cidr);
  }
  add_list("Entries", blocks);
}

void Facts::tell(const DbInstance& database) {
  name(database.identifier);
  add("Engine", database.engine);
  add("Port", database.port == 0 ? "not known" : fmt::format("{}", database.port));
  add("Publicly accessible", database.is_publicly_accessible);
}

void Facts::tell(const LoadBalancer& balancer) {
  name(balancer.balancer_name);
  add("Balancer type", std::string(text_of(balancer.kind)));
  add("DNS name", balancer.dns_name);
  add("Internet-facing",
      balancer.lacks_scheme() ? std::nullopt : std::optional(balancer.is_internet_facing()));
  add("Active", balancer.is_active);
  add("Logs access", balancer.logs_access);
  if (!balancer.listeners) {
    add("Listeners", std::string("not collected"));
    return;
  }
  for (const Listener& listener : *balancer.listeners) {
    details_.rules.push_back({.id = listener.arn,
                              .direction = "listener",
                              .services = fmt::format("{} {}", listener.protocol, listener.port),
                              .peer = {},
                              .description = joined(listener.policies, ", "),
                              .action = listener.instance_port != 0
                                            ? fmt::format("port {}", listener.instance_port)
                                            : targets_text(listener.actions)});
  }
}

void Facts::tell(const TargetGroup& group) {
  name(group.group_name);
  add("Protocol", group.protocol);
  add("Port", group.port == 0 ? "" : fmt::format("{}", group.port));
  add("Target type", group.target_type);
  add("Health check port", group.health_check_port);
  add("Keeps the client's address", group.preserves_client_ip);
  if (!group.targets) {
    add("Targets", std::string("not collected"));
    return;
  }
  for (const Target& target : *group.targets) {
    details_.rules.push_back(
        {.id = target.id,
         .direction = "target",
         .services = target.port == 0 ? "" : fmt::format("port {}", target.port),
         .peer = target.zone,
         .description = {},
         .action = target.health});
  }
}

void Facts::tell(const NetworkFirewall& firewall) { name(firewall.firewall_name); }

void Facts::tell(const FirewallPolicy& policy) {
  add_list("Stateless default actions", policy.stateless_default_actions);
  add_list("Stateful default actions", policy.stateful_default_actions);
  add("Strict order", policy.is_strict_order);
}

void Facts::tell(const FirewallRuleGroup& group) {
  add("Stateful", group.is_stateful);
  add("Has rules that are not decided here", group.is_opaque);
  for (const FirewallRule& rule : group.rules) {
    std::vector<std::string> sources;
    for (const IpPrefix& source : rule.sources) {
      sources.push_back(source.text());
    }
    std::vector<std::string> targets;
    for (const IpPrefix& target : rule.destinations) {
      targets.push_back(target.text());
    }
    details_.rules.push_back({.id = group.is_stateful ? "" : fmt::format("{}", rule.priority),
                              .direction = rule.is_bidirectional ? "both" : "forward",
                              .services = rule.services.text(),
                              .peer = (sources.empty() ? "any" : joined(sources, ", ")) + " -> " +
                                      (targets.empty() ? "any" : joined(targets, ", ")),
                              .description = rule.is_exact ? "" : "has more conditions",
                              .action = rule.action});
  }
}

void Facts::tell(const BlockPublicAccess& block) {
  add("Blocks", std::string(text_of(block.mode)));
  add("Exclusions allowed", block.exclusions_allowed);
}

void Facts::tell(const BlockPublicAccessExclusion& exclusion) {
  add("Allows ingress", exclusion.allows_ingress);
  add("Active", exclusion.is_active);
}

void Facts::tell(const FlowLog& log) {
  add("Traffic", std::string(text_of(log.traffic)));
  add("Active", log.is_active);
  add("Delivers", log.is_delivering);
}

void Facts::tell(const Trail& trail) {
  name(trail.trail_name);
  add("All regions", trail.is_multi_region);
  add("Of the organisation", trail.is_of_organization);
  add("Logging", trail.is_logging);
  add("Records changes of EC2", trail.records_changes);
}

void Facts::tell(const MetricFilter& filter) {
  name(filter.filter_name);
  add("Log group", filter.log_group);
  add("Pattern", filter.pattern);
}

void Facts::tell(const Alarm& alarm) {
  name(alarm.alarm_name);
  add("Acts", alarm.acts);
}

void Facts::tell(const Subscription& subscription) { add("Topic", subscription.topic); }

void Facts::tell(const EventRule& rule) {
  name(rule.rule_name);
  add("Enabled", rule.is_enabled);
  add("Takes calls of EC2", rule.takes_calls);
}

void Facts::tell(const PublishedRanges& ranges) {
  add("IPv4 blocks of EC2", fmt::format("{}", ranges.ec2_v4.size()));
  add("IPv6 blocks of EC2", fmt::format("{}", ranges.ec2_v6.size()));
}

void Facts::tell(const LaunchTemplate& launch) {
  name(launch.template_name);
  add("Launch configuration", launch.is_configuration);
  add("Latest version", launch.latest == 0 ? "" : fmt::format("{}", launch.latest));
  for (const LaunchVersion& version : launch.versions) {
    if (version.is_default || launch.versions.size() == 1) {
      add("Gives a public address", version.has_public_address);
      tell(version.metadata);
    }
  }
}

void Facts::tell(const AutoScalingGroup& group) { name(group.group_name); }

void Facts::tell(const MetadataDefaults& defaults) { tell(defaults.options); }

void Facts::tell(const ElasticIp& address) {
  add("Address", address.address ? address.address->text() : "");
  add("In use", address.is_used);
}

void Facts::tell(const WebAcl& acl) { name(acl.acl_name); }

void Facts::tell(const EcsService& service) {
  name(service.service_name);
  add("Has a network of its own", service.has_network);
  add("Gives public addresses", service.assigns_public_address);
}

void Facts::tell(const EksNodeGroup& group) {
  name(group.group_name);
  add("Cluster", group.cluster);
  add("Remote access", group.has_remote_access);
}

void Facts::tell(const ClientVpnEndpoint& endpoint) {
  add("Logs connections", endpoint.logs_connections);
  if (!endpoint.authorizations) {
    add("Authorizations", std::string("not collected"));
    return;
  }
  for (const VpnAuthorization& authorization : *endpoint.authorizations) {
    details_.rules.push_back({.id = {},
                              .direction = "ingress",
                              .services = "any",
                              .peer = authorization.cidr,
                              .description = {},
                              .action = authorization.is_everybody
                                            ? "allow everybody"
                                            : "allow " + authorization.group});
  }
}

}  // namespace portolan::chart
