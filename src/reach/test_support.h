#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "reach/reach.h"

/// Private to the module's tests: small estates in a few lines.
namespace portolan::reach {

inline IpAddress address(std::string_view text) { return *IpAddress::parse(text); }
inline IpPrefix cidr(std::string_view text) { return *IpPrefix::parse(text); }
inline ServiceSet service(std::string_view text) { return *ServiceSet::parse(text); }

/// An inventory that grows line by line. Everything of an estate is collected unless a test says
/// otherwise; everything is open but for ingress rules of groups, which a test adds.
class Estate {
 public:
  /// With an internet gateway `igw-…`, a main route table to it, and a NACL that lets all pass.
  Estate& vpc(const std::string& id, std::initializer_list<std::string_view> cidrs) {
    Vpc vpc;
    vpc.id = {id};
    RouteTable table;
    table.id = {"rtb-" + id};
    table.vpc = vpc.id;
    table.is_main = true;
    for (const std::string_view each : cidrs) {
      vpc.cidrs.push_back(cidr(each));
      table.routes.push_back(route(each, RouteTargetKind::Local, ""));
    }
    table.routes.push_back(route("0.0.0.0/0", RouteTargetKind::InternetGateway, "igw-" + id));
    table.routes.push_back(route("::/0", RouteTargetKind::InternetGateway, "igw-" + id));
    InternetGateway gateway;
    gateway.id = {"igw-" + id};
    gateway.vpcs = {vpc.id};
    add(std::move(vpc)).add(std::move(table)).add(std::move(gateway)).open_acl(id);
    return *this;
  }

  Estate& subnet(const std::string& id, const std::string& vpc,
                 std::initializer_list<std::string_view> cidrs) {
    Subnet subnet;
    subnet.id = {id};
    subnet.vpc = {vpc};
    subnet.zone = "eu-west-1a";
    for (const std::string_view each : cidrs) {
      subnet.cidrs.push_back(cidr(each));
    }
    return add(std::move(subnet));
  }

  /// A group that lets everything out and nothing in.
  Estate& group(const std::string& id, const std::string& vpc, const std::string& name) {
    SecurityGroup group;
    group.id = {id};
    group.vpc = {vpc};
    group.group_name = name;
    group.rules = {rule(true, ServiceSet::all(), cidr("0.0.0.0/0")),
                   rule(true, ServiceSet::all(), cidr("::/0"))};
    return add(std::move(group));
  }

  /// Lets `services` into the group that was added last, from a CIDR or a group.
  Estate& from(std::string_view peer, std::string_view services) {
    RulePeer who = GroupReference{.group = {std::string(peer)}};
    if (const auto block = IpPrefix::parse(peer)) {
      who = *block;
    }
    last<SecurityGroup>().rules.push_back(rule(false, service(services), std::move(who)));
    return *this;
  }

  Estate& eni(const std::string& id, const std::string& subnet, std::string_view private_ip,
              std::initializer_list<std::string_view> groups, std::string_view public_ip = {}) {
    NetworkInterface interface;
    interface.id = {id};
    interface.subnet = {subnet};
    for (const Subnet& each : inventory_.of<Subnet>()) {
      if (each.id == interface.subnet) {
        interface.vpc = each.vpc;
        interface.zone = each.zone;
      }
    }
    interface.status = "in-use";
    interface.interface_type = "interface";
    interface.addresses = {
        {.private_ip = address(private_ip),
         .public_ip = public_ip.empty() ? std::nullopt : std::optional(address(public_ip)),
         .is_primary = true}};
    for (const std::string_view group : groups) {
      interface.groups.push_back({std::string(group)});
    }
    return add(std::move(interface));
  }

  /// The instance that the interface added last belongs to.
  Estate& of_instance(const std::string& id, const std::string& name = {},
                      InstanceState state = InstanceState::Running) {
    last<NetworkInterface>().instance = {id};
    for (const Instance& each : inventory_.of<Instance>()) {
      if (each.id.value == id) {
        return *this;
      }
    }
    Instance instance;
    instance.id = {id};
    instance.state = state;
    if (!name.empty()) {
      instance.owned.tags = {{"Name", name}};
    }
    return add(std::move(instance));
  }

  template <class Resource>
  Estate& add(Resource resource) {
    inventory_.of<Resource>().push_back(std::move(resource));
    return *this;
  }

  /// The resource of that kind that was added last, to change it.
  template <class Resource>
  Resource& last() {
    return inventory_.of<Resource>().back();
  }

  [[nodiscard]] Snapshot snapshot() const {
    Inventory inventory = inventory_;
    for (int noun = 0; noun <= static_cast<int>(Noun::DbInstances); ++noun) {
      inventory.coverage.add(static_cast<Noun>(noun), AccountId{}, Region{});
    }
    return Snapshot(std::move(inventory));
  }
  /// The same, but as if nothing said what was collected.
  [[nodiscard]] Snapshot uncovered() const { return Snapshot(Inventory(inventory_)); }

  static Route route(std::string_view block, RouteTargetKind kind, std::string target) {
    Route route;
    route.cidr = cidr(block);
    route.target = {.kind = kind, .id = std::move(target)};
    return route;
  }

 private:
  static SecurityGroupRule rule(bool is_egress, ServiceSet services, RulePeer peer) {
    SecurityGroupRule rule;
    rule.is_egress = is_egress;
    rule.services = std::move(services);
    rule.peer = std::move(peer);
    return rule;
  }

  void open_acl(const std::string& vpc) {
    NetworkAcl acl;
    acl.id = {"acl-" + vpc};
    acl.vpc = {vpc};
    acl.is_default = true;
    for (const bool is_egress : {false, true}) {
      for (const std::string_view block : {"0.0.0.0/0", "::/0"}) {
        acl.entries.push_back({.number = 100,
                               .is_egress = is_egress,
                               .allows = true,
                               .cidr = cidr(block),
                               .services = ServiceSet::all()});
      }
    }
    add(std::move(acl));
  }

  Inventory inventory_;
};

/// The texts of the places that a selector stands for; an error's code and message if none.
inline std::vector<std::string> resolved(const Snapshot& snapshot, std::string_view selector,
                                         std::string_view to = {}) {
  const Network network = build(snapshot);
  std::vector<Place> peers;
  if (!to.empty()) {
    peers = resolve(network, *parse_selector(to), {}).value();
  }
  const auto places = resolve(network, *parse_selector(selector), peers);
  if (!places) {
    return {places.error().code, places.error().message};
  }
  std::vector<std::string> texts;
  for (const Place& place : *places) {
    texts.push_back(place.text());
  }
  return texts;
}

inline Answer asked(const Snapshot& snapshot, std::string_view question) {
  const Network network = build(snapshot);
  const auto parsed = parse_question(question);
  EXPECT_TRUE(parsed) << question;
  auto answer = ask(network, *parsed);
  EXPECT_TRUE(answer) << question << ": " << (answer ? "" : answer.error().message);
  return answer.value_or(Answer{});
}

/// `yes`, or the verdict and the first reason: `no sg_no_ingress_rule`.
inline std::string verdict(const Snapshot& snapshot, std::string_view question) {
  const Answer answer = asked(snapshot, question);
  std::string result(text(answer.verdict));
  return answer.because.empty() ? result
                                : result + " " + std::string(text(answer.because.front().reason));
}

}  // namespace portolan::reach
