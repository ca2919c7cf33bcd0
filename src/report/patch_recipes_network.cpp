#include <array>

#include "report/patch_text.h"

// Patches of findings that no edit of the snapshot takes away, about NACLs, routes and VPCs.
// SOURCE: AWS CLI Command Reference; Terraform registry, hashicorp/aws; CloudFormation template
// reference.
namespace portolan::report {

namespace {

// Sorted by check.
// clang-format off
constexpr std::array kRecipes = {
    Recipe{"igw-unauthorized-vpc", "",
        R"(aws ec2 detach-internet-gateway --region {region} --internet-gateway-id {resource} --vpc-id {vpc-}
)",
        R"(# delete the aws_internet_gateway_attachment of {resource} with {vpc-}
)",
        R"(  # delete the AWS::EC2::VPCGatewayAttachment of {resource} with {vpc-}
)"},
    Recipe{"nacl-allow-all-egress", "",
        R"(aws ec2 replace-network-acl-entry --region {region} --network-acl-id {resource} --egress --rule-number YOUR_RULE_NUMBER --protocol tcp --port-range From=YOUR_PORT,To=YOUR_PORT --cidr-block YOUR_CIDR --rule-action allow
)",
        R"(resource "aws_network_acl_rule" "portolan" {
  network_acl_id = "{resource}"
  rule_number = YOUR_RULE_NUMBER
  egress = true
  protocol = "tcp"
  rule_action = "allow"
  cidr_block = "YOUR_CIDR"
  from_port = YOUR_PORT
  to_port = YOUR_PORT
}
)",
        R"(  PortolanEntry:
    Type: AWS::EC2::NetworkAclEntry
    Properties:
      NetworkAclId: "{resource}"
      RuleNumber: YOUR_RULE_NUMBER
      Egress: true
      Protocol: 6
      RuleAction: allow
      CidrBlock: "YOUR_CIDR"
      PortRange: {From: YOUR_PORT, To: YOUR_PORT}
)"},
    Recipe{"nacl-allow-all-ingress", "",
        R"(aws ec2 replace-network-acl-entry --region {region} --network-acl-id {resource} --ingress --rule-number YOUR_RULE_NUMBER --protocol tcp --port-range From=YOUR_PORT,To=YOUR_PORT --cidr-block YOUR_CIDR --rule-action allow
)",
        R"(resource "aws_network_acl_rule" "portolan" {
  network_acl_id = "{resource}"
  rule_number = YOUR_RULE_NUMBER
  egress = false
  protocol = "tcp"
  rule_action = "allow"
  cidr_block = "YOUR_CIDR"
  from_port = YOUR_PORT
  to_port = YOUR_PORT
}
)",
        R"(  PortolanEntry:
    Type: AWS::EC2::NetworkAclEntry
    Properties:
      NetworkAclId: "{resource}"
      RuleNumber: YOUR_RULE_NUMBER
      Egress: false
      Protocol: 6
      RuleAction: allow
      CidrBlock: "YOUR_CIDR"
      PortRange: {From: YOUR_PORT, To: YOUR_PORT}
)"},
    Recipe{"nacl-ingress-world-admin-port", "",
        R"(aws ec2 create-network-acl-entry --region {region} --network-acl-id {resource} --ingress --rule-number YOUR_LOWER_NUMBER --protocol tcp --port-range From=YOUR_ADMIN_PORT,To=YOUR_ADMIN_PORT --cidr-block 0.0.0.0/0 --rule-action deny
)",
        R"(resource "aws_network_acl_rule" "portolan" {
  network_acl_id = "{resource}"
  rule_number = YOUR_LOWER_NUMBER
  egress = false
  protocol = "tcp"
  rule_action = "deny"
  cidr_block = "0.0.0.0/0"
  from_port = YOUR_ADMIN_PORT
  to_port = YOUR_ADMIN_PORT
}
)",
        R"(  PortolanEntry:
    Type: AWS::EC2::NetworkAclEntry
    Properties:
      NetworkAclId: "{resource}"
      RuleNumber: YOUR_LOWER_NUMBER
      Egress: false
      Protocol: 6
      RuleAction: deny
      CidrBlock: "0.0.0.0/0"
      PortRange: {From: YOUR_ADMIN_PORT, To: YOUR_ADMIN_PORT}
)"},
    Recipe{"nacl-return-path-blocked", "acl-",
        R"(aws ec2 create-network-acl-entry --region {region} --network-acl-id {resource} --egress --rule-number YOUR_RULE_NUMBER --protocol tcp --port-range From=1024,To=65535 --cidr-block YOUR_CLIENTS_CIDR --rule-action allow
)",
        R"(resource "aws_network_acl_rule" "portolan" {
  network_acl_id = "{resource}"
  rule_number = YOUR_RULE_NUMBER
  egress = true
  protocol = "tcp"
  rule_action = "allow"
  cidr_block = "YOUR_CLIENTS_CIDR"
  from_port = 1024
  to_port = 65535
}
)",
        R"(  PortolanEntry:
    Type: AWS::EC2::NetworkAclEntry
    Properties:
      NetworkAclId: "{resource}"
      RuleNumber: YOUR_RULE_NUMBER
      Egress: true
      Protocol: 6
      RuleAction: allow
      CidrBlock: "YOUR_CLIENTS_CIDR"
      PortRange: {From: 1024, To: 65535}
)"},
    Recipe{"nacl-rule-ineffective", "",
        R"(aws ec2 delete-network-acl-entry --region {region} --network-acl-id {resource} --YOUR_DIRECTION --rule-number YOUR_DEAD_RULE  # or create it again by a lower number, where it should count
)",
        R"(# delete the aws_network_acl_rule of {resource} that never matches, or give it a lower rule_number
)",
        R"(  # delete the AWS::EC2::NetworkAclEntry of {resource} that never matches, or give it a lower RuleNumber
)"},
    Recipe{"nacl-unused", "",
        R"(aws ec2 delete-network-acl --region {region} --network-acl-id {resource}
)",
        R"(# delete the aws_network_acl of {resource}
)",
        R"(  # delete the AWS::EC2::NetworkAcl of {resource}
)"},
    Recipe{"network-firewall-weak-default", "",
        R"(aws network-firewall update-firewall-policy --region {region} --firewall-policy-arn {resource} --update-token YOUR_UPDATE_TOKEN --firewall-policy file://YOUR_POLICY.json  # as describe-firewall-policy tells it, with StatelessDefaultActions and StatelessFragmentDefaultActions of aws:forward_to_sfe and StatefulDefaultActions of aws:drop_established
)",
        R"(# in the aws_networkfirewall_firewall_policy of {resource}:
#   stateless_default_actions = ["aws:forward_to_sfe"]
#   stateless_fragment_default_actions = ["aws:forward_to_sfe"]
#   stateful_default_actions = ["aws:drop_established"]
)",
        R"(  # in the AWS::NetworkFirewall::FirewallPolicy of {resource}:
  #   StatelessDefaultActions: ["aws:forward_to_sfe"]
  #   StatelessFragmentDefaultActions: ["aws:forward_to_sfe"]
  #   StatefulDefaultActions: ["aws:drop_established"]
)"},
    Recipe{"peering-foreign-account", "pcx-",
        R"(aws ec2 delete-vpc-peering-connection --region {region} --vpc-peering-connection-id {resource}  # or name the account in trusted_accounts of portolan.yaml
)",
        R"(# delete the aws_vpc_peering_connection of {resource}
)",
        R"(  # delete the AWS::EC2::VPCPeeringConnection of {resource}
)"},
    Recipe{"peering-foreign-account", "tgw-attach-",
        R"(aws ec2 delete-transit-gateway-vpc-attachment --region {region} --transit-gateway-attachment-id {resource}  # or name the account in trusted_accounts of portolan.yaml
)",
        R"(# delete the aws_ec2_transit_gateway_vpc_attachment of {resource}
)",
        R"(  # delete the AWS::EC2::TransitGatewayVpcAttachment of {resource}
)"},
    Recipe{"peering-route-too-broad", "pcx-",
        R"(aws ec2 create-route --region {region} --route-table-id {rtb-} --destination-cidr-block YOUR_NARROWER_CIDR --vpc-peering-connection-id {resource}
aws ec2 delete-route --region {region} --route-table-id {rtb-} --destination-cidr-block YOUR_WIDE_CIDR
)",
        R"(# in {rtb-}, in place of the wide route:
