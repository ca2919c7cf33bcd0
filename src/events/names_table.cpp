// Written by tools/event-names.py from the public API model, botocore 0e6e2404b85d.
#include "events/names_table.h"

namespace portolan::events {

// clang-format off
const std::array<NameGroup, kNameGroups> kNameTable = {
    NameGroup{"agent-registry.amazonaws.com", EventClass::AttachOther,
        "CreateRegistry UpdateRegistry"},
    NameGroup{"aidevops.amazonaws.com", EventClass::AttachOther,
        "CreatePrivateConnection"},
    NameGroup{"airflow-serverless.amazonaws.com", EventClass::AttachOther,
        "CreateWorkflow UpdateWorkflow"},
    NameGroup{"airflow.amazonaws.com", EventClass::AttachOther,
        "CreateEnvironment UpdateEnvironment"},
    NameGroup{"amazonmq.amazonaws.com", EventClass::Stream,
        "CreateBroker DeleteBroker UpdateBroker"},
    NameGroup{"aoss.amazonaws.com", EventClass::Db,
        "CreateSecurityPolicy CreateVpcEndpoint DeleteSecurityPolicy DeleteVpcEndpoint "
        "UpdateSecurityPolicy UpdateVpcEndpoint"},
    NameGroup{"apigateway.amazonaws.com", EventClass::Edge,
        "CreateApi CreateDeployment CreateRestApi CreateVpcLink PutRestApi UpdateApi "
        "UpdateRestApi UpdateVpcLink"},
    NameGroup{"apprunner.amazonaws.com", EventClass::Compute,
        "CreateService CreateVpcConnector CreateVpcIngressConnection UpdateService "
        "UpdateVpcIngressConnection"},
    NameGroup{"appstream.amazonaws.com", EventClass::AttachOther,
        "CreateAppBlockBuilder CreateFleet CreateImageBuilder UpdateAppBlockBuilder "
        "UpdateFleet"},
    NameGroup{"aps.amazonaws.com", EventClass::AttachOther,
        "CreateScraper"},
    NameGroup{"autoscaling.amazonaws.com", EventClass::Compute,
        "AttachInstances AttachLoadBalancerTargetGroups AttachLoadBalancers "
        "CreateAutoScalingGroup CreateLaunchConfiguration DeleteLaunchConfiguration "
        "StartInstanceRefresh UpdateAutoScalingGroup"},
    NameGroup{"batch.amazonaws.com", EventClass::Compute,
        "CreateComputeEnvironment RegisterJobDefinition UpdateComputeEnvironment"},
    NameGroup{"bedrock-agentcore.amazonaws.com", EventClass::AttachOther,
        "CreateAgentRuntime CreateBrowser CreateCapacityProvider CreateCodeInterpreter "
        "CreateGateway CreateGatewayTarget CreateHarness CreateOauth2CredentialProvider "
        "CreatePaymentManager CreateRegistry UpdateAgentRuntime UpdateGateway "
        "UpdateGatewayTarget UpdateHarness UpdateOauth2CredentialProvider "
        "UpdatePaymentManager UpdateRegistry"},
    NameGroup{"bedrock.amazonaws.com", EventClass::AttachOther,
        "CreateMarketplaceModelEndpoint CreateModelCustomizationJob CreateModelImportJob "
        "CreateModelInvocationJob UpdateMarketplaceModelEndpoint"},
    NameGroup{"cloudfront.amazonaws.com", EventClass::Edge,
        "CreateAnycastIpList CreateDistribution CreateVpcOrigin UpdateDistribution "
        "UpdateVpcOrigin"},
    NameGroup{"cloudtrail.amazonaws.com", EventClass::Logging,
        "DeleteTrail PutEventSelectors StopLogging UpdateTrail"},
    NameGroup{"codebuild.amazonaws.com", EventClass::Compute,
        "CreateFleet CreateProject UpdateFleet UpdateProject UpdateProjectVisibility"},
    NameGroup{"codeconnections.amazonaws.com", EventClass::AttachOther,
        "CreateHost UpdateHost"},
    NameGroup{"comprehend.amazonaws.com", EventClass::AttachOther,
        "CreateDocumentClassifier CreateEntityRecognizer CreateFlywheel "
        "StartDocumentClassificationJob StartDominantLanguageDetectionJob "
        "StartEntitiesDetectionJob StartKeyPhrasesDetectionJob StartSentimentDetectionJob "
        "StartTargetedSentimentDetectionJob StartTopicsDetectionJob UpdateFlywheel"},
    NameGroup{"datasync.amazonaws.com", EventClass::AttachOther,
        "CreateAgent CreateLocationEfs CreateLocationFsxLustre CreateLocationFsxOntap "
        "CreateLocationFsxOpenZfs CreateLocationFsxWindows"},
    NameGroup{"datazone.amazonaws.com", EventClass::AttachOther,
        "CreateConnection StartNotebookRun UpdateConnection"},
    NameGroup{"dax.amazonaws.com", EventClass::Db,
        "CreateCluster DeleteCluster UpdateCluster"},
    NameGroup{"deadline.amazonaws.com", EventClass::AttachOther,
        "CreateLicenseEndpoint"},
    NameGroup{"devicefarm.amazonaws.com", EventClass::AttachOther,
        "CreateProject CreateTestGridProject UpdateProject UpdateTestGridProject"},
    NameGroup{"directconnect.amazonaws.com", EventClass::Gateway,
        "AcceptDirectConnectGatewayAssociationProposal AllocatePublicVirtualInterface "
        "ConfirmPublicVirtualInterface CreateDirectConnectGatewayAssociation "
        "CreatePrivateVirtualInterface CreatePublicVirtualInterface "
        "CreateTransitVirtualInterface DeleteDirectConnectGatewayAssociation "
        "UpdateDirectConnectGatewayAssociation"},
    NameGroup{"dms.amazonaws.com", EventClass::Db,
        "CreateInstanceProfile CreateReplicationConfig CreateReplicationInstance "
        "ModifyInstanceProfile ModifyReplicationConfig ModifyReplicationInstance"},
    NameGroup{"docdb-elastic.amazonaws.com", EventClass::Db,
        "CreateCluster DeleteCluster RestoreClusterFromSnapshot UpdateCluster"},
    NameGroup{"drs.amazonaws.com", EventClass::AttachOther,
        "CreateReplicationConfigurationTemplate UpdateReplicationConfiguration "
        "UpdateReplicationConfigurationTemplate"},
    NameGroup{"ds.amazonaws.com", EventClass::AttachOther,
        "StartADAssessment"},
    NameGroup{"ds.amazonaws.com", EventClass::Dir,
        "AddIpRoutes RemoveIpRoutes"},
    NameGroup{"ec2.amazonaws.com", EventClass::ClientAccess,
        "ApplySecurityGroupsToClientVpnTargetNetwork AssociateClientVpnTargetNetwork "
        "AttachVerifiedAccessTrustProvider AuthorizeClientVpnIngress CreateClientVpnEndpoint "
        "CreateClientVpnRoute CreateVerifiedAccessEndpoint CreateVerifiedAccessGroup "
        "CreateVerifiedAccessInstance CreateVerifiedAccessTrustProvider "
        "DeleteClientVpnEndpoint DeleteClientVpnRoute DeleteVerifiedAccessEndpoint "
        "DeleteVerifiedAccessGroup DeleteVerifiedAccessInstance "
        "DeleteVerifiedAccessTrustProvider DetachVerifiedAccessTrustProvider "
        "DisassociateClientVpnTargetNetwork ModifyClientVpnEndpoint "
        "ModifyVerifiedAccessEndpoint ModifyVerifiedAccessEndpointPolicy "
        "ModifyVerifiedAccessGroup ModifyVerifiedAccessGroupPolicy "
        "ModifyVerifiedAccessInstance ModifyVerifiedAccessTrustProvider "
        "RevokeClientVpnIngress"},
    NameGroup{"ec2.amazonaws.com", EventClass::Endpoint,
        "AcceptVpcEndpointConnections CreateVpcEndpoint CreateVpcEndpointServiceConfiguration "
        "DeleteVpcEndpointServiceConfigurations DeleteVpcEndpoints ModifyVpcEndpoint "
        "ModifyVpcEndpointServiceConfiguration ModifyVpcEndpointServicePermissions "
        "RejectVpcEndpointConnections"},
    NameGroup{"ec2.amazonaws.com", EventClass::Gateway,
        "AssignPrivateNatGatewayAddress AssociateNatGatewayAddress AttachInternetGateway "
        "AttachVpnGateway CreateCarrierGateway CreateCustomerGateway "
        "CreateEgressOnlyInternetGateway CreateInternetGateway CreateNatGateway "
        "CreateVpnConcentrator CreateVpnConnection CreateVpnConnectionRoute CreateVpnGateway "
        "DeleteCarrierGateway DeleteCustomerGateway DeleteEgressOnlyInternetGateway "
        "DeleteInternetGateway DeleteNatGateway DeleteVpnConcentrator DeleteVpnConnection "
        "DeleteVpnConnectionRoute DeleteVpnGateway DetachInternetGateway DetachVpnGateway "
        "DisassociateNatGatewayAddress ModifyVpnConnection ModifyVpnConnectionOptions "
        "ModifyVpnTunnelCertificate ModifyVpnTunnelOptions ReplaceVpnTunnel "
        "UnassignPrivateNatGatewayAddress"},
    NameGroup{"ec2.amazonaws.com", EventClass::Nacl,
        "CreateNetworkAcl CreateNetworkAclEntry DeleteNetworkAcl DeleteNetworkAclEntry "
        "ReplaceNetworkAclAssociation ReplaceNetworkAclEntry"},
    NameGroup{"ec2.amazonaws.com", EventClass::Peering,
        "AcceptVpcPeeringConnection CreateVpcPeeringConnection DeleteVpcPeeringConnection "
        "ModifyVpcPeeringConnectionOptions RejectVpcPeeringConnection"},
    NameGroup{"ec2.amazonaws.com", EventClass::PrefixList,
        "CreateIpamPrefixListResolver CreateIpamPrefixListResolverTarget "
        "CreateManagedPrefixList DeleteIpamPrefixListResolver "
        "DeleteIpamPrefixListResolverTarget DeleteManagedPrefixList "
        "ModifyIpamPrefixListResolver ModifyIpamPrefixListResolverTarget "
        "ModifyManagedPrefixList RestoreManagedPrefixListVersion"},
    NameGroup{"ec2.amazonaws.com", EventClass::PublicAddr,
        "AcceptAddressTransfer AdvertiseByoipCidr AllocateAddress AssignIpv6Addresses "
        "AssignPrivateIpAddresses AssociateAddress CreatePublicIpv4Pool DeletePublicIpv4Pool "
        "DeprovisionByoipCidr DeprovisionPublicIpv4PoolCidr DisableAddressTransfer "
        "DisassociateAddress EnableAddressTransfer ModifyPublicIpDnsNameOptions "
        "MoveAddressToVpc MoveByoipCidrToIpam ProvisionByoipCidr ProvisionPublicIpv4PoolCidr "
        "ReleaseAddress RestoreAddressToClassic UnassignIpv6Addresses "
        "UnassignPrivateIpAddresses WithdrawByoipCidr"},
    NameGroup{"ec2.amazonaws.com", EventClass::Route,
        "AssociateRouteServer AssociateRouteTable CreateLocalGatewayRoute "
        "CreateLocalGatewayRouteTable "
        "CreateLocalGatewayRouteTableVirtualInterfaceGroupAssociation "
        "CreateLocalGatewayRouteTableVpcAssociation CreateRoute CreateRouteServer "
        "CreateRouteServerEndpoint CreateRouteServerPeer CreateRouteTable "
        "DeleteLocalGatewayRoute DeleteLocalGatewayRouteTable "
        "DeleteLocalGatewayRouteTableVirtualInterfaceGroupAssociation "
        "DeleteLocalGatewayRouteTableVpcAssociation DeleteRoute DeleteRouteServer "
        "DeleteRouteServerEndpoint DeleteRouteServerPeer DeleteRouteTable "
        "DisableRouteServerPropagation DisableVgwRoutePropagation DisassociateRouteServer "
        "DisassociateRouteTable EnableRouteServerPropagation EnableVgwRoutePropagation "
        "ModifyLocalGatewayRoute ModifyRouteServer ReplaceRoute ReplaceRouteTableAssociation"},
    NameGroup{"ec2.amazonaws.com", EventClass::SgAttach,
        "AssociateTrunkInterface AttachNetworkInterface CreateFleet "
        "CreateInstanceConnectEndpoint CreateLaunchTemplate CreateLaunchTemplateVersion "
        "CreateNetworkInterface CreateNetworkInterfacePermission "
        "DeleteInstanceConnectEndpoint DeleteLaunchTemplate DeleteLaunchTemplateVersions "
        "DeleteNetworkInterface DeleteNetworkInterfacePermission DetachNetworkInterface "
        "DisassociateTrunkInterface ModifyFleet ModifyInstanceAttribute "
        "ModifyInstanceConnectEndpoint ModifyLaunchTemplate ModifyNetworkInterfaceAttribute "
        "ModifySpotFleetRequest RequestSpotFleet RequestSpotInstances ResetInstanceAttribute "
        "ResetNetworkInterfaceAttribute RunInstances RunScheduledInstances StartInstances "
        "StopInstances TerminateInstances"},
    NameGroup{"ec2.amazonaws.com", EventClass::SgLife,
        "AssociateSecurityGroupVpc CreateSecurityGroup DeleteSecurityGroup "
        "DisassociateSecurityGroupVpc"},
    NameGroup{"ec2.amazonaws.com", EventClass::SgRule,
        "AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress ModifySecurityGroupRules "
        "RevokeSecurityGroupEgress RevokeSecurityGroupIngress "
        "UpdateSecurityGroupRuleDescriptionsEgress UpdateSecurityGroupRuleDescriptionsIngress"},
    NameGroup{"ec2.amazonaws.com", EventClass::Tgw,
        "AcceptTransitGatewayClientVpnAttachment "
        "AcceptTransitGatewayMulticastDomainAssociations "
        "AcceptTransitGatewayPeeringAttachment AcceptTransitGatewayVpcAttachment "
        "AssociateTransitGatewayMulticastDomain AssociateTransitGatewayPolicyTable "
        "AssociateTransitGatewayRouteTable CreateTransitGateway CreateTransitGatewayConnect "
        "CreateTransitGatewayConnectPeer CreateTransitGatewayMulticastDomain "
        "CreateTransitGatewayPeeringAttachment CreateTransitGatewayPolicyTable "
        "CreateTransitGatewayPolicyTableEntry CreateTransitGatewayPrefixListReference "
        "CreateTransitGatewayRoute CreateTransitGatewayRouteTable "
        "CreateTransitGatewayRouteTableAnnouncement CreateTransitGatewayVpcAttachment "
        "DeleteTransitGateway DeleteTransitGatewayClientVpnAttachment "
        "DeleteTransitGatewayConnect DeleteTransitGatewayConnectPeer "
        "DeleteTransitGatewayMulticastDomain DeleteTransitGatewayPeeringAttachment "
        "DeleteTransitGatewayPolicyTable DeleteTransitGatewayPolicyTableEntry "
        "DeleteTransitGatewayPrefixListReference DeleteTransitGatewayRoute "
        "DeleteTransitGatewayRouteTable DeleteTransitGatewayRouteTableAnnouncement "
        "DeleteTransitGatewayVpcAttachment DisableTransitGatewayRouteTablePropagation "
        "DisassociateTransitGatewayMulticastDomain DisassociateTransitGatewayPolicyTable "
        "DisassociateTransitGatewayRouteTable EnableTransitGatewayRouteTablePropagation "
        "ModifyTransitGateway ModifyTransitGatewayPolicyTableEntry "
        "ModifyTransitGatewayPrefixListReference ModifyTransitGatewayVpcAttachment "
        "RejectTransitGatewayClientVpnAttachment "
        "RejectTransitGatewayMulticastDomainAssociations "
        "RejectTransitGatewayPeeringAttachment RejectTransitGatewayVpcAttachment "
        "ReplaceTransitGatewayRoute"},
    NameGroup{"ec2.amazonaws.com", EventClass::Visibility,
        "CreateFlowLogs CreateTrafficMirrorFilter CreateTrafficMirrorFilterRule "
        "CreateTrafficMirrorSession CreateTrafficMirrorTarget DeleteFlowLogs "
        "DeleteTrafficMirrorFilter DeleteTrafficMirrorFilterRule DeleteTrafficMirrorSession "
        "DeleteTrafficMirrorTarget ModifyTrafficMirrorFilterNetworkServices "
        "ModifyTrafficMirrorFilterRule ModifyTrafficMirrorSession"},
    NameGroup{"ec2.amazonaws.com", EventClass::VpcBpa,
        "CreateVpcBlockPublicAccessExclusion CreateVpcEncryptionControl "
        "DeleteVpcBlockPublicAccessExclusion DeleteVpcEncryptionControl "
        "ModifyAccountVpcEncryptionControl ModifyVpcBlockPublicAccessExclusion "
        "ModifyVpcBlockPublicAccessOptions ModifyVpcEncryptionControl"},
    NameGroup{"ec2.amazonaws.com", EventClass::VpcSubnet,
        "AssociateDhcpOptions AssociateSubnetCidrBlock AssociateVpcCidrBlock "
        "AttachClassicLinkVpc CreateDefaultSubnet CreateDefaultVpc CreateDhcpOptions "
        "CreateSecondaryNetwork CreateSecondarySubnet CreateSubnet "
        "CreateSubnetCidrReservation CreateVpc DeleteDhcpOptions DeleteSecondaryNetwork "
        "DeleteSecondarySubnet DeleteSubnet DeleteSubnetCidrReservation DeleteVpc "
        "DetachClassicLinkVpc DisableVpcClassicLink DisableVpcClassicLinkDnsSupport "
        "DisassociateSubnetCidrBlock DisassociateVpcCidrBlock EnableVpcClassicLink "
        "EnableVpcClassicLinkDnsSupport ModifySubnetAttribute ModifyVpcAttribute "
        "ModifyVpcTenancy"},
    NameGroup{"ecs.amazonaws.com", EventClass::Compute,
        "CreateCapacityProvider CreateExpressGatewayService CreateService CreateTaskSet "
        "DeleteService RegisterTaskDefinition RunTask StartTask UpdateCapacityProvider "
        "UpdateExpressGatewayService UpdateService UpdateTaskSet"},
    NameGroup{"eks.amazonaws.com", EventClass::Compute,
        "AssociateAccessPolicy CreateCluster CreateFargateProfile CreateNodegroup "
        "DeleteCluster UpdateClusterConfig UpdateNodegroupConfig"},
    NameGroup{"elasticache.amazonaws.com", EventClass::Db,
        "AuthorizeCacheSecurityGroupIngress CreateCacheCluster CreateCacheSecurityGroup "
        "CreateCacheSubnetGroup CreateReplicationGroup CreateServerlessCache "
        "DeleteCacheCluster DeleteCacheSecurityGroup DeleteReplicationGroup "
        "DeleteServerlessCache ModifyCacheCluster ModifyCacheSubnetGroup "
        "ModifyReplicationGroup ModifyServerlessCache RevokeCacheSecurityGroupIngress"},
    NameGroup{"elasticfilesystem.amazonaws.com", EventClass::Storage,
        "CreateMountTarget DeleteMountTarget ModifyMountTargetSecurityGroups "
        "PutFileSystemPolicy"},
    NameGroup{"elasticloadbalancing.amazonaws.com", EventClass::Lb,
        "ApplySecurityGroupsToLoadBalancer AttachLoadBalancerToSubnets CreateListener "
        "CreateLoadBalancer CreateLoadBalancerListeners CreateRule CreateTargetGroup "
        "DeleteListener DeleteLoadBalancer DeleteLoadBalancerListeners DeleteRule "
        "DeleteTargetGroup DeregisterInstancesFromLoadBalancer DeregisterTargets "
        "DetachLoadBalancerFromSubnets DisableAvailabilityZonesForLoadBalancer "
        "EnableAvailabilityZonesForLoadBalancer ModifyIpPools ModifyListener "
        "ModifyLoadBalancerAttributes ModifyRule ModifyTargetGroup "
        "RegisterInstancesWithLoadBalancer RegisterTargets SetIpAddressType SetRulePriorities "
        "SetSecurityGroups SetSubnets"},
    NameGroup{"elasticmapreduce.amazonaws.com", EventClass::AttachOther,
        "StartNotebookExecution"},
    NameGroup{"elasticmapreduce.amazonaws.com", EventClass::Compute,
        "CreateStudio PutBlockPublicAccessConfiguration RunJobFlow"},
    NameGroup{"emr-serverless.amazonaws.com", EventClass::Compute,
        "CreateApplication UpdateApplication"},
    NameGroup{"es.amazonaws.com", EventClass::Db,
        "AuthorizeVpcEndpointAccess CreateDomain CreateElasticsearchDomain CreateVpcEndpoint "
        "DeleteDomain DeleteVpcEndpoint RevokeVpcEndpointAccess UpdateDomainConfig "
        "UpdateElasticsearchDomainConfig UpdateVpcEndpoint"},
    NameGroup{"events.amazonaws.com", EventClass::AttachOther,
        "PutTargets"},
    NameGroup{"finspace.amazonaws.com", EventClass::AttachOther,
        "CreateKxCluster UpdateKxEnvironmentNetwork"},
    NameGroup{"firehose.amazonaws.com", EventClass::AttachOther,
        "CreateDeliveryStream"},
    NameGroup{"fms.amazonaws.com", EventClass::Firewall,
        "AssociateAdminAccount DeletePolicy DisassociateAdminAccount PutPolicy"},
    NameGroup{"fsx.amazonaws.com", EventClass::Storage,
        "CreateFileCache CreateFileSystem CreateFileSystemFromBackup UpdateFileSystem"},
    NameGroup{"gamelift.amazonaws.com", EventClass::Compute,
        "CreateContainerFleet CreateFleet UpdateContainerFleet UpdateFleetPortSettings"},
    NameGroup{"geo-routes.amazonaws.com", EventClass::AttachOther,
        "CalculateRoutes"},
    NameGroup{"globalaccelerator.amazonaws.com", EventClass::Edge,
        "AddEndpoints AdvertiseByoipCidr AllowCustomRoutingTraffic CreateAccelerator "
        "CreateCustomRoutingEndpointGroup CreateEndpointGroup CreateListener "
        "DenyCustomRoutingTraffic ProvisionByoipCidr RemoveEndpoints UpdateAccelerator "
        "UpdateEndpointGroup UpdateListener"},
    NameGroup{"glue.amazonaws.com", EventClass::Compute,
        "CreateConnection CreateDevEndpoint UpdateConnection UpdateDevEndpoint"},
    NameGroup{"grafana.amazonaws.com", EventClass::AttachOther,
        "CreateWorkspace UpdateWorkspace"},
    NameGroup{"imagebuilder.amazonaws.com", EventClass::AttachOther,
        "CreateInfrastructureConfiguration UpdateInfrastructureConfiguration"},
    NameGroup{"kafka.amazonaws.com", EventClass::Stream,
        "CreateCluster CreateClusterV2 CreateReplicator CreateVpcConnection "
        "DeleteVpcConnection PutClusterPolicy UpdateConnectivity"},
    NameGroup{"kafkaconnect.amazonaws.com", EventClass::AttachOther,
        "CreateConnector"},
    NameGroup{"kendra.amazonaws.com", EventClass::AttachOther,
        "CreateDataSource UpdateDataSource"},
    NameGroup{"kinesisanalytics.amazonaws.com", EventClass::AttachOther,
        "AddApplicationVpcConfiguration CreateApplication UpdateApplication"},
    NameGroup{"lambda.amazonaws.com", EventClass::AttachOther,
        "CreateNetworkConnector UpdateNetworkConnector"},
    NameGroup{"lambda.amazonaws.com", EventClass::Compute,
        "AddPermission20150331v2 CreateCapacityProvider CreateFunction20150331 "
        "CreateFunctionUrlConfig DeleteFunctionUrlConfig RemovePermission20150331v2 "
        "UpdateFunctionConfiguration20150331v2 UpdateFunctionUrlConfig"},
    NameGroup{"license-manager-user-subscriptions.amazonaws.com", EventClass::AttachOther,
        "RegisterIdentityProvider UpdateIdentityProviderSettings"},
    NameGroup{"lightsail.amazonaws.com", EventClass::AttachOther,
        "CreateRelationalDatabaseFromSnapshot"},
    NameGroup{"lightsail.amazonaws.com", EventClass::Compute,
        "AttachStaticIp CloseInstancePublicPorts CreateContainerServiceDeployment "
        "CreateInstances CreateRelationalDatabase DetachStaticIp OpenInstancePublicPorts "
        "PeerVpc PutInstancePublicPorts UnpeerVpc UpdateRelationalDatabase"},
    NameGroup{"m2.amazonaws.com", EventClass::AttachOther,
        "CreateEnvironment"},
    NameGroup{"mediaconnect.amazonaws.com", EventClass::AttachOther,
        "CreateGateway CreateRouterNetworkInterface UpdateRouterNetworkInterface"},
    NameGroup{"mediaconnect.amazonaws.com", EventClass::Media,
        "AddFlowOutputs AddFlowSources AddFlowVpcInterfaces CreateFlow UpdateFlowOutput "
        "UpdateFlowSource"},
    NameGroup{"mediaconvert.amazonaws.com", EventClass::AttachOther,
        "CreateJob CreateJobTemplate CreatePreset UpdateJobTemplate UpdatePreset"},
    NameGroup{"medialive.amazonaws.com", EventClass::AttachOther,
        "BatchDelete CreateChannel CreateInput CreateNetwork UpdateChannel UpdateInput "
        "UpdateNetwork"},
    NameGroup{"medialive.amazonaws.com", EventClass::Media,
        "CreateInputSecurityGroup DeleteInputSecurityGroup UpdateInputSecurityGroup"},
    NameGroup{"memorydb.amazonaws.com", EventClass::Db,
        "CreateCluster DeleteCluster UpdateCluster"},
    NameGroup{"mgn.amazonaws.com", EventClass::AttachOther,
        "CreateLaunchConfigurationTemplate CreateNetworkMigrationDefinition "
        "CreateReplicationConfigurationTemplate StartNetworkMigrationMapping "
        "StartNetworkMigrationMappingUpdate UpdateLaunchConfigurationTemplate "
        "UpdateNetworkMigrationDefinition UpdateReplicationConfiguration "
        "UpdateReplicationConfigurationTemplate"},
    NameGroup{"neptune-db.amazonaws.com", EventClass::AttachOther,
        "StartMLDataProcessingJob StartMLModelTrainingJob StartMLModelTransformJob"},
    NameGroup{"neptune-graph.amazonaws.com", EventClass::Db,
        "CreateGraph CreatePrivateGraphEndpoint DeletePrivateGraphEndpoint "
        "RestoreGraphFromSnapshot UpdateGraph"},
    NameGroup{"network-firewall.amazonaws.com", EventClass::Firewall,
        "AssociateFirewallPolicy AssociateSubnets CreateFirewall CreateFirewallPolicy "
        "CreateRuleGroup DeleteFirewall DeleteFirewallPolicy DeleteRuleGroup "
        "DisassociateSubnets UpdateFirewallDeleteProtection UpdateFirewallPolicy "
        "UpdateLoggingConfiguration UpdateRuleGroup UpdateSubnetChangeProtection"},
    NameGroup{"networkmanager.amazonaws.com", EventClass::Tgw,
        "AcceptAttachment CreateConnectAttachment CreateConnectPeer "
        "CreateDirectConnectGatewayAttachment CreateSiteToSiteVpnAttachment "
        "CreateTransitGatewayPeering CreateTransitGatewayRouteTableAttachment "
        "CreateVpcAttachment DeleteAttachment ExecuteCoreNetworkChangeSet "
        "PutCoreNetworkPolicy RejectAttachment UpdateVpcAttachment"},
    NameGroup{"omics.amazonaws.com", EventClass::AttachOther,
        "CreateConfiguration"},
    NameGroup{"osis.amazonaws.com", EventClass::AttachOther,
        "CreatePipeline CreatePipelineEndpoint"},
    NameGroup{"pca-connector-ad.amazonaws.com", EventClass::AttachOther,
        "CreateConnector"},
    NameGroup{"pcs.amazonaws.com", EventClass::AttachOther,
        "CreateCluster"},
    NameGroup{"pipes.amazonaws.com", EventClass::AttachOther,
        "CreatePipe UpdatePipe"},
    NameGroup{"qbusiness.amazonaws.com", EventClass::AttachOther,
        "CreateDataSource UpdateDataSource"},
    NameGroup{"ram.amazonaws.com", EventClass::Sharing,
        "AcceptResourceShareInvitation AssociateResourceShare CreateResourceShare "
        "DeleteResourceShare DisassociateResourceShare EnableSharingWithAwsOrganization "
        "UpdateResourceShare"},
    NameGroup{"rds.amazonaws.com", EventClass::Db,
        "AuthorizeDBSecurityGroupIngress CreateDBCluster CreateDBInstance "
        "CreateDBInstanceReadReplica CreateDBProxy CreateDBProxyEndpoint "
        "CreateDBSecurityGroup CreateDBShardGroup CreateDBSubnetGroup DeleteDBCluster "
        "DeleteDBInstance DeleteDBProxy DeleteDBProxyEndpoint DeleteDBSecurityGroup "
        "DeleteDBSubnetGroup ModifyDBCluster ModifyDBInstance ModifyDBProxy "
        "ModifyDBProxyEndpoint ModifyDBShardGroup ModifyDBSubnetGroup ModifyOptionGroup "
        "PromoteReadReplica RestoreDBClusterFromS3 RestoreDBClusterFromSnapshot "
        "RestoreDBClusterToPointInTime RestoreDBInstanceFromDBSnapshot "
        "RestoreDBInstanceFromS3 RestoreDBInstanceToPointInTime RevokeDBSecurityGroupIngress "
        "SwitchoverReadReplica"},
    NameGroup{"redshift-serverless.amazonaws.com", EventClass::Db,
        "CreateEndpointAccess CreateWorkgroup DeleteEndpointAccess DeleteWorkgroup "
        "UpdateEndpointAccess UpdateWorkgroup"},
    NameGroup{"redshift.amazonaws.com", EventClass::Db,
        "AuthorizeClusterSecurityGroupIngress AuthorizeEndpointAccess CreateCluster "
        "CreateClusterSecurityGroup CreateClusterSubnetGroup CreateEndpointAccess "
        "DeleteCluster DeleteClusterSecurityGroup DeleteEndpointAccess ModifyCluster "
        "ModifyClusterSubnetGroup ModifyEndpointAccess RestoreFromClusterSnapshot "
        "RevokeClusterSecurityGroupIngress RevokeEndpointAccess"},
    NameGroup{"route53.amazonaws.com", EventClass::AttachOther,
        "ChangeCidrCollection"},
    NameGroup{"route53.amazonaws.com", EventClass::Dns,
        "AssociateVPCWithHostedZone ChangeResourceRecordSets DisassociateVPCFromHostedZone"},
    NameGroup{"route53resolver.amazonaws.com", EventClass::Dns,
        "AssociateFirewallRuleGroup AssociateResolverEndpointIpAddress CreateResolverEndpoint "
        "DeleteResolverEndpoint DisassociateFirewallRuleGroup UpdateFirewallConfig "
        "UpdateFirewallRule UpdateResolverEndpoint"},
    NameGroup{"rtbfabric.amazonaws.com", EventClass::AttachOther,
        "CreateRequesterGateway CreateResponderGateway"},
    NameGroup{"s3-outposts.amazonaws.com", EventClass::AttachOther,
        "CreateEndpoint"},
    NameGroup{"s3files.amazonaws.com", EventClass::AttachOther,
        "CreateMountTarget UpdateMountTarget"},
    NameGroup{"sagemaker.amazonaws.com", EventClass::AttachOther,
        "CreateAIBenchmarkJob CreateAutoMLJob CreateAutoMLJobV2 CreateCompilationJob "
        "CreateDataQualityJobDefinition CreateHyperParameterTuningJob "
        "CreateInferenceRecommendationsJob CreateLabelingJob CreateModelBiasJobDefinition "
        "CreateModelExplainabilityJobDefinition CreateModelQualityJobDefinition "
        "CreateMonitoringSchedule CreateOptimizationJob UpdateMonitoringSchedule"},
    NameGroup{"sagemaker.amazonaws.com", EventClass::Compute,
        "CreateCluster CreateDomain CreateEndpointConfig CreateModel CreateNotebookInstance "
        "CreateProcessingJob CreateTrainingJob CreateUserProfile CreateWorkforce "
        "UpdateCluster UpdateDomain UpdateUserProfile UpdateWorkforce"},
    NameGroup{"scheduler.amazonaws.com", EventClass::AttachOther,
        "CreateSchedule UpdateSchedule"},
    NameGroup{"securityagent.amazonaws.com", EventClass::AttachOther,
        "CreateAgentSpace CreatePentest CreatePrivateConnection UpdateAgentSpace "
        "UpdatePentest"},
    NameGroup{"synthetics.amazonaws.com", EventClass::AttachOther,
        "CreateCanary StartCanaryDryRun UpdateCanary"},
    NameGroup{"timestream-influxdb.amazonaws.com", EventClass::Db,
        "CreateDbCluster CreateDbInstance DeleteDbInstance RestoreFromDbBackup "
        "UpdateDbInstance"},
    NameGroup{"transfer.amazonaws.com", EventClass::Storage,
        "CreateServer CreateWebApp UpdateServer"},
    NameGroup{"vpc-lattice.amazonaws.com", EventClass::Lattice,
        "CreateListener CreateResourceConfiguration CreateResourceGateway CreateService "
        "CreateServiceNetworkResourceAssociation CreateServiceNetworkServiceAssociation "
        "CreateServiceNetworkVpcAssociation DeleteAuthPolicy DeleteListener "
        "DeleteResourceGateway DeleteServiceNetworkResourceAssociation "
        "DeleteServiceNetworkServiceAssociation DeleteServiceNetworkVpcAssociation "
        "PutAuthPolicy PutResourcePolicy UpdateListener UpdateResourceConfiguration "
        "UpdateResourceGateway UpdateService UpdateServiceNetworkVpcAssociation"},
    NameGroup{"wafv2.amazonaws.com", EventClass::Firewall,
        "AssociateWebACL CreateIPSet CreateWebACL DeleteIPSet DeleteWebACL DisassociateWebACL "
        "UpdateIPSet UpdateWebACL"},
    NameGroup{"workspaces-instances.amazonaws.com", EventClass::AttachOther,
        "CreateWorkspaceInstance"},
    NameGroup{"workspaces-web.amazonaws.com", EventClass::AttachOther,
        "CreateNetworkSettings UpdateNetworkSettings"},
    NameGroup{"workspaces.amazonaws.com", EventClass::AttachOther,
        "ModifyAccount"},
    NameGroup{"workspaces.amazonaws.com", EventClass::Compute,
        "AssociateIpGroups AuthorizeIpRules CreateIpGroup DisassociateIpGroups "
        "ModifyWorkspaceCreationProperties RevokeIpRules UpdateRulesOfIpGroup"},
};

const std::array<std::uint8_t, kNameBuckets> kNameDisplacements = {
    1, 0, 0, 2, 0, 9, 4, 0, 3, 0, 26, 0, 11, 0, 0, 1, 2, 9, 8, 0, 1, 0, 19, 0, 2, 0, 0, 4, 1, 5,
    7, 25, 9, 5, 3, 0, 1, 4, 1, 6, 1, 1, 0, 0, 0, 2, 3, 1, 13, 2, 0, 1, 0, 1, 7, 2, 3, 0, 1, 3,
    10, 5, 1, 0, 0, 0, 16, 0, 2, 9, 2, 4, 0, 18, 3, 0, 0, 3, 5, 0, 2, 10, 1, 0, 2, 6, 0, 7, 5,
    15, 1, 0, 23, 4, 11, 0, 0, 12, 1, 2, 1, 1, 1, 0, 3, 4, 0, 0, 0, 1, 4, 8, 7, 0, 3, 8, 25, 0,
    0, 0, 0, 13, 1, 1, 4, 5, 0, 1, 5, 5, 2, 1, 2, 0, 0, 1, 0, 0, 10, 0, 0, 0, 12, 3, 1, 4, 1, 0,
    7, 0, 3, 7, 3, 1, 0, 14, 0, 29, 13, 1, 1, 12, 5, 5, 0, 3, 2, 9, 0, 1, 2, 0, 1, 0, 12, 21, 2,
    16, 0, 1, 0, 3, 0, 4, 1, 0, 0, 17, 8, 1, 10, 6, 22, 0, 14, 0, 3, 0, 3, 1, 18, 23, 0, 1, 0,
    8, 2, 11, 0, 13, 1, 16, 0, 16, 8, 5, 0, 0, 0, 1, 2, 5, 1, 8, 41, 9, 1, 1, 26, 7, 6, 59, 12,
    0, 27, 0, 0, 4, 4, 7, 1, 1, 10, 19, 1, 1, 0, 9, 3, 26, 1, 3, 8, 0, 1, 10
};
// clang-format on

}  // namespace portolan::events
