#include <array>

#include "report/patch_text.h"

// Patches of findings that no edit of the snapshot takes away, about balancers and services.
// SOURCE: what a command, a resource and an attribute is called, and takes: models of botocore
// 1.43.11, schema of hashicorp/aws 5.100.0, schemas of CloudFormation resources in cfn-lint 1.51.0.
namespace portolan::report {

namespace {

// Sorted by check, the narrower first.
// clang-format off
constexpr std::array kRecipes = {
    Recipe{"alb-origin-bypass", "",
        R"(# YOUR_CDN_PREFIX_LIST_ID: aws ec2 describe-managed-prefix-lists --region {region} --filters Name=prefix-list-name,Values=com.amazonaws.global.cloudfront.origin-facing
aws ec2 authorize-security-group-ingress --region {region} --group-id {holder} --ip-permissions '[{"IpProtocol":"tcp","FromPort":YOUR_PORT,"ToPort":YOUR_PORT,"PrefixListIds":[{"PrefixListId":"YOUR_CDN_PREFIX_LIST_ID"}]}]'
{rules}aws ec2 revoke-security-group-ingress --region {region} --group-id {holder} --security-group-rule-ids {rule}
)",
        R"(data "aws_ec2_managed_prefix_list" "portolan" {
  name = "com.amazonaws.global.cloudfront.origin-facing"
}
resource "aws_vpc_security_group_ingress_rule" "portolan" {
  security_group_id = "{holder}"
  ip_protocol = "tcp"
  from_port = YOUR_PORT
  to_port = YOUR_PORT
  prefix_list_id = data.aws_ec2_managed_prefix_list.portolan.id
}
{rules}# and delete the rule {rule} of {holder}, for {peer}
)",
        R"(  PortolanIngress:
    Type: AWS::EC2::SecurityGroupIngress
    Properties:
      GroupId: "{holder}"
      IpProtocol: tcp
      FromPort: YOUR_PORT
      ToPort: YOUR_PORT
      SourcePrefixListId: "YOUR_CDN_PREFIX_LIST_ID"
{rules}  # and delete the rule {rule} of {holder}, for {peer}
)"},
    Recipe{"alb-request-smuggling", ":loadbalancer/app/",
        R"(aws elbv2 modify-load-balancer-attributes --region {region} --load-balancer-arn {resource} --attributes Key=routing.http.desync_mitigation_mode,Value=defensive Key=routing.http.drop_invalid_header_fields.enabled,Value=true
)",
        R"(# in the aws_lb of {resource}:
#   desync_mitigation_mode = "defensive"
#   drop_invalid_header_fields = true
)",
        R"(  # in the AWS::ElasticLoadBalancingV2::LoadBalancer of {resource}:
  #   LoadBalancerAttributes:
  #     - {Key: routing.http.desync_mitigation_mode, Value: defensive}
  #     - {Key: routing.http.drop_invalid_header_fields.enabled, Value: "true"}
)"},
    Recipe{"alb-request-smuggling", "",
        R"(aws elb modify-load-balancer-attributes --region {region} --load-balancer-name {tail} --load-balancer-attributes 'AdditionalAttributes=[{Key=elb.http.desyncmitigationmode,Value=defensive}]'
)",
        R"(# in the aws_elb of {resource}:
