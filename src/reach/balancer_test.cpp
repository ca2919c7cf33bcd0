#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "reach/test_support.h"

namespace portolan::reach {

namespace {

std::string arn(std::string_view kind, std::string_view name) {
  return fmt::format("arn:aws:elasticloadbalancing:eu-west-1:111122223333:{}/{}", kind, name);
}

/// A public subnet with nodes and a private one with targets; the target group `sg-target` and the
/// balancer's `sg-front`. Clients on the internet, and `eni-client` in the private subnet.
class BalancerTest : public ::testing::Test {
 protected:
  BalancerTest() {
    estate_.vpc("vpc-1", {"10.0.0.0/16"})
        .subnet("subnet-front", "vpc-1", {"10.0.0.0/24"})
        .subnet("subnet-back", "vpc-1", {"10.0.1.0/24"})
        .group("sg-front", "vpc-1", "front")
        .from("0.0.0.0/0", "any")
        .group("sg-client", "vpc-1", "client")
        .eni("eni-client", "subnet-back", "10.0.1.99", {"sg-client"});
  }

  /// A balancer with one node, eni-NAME, and one listener on tcp/443 that forwards to tg-NAME.
  LoadBalancer& balancer(const std::string& name, BalancerKind kind, std::string_view node_ip,
                         std::string_view public_ip,
                         std::initializer_list<std::string_view> groups = {}) {
    const bool is_network = kind == BalancerKind::Network;
    LoadBalancer row;
    row.id = {arn("loadbalancer", (is_network ? "net/" : "app/") + name + "/1")};
    row.balancer_name = name;
    row.kind = kind;
    row.scheme = BalancerScheme::InternetFacing;
    row.vpc = {"vpc-1"};
    row.is_cross_zone = !is_network;
    for (const std::string_view group : groups) {
      row.groups.push_back({std::string(group)});
    }
    Listener listener;
    listener.protocol = is_network ? "TCP" : "HTTPS";
    listener.port = 443;
    listener.actions = {{.type = "forward", .targets = {{"tg-" + name}}}};
    listener.rules.emplace();
    row.listeners = {listener};
    estate_.eni("eni-" + name, "subnet-front", node_ip, groups, public_ip);
    estate_.last<NetworkInterface>().description =
        "ELB " + row.id.value.substr(row.id.value.find('/') + 1);
    return estate_.add(std::move(row)).last<LoadBalancer>();
  }

  /// tg-NAME with targets on port 8080.
  TargetGroup& targets(const std::string& name, const std::string& type, std::vector<Target> rows) {
    TargetGroup group;
    group.id = {"tg-" + name};
    group.group_name = "tg-" + name;
    group.protocol = "TCP";
    group.port = 8080;
    group.target_type = type;
    group.vpc = {"vpc-1"};
    group.targets = std::move(rows);
    group.preserves_client_ip = type != "ip";
    return estate_.add(std::move(group)).last<TargetGroup>();
  }

  /// Instance i-NAME, whose group lets `services` in from `peer`.
  void host(const std::string& name, std::string_view ip, std::string_view peer,
            std::string_view services) {
    estate_.group("sg-" + name, "vpc-1", name).from(peer, services);
    estate_.eni("eni-i-" + name, "subnet-back", ip, {"sg-" + name}).of_instance("i-" + name);
  }

  [[nodiscard]] Answer ask(std::string_view question) const {
    return asked(estate_.snapshot(), question);
  }

  [[nodiscard]] std::string judged(std::string_view question) const {
    const Answer answer = ask(question);
    return answer.because.empty()
               ? std::string(text(answer.verdict))
               : fmt::format("{} {}", text(answer.verdict), text(answer.because.front().reason));
  }

  static bool tells(const Answer& answer, Reason reason) {
    return std::any_of(answer.because.begin(), answer.because.end(),
                       [&](const Because& each) { return each.reason == reason; });
  }

