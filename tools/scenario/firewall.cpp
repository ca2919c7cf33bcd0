#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "core/text.h"
#include "tools/scenario/interface.h"
#include "tools/scenario/noun.h"
#include "tools/scenario/traffic.h"

namespace portolan::scenario {

namespace {

std::string upper(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
  return result;
}

/// `tcp/443@10.0.0.0/16>any`.
struct Tuple {
  std::vector<Traffic> traffic;
  std::string source = "any";
  std::string destination = "any";
};

Tuple tuple_of(std::string_view text, Arguments& arguments) {
  const std::size_t at = text.find('@');
  Tuple tuple{.traffic = traffic_of(text.substr(0, at), arguments)};
  if (at != std::string_view::npos) {
    const std::vector<std::string_view> ends = split(text.substr(at + 1), '>');
    tuple.source = ends.front();
    tuple.destination = ends.size() > 1 ? ends[1] : "any";
  }
  return tuple;
}

std::string ports_text(const Traffic& traffic) {
  if (!traffic.from || !traffic.to || traffic.protocol == "icmp" ||
      (*traffic.from == 0 && *traffic.to == 65535)) {
    return "ANY";
  }
  return *traffic.from == *traffic.to ? std::to_string(*traffic.from)
                                      : fmt::format("{}:{}", *traffic.from, *traffic.to);
}

/// SOURCE: Network Firewall API, StatefulRule and Header.
json::object stateful_row(std::string_view action, const Tuple& tuple, const Traffic& traffic,
                          std::string_view direction, std::size_t number) {
  const auto address = [](std::string_view text) { return text == "any" ? "ANY" : text; };
  return object(
      {{"Action", upper(action)},
       {"Header", object({{"Protocol", traffic.protocol == "-1" ? "IP" : upper(traffic.protocol)},
                          {"Source", address(tuple.source)},
                          {"SourcePort", "ANY"},
                          {"Direction", direction},
                          {"Destination", address(tuple.destination)},
                          {"DestinationPort", ports_text(traffic)}})},
       {"RuleOptions",
        json::array{object({{"Keyword", "sid"},
                            {"Settings", json::array{json::value(std::to_string(number))}}})}}});
}

json::array addresses(std::string_view text) {
  return {object({{"AddressDefinition", text == "any" ? "0.0.0.0/0" : text}})};
}

/// SOURCE: Network Firewall API, StatelessRule and MatchAttributes.
json::object stateless_row(std::string_view action, int priority, const Tuple& tuple,
                           const Traffic& traffic) {
  json::object match = object(
      {{"Sources", addresses(tuple.source)}, {"Destinations", addresses(tuple.destination)}});
  if (traffic.protocol != "-1") {
    match["Protocols"] = json::array{std::atoi(protocol_number_of(traffic).c_str())};
  }
  if (traffic.from && traffic.to && (traffic.protocol == "tcp" || traffic.protocol == "udp")) {
    match["DestinationPorts"] =
        json::array{object({{"FromPort", *traffic.from}, {"ToPort", *traffic.to}})};
    match["SourcePorts"] = json::array{object({{"FromPort", 0}, {"ToPort", 65535}})};
  }
  const std::string full =
      action == "forward" ? "aws:forward_to_sfe" : "aws:" + std::string(action);
  return object({{"Priority", priority},
                 {"RuleDefinition", object({{"MatchAttributes", match},
                                            {"Actions", json::array{json::value(full)}}})}});
}

void add_rule_group(Estate& estate, const Thing& self, bool is_stateful, json::object rules) {
  estate.add(Kind::FirewallRuleGroups, self.place, self.id,
             object({{"UpdateToken", "token"},
                     {"RuleGroup", std::move(rules)},
                     {"RuleGroupResponse", object({{"RuleGroupArn", self.id},
                                                   {"RuleGroupName", self.name},
                                                   {"RuleGroupId", digest(self.id)},
                                                   {"Type", is_stateful ? "STATEFUL" : "STATELESS"},
                                                   {"Capacity", 100},
                                                   {"RuleGroupStatus", "ACTIVE"}})}}));
}

json::array references(Estate& estate, const std::vector<std::string>& names, std::string_view noun,
                       Arguments& arguments) {
  json::array list;
  int priority = 0;
  for (const std::string& name : names) {
    list.push_back(object(
        {{"ResourceArn", estate.need(arguments, name, {noun}).id}, {"Priority", ++priority}}));
  }
  return list;
}

json::array default_actions(const std::vector<std::string>& actions) {
  json::array list;
  for (const std::string& action : actions) {
    list.push_back(json::value(action == "forward" ? "aws:forward_to_sfe" : "aws:" + action));
  }
  return list;
}

std::string endpoint_name(std::string_view firewall, std::size_t number) {
  return number == 1 ? fmt::format("{}.endpoint", firewall)
                     : fmt::format("{}.endpoint{}", firewall, number);
}

}  // namespace

void expand_stateful_rules(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  const std::string suricata = arguments.option("suricata");
  const std::vector<std::string> domains = arguments.list("domains");
  const bool is_strict = arguments.flag("strict");
  const std::string_view direction = arguments.flag("any-direction") ? "ANY" : "FORWARD";
  json::object source;
  if (!suricata.empty()) {
    source["RulesString"] = suricata;
  } else if (!domains.empty()) {
    json::array targets(domains.begin(), domains.end());
    source["RulesSourceList"] = object({{"Targets", targets},
                                        {"TargetTypes", json::array{"TLS_SNI", "HTTP_HOST"}},
                                        {"GeneratedRulesType", "ALLOWLIST"}});
  } else {
    json::array rules;
    for (const Option& option : arguments.options_left()) {
      const Tuple tuple = tuple_of(option.value, arguments);
      for (const Traffic& traffic : tuple.traffic) {
        rules.push_back(stateful_row(option.key, tuple, traffic, direction, rules.size() + 1));
      }
    }
    source["StatefulRules"] = rules;
  }
  add_rule_group(
      estate, self, true,
      object({{"RulesSource", source},
              {"StatefulRuleOptions",
               object({{"RuleOrder", is_strict ? "STRICT_ORDER" : "DEFAULT_ACTION_ORDER"}})}}));
}

void expand_stateless_rules(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  json::array rules;
  int priority = 0;
  for (const Option& option : arguments.options_left()) {
    const Tuple tuple = tuple_of(option.value, arguments);
    for (const Traffic& traffic : tuple.traffic) {
      rules.push_back(stateless_row(option.key, ++priority, tuple, traffic));
    }
  }
  add_rule_group(estate, self, false,
                 object({{"RulesSource", object({{"StatelessRulesAndCustomActions",
                                                  object({{"StatelessRules", rules}})}})}}));
}

void expand_firewall_policy(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  const std::string stateless = arguments.option("stateless-default", "forward");
  json::object policy =
      object({{"StatelessDefaultActions", default_actions({stateless})},
              {"StatelessFragmentDefaultActions", default_actions({stateless})},
              {"StatelessRuleGroupReferences",
               references(estate, arguments.list("stateless"), "stateless-rules", arguments)},
              {"StatefulRuleGroupReferences",
               references(estate, arguments.list("stateful"), "stateful-rules", arguments)},
              {"StatefulDefaultActions", default_actions(arguments.list("stateful-default"))}});
  policy["StatefulEngineOptions"] =
      object({{"RuleOrder", arguments.flag("strict") ? "STRICT_ORDER" : "DEFAULT_ACTION_ORDER"}});
  estate.add(Kind::FirewallPolicies, self.place, self.id,
             object({{"UpdateToken", "token"},
                     {"FirewallPolicyResponse", object({{"FirewallPolicyName", self.name},
                                                        {"FirewallPolicyArn", self.id},
                                                        {"FirewallPolicyId", digest(self.id)},
                                                        {"FirewallPolicyStatus", "ACTIVE"}})},
                     {"FirewallPolicy", policy}}));
}

void prepare_firewall(Estate& estate, Arguments& arguments) {
  const Thing self = estate.self(arguments);
  const std::size_t count = arguments.list("subnets").size();
  for (std::size_t number = 1; number <= count; ++number) {
    const std::string name = endpoint_name(self.name, number);
    estate.declare("endpoint", name, "vpce-0" + digest(self.id + name), self.place);
  }
}

void expand_firewall(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  const Thing& vpc = estate.need(arguments, arguments.word("a VPC"), {"vpc"});
  const std::string policy = arguments.option("policy");
  json::object firewall =
      object({{"FirewallName", self.name},
              {"FirewallArn", self.id},
              {"FirewallId", digest(self.id)},
              {"FirewallPolicyArn", estate.need(arguments, policy, {"firewall-policy"}).id},
              {"VpcId", vpc.id},
              {"SubnetMappings", json::array{}}});
  json::object states;
  std::size_t number = 0;
  for (const std::string& name : arguments.list("subnets")) {
    const Thing& subnet = estate.need(arguments, name, {"subnet"});
    const Thing& endpoint =
        estate.need(arguments, endpoint_name(self.name, ++number), {"endpoint"});
    array_of(firewall, "SubnetMappings").push_back(object({{"SubnetId", subnet.id}}));
    states[subnet.zone] = object(
        {{"Attachment",
          object({{"SubnetId", subnet.id}, {"EndpointId", endpoint.id}, {"Status", "READY"}})}});
    const MadeInterface made =
        add_service_interface(estate, endpoint, subnet,
                              {.type = "gateway_load_balancer_endpoint",
                               .description = "VPC Endpoint Interface " + endpoint.id,
                               .requester = "727180483921",
                               .instance_owner = "amazon-aws"});
    estate.add(Kind::VpcEndpoints, self.place, endpoint.id,
               object({{"VpcEndpointId", endpoint.id},
                       {"VpcEndpointType", "GatewayLoadBalancer"},
                       {"VpcId", vpc.id},
                       {"OwnerId", self.place.account},
                       {"ServiceName", fmt::format("com.amazonaws.vpce.{}.vpce-svc-0{}",
                                                   self.place.region, digest("firewall"))},
                       {"State", "available"},
                       {"RequesterManaged", true},
                       {"SubnetIds", json::array{json::value(subnet.id)}},
                       {"NetworkInterfaceIds", json::array{json::value(made.id)}},
                       {"RouteTableIds", json::array{}},
                       {"Groups", json::array{}}}));
  }
  firewall["Tags"] = tags_of(self, arguments);
  estate.add(Kind::Firewalls, self.place, self.id,
             object({{"UpdateToken", "token"},
                     {"Firewall", firewall},
                     {"FirewallStatus", object({{"Status", "READY"}, {"SyncStates", states}})}}));
}

}  // namespace portolan::scenario
