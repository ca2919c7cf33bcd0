#include <array>

#include "report/patch_text.h"

// Patches of findings that no edit of the snapshot takes away, about hosts and groups.
// SOURCE: what a command, a resource and an attribute is called, and takes: models of botocore
// 1.43.11, schema of hashicorp/aws 5.100.0, schemas of CloudFormation resources in cfn-lint 1.51.0.
namespace portolan::report {

namespace {

// Sorted by check, the narrower first.
// clang-format off
constexpr std::array kRecipes = {
    Recipe{"account-imds-default", "",
        R"(aws ec2 modify-instance-metadata-defaults --region {region} --http-tokens required
)",
        R"(resource "aws_ec2_instance_metadata_defaults" "portolan" {
  http_tokens = "required"
}
)",
        R"(  # CloudFormation has no resource for it: run the command above
)"},
    Recipe{"default-sg-in-use", "",
        R"(aws ec2 modify-network-interface-attribute --region {region} --network-interface-id {eni-} --groups YOUR_GROUP_ID  # all that it has from then on
)",
        R"(# in the aws_instance of {eni-}:
#   vpc_security_group_ids = ["YOUR_GROUP_ID"]
# or in the aws_network_interface of {eni-}:
#   security_groups = ["YOUR_GROUP_ID"]
)",
        R"(  # in the AWS::EC2::Instance of {eni-}:
  #   SecurityGroupIds: [YOUR_GROUP_ID]
  # or in the AWS::EC2::NetworkInterface of {eni-}:
  #   GroupSet: [YOUR_GROUP_ID]
)"},
    Recipe{"eip-unassociated", "eipalloc-",
        R"(aws ec2 release-address --region {region} --allocation-id {resource}
)",
        R"(# delete the aws_eip of {resource}
)",
        R"(  # delete the AWS::EC2::EIP of {resource}
)"},
    Recipe{"eni-source-dest-check-off", "",
        R"(aws ec2 modify-network-interface-attribute --region {region} --network-interface-id {resource} --source-dest-check
)",
        R"(# in the aws_instance or aws_network_interface of {resource}:
#   source_dest_check = true
)",
        R"(  # in the AWS::EC2::Instance or AWS::EC2::NetworkInterface of {resource}:
  #   SourceDestCheck: true
)"},
    Recipe{"eni-unused", "",
        R"(aws ec2 delete-network-interface --region {region} --network-interface-id {resource}
)",
        R"(# delete the aws_network_interface of {resource}
)",
        R"(  # delete the AWS::EC2::NetworkInterface of {resource}
)"},
    Recipe{"exposed-instance-with-role", "",
        R"(aws ec2 replace-iam-instance-profile-association --region {region} --association-id YOUR_ASSOCIATION_ID_OF_{resource} --iam-instance-profile Name=YOUR_NARROWER_PROFILE
)",
        R"(# in the aws_instance of {resource}:
#   iam_instance_profile = "YOUR_NARROWER_PROFILE"
)",
        R"(  # in the AWS::EC2::Instance of {resource}:
  #   IamInstanceProfile: YOUR_NARROWER_PROFILE
)"},
    Recipe{"imds-hop-limit", "",
        R"(aws ec2 modify-instance-metadata-options --region {region} --instance-id {resource} --http-put-response-hop-limit 1
)",
        R"(# in the aws_instance of {resource}:
#   metadata_options {
#     http_put_response_hop_limit = 1  # 2 where containers need it
#   }
)",
        R"(  # in the AWS::EC2::Instance of {resource}:
  #   MetadataOptions:
  #     HttpPutResponseHopLimit: 1  # 2 where containers need it
)"},
    Recipe{"instance-multiple-eni", "",
        R"(aws ec2 detach-network-interface --region {region} --attachment-id YOUR_ATTACHMENT_ID_OF_THE_SECOND_INTERFACE
)",
        R"(# delete the aws_network_interface_attachment of the second interface of {resource}
)",
        R"(  # delete the AWS::EC2::NetworkInterfaceAttachment of the second interface of {resource}
)"},
    Recipe{"instance-public-ip", "",
        R"(aws ec2 unassign-ipv6-addresses --region {region} --network-interface-id {eni-} --ipv6-addresses YOUR_IPV6_ADDRESS  # an IPv6 one
aws ec2 disassociate-address --region {region} --association-id YOUR_ASSOCIATION_ID_OF_{eni-}  # an Elastic IP
aws ec2 modify-network-interface-attribute --region {region} --network-interface-id {eni-} --no-associate-public-ip-address  # an address that AWS gave
)",
        R"(# delete the aws_eip_association of {eni-}, or