#   desync_mitigation_mode = "defensive"
)",
        R"(  # CloudFormation has no setting for it in the AWS::ElasticLoadBalancing::LoadBalancer of {resource}: run the command
)"},
    Recipe{"alb-without-waf", "",
        R"(aws wafv2 associate-web-acl --region {region} --web-acl-arn YOUR_WEB_ACL_ARN --resource-arn {resource}
)",
        R"(resource "aws_wafv2_web_acl_association" "portolan" {
  resource_arn = "{resource}"
  web_acl_arn = "YOUR_WEB_ACL_ARN"
}
)",
        R"(  PortolanWebAclAssociation:
    Type: AWS::WAFv2::WebACLAssociation
    Properties:
      ResourceArn: "{resource}"
      WebACLArn: "YOUR_WEB_ACL_ARN"
)"},
    Recipe{"asg-missing-group", "lt-",
        R"(aws ec2 create-launch-template-version --region {region} --launch-template-id {resource} --source-version YOUR_VERSION --launch-template-data '{"SecurityGroupIds":["YOUR_GROUP_ID"]}'  # in NetworkInterfaces where the version has groups there
aws ec2 modify-launch-template --region {region} --launch-template-id {resource} --default-version YOUR_NEW_VERSION
)",
        R"(# in the aws_launch_template of {resource}:
#   vpc_security_group_ids = ["YOUR_GROUP_ID"]
)",
        R"(  # in the AWS::EC2::LaunchTemplate of {resource}:
  #   LaunchTemplateData:
  #     SecurityGroupIds: [YOUR_GROUP_ID]
)"},
    Recipe{"asg-missing-group", ":launchConfiguration:",
        R"(aws autoscaling create-launch-configuration --region {region} --launch-configuration-name YOUR_NEW_NAME --image-id YOUR_IMAGE_ID --instance-type YOUR_TYPE --security-groups YOUR_GROUP_ID  # and all else as in {tail}, which cannot be edited
aws autoscaling update-auto-scaling-group --region {region} --auto-scaling-group-name YOUR_GROUP --launch-configuration-name YOUR_NEW_NAME
)",
        R"(# in the aws_launch_configuration of {resource}:
#   security_groups = ["YOUR_GROUP_ID"]
)",
        R"(  # in the AWS::AutoScaling::LaunchConfiguration of {resource}:
  #   SecurityGroups: [YOUR_GROUP_ID]
)"},
    Recipe{"client-vpn-authorize-all", "",
        R"(aws ec2 authorize-client-vpn-ingress --region {region} --client-vpn-endpoint-id {resource} --target-network-cidr YOUR_CIDR --access-group-id YOUR_DIRECTORY_GROUP_ID
aws ec2 revoke-client-vpn-ingress --region {region} --client-vpn-endpoint-id {resource} --target-network-cidr YOUR_WIDE_CIDR --revoke-all-groups  # each block that the finding names
aws ec2 modify-client-vpn-endpoint --region {region} --client-vpn-endpoint-id {resource} --connection-log-options Enabled=true,CloudwatchLogGroup=YOUR_LOG_GROUP
)",
        R"(resource "aws_ec2_client_vpn_authorization_rule" "portolan" {
  client_vpn_endpoint_id = "{resource}"
  target_network_cidr = "YOUR_CIDR"
  access_group_id = "YOUR_DIRECTORY_GROUP_ID"
}
# and delete the aws_ec2_client_vpn_authorization_rule with authorize_all_groups of {resource}
# in the aws_ec2_client_vpn_endpoint of {resource}:
#   connection_log_options {
#     enabled = true
#     cloudwatch_log_group = "YOUR_LOG_GROUP"
#   }
)",
        R"(  PortolanAuthorization:
    Type: AWS::EC2::ClientVpnAuthorizationRule
    Properties:
      ClientVpnEndpointId: "{resource}"
      TargetNetworkCidr: "YOUR_CIDR"
      AccessGroupId: "YOUR_DIRECTORY_GROUP_ID"
  # and delete the AWS::EC2::ClientVpnAuthorizationRule with AuthorizeAllGroups of {resource}
  # in the AWS::EC2::ClientVpnEndpoint of {resource}:
  #   ConnectionLogOptions: {Enabled: true, CloudwatchLogGroup: YOUR_LOG_GROUP}
)",
        ", and connections are not logged"},
    Recipe{"client-vpn-authorize-all", "",
        R"(aws ec2 authorize-client-vpn-ingress --region {region} --client-vpn-endpoint-id {resource} --target-network-cidr YOUR_CIDR --access-group-id YOUR_DIRECTORY_GROUP_ID
aws ec2 revoke-client-vpn-ingress --region {region} --client-vpn-endpoint-id {resource} --target-network-cidr YOUR_WIDE_CIDR --revoke-all-groups  # each block that the finding names
)",
        R"(resource "aws_ec2_client_vpn_authorization_rule" "portolan" {
  client_vpn_endpoint_id = "{resource}"
  target_network_cidr = "YOUR_CIDR"
  access_group_id = "YOUR_DIRECTORY_GROUP_ID"
}
# and delete the aws_ec2_client_vpn_authorization_rule with authorize_all_groups of {resource}
)",
        R"(  PortolanAuthorization:
    Type: AWS::EC2::ClientVpnAuthorizationRule
    Properties:
      ClientVpnEndpointId: "{resource}"
      TargetNetworkCidr: "YOUR_CIDR"
      AccessGroupId: "YOUR_DIRECTORY_GROUP_ID"
  # and delete the AWS::EC2::ClientVpnAuthorizationRule with AuthorizeAllGroups of {resource}
)",
        "everybody who connects"},
    Recipe{"client-vpn-authorize-all", "",
        R"(aws ec2 modify-client-vpn-endpoint --region {region} --client-vpn-endpoint-id {resource} --connection-log-options Enabled=true,CloudwatchLogGroup=YOUR_LOG_GROUP
)",
        R"(# in the aws_ec2_client_vpn_endpoint of {resource}:
