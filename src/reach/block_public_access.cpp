#include <algorithm>

#include <fmt/format.h>

#include "reach/tracer.h"

/// VPC Block Public Access: one setting per account and region, over all routes and rules.
/// SOURCE: VPC guide, "Block public access to VPCs and subnets"; EC2 API,
/// VpcBlockPublicAccessOptions, VpcBlockPublicAccessExclusion.
namespace portolan::reach {

namespace {

/// Documents may leave out whose they are: then they stand for whoever they are read with.
template <class Name>
bool may_be_one(const Name& a, const Name& b) {
  return !a.known() || !b.known() || a == b;
}

/// The setting of the VPC's owner, also where a subnet is shared with another account.
const BlockPublicAccess* setting_of(const Snapshot& snapshot, const Vpc& vpc) {
  const auto settings = snapshot.all<BlockPublicAccess>();
  const auto found = std::find_if(settings.begin(), settings.end(), [&](const auto& setting) {
    return may_be_one(setting.owned.account, vpc.owned.account) &&
           may_be_one(setting.owned.region, vpc.owned.region);
  });
  return found == settings.end() ? nullptr : &*found;
}

enum class Exempt { Nothing, Egress, All };

/// The wider of the exclusions of the VPC and of the subnet.
Exempt exemption(const Snapshot& snapshot, const Vpc& vpc, const Subnet* subnet) {
  Exempt result = Exempt::Nothing;
  for (const auto& exclusion : snapshot.all<BlockPublicAccessExclusion>()) {
    const bool is_meant = exclusion.resource == vpc.id.value ||
                          (subnet != nullptr && exclusion.resource == subnet->id.value);
    if (exclusion.is_active && is_meant) {
      result = std::max(result, exclusion.allows_ingress ? Exempt::All : Exempt::Egress);
    }
  }
  return result;
}

}  // namespace

std::optional<Hop> public_access_block(const Network& network, const Vpc& vpc, const Subnet* subnet,
                                       bool inbound, PublicGateway gateway) {
  const Snapshot& snapshot = network.snapshot();
  const BlockPublicAccess* setting = setting_of(snapshot, vpc);
  if (setting == nullptr || setting->mode == BlockMode::Off) {
    return std::nullopt;
  }
  const bool is_ingress_mode = setting->mode == BlockMode::Ingress;
  const Exempt exempt = exemption(snapshot, vpc, subnet);
  // NAT and egress-only gateways let only connections from inside through, an internet gateway
  // cannot tell who opened one. Egress exclusions count in bidirectional mode only.
  const bool is_outbound_gateway = !inbound && gateway != PublicGateway::InternetGateway;
  const bool passes = exempt == Exempt::All || (is_ingress_mode && is_outbound_gateway) ||
                      (!is_ingress_mode && exempt == Exempt::Egress && !inbound);
  if (passes) {
    return std::nullopt;
  }
  return Hop{.direction = Direction::Forward,
             .component = setting->id.value,
             .rule = is_ingress_mode ? "block-ingress" : "block-bidirectional",
             .reason = Reason::BlockPublicAccessOn,
             .passage = {},
             .detail = fmt::format("VPC block public access stops traffic {} the internet {} {}",
                                   inbound ? "from" : "to", inbound ? "into" : "out of",
                                   subnet == nullptr ? vpc.id.value : subnet->id.value)};
}

}  // namespace portolan::reach
