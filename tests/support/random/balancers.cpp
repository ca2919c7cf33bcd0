#include <fmt/format.h>

#include "tests/support/random/draft.h"

namespace portolan::tests::random {

namespace {

/// Where a balancer's nodes are: one subnet, or two in different zones.
struct Nodes {
  std::string subnets;
  std::string addresses;
};

Nodes draw_nodes(Draft& draft, const DraftVpc& vpc, bool is_public) {
  Nodes nodes;
  std::string zones;
  for (const std::size_t index : vpc.subnets) {
    DraftSubnet& subnet = draft.subnets[index];
    if (zones.find(subnet.zone) != std::string::npos ||
        (!zones.empty() && draft.random.chance(30))) {
      continue;
    }
    const std::string_view comma = zones.empty() ? "" : ",";
    nodes.subnets += fmt::format("{}{}", comma, subnet.name);
    nodes.addresses +=
        fmt::format("{}{}{}{}", comma, draft.node_address(subnet), is_public ? "/" : "",
                    is_public ? draft.public_address() : std::string());
    zones += subnet.zone;
  }
  return nodes;
}

std::vector<const DraftInterface*> instances_of(const Draft& draft, std::size_t vpc) {
  std::vector<const DraftInterface*> found;
  for (const DraftInterface& interface : draft.interfaces) {
    if (interface.is_instance && draft.subnets[interface.subnet].vpc == vpc) {
      found.push_back(&interface);
    }
  }
  return found;
}

std::string draw_targets(Draft& draft, const std::vector<const DraftInterface*>& instances,
                         bool by_address) {
  std::vector<std::string> targets;
  for (const DraftInterface* instance : instances) {
    if (targets.empty() || draft.random.chance(50)) {
      targets.push_back(by_address ? instance->addresses.front() : instance->name);
      targets.back() += draft.random.chance(15) ? ":443" : "";
      targets.back() += draft.random.chance(15) ? "/unhealthy" : "";
    }
  }
  return joined_names(targets);
}

/// The options of a balancer or target group that were not collected.
std::string_view missing(Draft& draft, std::string_view word) {
  return draft.wants(draft.setting->gaps, 4) ? word : "";
}

std::string draw_target_group(Draft& draft, std::size_t vpc_index, std::string_view protocol) {
  Random& random = draft.random;
  const DraftVpc& vpc = draft.vpcs[vpc_index];
  const std::string name = draft.name("tg");
  const auto instances = instances_of(draft, vpc_index);
  if (protocol == "HTTP" && random.chance(8)) {
    const std::string function = draft.name("fn");
    draft.line(vpc.place, "lambda " + function);
    draft.line(vpc.place, fmt::format("target-group {} - type=lambda targets={}", name, function));
    return name;
  }
  const bool by_address = random.chance(30);
  std::string options = by_address ? " type=ip" : "";
  options += instances.empty() ? "" : " targets=" + draw_targets(draft, instances, by_address);
  options += protocol != "HTTP" && random.chance(20) ? " client-ip=false" : "";
  options += random.chance(15) ? " cross-zone=true" : "";
  options += missing(draft, " no-health");
  options += missing(draft, " no-attributes");
  draft.line(vpc.place, fmt::format("target-group {} {}/{} {}{}", name, protocol,
                                    random.pick({"80", "443", "8080"}), vpc.name, options));
  return name;
}

void draw_application(Draft& draft, std::size_t vpc_index, const std::string& name,
                      const std::string& words) {
  Random& random = draft.random;
  const std::size_t place = draft.vpcs[vpc_index].place;
  draft.line(place, fmt::format("alb {} {}{}", name, words, missing(draft, " no-attributes")));
  draft.line(place, fmt::format("listener {} HTTP/80 forward={}", name,
                                draw_target_group(draft, vpc_index, "HTTP")));
  if (random.chance(40)) {
    draft.line(place, fmt::format("listener {} HTTPS/443 {}", name,
                                  random.pick({"redirect", "fixed-response"})));
  }
  if (random.chance(40)) {
    draft.line(place, fmt::format("rule {} 80 10 path-pattern=/api/* forward={}", name,
                                  draw_target_group(draft, vpc_index, "HTTP")));
  }
  if (random.chance(25)) {
    const std::string front = draft.name("nlb");
    const std::string group = draft.name("tg");
    const Nodes nodes = draw_nodes(draft, draft.vpcs[vpc_index], false);
    draft.line(place, fmt::format("nlb {} internal subnets={} nodes={}", front, nodes.subnets,
                                  nodes.addresses));
    draft.line(place, fmt::format("target-group {} TCP/80 {} type=alb targets={}", group,
                                  draft.vpcs[vpc_index].name, name));
    draft.line(place, fmt::format("listener {} TCP/80 forward={}", front, group));
  }
}

void draw_network(Draft& draft, std::size_t vpc_index, const std::string& name,
                  const std::string& words) {
  Random& random = draft.random;
  const std::size_t place = draft.vpcs[vpc_index].place;
  const std::string_view protocol = random.pick({"TCP", "TCP", "UDP", "TCP_UDP"});
  std::string options;
  options += random.chance(30) ? " cross-zone=true" : "";
  const bool has_groups = words.find(" sg=") != std::string::npos;
  options += has_groups && random.chance(25) ? " private-link=off" : "";
  draft.line(place, fmt::format("nlb {} {}{}", name, words, options));
  draft.line(place, fmt::format("listener {} {}/{} forward={}", name, protocol,
                                random.pick({"80", "443", "53"}),
                                draw_target_group(draft, vpc_index, protocol)));
}

void draw_classic(Draft& draft, std::size_t vpc_index, const std::string& name,
                  const std::string& words) {
  std::vector<std::string> instances;
  for (const DraftInterface* instance : instances_of(draft, vpc_index)) {
    instances.push_back(instance->name);
  }
  const std::size_t place = draft.vpcs[vpc_index].place;
  draft.line(place, fmt::format("clb {} {}{}{}", name, words,
                                instances.empty() ? "" : " instances=", joined_names(instances)));
  draft.line(place, fmt::format("listener {} HTTP/80 instance-port=8080", name));
}

void draw_balancer(Draft& draft, std::size_t vpc_index) {
  Random& random = draft.random;
  DraftVpc& vpc = draft.vpcs[vpc_index];
  const bool is_public = draft.wants(draft.setting->public_addresses && !vpc.gateway.empty(), 60);
  const std::string_view kind = random.pick({"alb", "alb", "nlb", "nlb", "clb"});
  const Nodes nodes = draw_nodes(draft, vpc, is_public);
  std::string words = is_public ? "" : "internal ";
  words += fmt::format("subnets={} nodes={}", nodes.subnets, nodes.addresses);
  const DraftGroup& group = draft.groups[vpc.groups.front()];  // the first is the VPC owner's
  words += kind == "nlb" && random.chance(40) ? "" : " sg=" + group.name;
  words += kind != "clb" && random.chance(5) ? " state=failed" : "";
  const std::string name = draft.name(kind);
  if (kind == "alb") {
    draw_application(draft, vpc_index, name, words);
  } else if (kind == "nlb") {
    draw_network(draft, vpc_index, name, words);
  } else {
    draw_classic(draft, vpc_index, name, words);
  }
}

}  // namespace

void draw_balancers(Draft& draft) {
  for (std::size_t vpc = 0; vpc < draft.vpcs.size(); ++vpc) {
    if (draft.wants(draft.setting->balancers, 35)) {
      draw_balancer(draft, vpc);
    }
  }
}

}  // namespace portolan::tests::random