# in the aws_instance of {eni-}:
#   associate_public_ip_address = false  # makes the instance anew
)",
        R"(  # delete the AWS::EC2::EIPAssociation of {eni-}, or
  # in the AWS::EC2::Instance of {eni-}:
  #   NetworkInterfaces:
  #     - {DeviceIndex: "0", AssociatePublicIpAddress: false}  # makes the instance anew
)"},
    Recipe{"instance-role-can-change-sg", "",
        R"(aws iam put-role-policy --role-name YOUR_ROLE --policy-name portolan-keep-groups --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["ec2:AuthorizeSecurityGroup*","ec2:RevokeSecurityGroup*","ec2:ModifySecurityGroupRules","ec2:UpdateSecurityGroupRuleDescriptions*","ec2:AssociateSecurityGroupVpc","ec2:DisassociateSecurityGroupVpc","ec2:ModifyManagedPrefixList","ec2:RestoreManagedPrefixListVersion","ec2:ModifyNetworkInterfaceAttribute","ec2:ModifyInstanceAttribute","elasticloadbalancing:SetSecurityGroups","elasticloadbalancing:ApplySecurityGroupsToLoadBalancer"],"Resource":"*"}]}'  # the role of {resource}
)",
        R"(resource "aws_iam_role_policy" "portolan" {
  name = "portolan-keep-groups"
  role = "YOUR_ROLE"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Deny", Action = ["ec2:AuthorizeSecurityGroup*", "ec2:RevokeSecurityGroup*", "ec2:ModifySecurityGroupRules", "ec2:UpdateSecurityGroupRuleDescriptions*", "ec2:AssociateSecurityGroupVpc", "ec2:DisassociateSecurityGroupVpc", "ec2:ModifyManagedPrefixList", "ec2:RestoreManagedPrefixListVersion", "ec2:ModifyNetworkInterfaceAttribute", "ec2:ModifyInstanceAttribute", "elasticloadbalancing:SetSecurityGroups", "elasticloadbalancing:ApplySecurityGroupsToLoadBalancer"], Resource = "*" }]
  })
}
)",
        R"(  PortolanGuard:
    Type: AWS::IAM::RolePolicy
    Properties:
      RoleName: "YOUR_ROLE"
      PolicyName: portolan-keep-groups
      PolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Deny, Action: ["ec2:AuthorizeSecurityGroup*", "ec2:RevokeSecurityGroup*", "ec2:ModifySecurityGroupRules", "ec2:UpdateSecurityGroupRuleDescriptions*", "ec2:AssociateSecurityGroupVpc", "ec2:DisassociateSecurityGroupVpc", "ec2:ModifyManagedPrefixList", "ec2:RestoreManagedPrefixListVersion", "ec2:ModifyNetworkInterfaceAttribute", "ec2:ModifyInstanceAttribute", "elasticloadbalancing:SetSecurityGroups", "elasticloadbalancing:ApplySecurityGroupsToLoadBalancer"], Resource: "*"}]
)"},
    Recipe{"principal-can-change-nacl-or-route", ":role/aws-service-role/",
        R"(aws iam delete-service-linked-role --role-name {tail}  # once the service is not used: AWS alone edits the policies of its roles
)",
        R"(# delete the aws_iam_service_linked_role of {resource}, once the service is not used
)",
        R"(  # delete the AWS::IAM::ServiceLinkedRole of {resource}, once the service is not used
)"},
    Recipe{"principal-can-change-nacl-or-route", ":role/",
        R"(aws iam put-role-policy --role-name {tail} --policy-name portolan-keep-network --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["ec2:CreateNetworkAclEntry","ec2:ReplaceNetworkAcl*","ec2:DeleteNetworkAclEntry","ec2:CreateRoute","ec2:ReplaceRoute*","ec2:DeleteRoute","ec2:EnableVgwRoutePropagation","ec2:DisableVgwRoutePropagation","ec2:AssociateRouteTable","ec2:DisassociateRouteTable","ec2:AttachInternetGateway","ec2:DetachInternetGateway"],"Resource":"*"}]}'
)",
        R"(resource "aws_iam_role_policy" "portolan" {
  name = "portolan-keep-network"
  role = "{tail}"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Deny", Action = ["ec2:CreateNetworkAclEntry", "ec2:ReplaceNetworkAcl*", "ec2:DeleteNetworkAclEntry", "ec2:CreateRoute", "ec2:ReplaceRoute*", "ec2:DeleteRoute", "ec2:EnableVgwRoutePropagation", "ec2:DisableVgwRoutePropagation", "ec2:AssociateRouteTable", "ec2:DisassociateRouteTable", "ec2:AttachInternetGateway", "ec2:DetachInternetGateway"], Resource = "*" }]
  })
}
)",
        R"(  PortolanGuard:
    Type: AWS::IAM::RolePolicy
    Properties:
      RoleName: "{tail}"
      PolicyName: portolan-keep-network
      PolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Deny, Action: ["ec2:CreateNetworkAclEntry", "ec2:ReplaceNetworkAcl*", "ec2:DeleteNetworkAclEntry", "ec2:CreateRoute", "ec2:ReplaceRoute*", "ec2:DeleteRoute", "ec2:EnableVgwRoutePropagation", "ec2:DisableVgwRoutePropagation", "ec2:AssociateRouteTable", "ec2:DisassociateRouteTable", "ec2:AttachInternetGateway", "ec2:DetachInternetGateway"], Resource: "*"}]
)"},
    Recipe{"principal-can-change-nacl-or-route", ":user/",
        R"(aws iam put-user-policy --user-name {tail} --policy-name portolan-keep-network --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["ec2:CreateNetworkAclEntry","ec2:ReplaceNetworkAcl*","ec2:DeleteNetworkAclEntry","ec2:CreateRoute","ec2:ReplaceRoute*","ec2:DeleteRoute","ec2:EnableVgwRoutePropagation","ec2:DisableVgwRoutePropagation","ec2:AssociateRouteTable","ec2:DisassociateRouteTable","ec2:AttachInternetGateway","ec2:DetachInternetGateway"],"Resource":"*"}]}'
)",
        R"(resource "aws_iam_user_policy" "portolan" {
  name = "portolan-keep-network"
  user = "{tail}"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Deny", Action = ["ec2:CreateNetworkAclEntry", "ec2:ReplaceNetworkAcl*", "ec2:DeleteNetworkAclEntry", "ec2:CreateRoute", "ec2:ReplaceRoute*", "ec2:DeleteRoute", "ec2:EnableVgwRoutePropagation", "ec2:DisableVgwRoutePropagation", "ec2:AssociateRouteTable", "ec2:DisassociateRouteTable", "ec2:AttachInternetGateway", "ec2:DetachInternetGateway"], Resource = "*" }]
  })
}
)",
        R"(  PortolanGuard:
    Type: AWS::IAM::UserPolicy
    Properties:
      UserName: "{tail}"
      PolicyName: portolan-keep-network
      PolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Deny, Action: ["ec2:CreateNetworkAclEntry", "ec2:ReplaceNetworkAcl*", "ec2:DeleteNetworkAclEntry", "ec2:CreateRoute", "ec2:ReplaceRoute*", "ec2:DeleteRoute", "ec2:EnableVgwRoutePropagation", "ec2:DisableVgwRoutePropagation", "ec2:AssociateRouteTable", "ec2:DisassociateRouteTable", "ec2:AttachInternetGateway", "ec2:DetachInternetGateway"], Resource: "*"}]
)"},
    Recipe{"principal-can-change-nacl-or-route", "",
        R"(aws iam put-role-policy --role-name YOUR_ROLE --policy-name portolan-keep-network --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["ec2:CreateNetworkAclEntry","ec2:ReplaceNetworkAcl*","ec2:DeleteNetworkAclEntry","ec2:CreateRoute","ec2:ReplaceRoute*","ec2:DeleteRoute","ec2:EnableVgwRoutePropagation","ec2:DisableVgwRoutePropagation","ec2:AssociateRouteTable","ec2:DisassociateRouteTable","ec2:AttachInternetGateway","ec2:DetachInternetGateway"],"Resource":"*"}]}'  # each that may not; put-user-policy for a user
)",
        R"(resource "aws_iam_role_policy" "portolan" {
  name = "portolan-keep-network"
  role = "YOUR_ROLE"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Deny", Action = ["ec2:CreateNetworkAclEntry", "ec2:ReplaceNetworkAcl*", "ec2:DeleteNetworkAclEntry", "ec2:CreateRoute", "ec2:ReplaceRoute*", "ec2:DeleteRoute", "ec2:EnableVgwRoutePropagation", "ec2:DisableVgwRoutePropagation", "ec2:AssociateRouteTable", "ec2:DisassociateRouteTable", "ec2:AttachInternetGateway", "ec2:DetachInternetGateway"], Resource = "*" }]
  })
}
)",
        R"(  PortolanGuard:
    Type: AWS::IAM::RolePolicy
    Properties:
      RoleName: "YOUR_ROLE"
      PolicyName: portolan-keep-network
      PolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Deny, Action: ["ec2:CreateNetworkAclEntry", "ec2:ReplaceNetworkAcl*", "ec2:DeleteNetworkAclEntry", "ec2:CreateRoute", "ec2:ReplaceRoute*", "ec2:DeleteRoute", "ec2:EnableVgwRoutePropagation", "ec2:DisableVgwRoutePropagation", "ec2:AssociateRouteTable", "ec2:DisassociateRouteTable", "ec2:AttachInternetGateway", "ec2:DetachInternetGateway"], Resource: "*"}]
)"},
    Recipe{"principal-can-change-sg", ":role/aws-service-role/",
        R"(aws iam delete-service-linked-role --role-name {tail}  # once the service is not used: AWS alone edits the policies of its roles
)",
        R"(# delete the aws_iam_service_linked_role of {resource}, once the service is not used
)",
        R"(  # delete the AWS::IAM::ServiceLinkedRole of {resource}, once the service is not used
)"},
    Recipe{"principal-can-change-sg", ":role/",
        R"(aws iam put-role-policy --role-name {tail} --policy-name portolan-keep-groups --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["ec2:AuthorizeSecurityGroup*","ec2:RevokeSecurityGroup*","ec2:ModifySecurityGroupRules","ec2:UpdateSecurityGroupRuleDescriptions*","ec2:AssociateSecurityGroupVpc","ec2:DisassociateSecurityGroupVpc","ec2:ModifyManagedPrefixList","ec2:RestoreManagedPrefixListVersion","ec2:ModifyNetworkInterfaceAttribute","ec2:ModifyInstanceAttribute","elasticloadbalancing:SetSecurityGroups","elasticloadbalancing:ApplySecurityGroupsToLoadBalancer"],"Resource":"*"}]}'
)",
        R"(resource "aws_iam_role_policy" "portolan" {
  name = "portolan-keep-groups"
  role = "{tail}"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Deny", Action = ["ec2:AuthorizeSecurityGroup*", "ec2:RevokeSecurityGroup*", "ec2:ModifySecurityGroupRules", "ec2:UpdateSecurityGroupRuleDescriptions*", "ec2:AssociateSecurityGroupVpc", "ec2:DisassociateSecurityGroupVpc", "ec2:ModifyManagedPrefixList", "ec2:RestoreManagedPrefixListVersion", "ec2:ModifyNetworkInterfaceAttribute", "ec2:ModifyInstanceAttribute", "elasticloadbalancing:SetSecurityGroups", "elasticloadbalancing:ApplySecurityGroupsToLoadBalancer"], Resource = "*" }]
  })
}
)",
        R"(  PortolanGuard:
    Type: AWS::IAM::RolePolicy
    Properties:
      RoleName: "{tail}"
      PolicyName: portolan-keep-groups
      PolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Deny, Action: ["ec2:AuthorizeSecurityGroup*", "ec2:RevokeSecurityGroup*", "ec2:ModifySecurityGroupRules", "ec2:UpdateSecurityGroupRuleDescriptions*", "ec2:AssociateSecurityGroupVpc", "ec2:DisassociateSecurityGroupVpc", "ec2:ModifyManagedPrefixList", "ec2:RestoreManagedPrefixListVersion", "ec2:ModifyNetworkInterfaceAttribute", "ec2:ModifyInstanceAttribute", "elasticloadbalancing:SetSecurityGroups", "elasticloadbalancing:ApplySecurityGroupsToLoadBalancer"], Resource: "*"}]
)"},
    Recipe{"principal-can-change-sg", ":user/",
        R"(aws iam put-user-policy --user-name {tail} --policy-name portolan-keep-groups --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["ec2:AuthorizeSecurityGroup*","ec2:RevokeSecurityGroup*","ec2:ModifySecurityGroupRules","ec2:UpdateSecurityGroupRuleDescriptions*","ec2:AssociateSecurityGroupVpc","ec2:DisassociateSecurityGroupVpc","ec2:ModifyManagedPrefixList","ec2:RestoreManagedPrefixListVersion","ec2:ModifyNetworkInterfaceAttribute","ec2:ModifyInstanceAttribute","elasticloadbalancing:SetSecurityGroups","elasticloadbalancing:ApplySecurityGroupsToLoadBalancer"],"Resource":"*"}]}'
)",
        R"(resource "aws_iam_user_policy" "portolan" {
  name = "portolan-keep-groups"
  user = "{tail}"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Deny", Action = ["ec2:AuthorizeSecurityGroup*", "ec2:RevokeSecurityGroup*", "ec2:ModifySecurityGroupRules", "ec2:UpdateSecurityGroupRuleDescriptions*", "ec2:AssociateSecurityGroupVpc", "ec2:DisassociateSecurityGroupVpc", "ec2:ModifyManagedPrefixList", "ec2:RestoreManagedPrefixListVersion", "ec2:ModifyNetworkInterfaceAttribute", "ec2:ModifyInstanceAttribute", "elasticloadbalancing:SetSecurityGroups", "elasticloadbalancing:ApplySecurityGroupsToLoadBalancer"], Resource = "*" }]
  })
}
)",
        R"(  PortolanGuard:
    Type: AWS::IAM::UserPolicy
    Properties:
      UserName: "{tail}"
      PolicyName: portolan-keep-groups
      PolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Deny, Action: ["ec2:AuthorizeSecurityGroup*", "ec2:RevokeSecurityGroup*", "ec2:ModifySecurityGroupRules", "ec2:UpdateSecurityGroupRuleDescriptions*", "ec2:AssociateSecurityGroupVpc", "ec2:DisassociateSecurityGroupVpc", "ec2:ModifyManagedPrefixList", "ec2:RestoreManagedPrefixListVersion", "ec2:ModifyNetworkInterfaceAttribute", "ec2:ModifyInstanceAttribute", "elasticloadbalancing:SetSecurityGroups", "elasticloadbalancing:ApplySecurityGroupsToLoadBalancer"], Resource: "*"}]
)"},
    Recipe{"principal-can-change-sg", "",
        R"(aws iam put-role-policy --role-name YOUR_ROLE --policy-name portolan-keep-groups --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["ec2:AuthorizeSecurityGroup*","ec2:RevokeSecurityGroup*","ec2:ModifySecurityGroupRules","ec2:UpdateSecurityGroupRuleDescriptions*","ec2:AssociateSecurityGroupVpc","ec2:DisassociateSecurityGroupVpc","ec2:ModifyManagedPrefixList","ec2:RestoreManagedPrefixListVersion","ec2:ModifyNetworkInterfaceAttribute","ec2:ModifyInstanceAttribute","elasticloadbalancing:SetSecurityGroups","elasticloadbalancing:ApplySecurityGroupsToLoadBalancer"],"Resource":"*"}]}'  # each that may not; put-user-policy for a user
)",
        R"(resource "aws_iam_role_policy" "portolan" {
  name = "portolan-keep-groups"
  role = "YOUR_ROLE"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Deny", Action = ["ec2:AuthorizeSecurityGroup*", "ec2:RevokeSecurityGroup*", "ec2:ModifySecurityGroupRules", "ec2:UpdateSecurityGroupRuleDescriptions*", "ec2:AssociateSecurityGroupVpc", "ec2:DisassociateSecurityGroupVpc", "ec2:ModifyManagedPrefixList", "ec2:RestoreManagedPrefixListVersion", "ec2:ModifyNetworkInterfaceAttribute", "ec2:ModifyInstanceAttribute", "elasticloadbalancing:SetSecurityGroups", "elasticloadbalancing:ApplySecurityGroupsToLoadBalancer"], Resource = "*" }]
  })
}
)",
        R"(  PortolanGuard:
    Type: AWS::IAM::RolePolicy
    Properties:
      RoleName: "YOUR_ROLE"
      PolicyName: portolan-keep-groups
      PolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Deny, Action: ["ec2:AuthorizeSecurityGroup*", "ec2:RevokeSecurityGroup*", "ec2:ModifySecurityGroupRules", "ec2:UpdateSecurityGroupRuleDescriptions*", "ec2:AssociateSecurityGroupVpc", "ec2:DisassociateSecurityGroupVpc", "ec2:ModifyManagedPrefixList", "ec2:RestoreManagedPrefixListVersion", "ec2:ModifyNetworkInterfaceAttribute", "ec2:ModifyInstanceAttribute", "elasticloadbalancing:SetSecurityGroups", "elasticloadbalancing:ApplySecurityGroupsToLoadBalancer"], Resource: "*"}]
)"},
    Recipe{"sg-duplicate", "",
        R"(aws ec2 modify-network-interface-attribute --region {region} --network-interface-id YOUR_INTERFACE_ID --groups {resource}  # each that has a group deleted below
aws ec2 delete-security-group --region {region} --group-id {sg-}
)",
        R"(# delete the aws_security_group of {sg-}, once what has it has {resource}
)",
        R"(  # delete the AWS::EC2::SecurityGroup of {sg-}, once what has it has {resource}
)"},
    Recipe{"sg-egress-world-all", "",
        R"(aws ec2 authorize-security-group-egress --region {region} --group-id {sg-} --protocol tcp --port YOUR_PORT --cidr YOUR_CIDR
{rules}aws ec2 revoke-security-group-egress --region {region} --group-id {holder} --security-group-rule-ids {rule}
)",
        R"(resource "aws_vpc_security_group_egress_rule" "portolan" {
  security_group_id = "{holder}"
  ip_protocol = "tcp"
  from_port = YOUR_PORT
  to_port = YOUR_PORT
  cidr_ipv4 = "YOUR_CIDR"
}
{rules}# and delete the egress rule {rule} of {holder}, for {peer}
)",
        R"(  PortolanEgress:
    Type: AWS::EC2::SecurityGroupEgress
    Properties:
      GroupId: "{holder}"
      IpProtocol: tcp
      FromPort: YOUR_PORT
      ToPort: YOUR_PORT
      CidrIp: "YOUR_CIDR"
{rules}  # and delete the egress rule {rule} of {holder}, for {peer}
)"},
    Recipe{"sg-ingress-world-http", "",
        R"(aws ec2 authorize-security-group-ingress --region {region} --group-id {resource} --protocol tcp --port 80 --source-group YOUR_BALANCERS_GROUP_ID
{rules}aws ec2 revoke-security-group-ingress --region {region} --group-id {holder} --security-group-rule-ids {rule}  # where it is no web site
)",
        R"(resource "aws_vpc_security_group_ingress_rule" "portolan" {
  security_group_id = "{resource}"
  ip_protocol = "tcp"
  from_port = 80
  to_port = 80
  referenced_security_group_id = "YOUR_BALANCERS_GROUP_ID"
}
{rules}# and delete the rule {rule} of {holder}, for {peer}, where it is no web site
)",
        R"(  PortolanIngress:
    Type: AWS::EC2::SecurityGroupIngress
    Properties:
      GroupId: "{resource}"
      IpProtocol: tcp
      FromPort: 80
      ToPort: 80
      SourceSecurityGroupId: "YOUR_BALANCERS_GROUP_ID"
{rules}  # and delete the rule {rule} of {holder}, for {peer}, where it is no web site
)"},
    Recipe{"sg-ingress-world-https", "",
        R"(aws ec2 authorize-security-group-ingress --region {region} --group-id {resource} --protocol tcp --port 443 --source-group YOUR_BALANCERS_GROUP_ID
{rules}aws ec2 revoke-security-group-ingress --region {region} --group-id {holder} --security-group-rule-ids {rule}  # where it is no web site
)",
        R"(resource "aws_vpc_security_group_ingress_rule" "portolan" {
  security_group_id = "{resource}"
  ip_protocol = "tcp"
  from_port = 443
  to_port = 443
  referenced_security_group_id = "YOUR_BALANCERS_GROUP_ID"
}
{rules}# and delete the rule {rule} of {holder}, for {peer}, where it is no web site
)",
        R"(  PortolanIngress:
    Type: AWS::EC2::SecurityGroupIngress
    Properties:
      GroupId: "{resource}"
      IpProtocol: tcp
      FromPort: 443
      ToPort: 443
      SourceSecurityGroupId: "YOUR_BALANCERS_GROUP_ID"
{rules}  # and delete the rule {rule} of {holder}, for {peer}, where it is no web site
)"},
    Recipe{"sg-launch-wizard", "",
        R"(aws ec2 modify-network-interface-attribute --region {region} --network-interface-id {eni-} --groups YOUR_GROUP_ID  # all that it has from then on
aws ec2 delete-security-group --region {region} --group-id {resource}
)",
        R"(# in the aws_instance of {eni-}:
