#include "report/aws_resource.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/text.h"

namespace portolan::report {
namespace {

struct Kind {
  std::string_view prefix;  // of the id
  std::string_view noun;    // in the ARN, before the slash
  std::string_view cloudformation;
  std::string_view asff;
};

// The first one whose prefix fits counts, so `tgw-attach-` stands above `tgw-`.
// SOURCE: Service Authorization Reference, "Actions, resources, and condition keys for Amazon EC2"
// (ARNs); CloudFormation resource types; Security Hub User Guide, "Resources ASFF object".
constexpr std::array kKinds = {
    Kind{"sg-", "security-group", "AWS::EC2::SecurityGroup", "AwsEc2SecurityGroup"},
    Kind{"sgr-", "security-group-rule", "AWS::EC2::SecurityGroupIngress", "Other"},
    Kind{"eni-", "network-interface", "AWS::EC2::NetworkInterface", "AwsEc2NetworkInterface"},
    Kind{"i-", "instance", "AWS::EC2::Instance", "AwsEc2Instance"},
    Kind{"acl-", "network-acl", "AWS::EC2::NetworkAcl", "AwsEc2NetworkAcl"},
    Kind{"vpc-", "vpc", "AWS::EC2::VPC", "AwsEc2Vpc"},
    Kind{"subnet-", "subnet", "AWS::EC2::Subnet", "AwsEc2Subnet"},
    Kind{"rtb-", "route-table", "AWS::EC2::RouteTable", "AwsEc2RouteTable"},
    Kind{"igw-", "internet-gateway", "AWS::EC2::InternetGateway", "Other"},
    Kind{"eigw-", "egress-only-internet-gateway", "AWS::EC2::EgressOnlyInternetGateway", "Other"},
    Kind{"nat-", "natgateway", "AWS::EC2::NatGateway", "Other"},
    Kind{"pcx-", "vpc-peering-connection", "AWS::EC2::VPCPeeringConnection",
         "AwsEc2VpcPeeringConnection"},
    Kind{"vpce-svc-", "vpc-endpoint-service", "AWS::EC2::VPCEndpointService",
         "AwsEc2VpcEndpointService"},
    Kind{"vpce-", "vpc-endpoint", "AWS::EC2::VPCEndpoint", "Other"},
    Kind{"tgw-attach-", "transit-gateway-attachment", "AWS::EC2::TransitGatewayAttachment",
         "Other"},
    Kind{"tgw-rtb-", "transit-gateway-route-table", "AWS::EC2::TransitGatewayRouteTable", "Other"},
    Kind{"tgw-", "transit-gateway", "AWS::EC2::TransitGateway", "AwsEc2TransitGateway"},
    Kind{"pl-", "prefix-list", "AWS::EC2::PrefixList", "Other"},
    Kind{"eipalloc-", "elastic-ip", "AWS::EC2::EIP", "AwsEc2Eip"},
    Kind{"vgw-", "vpn-gateway", "AWS::EC2::VPNGateway", "Other"},
    Kind{"vpn-", "vpn-connection", "AWS::EC2::VPNConnection", "AwsEc2VpnConnection"},
    Kind{"lt-", "launch-template", "AWS::EC2::LaunchTemplate", "AwsEc2LaunchTemplate"},
};

// What a finding may name by its ARN: the beginning after `arn:partition:`, without account.
struct ArnKind {
  std::string_view service;
  std::string_view resource;  // how the resource part begins
  std::string_view cloudformation;
  std::string_view asff;
};

constexpr std::array kArnKinds = {
    ArnKind{"elasticloadbalancing", "loadbalancer/app/",
            "AWS::ElasticLoadBalancingV2::LoadBalancer", "AwsElbv2LoadBalancer"},
    ArnKind{"elasticloadbalancing", "loadbalancer/net/",
            "AWS::ElasticLoadBalancingV2::LoadBalancer", "AwsElbv2LoadBalancer"},
    ArnKind{"elasticloadbalancing", "loadbalancer/gwy/",
            "AWS::ElasticLoadBalancingV2::LoadBalancer", "AwsElbv2LoadBalancer"},
    ArnKind{"elasticloadbalancing", "loadbalancer/", "AWS::ElasticLoadBalancing::LoadBalancer",
            "AwsElbLoadBalancer"},
    ArnKind{"elasticloadbalancing", "targetgroup/", "AWS::ElasticLoadBalancingV2::TargetGroup",
            "Other"},
    ArnKind{"rds", "db:", "AWS::RDS::DBInstance", "AwsRdsDbInstance"},
    ArnKind{"rds", "cluster:", "AWS::RDS::DBCluster", "AwsRdsDbCluster"},
};

AwsResource by_arn(const Arn& arn) {
  for (const ArnKind& kind : kArnKinds) {
    if (arn.service() == kind.service && arn.resource().starts_with(kind.resource)) {
      return {printable(arn.text()), kind.cloudformation, kind.asff};
    }
  }
  return {printable(arn.text()), "Other", "Other"};
}

/// False for ids that we made up, such as `sg-0a1b/ingress/tcp/22/0.0.0.0/0`, and for names.
bool is_aws_id(std::string_view id) {
  return std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

}  // namespace

std::string_view partition_of(const Region& region) {
  const std::string_view name = region.text();
  if (name.starts_with("cn-")) {
    return "aws-cn";
  }
  if (name.starts_with("us-gov-")) {
    return "aws-us-gov";
  }
  if (name.starts_with("us-isob-")) {
    return "aws-iso-b";
  }
  return name.starts_with("us-iso-") ? "aws-iso" : "aws";
}

AwsResource aws_resource(const Finding& finding, std::string_view id) {
  if (const auto arn = Arn::parse(id)) {
    return by_arn(*arn);
  }
  for (const Kind& kind : kKinds) {
    if (id.starts_with(kind.prefix) && is_aws_id(id)) {
      return {printable(fmt::format("arn:{}:ec2:{}:{}:{}/{}", partition_of(finding.region),
                                    finding.region.text(), finding.account.text(), kind.noun, id)),
              kind.cloudformation, kind.asff};
    }
  }
  return {printable(id), "Other", "Other"};
}

}  // namespace portolan::report
