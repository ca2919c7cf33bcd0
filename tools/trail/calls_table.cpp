// Written by tools/call-shapes.py from the public API model, botocore 0e6e2404b85d.
#include <array>

#include "tools/trail/calls.h"

namespace portolan::trail {

namespace {

// clang-format off
constexpr std::array kCalls = {
    ServiceCalls{"agent-registry.amazonaws.com",
        "CreateRegistry:j:discoveryConfiguration.authorizerConfiguration.customJWTAuthorizer.priv"
        "ateEndpoint.managedVpcResource.securityGroupIds,discoveryConfiguration.authorizerConfigu"
        "ration.customJWTAuthorizer.privateEndpointOverrides[].privateEndpoint.managedVpcResource"
        ".securityGroupIds UpdateRegistry:j:discoveryConfiguration.authorizerConfiguration.option"
        "alValue.customJWTAuthorizer.privateEndpoint.managedVpcResource.securityGroupIds"},
    ServiceCalls{"aidevops.amazonaws.com",
        "CreatePrivateConnection:j:mode.serviceManaged.securityGroupIds"},
    ServiceCalls{"airflow-serverless.amazonaws.com",
        "CreateWorkflow:j:NetworkConfiguration.SecurityGroupIds UpdateWorkflow:j:NetworkConfigura"
        "tion.SecurityGroupIds"},
    ServiceCalls{"airflow.amazonaws.com",
        "CreateEnvironment:j:NetworkConfiguration.SecurityGroupIds UpdateEnvironment:j:NetworkCon"
        "figuration.SecurityGroupIds"},
    ServiceCalls{"amazonmq.amazonaws.com",
        "CreateBroker:j:PubliclyAccessible,SecurityGroups,SubnetIds DeleteBroker:j: UpdateBroker:"
        "j:SecurityGroups"},
    ServiceCalls{"aoss.amazonaws.com",
        "CreateSecurityPolicy:j: CreateVpcEndpoint:j:vpcId,subnetIds,securityGroupIds DeleteSecur"
        "ityPolicy:j: DeleteVpcEndpoint:j: UpdateSecurityPolicy:j: UpdateVpcEndpoint:j:addSubnetI"
        "ds,removeSubnetIds,addSecurityGroupIds,removeSecurityGroupIds"},
    ServiceCalls{"apigateway.amazonaws.com",
        "CreateApi:j: CreateDeployment:j: CreateRestApi:j: CreateVpcLink:j:SecurityGroupIds,Subne"
        "tIds PutRestApi:j: UpdateApi:j: UpdateRestApi:j: UpdateVpcLink:j:vpcLinkId,VpcLinkId"},
    ServiceCalls{"apprunner.amazonaws.com",
        "CreateService:j: CreateVpcConnector:j:VpcConnectorName,Subnets,SecurityGroups CreateVpcI"
        "ngressConnection:j:VpcIngressConnectionName,IngressVpcConfiguration UpdateService:j: Upd"
        "ateVpcIngressConnection:j:VpcIngressConnectionArn,IngressVpcConfiguration"},
    ServiceCalls{"appstream.amazonaws.com",
        "CreateAppBlockBuilder:j:VpcConfig.SecurityGroupIds CreateFleet:j:VpcConfig.SecurityGroup"
        "Ids CreateImageBuilder:j:VpcConfig.SecurityGroupIds UpdateAppBlockBuilder:j:VpcConfig.Se"
        "curityGroupIds UpdateFleet:j:VpcConfig.SecurityGroupIds"},
    ServiceCalls{"aps.amazonaws.com",
        "CreateScraper:j:source.eksConfiguration.securityGroupIds,source.vpcConfiguration.securit"
        "yGroupIds"},
    ServiceCalls{"autoscaling.amazonaws.com",
        "AttachInstances:q:InstanceIds AttachLoadBalancerTargetGroups:q: AttachLoadBalancers:q: C"
        "reateAutoScalingGroup:q:InstanceId,VPCZoneIdentifier CreateLaunchConfiguration:q:Securit"
        "yGroups,ClassicLinkVPCId,ClassicLinkVPCSecurityGroups,InstanceId,AssociatePublicIpAddres"
        "s DeleteLaunchConfiguration:q: StartInstanceRefresh:q: UpdateAutoScalingGroup:q:VPCZoneI"
        "dentifier"},
    ServiceCalls{"batch.amazonaws.com",
        "CreateComputeEnvironment:j: RegisterJobDefinition:j: UpdateComputeEnvironment:j:"},
    ServiceCalls{"bedrock-agentcore.amazonaws.com",
        "CreateAgentRuntime:j:authorizerConfiguration.customJWTAuthorizer.privateEndpoint.managed"
        "VpcResource.securityGroupIds,authorizerConfiguration.customJWTAuthorizer.privateEndpoint"
        "Overrides[].privateEndpoint.managedVpcResource.securityGroupIds,networkConfiguration.net"
        "workModeConfig.securityGroups CreateBrowser:j:networkConfiguration.vpcConfig.securityGro"
        "ups CreateCapacityProvider:j:computeConfiguration.ec2Configuration.vpcConfiguration.secu"
        "rityGroups CreateCodeInterpreter:j:networkConfiguration.vpcConfig.securityGroups CreateG"
        "ateway:j:authorizerConfiguration.customJWTAuthorizer.privateEndpoint.managedVpcResource."
        "securityGroupIds,authorizerConfiguration.customJWTAuthorizer.privateEndpointOverrides[]."
        "privateEndpoint.managedVpcResource.securityGroupIds CreateGatewayTarget:j:privateEndpoin"
        "t.managedVpcResource.securityGroupIds CreateHarness:j:authorizerConfiguration.customJWTA"
        "uthorizer.privateEndpoint.managedVpcResource.securityGroupIds,authorizerConfiguration.cu"
        "stomJWTAuthorizer.privateEndpointOverrides[].privateEndpoint.managedVpcResource.security"
        "GroupIds,environment.agentCoreRuntimeEnvironment.networkConfiguration.networkModeConfig."
        "securityGroups CreateOauth2CredentialProvider:j:oauth2ProviderConfigInput.customOauth2Pr"
        "oviderConfig.privateEndpoint.managedVpcResource.securityGroupIds,oauth2ProviderConfigInp"
        "ut.customOauth2ProviderConfig.privateEndpointOverrides[].privateEndpoint.managedVpcResou"
        "rce.securityGroupIds CreatePaymentManager:j:authorizerConfiguration.customJWTAuthorizer."
        "privateEndpoint.managedVpcResource.securityGroupIds,authorizerConfiguration.customJWTAut"
        "horizer.privateEndpointOverrides[].privateEndpoint.managedVpcResource.securityGroupIds C"
        "reateRegistry:j:authorizerConfiguration.customJWTAuthorizer.privateEndpoint.managedVpcRe"
        "source.securityGroupIds,authorizerConfiguration.customJWTAuthorizer.privateEndpointOverr"
        "ides[].privateEndpoint.managedVpcResource.securityGroupIds UpdateAgentRuntime:j:authoriz"
        "erConfiguration.customJWTAuthorizer.privateEndpoint.managedVpcResource.securityGroupIds,"
        "authorizerConfiguration.customJWTAuthorizer.privateEndpointOverrides[].privateEndpoint.m"
        "anagedVpcResource.securityGroupIds,networkConfiguration.networkModeConfig.securityGroups"
        " UpdateGateway:j:authorizerConfiguration.customJWTAuthorizer.privateEndpoint.managedVpcR"
        "esource.securityGroupIds,authorizerConfiguration.customJWTAuthorizer.privateEndpointOver"
        "rides[].privateEndpoint.managedVpcResource.securityGroupIds UpdateGatewayTarget:j:privat"
        "eEndpoint.managedVpcResource.securityGroupIds UpdateHarness:j:authorizerConfiguration.op"
        "tionalValue.customJWTAuthorizer.privateEndpoint.managedVpcResource.securityGroupIds,auth"
        "orizerConfiguration.optionalValue.customJWTAuthorizer.privateEndpointOverrides[].private"
        "Endpoint.managedVpcResource.securityGroupIds,environment.agentCoreRuntimeEnvironment.net"
        "workConfiguration.networkModeConfig.securityGroups UpdateOauth2CredentialProvider:j:oaut"
        "h2ProviderConfigInput.customOauth2ProviderConfig.privateEndpoint.managedVpcResource.secu"
        "rityGroupIds,oauth2ProviderConfigInput.customOauth2ProviderConfig.privateEndpointOverrid"
        "es[].privateEndpoint.managedVpcResource.securityGroupIds UpdatePaymentManager:j:authoriz"
        "erConfiguration.customJWTAuthorizer.privateEndpoint.managedVpcResource.securityGroupIds,"
        "authorizerConfiguration.customJWTAuthorizer.privateEndpointOverrides[].privateEndpoint.m"
        "anagedVpcResource.securityGroupIds UpdateRegistry:j:authorizerConfiguration.optionalValu"
        "e.customJWTAuthorizer.privateEndpoint.managedVpcResource.securityGroupIds,authorizerConf"
        "iguration.optionalValue.customJWTAuthorizer.privateEndpointOverrides[].privateEndpoint.m"
        "anagedVpcResource.securityGroupIds"},
    ServiceCalls{"bedrock.amazonaws.com",
        "CreateMarketplaceModelEndpoint:j:endpointConfig.sageMaker.vpc.securityGroupIds CreateMod"
        "elCustomizationJob:j:vpcConfig.securityGroupIds CreateModelImportJob:j:vpcConfig.securit"
        "yGroupIds CreateModelInvocationJob:j:vpcConfig.securityGroupIds UpdateMarketplaceModelEn"
        "dpoint:j:endpointConfig.sageMaker.vpc.securityGroupIds"},
    ServiceCalls{"cloudfront.amazonaws.com",
        "CreateAnycastIpList:j:IpamCidrConfigs CreateDistribution:j: CreateVpcOrigin:j:VpcOriginE"
        "ndpointConfig UpdateDistribution:j: UpdateVpcOrigin:j:VpcOriginEndpointConfig"},
    ServiceCalls{"cloudtrail.amazonaws.com",
        "DeleteTrail:j:name PutEventSelectors:j:trailName StopLogging:j:name UpdateTrail:j:name"},
    ServiceCalls{"codebuild.amazonaws.com",
        "CreateFleet:j:vpcConfig CreateProject:j:vpcConfig UpdateFleet:j:vpcConfig UpdateProject:"
        "j:vpcConfig UpdateProjectVisibility:j:"},
    ServiceCalls{"codeconnections.amazonaws.com",
        "CreateHost:j:VpcConfiguration.SecurityGroupIds UpdateHost:j:VpcConfiguration.SecurityGro"
        "upIds"},
    ServiceCalls{"comprehend.amazonaws.com",
        "CreateDocumentClassifier:j:VpcConfig.SecurityGroupIds CreateEntityRecognizer:j:VpcConfig"
        ".SecurityGroupIds CreateFlywheel:j:DataSecurityConfig.VpcConfig.SecurityGroupIds StartDo"
        "cumentClassificationJob:j:VpcConfig.SecurityGroupIds StartDominantLanguageDetectionJob:j"
        ":VpcConfig.SecurityGroupIds StartEntitiesDetectionJob:j:VpcConfig.SecurityGroupIds Start"
        "KeyPhrasesDetectionJob:j:VpcConfig.SecurityGroupIds StartSentimentDetectionJob:j:VpcConf"
        "ig.SecurityGroupIds StartTargetedSentimentDetectionJob:j:VpcConfig.SecurityGroupIds Star"
        "tTopicsDetectionJob:j:VpcConfig.SecurityGroupIds UpdateFlywheel:j:DataSecurityConfig.Vpc"
        "Config.SecurityGroupIds"},
    ServiceCalls{"datasync.amazonaws.com",
        "CreateAgent:j:SecurityGroupArns CreateLocationEfs:j:Ec2Config.SecurityGroupArns CreateLo"
        "cationFsxLustre:j:SecurityGroupArns CreateLocationFsxOntap:j:SecurityGroupArns CreateLoc"
        "ationFsxOpenZfs:j:SecurityGroupArns CreateLocationFsxWindows:j:SecurityGroupArns"},
    ServiceCalls{"datazone.amazonaws.com",
        "CreateConnection:j:props.glueProperties.glueConnectionInput.physicalConnectionRequiremen"
        "ts.securityGroupIdList,props.snowflakeProperties.connectivityProperties.physicalConnecti"
        "onRequirements.securityGroupIdList,props.vpcProperties.securityGroupId StartNotebookRun:"
        "j:networkConfiguration.securityGroupIds UpdateConnection:j:props.vpcProperties.securityG"
        "roupId"},
    ServiceCalls{"dax.amazonaws.com",
        "CreateCluster:j:SubnetGroupName,SecurityGroupIds DeleteCluster:j: UpdateCluster:j:Securi"
        "tyGroupIds"},
    ServiceCalls{"deadline.amazonaws.com",
        "CreateLicenseEndpoint:j:securityGroupIds"},
    ServiceCalls{"devicefarm.amazonaws.com",
        "CreateProject:j:vpcConfig.securityGroupIds CreateTestGridProject:j:vpcConfig.securityGro"
        "upIds UpdateProject:j:vpcConfig.securityGroupIds UpdateTestGridProject:j:vpcConfig.secur"
        "ityGroupIds"},
    ServiceCalls{"directconnect.amazonaws.com",
        "AcceptDirectConnectGatewayAssociationProposal:j:directConnectGatewayId AllocatePublicVir"
        "tualInterface:j: ConfirmPublicVirtualInterface:j: CreateDirectConnectGatewayAssociation:"
        "j:directConnectGatewayId,gatewayId,virtualGatewayId CreatePrivateVirtualInterface:j: Cre"
        "atePublicVirtualInterface:j: CreateTransitVirtualInterface:j: DeleteDirectConnectGateway"
        "Association:j:associationId,directConnectGatewayId,virtualGatewayId UpdateDirectConnectG"
        "atewayAssociation:j:associationId"},
    ServiceCalls{"dms.amazonaws.com",
        "CreateInstanceProfile:j:PubliclyAccessible,SubnetGroupIdentifier,VpcSecurityGroups Creat"
        "eReplicationConfig:j: CreateReplicationInstance:j:ReplicationInstanceIdentifier,VpcSecur"
        "ityGroupIds,ReplicationSubnetGroupIdentifier,PubliclyAccessible ModifyInstanceProfile:j:"
        "PubliclyAccessible,SubnetGroupIdentifier,VpcSecurityGroups ModifyReplicationConfig:j: Mo"
        "difyReplicationInstance:j:VpcSecurityGroupIds,ReplicationInstanceIdentifier"},
    ServiceCalls{"docdb-elastic.amazonaws.com",
        "CreateCluster:j:authType,subnetIds,vpcSecurityGroupIds DeleteCluster:j: RestoreClusterFr"
        "omSnapshot:j:subnetIds,vpcSecurityGroupIds UpdateCluster:j:authType,subnetIds,vpcSecurit"
        "yGroupIds"},
    ServiceCalls{"drs.amazonaws.com",
        "CreateReplicationConfigurationTemplate:j:associateDefaultSecurityGroup,createPublicIP,re"
        "plicationServersSecurityGroupsIDs UpdateReplicationConfiguration:j:associateDefaultSecur"
        "ityGroup,createPublicIP,replicationServersSecurityGroupsIDs UpdateReplicationConfigurati"
        "onTemplate:j:associateDefaultSecurityGroup,createPublicIP,replicationServersSecurityGrou"
        "psIDs"},
    ServiceCalls{"ds.amazonaws.com",
        "AddIpRoutes:j:UpdateSecurityGroupForDirectoryControllers RemoveIpRoutes:j:CidrIps,CidrIp"
        "v6s StartADAssessment:j:AssessmentConfiguration.SecurityGroupIds"},
    ServiceCalls{"ec2.amazonaws.com",
        "AcceptAddressTransfer:w: AcceptTransitGatewayClientVpnAttachment:w:TransitGatewayAttachm"
        "entId AcceptTransitGatewayMulticastDomainAssociations:w:TransitGatewayMulticastDomainId,"
        "TransitGatewayAttachmentId,SubnetIds AcceptTransitGatewayPeeringAttachment:w:TransitGate"
        "wayAttachmentId AcceptTransitGatewayVpcAttachment:w:TransitGatewayAttachmentId AcceptVpc"
        "EndpointConnections:w:VpcEndpointIds AcceptVpcPeeringConnection:f:VpcPeeringConnectionId"
        " AdvertiseByoipCidr:w:Cidr AllocateAddress:f:PublicIpv4Pool ApplySecurityGroupsToClientV"
        "pnTargetNetwork:w:VpcId,SecurityGroupIds AssignIpv6Addresses:e:NetworkInterfaceId Assign"
        "PrivateIpAddresses:e:NetworkInterfaceId AssignPrivateNatGatewayAddress:w:NatGatewayId As"
        "sociateAddress:f:AllocationId,InstanceId,PublicIp,NetworkInterfaceId AssociateClientVpnT"
        "argetNetwork:w:SubnetId AssociateDhcpOptions:f:VpcId AssociateNatGatewayAddress:w:NatGat"
        "ewayId,AllocationIds AssociateRouteServer:w:VpcId AssociateRouteTable:f:GatewayId,Public"
        "Ipv4Pool,SubnetId,RouteTableId AssociateSecurityGroupVpc:w:GroupId,VpcId AssociateSubnet"
        "CidrBlock:e:SubnetId,Ipv6CidrBlock AssociateTransitGatewayMulticastDomain:w:TransitGatew"
        "ayMulticastDomainId,TransitGatewayAttachmentId,SubnetIds AssociateTransitGatewayPolicyTa"
        "ble:w:TransitGatewayPolicyTableId,TransitGatewayAttachmentId AssociateTransitGatewayRout"
        "eTable:w:TransitGatewayRouteTableId,TransitGatewayAttachmentId AssociateTrunkInterface:w"
        ": AssociateVpcCidrBlock:e:CidrBlock,Ipv6CidrBlockNetworkBorderGroup,Ipv6CidrBlock,VpcId,"
        "AmazonProvidedIpv6CidrBlock AttachClassicLinkVpc:f:InstanceId,VpcId,Groups AttachInterne"
        "tGateway:f:InternetGatewayId,VpcId AttachNetworkInterface:f:NetworkInterfaceId,InstanceI"
        "d AttachVerifiedAccessTrustProvider:w:VerifiedAccessInstanceId AttachVpnGateway:f:VpcId,"
        "VpnGatewayId AuthorizeClientVpnIngress:w:TargetNetworkCidr,AccessGroupId AuthorizeSecuri"
        "tyGroupEgress:f:GroupId,SourceSecurityGroupName,SourceSecurityGroupOwnerId,IpProtocol,Fr"
        "omPort,ToPort,CidrIp,IpPermissions AuthorizeSecurityGroupIngress:f:CidrIp,FromPort,Group"
        "Id,IpPermissions,IpProtocol,SourceSecurityGroupName,SourceSecurityGroupOwnerId,ToPort Cr"
        "eateCarrierGateway:w:VpcId CreateClientVpnEndpoint:w:ClientCidrBlock,SecurityGroupIds,Vp"
        "cId,TransitGatewayConfiguration CreateClientVpnRoute:w:DestinationCidrBlock,TargetVpcSub"
        "netId CreateCustomerGateway:f:PublicIp CreateDefaultSubnet:w: CreateDefaultVpc:w: Create"
        "DhcpOptions:f: CreateEgressOnlyInternetGateway:w:VpcId CreateFleet:w: CreateFlowLogs:w: "
        "CreateInstanceConnectEndpoint:w:SubnetId,SecurityGroupIds CreateInternetGateway:f: Creat"
        "eIpamPrefixListResolver:w: CreateIpamPrefixListResolverTarget:w:IpamPrefixListResolverId"
        ",PrefixListId,PrefixListRegion CreateLaunchTemplate:w: CreateLaunchTemplateVersion:w: Cr"
        "eateLocalGatewayRoute:w:DestinationCidrBlock,LocalGatewayRouteTableId,LocalGatewayVirtua"
        "lInterfaceGroupId,NetworkInterfaceId,DestinationPrefixListId CreateLocalGatewayRouteTabl"
        "e:w:LocalGatewayId CreateLocalGatewayRouteTableVirtualInterfaceGroupAssociation:w:LocalG"
        "atewayRouteTableId,LocalGatewayVirtualInterfaceGroupId CreateLocalGatewayRouteTableVpcAs"
        "sociation:w:LocalGatewayRouteTableId,VpcId CreateManagedPrefixList:w:PrefixListName,Entr"
        "ies,MaxEntries CreateNatGateway:w:AllocationId,SubnetId,VpcId,SecondaryAllocationIds Cre"
        "ateNetworkAcl:f:VpcId CreateNetworkAclEntry:f:NetworkAclId,RuleNumber,Protocol,RuleActio"
        "n,Egress,CidrBlock,Ipv6CidrBlock,PortRange CreateNetworkInterface:f:SubnetId,Groups Crea"
        "teNetworkInterfacePermission:w:NetworkInterfaceId CreatePublicIpv4Pool:w: CreateRoute:f:"
        "DestinationPrefixListId,VpcEndpointId,TransitGatewayId,LocalGatewayId,CarrierGatewayId,R"
        "outeTableId,DestinationCidrBlock,GatewayId,DestinationIpv6CidrBlock,EgressOnlyInternetGa"
        "tewayId,InstanceId,NetworkInterfaceId,VpcPeeringConnectionId,NatGatewayId CreateRouteSer"
        "ver:w: CreateRouteServerEndpoint:w:SubnetId CreateRouteServerPeer:w: CreateRouteTable:f:"
        "VpcId CreateSecondaryNetwork:w:Ipv4CidrBlock CreateSecondarySubnet:w:Ipv4CidrBlock Creat"
        "eSecurityGroup:f:VpcId CreateSubnet:f:CidrBlock,Ipv6CidrBlock,VpcId CreateSubnetCidrRese"
        "rvation:w:SubnetId,Cidr CreateTrafficMirrorFilter:w: CreateTrafficMirrorFilterRule:w:Rul"
        "eNumber,RuleAction,DestinationPortRange,SourcePortRange,Protocol,DestinationCidrBlock,So"
        "urceCidrBlock CreateTrafficMirrorSession:w:NetworkInterfaceId CreateTrafficMirrorTarget:"
        "w:NetworkInterfaceId CreateTransitGateway:w: CreateTransitGatewayConnect:w:TransportTran"
        "sitGatewayAttachmentId CreateTransitGatewayConnectPeer:w:TransitGatewayAttachmentId,Tran"
        "sitGatewayAddress,InsideCidrBlocks CreateTransitGatewayMulticastDomain:w:TransitGatewayI"
        "d CreateTransitGatewayPeeringAttachment:w:TransitGatewayId,PeerTransitGatewayId CreateTr"
        "ansitGatewayPolicyTable:w:TransitGatewayId CreateTransitGatewayPolicyTableEntry:w:Transi"
        "tGatewayPolicyTableId,PolicyRuleNumber,TargetRouteTableId CreateTransitGatewayPrefixList"
        "Reference:w:TransitGatewayRouteTableId,PrefixListId,TransitGatewayAttachmentId CreateTra"
        "nsitGatewayRoute:w:DestinationCidrBlock,TransitGatewayRouteTableId,TransitGatewayAttachm"
        "entId CreateTransitGatewayRouteTable:w:TransitGatewayId CreateTransitGatewayRouteTableAn"
        "nouncement:w:TransitGatewayRouteTableId,PeeringAttachmentId CreateTransitGatewayVpcAttac"
        "hment:w:TransitGatewayId,VpcId,SubnetIds CreateVerifiedAccessEndpoint:w:VerifiedAccessGr"
        "oupId,AttachmentType,SecurityGroupIds,PolicyDocument,CidrOptions CreateVerifiedAccessGro"
        "up:w:VerifiedAccessInstanceId,PolicyDocument CreateVerifiedAccessInstance:w:CidrEndpoint"
        "sCustomSubDomain CreateVerifiedAccessTrustProvider:w: CreateVpc:f:CidrBlock,Ipv6CidrBloc"
        "k,Ipv6CidrBlockNetworkBorderGroup,VpcEncryptionControl,AmazonProvidedIpv6CidrBlock Creat"
        "eVpcBlockPublicAccessExclusion:w:SubnetId,VpcId,InternetGatewayExclusionMode CreateVpcEn"
        "cryptionControl:w:VpcId CreateVpcEndpoint:w:VpcEndpointType,VpcId,PolicyDocument,RouteTa"
        "bleIds,SubnetIds,SecurityGroupIds,SubnetConfigurations CreateVpcEndpointServiceConfigura"
        "tion:w: CreateVpcPeeringConnection:f:VpcId,PeerVpcId CreateVpnConcentrator:w:TransitGate"
        "wayId CreateVpnConnection:f:CustomerGatewayId,VpnGatewayId,TransitGatewayId CreateVpnCon"
        "nectionRoute:e:DestinationCidrBlock CreateVpnGateway:f: DeleteCarrierGateway:w:CarrierGa"
        "tewayId DeleteClientVpnEndpoint:w: DeleteClientVpnRoute:w:TargetVpcSubnetId,DestinationC"
        "idrBlock DeleteCustomerGateway:f:CustomerGatewayId DeleteDhcpOptions:f: DeleteEgressOnly"
        "InternetGateway:w:EgressOnlyInternetGatewayId DeleteFlowLogs:w: DeleteInstanceConnectEnd"
        "point:w: DeleteInternetGateway:f:InternetGatewayId DeleteIpamPrefixListResolver:w:IpamPr"
        "efixListResolverId DeleteIpamPrefixListResolverTarget:w:IpamPrefixListResolverTargetId D"
        "eleteLaunchTemplate:w: DeleteLaunchTemplateVersions:w: DeleteLocalGatewayRoute:w:Destina"
        "tionCidrBlock,LocalGatewayRouteTableId,DestinationPrefixListId DeleteLocalGatewayRouteTa"
        "ble:w:LocalGatewayRouteTableId DeleteLocalGatewayRouteTableVirtualInterfaceGroupAssociat"
        "ion:w:LocalGatewayRouteTableVirtualInterfaceGroupAssociationId DeleteLocalGatewayRouteTa"
        "bleVpcAssociation:w:LocalGatewayRouteTableVpcAssociationId DeleteManagedPrefixList:w:Pre"
        "fixListId DeleteNatGateway:w:NatGatewayId DeleteNetworkAcl:f:NetworkAclId DeleteNetworkA"
        "clEntry:f:NetworkAclId,RuleNumber,Egress DeleteNetworkInterface:f:NetworkInterfaceId Del"
        "eteNetworkInterfacePermission:w: DeletePublicIpv4Pool:w: DeleteRoute:f:DestinationPrefix"
        "ListId,RouteTableId,DestinationCidrBlock,DestinationIpv6CidrBlock DeleteRouteServer:w: D"
        "eleteRouteServerEndpoint:w: DeleteRouteServerPeer:w: DeleteRouteTable:f:RouteTableId Del"
        "eteSecondaryNetwork:w: DeleteSecondarySubnet:w:SecondarySubnetId DeleteSecurityGroup:f:G"
        "roupId DeleteSubnet:f:SubnetId DeleteSubnetCidrReservation:w:SubnetCidrReservationId Del"
        "eteTrafficMirrorFilter:w: DeleteTrafficMirrorFilterRule:w: DeleteTrafficMirrorSession:w:"
        " DeleteTrafficMirrorTarget:w: DeleteTransitGateway:w:TransitGatewayId DeleteTransitGatew"
        "ayClientVpnAttachment:w:TransitGatewayAttachmentId DeleteTransitGatewayConnect:w:Transit"
        "GatewayAttachmentId DeleteTransitGatewayConnectPeer:w:TransitGatewayConnectPeerId Delete"
        "TransitGatewayMulticastDomain:w:TransitGatewayMulticastDomainId DeleteTransitGatewayPeer"
        "ingAttachment:w:TransitGatewayAttachmentId DeleteTransitGatewayPolicyTable:w:TransitGate"
        "wayPolicyTableId DeleteTransitGatewayPolicyTableEntry:w:TransitGatewayPolicyTableId,Poli"
        "cyRuleNumber DeleteTransitGatewayPrefixListReference:w:TransitGatewayRouteTableId,Prefix"
        "ListId DeleteTransitGatewayRoute:w:TransitGatewayRouteTableId,DestinationCidrBlock Delet"
        "eTransitGatewayRouteTable:w:TransitGatewayRouteTableId DeleteTransitGatewayRouteTableAnn"
        "ouncement:w:TransitGatewayRouteTableAnnouncementId DeleteTransitGatewayVpcAttachment:w:T"
        "ransitGatewayAttachmentId DeleteVerifiedAccessEndpoint:w: DeleteVerifiedAccessGroup:w:Ve"
        "rifiedAccessGroupId DeleteVerifiedAccessInstance:w:VerifiedAccessInstanceId DeleteVerifi"
        "edAccessTrustProvider:w: DeleteVpc:f:VpcId DeleteVpcBlockPublicAccessExclusion:w:Exclusi"
        "onId DeleteVpcEncryptionControl:w:VpcEncryptionControlId DeleteVpcEndpointServiceConfigu"
        "rations:w: DeleteVpcEndpoints:w:VpcEndpointIds DeleteVpcPeeringConnection:f:VpcPeeringCo"
        "nnectionId DeleteVpnConcentrator:w: DeleteVpnConnection:f: DeleteVpnConnectionRoute:e:De"
        "stinationCidrBlock DeleteVpnGateway:f:VpnGatewayId DeprovisionByoipCidr:w:Cidr Deprovisi"
        "onPublicIpv4PoolCidr:w:Cidr DetachClassicLinkVpc:f:InstanceId,VpcId DetachInternetGatewa"
        "y:f:InternetGatewayId,VpcId DetachNetworkInterface:f:AttachmentId DetachVerifiedAccessTr"
        "ustProvider:w:VerifiedAccessInstanceId DetachVpnGateway:f:VpcId,VpnGatewayId DisableAddr"
        "essTransfer:w:AllocationId DisableRouteServerPropagation:w:RouteTableId DisableTransitGa"
        "tewayRouteTablePropagation:w:TransitGatewayRouteTableId,TransitGatewayAttachmentId,Trans"
        "itGatewayRouteTableAnnouncementId DisableVgwRoutePropagation:w:GatewayId,RouteTableId Di"
        "sableVpcClassicLink:f:VpcId DisableVpcClassicLinkDnsSupport:e:VpcId DisassociateAddress:"
        "f:AssociationId,PublicIp DisassociateClientVpnTargetNetwork:w:AssociationId Disassociate"
        "NatGatewayAddress:w:NatGatewayId,AssociationIds DisassociateRouteServer:w:VpcId Disassoc"
        "iateRouteTable:f:AssociationId DisassociateSecurityGroupVpc:w:GroupId,VpcId Disassociate"
        "SubnetCidrBlock:e:AssociationId DisassociateTransitGatewayMulticastDomain:w:TransitGatew"
        "ayMulticastDomainId,TransitGatewayAttachmentId,SubnetIds DisassociateTransitGatewayPolic"
        "yTable:w:TransitGatewayPolicyTableId,TransitGatewayAttachmentId DisassociateTransitGatew"
        "ayRouteTable:w:TransitGatewayRouteTableId,TransitGatewayAttachmentId DisassociateTrunkIn"
        "terface:w:AssociationId DisassociateVpcCidrBlock:e:AssociationId EnableAddressTransfer:w"
        ":AllocationId EnableRouteServerPropagation:w:RouteTableId EnableTransitGatewayRouteTable"
        "Propagation:w:TransitGatewayRouteTableId,TransitGatewayAttachmentId,TransitGatewayRouteT"
        "ableAnnouncementId EnableVgwRoutePropagation:w:GatewayId,RouteTableId EnableVpcClassicLi"
        "nk:f:VpcId EnableVpcClassicLinkDnsSupport:e:VpcId ModifyAccountVpcEncryptionControl:w:In"
        "ternetGateway,EgressOnlyInternetGateway,VpcPeering,VpcLattice ModifyClientVpnEndpoint:w:"
        "SecurityGroupIds,VpcId,TransitGatewayConfiguration ModifyFleet:w: ModifyInstanceAttribut"
        "e:f:SourceDestCheck,InstanceId,Groups ModifyInstanceConnectEndpoint:w:SecurityGroupIds M"
        "odifyIpamPrefixListResolver:w:IpamPrefixListResolverId ModifyIpamPrefixListResolverTarge"
        "t:w:IpamPrefixListResolverTargetId ModifyLaunchTemplate:w: ModifyLocalGatewayRoute:w:Des"
        "tinationCidrBlock,LocalGatewayRouteTableId,LocalGatewayVirtualInterfaceGroupId,NetworkIn"
        "terfaceId,DestinationPrefixListId ModifyManagedPrefixList:w:PrefixListId,PrefixListName,"
        "AddEntries,RemoveEntries,MaxEntries,IpamPrefixListResolverSyncEnabled ModifyNetworkInter"
        "faceAttribute:f:AssociatePublicIpAddress,AssociatedSubnetIds,NetworkInterfaceId,SourceDe"
        "stCheck,Groups,Attachment ModifyPublicIpDnsNameOptions:w:NetworkInterfaceId ModifyRouteS"
        "erver:w: ModifySecurityGroupRules:w:GroupId,SecurityGroupRules ModifySpotFleetRequest:e:"
        " ModifySubnetAttribute:e:AssignIpv6AddressOnCreation,MapPublicIpOnLaunch,SubnetId Modify"
        "TrafficMirrorFilterNetworkServices:w: ModifyTrafficMirrorFilterRule:w:RuleNumber,RuleAct"
        "ion,DestinationPortRange,SourcePortRange,Protocol,DestinationCidrBlock,SourceCidrBlock M"
        "odifyTrafficMirrorSession:w: ModifyTransitGateway:w:TransitGatewayId ModifyTransitGatewa"
        "yPolicyTableEntry:w:TransitGatewayPolicyTableId,PolicyRuleNumber,TargetRouteTableId Modi"
        "fyTransitGatewayPrefixListReference:w:TransitGatewayRouteTableId,PrefixListId,TransitGat"
        "ewayAttachmentId ModifyTransitGatewayVpcAttachment:w:TransitGatewayAttachmentId,AddSubne"
        "tIds,RemoveSubnetIds ModifyVerifiedAccessEndpoint:w:VerifiedAccessGroupId,CidrOptions Mo"
        "difyVerifiedAccessEndpointPolicy:w:PolicyDocument ModifyVerifiedAccessGroup:w:VerifiedAc"
        "cessGroupId,VerifiedAccessInstanceId ModifyVerifiedAccessGroupPolicy:w:VerifiedAccessGro"
        "upId,PolicyDocument ModifyVerifiedAccessInstance:w:VerifiedAccessInstanceId,CidrEndpoint"
        "sCustomSubDomain ModifyVerifiedAccessTrustProvider:w: ModifyVpcAttribute:e:VpcId ModifyV"
        "pcBlockPublicAccessExclusion:w:ExclusionId,InternetGatewayExclusionMode ModifyVpcBlockPu"
        "blicAccessOptions:w:InternetGatewayBlockMode ModifyVpcEncryptionControl:w:VpcEncryptionC"
        "ontrolId,InternetGatewayExclusion,EgressOnlyInternetGatewayExclusion,NatGatewayExclusion"
        ",VirtualPrivateGatewayExclusion,VpcPeeringExclusion,LambdaExclusion,VpcLatticeExclusion,"
        "ElasticFileSystemExclusion ModifyVpcEndpoint:w:VpcEndpointId,PolicyDocument,AddRouteTabl"
        "eIds,RemoveRouteTableIds,AddSubnetIds,RemoveSubnetIds,AddSecurityGroupIds,RemoveSecurity"
        "GroupIds,SubnetConfigurations ModifyVpcEndpointServiceConfiguration:w: ModifyVpcEndpoint"
        "ServicePermissions:w: ModifyVpcPeeringConnectionOptions:w:AccepterPeeringConnectionOptio"
        "ns,RequesterPeeringConnectionOptions,VpcPeeringConnectionId ModifyVpcTenancy:w:VpcId Mod"
        "ifyVpnConnection:w:TransitGatewayId,CustomerGatewayId,VpnGatewayId ModifyVpnConnectionOp"
        "tions:w:LocalIpv4NetworkCidr,RemoteIpv4NetworkCidr,LocalIpv6NetworkCidr,RemoteIpv6Networ"
        "kCidr ModifyVpnTunnelCertificate:w: ModifyVpnTunnelOptions:w: MoveAddressToVpc:f:PublicI"
        "p MoveByoipCidrToIpam:w:Cidr ProvisionByoipCidr:w:Cidr,CidrAuthorizationContext Provisio"
        "nPublicIpv4PoolCidr:w: RejectTransitGatewayClientVpnAttachment:w:TransitGatewayAttachmen"
        "tId RejectTransitGatewayMulticastDomainAssociations:w:TransitGatewayMulticastDomainId,Tr"
        "ansitGatewayAttachmentId,SubnetIds RejectTransitGatewayPeeringAttachment:w:TransitGatewa"
        "yAttachmentId RejectTransitGatewayVpcAttachment:w:TransitGatewayAttachmentId RejectVpcEn"
        "dpointConnections:w:VpcEndpointIds RejectVpcPeeringConnection:f:VpcPeeringConnectionId R"
        "eleaseAddress:f:AllocationId,PublicIp ReplaceNetworkAclAssociation:f:AssociationId,Netwo"
        "rkAclId ReplaceNetworkAclEntry:f:NetworkAclId,RuleNumber,Protocol,RuleAction,Egress,Cidr"
        "Block,Ipv6CidrBlock,PortRange ReplaceRoute:f:DestinationPrefixListId,VpcEndpointId,Trans"
        "itGatewayId,LocalGatewayId,CarrierGatewayId,RouteTableId,DestinationCidrBlock,GatewayId,"
        "DestinationIpv6CidrBlock,EgressOnlyInternetGatewayId,InstanceId,NetworkInterfaceId,VpcPe"
        "eringConnectionId,NatGatewayId ReplaceRouteTableAssociation:f:AssociationId,RouteTableId"
        " ReplaceTransitGatewayRoute:w:DestinationCidrBlock,TransitGatewayRouteTableId,TransitGat"
        "ewayAttachmentId ReplaceVpnTunnel:w: RequestSpotFleet:f: RequestSpotInstances:f: ResetIn"
        "stanceAttribute:f:InstanceId ResetNetworkInterfaceAttribute:f:NetworkInterfaceId,SourceD"
        "estCheck RestoreAddressToClassic:f:PublicIp RestoreManagedPrefixListVersion:w:PrefixList"
        "Id RevokeClientVpnIngress:w:TargetNetworkCidr,AccessGroupId RevokeSecurityGroupEgress:f:"
        "SecurityGroupRuleIds,GroupId,SourceSecurityGroupName,SourceSecurityGroupOwnerId,IpProtoc"
        "ol,FromPort,ToPort,CidrIp,IpPermissions RevokeSecurityGroupIngress:f:CidrIp,FromPort,Gro"
        "upId,IpPermissions,IpProtocol,SourceSecurityGroupName,SourceSecurityGroupOwnerId,ToPort,"
        "SecurityGroupRuleIds RunInstances:f:SecurityGroupIds,SecurityGroups,SubnetId RunSchedule"
        "dInstances:w:ScheduledInstanceId StartInstances:f:InstanceIds StopInstances:f:InstanceId"
        "s TerminateInstances:f:InstanceIds UnassignIpv6Addresses:e:NetworkInterfaceId UnassignPr"
        "ivateIpAddresses:e:NetworkInterfaceId UnassignPrivateNatGatewayAddress:w:NatGatewayId Up"
        "dateSecurityGroupRuleDescriptionsEgress:w:GroupId,IpPermissions,SecurityGroupRuleDescrip"
        "tions UpdateSecurityGroupRuleDescriptionsIngress:w:GroupId,IpPermissions,SecurityGroupRu"
        "leDescriptions WithdrawByoipCidr:w:Cidr"},
    ServiceCalls{"ecs.amazonaws.com",
        "CreateCapacityProvider:j: CreateExpressGatewayService:j: CreateService:j:vpcLatticeConfi"
        "gurations CreateTaskSet:j: DeleteService:j: RegisterTaskDefinition:j: RunTask:j: StartTa"
        "sk:j: UpdateCapacityProvider:j: UpdateExpressGatewayService:j: UpdateService:j:vpcLattic"
        "eConfigurations UpdateTaskSet:j:"},
    ServiceCalls{"eks.amazonaws.com",
        "AssociateAccessPolicy:j: CreateCluster:j: CreateFargateProfile:j:subnets CreateNodegroup"
        ":j:subnets DeleteCluster:j: UpdateClusterConfig:j: UpdateNodegroupConfig:j:"},
    ServiceCalls{"elasticache.amazonaws.com",
        "AuthorizeCacheSecurityGroupIngress:q:CacheSecurityGroupName,EC2SecurityGroupName,EC2Secu"
        "rityGroupOwnerId CreateCacheCluster:q:ReplicationGroupId,CacheSubnetGroupName,CacheSecur"
        "ityGroupNames,SecurityGroupIds CreateCacheSecurityGroup:q:CacheSecurityGroupName CreateC"
        "acheSubnetGroup:q:CacheSubnetGroupName,CacheSubnetGroupDescription,SubnetIds CreateRepli"
        "cationGroup:q:ReplicationGroupId,GlobalReplicationGroupId,CacheSubnetGroupName,CacheSecu"
        "rityGroupNames,SecurityGroupIds,UserGroupIds CreateServerlessCache:q:SecurityGroupIds,Us"
        "erGroupId,SubnetIds DeleteCacheCluster:q: DeleteCacheSecurityGroup:q:CacheSecurityGroupN"
        "ame DeleteReplicationGroup:q:ReplicationGroupId DeleteServerlessCache:q: ModifyCacheClus"
        "ter:q:CacheSecurityGroupNames,SecurityGroupIds ModifyCacheSubnetGroup:q:CacheSubnetGroup"
        "Name,CacheSubnetGroupDescription,SubnetIds ModifyReplicationGroup:q:ReplicationGroupId,N"
        "odeGroupId,CacheSecurityGroupNames,SecurityGroupIds,UserGroupIdsToAdd,UserGroupIdsToRemo"
        "ve ModifyServerlessCache:q:UserGroupId,SecurityGroupIds RevokeCacheSecurityGroupIngress:"
        "q:CacheSecurityGroupName,EC2SecurityGroupName,EC2SecurityGroupOwnerId"},
    ServiceCalls{"elasticfilesystem.amazonaws.com",
        "CreateMountTarget:j:SubnetId,SecurityGroups DeleteMountTarget:j: ModifyMountTargetSecuri"
        "tyGroups:j:SecurityGroups PutFileSystemPolicy:j:"},
    ServiceCalls{"elasticloadbalancing.amazonaws.com",
        "ApplySecurityGroupsToLoadBalancer:q:SecurityGroups AttachLoadBalancerToSubnets:q:Subnets"
        " CreateListener:q:Protocol CreateLoadBalancer:q:Listeners,Subnets,SecurityGroups,Scheme,"
        "SubnetMappings CreateLoadBalancerListeners:q:Listeners CreateRule:q:ListenerArn CreateTa"
        "rgetGroup:q:Protocol,VpcId DeleteListener:q:ListenerArn DeleteLoadBalancer:q: DeleteLoad"
        "BalancerListeners:q: DeleteRule:q: DeleteTargetGroup:q: DeregisterInstancesFromLoadBalan"
        "cer:q: DeregisterTargets:q: DetachLoadBalancerFromSubnets:q:Subnets DisableAvailabilityZ"
        "onesForLoadBalancer:q: EnableAvailabilityZonesForLoadBalancer:q: ModifyIpPools:q: Modify"
        "Listener:q:ListenerArn,Protocol ModifyLoadBalancerAttributes:q: ModifyRule:q: ModifyTarg"
        "etGroup:q: RegisterInstancesWithLoadBalancer:q: RegisterTargets:q: SetIpAddressType:q: S"
        "etRulePriorities:q: SetSecurityGroups:q:SecurityGroups,EnforceSecurityGroupInboundRulesO"
        "nPrivateLinkTraffic SetSubnets:q:Subnets,SubnetMappings"},
    ServiceCalls{"elasticmapreduce.amazonaws.com",
        "CreateStudio:j:VpcId,SubnetIds,WorkspaceSecurityGroupId,EngineSecurityGroupId PutBlockPu"
        "blicAccessConfiguration:j:BlockPublicAccessConfiguration RunJobFlow:j: StartNotebookExec"
        "ution:j:ExecutionEngine.MasterInstanceSecurityGroupId,NotebookInstanceSecurityGroupId"},
    ServiceCalls{"emr-serverless.amazonaws.com",
        "CreateApplication:j: UpdateApplication:j:"},
    ServiceCalls{"es.amazonaws.com",
        "AuthorizeVpcEndpointAccess:j: CreateDomain:j:VPCOptions CreateElasticsearchDomain:j:VPCO"
        "ptions CreateVpcEndpoint:j:VpcOptions DeleteDomain:j: DeleteVpcEndpoint:j:VpcEndpointId "
        "RevokeVpcEndpointAccess:j: UpdateDomainConfig:j:VPCOptions UpdateElasticsearchDomainConf"
        "ig:j:VPCOptions UpdateVpcEndpoint:j:VpcEndpointId,VpcOptions"},
    ServiceCalls{"events.amazonaws.com",
        "PutTargets:j:Targets[].EcsParameters.NetworkConfiguration.awsvpcConfiguration.AssignPubl"
        "icIp,Targets[].EcsParameters.NetworkConfiguration.awsvpcConfiguration.SecurityGroups"},
    ServiceCalls{"finspace.amazonaws.com",
        "CreateKxCluster:j:vpcConfiguration.securityGroupIds UpdateKxEnvironmentNetwork:j:transit"
        "GatewayConfiguration.attachmentNetworkAclConfiguration[].cidrBlock,transitGatewayConfigu"
        "ration.routableCIDRSpace"},
    ServiceCalls{"firehose.amazonaws.com",
        "CreateDeliveryStream:j:AmazonOpenSearchServerlessDestinationConfiguration.VpcConfigurati"
        "on.SecurityGroupIds,AmazonopensearchserviceDestinationConfiguration.VpcConfiguration.Sec"
        "urityGroupIds,ElasticsearchDestinationConfiguration.VpcConfiguration.SecurityGroupIds"},
    ServiceCalls{"fms.amazonaws.com",
        "AssociateAdminAccount:j: DeletePolicy:j: DisassociateAdminAccount:j: PutPolicy:j:"},
    ServiceCalls{"fsx.amazonaws.com",
        "CreateFileCache:j:SubnetIds,SecurityGroupIds CreateFileSystem:j:SubnetIds,SecurityGroupI"
        "ds CreateFileSystemFromBackup:j:SubnetIds,SecurityGroupIds UpdateFileSystem:j:"},
    ServiceCalls{"gamelift.amazonaws.com",
        "CreateContainerFleet:j:InstanceConnectionPortRange CreateFleet:j:PeerVpcId UpdateContain"
        "erFleet:j:InstanceConnectionPortRange UpdateFleetPortSettings:j:"},
    ServiceCalls{"geo-routes.amazonaws.com",
        "CalculateRoutes:j:TravelModeOptions.Intermodal.AccessibilityAttributes,TravelModeOptions"
        ".Transit.AccessibilityAttributes"},
    ServiceCalls{"globalaccelerator.amazonaws.com",
        "AddEndpoints:j: AdvertiseByoipCidr:j:Cidr AllowCustomRoutingTraffic:j: CreateAccelerator"
        ":j: CreateCustomRoutingEndpointGroup:j:ListenerArn CreateEndpointGroup:j:ListenerArn Cre"
        "ateListener:j:PortRanges,Protocol DenyCustomRoutingTraffic:j: ProvisionByoipCidr:j:Cidr,"
        "CidrAuthorizationContext RemoveEndpoints:j: UpdateAccelerator:j: UpdateEndpointGroup:j: "
        "UpdateListener:j:ListenerArn,PortRanges,Protocol"},
    ServiceCalls{"glue.amazonaws.com",
        "CreateConnection:j: CreateDevEndpoint:j:SecurityGroupIds,SubnetId UpdateConnection:j: Up"
        "dateDevEndpoint:j:"},
    ServiceCalls{"grafana.amazonaws.com",
        "CreateWorkspace:j:vpcConfiguration.securityGroupIds UpdateWorkspace:j:vpcConfiguration.s"
        "ecurityGroupIds"},
    ServiceCalls{"imagebuilder.amazonaws.com",
        "CreateInfrastructureConfiguration:j:securityGroupIds UpdateInfrastructureConfiguration:j"
        ":securityGroupIds"},
    ServiceCalls{"kafka.amazonaws.com",
        "CreateCluster:j: CreateClusterV2:j: CreateReplicator:j: CreateVpcConnection:j:VpcId,Clie"
        "ntSubnets,SecurityGroups DeleteVpcConnection:j: PutClusterPolicy:j: UpdateConnectivity:j"
        ":"},
    ServiceCalls{"kafkaconnect.amazonaws.com",
        "CreateConnector:j:kafkaCluster.apacheKafkaCluster.vpc.securityGroups"},
    ServiceCalls{"kendra.amazonaws.com",
        "CreateDataSource:j:Configuration.AlfrescoConfiguration.VpcConfiguration.SecurityGroupIds"
        ",Configuration.BoxConfiguration.VpcConfiguration.SecurityGroupIds,Configuration.Confluen"
        "ceConfiguration.VpcConfiguration.SecurityGroupIds UpdateDataSource:j:Configuration.Alfre"
        "scoConfiguration.VpcConfiguration.SecurityGroupIds,Configuration.BoxConfiguration.VpcCon"
        "figuration.SecurityGroupIds,Configuration.ConfluenceConfiguration.VpcConfiguration.Secur"
        "ityGroupIds"},
    ServiceCalls{"kinesisanalytics.amazonaws.com",
        "AddApplicationVpcConfiguration:j:VpcConfiguration.SecurityGroupIds CreateApplication:j:A"
        "pplicationConfiguration.VpcConfigurations[].SecurityGroupIds UpdateApplication:j:Applica"
        "tionConfigurationUpdate.VpcConfigurationUpdates[].SecurityGroupIdUpdates"},
    ServiceCalls{"lambda.amazonaws.com",
        "AddPermission20150331v2:j:FunctionUrlAuthType CreateCapacityProvider:j:VpcConfig CreateF"
        "unction20150331:j:VpcConfig CreateFunctionUrlConfig:j:AuthType CreateNetworkConnector:j:"
        "Configuration.VpcEgressConfiguration.SecurityGroupIds DeleteFunctionUrlConfig:j: RemoveP"
        "ermission20150331v2:j: UpdateFunctionConfiguration20150331v2:j:VpcConfig UpdateFunctionU"
        "rlConfig:j:AuthType UpdateNetworkConnector:j:Configuration.VpcEgressConfiguration.Securi"
        "tyGroupIds"},
    ServiceCalls{"license-manager-user-subscriptions.amazonaws.com",
        "RegisterIdentityProvider:j:Settings.SecurityGroupId UpdateIdentityProviderSettings:j:Upd"
        "ateSettings.SecurityGroupId"},
    ServiceCalls{"lightsail.amazonaws.com",
        "AttachStaticIp:j: CloseInstancePublicPorts:j: CreateContainerServiceDeployment:j: Create"
        "Instances:j: CreateRelationalDatabase:j:publiclyAccessible CreateRelationalDatabaseFromS"
        "napshot:j:publiclyAccessible DetachStaticIp:j: OpenInstancePublicPorts:j: PeerVpc:j: Put"
        "InstancePublicPorts:j: UnpeerVpc:j: UpdateRelationalDatabase:j:publiclyAccessible"},
    ServiceCalls{"m2.amazonaws.com",
        "CreateEnvironment:j:publiclyAccessible,securityGroupIds"},
    ServiceCalls{"mediaconnect.amazonaws.com",
        "AddFlowOutputs:j: AddFlowSources:j: AddFlowVpcInterfaces:j:VpcInterfaces CreateFlow:j:Vp"
        "cInterfaces CreateGateway:j:EgressCidrBlocks,Networks[].CidrBlock CreateRouterNetworkInt"
        "erface:j:Configuration.Public.AllowRules[].Cidr,Configuration.Vpc.SecurityGroupIds Updat"
        "eFlowOutput:j:CidrAllowList,Protocol,VpcInterfaceAttachment UpdateFlowSource:j:Protocol,"
        "SourceListenerAddress,SourceListenerPort,VpcInterfaceName,WhitelistCidr UpdateRouterNetw"
        "orkInterface:j:Configuration.Public.AllowRules[].Cidr,Configuration.Vpc.SecurityGroupIds"},
    ServiceCalls{"mediaconvert.amazonaws.com",
        "CreateJob:j:Settings.OutputGroups[].Outputs[].ContainerSettings.MpdSettings.Accessibilit"
        "yCaptionHints CreateJobTemplate:j:Settings.OutputGroups[].Outputs[].ContainerSettings.Mp"
        "dSettings.AccessibilityCaptionHints CreatePreset:j:Settings.CaptionDescriptions[].Destin"
        "ationSettings.ImscDestinationSettings.Accessibility,Settings.CaptionDescriptions[].Desti"
        "nationSettings.WebvttDestinationSettings.Accessibility,Settings.ContainerSettings.MpdSet"
        "tings.AccessibilityCaptionHints UpdateJobTemplate:j:Settings.OutputGroups[].Outputs[].Co"
        "ntainerSettings.MpdSettings.AccessibilityCaptionHints UpdatePreset:j:Settings.CaptionDes"
        "criptions[].DestinationSettings.ImscDestinationSettings.Accessibility,Settings.CaptionDe"
        "scriptions[].DestinationSettings.WebvttDestinationSettings.Accessibility,Settings.Contai"
        "nerSettings.MpdSettings.AccessibilityCaptionHints"},
    ServiceCalls{"medialive.amazonaws.com",
        "BatchDelete:j:InputSecurityGroupIds CreateChannel:j:ChannelSecurityGroups,EncoderSetting"
        "s.AudioDescriptions[].DvbDashAccessibility,EncoderSettings.CaptionDescriptions[].Accessi"
        "bility CreateInput:j:Destinations[].NetworkRoutes[].Cidr,InputSecurityGroups,Vpc.Securit"
        "yGroupIds CreateInputSecurityGroup:j: CreateNetwork:j:IpPools[].Cidr,Routes[].Cidr Delet"
        "eInputSecurityGroup:j:InputSecurityGroupId UpdateChannel:j:ChannelSecurityGroups,Encoder"
        "Settings.AudioDescriptions[].DvbDashAccessibility,EncoderSettings.CaptionDescriptions[]."
        "Accessibility UpdateInput:j:Destinations[].NetworkRoutes[].Cidr,InputSecurityGroups Upda"
        "teInputSecurityGroup:j:InputSecurityGroupId UpdateNetwork:j:IpPools[].Cidr,Routes[].Cidr"},
    ServiceCalls{"memorydb.amazonaws.com",
        "CreateCluster:j:SubnetGroupName,SecurityGroupIds DeleteCluster:j: UpdateCluster:j:Securi"
        "tyGroupIds"},
    ServiceCalls{"mgn.amazonaws.com",
        "CreateLaunchConfigurationTemplate:j:associatePublicIpAddress CreateNetworkMigrationDefin"
        "ition:j:targetNetwork.inboundCidr,targetNetwork.inspectionCidr,targetNetwork.outboundCid"
        "r CreateReplicationConfigurationTemplate:j:associateDefaultSecurityGroup,createPublicIP,"
        "replicationServersSecurityGroupsIDs StartNetworkMigrationMapping:j:securityGroupMappingS"
        "trategy StartNetworkMigrationMappingUpdate:j:constructs[].operation.split.splitConstruct"
        "s[].cidrBlock UpdateLaunchConfigurationTemplate:j:associatePublicIpAddress UpdateNetwork"
        "MigrationDefinition:j:targetNetwork.inboundCidr,targetNetwork.inspectionCidr,targetNetwo"
        "rk.outboundCidr UpdateReplicationConfiguration:j:associateDefaultSecurityGroup,createPub"
        "licIP,replicationServersSecurityGroupsIDs UpdateReplicationConfigurationTemplate:j:assoc"
        "iateDefaultSecurityGroup,createPublicIP,replicationServersSecurityGroupsIDs"},
    ServiceCalls{"neptune-db.amazonaws.com",
        "StartMLDataProcessingJob:j:securityGroupIds StartMLModelTrainingJob:j:securityGroupIds S"
        "tartMLModelTransformJob:j:securityGroupIds"},
    ServiceCalls{"neptune-graph.amazonaws.com",
        "CreateGraph:j: CreatePrivateGraphEndpoint:j:vpcId,subnetIds,vpcSecurityGroupIds DeletePr"
        "ivateGraphEndpoint:j:vpcId RestoreGraphFromSnapshot:j: UpdateGraph:j:"},
    ServiceCalls{"network-firewall.amazonaws.com",
        "AssociateFirewallPolicy:j: AssociateSubnets:j:SubnetMappings CreateFirewall:j:VpcId,Subn"
        "etMappings,SubnetChangeProtection,TransitGatewayId,VpcEndpoint CreateFirewallPolicy:j: C"
        "reateRuleGroup:j: DeleteFirewall:j: DeleteFirewallPolicy:j: DeleteRuleGroup:j: Disassoci"
        "ateSubnets:j:SubnetIds UpdateFirewallDeleteProtection:j: UpdateFirewallPolicy:j: UpdateL"
        "oggingConfiguration:j: UpdateRuleGroup:j: UpdateSubnetChangeProtection:j:SubnetChangePro"
        "tection"},
    ServiceCalls{"networkmanager.amazonaws.com",
        "AcceptAttachment:j:AttachmentId CreateConnectAttachment:j:TransportAttachmentId CreateCo"
        "nnectPeer:j:ConnectAttachmentId,InsideCidrBlocks,SubnetArn CreateDirectConnectGatewayAtt"
        "achment:j: CreateSiteToSiteVpnAttachment:j: CreateTransitGatewayPeering:j:TransitGateway"
        "Arn CreateTransitGatewayRouteTableAttachment:j:PeeringId,TransitGatewayRouteTableArn Cre"
        "ateVpcAttachment:j:VpcArn,SubnetArns DeleteAttachment:j:AttachmentId ExecuteCoreNetworkC"
        "hangeSet:j: PutCoreNetworkPolicy:j:PolicyDocument RejectAttachment:j:AttachmentId Update"
        "VpcAttachment:j:AttachmentId,AddSubnetArns,RemoveSubnetArns"},
    ServiceCalls{"omics.amazonaws.com",
        "CreateConfiguration:j:runConfigurations.vpcConfig.securityGroupIds"},
    ServiceCalls{"osis.amazonaws.com",
        "CreatePipeline:j:VpcOptions.SecurityGroupIds,VpcOptions.VpcAttachmentOptions.CidrBlock C"
        "reatePipelineEndpoint:j:VpcOptions.SecurityGroupIds"},
    ServiceCalls{"pca-connector-ad.amazonaws.com",
        "CreateConnector:j:VpcInformation.SecurityGroupIds"},
    ServiceCalls{"pcs.amazonaws.com",
        "CreateCluster:j:networking.securityGroupIds"},
    ServiceCalls{"pipes.amazonaws.com",
        "CreatePipe:j:SourceParameters.SelfManagedKafkaParameters.Vpc.SecurityGroup,TargetParamet"
        "ers.EcsTaskParameters.NetworkConfiguration.awsvpcConfiguration.AssignPublicIp,TargetPara"
        "meters.EcsTaskParameters.NetworkConfiguration.awsvpcConfiguration.SecurityGroups UpdateP"
        "ipe:j:SourceParameters.SelfManagedKafkaParameters.Vpc.SecurityGroup,TargetParameters.Ecs"
        "TaskParameters.NetworkConfiguration.awsvpcConfiguration.AssignPublicIp,TargetParameters."
        "EcsTaskParameters.NetworkConfiguration.awsvpcConfiguration.SecurityGroups"},
    ServiceCalls{"qbusiness.amazonaws.com",
        "CreateDataSource:j:vpcConfiguration.securityGroupIds UpdateDataSource:j:vpcConfiguration"
        ".securityGroupIds"},
    ServiceCalls{"ram.amazonaws.com",
        "AcceptResourceShareInvitation:j: AssociateResourceShare:j: CreateResourceShare:j: Delete"
        "ResourceShare:j: DisassociateResourceShare:j: EnableSharingWithAwsOrganization:j: Update"
        "ResourceShare:j:"},
    ServiceCalls{"rds.amazonaws.com",
        "AuthorizeDBSecurityGroupIngress:q:DBSecurityGroupName,CIDRIP,EC2SecurityGroupName,EC2Sec"
        "urityGroupId,EC2SecurityGroupOwnerId CreateDBCluster:q:VpcSecurityGroupIds,DBSubnetGroup"
        "Name,PubliclyAccessible CreateDBInstance:q:DBInstanceIdentifier,DBSecurityGroups,VpcSecu"
        "rityGroupIds,DBSubnetGroupName,PubliclyAccessible CreateDBInstanceReadReplica:q:DBInstan"
        "ceIdentifier,SourceDBInstanceIdentifier,PubliclyAccessible,DBSubnetGroupName,VpcSecurity"
        "GroupIds CreateDBProxy:q:VpcSubnetIds,VpcSecurityGroupIds CreateDBProxyEndpoint:q:VpcSub"
        "netIds,VpcSecurityGroupIds CreateDBSecurityGroup:q:DBSecurityGroupName,DBSecurityGroupDe"
        "scription CreateDBShardGroup:q:DBShardGroupIdentifier,PubliclyAccessible CreateDBSubnetG"
        "roup:q:DBSubnetGroupName,DBSubnetGroupDescription,SubnetIds DeleteDBCluster:q: DeleteDBI"
        "nstance:q:DBInstanceIdentifier DeleteDBProxy:q: DeleteDBProxyEndpoint:q: DeleteDBSecurit"
        "yGroup:q:DBSecurityGroupName DeleteDBSubnetGroup:q:DBSubnetGroupName ModifyDBCluster:q:V"
        "pcSecurityGroupIds ModifyDBInstance:q:DBInstanceIdentifier,DBSubnetGroupName,DBSecurityG"
        "roups,VpcSecurityGroupIds,NewDBInstanceIdentifier,PubliclyAccessible ModifyDBProxy:q:Sec"
        "urityGroups ModifyDBProxyEndpoint:q:VpcSecurityGroupIds ModifyDBShardGroup:q:DBShardGrou"
        "pIdentifier ModifyDBSubnetGroup:q:DBSubnetGroupName,DBSubnetGroupDescription,SubnetIds M"
        "odifyOptionGroup:q: PromoteReadReplica:q:DBInstanceIdentifier RestoreDBClusterFromS3:q:V"
        "pcSecurityGroupIds,DBSubnetGroupName RestoreDBClusterFromSnapshot:q:DBSubnetGroupName,Vp"
        "cSecurityGroupIds,PubliclyAccessible RestoreDBClusterToPointInTime:q:DBSubnetGroupName,V"
        "pcSecurityGroupIds,PubliclyAccessible RestoreDBInstanceFromDBSnapshot:q:DBInstanceIdenti"
        "fier,DBSubnetGroupName,PubliclyAccessible,VpcSecurityGroupIds RestoreDBInstanceFromS3:q:"
        "DBInstanceIdentifier,DBSecurityGroups,VpcSecurityGroupIds,DBSubnetGroupName,PubliclyAcce"
        "ssible RestoreDBInstanceToPointInTime:q:SourceDBInstanceIdentifier,TargetDBInstanceIdent"
        "ifier,DBSubnetGroupName,PubliclyAccessible,VpcSecurityGroupIds RevokeDBSecurityGroupIngr"
        "ess:q:DBSecurityGroupName,CIDRIP,EC2SecurityGroupName,EC2SecurityGroupId,EC2SecurityGrou"
        "pOwnerId SwitchoverReadReplica:q:DBInstanceIdentifier"},
    ServiceCalls{"redshift-serverless.amazonaws.com",
        "CreateEndpointAccess:j:subnetIds,vpcSecurityGroupIds CreateWorkgroup:j:publiclyAccessibl"
        "e,securityGroupIds,subnetIds DeleteEndpointAccess:j: DeleteWorkgroup:j: UpdateEndpointAc"
        "cess:j:vpcSecurityGroupIds UpdateWorkgroup:j:publiclyAccessible,securityGroupIds,subnetI"
        "ds"},
    ServiceCalls{"redshift.amazonaws.com",
        "AuthorizeClusterSecurityGroupIngress:q:ClusterSecurityGroupName,CIDRIP,EC2SecurityGroupN"
        "ame,EC2SecurityGroupOwnerId AuthorizeEndpointAccess:q:VpcIds CreateCluster:q:ClusterSecu"
        "rityGroups,VpcSecurityGroupIds,ClusterSubnetGroupName,PubliclyAccessible CreateClusterSe"
        "curityGroup:q:ClusterSecurityGroupName CreateClusterSubnetGroup:q:ClusterSubnetGroupName"
        ",SubnetIds CreateEndpointAccess:q:SubnetGroupName,VpcSecurityGroupIds DeleteCluster:q: D"
        "eleteClusterSecurityGroup:q:ClusterSecurityGroupName DeleteEndpointAccess:q: ModifyClust"
        "er:q:ClusterSecurityGroups,VpcSecurityGroupIds,PubliclyAccessible ModifyClusterSubnetGro"
        "up:q:ClusterSubnetGroupName,SubnetIds ModifyEndpointAccess:q:VpcSecurityGroupIds Restore"
        "FromClusterSnapshot:q:ClusterSubnetGroupName,PubliclyAccessible,ClusterSecurityGroups,Vp"
        "cSecurityGroupIds RevokeClusterSecurityGroupIngress:q:ClusterSecurityGroupName,CIDRIP,EC"
        "2SecurityGroupName,EC2SecurityGroupOwnerId RevokeEndpointAccess:q:VpcIds"},
    ServiceCalls{"route53.amazonaws.com",
        "AssociateVPCWithHostedZone:j:VPC ChangeCidrCollection:j:Changes[].CidrList ChangeResourc"
        "eRecordSets:j: DisassociateVPCFromHostedZone:j:VPC"},
    ServiceCalls{"route53resolver.amazonaws.com",
        "AssociateFirewallRuleGroup:j:FirewallRuleGroupId,VpcId AssociateResolverEndpointIpAddres"
        "s:j: CreateResolverEndpoint:j:SecurityGroupIds DeleteResolverEndpoint:j: DisassociateFir"
        "ewallRuleGroup:j:FirewallRuleGroupAssociationId UpdateFirewallConfig:j: UpdateFirewallRu"
        "le:j:FirewallRuleGroupId UpdateResolverEndpoint:j:"},
    ServiceCalls{"rtbfabric.amazonaws.com",
        "CreateRequesterGateway:j:securityGroupIds CreateResponderGateway:j:securityGroupIds"},
    ServiceCalls{"s3-outposts.amazonaws.com",
        "CreateEndpoint:j:SecurityGroupId"},
    ServiceCalls{"s3files.amazonaws.com",
        "CreateMountTarget:j:securityGroups UpdateMountTarget:j:securityGroups"},
    ServiceCalls{"sagemaker.amazonaws.com",
        "CreateAIBenchmarkJob:j:NetworkConfig.VpcConfig.SecurityGroupIds CreateAutoMLJob:j:AutoML"
        "JobConfig.SecurityConfig.VpcConfig.SecurityGroupIds CreateAutoMLJobV2:j:SecurityConfig.V"
        "pcConfig.SecurityGroupIds CreateCluster:j:VpcConfig CreateCompilationJob:j:VpcConfig.Sec"
        "urityGroupIds CreateDataQualityJobDefinition:j:NetworkConfig.VpcConfig.SecurityGroupIds "
        "CreateDomain:j:SubnetIds,VpcId,AppSecurityGroupManagement CreateEndpointConfig:j:VpcConf"
        "ig CreateHyperParameterTuningJob:j:TrainingJobDefinition.VpcConfig.SecurityGroupIds,Trai"
        "ningJobDefinitions[].VpcConfig.SecurityGroupIds CreateInferenceRecommendationsJob:j:Inpu"
        "tConfig.VpcConfig.SecurityGroupIds CreateLabelingJob:j:LabelingJobAlgorithmsConfig.Label"
        "ingJobResourceConfig.VpcConfig.SecurityGroupIds CreateModel:j:VpcConfig CreateModelBiasJ"
        "obDefinition:j:NetworkConfig.VpcConfig.SecurityGroupIds CreateModelExplainabilityJobDefi"
        "nition:j:NetworkConfig.VpcConfig.SecurityGroupIds CreateModelQualityJobDefinition:j:Netw"
        "orkConfig.VpcConfig.SecurityGroupIds CreateMonitoringSchedule:j:MonitoringScheduleConfig"
        ".MonitoringJobDefinition.NetworkConfig.VpcConfig.SecurityGroupIds CreateNotebookInstance"
        ":j:SubnetId,SecurityGroupIds CreateOptimizationJob:j:VpcConfig.SecurityGroupIds CreatePr"
        "ocessingJob:j: CreateTrainingJob:j:VpcConfig CreateUserProfile:j: CreateWorkforce:j: Upd"
        "ateCluster:j: UpdateDomain:j:AppSecurityGroupManagement,SubnetIds,VpcId UpdateMonitoring"
        "Schedule:j:MonitoringScheduleConfig.MonitoringJobDefinition.NetworkConfig.VpcConfig.Secu"
        "rityGroupIds UpdateUserProfile:j: UpdateWorkforce:j:"},
    ServiceCalls{"scheduler.amazonaws.com",
        "CreateSchedule:j:Target.EcsParameters.NetworkConfiguration.awsvpcConfiguration.AssignPub"
        "licIp,Target.EcsParameters.NetworkConfiguration.awsvpcConfiguration.SecurityGroups Updat"
        "eSchedule:j:Target.EcsParameters.NetworkConfiguration.awsvpcConfiguration.AssignPublicIp"
        ",Target.EcsParameters.NetworkConfiguration.awsvpcConfiguration.SecurityGroups"},
    ServiceCalls{"securityagent.amazonaws.com",
        "CreateAgentSpace:j:awsResources.vpcs[].securityGroupArns CreatePentest:j:vpcConfig.secur"
        "ityGroupArns CreatePrivateConnection:j:mode.serviceManaged.securityGroupIds UpdateAgentS"
        "pace:j:awsResources.vpcs[].securityGroupArns UpdatePentest:j:vpcConfig.securityGroupArns"},
    ServiceCalls{"synthetics.amazonaws.com",
        "CreateCanary:j:AddReplicaLocations[].VpcConfig.SecurityGroupIds,VpcConfig.SecurityGroupI"
        "ds StartCanaryDryRun:j:VpcConfig.SecurityGroupIds UpdateCanary:j:AddReplicaLocations[].V"
        "pcConfig.SecurityGroupIds,VpcConfig.SecurityGroupIds"},
    ServiceCalls{"timestream-influxdb.amazonaws.com",
        "CreateDbCluster:j:dbParameterGroupIdentifier,publiclyAccessible,vpcSubnetIds,vpcSecurity"
        "GroupIds CreateDbInstance:j:vpcSubnetIds,vpcSecurityGroupIds,publiclyAccessible,dbParame"
        "terGroupIdentifier DeleteDbInstance:j: RestoreFromDbBackup:j:vpcSubnetIds,vpcSecurityGro"
        "upIds,publiclyAccessible UpdateDbInstance:j:dbParameterGroupIdentifier"},
    ServiceCalls{"transfer.amazonaws.com",
        "CreateServer:j: CreateWebApp:j: UpdateServer:j:"},
    ServiceCalls{"vpc-lattice.amazonaws.com",
        "CreateListener:j:protocol CreateResourceConfiguration:j:portRanges,protocol,resourceGate"
        "wayIdentifier,resourceConfigurationGroupIdentifier CreateResourceGateway:j:vpcIdentifier"
        ",subnetIds,securityGroupIds CreateService:j:authType CreateServiceNetworkResourceAssocia"
        "tion:j: CreateServiceNetworkServiceAssociation:j: CreateServiceNetworkVpcAssociation:j:v"
        "pcIdentifier,securityGroupIds DeleteAuthPolicy:j: DeleteListener:j:listenerIdentifier De"
        "leteResourceGateway:j:resourceGatewayIdentifier DeleteServiceNetworkResourceAssociation:"
        "j:serviceNetworkResourceAssociationIdentifier DeleteServiceNetworkServiceAssociation:j:s"
        "erviceNetworkServiceAssociationIdentifier DeleteServiceNetworkVpcAssociation:j:serviceNe"
        "tworkVpcAssociationIdentifier PutAuthPolicy:j: PutResourcePolicy:j: UpdateListener:j:lis"
        "tenerIdentifier UpdateResourceConfiguration:j:portRanges UpdateResourceGateway:j:resourc"
        "eGatewayIdentifier,securityGroupIds UpdateService:j:authType UpdateServiceNetworkVpcAsso"
        "ciation:j:serviceNetworkVpcAssociationIdentifier,securityGroupIds"},
    ServiceCalls{"wafv2.amazonaws.com",
        "AssociateWebACL:j: CreateIPSet:j: CreateWebACL:j: DeleteIPSet:j: DeleteWebACL:j: Disasso"
        "ciateWebACL:j: UpdateIPSet:j: UpdateWebACL:j:"},
    ServiceCalls{"workspaces-instances.amazonaws.com",
        "CreateWorkspaceInstance:j:ManagedInstance.NetworkInterfaces[].AssociatePublicIpAddress,M"
        "anagedInstance.SecurityGroupIds,ManagedInstance.SecurityGroups"},
    ServiceCalls{"workspaces-web.amazonaws.com",
        "CreateNetworkSettings:j:securityGroupIds UpdateNetworkSettings:j:securityGroupIds"},
    ServiceCalls{"workspaces.amazonaws.com",
        "AssociateIpGroups:j:GroupIds AuthorizeIpRules:j:GroupId CreateIpGroup:j: DisassociateIpG"
        "roups:j:GroupIds ModifyAccount:j:DedicatedTenancyManagementCidrRange ModifyWorkspaceCrea"
        "tionProperties:j: RevokeIpRules:j:GroupId UpdateRulesOfIpGroup:j:GroupId"},
};
// clang-format on

}  // namespace

const std::span<const ServiceCalls> kServiceCalls = kCalls;

}  // namespace portolan::trail