#   vpc_security_group_ids = ["YOUR_GROUP_ID"]
# or in the aws_network_interface of {eni-}:
#   security_groups = ["YOUR_GROUP_ID"]
# delete the aws_security_group of {resource}
)",
        R"(  # in the AWS::EC2::Instance of {eni-}:
  #   SecurityGroupIds: [YOUR_GROUP_ID]
  # or in the AWS::EC2::NetworkInterface of {eni-}:
  #   GroupSet: [YOUR_GROUP_ID]
  # delete the AWS::EC2::SecurityGroup of {resource}
)"},
    Recipe{"sg-rule-expired", "",
        R"(aws ec2 delete-security-group --region {region} --group-id {resource}  # once its rules are revoked and nothing has it
)",
        R"(# delete the aws_security_group of {resource}
)",
        R"(  # delete the AWS::EC2::SecurityGroup of {resource}
)"},
    Recipe{"sg-rule-no-description", "",
        R"(aws ec2 create-security-group --region {region} --group-name YOUR_NEW_NAME --description YOUR_REASON --vpc-id YOUR_VPC_ID  # with the rules of {resource}: AWS changes no description of a group
aws ec2 delete-security-group --region {region} --group-id {resource}  # once nothing has it
)",
        R"(# in the aws_security_group of {resource}, which is made anew by it:
#   description = "YOUR_REASON"
)",
        R"(  # in the AWS::EC2::SecurityGroup of {resource}, which is made anew by it:
  #   GroupDescription: "YOUR_REASON"
)",
        "the description of the group is the one"},
    Recipe{"sg-rule-no-description", "",
        R"({rules}aws ec2 update-security-group-rule-descriptions-{way} --region {region} --group-id {holder} --security-group-rule-descriptions SecurityGroupRuleId={rule},Description=YOUR_REASON
)",
        R"({rules}# in the aws_vpc_security_group_ingress_rule, or egress_rule, of {rule}, {holder}, for {peer}: description = "YOUR_REASON"
)",
        R"({rules}  # in the rule {rule} of {holder}, {way}, for {peer}: Description: "YOUR_REASON"
)"},
    Recipe{"sg-untagged", "",
        R"(aws ec2 create-tags --region {region} --resources {resource} --tags Key=owner,Value=YOUR_TEAM
)",
        R"(# in the aws_security_group of {resource}:
#   tags = { owner = "YOUR_TEAM" }
)",
        R"(  # in the AWS::EC2::SecurityGroup of {resource}:
  #   Tags:
  #     - {Key: owner, Value: YOUR_TEAM}
)"},
    Recipe{"sg-vpc-association-unused", "",
        R"(aws ec2 disassociate-security-group-vpc --region {region} --group-id {resource} --vpc-id {vpc-}
)",
        R"(# delete the aws_vpc_security_group_vpc_association of {resource} with {vpc-}
)",
        R"(  # delete the AWS::EC2::SecurityGroupVpcAssociation of {resource} with {vpc-}
)"},
};
// clang-format on

}  // namespace

std::span<const Recipe> host_recipes() { return kRecipes; }

}  // namespace portolan::report