#   connection_log_options {
#     enabled = true
#     cloudwatch_log_group = "YOUR_LOG_GROUP"
#   }
)",
        R"(  # in the AWS::EC2::ClientVpnEndpoint of {resource}:
  #   ConnectionLogOptions: {Enabled: true, CloudwatchLogGroup: YOUR_LOG_GROUP}
)"},
    Recipe{"database-internet-reachable", ":redshift:",
        R"(aws redshift modify-cluster --region {region} --cluster-identifier {tail} --no-publicly-accessible
)",
        R"(# in the aws_redshift_cluster of {resource}:
#   publicly_accessible = false
)",
        R"(  # in the AWS::Redshift::Cluster of {resource}:
  #   PubliclyAccessible: false
)"},
    Recipe{"database-internet-reachable", ":rds:",
        R"(aws rds modify-db-instance --region {region} --db-instance-identifier {tail} --no-publicly-accessible --apply-immediately
)",
        R"(# in the aws_db_instance or aws_rds_cluster_instance of {resource}:
#   publicly_accessible = false
)",
        R"(  # in the AWS::RDS::DBInstance of {resource}:
  #   PubliclyAccessible: false
)"},
    Recipe{"ecs-task-public-ip", "",
        R"(aws ecs update-service --region {region} --cluster YOUR_CLUSTER --service {resource} --network-configuration 'awsvpcConfiguration={subnets=[YOUR_PRIVATE_SUBNET_ID],securityGroups=[YOUR_GROUP_ID],assignPublicIp=DISABLED}'
)",
        R"(# in the aws_ecs_service of {resource}:
#   network_configuration {
#     subnets = ["YOUR_PRIVATE_SUBNET_ID"]
#     assign_public_ip = false
#   }
)",
        R"(  # in the AWS::ECS::Service of {resource}:
  #   NetworkConfiguration:
  #     AwsvpcConfiguration: {Subnets: [YOUR_PRIVATE_SUBNET_ID], AssignPublicIp: DISABLED}
)"},
    Recipe{"eks-node-remote-access-open", "",
        R"(aws eks create-nodegroup --region {region} --cluster-name YOUR_CLUSTER --nodegroup-name YOUR_NEW_NAME --subnets YOUR_SUBNET_ID --node-role YOUR_NODE_ROLE_ARN --remote-access ec2SshKey=YOUR_KEY,sourceSecurityGroups=YOUR_GROUP_ID
aws eks delete-nodegroup --region {region} --cluster-name YOUR_CLUSTER --nodegroup-name YOUR_OLD_NAME  # AWS changes no remote access of a node group that is there
)",
        R"(# in the aws_eks_node_group of {resource}:
