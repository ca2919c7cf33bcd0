#include "iam/network.h"

#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>

namespace portolan::iam {
namespace {

/// How the ARN ends that stands for the setting of an account and region.
constexpr std::string_view kBlockPublicAccess = "vpc-block-public-access-options";

// clang-format off
constexpr std::array kChangeActions = {
    ChangeAction{"ec2:AuthorizeSecurityGroupIngress", "security-group/", ChangeKind::Rules},
    ChangeAction{"ec2:AuthorizeSecurityGroupEgress", "security-group/", ChangeKind::Rules},
    ChangeAction{"ec2:RevokeSecurityGroupIngress", "security-group/", ChangeKind::Rules},
    ChangeAction{"ec2:RevokeSecurityGroupEgress", "security-group/", ChangeKind::Rules},
    ChangeAction{"ec2:ModifySecurityGroupRules", "security-group/", ChangeKind::Rules},
    ChangeAction{"ec2:UpdateSecurityGroupRuleDescriptionsIngress", "security-group/", ChangeKind::Rules},
    ChangeAction{"ec2:UpdateSecurityGroupRuleDescriptionsEgress", "security-group/", ChangeKind::Rules},
    ChangeAction{"ec2:AssociateSecurityGroupVpc", "security-group/", ChangeKind::Attach},
    ChangeAction{"ec2:DisassociateSecurityGroupVpc", "security-group/", ChangeKind::Attach},
    ChangeAction{"ec2:DeleteSecurityGroup", "security-group/", ChangeKind::Delete},
    ChangeAction{"ec2:CreateTags", "security-group/", ChangeKind::Retag},
    ChangeAction{"ec2:DeleteTags", "security-group/", ChangeKind::Retag},
    ChangeAction{"ec2:CreateNetworkAclEntry", "network-acl/", ChangeKind::Rules},
    ChangeAction{"ec2:ReplaceNetworkAclEntry", "network-acl/", ChangeKind::Rules},
    ChangeAction{"ec2:DeleteNetworkAclEntry", "network-acl/", ChangeKind::Rules},
    ChangeAction{"ec2:ReplaceNetworkAclAssociation", "network-acl/", ChangeKind::Attach},
    ChangeAction{"ec2:DeleteNetworkAcl", "network-acl/", ChangeKind::Delete},
    ChangeAction{"ec2:CreateTags", "network-acl/", ChangeKind::Retag},
    ChangeAction{"ec2:DeleteTags", "network-acl/", ChangeKind::Retag},
    ChangeAction{"ec2:CreateRoute", "route-table/", ChangeKind::Rules},
    ChangeAction{"ec2:ReplaceRoute", "route-table/", ChangeKind::Rules},
    ChangeAction{"ec2:DeleteRoute", "route-table/", ChangeKind::Rules},
    ChangeAction{"ec2:EnableVgwRoutePropagation", "route-table/", ChangeKind::Rules},
    ChangeAction{"ec2:DisableVgwRoutePropagation", "route-table/", ChangeKind::Rules},
    ChangeAction{"ec2:AssociateRouteTable", "route-table/", ChangeKind::Attach},
    ChangeAction{"ec2:DisassociateRouteTable", "route-table/", ChangeKind::Attach},
    ChangeAction{"ec2:ReplaceRouteTableAssociation", "route-table/", ChangeKind::Attach},
    ChangeAction{"ec2:DeleteRouteTable", "route-table/", ChangeKind::Delete},
    ChangeAction{"ec2:CreateTags", "route-table/", ChangeKind::Retag},
    ChangeAction{"ec2:DeleteTags", "route-table/", ChangeKind::Retag},
    ChangeAction{"ec2:ModifyNetworkInterfaceAttribute", "network-interface/", ChangeKind::Attach},
    ChangeAction{"ec2:ResetNetworkInterfaceAttribute", "network-interface/", ChangeKind::Attach},
    ChangeAction{"ec2:AttachNetworkInterface", "network-interface/", ChangeKind::Attach},
    ChangeAction{"ec2:DetachNetworkInterface", "network-interface/", ChangeKind::Attach},
    ChangeAction{"ec2:AssignPrivateIpAddresses", "network-interface/", ChangeKind::Attach},
    ChangeAction{"ec2:AssociateAddress", "network-interface/", ChangeKind::Attach},
    ChangeAction{"ec2:DeleteNetworkInterface", "network-interface/", ChangeKind::Delete},
    ChangeAction{"ec2:CreateTags", "network-interface/", ChangeKind::Retag},
    ChangeAction{"ec2:DeleteTags", "network-interface/", ChangeKind::Retag},
    ChangeAction{"ec2:ModifyManagedPrefixList", "prefix-list/", ChangeKind::Rules},
    ChangeAction{"ec2:RestoreManagedPrefixListVersion", "prefix-list/", ChangeKind::Rules},
    ChangeAction{"ec2:DeleteManagedPrefixList", "prefix-list/", ChangeKind::Delete},
    ChangeAction{"ec2:CreateTags", "prefix-list/", ChangeKind::Retag},
    ChangeAction{"ec2:DeleteTags", "prefix-list/", ChangeKind::Retag},
    ChangeAction{"ec2:AttachInternetGateway", "internet-gateway/", ChangeKind::Attach},
    ChangeAction{"ec2:DetachInternetGateway", "internet-gateway/", ChangeKind::Attach},
    ChangeAction{"ec2:DeleteInternetGateway", "internet-gateway/", ChangeKind::Delete},
    ChangeAction{"ec2:ModifyVpcPeeringConnectionOptions", "vpc-peering-connection/", ChangeKind::Rules},
    ChangeAction{"ec2:AcceptVpcPeeringConnection", "vpc-peering-connection/", ChangeKind::Attach},
    ChangeAction{"ec2:RejectVpcPeeringConnection", "vpc-peering-connection/", ChangeKind::Attach},
    ChangeAction{"ec2:DeleteVpcPeeringConnection", "vpc-peering-connection/", ChangeKind::Delete},
    ChangeAction{"ec2:CreateTags", "vpc-peering-connection/", ChangeKind::Retag},
    ChangeAction{"ec2:DeleteTags", "vpc-peering-connection/", ChangeKind::Retag},
    ChangeAction{"ec2:ModifyTransitGateway", "transit-gateway/", ChangeKind::Rules},
    ChangeAction{"ec2:DeleteTransitGateway", "transit-gateway/", ChangeKind::Delete},
    ChangeAction{"ec2:CreateTags", "transit-gateway/", ChangeKind::Retag},
    ChangeAction{"ec2:DeleteTags", "transit-gateway/", ChangeKind::Retag},
    ChangeAction{"ec2:AssociateTransitGatewayRouteTable", "transit-gateway-attachment/", ChangeKind::Attach},
    ChangeAction{"ec2:DisassociateTransitGatewayRouteTable", "transit-gateway-attachment/", ChangeKind::Attach},
    ChangeAction{"ec2:AcceptTransitGatewayVpcAttachment", "transit-gateway-attachment/", ChangeKind::Attach},
    ChangeAction{"ec2:AcceptTransitGatewayPeeringAttachment", "transit-gateway-attachment/", ChangeKind::Attach},
    ChangeAction{"ec2:RejectTransitGatewayVpcAttachment", "transit-gateway-attachment/", ChangeKind::Attach},
    ChangeAction{"ec2:RejectTransitGatewayPeeringAttachment", "transit-gateway-attachment/", ChangeKind::Attach},
    ChangeAction{"ec2:ModifyTransitGatewayVpcAttachment", "transit-gateway-attachment/", ChangeKind::Attach},
    ChangeAction{"ec2:DeleteTransitGatewayVpcAttachment", "transit-gateway-attachment/", ChangeKind::Delete},
    ChangeAction{"ec2:DeleteTransitGatewayPeeringAttachment", "transit-gateway-attachment/", ChangeKind::Delete},
    ChangeAction{"ec2:CreateTags", "transit-gateway-attachment/", ChangeKind::Retag},
    ChangeAction{"ec2:DeleteTags", "transit-gateway-attachment/", ChangeKind::Retag},
    ChangeAction{"ec2:CreateTransitGatewayRoute", "transit-gateway-route-table/", ChangeKind::Rules},
    ChangeAction{"ec2:ReplaceTransitGatewayRoute", "transit-gateway-route-table/", ChangeKind::Rules},
    ChangeAction{"ec2:DeleteTransitGatewayRoute", "transit-gateway-route-table/", ChangeKind::Rules},
    ChangeAction{"ec2:CreateTransitGatewayPrefixListReference", "transit-gateway-route-table/", ChangeKind::Rules},
    ChangeAction{"ec2:ModifyTransitGatewayPrefixListReference", "transit-gateway-route-table/", ChangeKind::Rules},
    ChangeAction{"ec2:DeleteTransitGatewayPrefixListReference", "transit-gateway-route-table/", ChangeKind::Rules},
    ChangeAction{"ec2:EnableTransitGatewayRouteTablePropagation", "transit-gateway-route-table/", ChangeKind::Rules},
    ChangeAction{"ec2:DisableTransitGatewayRouteTablePropagation", "transit-gateway-route-table/", ChangeKind::Rules},
    ChangeAction{"ec2:AssociateTransitGatewayRouteTable", "transit-gateway-route-table/", ChangeKind::Attach},
    ChangeAction{"ec2:DisassociateTransitGatewayRouteTable", "transit-gateway-route-table/", ChangeKind::Attach},
    ChangeAction{"ec2:DeleteTransitGatewayRouteTable", "transit-gateway-route-table/", ChangeKind::Delete},
    ChangeAction{"ec2:CreateTags", "transit-gateway-route-table/", ChangeKind::Retag},
    ChangeAction{"ec2:DeleteTags", "transit-gateway-route-table/", ChangeKind::Retag},
    ChangeAction{"ec2:ModifyVpcBlockPublicAccessOptions", kBlockPublicAccess, ChangeKind::Rules},
    ChangeAction{"ec2:ModifyVpcBlockPublicAccessExclusion", "vpc-block-public-access-exclusion/", ChangeKind::Rules},
    ChangeAction{"ec2:DeleteVpcBlockPublicAccessExclusion", "vpc-block-public-access-exclusion/", ChangeKind::Delete},
    ChangeAction{"ec2:CreateTags", "vpc-block-public-access-exclusion/", ChangeKind::Retag},
    ChangeAction{"ec2:DeleteTags", "vpc-block-public-access-exclusion/", ChangeKind::Retag},
    ChangeAction{"elasticloadbalancing:SetSecurityGroups", "loadbalancer/", ChangeKind::Attach},
    ChangeAction{"elasticloadbalancing:ApplySecurityGroupsToLoadBalancer", "loadbalancer/", ChangeKind::Attach},
    ChangeAction{"elasticloadbalancing:SetSubnets", "loadbalancer/", ChangeKind::Attach},
    ChangeAction{"elasticloadbalancing:CreateListener", "loadbalancer/", ChangeKind::Rules},
    ChangeAction{"elasticloadbalancing:DeleteLoadBalancer", "loadbalancer/", ChangeKind::Delete},
};
// clang-format on

/// SOURCE: AWS General Reference, "Amazon Resource Names": partitions and their regions.
std::string_view partition_of(const Region& region) {
  const std::string& name = region.text();
  return name.starts_with("cn-") ? "aws-cn" : name.starts_with("us-gov-") ? "aws-us-gov" : "aws";
}

/// `arn:aws:ec2:REGION:ACCOUNT:`; empty where that is not known.
std::string place_of(const Owned& owned) {
  return owned.account.known() && owned.region.known()
             ? fmt::format("arn:{}:ec2:{}:{}:", partition_of(owned.region), owned.region.text(),
                           owned.account.text())
             : "";
}

std::optional<Resource> made(const Owned& owned, const std::string& arn_text) {
  const auto arn = Arn::parse(arn_text);
  if (!arn || arn->account().empty()) {
    return std::nullopt;
  }
  Resource resource{.arn = *arn};
  for (const Tag& tag : owned.tags) {
    resource.tags.emplace_back(tag.key, tag.value);
  }
  resource.name = owned.tag("Name").value_or("");
  return resource;
}

std::optional<Resource> made_ec2(const Owned& owned, std::string_view type, const std::string& id,
                                 std::string_view id_key) {
  const std::string place = place_of(owned);
  auto resource =
      place.empty() ? std::nullopt : made(owned, fmt::format("{}{}{}", place, type, id));
  if (resource && !id_key.empty()) {
    resource->keys.emplace_back(id_key, id);
  }
  return resource;
}

/// A key that holds the ARN of another resource in the same place.
template <class Other>
void add_arn_key(std::optional<Resource>& resource, const Owned& owned, std::string_view key,
                 std::string_view type, const Other& id) {
  if (resource && !id.empty()) {
    resource->keys.emplace_back(key, fmt::format("{}{}{}", place_of(owned), type, id.value));
  }
}

/// The VPC on one side of a peering, in the account and region of that side.
void add_side(std::optional<Resource>& resource, const PeeringSide& side, std::string_view key) {
  const Owned there{.account = side.account, .region = side.region, .tags = {}};
  if (!place_of(there).empty()) {
    add_arn_key(resource, there, key, "vpc/", side.vpc);
  }
}

template <class Row>
void add_all(const Snapshot& snapshot, std::vector<Resource>& resources) {
  for (const Row& row : snapshot.all<Row>()) {
    if (auto resource = resource_of(row)) {
      resources.push_back(*std::move(resource));
    }
  }
}

bool shares_place(const Arn& a, const Arn& b) {
  return a.account() == b.account() && a.region() == b.region();
}

}  // namespace

std::string_view text(ChangeKind change) {
  switch (change) {
    case ChangeKind::Rules:
      return "rules";
    case ChangeKind::Attach:
      return "attach";
    case ChangeKind::Delete:
      return "delete";
    case ChangeKind::Retag:
      return "tags";
  }
  return "";
}

std::span<const ChangeAction> change_actions() { return kChangeActions; }

std::vector<ChangeAction> change_actions(const Arn& arn) {
  std::vector<ChangeAction> actions;
  for (const ChangeAction& each : kChangeActions) {
    const ActionRow* row = find_action(each.action);
    const bool is_taken = row != nullptr && (each.type == kBlockPublicAccess ||
                                             find_use(*row, arn.text()) != nullptr);
    if (is_taken && arn.resource().starts_with(each.type)) {
      actions.push_back(each);
    }
  }
  return actions;
}

std::optional<Resource> resource_of(const SecurityGroup& group) {
  auto resource = made_ec2(group.owned, "security-group/", group.id.value, "ec2:SecurityGroupID");
  add_arn_key(resource, group.owned, "ec2:Vpc", "vpc/", group.vpc);
  if (resource && !group.group_name.empty()) {
    resource->name = group.group_name;
  }
  return resource;
}

std::optional<Resource> resource_of(const NetworkAcl& acl) {
  auto resource = made_ec2(acl.owned, "network-acl/", acl.id.value, "ec2:NetworkAclID");
  add_arn_key(resource, acl.owned, "ec2:Vpc", "vpc/", acl.vpc);
  return resource;
}

std::optional<Resource> resource_of(const RouteTable& table) {
  auto resource = made_ec2(table.owned, "route-table/", table.id.value, "ec2:RouteTableID");
  add_arn_key(resource, table.owned, "ec2:Vpc", "vpc/", table.vpc);
  return resource;
}

std::optional<Resource> resource_of(const NetworkInterface& interface) {
  auto resource =
      made_ec2(interface.owned, "network-interface/", interface.id.value, "ec2:NetworkInterfaceID");
  add_arn_key(resource, interface.owned, "ec2:Vpc", "vpc/", interface.vpc);
  add_arn_key(resource, interface.owned, "ec2:Subnet", "subnet/", interface.subnet);
  if (resource && !interface.zone.empty()) {
    resource->keys.emplace_back("ec2:AvailabilityZone", interface.zone);
  }
  return resource;
}

std::optional<Resource> resource_of(const PrefixList& list) {
  auto resource =
      list.is_aws_managed ? std::nullopt : made_ec2(list.owned, "prefix-list/", list.id.value, "");
  if (resource && !list.list_name.empty()) {
    resource->name = list.list_name;
  }
  return resource;
}

std::optional<Resource> resource_of(const InternetGateway& gateway) {
  return made_ec2(gateway.owned, "internet-gateway/", gateway.id.value, "ec2:InternetGatewayID");
}

std::optional<Resource> resource_of(const Subnet& subnet) {
  auto resource = made_ec2(subnet.owned, "subnet/", subnet.id.value, "ec2:SubnetID");
  add_arn_key(resource, subnet.owned, "ec2:Vpc", "vpc/", subnet.vpc);
  return resource;
}

std::optional<Resource> resource_of(const Vpc& vpc) {
  return made_ec2(vpc.owned, "vpc/", vpc.id.value, "ec2:VpcID");
}

std::optional<Resource> resource_of(const Instance& instance) {
  auto resource = made_ec2(instance.owned, "instance/", instance.id.value, "ec2:InstanceID");
  if (resource && !instance.instance_profile.empty()) {
    resource->keys.emplace_back("ec2:InstanceProfile", instance.instance_profile);
  }
  return resource;
}

std::optional<Resource> resource_of(const LoadBalancer& balancer) {
  auto resource = made(balancer.owned, balancer.id.value);
  if (resource) {
    resource->name = balancer.balancer_name;
  }
  return resource;
}

std::vector<Resource> resources_of(const VpcPeering& peering) {
  const bool is_shared = peering.requester.account.known() && peering.accepter.account.known() &&
                         peering.requester.account != peering.accepter.account;
  std::vector<Resource> resources;
  for (const PeeringSide* side : {&peering.requester, &peering.accepter}) {
    Owned owned = peering.owned;
    if (side->account.known() && side->region.known()) {
      owned.account = side->account;
      owned.region = side->region;
    }
    auto resource =
        made_ec2(owned, "vpc-peering-connection/", peering.id.value, "ec2:VpcPeeringConnectionID");
    const bool is_there =
        resource && std::ranges::find(resources, resource->arn, &Resource::arn) != resources.end();
    if (!resource || is_there) {
      continue;
    }
    add_side(resource, peering.requester, "ec2:RequesterVpc");
    add_side(resource, peering.accepter, "ec2:AccepterVpc");
    if (is_shared) {
      resource->unknown = "each account tags the peering for itself, and only one told its tags";
    }
    resources.push_back(*std::move(resource));
  }
  return resources;
}

std::optional<Resource> resource_of(const TransitGateway& gateway) {
  return made_ec2(gateway.owned, "transit-gateway/", gateway.id.value, "ec2:transitGatewayId");
}

std::optional<Resource> resource_of(const TransitGatewayAttachment& attachment) {
  const std::string& id = attachment.id.value;  // of a peering with `@` and the gateway behind
  return made_ec2(attachment.owned, "transit-gateway-attachment/", id.substr(0, id.find('@')),
                  "ec2:transitGatewayAttachmentId");
}

std::optional<Resource> resource_of(const TransitGatewayRouteTable& table) {
  return made_ec2(table.owned, "transit-gateway-route-table/", table.id.value,
                  "ec2:transitGatewayRouteTableId");
}

std::optional<Resource> resource_of(const BlockPublicAccess& block) {
  const std::string place = place_of(block.owned);
  auto resource = place.empty() ? std::nullopt
                                : made(block.owned, fmt::format("{}{}", place, kBlockPublicAccess));
  if (resource) {
    resource->name = block.id.value;
    resource->is_nameless = true;
  }
  return resource;
}

std::optional<Resource> resource_of(const BlockPublicAccessExclusion& exclusion) {
  return made_ec2(exclusion.owned, "vpc-block-public-access-exclusion/", exclusion.id.value, "");
}

std::vector<Resource> changeable_resources(const Snapshot& snapshot) {
  std::vector<Resource> resources;
  add_all<SecurityGroup>(snapshot, resources);
  add_all<NetworkAcl>(snapshot, resources);
  add_all<RouteTable>(snapshot, resources);
  add_all<NetworkInterface>(snapshot, resources);
  add_all<PrefixList>(snapshot, resources);
  add_all<InternetGateway>(snapshot, resources);
  add_all<LoadBalancer>(snapshot, resources);
  for (const VpcPeering& peering : snapshot.all<VpcPeering>()) {
    std::ranges::move(resources_of(peering), std::back_inserter(resources));
  }
  add_all<TransitGateway>(snapshot, resources);
  add_all<TransitGatewayAttachment>(snapshot, resources);
  add_all<TransitGatewayRouteTable>(snapshot, resources);
  add_all<BlockPublicAccess>(snapshot, resources);
  add_all<BlockPublicAccessExclusion>(snapshot, resources);
  return resources;
}

std::vector<Resource> partners_of(const Snapshot& snapshot, const Resource& resource) {
  std::vector<Resource> partners;
  add_all<Subnet>(snapshot, partners);
  add_all<Vpc>(snapshot, partners);
  add_all<Instance>(snapshot, partners);
  add_all<PrefixList>(snapshot, partners);
  add_all<TransitGatewayAttachment>(snapshot, partners);
  add_all<TransitGatewayRouteTable>(snapshot, partners);
  for (const SecurityGroup& group : snapshot.all<SecurityGroup>()) {
    const auto own = resource_of(group);
    for (const SecurityGroupRule& rule : group.rules) {
      if (own && own->arn == resource.arn && !rule.id.empty()) {
        // SOURCE: the same page: rules have tags of their own, which no document tells.
        partners.push_back(*made_ec2(group.owned, "security-group-rule/", rule.id.value, ""));
        partners.back().tags.clear();
      }
    }
  }
  std::erase_if(partners,
                [&](const Resource& each) { return !shares_place(each.arn, resource.arn); });
  return partners;
}

std::vector<RoleInstance> instances_with_roles(const Snapshot& snapshot) {
  std::vector<RoleInstance> instances;
  for (const Instance& instance : snapshot.all<Instance>()) {
    if (instance.instance_profile.empty() || instance.state == InstanceState::Terminated) {
      continue;
    }
    auto resource = resource_of(instance);
    const auto profile = Arn::parse(instance.instance_profile);
    const auto somewhere = Arn::parse(fmt::format(
        "arn:aws:ec2:*:{}:instance/{}", profile ? profile->account() : "*", instance.id.value));
    if (!resource && somewhere) {
      resource = Resource{.arn = *somewhere, .tags = {}, .keys = {}};
    }
    if (resource) {
      instances.push_back({.resource = *std::move(resource),
                           .profile = instance.instance_profile,
                           .vpc = instance.vpc.value});
    }
  }
  return instances;
}

}  // namespace portolan::iam
