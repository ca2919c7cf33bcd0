#include <fmt/format.h>

#include "tests/support/random/draft.h"

namespace portolan::tests::random {

namespace {

constexpr std::size_t kInspectionSubnet = 9;

/// A subnet of its own, as AWS advises, which routes like the VPC's first one.
std::string add_inspection_subnet(Draft& draft, std::size_t vpc_index) {
  const DraftVpc& vpc = draft.vpcs[vpc_index];
  const std::string name = vpc.name + "f";
  const std::size_t table = draft.tables.size();
  draft.tables.push_back({.name = name + "t", .vpc = vpc_index});
  draft.tables[table].subnets.push_back(draft.subnets.size());
  draft.tables[table].routes = draft.tables[draft.subnets[vpc.subnets.front()].table].routes;
  draft.subnets.push_back({.name = name,
                           .vpc = vpc_index,
                           .number = kInspectionSubnet,
                           .cidr = fmt::format("{}.{}.0/24", vpc.base, kInspectionSubnet),
                           .table = table});
  draft.line(vpc.place, fmt::format("subnet {} {} {}", name, vpc.name, draft.subnets.back().cidr));
  return name;
}

std::string draw_stateful_rules(Draft& draft, std::size_t place, bool is_strict) {
  Random& random = draft.random;
  const std::string name = draft.name("fr");
  std::string rules;
  if (random.chance(10)) {
    rules = " domains=.example.com";
  } else if (random.chance(10)) {
    rules = " suricata=\"drop tcp any any -> any 22 (sid:1;)\"";
  } else {
    for (int i = random.between(1, 3); i > 0; --i) {
      rules += fmt::format(" {}={}@{}>{}", random.pick({"pass", "drop"}),
                           random.pick({"any", "tcp/443", "tcp/22", "udp/53", "icmp"}),
                           random.pick({"any", "10.0.0.0/8", "10.0.0.0/16"}),
                           random.pick({"any", "any", "10.0.1.0/24", "8.8.8.0/24"}));
    }
    rules += random.chance(10) ? " any-direction" : "";
  }
  draft.line(place, fmt::format("stateful-rules {}{}{}", name, is_strict ? " strict" : "", rules));
  return name;
}

std::string draw_policy(Draft& draft, std::size_t place) {
  Random& random = draft.random;
  const std::string name = draft.name("fp");
  const bool is_strict = random.chance(50);
  std::string options;
  if (random.chance(40)) {
    const std::string rules = draft.name("fs");
    draft.line(place, fmt::format("stateless-rules {} {}=tcp/22@any>any forward=any", rules,
                                  random.pick({"drop", "pass"})));
    options += " stateless=" + rules;
  }
  options += fmt::format(" stateless-default={}", random.pick({"forward", "forward", "pass"}));
  options += " stateful=" + draw_stateful_rules(draft, place, is_strict);
  options += is_strict ? fmt::format(" stateful-default={} strict",
                                     random.pick({"drop_strict", "alert_strict"}))
                       : std::string();
  draft.line(place, fmt::format("firewall-policy {}{}", name, options));
  return name;
}

/// Sends some of a VPC's traffic through the endpoint, both ways or one way only.
void draw_detours(Draft& draft, std::size_t vpc_index, const std::string& endpoint) {
  Random& random = draft.random;
  const DraftVpc& vpc = draft.vpcs[vpc_index];
  const DraftSubnet& one = draft.subnets[vpc.subnets.front()];
  const DraftSubnet& other = draft.subnets[vpc.subnets.back()];
  if (random.chance(70) && one.table != other.table) {
    draft.route(one.table, other.cidr, endpoint);
    if (random.chance(80)) {
      draft.route(other.table, one.cidr, endpoint);
    }
  }
  if (vpc.gateway.empty() || random.chance(40)) {
    return;
  }
  for (auto& [destination, target] : draft.tables[other.table].routes) {
    target = destination == "default" ? endpoint : target;
  }
  if (random.chance(80)) {
    draft.line(vpc.place, fmt::format("table {} {} edge={} {}={}", draft.name("edge"), vpc.name,
                                      vpc.gateway, other.cidr, endpoint));
  }
}

void draw_firewall(Draft& draft, std::size_t vpc_index) {
  const std::size_t place = draft.vpcs[vpc_index].place;
  const std::string subnet = add_inspection_subnet(draft, vpc_index);
  const std::string name = draft.name("fw");
  const std::string policy = draw_policy(draft, place);
  draft.line(place, fmt::format("firewall {} {} subnets={} policy={}", name,
                                draft.vpcs[vpc_index].name, subnet, policy));
  draw_detours(draft, vpc_index, name + ".endpoint");
}

/// Appliances of a third party behind a gateway load balancer.
void draw_gateway_balancer(Draft& draft, std::size_t vpc_index) {
  const DraftVpc& vpc = draft.vpcs[vpc_index];
  const std::string subnet = add_inspection_subnet(draft, vpc_index);
  const std::string balancer = draft.name("gwlb");
  const std::string service = draft.name("svc");
  const std::string endpoint = draft.name("e");
  draft.line(vpc.place, fmt::format("gwlb {} subnets={}", balancer, subnet));
  draft.line(vpc.place, fmt::format("endpoint-service {} balancers={}", service, balancer));
  draft.line(vpc.place,
             fmt::format("endpoint {} {} gwlb {} subnets={}", endpoint, vpc.name, service, subnet));
  draw_detours(draft, vpc_index, endpoint);
}

}  // namespace

void draw_firewalls(Draft& draft) {
  for (std::size_t vpc = 0; vpc < draft.vpcs.size(); ++vpc) {
    if (draft.wants(draft.setting->firewalls, 12)) {
      draw_firewall(draft, vpc);
    } else if (draft.wants(draft.setting->firewalls, 5)) {
      draw_gateway_balancer(draft, vpc);
    }
  }
}

}  // namespace portolan::tests::random
