#include "tools/estate/estate.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "collect/aws/namers.h"

namespace portolan::estate {

namespace {

constexpr int kInterfacesPerVpc = 2500;
constexpr int kSubnetsPerVpc = 12;
constexpr int kZones = 3;
constexpr int kPageSize = 10000;
constexpr std::string_view kAccount = "111122223333";
constexpr std::string_view kRegion = "eu-west-1";
constexpr std::array<std::string_view, 6> kRoles{"web", "app", "db", "cache", "batch", "admin"};
constexpr std::array<int, 12> kPorts{22,   80,   443,  3306, 5432, 6379,
                                     8080, 8443, 9090, 9200, 3389, 53};

/// splitmix64: small, seeded, the same everywhere.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  /// 0 .. sides-1.
  int roll(int sides) { return static_cast<int>(next() % static_cast<std::uint64_t>(sides)); }

 private:
  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
    return mixed ^ (mixed >> 31);
  }
  std::uint64_t state_;
};

std::string id(std::string_view kind, int number) {
  return fmt::format("{}-0{:016x}", kind, static_cast<std::uint64_t>(number) * 0x9e3779b97ULL + 1);
}

/// The second byte of a VPC's addresses. Past 256 VPCs they overlap, as in large organisations.
int block_of(int vpc) { return vpc % 256; }

/// Numbers of the subnets that a VPC's attachment to the transit gateway has in each zone.
constexpr int kFirstDoor = 10'000'000;

std::string zone(int number) {
  return fmt::format("{}{}", kRegion, static_cast<char>('a' + number % 3));
}

/// Collects the rows of one kind and hands them on as pages.
class Pages {
 public:
  Pages(std::string_view call, std::string_view key, const Sink& sink)
      : call_(call), key_(key), sink_(sink) {}

  void add(std::string_view row) {
    body_.append(rows_ == 0 ? "\n        " : ",\n        ");
    body_.append(row);
    if (++rows_ == kPageSize) {
      flush();
    }
  }

  void finish() {
    if (rows_ > 0 || page_ == 0) {
      flush();
    }
  }

 private:
  void flush() {
    ++page_;
    sink_(fmt::format("{}-{:03}.json", call_, page_),
          fmt::format("{{\n    \"{}\": [{}\n    ]\n}}\n", key_, body_));
    body_.clear();
    rows_ = 0;
  }

  std::string call_;
  std::string key_;
  const Sink& sink_;
  std::string body_;
  int rows_ = 0;
  int page_ = 0;
};

struct Plan {
  Size size;
  int vpcs = 1;
  int groups_per_vpc = 1;
  int rules_per_group = 1;
};

Plan plan_of(const Size& size) {
  Plan plan{.size = size};
  plan.vpcs = std::max(1, (size.interfaces + kInterfacesPerVpc - 1) / kInterfacesPerVpc);
  plan.groups_per_vpc = std::max(2, size.groups / plan.vpcs);
  plan.rules_per_group = std::max(1, size.rules / (plan.groups_per_vpc * plan.vpcs));
  return plan;
}

std::string tags(std::string_view name, std::string_view role) {
  return fmt::format(R"([
                {{
                    "Key": "Name",
                    "Value": "{}"
                }},
                {{
                    "Key": "role",
                    "Value": "{}"
                }}
            ])",
                     name, role);
}

void vpcs_and_gateways(const Plan& plan, const Sink& sink) {
  Pages vpcs("describe-vpcs", "Vpcs", sink);
  Pages gateways("describe-internet-gateways", "InternetGateways", sink);
  for (int vpc = 0; vpc < plan.vpcs; ++vpc) {
    vpcs.add(fmt::format(R"({{
            "CidrBlock": "10.{4}.0.0/16",
            "State": "available",
            "VpcId": "{1}",
            "OwnerId": "{2}",
            "CidrBlockAssociationSet": [
                {{
                    "AssociationId": "vpc-cidr-assoc-{0}",
                    "CidrBlock": "10.{4}.0.0/16",
                    "CidrBlockState": {{
                        "State": "associated"
                    }}
                }}
            ],
            "IsDefault": false,
            "Tags": {3}
        }})",
                         vpc, id("vpc", vpc), kAccount, tags(fmt::format("vpc-{}", vpc), "net"),
                         block_of(vpc)));
    gateways.add(fmt::format(R"({{
            "Attachments": [
                {{
                    "State": "available",
                    "VpcId": "{}"
                }}
            ],
            "InternetGatewayId": "{}",
            "OwnerId": "{}",
            "Tags": []
        }})",
                             id("vpc", vpc), id("igw", vpc), kAccount));
  }
  vpcs.finish();
  gateways.finish();
}