#   remote_access {
#     source_security_group_ids = ["YOUR_GROUP_ID"]
#   }
)",
        R"(  # in the AWS::EKS::Nodegroup of {resource}:
  #   RemoteAccess: {Ec2SshKey: YOUR_KEY, SourceSecurityGroups: [YOUR_GROUP_ID]}
)"},
    Recipe{"elb-egress-too-wide", "",
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
    Recipe{"elb-group-missing", ":loadbalancer/app/",
        R"(aws elbv2 set-security-groups --region {region} --load-balancer-arn {resource} --security-groups YOUR_GROUP_ID
)",
        R"(# in the aws_lb of {resource}:
#   security_groups = ["YOUR_GROUP_ID"]
)",
        R"(  # in the AWS::ElasticLoadBalancingV2::LoadBalancer of {resource}:
  #   SecurityGroups: [YOUR_GROUP_ID]
)"},
    Recipe{"elb-group-missing", ":loadbalancer/net/",
        R"(aws elbv2 set-security-groups --region {region} --load-balancer-arn {resource} --security-groups YOUR_GROUP_ID
)",
        R"(# in the aws_lb of {resource}:
#   security_groups = ["YOUR_GROUP_ID"]
)",
        R"(  # in the AWS::ElasticLoadBalancingV2::LoadBalancer of {resource}:
  #   SecurityGroups: [YOUR_GROUP_ID]
)"},
    Recipe{"elb-group-missing", "",
        R"(aws elb apply-security-groups-to-load-balancer --region {region} --load-balancer-name {tail} --security-groups YOUR_GROUP_ID
)",
        R"(# in the aws_elb of {resource}:
#   security_groups = ["YOUR_GROUP_ID"]
)",
        R"(  # in the AWS::ElasticLoadBalancing::LoadBalancer of {resource}:
  #   SecurityGroups: [YOUR_GROUP_ID]
)"},
    Recipe{"elb-shares-group-with-target", "",
        R"(aws ec2 modify-network-interface-attribute --region {region} --network-interface-id {eni-} --groups YOUR_GROUP_OF_THE_TARGETS  # all that it has from then on
)",
        R"(# in the aws_instance of {eni-}:
#   vpc_security_group_ids = ["YOUR_GROUP_OF_THE_TARGETS"]
# or in the aws_network_interface of {eni-}:
#   security_groups = ["YOUR_GROUP_OF_THE_TARGETS"]
)",
        R"(  # in the AWS::EC2::Instance of {eni-}:
  #   SecurityGroupIds: [YOUR_GROUP_OF_THE_TARGETS]
  # or in the AWS::EC2::NetworkInterface of {eni-}:
  #   GroupSet: [YOUR_GROUP_OF_THE_TARGETS]
)"},
    Recipe{"elb-subnet-contradiction", ":loadbalancer/app/",
        R"(aws elbv2 set-subnets --region {region} --load-balancer-arn {resource} --subnets YOUR_SUBNET_ID YOUR_OTHER_SUBNET_ID
)",
        R"(# in the aws_lb of {resource}:
#   subnets = ["YOUR_SUBNET_ID", "YOUR_OTHER_SUBNET_ID"]
)",
        R"(  # in the AWS::ElasticLoadBalancingV2::LoadBalancer of {resource}:
  #   Subnets: [YOUR_SUBNET_ID, YOUR_OTHER_SUBNET_ID]
)"},
    Recipe{"elb-subnet-contradiction", ":loadbalancer/net/",
        R"(aws elbv2 set-subnets --region {region} --load-balancer-arn {resource} --subnets YOUR_SUBNET_ID YOUR_OTHER_SUBNET_ID
)",
        R"(# in the aws_lb of {resource}:
