#include "collect/aws/service.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace portolan::collect::aws {

namespace {

// clang-format off
constexpr std::array kServices = {
    Service{"amp", "aps", "aps", "aps", "AMP", Protocol::RestJson, "2020-08-01"},
    Service{"apprunner", "apprunner", "apprunner", "apprunner", "APPRUNNER", Protocol::Json, "AppRunner", Scope::Regional, "1.0"},
    Service{"appstream", "appstream2", "appstream", "appstream", "APPSTREAM", Protocol::Json, "PhotonAdminProxyService", Scope::Regional, "1.1"},
    Service{"autoscaling", "autoscaling", "autoscaling", "autoscaling", "AUTO_SCALING", Protocol::Query, "2011-01-01"},
    Service{"batch", "batch", "batch", "batch", "BATCH", Protocol::RestJson, "2016-08-10"},
    Service{"cloudhsmv2", "cloudhsmv2", "cloudhsm", "cloudhsm", "CLOUDHSM_V2", Protocol::Json, "BaldrApiService", Scope::Regional, "1.1"},
    Service{"cloudtrail", "cloudtrail", "cloudtrail", "cloudtrail", "CLOUDTRAIL", Protocol::Json, "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101", Scope::Regional, "1.1"},
    Service{"cloudwatch", "monitoring", "monitoring", "cloudwatch", "CLOUDWATCH", Protocol::Query, "2010-08-01"},
    Service{"codebuild", "codebuild", "codebuild", "codebuild", "CODEBUILD", Protocol::Json, "CodeBuild_20161006", Scope::Regional, "1.1"},
    Service{"dax", "dax", "dax", "dax", "DAX", Protocol::Json, "AmazonDAXV3", Scope::Regional, "1.1"},
    Service{"dms", "dms", "dms", "dms", "DATABASE_MIGRATION_SERVICE", Protocol::Json, "AmazonDMSv20160101", Scope::Regional, "1.1"},
    Service{"ds", "ds", "ds", "ds", "DIRECTORY_SERVICE", Protocol::Json, "DirectoryService_20150416", Scope::Regional, "1.1"},
    Service{"ec2", "ec2", "ec2", "ec2", "EC2", Protocol::Ec2, "2016-11-15"},
    Service{"ecs", "ecs", "ecs", "ecs", "ECS", Protocol::Json, "AmazonEC2ContainerServiceV20141113", Scope::Regional, "1.1"},
    Service{"efs", "elasticfilesystem", "elasticfilesystem", "elasticfilesystem", "EFS", Protocol::RestJson, "2015-02-01"},
    Service{"eks", "eks", "eks", "eks", "EKS", Protocol::RestJson, "2017-11-01"},
    Service{"elasticache", "elasticache", "elasticache", "elasticache", "ELASTICACHE", Protocol::Query, "2015-02-02"},
    Service{"elb", "elasticloadbalancing", "elasticloadbalancing", "elasticloadbalancing", "ELASTIC_LOAD_BALANCING", Protocol::Query, "2012-06-01"},
    Service{"elbv2", "elasticloadbalancing", "elasticloadbalancing", "elasticloadbalancing", "ELASTIC_LOAD_BALANCING_V2", Protocol::Query, "2015-12-01"},
    Service{"emr", "elasticmapreduce", "elasticmapreduce", "elasticmapreduce", "EMR", Protocol::Json, "ElasticMapReduce", Scope::Regional, "1.1"},
    Service{"emr-serverless", "emr-serverless", "emr-serverless", "emr-serverless", "EMR_SERVERLESS", Protocol::RestJson, "2021-07-13"},
    Service{"events", "events", "events", "events", "EVENTBRIDGE", Protocol::Json, "AWSEvents", Scope::Regional, "1.1"},
    Service{"evs", "evs", "evs", "evs", "EVS", Protocol::Json, "AmazonElasticVMwareService", Scope::Regional, "1.0"},
    Service{"firehose", "firehose", "firehose", "firehose", "FIREHOSE", Protocol::Json, "Firehose_20150804", Scope::Regional, "1.1"},
    Service{"glue", "glue", "glue", "glue", "GLUE", Protocol::Json, "AWSGlue", Scope::Regional, "1.1"},
    Service{"grafana", "grafana", "grafana", "grafana", "GRAFANA", Protocol::RestJson, "2020-08-18"},
    Service{"iam", "iam", "iam", "iam", "IAM", Protocol::Query, "2010-05-08", Scope::Global},
    Service{"imagebuilder", "imagebuilder", "imagebuilder", "imagebuilder", "IMAGEBUILDER", Protocol::RestJson, "2019-12-02"},
    Service{"kafka", "kafka", "kafka", "kafka", "KAFKA", Protocol::RestJson, "2018-11-14"},
    Service{"kafkaconnect", "kafkaconnect", "kafkaconnect", "kafkaconnect", "KAFKACONNECT", Protocol::RestJson, "2021-09-14"},
    Service{"kinesisanalyticsv2", "kinesisanalytics", "kinesisanalytics", "kinesisanalytics", "KINESIS_ANALYTICS_V2", Protocol::Json, "KinesisAnalytics_20180523", Scope::Regional, "1.1"},
    Service{"lambda", "lambda", "lambda", "lambda", "LAMBDA", Protocol::RestJson, "2015-03-31"},
    Service{"logs", "logs", "logs", "logs", "CLOUDWATCH_LOGS", Protocol::Json, "Logs_20140328", Scope::Regional, "1.1"},
    Service{"m2", "m2", "m2", "m2", "M2", Protocol::RestJson, "2021-04-28"},
    Service{"memorydb", "memory-db", "memorydb", "memorydb", "MEMORYDB", Protocol::Json, "AmazonMemoryDB", Scope::Regional, "1.1"},
    Service{"mq", "mq", "mq", "mq", "MQ", Protocol::RestJson, "2017-11-27"},
    Service{"mwaa", "api.airflow", "airflow", "airflow", "MWAA", Protocol::RestJson, "2020-07-01"},
    Service{"network-firewall", "network-firewall", "network-firewall", "network-firewall", "NETWORK_FIREWALL", Protocol::Json, "NetworkFirewall_20201112", Scope::Regional, "1.0"},
    Service{"opensearch", "es", "es", "es", "OPENSEARCH", Protocol::RestJson, "2021-01-01"},
    Service{"opensearchserverless", "aoss", "aoss", "aoss", "OPENSEARCHSERVERLESS", Protocol::Json, "OpenSearchServerless", Scope::Regional, "1.0"},
    Service{"organizations", "organizations", "organizations", "organizations", "ORGANIZATIONS", Protocol::Json, "AWSOrganizationsV20161128", Scope::Global, "1.1"},
    Service{"osis", "osis", "osis", "osis", "OSIS", Protocol::RestJson, "2022-01-01"},
    Service{"pcs", "pcs", "pcs", "pcs", "PCS", Protocol::Json, "AWSParallelComputingService", Scope::Regional, "1.0"},
    Service{"pipes", "pipes", "pipes", "pipes", "PIPES", Protocol::RestJson, "2015-10-07"},
    Service{"rds", "rds", "rds", "rds", "RDS", Protocol::Query, "2014-10-31"},
    Service{"redshift", "redshift", "redshift", "redshift", "REDSHIFT", Protocol::Query, "2012-12-01"},
    Service{"redshift-serverless", "redshift-serverless", "redshift-serverless", "redshift-serverless", "REDSHIFT_SERVERLESS", Protocol::Json, "RedshiftServerless", Scope::Regional, "1.1"},
    Service{"route53resolver", "route53resolver", "route53resolver", "route53resolver", "ROUTE53RESOLVER", Protocol::Json, "Route53Resolver", Scope::Regional, "1.1"},
    Service{"s3", "s3", "s3", "s3", "S3", Protocol::S3, "2006-03-01"},
    Service{"sagemaker", "api.sagemaker", "sagemaker", "sagemaker", "SAGEMAKER", Protocol::Json, "SageMaker", Scope::Regional, "1.1"},
    Service{"scheduler", "scheduler", "scheduler", "scheduler", "SCHEDULER", Protocol::RestJson, "2021-06-30"},
    Service{"sns", "sns", "sns", "sns", "SNS", Protocol::Query, "2010-03-31"},
    Service{"sts", "sts", "sts", "sts", "STS", Protocol::Query, "2011-06-15"},
    Service{"synthetics", "synthetics", "synthetics", "synthetics", "SYNTHETICS", Protocol::RestJson, "2017-10-11"},
    Service{"timestream-influxdb", "timestream-influxdb", "timestream-influxdb", "timestream-influxdb", "TIMESTREAM_INFLUXDB", Protocol::Json, "AmazonTimestreamInfluxDB", Scope::Regional, "1.0"},
    Service{"transfer", "transfer", "transfer", "transfer", "TRANSFER", Protocol::Json, "TransferService", Scope::Regional, "1.1"},
    Service{"vpc-lattice", "vpc-lattice", "vpc-lattice", "vpc-lattice", "VPC_LATTICE", Protocol::RestJson, "2022-11-30"},
    Service{"wafv2", "wafv2", "wafv2", "wafv2", "WAFV2", Protocol::Json, "AWSWAF_20190729", Scope::Regional, "1.1"},
    Service{"workspaces", "workspaces", "workspaces", "workspaces", "WORKSPACES", Protocol::Json, "WorkspacesService", Scope::Regional, "1.1"},
};
// clang-format on

/// SOURCE: AWS General Reference, "AWS service endpoints".
struct Partition {
  std::string_view region_prefix;
  std::string_view domain;
  std::string_view global_region;
};
constexpr std::array kPartitions = {
    Partition{"cn-", "amazonaws.com.cn", "cn-north-1"},
    Partition{"us-gov-", "amazonaws.com", "us-gov-west-1"},
    Partition{"", "amazonaws.com", "us-east-1"},
};

const Partition& partition_of(std::string_view region) {
  return *std::find_if(kPartitions.begin(), kPartitions.end(), [&](const Partition& partition) {
    return region.starts_with(partition.region_prefix);
  });
}

}  // namespace

const Service* find_service(std::string_view name) {
  const auto* const found = std::find_if(kServices.begin(), kServices.end(),
                                         [&](const Service& each) { return each.name == name; });
  return found == kServices.end() ? nullptr : found;
}

std::span<const Service> all_services() { return kServices; }

std::string_view global_region(std::string_view region) {
  return partition_of(region).global_region;
}

std::string endpoint_of(const Service& service, std::string_view region) {
  const Partition& partition = partition_of(region);
  if (service.scope == Scope::Regional) {
    return fmt::format("https://{}.{}.{}", service.endpoint, region, partition.domain);
  }
  const bool has_plain_name = partition.region_prefix.empty() || service.name == "iam";
  if (!has_plain_name) {
    return fmt::format("https://{}.{}.{}", service.endpoint, partition.global_region,
                       partition.domain);
  }
  const std::string_view place = partition.region_prefix == "us-gov-" ? ".us-gov"
                                 : partition.region_prefix == "cn-"   ? ".cn-north-1"
                                                                      : "";
  return fmt::format("https://{}{}.{}", service.endpoint, place, partition.domain);
}

}  // namespace portolan::collect::aws