void subnets(const Plan& plan, const Sink& sink) {
  Pages pages("describe-subnets", "Subnets", sink);
  for (int subnet = 0; subnet < plan.vpcs * kSubnetsPerVpc; ++subnet) {
    const int vpc = subnet / kSubnetsPerVpc;
    pages.add(fmt::format(
        R"({{
            "AvailabilityZone": "{}",
            "AvailabilityZoneId": "euw1-az{}",
            "AvailableIpAddressCount": 3800,
            "CidrBlock": "10.{}.{}.0/20",
            "DefaultForAz": false,
            "MapPublicIpOnLaunch": false,
            "State": "available",
            "SubnetId": "{}",
            "VpcId": "{}",
            "OwnerId": "{}",
            "AssignIpv6AddressOnCreation": false,
            "Ipv6CidrBlockAssociationSet": [],
            "Tags": {},
            "SubnetArn": "arn:aws:ec2:{}:{}:subnet/{}"
        }})",
        zone(subnet), subnet % 3 + 1, block_of(vpc), (subnet % kSubnetsPerVpc) * 16,
        id("subnet", subnet), id("vpc", vpc), kAccount,
        tags(fmt::format("subnet-{}", subnet), kRoles.at(static_cast<std::size_t>(subnet) % 6)),
        kRegion, kAccount, id("subnet", subnet)));
  }
  for (int door = 0; door < plan.vpcs * kZones; ++door) {
    pages.add(fmt::format(
        R"({{"AvailabilityZone": "{}", "AvailabilityZoneId": "euw1-az{}", "CidrBlock": "10.{}.{}.0/28", "State": "available", "SubnetId": "{}", "VpcId": "{}", "OwnerId": "{}", "Ipv6CidrBlockAssociationSet": [], "Tags": []}})",
        zone(door), door % kZones + 1, block_of(door / kZones), 240 + door % kZones,
        id("subnet", kFirstDoor + door), id("vpc", door / kZones), kAccount));
  }
  pages.finish();
}

/// One table for public subnets (every fourth) and one main table per VPC.
void route_tables(const Plan& plan, const Sink& sink) {
  Pages pages("describe-route-tables", "RouteTables", sink);
  for (int vpc = 0; vpc < plan.vpcs; ++vpc) {
    std::string associations;
    for (int subnet = 0; subnet < kSubnetsPerVpc; subnet += 4) {
      associations += fmt::format(
          R"({}{{"Main": false, "RouteTableAssociationId": "rtbassoc-{}", "RouteTableId": "{}", "SubnetId": "{}", "AssociationState": {{"State": "associated"}}}})",
          associations.empty() ? "" : ", ", vpc * kSubnetsPerVpc + subnet, id("rtb", vpc * 2),
          id("subnet", vpc * kSubnetsPerVpc + subnet));
    }
    const std::string local = fmt::format(
        R"({{"DestinationCidrBlock": "10.{}.0.0/16", "GatewayId": "local", "Origin": "CreateRouteTable", "State": "active"}}, {{"DestinationCidrBlock": "10.0.0.0/8", "TransitGatewayId": "{}", "Origin": "CreateRoute", "State": "active"}})",
        block_of(vpc), id("tgw", 0));
    pages.add(fmt::format(
        R"({{"Associations": [{}], "PropagatingVgws": [], "RouteTableId": "{}", "Routes": [{}, {{"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "{}", "Origin": "CreateRoute", "State": "active"}}], "Tags": [], "VpcId": "{}", "OwnerId": "{}"}})",
        associations, id("rtb", vpc * 2), local, id("igw", vpc), id("vpc", vpc), kAccount));
    pages.add(fmt::format(
        R"({{"Associations": [{{"Main": true, "RouteTableAssociationId": "rtbassoc-m{}", "RouteTableId": "{}", "AssociationState": {{"State": "associated"}}}}], "PropagatingVgws": [], "RouteTableId": "{}", "Routes": [{}], "Tags": [], "VpcId": "{}", "OwnerId": "{}"}})",
        vpc, id("rtb", vpc * 2 + 1), id("rtb", vpc * 2 + 1), local, id("vpc", vpc), kAccount));
  }
  pages.finish();
}

