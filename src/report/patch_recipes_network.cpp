#include <array>

#include "report/patch_text.h"

// Patches of findings that no edit of the snapshot takes away, about NACLs, routes and VPCs.
// SOURCE: what a command, a resource and an attribute is called, and takes: models of botocore
// 1.43.11, schema of hashicorp/aws 5.100.0, schemas of CloudFormation resources in cfn-lint 1.51.0.
namespace portolan::report {

namespace {

// Sorted by check, the narrower first.
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
        R"({rules}aws ec2 replace-network-acl-entry --region {region} --network-acl-id {holder} --{way} --rule-number {number} --protocol tcp --port-range From=YOUR_PORT,To=YOUR_PORT --{block} YOUR_CIDR --rule-action allow
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
{rules}# in the place of entry {number} of {holder}, for {peer}
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
{rules}  # in the place of entry {number} of {holder}, for {peer}
)"},
    Recipe{"nacl-allow-all-ingress", "",
        R"({rules}aws ec2 replace-network-acl-entry --region {region} --network-acl-id {holder} --{way} --rule-number {number} --protocol tcp --port-range From=YOUR_PORT,To=YOUR_PORT --{block} YOUR_CIDR --rule-action allow
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
{rules}# in the place of entry {number} of {holder}, for {peer}
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
{rules}  # in the place of entry {number} of {holder}, for {peer}
)"},
    Recipe{"nacl-ingress-world-admin-port", "",
        R"({rules}aws ec2 create-network-acl-entry --region {region} --network-acl-id {holder} --ingress --rule-number YOUR_NUMBER_BELOW_{number} --protocol tcp --port-range From=YOUR_ADMIN_PORT,To=YOUR_ADMIN_PORT --{block} {peer} --rule-action deny
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
{rules}# with a number below {number}, that of the entry for {peer}; ipv6_cidr_block for IPv6
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
{rules}  # with a number below {number}, that of the entry for {peer}; Ipv6CidrBlock for IPv6
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
        R"(# where one should count, create it again by a lower number first
{rules}aws ec2 delete-network-acl-entry --region {region} --network-acl-id {holder} --{way} --rule-number {number}
)",
        R"({rules}# delete the aws_network_acl_rule {number} ({way}) of {holder}, or give it a lower rule_number
)",
        R"({rules}  # delete the AWS::EC2::NetworkAclEntry {number} ({way}) of {holder}, or give it a lower RuleNumber
)"},
    Recipe{"nacl-unused", "",
        R"(aws ec2 delete-network-acl --region {region} --network-acl-id {resource}
)",
        R"(# delete the aws_network_acl of {resource}
)",
        R"(  # delete the AWS::EC2::NetworkAcl of {resource}
)"},
    Recipe{"network-firewall-weak-default", "",
        R"(aws network-firewall describe-rule-group --region {region} --rule-group-arn YOUR_RULE_GROUP_ARN --query RuleGroup --output json > YOUR_RULES.json
# in YOUR_RULES.json: the rules that are meant, in RulesSource
aws network-firewall update-rule-group --region {region} --rule-group-arn YOUR_RULE_GROUP_ARN --rule-group file://YOUR_RULES.json --update-token $(aws network-firewall describe-rule-group --region {region} --rule-group-arn YOUR_RULE_GROUP_ARN --query UpdateToken --output text)
)",
        R"(# in the aws_networkfirewall_rule_group that the finding names:
#   rules = "YOUR_RULES"
)",
        R"(  # in the AWS::NetworkFirewall::RuleGroup that the finding names:
  #   RuleGroup:
  #     RulesSource: {RulesString: "YOUR_RULES"}
)",
        "has no rules"},
    Recipe{"network-firewall-weak-default", "",
        R"(aws network-firewall describe-firewall-policy --region {region} --firewall-policy-arn {resource} --query FirewallPolicy --output json > YOUR_POLICY.json
# in YOUR_POLICY.json: a StatefulRuleGroupReferences of [{"ResourceArn": "YOUR_RULE_GROUP_ARN"}], and where its RuleOrder is STRICT_ORDER, a Priority there and StatefulDefaultActions of ["aws:drop_established"]
aws network-firewall update-firewall-policy --region {region} --firewall-policy-arn {resource} --firewall-policy file://YOUR_POLICY.json --update-token $(aws network-firewall describe-firewall-policy --region {region} --firewall-policy-arn {resource} --query UpdateToken --output text)
)",
        R"(# in the aws_networkfirewall_firewall_policy of {resource}:
#   firewall_policy {
#     stateful_rule_group_reference {
#       resource_arn = "YOUR_RULE_GROUP_ARN"
#     }
#   }
)",
        R"(  # in the AWS::NetworkFirewall::FirewallPolicy of {resource}:
  #   FirewallPolicy:
  #     StatefulRuleGroupReferences: [{ResourceArn: YOUR_RULE_GROUP_ARN}]
)",
        "has no rule group"},
    Recipe{"network-firewall-weak-default", "",
        R"(aws network-firewall describe-firewall-policy --region {region} --firewall-policy-arn {resource} --query FirewallPolicy --output json > YOUR_POLICY.json
# in YOUR_POLICY.json: StatelessDefaultActions and StatelessFragmentDefaultActions of ["aws:forward_to_sfe"]; where its RuleOrder is STRICT_ORDER, StatefulDefaultActions of ["aws:drop_established"]
aws network-firewall update-firewall-policy --region {region} --firewall-policy-arn {resource} --firewall-policy file://YOUR_POLICY.json --update-token $(aws network-firewall describe-firewall-policy --region {region} --firewall-policy-arn {resource} --query UpdateToken --output text)
)",
        R"(# in the aws_networkfirewall_firewall_policy of {resource}:
#   firewall_policy {
#     stateless_default_actions = ["aws:forward_to_sfe"]
#     stateless_fragment_default_actions = ["aws:forward_to_sfe"]
#     stateful_default_actions = ["aws:drop_established"]  # where rule_order is STRICT_ORDER
#   }
)",
        R"(  # in the AWS::NetworkFirewall::FirewallPolicy of {resource}:
  #   FirewallPolicy:
  #     StatelessDefaultActions: ["aws:forward_to_sfe"]
  #     StatelessFragmentDefaultActions: ["aws:forward_to_sfe"]
  #     StatefulDefaultActions: ["aws:drop_established"]  # where RuleOrder is STRICT_ORDER
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
{rules}aws ec2 delete-route --region {region} --route-table-id {holder} --{destination} {peer}
)",
        R"(resource "aws_route" "portolan" {
  route_table_id = "{holder}"
  destination_cidr_block = "YOUR_NARROWER_CIDR"
  vpc_peering_connection_id = "{resource}"
}
{rules}# delete the aws_route of {holder} for {peer}
)",
        R"(  PortolanRoute:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: "{holder}"
      DestinationCidrBlock: "YOUR_NARROWER_CIDR"
      VpcPeeringConnectionId: "{resource}"
{rules}  # delete the AWS::EC2::Route of {holder} for {peer}
)"},
    Recipe{"prefix-list-world-entry", "",
        R"(aws ec2 create-managed-prefix-list --region {region} --prefix-list-name YOUR_NAME --address-family IPv4 --max-entries YOUR_ENTRIES --entries Cidr=YOUR_CIDR  # as {resource} has them; then name it in the rules
)",
        R"(resource "aws_ec2_managed_prefix_list" "portolan" {
  name = "YOUR_NAME"
  address_family = "IPv4"
  max_entries = YOUR_ENTRIES
  entry {
    cidr = "YOUR_CIDR"
  }
}
# as {resource} has them; then name it in the rules
)",
        R"(  PortolanList:
    Type: AWS::EC2::PrefixList
    Properties:
      PrefixListName: "YOUR_NAME"
      AddressFamily: IPv4
      MaxEntries: YOUR_ENTRIES
      Entries: [{Cidr: "YOUR_CIDR"}]
  # as {resource} has them; then name it in the rules
)",
        " owns the list"},
    Recipe{"prefix-list-world-entry", "",
        R"(aws ec2 modify-managed-prefix-list --region {region} --prefix-list-id {resource} --remove-entries Cidr=YOUR_WIDE_CIDR --current-version $(aws ec2 describe-managed-prefix-lists --region {region} --prefix-list-ids {resource} --query 'PrefixLists[0].Version' --output text)
)",
        R"(# delete the entry, or the aws_ec2_managed_prefix_list_entry, of {resource} for the wide block
)",
        R"(  # delete the entry for the wide block from the AWS::EC2::PrefixList of {resource}
)"},
    Recipe{"private-subnet-has-igw-route", "",
        R"({rules}aws ec2 delete-route --region {region} --route-table-id {holder} --{destination} {peer}
)",
        R"({rules}# delete the aws_route of {holder} for {peer}
)",
        R"({rules}  # delete the AWS::EC2::Route of {holder} for {peer}
)"},
    Recipe{"public-tier-peers-private-tier", "pcx-",
        R"({rules}aws ec2 delete-route --region {region} --route-table-id {holder} --{destination} {peer}
)",
        R"({rules}# delete the aws_route of {holder} for {peer}
)",
        R"({rules}  # delete the AWS::EC2::Route of {holder} for {peer}
)"},
    Recipe{"route-blackhole", "",
        R"({rules}aws ec2 delete-route --region {region} --route-table-id {holder} --{destination} {peer}
)",
        R"({rules}# delete the aws_route of {holder} for {peer}
)",
        R"({rules}  # delete the AWS::EC2::Route of {holder} for {peer}
)"},
    Recipe{"route-world-to-igw", "",
        R"({rules}aws ec2 delete-route --region {region} --route-table-id {holder} --{destination} {peer}
)",
        R"({rules}# delete the aws_route of {holder} for {peer}
)",
        R"({rules}  # delete the AWS::EC2::Route of {holder} for {peer}
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
# a new one denies all: an entry for each flow that has to pass, and one for its replies
aws ec2 create-network-acl-entry --region {region} --network-acl-id YOUR_NEW_ACL_ID --ingress --rule-number 100 --protocol tcp --port-range From=YOUR_PORT,To=YOUR_PORT --cidr-block YOUR_CIDR --rule-action allow
aws ec2 create-network-acl-entry --region {region} --network-acl-id YOUR_NEW_ACL_ID --egress --rule-number 100 --protocol tcp --port-range From=1024,To=65535 --cidr-block YOUR_CIDR --rule-action allow
aws ec2 replace-network-acl-association --region {region} --association-id YOUR_ASSOCIATION_ID_OF_{subnet-} --network-acl-id YOUR_NEW_ACL_ID
)",
        R"(# YOUR_NEW_ACL_ID with an aws_network_acl_rule for each flow that has to pass, and its replies: a new one denies all
