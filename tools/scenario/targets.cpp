#include <charconv>

#include <fmt/format.h>

#include "core/text.h"
#include "tools/scenario/noun.h"

namespace portolan::scenario {

namespace {

/// `i:8081/unhealthy`, `10.0.1.9`: a target, its port if it is not the group's, and its health.
struct TargetText {
  std::string name;
  int port = 0;
  std::string health;
};

TargetText target_text(std::string_view text, int port) {
  TargetText target{.name = std::string(text), .port = port, .health = "healthy"};
  if (const std::size_t slash = target.name.find('/'); slash != std::string::npos) {
    target.health = target.name.substr(slash + 1);
    target.name.resize(slash);
  }
  const bool is_v6 = split(target.name, ':').size() > 2;
  if (const std::size_t colon = target.name.find(':'); colon != std::string::npos && !is_v6) {
    const char* const end = target.name.data() + target.name.size();
    std::from_chars(target.name.data() + colon + 1, end, target.port);
    target.name.resize(colon);
  }
  return target;
}

/// The zone of an address: that of its subnet, or `all` for an address outside of the VPC.
std::string zone_at(const Estate& estate, std::string_view vpc, std::string_view text) {
  const auto address = IpAddress::parse(text);
  for (const auto& [name, subnet] : estate.things()) {
    if (!address || subnet.noun != "subnet" || subnet.vpc != vpc) {
      continue;
    }
    for (const IpPrefix& cidr : subnet.cidrs) {
      if (cidr.contains(*address)) {
        return subnet.zone;
      }
    }
  }
  return "all";
}

json::object health_row(Estate& estate, const TargetText& text, const std::string& type,
                        std::string_view vpc, Arguments& arguments) {
  json::object target = object({{"Port", text.port}});
  if (type == "ip") {
    target["Id"] = text.name;
    target["AvailabilityZone"] = zone_at(estate, vpc, text.name);
  } else {
    target["Id"] = estate
                       .need(arguments, text.name,
                             {type == "alb"      ? "alb"
                              : type == "lambda" ? "lambda"
                                                 : "instance"})
                       .id;
  }
  return object({{"Target", target},
                 {"HealthCheckPort", std::to_string(text.port)},
                 {"TargetHealth", object({{"State", text.health}})}});
}

bool is_network_protocol(std::string_view protocol) {
  return protocol == "TCP" || protocol == "TLS" || protocol == "UDP" || protocol == "TCP_UDP";
}

/// What AWS sets unless it is told otherwise.
/// SOURCE: Network Load Balancers guide, "Client IP preservation".
std::string usual_client_ip(std::string_view type, std::string_view protocol) {
  const bool is_kept = type == "instance" || protocol == "UDP" || protocol == "TCP_UDP";
  return is_kept ? "true" : "false";
}

void add_attributes(Estate& estate, const Thing& self, const std::string& protocol,
                    const std::string& type, Arguments& arguments) {
  const std::string client_ip = arguments.option("client-ip", usual_client_ip(type, protocol));
  const std::string cross_zone = arguments.option("cross-zone", "use_load_balancer_configuration");
  if (arguments.flag("no-attributes")) {
    return;
  }
  json::array attributes{
      object({{"Key", "deregistration_delay.timeout_seconds"}, {"Value", "300"}}),
      object({{"Key", "load_balancing.cross_zone.enabled"}, {"Value", cross_zone}})};
  if (is_network_protocol(protocol)) {
    attributes.push_back(object({{"Key", "preserve_client_ip.enabled"}, {"Value", client_ip}}));
  }
  estate.add(Kind::TargetGroupAttributes, self.place, self.id,
             object({{"Attributes", attributes}}));
}

}  // namespace

void expand_target_group(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  const std::string service = arguments.word("a protocol and port");
  const std::size_t slash = service.find('/');
  const std::string protocol = service.substr(0, slash);
  const int port =
      slash == std::string::npos ? 0 : target_text(":" + service.substr(slash + 1), 0).port;
  const std::string type = arguments.option("type", "instance");
  json::object row = object({{"TargetGroupArn", self.id},
                             {"TargetGroupName", self.name},
                             {"TargetType", type},
                             {"HealthCheckPort", arguments.option("health-port", "traffic-port")},
                             {"HealthCheckEnabled", true},
                             {"LoadBalancerArns", json::array{}}});
  std::string vpc;
  if (type != "lambda") {
    vpc = estate.vpc_of(arguments).id;
    row["VpcId"] = vpc;
    row["Protocol"] = protocol;
    row["Port"] = port;
  }
  estate.add(Kind::TargetGroups, self.place, self.id, std::move(row));
  add_attributes(estate, self, protocol, type, arguments);
  json::array targets;
  for (const std::string& text : arguments.list("targets")) {
    targets.push_back(health_row(estate, target_text(text, port), type, vpc, arguments));
  }
  if (!arguments.flag("no-health")) {
    estate.add(Kind::TargetHealth, self.place, self.id,
               object({{"TargetHealthDescriptions", targets}}));
  }
}

}  // namespace portolan::scenario