/// One transit gateway joins all VPCs.
void transit(const Plan& plan, const Sink& sink) {
  const std::string gateway = id("tgw", 0);
  const std::string table = id("tgw-rtb", 0);
  Pages gateways("describe-transit-gateways", "TransitGateways", sink);
  gateways.add(fmt::format(
      R"({{"TransitGatewayId": "{}", "OwnerId": "{}", "State": "available", "Options": {{"SecurityGroupReferencingSupport": "disable"}}, "Tags": []}})",
      gateway, kAccount));
  gateways.finish();
  Pages tables("describe-transit-gateway-route-tables", "TransitGatewayRouteTables", sink);
  tables.add(fmt::format(
      R"({{"TransitGatewayRouteTableId": "{}", "TransitGatewayId": "{}", "State": "available", "Tags": []}})",
      table, gateway));
  tables.finish();
  Pages attachments("describe-transit-gateway-attachments", "TransitGatewayAttachments", sink);
  Pages doors("describe-transit-gateway-vpc-attachments", "TransitGatewayVpcAttachments", sink);
  std::string routes;
  for (int vpc = 0; vpc < plan.vpcs; ++vpc) {
    const std::string attachment = id("tgw-attach", vpc);
    attachments.add(fmt::format(
        R"({{"TransitGatewayAttachmentId": "{}", "TransitGatewayId": "{}", "TransitGatewayOwnerId": "{}", "ResourceOwnerId": "{}", "ResourceType": "vpc", "ResourceId": "{}", "State": "available", "Association": {{"TransitGatewayRouteTableId": "{}", "State": "associated"}}, "Tags": []}})",
        attachment, gateway, kAccount, kAccount, id("vpc", vpc), table));
    const int door = kFirstDoor + vpc * kZones;
    doors.add(fmt::format(
        R"({{"TransitGatewayAttachmentId": "{}", "TransitGatewayId": "{}", "VpcId": "{}", "VpcOwnerId": "{}", "State": "available", "SubnetIds": ["{}", "{}", "{}"], "Options": {{"SecurityGroupReferencingSupport": "enable"}}}})",
        attachment, gateway, id("vpc", vpc), kAccount, id("subnet", door), id("subnet", door + 1),
        id("subnet", door + 2)));
    routes += fmt::format(
        R"({}{{"DestinationCidrBlock": "10.{}.0.0/16", "Type": "propagated", "State": "active", "TransitGatewayAttachments": [{{"TransitGatewayAttachmentId": "{}", "ResourceId": "{}", "ResourceType": "vpc"}}]}})",
        vpc == 0 ? "" : ",\n", block_of(vpc), attachment, id("vpc", vpc));
  }
  attachments.finish();
  doors.finish();
  sink(fmt::format("search-transit-gateway-routes-{}.json", table),
       fmt::format("{{\"Routes\": [{}], \"AdditionalRoutesAvailable\": false}}\n", routes));
}

std::string acl_entry(int number, bool egress, std::string_view action, std::string_view ports) {
  return fmt::format(
      R"({{"CidrBlock": "0.0.0.0/0", "Egress": {}, {}"RuleAction": "{}", "RuleNumber": {}}})",
      egress, ports, action, number);
}

/// The default NACL passes everything; every fifth subnet has one of its own that lists ports.
void acls(const Plan& plan, const Sink& sink) {
  Pages pages("describe-network-acls", "NetworkAcls", sink);
  const std::string any = R"("Protocol": "-1", )";
  for (int vpc = 0; vpc < plan.vpcs; ++vpc) {
    for (int kind = 0; kind < 2; ++kind) {
      std::string associations;
      for (int subnet = 0; subnet < kSubnetsPerVpc; ++subnet) {
        if ((subnet % 5 == 0) == (kind == 1)) {
          associations += fmt::format(
              R"({}{{"NetworkAclAssociationId": "aclassoc-{}", "NetworkAclId": "{}", "SubnetId": "{}"}})",
              associations.empty() ? "" : ", ", vpc * kSubnetsPerVpc + subnet,
              id("acl", vpc * 2 + kind), id("subnet", vpc * kSubnetsPerVpc + subnet));
        }
      }
      const std::string own =
          kind == 0 ? std::string()
                    : acl_entry(90, false, "deny",
                                R"("PortRange": {"From": 3389, "To": 3389}, "Protocol": "6", )") +
                          ", ";
      pages.add(fmt::format(
          R"({{"Associations": [{}], "Entries": [{}{}, {}, {}, {}], "IsDefault": {}, "NetworkAclId": "{}", "Tags": [], "VpcId": "{}", "OwnerId": "{}"}})",
          associations, own, acl_entry(100, false, "allow", any),
          acl_entry(100, true, "allow", any), acl_entry(32767, false, "deny", any),
          acl_entry(32767, true, "deny", any), kind == 0, id("acl", vpc * 2 + kind), id("vpc", vpc),
          kAccount));
    }
  }
  pages.finish();
}

