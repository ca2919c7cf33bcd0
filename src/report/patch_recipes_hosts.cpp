#include <array>

#include "report/patch_text.h"

// Patches of findings that no edit of the snapshot takes away, about hosts and groups.
// SOURCE: AWS CLI Command Reference; Terraform registry, hashicorp/aws; CloudFormation template
// reference.
namespace portolan::report {

namespace {

// Sorted by check.
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
        R"(aws ec2 modify-network-interface-attribute --region {region} --network-interface-id {eni-} --groups YOUR_GROUP_ID
)",
        R"(# in the aws_instance or aws_network_interface of {eni-}:
#   vpc_security_group_ids = ["YOUR_GROUP_ID"]  # security_groups of an interface
)",
        R"(  # in the AWS::EC2::Instance or AWS::EC2::NetworkInterface of {eni-}:
  #   SecurityGroupIds: [YOUR_GROUP_ID]  # GroupSet of an interface
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
        R"(  # in the AWS::EC2::LaunchTemplate of {resource}:
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
#   associate_public_ip_address = false
)",
        R"(  # delete the AWS::EC2::EIPAssociation of {eni-}, or
  # in the AWS::EC2::Instance of {eni-}:
  #   NetworkInterfaces:
  #     - {DeviceIndex: "0", AssociatePublicIpAddress: false}
)"},
    Recipe{"instance-role-can-change-sg", "",
        R"(aws iam create-policy --policy-name portolan-keep-groups --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["ec2:AuthorizeSecurityGroup*","ec2:RevokeSecurityGroup*","ec2:ModifySecurityGroupRules","ec2:ModifyNetworkInterfaceAttribute","ec2:ModifyInstanceAttribute"],"Resource":"*"}]}'
aws iam attach-role-policy --role-name YOUR_ROLE --policy-arn arn:aws:iam::{account}:policy/portolan-keep-groups  # attach-user-policy for a user; the one that {resource} is
)",
        R"(resource "aws_iam_role_policy" "portolan" {
  # the role that {resource} is, or uses
  role = "YOUR_ROLE"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Deny", Action = ["ec2:AuthorizeSecurityGroup*", "ec2:RevokeSecurityGroup*", "ec2:ModifySecurityGroupRules", "ec2:ModifyNetworkInterfaceAttribute", "ec2:ModifyInstanceAttribute"], Resource = "*" }]
  })
}
)",
        R"(  PortolanGuard:
    Type: AWS::IAM::RolePolicy
    Properties:
      # the role that {resource} is, or uses
      RoleName: "YOUR_ROLE"
      PolicyName: portolan-keep-groups
      PolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Deny, Action: ["ec2:AuthorizeSecurityGroup*", "ec2:RevokeSecurityGroup*", "ec2:ModifySecurityGroupRules", "ec2:ModifyNetworkInterfaceAttribute", "ec2:ModifyInstanceAttribute"], Resource: "*"}]
)"},
    Recipe{"principal-can-change-nacl-or-route", "",
        R"(aws iam create-policy --policy-name portolan-keep-network --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["ec2:*NetworkAcl*","ec2:CreateRoute","ec2:ReplaceRoute","ec2:DeleteRoute","ec2:*RouteTableAssociation","ec2:AssociateRouteTable"],"Resource":"*"}]}'
aws iam attach-role-policy --role-name YOUR_ROLE --policy-arn arn:aws:iam::{account}:policy/portolan-keep-network  # attach-user-policy for a user; the one that {resource} is
)",
        R"(resource "aws_iam_role_policy" "portolan" {
  # the role that {resource} is, or uses
  role = "YOUR_ROLE"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Deny", Action = ["ec2:*NetworkAcl*", "ec2:CreateRoute", "ec2:ReplaceRoute", "ec2:DeleteRoute", "ec2:*RouteTableAssociation", "ec2:AssociateRouteTable"], Resource = "*" }]
  })
}
)",
        R"(  PortolanGuard:
    Type: AWS::IAM::RolePolicy
    Properties:
      # the role that {resource} is, or uses
      RoleName: "YOUR_ROLE"
      PolicyName: portolan-keep-network
      PolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Deny, Action: ["ec2:*NetworkAcl*", "ec2:CreateRoute", "ec2:ReplaceRoute", "ec2:DeleteRoute", "ec2:*RouteTableAssociation", "ec2:AssociateRouteTable"], Resource: "*"}]
)"},
    Recipe{"principal-can-change-sg", "",
        R"(aws iam create-policy --policy-name portolan-keep-groups --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["ec2:AuthorizeSecurityGroup*","ec2:RevokeSecurityGroup*","ec2:ModifySecurityGroupRules","ec2:ModifyNetworkInterfaceAttribute","ec2:ModifyInstanceAttribute"],"Resource":"*"}]}'
aws iam attach-role-policy --role-name YOUR_ROLE --policy-arn arn:aws:iam::{account}:policy/portolan-keep-groups  # attach-user-policy for a user; the one that {resource} is
)",
        R"(resource "aws_iam_role_policy" "portolan" {
  # the role that {resource} is, or uses
  role = "YOUR_ROLE"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Deny", Action = ["ec2:AuthorizeSecurityGroup*", "ec2:RevokeSecurityGroup*", "ec2:ModifySecurityGroupRules", "ec2:ModifyNetworkInterfaceAttribute", "ec2:ModifyInstanceAttribute"], Resource = "*" }]
  })
}
)",
        R"(  PortolanGuard:
    Type: AWS::IAM::RolePolicy
    Properties:
      # the role that {resource} is, or uses
      RoleName: "YOUR_ROLE"
      PolicyName: portolan-keep-groups
      PolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Deny, Action: ["ec2:AuthorizeSecurityGroup*", "ec2:RevokeSecurityGroup*", "ec2:ModifySecurityGroupRules", "ec2:ModifyNetworkInterfaceAttribute", "ec2:ModifyInstanceAttribute"], Resource: "*"}]
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
aws ec2 revoke-security-group-egress --region {region} --group-id {sg-} --protocol -1 --cidr 0.0.0.0/0
)",
        R"(resource "aws_vpc_security_group_egress_rule" "portolan" {
  security_group_id = "YOUR_GROUP_ID"
  ip_protocol = "tcp"
  from_port = YOUR_PORT
  to_port = YOUR_PORT
  cidr_ipv4 = "YOUR_CIDR"
}
# and delete the egress rule for everything of {sg-}
)",
        R"(  PortolanEgress:
    Type: AWS::EC2::SecurityGroupEgress
    Properties:
      GroupId: "YOUR_GROUP_ID"
      IpProtocol: tcp
      FromPort: YOUR_PORT
      ToPort: YOUR_PORT
      CidrIp: "YOUR_CIDR"
  # and delete the egress rule for everything of {sg-}
)"},
    Recipe{"sg-ingress-world-http", "",
        R"(aws ec2 authorize-security-group-ingress --region {region} --group-id {resource} --protocol tcp --port 80 --source-group YOUR_BALANCERS_GROUP_ID
aws ec2 revoke-security-group-ingress --region {region} --group-id {resource} --protocol tcp --port 80 --cidr 0.0.0.0/0  # where it is no web site
)",
        R"(resource "aws_vpc_security_group_ingress_rule" "portolan" {
  security_group_id = "{resource}"
  ip_protocol = "tcp"
  from_port = 80
  to_port = 80
  referenced_security_group_id = "YOUR_BALANCERS_GROUP_ID"
}
# and delete the rule for the world of {resource}, where it is no web site
)",
        R"(  PortolanIngress:
    Type: AWS::EC2::SecurityGroupIngress
    Properties:
      GroupId: "{resource}"
      IpProtocol: tcp
      FromPort: 80
      ToPort: 80
      SourceSecurityGroupId: "YOUR_BALANCERS_GROUP_ID"
  # and delete the rule for the world of {resource}, where it is no web site
)"},
    Recipe{"sg-ingress-world-https", "",
        R"(aws ec2 authorize-security-group-ingress --region {region} --group-id {resource} --protocol tcp --port 443 --source-group YOUR_BALANCERS_GROUP_ID
aws ec2 revoke-security-group-ingress --region {region} --group-id {resource} --protocol tcp --port 443 --cidr 0.0.0.0/0  # where it is no web site
)",
        R"(resource "aws_vpc_security_group_ingress_rule" "portolan" {
  security_group_id = "{resource}"
  ip_protocol = "tcp"
  from_port = 443
  to_port = 443
  referenced_security_group_id = "YOUR_BALANCERS_GROUP_ID"
}
# and delete the rule for the world of {resource}, where it is no web site
)",
        R"(  PortolanIngress:
    Type: AWS::EC2::SecurityGroupIngress
    Properties:
      GroupId: "{resource}"
      IpProtocol: tcp
      FromPort: 443
      ToPort: 443
      SourceSecurityGroupId: "YOUR_BALANCERS_GROUP_ID"
  # and delete the rule for the world of {resource}, where it is no web site
)"},
    Recipe{"sg-launch-wizard", "",
        R"(aws ec2 modify-network-interface-attribute --region {region} --network-interface-id {eni-} --groups YOUR_GROUP_ID
aws ec2 delete-security-group --region {region} --group-id {resource}
)",
        R"(# in the aws_instance or aws_network_interface of {eni-}:
#   vpc_security_group_ids = ["YOUR_GROUP_ID"]  # security_groups of an interface
# delete the block of {resource}
)",
        R"(  # in the AWS::EC2::Instance or AWS::EC2::NetworkInterface of {eni-}:
  #   SecurityGroupIds: [YOUR_GROUP_ID]  # GroupSet of an interface
  # delete the resource of {resource}
)"},
    Recipe{"sg-rule-expired", "",
        R"(aws ec2 delete-security-group --region {region} --group-id {resource}  # once its rules are revoked and nothing has it
)",
        R"(# delete the aws_security_group of {resource}
)",
        R"(  # delete the AWS::EC2::SecurityGroup of {resource}
)"},
    Recipe{"sg-rule-no-description", "",
        R"(aws ec2 update-security-group-rule-descriptions-ingress --region {region} --group-id {resource} --security-group-rule-descriptions SecurityGroupRuleId=YOUR_RULE_ID,Description=YOUR_REASON  # -egress for an outbound one
)",
        R"(# in the aws_vpc_security_group_ingress_rule of {resource}:
#   description = "YOUR_REASON"
)",
        R"(  # in the AWS::EC2::SecurityGroupIngress of {resource}:
  #   Description: "YOUR_REASON"
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
