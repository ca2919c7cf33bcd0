#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reach/test_support.h"

namespace portolan::reach {
namespace {

using ::testing::Contains;

/// `eni-web` with a public address, `eni-app` without, in one subnet.
Estate shop() {
  Estate estate;
  estate.vpc("vpc-1", {"10.0.0.0/16"})
      .subnet("subnet-1", "vpc-1", {"10.0.1.0/24"})
      .group("sg-1", "vpc-1", "shop")
      .from("0.0.0.0/0", "tcp/22")
      .eni("eni-web", "subnet-1", "10.0.1.5", {"sg-1"}, "54.10.0.1")
      .of_instance("i-web", "web")
      .eni("eni-app", "subnet-1", "10.0.1.6", {"sg-1"})
      .of_instance("i-app", "app");
  return estate;
}

TEST(Trace, TheInternetReachesAnInterfaceByItsPublicAddressHoweverItIsNamed) {
  const Snapshot snapshot = shop().snapshot();
  for (const std::string_view to : {"54.10.0.1", "10.0.1.5", "web", "eni-web", "10.0.1.5/32"}) {
    EXPECT_EQ(verdict(snapshot, "8.8.8.8 -> " + std::string(to) + " tcp/22"), "yes") << to;
  }
  EXPECT_EQ(verdict(snapshot, "8.8.8.8 -> web tcp/23"), "no sg_no_ingress_rule");
}

TEST(Trace, WithoutAPublicAddressTheInternetReachesNothing) {
  const Snapshot snapshot = shop().snapshot();
  EXPECT_EQ(verdict(snapshot, "8.8.8.8 -> app tcp/22"), "no no_public_address");
  EXPECT_EQ(verdict(snapshot, "8.8.8.8 -> 10.0.1.6 tcp/22"), "no no_public_address");
  EXPECT_EQ(verdict(snapshot, "2600::1 -> app tcp/22"), "no address_family_mismatch");
}

TEST(Trace, InterfacesTalkByTheirPrivateAddresses) {
  const Answer answer = asked(shop().snapshot(), "web -> app tcp/22");
  EXPECT_EQ(answer.verdict, Verdict::Yes);
  EXPECT_EQ(answer.from, "eni-web");
  EXPECT_EQ(answer.to, "eni-app");
  EXPECT_TRUE(answer.because.empty());
  EXPECT_EQ(answer.passage, Passage::of(ServiceSet::tcp(22)));
}

TEST(Trace, ASenderNamedByItsPublicAddressSendsFromThePrivateOne) {
  Estate estate = shop();
  estate.last<SecurityGroup>().rules.pop_back();
  estate.from("sg-1", "tcp/22");
  EXPECT_EQ(verdict(estate.snapshot(), "54.10.0.1 -> app tcp/22"), "yes");
}

TEST(Trace, Ipv6IsTriedWhereIpv4DoesNotPass) {
  Estate estate = shop();
  estate.last<SecurityGroup>().rules.pop_back();
  estate.from("::/0", "tcp/80");
  estate.last<Subnet>().cidrs.push_back(cidr("2600:1::/64"));
  estate.last<NetworkInterface>().ipv6 = {address("2600:1::6")};
  EXPECT_EQ(verdict(estate.snapshot(), "2600:2::1 -> app tcp/80"), "yes");
  EXPECT_EQ(verdict(estate.snapshot(), "web -> app tcp/80"), "no sg_no_ingress_rule");
  estate.eni("eni-third", "subnet-1", "10.0.1.7", {"sg-1"});
  estate.last<NetworkInterface>().ipv6 = {address("2600:1::7")};
  EXPECT_EQ(verdict(estate.snapshot(), "eni-third -> app tcp/80"), "yes");
  EXPECT_EQ(verdict(estate.snapshot(), "eni-third -> app tcp/81"), "no sg_no_ingress_rule");
}

TEST(Trace, TwoInterfacesOfOneInstanceTalkInsideTheHost) {
  Estate estate = shop();
  estate.eni("eni-web2", "subnet-1", "10.0.1.7", {}).of_instance("i-web");
  const Snapshot snapshot = estate.snapshot();
  EXPECT_EQ(verdict(snapshot, "eni-web -> eni-web2 udp/9"), "yes");
  EXPECT_EQ(verdict(snapshot, "eni-web -> eni-web udp/9"), "yes");
  EXPECT_EQ(verdict(snapshot, "eni-web2 -> 54.10.0.1 udp/9"), "no no_public_address");
}

TEST(Trace, WhatIsGoneOrDetachedTakesNoPart) {
  Estate gone = shop();
  gone.last<Instance>().state = InstanceState::Terminated;
  EXPECT_EQ(verdict(gone.snapshot(), "web -> app tcp/22"), "no interface_down");
  EXPECT_EQ(verdict(gone.snapshot(), "app -> web tcp/22"), "no interface_down");
  Estate detached = shop();
  detached.eni("eni-free", "subnet-1", "10.0.1.8", {"sg-1"}).last<NetworkInterface>().status =
      "available";
  EXPECT_EQ(verdict(detached.snapshot(), "web -> eni-free tcp/22"), "no interface_down");
}

TEST(Trace, AStoppedInstanceIsJudgedAsIfItWereRunning) {
  Estate estate = shop();
  estate.last<Instance>().state = InstanceState::Stopped;
  const Answer answer = asked(estate.snapshot(), "web -> app tcp/22");
  EXPECT_EQ(answer.verdict, Verdict::Yes);
  EXPECT_THAT(answer.assumptions, Contains("i-app is stopped; judged as if it were running"));
}

TEST(Trace, InterfacesOfGatewaysAreNoEndsOfConnections) {
  Estate estate = shop();
  estate.eni("eni-nat", "subnet-1", "10.0.1.20", {}, "54.10.0.20");
  estate.last<NetworkInterface>().interface_type = "nat_gateway";
  estate.eni("eni-tgw", "subnet-1", "10.0.1.21", {});
  estate.last<NetworkInterface>().interface_type = "transit_gateway";
  estate.eni("eni-vpce", "subnet-1", "10.0.1.22", {});
  estate.last<NetworkInterface>().interface_type = "vpc_endpoint";
  const Snapshot snapshot = estate.snapshot();
  EXPECT_EQ(verdict(snapshot, "web -> eni-nat tcp/22"), "no nat_outbound_only");
  EXPECT_EQ(verdict(snapshot, "8.8.8.8 -> 54.10.0.20 tcp/22"), "no nat_outbound_only");
  EXPECT_EQ(verdict(snapshot, "eni-nat -> web tcp/22"), "no forwards_only");
  EXPECT_EQ(verdict(snapshot, "web -> eni-tgw tcp/22"), "no forwards_only");
  EXPECT_EQ(verdict(snapshot, "eni-tgw -> web tcp/22"), "no forwards_only");
  EXPECT_EQ(verdict(snapshot, "eni-vpce -> web tcp/22"), "no private_link_one_way");
}

TEST(Trace, WhatAnUncollectedServiceAnswersIsUnknown) {
  Estate estate = shop();
  estate.eni("eni-vpce", "subnet-1", "10.0.1.22", {"sg-1"});
  estate.last<NetworkInterface>().description = "VPC Endpoint Interface vpce-1";
  estate.eni("eni-elb", "subnet-1", "10.0.1.23", {"sg-1"});
  estate.last<NetworkInterface>().interface_type = "network_load_balancer";
  const Snapshot snapshot = estate.snapshot();
  EXPECT_EQ(verdict(snapshot, "web -> eni-vpce tcp/22"), "unknown not_collected");
  EXPECT_EQ(verdict(snapshot, "web -> eni-vpce tcp/23"), "no sg_no_ingress_rule");
  EXPECT_EQ(verdict(snapshot, "web -> eni-elb tcp/22"), "unknown not_collected");
  EXPECT_EQ(verdict(snapshot, "eni-elb -> web tcp/22"), "unknown not_collected");
}

/// A balancer `shop` with a node, which has `web` as a target on tcp/8080, checked on tcp/9000.
/// Targets let in `services` from it.
Estate balanced(std::string_view services) {
  Estate estate = shop();
  estate.last<SecurityGroup>().rules.pop_back();
  estate.from("sg-elb", services);
  LoadBalancer balancer;
  balancer.id = {"arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/shop/1"};
  balancer.balancer_name = "shop";
  balancer.vpc = {"vpc-1"};
  TargetGroup group;
  group.id = {"arn:tg"};
  group.protocol = "HTTP";
  group.port = 8080;
  group.target_type = "instance";
  group.health_check_port = "9000";
  group.vpc = {"vpc-1"};
  group.balancers = {balancer.id};
  group.targets = std::vector<Target>{{.id = "i-web"}};
  estate.add(balancer).add(group).group("sg-elb", "vpc-1", "elb");
  estate.eni("eni-elb", "subnet-1", "10.0.1.30", {"sg-elb"});
  estate.last<NetworkInterface>().description = "ELB app/shop/1";
  return estate;
}

TEST(Trace, ABalancerOpensConnectionsToItsTargetsOnly) {
  const Snapshot snapshot = balanced("tcp/1-65535").snapshot();
  EXPECT_EQ(verdict(snapshot, "lb:shop -> web tcp/8080"), "yes");
  EXPECT_EQ(verdict(snapshot, "eni-elb -> web tcp/9000"), "yes");
  EXPECT_EQ(verdict(snapshot, "lb:shop -> web tcp/22"), "no balancer_one_way");
  EXPECT_EQ(verdict(snapshot, "lb:shop -> app tcp/8080"), "no balancer_one_way");
  EXPECT_EQ(verdict(snapshot, "lb:shop -> 8.8.8.8 tcp/8080"), "no balancer_one_way");
}

TEST(Trace, ATargetWhoseGroupKeepsTheBalancerOutIsBlocked) {
  const Snapshot snapshot = balanced("tcp/9000").snapshot();
  EXPECT_EQ(verdict(snapshot, "lb:shop -> web tcp/8080"), "no sg_no_ingress_rule");
  EXPECT_EQ(verdict(snapshot, "lb:shop -> web tcp/9000"), "yes");
}

TEST(Trace, TargetsThatWereNotCollectedAreUnknown) {
  Estate estate = balanced("tcp/8080");
  estate.last<TargetGroup>().targets.reset();
  EXPECT_EQ(verdict(estate.snapshot(), "lb:shop -> web tcp/8080"), "unknown not_collected");
}

TEST(Trace, BothEndsOutsideIsOutOfScope) {
  EXPECT_EQ(verdict(shop().snapshot(), "8.8.8.8 -> 9.9.9.9 tcp/80"), "unknown out_of_scope");
}

TEST(Trace, APlaceThatIsNotInTheSnapshotIsUnknown) {
  const Snapshot snapshot = shop().snapshot();
  const Network network = build(snapshot);
  const Place ghost{.kind = Place::Kind::Interface, .id = "eni-x", .address = std::nullopt};
  const Place web{.kind = Place::Kind::Interface, .id = "eni-web", .address = std::nullopt};
  EXPECT_EQ(trace(network, ghost, web, ServiceSet::tcp(22)).verdict, Verdict::Unknown);
  EXPECT_EQ(trace(network, web, ghost, ServiceSet::tcp(22)).verdict, Verdict::Unknown);
  EXPECT_EQ(trace(network, web, Place{}, ServiceSet::tcp(22)).verdict, Verdict::Unknown);
}

}  // namespace
}  // namespace portolan::reach