struct RuleParts {
  int port = 0;
  int last_port = 0;
  std::string cidr;  // or
  std::string group;
};

RuleParts make_rule(const Plan& plan, int vpc, Dice& dice) {
  RuleParts parts;
  parts.port = kPorts.at(static_cast<std::size_t>(dice.roll(12)));
  parts.last_port = parts.port + (dice.roll(10) == 0 ? 10 : 0);
  const int kind = dice.roll(10);
  if (kind < 5) {
    parts.group = id("sg", vpc * plan.groups_per_vpc + dice.roll(plan.groups_per_vpc));
  } else if (kind < 9) {
    parts.cidr = fmt::format("10.{}.{}.0/{}", block_of(dice.roll(plan.vpcs)), dice.roll(16) * 16,
                             20 + dice.roll(5));
  } else {
    parts.cidr = dice.roll(20) == 0
                     ? "0.0.0.0/0"
                     : fmt::format("203.0.{}.{}/32", dice.roll(113), dice.roll(254) + 1);
  }
  return parts;
}

std::string permission(const RuleParts& parts) {
  const std::string ranges = parts.cidr.empty() ? std::string("[]")
                                                : fmt::format(R"([
                        {{
                            "CidrIp": "{}",
                            "Description": "made by the estate generator"
                        }}
                    ])",
                                                              parts.cidr);
  const std::string pairs = parts.group.empty() ? std::string("[]")
                                                : fmt::format(R"([
                        {{
                            "GroupId": "{}",
                            "UserId": "{}"
                        }}
                    ])",
                                                              parts.group, kAccount);
  return fmt::format(R"({{
                    "FromPort": {},
                    "IpProtocol": "tcp",
                    "IpRanges": {},
                    "Ipv6Ranges": [],
                    "PrefixListIds": [],
                    "ToPort": {},
                    "UserIdGroupPairs": {}
                }})",
                     parts.port, ranges, parts.last_port, pairs);
}

std::string flat_rule(const RuleParts& parts, int rule, int group) {
  const std::string peer = parts.cidr.empty() ? fmt::format(R"("ReferencedGroupInfo": {{
                "GroupId": "{}",
                "UserId": "{}"
            }})",
                                                            parts.group, kAccount)
                                              : fmt::format(R"("CidrIpv4": "{}",
            "Description": "made by the estate generator")",
                                                            parts.cidr);
  return fmt::format(R"({{
            "SecurityGroupRuleId": "{}",
            "GroupId": "{}",
            "GroupOwnerId": "{}",
            "IsEgress": false,
            "IpProtocol": "tcp",
            "FromPort": {},
            "ToPort": {},
            {},
            "Tags": []
        }})",
                     id("sgr", rule), id("sg", group), kAccount, parts.port, parts.last_port, peer);
}

constexpr std::string_view kEgressAll = R"({
                    "IpProtocol": "-1",
                    "IpRanges": [
                        {
                            "CidrIp": "0.0.0.0/0"
                        }
                    ],
                    "Ipv6Ranges": [],
                    "PrefixListIds": [],
                    "UserIdGroupPairs": []
                })";

/// What every fifth group lets out: the web and one tier.
std::string few_egress(int group, int vpc, int groups_per_vpc) {
  return fmt::format(R"({{
                    "FromPort": 443,
                    "IpProtocol": "tcp",
                    "IpRanges": [
                        {{
                            "CidrIp": "0.0.0.0/0"
                        }}
                    ],
                    "ToPort": 443
                }},
                {{
                    "FromPort": 5432,
                    "IpProtocol": "tcp",
                    "IpRanges": [
                        {{
                            "CidrIp": "10.{}.{}.0/20"
                        }}
                    ],
                    "ToPort": 5432,
                    "UserIdGroupPairs": [
                        {{
                            "GroupId": "{}",
                            "UserId": "{}"
                        }}
                    ]
                }})",
                     block_of(vpc), group % kSubnetsPerVpc * 16,
                     id("sg", vpc * groups_per_vpc + group * 7 % groups_per_vpc), kAccount);
}

