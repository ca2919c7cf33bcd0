#include "iam/keys.h"

#include <algorithm>
#include <array>

#include "iam/context.h"

namespace portolan::iam {
namespace {

struct KeyRow {
  std::string_view name;  // as AWS writes it; a key with a tag ends in `/`
  Maker maker;
};

/// SOURCE: IAM User Guide, "AWS global condition context keys", and the keys of Amazon EC2.
constexpr std::array kKeys = {
    KeyRow{"aws:CalledVia", Maker::Service},
    KeyRow{"aws:CalledViaFirst", Maker::Service},
    KeyRow{"aws:CalledViaLast", Maker::Service},
    KeyRow{"aws:ViaAWSService", Maker::Service},
    KeyRow{"aws:PrincipalIsAWSService", Maker::Service},
    KeyRow{"aws:PrincipalServiceName", Maker::Service},
    KeyRow{"aws:PrincipalServiceNamesList", Maker::Service},
    KeyRow{"aws:SourceAccount", Maker::Service},
    KeyRow{"aws:SourceArn", Maker::Service},
    KeyRow{"aws:SourceOrgID", Maker::Service},
    KeyRow{"aws:SourceOrgPaths", Maker::Service},
    KeyRow{"aws:SourceIp", Maker::Place},
    KeyRow{"aws:SourceVpc", Maker::Place},
    KeyRow{"aws:SourceVpcArn", Maker::Place},
    KeyRow{"aws:SourceVpce", Maker::Place},
    KeyRow{"aws:VpceAccount", Maker::Place},
    KeyRow{"aws:VpceOrgID", Maker::Place},
    KeyRow{"aws:VpceOrgPaths", Maker::Place},
    KeyRow{"aws:VpcSourceIp", Maker::Place},
    KeyRow{"aws:Ec2InstanceSourceVpc", Maker::Place},
    KeyRow{"aws:Ec2InstanceSourcePrivateIPv4", Maker::Place},
    KeyRow{"ec2:SourceInstanceARN", Maker::Place},
    KeyRow{"ec2:RoleDelivery", Maker::Place},
    KeyRow{"lambda:SourceFunctionArn", Maker::Place},
    KeyRow{"ssm:SourceInstanceArn", Maker::Place},
    KeyRow{"aws:MultiFactorAuthPresent", Maker::Caller},
    KeyRow{"aws:MultiFactorAuthAge", Maker::Caller},
    KeyRow{"aws:TokenIssueTime", Maker::Caller},
    KeyRow{"aws:SecureTransport", Maker::Caller},
    KeyRow{"aws:UserAgent", Maker::Caller},
    KeyRow{"aws:referer", Maker::Caller},
    KeyRow{"aws:RequestTag/", Maker::Caller},
    KeyRow{"aws:TagKeys", Maker::Caller},
    KeyRow{"aws:SourceIdentity", Maker::Caller},
    KeyRow{"aws:FederatedProvider", Maker::Caller},
    KeyRow{"ec2:Attribute", Maker::Caller},
    KeyRow{"ec2:Attribute/", Maker::Caller},
    KeyRow{"ec2:CreateAction", Maker::Caller},
    KeyRow{"iam:PassedToService", Maker::Caller},
    KeyRow{"iam:AssociatedResourceArn", Maker::Caller},
    KeyRow{"iam:PolicyARN", Maker::Caller},
    KeyRow{"iam:PermissionsBoundary", Maker::Caller},
    KeyRow{"sts:ExternalId", Maker::Caller},
    KeyRow{"sts:RoleSessionName", Maker::Caller},
    KeyRow{"elasticloadbalancing:SecurityGroup", Maker::Caller},
    KeyRow{"elasticloadbalancing:Subnet", Maker::Caller},
    KeyRow{"elasticloadbalancing:Scheme", Maker::Caller},
    KeyRow{"aws:PrincipalTag/", Maker::Administrator},
    KeyRow{"aws:ResourceTag/", Maker::Administrator},
    KeyRow{"ec2:ResourceTag/", Maker::Administrator},
    KeyRow{"iam:ResourceTag/", Maker::Administrator},
    KeyRow{"aws:PrincipalArn", Maker::Administrator},
    KeyRow{"aws:PrincipalAccount", Maker::Administrator},
    KeyRow{"aws:PrincipalOrgID", Maker::Administrator},
    KeyRow{"aws:PrincipalOrgPaths", Maker::Administrator},
    KeyRow{"aws:PrincipalType", Maker::Administrator},
    KeyRow{"aws:username", Maker::Administrator},
    KeyRow{"aws:userid", Maker::Administrator},
    KeyRow{"ec2:Vpc", Maker::Administrator},
    KeyRow{"ec2:Subnet", Maker::Administrator},
    KeyRow{"ec2:AvailabilityZone", Maker::Administrator},
    KeyRow{"ec2:ManagedResourceOperator", Maker::Administrator},
    KeyRow{"aws:CurrentTime", Maker::Time},
    KeyRow{"aws:EpochTime", Maker::Time},
};

const KeyRow* find_row(std::string_view key) {
  const auto row = std::ranges::find_if(kKeys, [key](const KeyRow& each) {
    const std::string name = folded(each.name);
    return name == key ||
           (name.ends_with('/') && key.size() > name.size() && key.starts_with(name));
  });
  return row == kKeys.end() ? nullptr : &*row;
}

}  // namespace

std::string_view text(Maker maker) {
  switch (maker) {
    case Maker::Caller:
      return "caller's choice";
    case Maker::Place:
      return "caller's place";
    case Maker::Administrator:
      return "administrator";
    case Maker::Service:
      return "service only";
    case Maker::Time:
      return "time";
    case Maker::Unknown:
      return "not known";
  }
  return "";
}

Maker maker_of(std::string_view key) {
  const KeyRow* row = find_row(key);
  return row == nullptr ? Maker::Unknown : row->maker;
}

std::string spelled_key(std::string_view key) {
  const KeyRow* row = find_row(key);
  return row == nullptr ? std::string(key)
                        : std::string(row->name) + std::string(key.substr(row->name.size()));
}

}  // namespace portolan::iam
