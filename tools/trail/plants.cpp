#include "tools/trail/plants.h"

#include <array>
#include <cstddef>

namespace portolan::trail {

namespace {

constexpr std::string_view kRds = "rds.amazonaws.com";

// The requests that several plants share.
constexpr std::string_view kEntry =
    R"({"networkAclId":"acl-#","ruleNumber":90,"egress":false,"ruleAction":"allow",)"
    R"("aclProtocol":"6","cidrBlock":"0.0.0.0/0","icmpTypeCode":{},"portRange":{"from":22,"to":22}})";
constexpr std::string_view kEntryOfAll =
    R"({"networkAclId":"acl-#","ruleNumber":90,"egress":false,"ruleAction":"allow",)"
    R"("aclProtocol":"-1","ipv6CidrBlock":"::/0","icmpTypeCode":{},"portRange":{}})";
constexpr std::string_view kEntryThatDenies =
    R"({"networkAclId":"acl-#","ruleNumber":90,"egress":false,"ruleAction":"deny",)"
    R"("aclProtocol":"-1","ipv6CidrBlock":"::/0","icmpTypeCode":{},"portRange":{}})";
constexpr std::string_view kNoEntry = R"({"networkAclId":"acl-#","ruleNumber":90,"egress":false})";
constexpr std::string_view kRoute =
    R"({"routeTableId":"rtb-#","destinationCidrBlock":"0.0.0.0/0","gatewayId":"igw-#"})";
constexpr std::string_view kRouteToNat =
    R"({"routeTableId":"rtb-#","destinationCidrBlock":"0.0.0.0/0","natGatewayId":"nat-#"})";
constexpr std::string_view kNoRoute =
    R"({"routeTableId":"rtb-#","destinationCidrBlock":"0.0.0.0/0"})";
constexpr PlantedCall kAllocation{
    .name = "AllocateAddress",
    .request = R"({"domain":"vpc"})",
    .response = R"({"publicIp":"198.51.100.77","domain":"vpc","allocationId":"eipalloc-#"})"};
constexpr std::string_view kAddress = R"({"_return":true,"associationId":"eipassoc-#"})";
constexpr std::string_view kListAdds =
    R"({"ModifyManagedPrefixListRequest":{"PrefixListId":"pl-#","CurrentVersion":1,)"
    R"("AddEntry":{"Cidr":"0.0.0.0/0","tag":1}}})";
constexpr std::string_view kListRemoves =
    R"({"ModifyManagedPrefixListRequest":{"PrefixListId":"pl-#","CurrentVersion":2,)"
    R"("RemoveEntry":{"Cidr":"0.0.0.0/0","tag":1}}})";
constexpr PlantedCall kRuleOfList{
    .name = "AuthorizeSecurityGroupIngress",
    .request = R"({"groupId":"sg-#","ipPermissions":{"items":[{"ipProtocol":"tcp","fromPort":22,)"
               R"("toPort":22,"groups":{},"ipRanges":{},"ipv6Ranges":{},"prefixListIds":{"items":)"
               R"([{"prefixListId":"pl-#"}]}}]}})"};
constexpr PlantedCall kGroup{
    .name = "CreateSecurityGroup",
    .request = R"({"groupName":"p","groupDescription":"","vpcId":"vpc-1"})",
    .response = R"({"_return":true,"groupId":"sg-#"})"};
constexpr std::string_view kAttach =
    R"({"networkInterfaceId":"eni-#","groupSet":{"items":[{"groupId":"sg-#"}]}})";
constexpr std::string_view kEgress =
    R"({"groupId":"sg-#","ipPermissions":{"items":[{"ipProtocol":"tcp","fromPort":443,)"
    R"("toPort":443,"groups":{},"ipRanges":{"items":[{"cidrIp":"0.0.0.0/0"}]},"ipv6Ranges":{},)"
    R"("prefixListIds":{}}]}})";
constexpr Told kWorldSsh{"sg-opened-to-world-event", "sg-#", "tcp/22", "0.0.0.0/0"};
constexpr std::string_view kAuthorize = "AuthorizeSecurityGroupIngress";

constexpr std::array kNacls = {
    Plant{.opening = {"CreateNetworkAclEntry", kEntry},
          .closing = {"DeleteNetworkAclEntry", kNoEntry},
          .told = {"nacl-short-lived-allow", "acl-#", "tcp/22", "0.0.0.0/0"}},
    Plant{.before = {"CreateNetworkAclEntry", kEntryThatDenies},
          .opening = {"ReplaceNetworkAclEntry", kEntryOfAll},
          .closing = {"ReplaceNetworkAclEntry", kEntryThatDenies},
          .told = {"nacl-short-lived-allow", "acl-#", "any", "::/0"}},
    Plant{.opening = {"CreateNetworkAclEntry", kEntryOfAll},
          .told = {"nacl-opened-to-world", "acl-#", "any", "::/0"}},
};

constexpr std::array kRoutes = {
    Plant{.opening = {"CreateRoute", kRoute},
          .closing = {"DeleteRoute", kNoRoute},
          .told = {"route-short-lived", "rtb-#", "", "0.0.0.0/0"}},
    Plant{.before = {"CreateRoute", kRouteToNat},
          .opening = {"ReplaceRoute", kRoute},
          .closing = {"ReplaceRoute", kRouteToNat},
          .told = {"route-short-lived", "rtb-#", "", "0.0.0.0/0"}},
    Plant{.opening = {"CreateRoute", R"({"routeTableId":"rtb-#","destinationIpv6CidrBlock":"::/0",)"
                                     R"("gatewayId":"igw-#"})"},
          .told = {"route-to-internet-added", "rtb-#", "", "::/0"}},
};

constexpr std::array kAddresses = {
    Plant{.before = kAllocation,
          .opening = {"AssociateAddress", R"({"allocationId":"eipalloc-#","instanceId":"i-#"})",
                      kAddress},
          .closing = {"DisassociateAddress", R"({"associationId":"eipassoc-#"})"},
          .told = {"address-short-lived", "i-#", "", "198.51.100.77"}},
    Plant{.before = kAllocation,
          .opening = {"AssociateAddress",
                      R"({"allocationId":"eipalloc-#","networkInterfaceId":"eni-#"})", kAddress},
          .told = {"public-address-associated", "eni-#", "", "198.51.100.77"}},
    Plant{.opening = {"ModifySubnetAttribute",
                      R"({"subnetId":"subnet-#","mapPublicIpOnLaunch":{"value":true}})"},
          .told = {"subnet-public-addresses-on", "subnet-#", "", ""}},
    Plant{.opening = {"ModifySubnetAttribute",
                      R"({"subnetId":"subnet-#","mapPublicIpOnLaunch":{"value":true}})"},
          .closing = {"ModifySubnetAttribute",
                      R"({"subnetId":"subnet-#","mapPublicIpOnLaunch":{"value":false}})"},
          .told = {"switch-short-lived-public", "subnet-#", "", ""}},
};

constexpr std::array kSwitches = {
    Plant{
        .opening = {"ModifyDBInstance",
                    R"({"dBInstanceIdentifier":"db-#","publiclyAccessible":true})", "null", kRds},
        .closing = {"ModifyDBInstance",
                    R"({"dBInstanceIdentifier":"db-#","publiclyAccessible":false})", "null", kRds},
        .told = {"switch-short-lived-public", "db-#", "", ""}},
    Plant{.opening = {"RestoreDBInstanceFromDBSnapshot",
                      R"({"dBInstanceIdentifier":"db-#","publiclyAccessible":true})", "null", kRds},
          .told = {"resource-made-public", "db-#", "", ""}},
    Plant{.opening = {"ModifyVpcBlockPublicAccessOptions",
                      R"({"ModifyVpcBlockPublicAccessOptionsRequest":)"
                      R"({"InternetGatewayBlockMode":"off"}})"},
          .closing = {"ModifyVpcBlockPublicAccessOptions",
                      R"({"ModifyVpcBlockPublicAccessOptionsRequest":)"
                      R"({"InternetGatewayBlockMode":"block-bidirectional"}})"},
          .told = {"bpa-short-lived-off", "@account/@region", "", ""}},
    Plant{.opening = {"CreateVpcBlockPublicAccessExclusion",
                      R"({"CreateVpcBlockPublicAccessExclusionRequest":{"VpcId":"vpc-#",)"
                      R"("InternetGatewayExclusionMode":"allow-bidirectional"}})",
                      R"({"CreateVpcBlockPublicAccessExclusionResponse":)"
                      R"({"vpcBlockPublicAccessExclusion":{"exclusionId":"vpcbpa-exclude-#"}}})"},
          .told = {"bpa-switched-off", "vpc-#", "", ""}},
};

constexpr std::array kLists = {
    Plant{.before = kRuleOfList,
          .opening = {"ModifyManagedPrefixList", kListAdds},
          .closing = {"ModifyManagedPrefixList", kListRemoves},
          .told = {"prefix-list-short-lived-entry", "pl-#", "", "0.0.0.0/0"}},
    Plant{.before = kRuleOfList,
          .opening = {"ModifyManagedPrefixList", kListAdds},
          .told = {"prefix-list-opened-to-world", "pl-#", "", "0.0.0.0/0"}},
};

constexpr std::array kGroups = {
    Plant{.opening = kGroup,
          .closing = {"DeleteSecurityGroup", R"({"groupId":"sg-#"})"},
          .told = {"sg-short-lived-group", "sg-#", "", ""}},
    Plant{.opening = {"AuthorizeSecurityGroupEgress", kEgress},
          .closing = {"RevokeSecurityGroupEgress", kEgress},
          .told = {"sg-short-lived-egress", "sg-#", "tcp/443", "0.0.0.0/0"}},
    Plant{.opening = {"AssociateSecurityGroupVpc",
                      R"({"AssociateSecurityGroupVpcRequest":{"GroupId":"sg-#","VpcId":"vpc-#"}})",
                      R"({"AssociateSecurityGroupVpcResponse":{"state":"associating"}})"},
          .told = {"sg-vpc-associated", "sg-#", "", "vpc-#"}},
    Plant{.before = {kAuthorize, R"({"groupId":"sg-#","ipPermissions":{},"ipProtocol":"tcp",)"
                                 R"("fromPort":22,"toPort":22,"cidrIp":"0.0.0.0/0"})"},
          .told_before = kWorldSsh,
          .opening = {"ModifyNetworkInterfaceAttribute", kAttach},
          .told = {"sg-world-open-group-attached", "eni-#", "", "sg-#"}},
    Plant{.before = {kAuthorize,
                     R"({"groupId":"sg-0#","ipPermissions":{"items":[{"ipProtocol":"tcp",)"
                     R"("fromPort":5432,"toPort":5432,"groups":{"items":[{"groupId":"sg-#"}]},)"
                     R"("ipRanges":{},"ipv6Ranges":{},"prefixListIds":{}}]}})"},
          .opening = {"ModifyNetworkInterfaceAttribute", kAttach},
          .told = {"sg-referenced-group-gained-member", "eni-#", "", "sg-#"}},
};

/// Ways to write a rule that lets the internet in, and stays.
constexpr std::array kRules = {
    Plant{.opening = {kAuthorize,
                      R"({"groupId":"sg-#","ipPermissions":{"items":[{"ipProtocol":"tcp",)"
                      R"("fromPort":22,"toPort":22,"ipRanges":{"items":)"
                      R"([{"cidrIp":"203.0.113.9/0"}]}}]}})"},
          .told = kWorldSsh},
    Plant{.before = {kAuthorize, R"({"groupId":"sg-#","ipPermissions":{},"ipProtocol":"tcp",)"
                                 R"("fromPort":22,"toPort":22,"cidrIp":"0.0.0.0/1"})"},
          .told_before = {"sg-opened-to-world-event", "sg-#", "tcp/22", "0.0.0.0/1"},
          .opening = {kAuthorize, R"({"groupId":"sg-#","ipPermissions":{},"ipProtocol":"tcp",)"
                                  R"("fromPort":22,"toPort":22,"cidrIp":"128.0.0.0/1"})"},
          .told = {"sg-opened-to-world-event", "sg-#", "tcp/22", "128.0.0.0/1"}},
    Plant{.opening = {kAuthorize, R"({"groupId":"sg-#","ipPermissions":{},"ipProtocol":"tcp",)"
                                  R"("fromPort":0,"toPort":65535,"cidrIp":"0.0.0.0/0"})"},
          .told = {"sg-opened-to-world-event", "sg-#", "tcp", "0.0.0.0/0"}},
    Plant{.opening = {kAuthorize,
                      R"({"groupId":"sg-#","ipPermissions":{"items":[{"ipProtocol":"-1",)"
                      R"("ipRanges":{},"ipv6Ranges":{"items":[{"cidrIpv6":"::/0"}]}}]}})"},
          .told = {"sg-opened-to-world-event", "sg-#", "any", "::/0"}},
    Plant{.opening = {kAuthorize, R"({"groupId":"sg-#","ipPermissions":{},"ipProtocol":"50",)"
                                  R"("fromPort":22,"toPort":22,"cidrIp":"0.0.0.0/0"})"},
          .told = {"sg-opened-to-world-event", "sg-#", "proto/50", "0.0.0.0/0"}},
    Plant{.before = {kAuthorize, R"({"groupId":"sg-#"})",
                     R"({"_return":true,"securityGroupRuleSet":{"items":[{"groupId":"sg-#",)"
                     R"("securityGroupRuleId":"sgr-#","isEgress":false,"ipProtocol":"tcp",)"
                     R"("fromPort":22,"toPort":22,"cidrIpv4":"10.1.2.0/24"}]}})"},
          .opening = {"ModifySecurityGroupRules",
                      R"({"ModifySecurityGroupRulesRequest":{"GroupId":"sg-#",)"
                      R"("SecurityGroupRule":{"SecurityGroupRuleId":"sgr-#","SecurityGroupRule":)"
                      R"({"IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIpv4":"0.0.0.0/0"},)"
                      R"("tag":1}}})",
                      R"({"ModifySecurityGroupRulesResponse":{"return":true}})"},
          .told = kWorldSsh},
};

/// Less is recorded from then on, and a group is changed by the same principal.
constexpr std::array kBlindings = {
    Plant{.before = kGroup,
          .opening = {"StopLogging", R"({"name":"arn:aws:cloudtrail:@region:@account:trail/all"})",
                      "null", "cloudtrail.amazonaws.com"},
          .told = {"logging-off-around-change", "@principal", "", ""}},
    Plant{.before = kGroup,
          .opening = {"DeleteFlowLogs",
                      R"({"DeleteFlowLogsRequest":{"FlowLogId":{"tag":1,"content":"fl-#"}}})",
                      R"({"DeleteFlowLogsResponse":{"unsuccessful":""}})"},
          .told = {"logging-off-around-change", "@principal", "", ""}},
};

template <std::size_t... kSizes>
constexpr auto all_of(const std::array<Plant, kSizes>&... lists) {
  std::array<Plant, (kSizes + ...)> all;
  std::size_t next = 0;
  const auto add = [&](const auto& list) {
    for (const Plant& plant : list) {
      all[next++] = plant;
    }
  };
  (add(lists), ...);
  return all;
}

constexpr auto kPlants =
    all_of(kNacls, kRoutes, kAddresses, kSwitches, kLists, kGroups, kRules, kBlindings);

}  // namespace

std::span<const Plant> plants() { return kPlants; }

}  // namespace portolan::trail