#   subnets = ["YOUR_SUBNET_ID", "YOUR_OTHER_SUBNET_ID"]
)",
        R"(  # in the AWS::ElasticLoadBalancingV2::LoadBalancer of {resource}:
  #   Subnets: [YOUR_SUBNET_ID, YOUR_OTHER_SUBNET_ID]
)"},
    Recipe{"elb-subnet-contradiction", "",
        R"(aws elb attach-load-balancer-to-subnets --region {region} --load-balancer-name {tail} --subnets YOUR_SUBNET_ID
aws elb detach-load-balancer-from-subnets --region {region} --load-balancer-name {tail} --subnets {subnet-}
)",
        R"(# in the aws_elb of {resource}:
#   subnets = ["YOUR_SUBNET_ID"]
)",
        R"(  # in the AWS::ElasticLoadBalancing::LoadBalancer of {resource}:
  #   Subnets: [YOUR_SUBNET_ID]
)"},
    Recipe{"elb-target-has-public-ip", "",
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
    Recipe{"launch-template-imdsv1", "lt-",
        R"(aws ec2 create-launch-template-version --region {region} --launch-template-id {resource} --source-version YOUR_VERSION --launch-template-data '{"MetadataOptions":{"HttpTokens":"required"}}'
aws ec2 modify-launch-template --region {region} --launch-template-id {resource} --default-version YOUR_NEW_VERSION
)",
        R"(# in the aws_launch_template of {resource}:
#   metadata_options {
#     http_tokens = "required"
#   }
)",
        R"(  # in the AWS::EC2::LaunchTemplate of {resource}:
  #   LaunchTemplateData:
  #     MetadataOptions: {HttpTokens: required}
)"},
    Recipe{"launch-template-imdsv1", ":launchConfiguration:",
        R"(aws autoscaling create-launch-configuration --region {region} --launch-configuration-name YOUR_NEW_NAME --image-id YOUR_IMAGE_ID --instance-type YOUR_TYPE --metadata-options HttpTokens=required  # and all else as in {tail}, which cannot be edited
aws autoscaling update-auto-scaling-group --region {region} --auto-scaling-group-name YOUR_GROUP --launch-configuration-name YOUR_NEW_NAME
)",
        R"(# in the aws_launch_configuration of {resource}:
#   metadata_options {
#     http_tokens = "required"
#   }
)",
        R"(  # in the AWS::AutoScaling::LaunchConfiguration of {resource}:
  #   MetadataOptions: {HttpTokens: required}
)"},
    Recipe{"launch-template-public-ip", "lt-",
        R"(aws ec2 create-launch-template-version --region {region} --launch-template-id {resource} --source-version YOUR_VERSION --launch-template-data '{"NetworkInterfaces":[{"DeviceIndex":0,"AssociatePublicIpAddress":false,"Groups":["YOUR_GROUP_ID"]}]}'  # and what else the interface of the version has
aws ec2 modify-launch-template --region {region} --launch-template-id {resource} --default-version YOUR_NEW_VERSION
)",
        R"(# in the aws_launch_template of {resource}:
#   network_interfaces {
#     associate_public_ip_address = false
#     security_groups = ["YOUR_GROUP_ID"]
#   }
)",
        R"(  # in the AWS::EC2::LaunchTemplate of {resource}:
  #   LaunchTemplateData:
  #     NetworkInterfaces: [{DeviceIndex: 0, AssociatePublicIpAddress: false, Groups: [YOUR_GROUP_ID]}]
)"},
    Recipe{"launch-template-public-ip", ":launchConfiguration:",
        R"(aws autoscaling create-launch-configuration --region {region} --launch-configuration-name YOUR_NEW_NAME --image-id YOUR_IMAGE_ID --instance-type YOUR_TYPE --no-associate-public-ip-address  # and all else as in {tail}, which cannot be edited
aws autoscaling update-auto-scaling-group --region {region} --auto-scaling-group-name YOUR_GROUP --launch-configuration-name YOUR_NEW_NAME
)",
        R"(# in the aws_launch_configuration of {resource}:
