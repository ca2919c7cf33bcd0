#include <charconv>

#include <fmt/format.h>

#include "core/text.h"
#include "tools/scenario/noun.h"

namespace portolan::scenario {

namespace {

/// `HTTP/80`.
struct ProtocolPort {
  std::string protocol;
  int port = 0;
};

ProtocolPort protocol_port(std::string_view text, Arguments& arguments) {
  const std::vector<std::string_view> parts = split(text, '/');
  ProtocolPort parsed{.protocol = std::string(parts.front()), .port = 0};
  if (parts.size() == 2) {
    std::from_chars(parts[1].data(), parts[1].data() + parts[1].size(), parsed.port);
  }
  if (parsed.port == 0) {
    arguments.complain(fmt::format("`{}` is not a protocol and port such as `HTTP/80`", text));
  }
  return parsed;
}

std::string listener_arn(const Thing& balancer, int port) {
  std::string arn = balancer.id;
  arn.replace(arn.find(":loadbalancer/"), 14, ":listener/");
  return fmt::format("{}/{}", arn, digest(fmt::format("{}:{}", balancer.id, port)));
}

/// The target group learns which balancer it serves.
void tie(Estate& estate, const std::string& group, const std::string& balancer) {
  if (Row* row = estate.row(Kind::TargetGroups, group); row != nullptr) {
    json::array& balancers = array_of(row->value, "LoadBalancerArns");
    for (const json::value& known : balancers) {
      if (is(known, balancer)) {
        return;
      }
    }
    balancers.push_back(json::value(balancer));
  }
}

/// `forward=a,b`, `redirect` or `fixed-response`.
json::array actions_of(Estate& estate, const Thing& balancer, Arguments& arguments) {
  const std::vector<std::string> names = arguments.list("forward");
  if (arguments.flag("redirect")) {
    const std::string protocol = arguments.option("to", "HTTPS");
    return {
        object({{"Type", "redirect"},
                {"RedirectConfig",
                 object({{"Protocol", protocol}, {"Port", "443"}, {"StatusCode", "HTTP_301"}})}})};
  }
  if (arguments.flag("fixed-response")) {
    return {object(
        {{"Type", "fixed-response"}, {"FixedResponseConfig", object({{"StatusCode", "404"}})}})};
  }
  json::array groups;
  for (const std::string& name : names) {
    const Thing& group = estate.need(arguments, name, {"target-group"});
    tie(estate, group.id, balancer.id);
    groups.push_back(object({{"TargetGroupArn", group.id}, {"Weight", 1}}));
  }
  json::object action =
      object({{"Type", "forward"}, {"ForwardConfig", object({{"TargetGroups", groups}})}});
  if (groups.size() == 1) {
    action["TargetGroupArn"] = groups.front().as_object().at("TargetGroupArn");
  }
  return {action};
}

void add_classic_listener(Estate& estate, const Thing& balancer, const ProtocolPort& outside,
                          Arguments& arguments) {
  const int instance_port = arguments.number("instance-port", outside.port);
  json::array policies;
  for (const std::string& policy : arguments.list("tls")) {
    policies.push_back(json::value(policy));
  }
  if (Row* row = estate.row(Kind::ClassicLoadBalancers, balancer.id); row != nullptr) {
    array_of(row->value, "ListenerDescriptions")
        .push_back(object({{"Listener", object({{"Protocol", outside.protocol},
                                                {"LoadBalancerPort", outside.port},
                                                {"InstanceProtocol", outside.protocol},
                                                {"InstancePort", instance_port}})},
                           {"PolicyNames", policies}}));
  }
}

std::string rule_arn(const std::string& listener, std::string_view priority) {
  std::string arn = listener;
  arn.replace(arn.find(":listener/"), 10, ":listener-rule/");
  return fmt::format("{}/{}", arn, digest(listener + std::string(priority)));
}

}  // namespace

void expand_listener(Estate& estate, Arguments& arguments) {
  const Thing& balancer =
      estate.need(arguments, arguments.word("a load balancer"), {"alb", "nlb", "gwlb", "clb"});
  const ProtocolPort outside = protocol_port(arguments.word("a protocol and port"), arguments);
  if (balancer.noun == "clb") {
    add_classic_listener(estate, balancer, outside, arguments);
    return;
  }
  const std::string arn = listener_arn(balancer, outside.port);
  const json::array actions = actions_of(estate, balancer, arguments);
  json::object row =
      object({{"ListenerArn", arn}, {"LoadBalancerArn", balancer.id}, {"DefaultActions", actions}});
  if (balancer.noun != "gwlb") {
    row["Protocol"] = outside.protocol;
    row["Port"] = outside.port;
  }
  if (const std::string policy = arguments.option("tls"); !policy.empty()) {
    row["SslPolicy"] = policy;
  }
  if (Row* answer = estate.row(Kind::Listeners, balancer.id); answer != nullptr) {
    array_of(answer->value, "Listeners").push_back(std::move(row));
  }
  if (balancer.noun == "alb") {
    estate.add(Kind::ListenerRules, balancer.place, rule_arn(arn, "default"),
               object({{"RuleArn", rule_arn(arn, "default")},
                       {"Priority", "default"},
                       {"Conditions", json::array{}},
                       {"Actions", actions},
                       {"IsDefault", true}}));
  }
}

void expand_listener_rule(Estate& estate, Arguments& arguments) {
  const Thing& balancer = estate.need(arguments, arguments.word("a load balancer"), {"alb"});
  const std::string port = arguments.word("the listener's port");
  const std::string priority = arguments.word("a priority");
  const std::string arn = listener_arn(balancer, protocol_port("HTTP/" + port, arguments).port);
  const json::array actions = actions_of(estate, balancer, arguments);
  json::array conditions;
  for (const Option& option : arguments.options_left()) {
    conditions.push_back(
        object({{"Field", option.key}, {"Values", json::array{json::value(option.value)}}}));
  }
  estate.add(Kind::ListenerRules, balancer.place, rule_arn(arn, priority),
             object({{"RuleArn", rule_arn(arn, priority)},
                     {"Priority", priority},
                     {"Conditions", conditions},
                     {"Actions", actions},
                     {"IsDefault", false}}));
}

}  // namespace portolan::scenario