#   resource "aws_route" "portolan" {
#     route_table_id = "{rtb-}"
#     destination_cidr_block = "YOUR_NARROWER_CIDR"
#     vpc_peering_connection_id = "{resource}"
#   }
)",
        R"(  # in {rtb-}, in place of the wide route, an AWS::EC2::Route:
  #   RouteTableId: "{rtb-}"
  #   DestinationCidrBlock: "YOUR_NARROWER_CIDR"
  #   VpcPeeringConnectionId: "{resource}"
)"},
    Recipe{"prefix-list-world-entry", "",
        R"(aws ec2 modify-managed-prefix-list --region {region} --prefix-list-id {resource} --current-version YOUR_CURRENT_VERSION --remove-entries Cidr=YOUR_WIDE_CIDR
)",
        R"(# delete the entry, or the aws_ec2_managed_prefix_list_entry, of {resource} for the wide block
)",
        R"(  # delete the entry for the wide block from the AWS::EC2::PrefixList of {resource}
)"},
    Recipe{"private-subnet-has-igw-route", "",
        R"(aws ec2 delete-route --region {region} --route-table-id {rtb-} --destination-cidr-block YOUR_DESTINATION
)",
        R"(# delete the aws_route of {rtb-} that the finding names
)",
        R"(  # delete the AWS::EC2::Route of {rtb-} that the finding names
)"},
    Recipe{"public-tier-peers-private-tier", "pcx-",
        R"(aws ec2 delete-route --region {region} --route-table-id YOUR_PRIVATE_ROUTE_TABLE_ID --destination-cidr-block YOUR_PUBLIC_TIER_CIDR
)",
        R"(# delete the aws_route of the private tier over {resource}
)",
        R"(  # delete the AWS::EC2::Route of the private tier over {resource}
)"},
    Recipe{"route-blackhole", "",
        R"(aws ec2 delete-route --region {region} --route-table-id {rtb-} --destination-cidr-block YOUR_DESTINATION
)",
        R"(# delete the aws_route of {rtb-} that the finding names
)",
        R"(  # delete the AWS::EC2::Route of {rtb-} that the finding names
)"},
    Recipe{"route-world-to-igw", "",
        R"(aws ec2 delete-route --region {region} --route-table-id {rtb-} --destination-cidr-block YOUR_DESTINATION
)",
        R"(# delete the aws_route of {rtb-} that the finding names
)",
        R"(  # delete the AWS::EC2::Route of {rtb-} that the finding names
)"},
    Recipe{"subnet-auto-public-ip", "subnet-",
        R"(aws ec2 modify-subnet-attribute --region {region} --subnet-id {resource} --no-map-public-ip-on-launch
aws ec2 modify-subnet-attribute --region {region} --subnet-id {resource} --no-assign-ipv6-address-on-creation
)",
        R"(# in the aws_subnet of {resource}:
#   map_public_ip_on_launch = false
#   assign_ipv6_address_on_creation = false
)",
        R"(  # in the AWS::EC2::Subnet of {resource}:
  #   MapPublicIpOnLaunch: false
  #   AssignIpv6AddressOnCreation: false
)"},
    Recipe{"subnet-auto-public-ip", "vpc-",
        R"(aws ec2 modify-subnet-attribute --region {region} --subnet-id {subnet-} --no-map-public-ip-on-launch
)",
        R"(# in the aws_default_subnet of {subnet-}:
#   map_public_ip_on_launch = false
)",
        R"(  # in the AWS::EC2::Subnet of {subnet-}:
  #   MapPublicIpOnLaunch: false
)"},
    Recipe{"subnet-default-nacl", "",
        R"(aws ec2 create-network-acl --region {region} --vpc-id YOUR_VPC_ID
aws ec2 replace-network-acl-association --region {region} --association-id YOUR_ASSOCIATION_ID_OF_{subnet-} --network-acl-id YOUR_NEW_ACL_ID
)",
        R"(resource "aws_network_acl_association" "portolan" {
  network_acl_id = "YOUR_NEW_ACL_ID"
  subnet_id = "YOUR_SUBNET_ID"
}
# the same for {subnet-}
)",
        R"(  PortolanAclAssociation:
    Type: AWS::EC2::SubnetNetworkAclAssociation
    Properties:
      NetworkAclId: "YOUR_NEW_ACL_ID"
      SubnetId: "YOUR_SUBNET_ID"
  # the same for {subnet-}
)"},
    Recipe{"tgw-auto-accept", "",
        R"(aws ec2 modify-transit-gateway --region {region} --transit-gateway-id {resource} --options AutoAcceptSharedAttachments=disable
)",
        R"(# in the aws_ec2_transit_gateway of {resource}:
#   auto_accept_shared_attachments = "disable"
)",
        R"(  # in the AWS::EC2::TransitGateway of {resource}:
  #   AutoAcceptSharedAttachments: disable
)"},
    Recipe{"unused-network-shell", "igw-",
        R"(aws ec2 delete-internet-gateway --region {region} --internet-gateway-id {resource}
)",
        R"(# delete the aws_internet_gateway of {resource}
)",
        R"(  # delete the AWS::EC2::InternetGateway of {resource}
)"},
    Recipe{"unused-network-shell", "vpc-",
        R"(aws ec2 delete-subnet --region {region} --subnet-id {subnet-}
{none}aws ec2 delete-vpc --region {region} --vpc-id {resource}
)",
        R"(# delete the aws_subnet of {subnet-}
{none}# delete the aws_vpc of {resource}
)",
        R"(  # delete the AWS::EC2::Subnet of {subnet-}
{none}  # delete the AWS::EC2::VPC of {resource}
)"},
    Recipe{"vpc-block-public-access-off", "",
        R"(aws ec2 create-vpc-block-public-access-exclusion --region {region} --subnet-id YOUR_PUBLIC_SUBNET_ID --internet-gateway-exclusion-mode allow-bidirectional  # for each subnet that needs the internet
aws ec2 modify-vpc-block-public-access-options --region {region} --internet-gateway-block-mode block-bidirectional
)",
        R"(resource "aws_vpc_block_public_access_exclusion" "portolan" {
  subnet_id = "YOUR_PUBLIC_SUBNET_ID"  # for each subnet that needs the internet
  internet_gateway_exclusion_mode = "allow-bidirectional"
}
resource "aws_vpc_block_public_access_options" "portolan" {
  internet_gateway_block_mode = "block-bidirectional"
}
)",
        R"(  PortolanExclusion:
    Type: AWS::EC2::VPCBlockPublicAccessExclusion
    Properties:
      SubnetId: "YOUR_PUBLIC_SUBNET_ID"  # for each subnet that needs the internet
      InternetGatewayExclusionMode: allow-bidirectional
  PortolanBlock:
    Type: AWS::EC2::VPCBlockPublicAccessOptions
    Properties:
      InternetGatewayBlockMode: block-bidirectional
)"},
    Recipe{"vpc-endpoint-missing", "",
        R"(aws ec2 create-vpc-endpoint --region {region} --vpc-id {resource} --vpc-endpoint-type YOUR_TYPE --service-name com.amazonaws.{region}.YOUR_SERVICE  # each service that the finding names
)",
        R"(resource "aws_vpc_endpoint" "portolan" {
  vpc_id = "{resource}"
  vpc_endpoint_type = "YOUR_TYPE"
  service_name = "com.amazonaws.{region}.YOUR_SERVICE"  # each service that the finding names
}
)",
        R"(  PortolanEndpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: "{resource}"
      VpcEndpointType: YOUR_TYPE
      ServiceName: "com.amazonaws.{region}.YOUR_SERVICE"  # each service that the finding names
)"},
    Recipe{"vpc-endpoint-open-policy", "vpce-svc-",
        R"(aws ec2 modify-vpc-endpoint-service-configuration --region {region} --service-id {resource} --acceptance-required
)",
        R"(# in the aws_vpc_endpoint_service of {resource}:
#   acceptance_required = true
)",
        R"(  # in the AWS::EC2::VPCEndpointService of {resource}:
  #   AcceptanceRequired: true
)"},
    Recipe{"vpc-endpoint-open-policy", "vpce-",
        R"(aws ec2 modify-vpc-endpoint --region {region} --vpc-endpoint-id {resource} --policy-document '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"YOUR_ORGANIZATION_ID","aws:ResourceOrgID":"YOUR_ORGANIZATION_ID"}}}]}'
)",
        R"(# in the aws_vpc_endpoint of {resource}:
#   policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "*", Resource = "*",
#     Condition = { StringEquals = { "aws:PrincipalOrgID" = "YOUR_ORGANIZATION_ID", "aws:ResourceOrgID" = "YOUR_ORGANIZATION_ID" } } }] })
)",
        R"(  # in the AWS::EC2::VPCEndpoint of {resource}:
  #   PolicyDocument:
  #     Statement:
  #       - {Effect: Allow, Principal: "*", Action: "*", Resource: "*", Condition: {StringEquals: {"aws:PrincipalOrgID": YOUR_ORGANIZATION_ID, "aws:ResourceOrgID": YOUR_ORGANIZATION_ID}}}
)"},
    Recipe{"vpc-flow-logs-off", "",
        R"(aws ec2 create-flow-logs --region {region} --resource-type VPC --resource-ids {resource} --traffic-type ALL --log-destination-type s3 --log-destination YOUR_BUCKET_ARN
)",
        R"(resource "aws_flow_log" "portolan" {
  vpc_id = "{resource}"
  traffic_type = "ALL"
  log_destination_type = "s3"
  log_destination = "YOUR_BUCKET_ARN"
}
)",
        R"(  PortolanFlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceType: VPC
      ResourceId: "{resource}"
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: "YOUR_BUCKET_ARN"
)"},
};
// clang-format on

}  // namespace

std::span<const Recipe> network_recipes() { return kRecipes; }

}  // namespace portolan::report