  Estate estate_;
};

TEST_F(BalancerTest, TheAnswerIsInTheServicesOfTheListenerOnEveryHop) {
  balancer("shop", BalancerKind::Application, "10.0.0.20", "52.16.0.20", {"sg-front"});
  targets("shop", "instance", {{.id = "i-web", .health = "healthy"}});
  host("web", "10.0.1.10", "sg-front", "tcp/8080");
  const Answer answer = ask("8.8.8.8 -> lb:shop tcp/1-1000");
  EXPECT_EQ(answer.verdict, Verdict::Yes);
  EXPECT_EQ(answer.passage.yes, service("tcp/443"));
  for (const Hop& hop : answer.hops) {
    EXPECT_EQ(hop.passage.yes, service("tcp/443")) << hop.component;
  }
  const auto target = std::find_if(answer.hops.begin(), answer.hops.end(),
                                   [](const Hop& hop) { return hop.component == "tg-shop"; });
  ASSERT_NE(target, answer.hops.end());
  EXPECT_EQ(target->rule, "target i-web tcp/8080");
}

TEST_F(BalancerTest, OneTargetThatAcceptsIsEnough) {
  balancer("shop", BalancerKind::Application, "10.0.0.20", "52.16.0.20", {"sg-front"});
  TargetGroup& group = targets("shop", "instance", {{.id = "i-shut"}});
  host("shut", "10.0.1.10", "sg-front", "tcp/22");
  EXPECT_TRUE(tells(ask("8.8.8.8 -> lb:shop tcp/443"), Reason::BalancerTargetBlocked));
  group.targets->push_back({.id = "i-web"});
  host("web", "10.0.1.11", "sg-front", "tcp/8080");
  const Answer answer = ask("8.8.8.8 -> lb:shop tcp/443");
  EXPECT_EQ(answer.verdict, Verdict::Yes);
  EXPECT_TRUE(std::none_of(answer.hops.begin(), answer.hops.end(), [](const Hop& hop) {
    return hop.reason != Reason::Passed || hop.detail.find("eni-i-shut") != std::string::npos;
  }));
}

TEST_F(BalancerTest, UnhealthyTargetsGetTrafficOnlyWhereNoneIsHealthy) {
  balancer("shop", BalancerKind::Application, "10.0.0.20", "52.16.0.20", {"sg-front"});
  TargetGroup& group =
      targets("shop", "instance",
              {{.id = "i-shut", .health = "healthy"}, {.id = "i-web", .health = "unhealthy"}});
  host("shut", "10.0.1.10", "sg-front", "tcp/22");
  host("web", "10.0.1.11", "sg-front", "tcp/8080");
  EXPECT_EQ(judged("8.8.8.8 -> lb:shop tcp/443"), "no sg_no_ingress_rule");
  (*group.targets)[0].health = "unhealthy";
  EXPECT_EQ(judged("8.8.8.8 -> lb:shop tcp/443"), "yes");
  (*group.targets)[1].health = "draining";
  EXPECT_EQ(judged("8.8.8.8 -> lb:shop tcp/443"), "no sg_no_ingress_rule");
  (*group.targets)[0].health = "unused";
  EXPECT_EQ(judged("8.8.8.8 -> lb:shop tcp/443"), "no balancer_no_target");
}

TEST_F(BalancerTest, RulesMatterWhereTheDefaultActionDoesNotForward) {
  LoadBalancer& row =
      balancer("shop", BalancerKind::Application, "10.0.0.20", "52.16.0.20", {"sg-front"});
  targets("shop", "instance", {{.id = "i-web"}});
  host("web", "10.0.1.10", "sg-front", "tcp/8080");
  Listener& listener = row.listeners->front();
  const auto forward = listener.actions;
  listener.actions.clear();
  EXPECT_EQ(judged("8.8.8.8 -> lb:shop tcp/443"), "no balancer_no_target");
  listener.rules = {{.priority = "10", .conditions = {"path-pattern=/api/*"}, .actions = forward}};
  const Answer answer = ask("8.8.8.8 -> lb:shop tcp/443");
  EXPECT_EQ(answer.verdict, Verdict::Yes);
  EXPECT_TRUE(std::any_of(answer.hops.begin(), answer.hops.end(), [](const Hop& hop) {
    return hop.rule == "listener HTTPS:443" &&
           hop.detail == "rule 10 (path-pattern=/api/*): forward";
  }));
  listener.rules.reset();
  EXPECT_EQ(judged("8.8.8.8 -> lb:shop tcp/443"), "unknown not_collected");
  listener.actions = forward;
  EXPECT_EQ(judged("8.8.8.8 -> lb:shop tcp/443"), "yes");
}

TEST_F(BalancerTest, ATargetSeesTheAddressThatTheNodeSaw) {
  balancer("edge", BalancerKind::Network, "10.0.0.20", "52.16.0.20");
  targets("edge", "instance", {{.id = "i-web"}});
  host("web", "10.0.1.10", "8.8.8.8/32", "tcp/8080");
  EXPECT_EQ(judged("8.8.8.8 -> lb:edge tcp/443"), "yes");
  EXPECT_EQ(judged("9.9.9.9 -> lb:edge tcp/443"), "no sg_no_ingress_rule");
  EXPECT_EQ(judged("eni-client -> lb:edge tcp/443"), "no sg_no_ingress_rule");
  estate_.last<SecurityGroup>().rules.pop_back();
  estate_.from("10.0.1.99/32", "tcp/8080");
  EXPECT_EQ(judged("eni-client -> lb:edge tcp/443"), "yes");
}

TEST_F(BalancerTest, ATargetSeesTheNatGatewayThatTheClientCameBy) {
  balancer("edge", BalancerKind::Network, "10.0.0.20", "52.16.0.20");
  targets("edge", "instance", {{.id = "i-web"}});
  host("web", "10.0.1.10", "52.16.0.99/32", "tcp/8080");
  estate_.eni("eni-nat", "subnet-front", "10.0.0.9", {}, "52.16.0.99");
  NatGateway nat;
  nat.id = {"nat-1"};
  nat.vpc = {"vpc-1"};
  nat.addresses = {{.interface = {"eni-nat"},
                    .private_ip = address("10.0.0.9"),
                    .public_ip = address("52.16.0.99")}};
  estate_.add(nat);
  RouteTable table;
  table.id = {"rtb-back"};
  table.vpc = {"vpc-1"};
  table.subnets = {{"subnet-back"}};
  table.routes = {Estate::route("10.0.0.0/16", RouteTargetKind::Local, ""),
                  Estate::route("0.0.0.0/0", RouteTargetKind::NatGateway, "nat-1")};
  estate_.add(table);
  EXPECT_EQ(judged("eni-client -> 52.16.0.20 tcp/443"), "yes");
  EXPECT_EQ(judged("eni-client -> 10.0.0.20 tcp/443"), "no sg_no_ingress_rule");
  EXPECT_EQ(judged("eni-client -> lb:edge tcp/443"), "yes") << "by its public address";
  EXPECT_EQ(judged("i-web -> 52.16.0.20 tcp/443"), "yes") << "the source is not its own";
}

TEST_F(BalancerTest, ATargetCannotCallItselfWithItsOwnAddressKept) {
  balancer("edge", BalancerKind::Network, "10.0.0.20", "52.16.0.20");
  TargetGroup& group = targets("edge", "instance", {{.id = "i-web"}});
  host("web", "10.0.1.10", "0.0.0.0/0", "tcp/8080");
  EXPECT_EQ(judged("i-web -> 10.0.0.20 tcp/443"), "no balancer_hairpin");
  group.preserves_client_ip = false;
  EXPECT_EQ(judged("i-web -> 10.0.0.20 tcp/443"), "yes");
}

TEST_F(BalancerTest, ClientAddressesAreAlwaysKeptOverUdp) {
  LoadBalancer& row = balancer("dns", BalancerKind::Network, "10.0.0.20", "52.16.0.20");
  row.listeners->front().protocol = "TCP_UDP";
  TargetGroup& group = targets("dns", "ip", {{.id = "10.0.1.10"}});
  group.protocol = "TCP_UDP";
  host("dns", "10.0.1.10", "8.8.8.8/32", "udp/8080");
  EXPECT_EQ(ask("8.8.8.8 -> lb:dns any").passage.yes, service("udp/443"));
}

TEST_F(BalancerTest, ClientAddressesAreNotKeptBeyondAPeeredVpc) {
  balancer("edge", BalancerKind::Network, "10.0.0.20", "52.16.0.20");
  targets("edge", "ip", {{.id = "192.168.0.7", .zone = "all"}}).preserves_client_ip = true;
  const Answer answer = ask("8.8.8.8 -> lb:edge tcp/443");
  EXPECT_EQ(answer.verdict, Verdict::No);
  EXPECT_TRUE(tells(answer, Reason::BalancerTargetBlocked));
}

TEST_F(BalancerTest, AnotherZoneIsReachedOnlyAcrossZones) {
  LoadBalancer& row = balancer("edge", BalancerKind::Network, "10.0.0.20", "52.16.0.20");
  row.zones = {{.zone = "eu-west-1a"}, {.zone = "eu-west-1b"}};
  TargetGroup& group = targets("edge", "ip", {{.id = "10.0.1.10", .zone = "eu-west-1b"}});
  host("web", "10.0.1.10", "0.0.0.0/0", "tcp/8080");
  EXPECT_EQ(judged("8.8.8.8 -> lb:edge tcp/443"), "no balancer_no_target");
  row.is_cross_zone.reset();
  EXPECT_EQ(judged("8.8.8.8 -> lb:edge tcp/443"), "unknown not_collected");
  row.is_cross_zone = true;
  EXPECT_EQ(judged("8.8.8.8 -> lb:edge tcp/443"), "yes");
  group.cross_zone = "false";
  EXPECT_EQ(judged("8.8.8.8 -> lb:edge tcp/443"), "no balancer_no_target");
  group.cross_zone = "true";
  row.zones.pop_back();
  EXPECT_EQ(judged("8.8.8.8 -> lb:edge tcp/443"), "no balancer_zone_disabled");
}

TEST_F(BalancerTest, ABalancerMayBeTheTargetOfAnother) {
  balancer("edge", BalancerKind::Network, "10.0.0.20", "52.16.0.20");
  targets("edge", "ip", {{.id = "10.0.0.30", .port = 443}});
  balancer("shop", BalancerKind::Application, "10.0.0.30", "52.16.0.30", {"sg-front"});
  targets("shop", "instance", {{.id = "i-web"}});
  host("web", "10.0.1.10", "sg-front", "tcp/8080");
  EXPECT_EQ(judged("8.8.8.8 -> lb:edge tcp/443"), "yes");
  estate_.last<SecurityGroup>().rules.pop_back();
  EXPECT_EQ(judged("8.8.8.8 -> lb:edge tcp/443"), "no sg_no_ingress_rule");
}

TEST_F(BalancerTest, BalancersThatPointAtEachOtherAreNotFollowedForEver) {
  balancer("edge", BalancerKind::Network, "10.0.0.20", "52.16.0.20");
  targets("edge", "ip", {{.id = "10.0.0.20", .port = 443}});
  EXPECT_EQ(judged("8.8.8.8 -> lb:edge tcp/443"), "unknown out_of_scope");
}

TEST_F(BalancerTest, WithoutNodesOnlyWhatListenersAndGroupsSayIsKnown) {
  LoadBalancer& row =
      balancer("shop", BalancerKind::Application, "10.0.0.20", "52.16.0.20", {"sg-front"});
  targets("shop", "instance", {{.id = "i-web"}});
  host("web", "10.0.1.10", "sg-front", "tcp/8080");
  row.vpc = {"vpc-elsewhere"};  // its nodes are looked for there
  EXPECT_EQ(judged("8.8.8.8 -> lb:shop tcp/443"), "unknown not_collected");
  EXPECT_EQ(judged("8.8.8.8 -> lb:shop tcp/80"), "no balancer_no_listener");
  row.groups = {{"sg-client"}};
  EXPECT_EQ(judged("8.8.8.8 -> lb:shop tcp/443"), "no sg_no_ingress_rule");
}

TEST_F(BalancerTest, PingsAreAnsweredByTheNodesThatHaveGroups) {
  balancer("shop", BalancerKind::Application, "10.0.0.20", "52.16.0.20", {"sg-front"});
  balancer("edge", BalancerKind::Network, "10.0.0.21", "52.16.0.21");
  EXPECT_EQ(judged("8.8.8.8 -> lb:shop icmp/8"), "yes");
  EXPECT_EQ(judged("8.8.8.8 -> lb:shop icmp/13"), "no balancer_no_listener");
  EXPECT_EQ(judged("8.8.8.8 -> lb:edge icmp/8"), "no balancer_no_listener");
}

TEST_F(BalancerTest, ADocumentThatIsMissingIsNamed) {
  balancer("shop", BalancerKind::Application, "10.0.0.20", "52.16.0.20", {"sg-front"});
  Answer answer = ask("8.8.8.8 -> lb:shop tcp/443");
  ASSERT_EQ(answer.verdict, Verdict::Unknown);
  EXPECT_NE(answer.because.front().detail.find("describe-target-groups"), std::string::npos);
  TargetGroup& group = targets("shop", "instance", {{.id = "i-web"}});
  answer = ask("8.8.8.8 -> lb:shop tcp/443");
  ASSERT_EQ(answer.verdict, Verdict::Unknown);
  EXPECT_NE(answer.because.front().detail.find("describe-network-interfaces"), std::string::npos);
  group.targets.reset();
  answer = ask("8.8.8.8 -> lb:shop tcp/443");
  ASSERT_EQ(answer.verdict, Verdict::Unknown);
  EXPECT_NE(answer.because.front().detail.find("describe-target-health"), std::string::npos);
}

TEST_F(BalancerTest, AClassicBalancerLeadsToTheInstancePort) {
  LoadBalancer& row =
      balancer("old", BalancerKind::Application, "10.0.0.20", "52.16.0.20", {"sg-front"});
  row.id = {arn("loadbalancer", "old")};
  row.kind = BalancerKind::Classic;
  row.instances = {{"i-web"}};
  row.listeners = {{.protocol = "HTTP", .port = 80, .instance_port = 8080}};
  estate_.last<NetworkInterface>().description = "ELB old";
  host("web", "10.0.1.10", "sg-front", "tcp/8080");
  EXPECT_EQ(judged("8.8.8.8 -> lb:old tcp/80"), "yes");
  EXPECT_EQ(judged("8.8.8.8 -> lb:old tcp/8080"), "no balancer_no_listener");
  row.instances.clear();
  EXPECT_EQ(judged("8.8.8.8 -> lb:old tcp/80"), "no balancer_no_target");
}

}  // namespace

}  // namespace portolan::reach