#   associate_public_ip_address = false
)",
        R"(  # in the AWS::AutoScaling::LaunchConfiguration of {resource}:
  #   AssociatePublicIpAddress: false
)"},
    Recipe{"lb-access-logs-off", ":loadbalancer/app/",
        R"(aws elbv2 modify-load-balancer-attributes --region {region} --load-balancer-arn {resource} --attributes Key=access_logs.s3.enabled,Value=true Key=access_logs.s3.bucket,Value=YOUR_LOG_BUCKET
)",
        R"(# in the aws_lb of {resource}:
#   access_logs {
#     bucket = "YOUR_LOG_BUCKET"
#     enabled = true
#   }
)",
        R"(  # in the AWS::ElasticLoadBalancingV2::LoadBalancer of {resource}:
  #   LoadBalancerAttributes:
  #     - {Key: access_logs.s3.enabled, Value: "true"}
  #     - {Key: access_logs.s3.bucket, Value: YOUR_LOG_BUCKET}
)"},
    Recipe{"lb-access-logs-off", ":loadbalancer/net/",
        R"(aws elbv2 modify-load-balancer-attributes --region {region} --load-balancer-arn {resource} --attributes Key=access_logs.s3.enabled,Value=true Key=access_logs.s3.bucket,Value=YOUR_LOG_BUCKET
)",
        R"(# in the aws_lb of {resource}:
#   access_logs {
#     bucket = "YOUR_LOG_BUCKET"
#     enabled = true
#   }
)",
        R"(  # in the AWS::ElasticLoadBalancingV2::LoadBalancer of {resource}:
  #   LoadBalancerAttributes:
  #     - {Key: access_logs.s3.enabled, Value: "true"}
  #     - {Key: access_logs.s3.bucket, Value: YOUR_LOG_BUCKET}
)"},
    Recipe{"lb-access-logs-off", "",
        R"(aws elb modify-load-balancer-attributes --region {region} --load-balancer-name {tail} --load-balancer-attributes 'AccessLog={Enabled=true,S3BucketName=YOUR_LOG_BUCKET}'
)",
        R"(# in the aws_elb of {resource}:
#   access_logs {
#     bucket = "YOUR_LOG_BUCKET"
#   }
)",
        R"(  # in the AWS::ElasticLoadBalancing::LoadBalancer of {resource}:
  #   AccessLoggingPolicy: {Enabled: true, S3BucketName: YOUR_LOG_BUCKET}
)"},
    Recipe{"lb-plaintext-listener", ":loadbalancer/app/",
        R"(aws elbv2 modify-listener --region {region} --listener-arn YOUR_LISTENER_ARN --default-actions 'Type=redirect,RedirectConfig={Protocol=HTTPS,Port=443,StatusCode=HTTP_301}'  # with an HTTPS listener on 443; the same for its rules
)",
        R"(# in the aws_lb_listener of {resource}:
#   default_action {
#     type = "redirect"
#     redirect {
#       protocol = "HTTPS"
#       port = "443"
#       status_code = "HTTP_301"
#     }
#   }
)",
        R"(  # in the AWS::ElasticLoadBalancingV2::Listener of {resource}:
  #   DefaultActions:
  #     - {Type: redirect, RedirectConfig: {Protocol: HTTPS, Port: "443", StatusCode: HTTP_301}}
)"},
    Recipe{"lb-plaintext-listener", ":loadbalancer/net/",
        R"(aws elbv2 modify-listener --region {region} --listener-arn YOUR_LISTENER_ARN --protocol TLS --certificates CertificateArn=YOUR_CERTIFICATE_ARN
)",
        R"(# in the aws_lb_listener of {resource}:
#   protocol = "TLS"
#   certificate_arn = "YOUR_CERTIFICATE_ARN"
)",
        R"(  # in the AWS::ElasticLoadBalancingV2::Listener of {resource}:
  #   Protocol: TLS
  #   Certificates: [{CertificateArn: YOUR_CERTIFICATE_ARN}]
)"},
    Recipe{"lb-plaintext-listener", "",
        R"(aws elb create-load-balancer-listeners --region {region} --load-balancer-name {tail} --listeners Protocol=HTTPS,LoadBalancerPort=443,InstanceProtocol=HTTP,InstancePort=YOUR_PORT,SSLCertificateId=YOUR_CERTIFICATE_ARN
aws elb delete-load-balancer-listeners --region {region} --load-balancer-name {tail} --load-balancer-ports YOUR_PLAIN_PORT
)",
        R"(# in the aws_elb of {resource}:
#   listener {
#     lb_protocol = "https"
#     lb_port = 443
#     instance_protocol = "http"
#     instance_port = YOUR_PORT
#     ssl_certificate_id = "YOUR_CERTIFICATE_ARN"
#   }
)",
        R"(  # in the AWS::ElasticLoadBalancing::LoadBalancer of {resource}:
  #   Listeners:
  #     - {Protocol: HTTPS, LoadBalancerPort: "443", InstancePort: YOUR_PORT, SSLCertificateId: YOUR_CERTIFICATE_ARN}
)"},
    Recipe{"lb-weak-tls-policy", ":loadbalancer/app/",
        R"(aws elbv2 modify-listener --region {region} --listener-arn YOUR_LISTENER_ARN --ssl-policy ELBSecurityPolicy-TLS13-1-2-2021-06
)",
        R"(# in the aws_lb_listener of {resource}:
#   ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"
)",
        R"(  # in the AWS::ElasticLoadBalancingV2::Listener of {resource}:
  #   SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06
)"},
    Recipe{"lb-weak-tls-policy", ":loadbalancer/net/",
        R"(aws elbv2 modify-listener --region {region} --listener-arn YOUR_LISTENER_ARN --ssl-policy ELBSecurityPolicy-TLS13-1-2-2021-06
)",
        R"(# in the aws_lb_listener of {resource}:
#   ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"
)",
        R"(  # in the AWS::ElasticLoadBalancingV2::Listener of {resource}:
  #   SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06
)"},
    Recipe{"lb-weak-tls-policy", "",
        R"(aws elb create-load-balancer-policy --region {region} --load-balancer-name {tail} --policy-name portolan-tls12 --policy-type-name SSLNegotiationPolicyType --policy-attributes AttributeName=Reference-Security-Policy,AttributeValue=ELBSecurityPolicy-TLS-1-2-2017-01
aws elb set-load-balancer-policies-of-listener --region {region} --load-balancer-name {tail} --load-balancer-port YOUR_PORT --policy-names portolan-tls12
)",
        R"(resource "aws_load_balancer_policy" "portolan" {
  load_balancer_name = "{tail}"
  policy_name = "portolan-tls12"
  policy_type_name = "SSLNegotiationPolicyType"
  policy_attribute {
    name = "Reference-Security-Policy"
    value = "ELBSecurityPolicy-TLS-1-2-2017-01"
  }
}
# and name it in the aws_load_balancer_listener_policy of the listener
)",
        R"(  # in the AWS::ElasticLoadBalancing::LoadBalancer of {resource}:
  #   Policies:
  #     - {PolicyName: portolan-tls12, PolicyType: SSLNegotiationPolicyType, Attributes: [{Name: Reference-Security-Policy, Value: ELBSecurityPolicy-TLS-1-2-2017-01}]}
)"},
};
// clang-format on

}  // namespace

std::span<const Recipe> edge_recipes() { return kRecipes; }

}  // namespace portolan::report