void groups(const Plan& plan, Dice& dice, const Sink& sink) {
  Pages pages("describe-security-groups", "SecurityGroups", sink);
  Pages flat("describe-security-group-rules", "SecurityGroupRules", sink);
  int rule = 0;
  for (int group = 0; group < plan.vpcs * plan.groups_per_vpc; ++group) {
    const int vpc = group / plan.groups_per_vpc;
    std::string permissions;
    for (int index = 0; index < plan.rules_per_group; ++index) {
      const RuleParts parts = make_rule(plan, vpc, dice);
      permissions += (index == 0 ? "" : ", ") + permission(parts);
      flat.add(flat_rule(parts, rule, group));
      ++rule;
    }
    const std::string name =
        fmt::format("{}-{}", kRoles.at(static_cast<std::size_t>(group) % 6), group);
    pages.add(fmt::format(
        R"({{
            "Description": "group {}",
            "GroupName": "{}",
            "IpPermissions": [{}],
            "OwnerId": "{}",
            "GroupId": "{}",
            "IpPermissionsEgress": [{}],
            "Tags": {},
            "VpcId": "{}",
            "SecurityGroupArn": "arn:aws:ec2:{}:{}:security-group/{}"
        }})",
        group, name, permissions, kAccount, id("sg", group),
        group % 5 == 0 ? few_egress(group, vpc, plan.groups_per_vpc) : std::string(kEgressAll),
        tags(name, "group"), id("vpc", vpc), kRegion, kAccount, id("sg", group)));
  }
  pages.finish();
  flat.finish();
}

std::vector<int> groups_of(const Plan& plan, int interface, Dice& dice) {
  const int vpc = interface / kInterfacesPerVpc;
  const int base = vpc * plan.groups_per_vpc;
  std::vector<int> chosen;
  const int count = 1 + (plan.size.groups_follow_roles ? interface % 3 : dice.roll(4));
  for (int index = 0; index < count; ++index) {
    const int offset = plan.size.groups_follow_roles
                           ? (interface % kSubnetsPerVpc * 7 + interface % 5 + index * 3)
                           : dice.roll(plan.groups_per_vpc);
    chosen.push_back(base + offset % plan.groups_per_vpc);
  }
  std::sort(chosen.begin(), chosen.end());
  chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
  return chosen;
}

struct InterfaceParts {
  std::string groups;  // JSON
  std::string address;
  std::string association;  // JSON member with its comma, or empty
  int vpc = 0;
  int subnet = 0;
};

InterfaceParts interface_parts(const Plan& plan, int interface, Dice& dice) {
  InterfaceParts parts;
  parts.vpc = interface / kInterfacesPerVpc;
  const int in_vpc = interface % kInterfacesPerVpc;
  parts.subnet = parts.vpc * kSubnetsPerVpc + in_vpc % kSubnetsPerVpc;
  const int host = in_vpc / kSubnetsPerVpc + 10;
  parts.address = fmt::format("10.{}.{}.{}", block_of(parts.vpc),
                              in_vpc % kSubnetsPerVpc * 16 + host / 256, host % 256);
  for (const int group : groups_of(plan, interface, dice)) {
    parts.groups += fmt::format(R"({}
                {{
                    "GroupId": "{}",
                    "GroupName": "{}-{}"
                }})",
                                parts.groups.empty() ? "" : ",", id("sg", group),
                                kRoles.at(static_cast<std::size_t>(group) % 6), group);
  }
  if (in_vpc % kSubnetsPerVpc % 4 == 0 && in_vpc % 10 == 0) {
    parts.association =
        fmt::format(R"("Association": {{
                "IpOwnerId": "amazon",
                "PublicDnsName": "",
                "PublicIp": "54.{}.{}.{}"
            }},
            )",
                    interface / 65536 + 100, interface / 256 % 256, interface % 256);
  }
  return parts;
}

std::string interface_row(const InterfaceParts& parts, int interface) {
  return fmt::format(
      R"({{
            {}"Attachment": {{
                "AttachTime": "2026-01-02T03:04:05+00:00",
                "AttachmentId": "eni-attach-{}",
                "DeleteOnTermination": true,
                "DeviceIndex": 0,
                "NetworkCardIndex": 0,
                "InstanceId": "{}",
                "InstanceOwnerId": "{}",
                "Status": "attached"
            }},
            "AvailabilityZone": "{}",
            "Description": "",
            "Groups": [{}
            ],
            "InterfaceType": "interface",
            "Ipv6Addresses": [],
            "MacAddress": "02:00:{:02x}:{:02x}:{:02x}:01",
            "NetworkInterfaceId": "{}",
            "OwnerId": "{}",
            "PrivateIpAddress": "{}",
            "PrivateIpAddresses": [
                {{
                    {}"Primary": true,
                    "PrivateIpAddress": "{}"
                }}
            ],
            "RequesterManaged": false,
            "SourceDestCheck": true,
            "Status": "in-use",
            "SubnetId": "{}",
            "TagSet": [],
            "VpcId": "{}"
        }})",
      parts.association, interface, id("i", interface), kAccount, zone(parts.subnet), parts.groups,
      interface >> 16 & 255, interface >> 8 & 255, interface & 255, id("eni", interface), kAccount,
      parts.address, parts.association, parts.address, id("subnet", parts.subnet),
      id("vpc", parts.vpc));
}

