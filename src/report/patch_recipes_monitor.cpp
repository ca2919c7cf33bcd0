#include <array>

#include "report/patch_text.h"

// Patches of findings that no edit of the snapshot takes away, about alarms.
// SOURCE: what a command, a resource and an attribute is called, and takes: models of botocore
// 1.43.11, schema of hashicorp/aws 5.100.0, schemas of CloudFormation resources in cfn-lint 1.51.0.
namespace portolan::report {

namespace {

// Sorted by check, the narrower first.
// clang-format off
constexpr std::array kRecipes = {
    Recipe{"monitor-gw-changes-missing", "",
        R"(aws logs put-metric-filter --region YOUR_TRAIL_REGION --log-group-name YOUR_TRAIL_LOG_GROUP --filter-name portolan-gw-changes --filter-pattern '{ ($.eventName = CreateCustomerGateway) || ($.eventName = DeleteCustomerGateway) || ($.eventName = AttachInternetGateway) || ($.eventName = CreateInternetGateway) || ($.eventName = DeleteInternetGateway) || ($.eventName = DetachInternetGateway) }' --metric-transformations metricName=portolan-gw-changes,metricNamespace=Portolan,metricValue=1
aws cloudwatch put-metric-alarm --region YOUR_TRAIL_REGION --alarm-name portolan-gw-changes --namespace Portolan --metric-name portolan-gw-changes --statistic Sum --period 300 --evaluation-periods 1 --threshold 1 --comparison-operator GreaterThanOrEqualToThreshold --alarm-actions YOUR_TOPIC_ARN
)",
        R"(resource "aws_cloudwatch_log_metric_filter" "portolan" {
  name = "portolan-gw-changes"
  log_group_name = "YOUR_TRAIL_LOG_GROUP"
  pattern = "{ ($.eventName = CreateCustomerGateway) || ($.eventName = DeleteCustomerGateway) || ($.eventName = AttachInternetGateway) || ($.eventName = CreateInternetGateway) || ($.eventName = DeleteInternetGateway) || ($.eventName = DetachInternetGateway) }"
  metric_transformation {
    name = "portolan-gw-changes"
    namespace = "Portolan"
    value = "1"
  }
}
resource "aws_cloudwatch_metric_alarm" "portolan" {
  alarm_name = "portolan-gw-changes"
  namespace = "Portolan"
  metric_name = "portolan-gw-changes"
  statistic = "Sum"
  period = 300
  evaluation_periods = 1
  threshold = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  alarm_actions = ["YOUR_TOPIC_ARN"]
}
)",
        R"(  PortolanFilter:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: "YOUR_TRAIL_LOG_GROUP"
      FilterPattern: "{ ($.eventName = CreateCustomerGateway) || ($.eventName = DeleteCustomerGateway) || ($.eventName = AttachInternetGateway) || ($.eventName = CreateInternetGateway) || ($.eventName = DeleteInternetGateway) || ($.eventName = DetachInternetGateway) }"
      MetricTransformations: [{MetricName: portolan-gw-changes, MetricNamespace: Portolan, MetricValue: "1"}]
  PortolanAlarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: Portolan
      MetricName: portolan-gw-changes
      Statistic: Sum
      Period: 300
      EvaluationPeriods: 1
      Threshold: 1
      ComparisonOperator: GreaterThanOrEqualToThreshold
      AlarmActions: ["YOUR_TOPIC_ARN"]
)"},
    Recipe{"monitor-nacl-changes-missing", "",
        R"(aws logs put-metric-filter --region YOUR_TRAIL_REGION --log-group-name YOUR_TRAIL_LOG_GROUP --filter-name portolan-nacl-changes --filter-pattern '{ ($.eventName = CreateNetworkAcl) || ($.eventName = CreateNetworkAclEntry) || ($.eventName = DeleteNetworkAcl) || ($.eventName = DeleteNetworkAclEntry) || ($.eventName = ReplaceNetworkAclEntry) || ($.eventName = ReplaceNetworkAclAssociation) }' --metric-transformations metricName=portolan-nacl-changes,metricNamespace=Portolan,metricValue=1
aws cloudwatch put-metric-alarm --region YOUR_TRAIL_REGION --alarm-name portolan-nacl-changes --namespace Portolan --metric-name portolan-nacl-changes --statistic Sum --period 300 --evaluation-periods 1 --threshold 1 --comparison-operator GreaterThanOrEqualToThreshold --alarm-actions YOUR_TOPIC_ARN
)",
        R"(resource "aws_cloudwatch_log_metric_filter" "portolan" {
  name = "portolan-nacl-changes"
  log_group_name = "YOUR_TRAIL_LOG_GROUP"
  pattern = "{ ($.eventName = CreateNetworkAcl) || ($.eventName = CreateNetworkAclEntry) || ($.eventName = DeleteNetworkAcl) || ($.eventName = DeleteNetworkAclEntry) || ($.eventName = ReplaceNetworkAclEntry) || ($.eventName = ReplaceNetworkAclAssociation) }"
  metric_transformation {
    name = "portolan-nacl-changes"
    namespace = "Portolan"
    value = "1"
  }
}
resource "aws_cloudwatch_metric_alarm" "portolan" {
  alarm_name = "portolan-nacl-changes"
  namespace = "Portolan"
  metric_name = "portolan-nacl-changes"
  statistic = "Sum"
  period = 300
  evaluation_periods = 1
  threshold = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  alarm_actions = ["YOUR_TOPIC_ARN"]
}
)",
        R"(  PortolanFilter:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: "YOUR_TRAIL_LOG_GROUP"
      FilterPattern: "{ ($.eventName = CreateNetworkAcl) || ($.eventName = CreateNetworkAclEntry) || ($.eventName = DeleteNetworkAcl) || ($.eventName = DeleteNetworkAclEntry) || ($.eventName = ReplaceNetworkAclEntry) || ($.eventName = ReplaceNetworkAclAssociation) }"
      MetricTransformations: [{MetricName: portolan-nacl-changes, MetricNamespace: Portolan, MetricValue: "1"}]
  PortolanAlarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: Portolan
      MetricName: portolan-nacl-changes
      Statistic: Sum
      Period: 300
      EvaluationPeriods: 1
      Threshold: 1
      ComparisonOperator: GreaterThanOrEqualToThreshold
      AlarmActions: ["YOUR_TOPIC_ARN"]
)"},
    Recipe{"monitor-rt-changes-missing", "",
        R"(aws logs put-metric-filter --region YOUR_TRAIL_REGION --log-group-name YOUR_TRAIL_LOG_GROUP --filter-name portolan-rt-changes --filter-pattern '{ ($.eventName = CreateRoute) || ($.eventName = CreateRouteTable) || ($.eventName = ReplaceRoute) || ($.eventName = ReplaceRouteTableAssociation) || ($.eventName = DeleteRouteTable) || ($.eventName = DeleteRoute) || ($.eventName = DisassociateRouteTable) }' --metric-transformations metricName=portolan-rt-changes,metricNamespace=Portolan,metricValue=1
aws cloudwatch put-metric-alarm --region YOUR_TRAIL_REGION --alarm-name portolan-rt-changes --namespace Portolan --metric-name portolan-rt-changes --statistic Sum --period 300 --evaluation-periods 1 --threshold 1 --comparison-operator GreaterThanOrEqualToThreshold --alarm-actions YOUR_TOPIC_ARN
)",
        R"(resource "aws_cloudwatch_log_metric_filter" "portolan" {
  name = "portolan-rt-changes"
  log_group_name = "YOUR_TRAIL_LOG_GROUP"
  pattern = "{ ($.eventName = CreateRoute) || ($.eventName = CreateRouteTable) || ($.eventName = ReplaceRoute) || ($.eventName = ReplaceRouteTableAssociation) || ($.eventName = DeleteRouteTable) || ($.eventName = DeleteRoute) || ($.eventName = DisassociateRouteTable) }"
  metric_transformation {
    name = "portolan-rt-changes"
    namespace = "Portolan"
    value = "1"
  }
}
resource "aws_cloudwatch_metric_alarm" "portolan" {
  alarm_name = "portolan-rt-changes"
  namespace = "Portolan"
  metric_name = "portolan-rt-changes"
  statistic = "Sum"
  period = 300
  evaluation_periods = 1
  threshold = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  alarm_actions = ["YOUR_TOPIC_ARN"]
}
)",
        R"(  PortolanFilter:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: "YOUR_TRAIL_LOG_GROUP"
      FilterPattern: "{ ($.eventName = CreateRoute) || ($.eventName = CreateRouteTable) || ($.eventName = ReplaceRoute) || ($.eventName = ReplaceRouteTableAssociation) || ($.eventName = DeleteRouteTable) || ($.eventName = DeleteRoute) || ($.eventName = DisassociateRouteTable) }"
      MetricTransformations: [{MetricName: portolan-rt-changes, MetricNamespace: Portolan, MetricValue: "1"}]
  PortolanAlarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: Portolan
      MetricName: portolan-rt-changes
      Statistic: Sum
      Period: 300
      EvaluationPeriods: 1
      Threshold: 1
      ComparisonOperator: GreaterThanOrEqualToThreshold
      AlarmActions: ["YOUR_TOPIC_ARN"]
)"},
    Recipe{"monitor-sg-changes-missing", "",
        R"(aws logs put-metric-filter --region YOUR_TRAIL_REGION --log-group-name YOUR_TRAIL_LOG_GROUP --filter-name portolan-sg-changes --filter-pattern '{ ($.eventName = AuthorizeSecurityGroupIngress) || ($.eventName = AuthorizeSecurityGroupEgress) || ($.eventName = RevokeSecurityGroupIngress) || ($.eventName = RevokeSecurityGroupEgress) || ($.eventName = ModifySecurityGroupRules) || ($.eventName = CreateSecurityGroup) || ($.eventName = DeleteSecurityGroup) }' --metric-transformations metricName=portolan-sg-changes,metricNamespace=Portolan,metricValue=1
aws cloudwatch put-metric-alarm --region YOUR_TRAIL_REGION --alarm-name portolan-sg-changes --namespace Portolan --metric-name portolan-sg-changes --statistic Sum --period 300 --evaluation-periods 1 --threshold 1 --comparison-operator GreaterThanOrEqualToThreshold --alarm-actions YOUR_TOPIC_ARN
)",
        R"(resource "aws_cloudwatch_log_metric_filter" "portolan" {
  name = "portolan-sg-changes"
  log_group_name = "YOUR_TRAIL_LOG_GROUP"
  pattern = "{ ($.eventName = AuthorizeSecurityGroupIngress) || ($.eventName = AuthorizeSecurityGroupEgress) || ($.eventName = RevokeSecurityGroupIngress) || ($.eventName = RevokeSecurityGroupEgress) || ($.eventName = ModifySecurityGroupRules) || ($.eventName = CreateSecurityGroup) || ($.eventName = DeleteSecurityGroup) }"
  metric_transformation {
    name = "portolan-sg-changes"
    namespace = "Portolan"
    value = "1"
  }
}
resource "aws_cloudwatch_metric_alarm" "portolan" {
  alarm_name = "portolan-sg-changes"
  namespace = "Portolan"
  metric_name = "portolan-sg-changes"
  statistic = "Sum"
  period = 300
  evaluation_periods = 1
  threshold = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  alarm_actions = ["YOUR_TOPIC_ARN"]
}
)",
        R"(  PortolanFilter:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: "YOUR_TRAIL_LOG_GROUP"
      FilterPattern: "{ ($.eventName = AuthorizeSecurityGroupIngress) || ($.eventName = AuthorizeSecurityGroupEgress) || ($.eventName = RevokeSecurityGroupIngress) || ($.eventName = RevokeSecurityGroupEgress) || ($.eventName = ModifySecurityGroupRules) || ($.eventName = CreateSecurityGroup) || ($.eventName = DeleteSecurityGroup) }"
      MetricTransformations: [{MetricName: portolan-sg-changes, MetricNamespace: Portolan, MetricValue: "1"}]
  PortolanAlarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: Portolan
      MetricName: portolan-sg-changes
      Statistic: Sum
      Period: 300
      EvaluationPeriods: 1
      Threshold: 1
      ComparisonOperator: GreaterThanOrEqualToThreshold
      AlarmActions: ["YOUR_TOPIC_ARN"]
)"},
    Recipe{"monitor-vpc-changes-missing", "",
        R"(aws logs put-metric-filter --region YOUR_TRAIL_REGION --log-group-name YOUR_TRAIL_LOG_GROUP --filter-name portolan-vpc-changes --filter-pattern '{ ($.eventName = CreateVpc) || ($.eventName = DeleteVpc) || ($.eventName = ModifyVpcAttribute) || ($.eventName = AcceptVpcPeeringConnection) || ($.eventName = CreateVpcPeeringConnection) || ($.eventName = DeleteVpcPeeringConnection) || ($.eventName = RejectVpcPeeringConnection) || ($.eventName = AttachClassicLinkVpc) || ($.eventName = DetachClassicLinkVpc) || ($.eventName = DisableVpcClassicLink) || ($.eventName = EnableVpcClassicLink) }' --metric-transformations metricName=portolan-vpc-changes,metricNamespace=Portolan,metricValue=1
aws cloudwatch put-metric-alarm --region YOUR_TRAIL_REGION --alarm-name portolan-vpc-changes --namespace Portolan --metric-name portolan-vpc-changes --statistic Sum --period 300 --evaluation-periods 1 --threshold 1 --comparison-operator GreaterThanOrEqualToThreshold --alarm-actions YOUR_TOPIC_ARN
)",
        R"(resource "aws_cloudwatch_log_metric_filter" "portolan" {
  name = "portolan-vpc-changes"
  log_group_name = "YOUR_TRAIL_LOG_GROUP"
  pattern = "{ ($.eventName = CreateVpc) || ($.eventName = DeleteVpc) || ($.eventName = ModifyVpcAttribute) || ($.eventName = AcceptVpcPeeringConnection) || ($.eventName = CreateVpcPeeringConnection) || ($.eventName = DeleteVpcPeeringConnection) || ($.eventName = RejectVpcPeeringConnection) || ($.eventName = AttachClassicLinkVpc) || ($.eventName = DetachClassicLinkVpc) || ($.eventName = DisableVpcClassicLink) || ($.eventName = EnableVpcClassicLink) }"
  metric_transformation {
    name = "portolan-vpc-changes"
    namespace = "Portolan"
    value = "1"
  }
}
resource "aws_cloudwatch_metric_alarm" "portolan" {
  alarm_name = "portolan-vpc-changes"
  namespace = "Portolan"
  metric_name = "portolan-vpc-changes"
  statistic = "Sum"
  period = 300
  evaluation_periods = 1
  threshold = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  alarm_actions = ["YOUR_TOPIC_ARN"]
}
)",
        R"(  PortolanFilter:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: "YOUR_TRAIL_LOG_GROUP"
      FilterPattern: "{ ($.eventName = CreateVpc) || ($.eventName = DeleteVpc) || ($.eventName = ModifyVpcAttribute) || ($.eventName = AcceptVpcPeeringConnection) || ($.eventName = CreateVpcPeeringConnection) || ($.eventName = DeleteVpcPeeringConnection) || ($.eventName = RejectVpcPeeringConnection) || ($.eventName = AttachClassicLinkVpc) || ($.eventName = DetachClassicLinkVpc) || ($.eventName = DisableVpcClassicLink) || ($.eventName = EnableVpcClassicLink) }"
      MetricTransformations: [{MetricName: portolan-vpc-changes, MetricNamespace: Portolan, MetricValue: "1"}]
  PortolanAlarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: Portolan
      MetricName: portolan-vpc-changes
      Statistic: Sum
      Period: 300
      EvaluationPeriods: 1
      Threshold: 1
      ComparisonOperator: GreaterThanOrEqualToThreshold
      AlarmActions: ["YOUR_TOPIC_ARN"]
)"},
};
// clang-format on

}  // namespace

std::span<const Recipe> alarm_recipes() { return kRecipes; }

}  // namespace portolan::report
