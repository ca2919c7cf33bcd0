#include "collect/aws/calls.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>

#include <fmt/format.h>

namespace portolan::collect::aws {

namespace {

// Page sizes are the largest that AWS takes, so that few calls are needed.
constexpr Paging kTokens{"NextToken", "NextToken", "MaxResults", 1000};
constexpr Paging kHundreds{"NextToken", "NextToken", "MaxResults", 100};
constexpr Paging kOptionalTokens{"NextToken", "NextToken"};
constexpr Paging kSmallTokens{"nextToken", "nextToken", "maxResults", 100};
constexpr Paging kMarkers{"Marker", "NextMarker", "PageSize", 400};
constexpr Paging kRecords{"Marker", "Marker", "MaxRecords", 100};
constexpr Paging kRecordTokens{"NextToken", "NextToken", "MaxRecords", 100};
constexpr Paging kRestTokens{"nextToken", "NextToken", "maxResults", 100};
constexpr Paging kOptionalSmallTokens{"nextToken", "nextToken"};
constexpr Paging kLimited{"NextMarker", "NextMarker", "Limit", 100};
constexpr Paging kSmallLimited{"nextToken", "nextToken", "limit", 50};
constexpr Paging kEventRules{"NextToken", "NextToken", "Limit", 100};
constexpr Paging kItems{"Marker", "Marker", "MaxItems", 1000};
constexpr Paging kFunctions{"Marker", "NextMarker", "MaxItems", 50};
constexpr Paging kFifties{"NextToken", "NextToken", "MaxResults", 50};
constexpr Paging kTwentyFives{"NextToken", "NextToken", "MaxResults", 25};
constexpr Paging kTwenties{"NextToken", "NextToken", "MaxResults", 20};
constexpr Paging kSmallFifties{"nextToken", "nextToken", "maxResults", 50};
constexpr Paging kSmallTwentyFives{"nextToken", "nextToken", "maxResults", 25};
constexpr Paging kFiftyLimited{"NextToken", "NextToken", "Limit", 50};
constexpr Paging kOptionalMarkers{"Marker", "Marker"};
// SOURCE: Firehose quotas: 5,000 streams in a region at most, so that one answer names all.
constexpr Paging kStreams{"ExclusiveStartDeliveryStreamName", "", "Limit", 10000};
constexpr Paging kFileSystems{"Marker", "NextMarker", "MaxItems", 100};

// clang-format off
constexpr Each kEachRouteTable{"TransitGatewayRouteTableId", "DescribeTransitGatewayRouteTables", "TransitGatewayRouteTables", "TransitGatewayRouteTableId", "TransitGatewayRouteTableId"};
constexpr Each kEachPrefixList{"PrefixListId", "DescribeManagedPrefixLists", "PrefixLists", "PrefixListId", "PrefixListId"};
constexpr Each kEachBalancer{"LoadBalancerArn", "DescribeLoadBalancers", "LoadBalancers", "LoadBalancerArn", "LoadBalancerArn"};
constexpr Each kEachClassic{"LoadBalancerName", "DescribeLoadBalancers", "LoadBalancerDescriptions", "LoadBalancerName", "LoadBalancerName"};
constexpr Each kEachListener{"ListenerArn", "DescribeListeners", "Listeners", "ListenerArn", ""};
constexpr Each kEachTargetGroup{"TargetGroupArn", "DescribeTargetGroups", "TargetGroups", "TargetGroupArn", "TargetGroupArn"};
constexpr Each kEachCluster{"name", "ListClusters", "clusters", "", ""};
constexpr Each kEachTaskCluster{"clusters[]", "ListClusters", "clusterArns", "", ""};
constexpr Each kEachServiceCluster{"cluster", "ListClusters", "clusterArns", "", "cluster"};
constexpr Each kEachFileSystem{"FileSystemId", "DescribeFileSystems", "FileSystems", "FileSystemId", ""};
constexpr Each kEachMountTarget{"MountTargetId", "DescribeMountTargets", "MountTargets", "MountTargetId", "MountTargetId"};
constexpr Each kEachDomain{"DomainName", "ListDomainNames", "DomainNames", "DomainName", ""};
constexpr Each kEachFirewall{"FirewallArn", "ListFirewalls", "Firewalls", "FirewallArn", ""};
constexpr Each kEachPolicy{"FirewallPolicyArn", "ListFirewallPolicies", "FirewallPolicies", "Arn", ""};
constexpr Each kEachRuleGroup{"RuleGroupArn", "ListRuleGroups", "RuleGroups", "Arn", ""};
constexpr Each kEachService{"services[]", "ListServices", "serviceArns", "", "", "cluster"};
constexpr Each kEachNodegroupCluster{"name", "ListClusters", "clusters", "", ""};
constexpr Each kEachNodegroup{"nodegroupName", "ListNodegroups", "nodegroups", "", "", "name"};
constexpr Each kEachClientVpn{"ClientVpnEndpointId", "DescribeClientVpnEndpoints", "ClientVpnEndpoints", "ClientVpnEndpointId", "ClientVpnEndpointId"};
constexpr Each kEachWebAcl{"WebACLArn", "ListWebACLs", "WebACLs", "ARN", "WebACLArn"};
constexpr Each kEachSelectedTrail{"TrailName", "DescribeTrails", "trailList", "TrailARN", ""};
constexpr Each kEachBroker{"broker-id", "ListBrokers", "BrokerSummaries", "BrokerId", ""};
constexpr Each kEachNotebook{"NotebookInstanceName", "ListNotebookInstances", "NotebookInstances", "NotebookInstanceName", ""};
constexpr Each kEachServer{"ServerId", "ListServers", "Servers", "ServerId", ""};
constexpr Each kEachProject{"names[]", "ListProjects", "projects", "", ""};
constexpr Each kEachRule{"Rule", "ListRules", "Rules", "Name", ""};
constexpr Each kEachScheduleGroup{"ScheduleGroup", "ListScheduleGroups", "ScheduleGroups", "Name", ""};
constexpr Each kEachSchedule{"Name", "ListSchedules", "Schedules", "Name", "", "groupName"};
constexpr Each kEachPipe{"Name", "ListPipes", "Pipes", "Name", ""};
constexpr Each kEachEmrCluster{"ClusterId", "ListClusters", "Clusters", "Id", ""};
constexpr Each kEachEmrApplication{"applicationId", "ListApplications", "applications", "id", ""};
constexpr Each kEachFlinkApplication{"ApplicationName", "ListApplications", "ApplicationSummaries", "ApplicationName", ""};
constexpr Each kEachStream{"DeliveryStreamName", "ListDeliveryStreams", "DeliveryStreamNames", "", ""};
constexpr Each kEachAirflow{"Name", "ListEnvironments", "Environments", "", ""};
constexpr Each kEachMainframe{"environmentId", "ListEnvironments", "environments", "environmentId", ""};
constexpr Each kEachVmware{"environmentId", "ListEnvironments", "environmentSummaries", "environmentId", ""};
constexpr Each kEachGrafana{"workspaceId", "ListWorkspaces", "workspaces", "id", ""};
constexpr Each kEachInfrastructure{"infrastructureConfigurationArn", "ListInfrastructureConfigurations", "infrastructureConfigurationSummaryList", "arn", ""};
constexpr Each kEachSearchEndpoint{"ids[]", "ListVpcEndpoints", "vpcEndpointSummaries", "id", ""};
constexpr Each kEachPipeline{"PipelineName", "ListPipelines", "Pipelines", "PipelineName", ""};
constexpr Each kEachPcsCluster{"clusterIdentifier", "ListClusters", "clusters", "id", ""};
constexpr Each kEachStudioDomain{"DomainId", "ListDomains", "Domains", "DomainId", ""};
constexpr Each kEachInflux{"identifier", "ListDbInstances", "items", "id", ""};
constexpr Each kEachServiceNetwork{"serviceNetworkIdentifier", "ListServiceNetworks", "items", "id", ""};
constexpr Each kEachNetworkAssociation{"serviceNetworkVpcAssociationIdentifier", "ListServiceNetworkVpcAssociations", "items", "id", ""};
constexpr Each kEachTrail{"Name", "DescribeTrails", "trailList", "TrailARN", "TrailARN"};

/// A resource that is walked stands before those that are asked for each of it.
constexpr std::array kCalls = {
    Call{"sts", "GetCallerIdentity", "", nullptr, "", nullptr, "", Asked::Once},
    Call{"ec2", "DescribeRegions", "Regions", nullptr, "", nullptr, "", Asked::Once},
    Call{"ec2", "DescribeVpcs", "Vpcs", &kTokens},
    Call{"ec2", "DescribeSubnets", "Subnets", &kTokens},
    Call{"ec2", "DescribeRouteTables", "RouteTables", &kHundreds},
    Call{"ec2", "DescribeNetworkAcls", "NetworkAcls", &kTokens},
    Call{"ec2", "DescribeSecurityGroups", "SecurityGroups", &kTokens},
    Call{"ec2", "DescribeSecurityGroupRules", "SecurityGroupRules", &kTokens},
    Call{"ec2", "DescribeSecurityGroupVpcAssociations", "SecurityGroupVpcAssociations", &kTokens},
    Call{"ec2", "DescribeNetworkInterfaces", "NetworkInterfaces", &kTokens},
    Call{"ec2", "DescribeInstances", "Reservations", &kTokens},
    Call{"ec2", "DescribeAddresses", "Addresses"},
    Call{"ec2", "DescribeInternetGateways", "InternetGateways", &kTokens},
    Call{"ec2", "DescribeEgressOnlyInternetGateways", "EgressOnlyInternetGateways", &kHundreds},
    Call{"ec2", "DescribeNatGateways", "NatGateways", &kTokens},
    Call{"ec2", "DescribeVpcPeeringConnections", "VpcPeeringConnections", &kTokens},
    Call{"ec2", "DescribeTransitGateways", "TransitGateways", &kTokens},
    Call{"ec2", "DescribeTransitGatewayAttachments", "TransitGatewayAttachments", &kTokens},
    Call{"ec2", "DescribeTransitGatewayVpcAttachments", "TransitGatewayVpcAttachments", &kTokens},
    Call{"ec2", "DescribeTransitGatewayPeeringAttachments", "TransitGatewayPeeringAttachments", &kTokens},
    Call{"ec2", "DescribeTransitGatewayRouteTables", "TransitGatewayRouteTables", &kTokens},
    Call{"ec2", "SearchTransitGatewayRoutes", "Routes", &kOptionalTokens, "Filter.1.Name=state&Filter.1.Value.1=active&Filter.1.Value.2=blackhole&MaxResults=1000", &kEachRouteTable},
    Call{"ec2", "GetTransitGatewayRouteTableAssociations", "Associations", &kTokens, "", &kEachRouteTable},
    Call{"ec2", "GetTransitGatewayRouteTablePropagations", "TransitGatewayRouteTablePropagations", &kTokens, "", &kEachRouteTable},
    Call{"ec2", "GetTransitGatewayPrefixListReferences", "TransitGatewayPrefixListReferences", &kTokens, "", &kEachRouteTable},
    Call{"ec2", "DescribeVpnGateways", "VpnGateways"},
    Call{"ec2", "DescribeVpnConnections", "VpnConnections"},
    Call{"ec2", "DescribeVpcEndpoints", "VpcEndpoints", &kTokens},
    Call{"ec2", "DescribeVpcEndpointServiceConfigurations", "ServiceConfigurations", &kTokens},
    Call{"ec2", "DescribeManagedPrefixLists", "PrefixLists", &kHundreds},
    Call{"ec2", "GetManagedPrefixListEntries", "Entries", &kHundreds, "", &kEachPrefixList},
    Call{"ec2", "DescribeVpcBlockPublicAccessOptions", "VpcBlockPublicAccessOptions"},
    Call{"ec2", "DescribeVpcBlockPublicAccessExclusions", "VpcBlockPublicAccessExclusions", &kOptionalTokens},
    Call{"ec2", "DescribeFlowLogs", "FlowLogs", &kTokens},
    Call{"ec2", "DescribeLaunchTemplates", "LaunchTemplates", &kHundreds},
    Call{"ec2", "DescribeLaunchTemplateVersions", "LaunchTemplateVersions", &kOptionalTokens, "LaunchTemplateVersion.1=$Latest&LaunchTemplateVersion.2=$Default"},
    Call{"ec2", "DescribeClientVpnEndpoints", "ClientVpnEndpoints", &kTokens},
    Call{"ec2", "DescribeClientVpnAuthorizationRules", "AuthorizationRules", &kTokens, "", &kEachClientVpn},
    Call{"ec2", "DescribeSpotFleetRequests", "SpotFleetRequestConfigs", &kTokens},
    Call{"ec2", "DescribeInstanceConnectEndpoints", "InstanceConnectEndpoints", &kFifties},
    Call{"ec2", "DescribeVerifiedAccessEndpoints", "VerifiedAccessEndpoints", &kTokens},
    Call{"ec2", "GetInstanceMetadataDefaults", ""},
    Call{"autoscaling", "DescribeAutoScalingGroups", "AutoScalingGroups", &kRecordTokens},
    Call{"autoscaling", "DescribeLaunchConfigurations", "LaunchConfigurations", &kRecordTokens},
    Call{"elb", "DescribeLoadBalancers", "LoadBalancerDescriptions", &kMarkers},
    Call{"elb", "DescribeLoadBalancerAttributes", "", nullptr, "", &kEachClassic},
    Call{"elbv2", "DescribeLoadBalancers", "LoadBalancers", &kMarkers},
    Call{"elbv2", "DescribeLoadBalancerAttributes", "Attributes", nullptr, "", &kEachBalancer},
    Call{"elbv2", "DescribeListeners", "Listeners", &kMarkers, "", &kEachBalancer},
    Call{"elbv2", "DescribeRules", "Rules", &kMarkers, "", &kEachListener},
    Call{"elbv2", "DescribeTargetGroups", "TargetGroups", &kMarkers},
    Call{"elbv2", "DescribeTargetGroupAttributes", "Attributes", nullptr, "", &kEachTargetGroup},
    Call{"elbv2", "DescribeTargetHealth", "TargetHealthDescriptions", nullptr, "", &kEachTargetGroup},
    Call{"rds", "DescribeDBInstances", "DBInstances", &kRecords},
    Call{"rds", "DescribeDBClusters", "DBClusters", &kRecords},
    Call{"rds", "DescribeDBProxies", "DBProxies", &kRecords},
    Call{"lambda", "ListFunctions", "Functions", &kFunctions, "", nullptr, "/2015-03-31/functions"},
    Call{"ecs", "ListClusters", "clusterArns", &kSmallTokens},
    Call{"ecs", "DescribeClusters", "clusters", nullptr, "", &kEachTaskCluster},
    Call{"ecs", "ListServices", "serviceArns", &kSmallTokens, "", &kEachServiceCluster},
    Call{"ecs", "DescribeServices", "services", nullptr, "", &kEachService},
    Call{"eks", "ListClusters", "clusters", &kSmallTokens, "", nullptr, "/clusters"},
    Call{"eks", "DescribeCluster", "", nullptr, "", &kEachCluster, "/clusters/{}"},
    Call{"eks", "ListNodegroups", "nodegroups", &kSmallTokens, "", &kEachNodegroupCluster, "/clusters/{}/node-groups"},
    Call{"eks", "DescribeNodegroup", "", nullptr, "", &kEachNodegroup, "/clusters/{parent}/node-groups/{}"},
    Call{"elasticache", "DescribeCacheClusters", "CacheClusters", &kRecords},
    Call{"elasticache", "DescribeServerlessCaches", "ServerlessCaches", &kOptionalTokens},
    Call{"redshift", "DescribeClusters", "Clusters", &kRecords},
    Call{"memorydb", "DescribeClusters", "Clusters", &kHundreds},
    Call{"dax", "DescribeClusters", "Clusters", &kHundreds},
    Call{"dms", "DescribeReplicationInstances", "ReplicationInstances", &kRecords},
    Call{"kafka", "ListClustersV2", "ClusterInfoList", &kRestTokens, "", nullptr, "/api/v2/clusters"},
    Call{"mq", "ListBrokers", "BrokerSummaries", &kRestTokens, "", nullptr, "/v1/brokers"},
    Call{"mq", "DescribeBroker", "", nullptr, "", &kEachBroker, "/v1/brokers/{}"},
    Call{"glue", "GetConnections", "ConnectionList", &kHundreds, "HidePassword=true"},
    Call{"sagemaker", "ListNotebookInstances", "NotebookInstances", &kHundreds},
    Call{"sagemaker", "DescribeNotebookInstance", "", nullptr, "", &kEachNotebook},
    Call{"sagemaker", "ListDomains", "Domains", &kHundreds},
    Call{"sagemaker", "DescribeDomain", "", nullptr, "", &kEachStudioDomain},
    Call{"transfer", "ListServers", "Servers", &kHundreds},
    Call{"transfer", "DescribeServer", "", nullptr, "", &kEachServer},
    Call{"codebuild", "ListProjects", "projects", &kOptionalSmallTokens},
    Call{"codebuild", "BatchGetProjects", "projects", nullptr, "", &kEachProject},
    Call{"ds", "DescribeDirectories", "DirectoryDescriptions", &kOptionalTokens},
    Call{"amp", "ListScrapers", "scrapers", &kSmallTokens, "", nullptr, "/scrapers"},
    Call{"apprunner", "ListVpcConnectors", "VpcConnectors", &kHundreds},
    Call{"appstream", "DescribeFleets", "Fleets", &kOptionalTokens},
    Call{"appstream", "DescribeImageBuilders", "ImageBuilders", &kOptionalTokens},
    Call{"batch", "DescribeComputeEnvironments", "computeEnvironments", &kSmallTokens, "", nullptr, "POST /v1/describecomputeenvironments"},
    Call{"cloudhsmv2", "DescribeClusters", "Clusters", &kTwentyFives},
    Call{"emr", "ListClusters", "Clusters", &kOptionalMarkers, R"(ClusterStates{}=["STARTING","BOOTSTRAPPING","RUNNING","WAITING"])"},
    Call{"emr", "DescribeCluster", "", nullptr, "", &kEachEmrCluster},
    Call{"emr-serverless", "ListApplications", "applications", &kSmallFifties, "", nullptr, "/applications"},
    Call{"emr-serverless", "GetApplication", "", nullptr, "", &kEachEmrApplication, "/applications/{}"},
    Call{"evs", "ListEnvironments", "environmentSummaries", &kSmallTokens},
    Call{"evs", "GetEnvironment", "", nullptr, "", &kEachVmware},
    Call{"firehose", "ListDeliveryStreams", "DeliveryStreamNames", &kStreams},
    Call{"firehose", "DescribeDeliveryStream", "", nullptr, "", &kEachStream},
    Call{"grafana", "ListWorkspaces", "workspaces", &kSmallTokens, "", nullptr, "/workspaces"},
    Call{"grafana", "DescribeWorkspace", "", nullptr, "", &kEachGrafana, "/workspaces/{}"},
    Call{"imagebuilder", "ListInfrastructureConfigurations", "infrastructureConfigurationSummaryList", &kSmallTwentyFives, "", nullptr, "POST /ListInfrastructureConfigurations"},
    Call{"imagebuilder", "GetInfrastructureConfiguration", "", nullptr, "", &kEachInfrastructure, "/GetInfrastructureConfiguration"},
    Call{"kafkaconnect", "ListConnectors", "connectors", &kSmallTokens, "", nullptr, "/v1/connectors"},
    Call{"kinesisanalyticsv2", "ListApplications", "ApplicationSummaries", &kFiftyLimited},
    Call{"kinesisanalyticsv2", "DescribeApplication", "", nullptr, "", &kEachFlinkApplication},
    Call{"m2", "ListEnvironments", "environments", &kSmallTokens, "", nullptr, "/environments"},
    Call{"m2", "GetEnvironment", "", nullptr, "", &kEachMainframe, "/environments/{}"},
    Call{"mwaa", "ListEnvironments", "Environments", &kTwentyFives, "", nullptr, "/environments"},
    Call{"mwaa", "GetEnvironment", "", nullptr, "", &kEachAirflow, "/environments/{}"},
    Call{"opensearchserverless", "ListVpcEndpoints", "vpcEndpointSummaries", &kSmallTokens},
    Call{"opensearchserverless", "BatchGetVpcEndpoint", "vpcEndpointDetails", nullptr, "", &kEachSearchEndpoint},
    Call{"osis", "ListPipelines", "Pipelines", &kRestTokens, "", nullptr, "/2022-01-01/osis/listPipelines"},
    Call{"osis", "GetPipeline", "", nullptr, "", &kEachPipeline, "/2022-01-01/osis/getPipeline/{}"},
    Call{"pcs", "ListClusters", "clusters", &kSmallTokens},
    Call{"pcs", "GetCluster", "", nullptr, "", &kEachPcsCluster},
    Call{"pipes", "ListPipes", "Pipes", &kEventRules, "", nullptr, "/v1/pipes"},
    Call{"pipes", "DescribePipe", "", nullptr, "", &kEachPipe, "/v1/pipes/{}"},
    Call{"redshift-serverless", "ListWorkgroups", "workgroups", &kSmallTokens},
    Call{"route53resolver", "ListResolverEndpoints", "ResolverEndpoints", &kHundreds},
    Call{"scheduler", "ListScheduleGroups", "ScheduleGroups", &kHundreds, "", nullptr, "/schedule-groups"},
    Call{"scheduler", "ListSchedules", "Schedules", &kHundreds, "", &kEachScheduleGroup, "/schedules"},
    Call{"scheduler", "GetSchedule", "", nullptr, "", &kEachSchedule, "/schedules/{}"},
    Call{"synthetics", "DescribeCanaries", "Canaries", &kTwenties, "", nullptr, "POST /canaries"},
    Call{"timestream-influxdb", "ListDbInstances", "items", &kSmallTokens},
    Call{"timestream-influxdb", "GetDbInstance", "", nullptr, "", &kEachInflux},
    Call{"vpc-lattice", "ListResourceGateways", "items", &kSmallTokens, "", nullptr, "/resourcegateways"},
    Call{"vpc-lattice", "ListServiceNetworks", "items", &kSmallTokens, "", nullptr, "/servicenetworks"},
    Call{"vpc-lattice", "ListServiceNetworkVpcAssociations", "items", &kSmallTokens, "", &kEachServiceNetwork, "/servicenetworkvpcassociations"},
    Call{"vpc-lattice", "GetServiceNetworkVpcAssociation", "", nullptr, "", &kEachNetworkAssociation, "/servicenetworkvpcassociations/{}"},
    Call{"workspaces", "DescribeWorkspaceDirectories", "Directories", &kOptionalTokens},
    Call{"efs", "DescribeFileSystems", "FileSystems", &kFileSystems, "", nullptr, "/2015-02-01/file-systems"},
    Call{"efs", "DescribeMountTargets", "MountTargets", &kFileSystems, "", &kEachFileSystem, "/2015-02-01/mount-targets"},
    Call{"efs", "DescribeMountTargetSecurityGroups", "SecurityGroups", nullptr, "", &kEachMountTarget, "/2015-02-01/mount-targets/{}/security-groups"},
    Call{"opensearch", "ListDomainNames", "DomainNames", nullptr, "", nullptr, "/2021-01-01/domain"},
    Call{"opensearch", "DescribeDomain", "", nullptr, "", &kEachDomain, "/2021-01-01/opensearch/domain/{}"},
    Call{"network-firewall", "ListFirewalls", "Firewalls", &kHundreds},
    Call{"network-firewall", "DescribeFirewall", "", nullptr, "", &kEachFirewall},
    Call{"network-firewall", "ListFirewallPolicies", "FirewallPolicies", &kHundreds},
    Call{"network-firewall", "DescribeFirewallPolicy", "", nullptr, "", &kEachPolicy},
    Call{"network-firewall", "ListRuleGroups", "RuleGroups", &kHundreds},
    Call{"network-firewall", "DescribeRuleGroup", "", nullptr, "", &kEachRuleGroup},
    Call{"cloudtrail", "DescribeTrails", "trailList"},
    Call{"cloudtrail", "GetTrailStatus", "", nullptr, "", &kEachTrail},
    Call{"cloudtrail", "GetEventSelectors", "", nullptr, "", &kEachSelectedTrail},
    // SOURCE: CloudTrail API Reference, LookupEvents: "limited to two per second, per account, per Region".
    Call{"cloudtrail", "LookupEvents", "Events", nullptr, R"(LookupAttributes{}=[{"AttributeKey":"ReadOnly","AttributeValue":"false"}])", nullptr, "", Asked::OnDemand, 2},
    Call{"logs", "DescribeMetricFilters", "metricFilters", &kSmallLimited},
    Call{"cloudwatch", "DescribeAlarms", "CompositeAlarms MetricAlarms", &kRecordTokens},
    Call{"sns", "ListSubscriptions", "Subscriptions", &kOptionalTokens},
    Call{"events", "ListRules", "Rules", &kEventRules},
    Call{"events", "ListTargetsByRule", "Targets", &kEventRules, "", &kEachRule},
    Call{"wafv2", "ListWebACLs", "WebACLs", &kLimited, "Scope=REGIONAL"},
    Call{"wafv2", "ListResourcesForWebACL", "ResourceArns", nullptr, "ResourceType=APPLICATION_LOAD_BALANCER", &kEachWebAcl},
    Call{"iam", "GetAccountAuthorizationDetails", "UserDetailList GroupDetailList RoleDetailList Policies", &kItems, "", nullptr, "", Asked::Once},
    Call{"organizations", "ListAccounts", "Accounts", &kOptionalTokens, "", nullptr, "", Asked::OnDemand},
    Call{"organizations", "DescribeOrganization", "", nullptr, "", nullptr, "", Asked::OnDemand},
    Call{"organizations", "ListRoots", "Roots", &kOptionalTokens, "", nullptr, "", Asked::OnDemand},
    Call{"organizations", "ListOrganizationalUnitsForParent", "OrganizationalUnits", &kOptionalTokens, "", nullptr, "", Asked::OnDemand},
    Call{"organizations", "ListAccountsForParent", "Accounts", &kOptionalTokens, "", nullptr, "", Asked::OnDemand},
    Call{"organizations", "ListPolicies", "Policies", &kOptionalTokens, "", nullptr, "", Asked::OnDemand},
    Call{"organizations", "ListTargetsForPolicy", "Targets", &kOptionalTokens, "", nullptr, "", Asked::OnDemand},
    Call{"organizations", "DescribePolicy", "", nullptr, "", nullptr, "", Asked::OnDemand},
    Call{"organizations", "DescribeResourcePolicy", "", nullptr, "", nullptr, "", Asked::OnDemand},
};

constexpr std::array kCredentialCalls = {
    Call{"sts", "AssumeRole", ""},
    Call{"sts", "AssumeRoleWithWebIdentity", ""},
};
// clang-format on

/// `DescribeDBInstances` becomes `describe-db-instances`, `ListWebACLs` `list-web-acls`.
std::string with_hyphens(std::string_view action) {
  // The `s` of several capitals belongs to them.
  const auto is_capital = [&](std::size_t i) { return action[i] >= 'A' && action[i] <= 'Z'; };
  const auto is_upper = [&](std::size_t i) {
    return is_capital(i) || (i + 1 == action.size() && action[i] == 's' && i > 1 &&
                             is_capital(i - 1) && is_capital(i - 2));
  };
  std::string out;
  for (std::size_t i = 0; i < action.size(); ++i) {
    const bool begins_word =
        i > 0 && is_upper(i) && (!is_upper(i - 1) || (i + 1 < action.size() && !is_upper(i + 1)));
    out += begins_word ? "-" : "";
    out += is_capital(i) ? static_cast<char>(action[i] - 'A' + 'a') : action[i];
  }
  return out;
}

std::string stem_of(const Call& call) {
  return fmt::format("{}-{}", call.service, with_hyphens(call.action));
}

std::map<std::string, const Call*, std::less<>> calls_by_stem() {
  std::map<std::string, const Call*, std::less<>> calls;
  for (const Call& call : kCalls) {
    calls.emplace(stem_of(call), &call);
  }
  return calls;
}

}  // namespace

std::span<const Call> all_calls() { return kCalls; }

bool is_in_table(const Call& call) {
  const auto holds = [&](const auto& table) {
    return std::any_of(table.begin(), table.end(),
                       [&](const Call& each) { return &each == &call; });
  };
  return holds(kCalls) || holds(kCredentialCalls);
}

const Call& assume_role_call() { return kCredentialCalls[0]; }
const Call& web_identity_call() { return kCredentialCalls[1]; }

const Call* find_call(std::string_view service, std::string_view action) {
  const auto* const found = std::find_if(kCalls.begin(), kCalls.end(), [&](const Call& each) {
    return each.service == service && each.action == action;
  });
  return found == kCalls.end() ? nullptr : found;
}

std::string command_of(const Call& call) {
  return fmt::format("{} {}", call.service, with_hyphens(call.action));
}

std::string file_of(const Call& call) { return stem_of(call) + ".json"; }

const Call* call_of_file(std::string_view path) {
  static const std::map<std::string, const Call*, std::less<>> calls = calls_by_stem();
  std::string_view stem = path.substr(path.rfind('/') + 1);
  stem = stem.substr(0, stem.find(".json"));
  auto found = calls.find(stem);
  while (found == calls.end() && stem.rfind('-') != std::string_view::npos) {
    stem = stem.substr(0, stem.rfind('-'));
    found = calls.find(stem);
  }
  return found == calls.end() ? nullptr : found->second;
}

std::string permission_of(const Call& call) {
  return fmt::format("{}:{}", find_service(call.service)->iam, call.action);
}

std::string policy_json() {
  std::set<std::string> permissions;
  for (const Call& call : kCalls) {
    // SOURCE: IAM User Guide, GetCallerIdentity: "No permissions are required".
    if (call.service != "sts") {
      permissions.insert(permission_of(call));
    }
  }
  return fmt::format(
      "{{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {{\n      \"Sid\": "
      "\"PortolanCollect\",\n      \"Effect\": \"Allow\",\n      \"Action\": [\n        \"{}\"\n  "
      "    ],\n      \"Resource\": \"*\"\n    }}\n  ]\n}}\n",
      fmt::join(permissions, "\",\n        \""));
}

}  // namespace portolan::collect::aws