std::string instance_row(const InterfaceParts& parts, int interface) {
  const std::string_view role = kRoles.at(static_cast<std::size_t>(parts.subnet) % 6);
  return fmt::format(
      R"({{
            "ReservationId": "{}",
            "OwnerId": "{}",
            "Groups": [],
            "Instances": [
                {{
                    "AmiLaunchIndex": 0,
                    "ImageId": "ami-0123456789abcdef0",
                    "InstanceId": "{}",
                    "InstanceType": "m6i.large",
                    "LaunchTime": "2026-01-02T03:04:05+00:00",
                    "Monitoring": {{
                        "State": "disabled"
                    }},
                    "Placement": {{
                        "AvailabilityZone": "{}",
                        "GroupName": "",
                        "Tenancy": "default"
                    }},
                    "PrivateIpAddress": "{}",
                    "State": {{
                        "Code": 16,
                        "Name": "running"
                    }},
                    "SubnetId": "{}",
                    "VpcId": "{}",
                    "Architecture": "x86_64",
                    "NetworkInterfaces": [
                        {{
                            "NetworkInterfaceId": "{}",
                            "SubnetId": "{}",
                            "VpcId": "{}",
                            "PrivateIpAddress": "{}"
                        }}
                    ],
                    "SecurityGroups": [{}
            ],
                    "Tags": {},
                    "MetadataOptions": {{
                        "State": "applied",
                        "HttpTokens": "{}",
                        "HttpPutResponseHopLimit": 1,
                        "HttpEndpoint": "enabled"
                    }},
                    "PlatformDetails": "Linux/UNIX"
                }}
            ]
        }})",
      id("r", interface), kAccount, id("i", interface), zone(parts.subnet), parts.address,
      id("subnet", parts.subnet), id("vpc", parts.vpc), id("eni", interface),
      id("subnet", parts.subnet), id("vpc", parts.vpc), parts.address, parts.groups,
      tags(fmt::format("{}-{}", role, interface), role),
      interface % 7 == 0 ? "optional" : "required");
}

void interfaces(const Plan& plan, Dice& dice, const Sink& sink) {
  Pages rows("describe-network-interfaces", "NetworkInterfaces", sink);
  Pages instances("describe-instances", "Reservations", sink);
  for (int interface = 0; interface < plan.size.interfaces; ++interface) {
    const InterfaceParts parts = interface_parts(plan, interface, dice);
    rows.add(interface_row(parts, interface));
    instances.add(instance_row(parts, interface));
  }
  rows.finish();
  instances.finish();
}

/// That whatever else may name a group was asked, and named none.
void manifest(const Sink& sink) {
  std::string calls;
  for (const std::string& command : collect::aws::naming_commands()) {
    calls += fmt::format(
        R"({}{{"Call": "{}", "Account": "{}", "Region": "{}", "Outcome": "collected"}})",
        calls.empty() ? "" : ", ", command, kAccount, kRegion);
  }
  sink("portolan-manifest.json",
       fmt::format(
           "{{\"PortolanManifest\": {{\"Version\": 1, \"Complete\": true, \"Calls\": [{}]}}}}\n",
           calls));
}

}  // namespace

Size size_of(int interfaces) {
  return {.interfaces = interfaces,
          .groups = std::max(2, interfaces / 10),
          .rules = interfaces * 3,
          .groups_follow_roles = true};
}

void generate(const Size& size, std::uint64_t seed, const Sink& sink) {
  const Plan plan = plan_of(size);
  Dice dice(seed);
  vpcs_and_gateways(plan, sink);
  subnets(plan, sink);
  route_tables(plan, sink);
  transit(plan, sink);
  acls(plan, sink);
  groups(plan, dice, sink);
  interfaces(plan, dice, sink);
  manifest(sink);
}

}  // namespace portolan::estate