resource "aws_network_acl_association" "portolan" {
  network_acl_id = "YOUR_NEW_ACL_ID"
  subnet_id = "YOUR_SUBNET_ID"
}
# the same for {subnet-}
)",
        R"(  # YOUR_NEW_ACL_ID with an AWS::EC2::NetworkAclEntry for each flow that has to pass, and its replies: a new one denies all
  PortolanAclAssociation:
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
    Recipe{"unused-network-shell", "vgw-",
        R"(aws ec2 delete-vpn-gateway --region {region} --vpn-gateway-id {resource}
)",
        R"(# delete the aws_vpn_gateway of {resource}
)",
        R"(  # delete the AWS::EC2::VPNGateway of {resource}
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
        R"(aws ec2 create-vpc-endpoint --region {region} --vpc-id {resource} --vpc-endpoint-type YOUR_TYPE --service-name com.amazonaws.{region}.YOUR_SERVICE  # each service that the finding names: Gateway for s3 and dynamodb, Interface for others
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
        R"(aws ec2 modify-vpc-endpoint --region {region} --vpc-endpoint-id {resource} --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"YOUR_ORGANIZATION_ID","aws:ResourceOrgID":"YOUR_ORGANIZATION_ID"}}}]}'  # and a statement for buckets of AWS that workloads read
)",
        R"(# in the aws_vpc_endpoint of {resource}:
#   policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = "*", Resource = "*",
#     Condition = { StringEquals = { "aws:PrincipalOrgID" = "YOUR_ORGANIZATION_ID", "aws:ResourceOrgID" = "YOUR_ORGANIZATION_ID" } } }] })
)",
        R"(  # in the AWS::EC2::VPCEndpoint of {resource}:
  #   PolicyDocument:
  #     Version: "2012-10-17"
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
