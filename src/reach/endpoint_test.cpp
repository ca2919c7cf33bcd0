#include <fmt/format.h>
#include <gtest/gtest.h>

#include "reach/endpoint_ports.h"
#include "reach/test_support.h"
#include "reach/tracer.h"

namespace portolan::reach {

namespace {

/// A client and an endpoint in one VPC, and a provider with the same addresses.
class EndpointTest : public ::testing::Test {
 protected:
  EndpointTest() {
    estate_.vpc("vpc-1", {"10.0.0.0/16"})
        .subnet("subnet-1", "vpc-1", {"10.0.0.0/24"})
        .group("sg-client", "vpc-1", "client")
        .eni("eni-client", "subnet-1", "10.0.0.5", {"sg-client"})
        .group("sg-endpoint", "vpc-1", "endpoint")
        .from("sg-client", "any")
        .eni("eni-endpoint", "subnet-1", "10.0.0.10", {"sg-endpoint"});
  }

  VpcEndpoint& endpoint(const std::string& service_name) {
    VpcEndpoint row;
    row.id = {"vpce-1"};
    row.vpc = {"vpc-1"};
    row.kind = EndpointKind::Interface;
    row.service_name = service_name;
    row.interfaces = {{"eni-endpoint"}};
    return estate_.add(std::move(row)).last<VpcEndpoint>();
  }

  /// The provider's service, balancer, node and target 10.0.0.10: an address of the consumer, too.
  LoadBalancer& provider() {
    estate_.vpc("vpc-2", {"10.0.0.0/16"})
        .subnet("subnet-2", "vpc-2", {"10.0.0.0/24"})
        .group("sg-back", "vpc-2", "back")
        .from("10.0.0.20/32", "tcp/8080")
        .eni("eni-back", "subnet-2", "10.0.0.10", {"sg-back"})
        .group("sg-front", "vpc-2", "front")
        .from("10.0.0.5/32", "tcp/443")
        .eni("eni-node", "subnet-2", "10.0.0.20", {"sg-front"});
    estate_.last<NetworkInterface>().description = "ELB net/provider/1";
    EndpointService service;
    service.id = {"vpce-svc-1"};
    service.service_name = kService;
    TargetGroup group;
    group.id = {"tg-1"};
    group.protocol = "TCP";
    group.target_type = "ip";
    group.vpc = {"vpc-2"};
    group.targets = {{.id = "10.0.0.10", .port = 8080}};
    group.preserves_client_ip = true;
    LoadBalancer balancer;
    balancer.id = {
        "arn:aws:elasticloadbalancing:eu-west-1:444455556666:loadbalancer/net/provider/1"};
    balancer.kind = BalancerKind::Network;
    balancer.vpc = {"vpc-2"};
    balancer.groups = {{"sg-front"}};
    balancer.is_cross_zone = false;
    balancer.listeners = {
        {.protocol = "TCP", .port = 443, .actions = {{.type = "forward", .targets = {{"tg-1"}}}}}};
    service.balancers = {balancer.id};
    return estate_.add(service).add(group).add(balancer).last<LoadBalancer>();
  }

  [[nodiscard]] std::string judged(std::string_view service) const {
    return verdict(estate_.snapshot(), fmt::format("eni-client -> eni-endpoint {}", service));
  }

  static constexpr const char* kService = "com.amazonaws.vpce.eu-west-1.vpce-svc-1";
  Estate estate_;
};

TEST_F(EndpointTest, AnAwsServiceAnswersOnItsOwnPort) {
  VpcEndpoint& row = endpoint("com.amazonaws.eu-west-1.ssm");
  EXPECT_EQ(judged("tcp/443"), "yes");
  EXPECT_EQ(judged("tcp/22"), "no endpoint_service_port");
  EXPECT_EQ(judged("icmp/8"), "no endpoint_service_port");
  row.is_available = false;
  EXPECT_EQ(judged("tcp/443"), "no endpoint_unavailable");
}

TEST_F(EndpointTest, TheGroupsOfTheEndpointDecideWhoGetsToIt) {
  endpoint("com.amazonaws.eu-west-1.ssm");
  estate_.last<SecurityGroup>().rules.pop_back();
  EXPECT_EQ(judged("tcp/443"), "no sg_no_ingress_rule");
}

TEST_F(EndpointTest, SomeServicesHavePortsOfTheirOwn) {
  EXPECT_EQ(aws_service_ports("com.amazonaws.eu-west-1.email-smtp"),
            service("tcp/25,465,587,2465,2587"));
  EXPECT_EQ(aws_service_ports("com.amazonaws.eu-west-1.s3"), service("tcp/80,443"));
  EXPECT_EQ(aws_service_ports("aws.sagemaker.eu-west-1.notebook"), service("tcp/443"));
}

TEST_F(EndpointTest, AProviderThatWasNotCollectedIsUnknown) {
  endpoint(kService);
  EXPECT_EQ(judged("tcp/443"), "unknown peer_not_collected");
}

TEST_F(EndpointTest, PrivateLinkLeadsToTheProvidersTargetsWhoseAddressesMayOverlap) {
  endpoint(kService);
  provider();
  EXPECT_EQ(judged("tcp/443"), "yes");
  EXPECT_EQ(judged("tcp/80"), "no balancer_no_listener");
}

TEST_F(EndpointTest, TheBalancersGroupsSeeTheClientUnlessThatIsSwitchedOff) {
  endpoint(kService);
  LoadBalancer& balancer = provider();
  estate_.last<SecurityGroup>().rules.pop_back();
  EXPECT_EQ(judged("tcp/443"), "no sg_no_ingress_rule");
  balancer.checks_private_link = false;
  EXPECT_EQ(judged("tcp/443"), "yes");
}

TEST_F(EndpointTest, OtherKindsOfEndpointAreNotModelled) {
  endpoint("com.amazonaws.vpce.eu-west-1.rcfg").kind = EndpointKind::Other;
  EXPECT_EQ(judged("tcp/443"), "unknown out_of_scope");
}

TEST_F(EndpointTest, AGatewayEndpointCarriesTcpAndEchoesOnly) {
  VpcEndpoint gateway;
  gateway.id = {"vpce-s3"};
  gateway.kind = EndpointKind::Gateway;
  const Snapshot snapshot = estate_.snapshot();
  const Network network = build(snapshot);
  Outcome outcome = gateway_endpoint_filter(network, gateway, service("tcp/443 udp/53 icmp/8"));
  EXPECT_EQ(outcome.passage.yes, service("tcp/443 icmp/8"));
  outcome = gateway_endpoint_filter(network, gateway, service("udp/53"));
  EXPECT_EQ(outcome.hops.front().reason, Reason::GatewayEndpointProtocol);
  gateway.is_available = false;
  outcome = gateway_endpoint_filter(network, gateway, service("tcp/443"));
  EXPECT_EQ(outcome.hops.front().reason, Reason::EndpointUnavailable);
}

}  // namespace

}  // namespace portolan::reach
