#include "events/decode/call.h"

/// Calls that open the way to the internet beside the rules: public addresses, subnets' defaults,
/// gateways, peerings, the account's block on public access.
/// SOURCE: EC2 API, the actions that are named.
namespace portolan::events {

namespace {

void decode_address(Call& call) {
  const Value& request = call.request;
  const bool is_associated = call.event.name.starts_with("Associate");
  const Value association = any_of(request, {"associationId"});
  call.add(AddressSet{.allocation = request["allocationId"].text(),
                      .association = association.exists() ? association.text()
                                                          : call.response["associationId"].text(),
                      .public_ip = Call::address(request["publicIp"]),
                      .interface = {request["networkInterfaceId"].text()},
                      .instance = {request["instanceId"].text()},
                      .private_ip = Call::address(request["privateIpAddress"]),
                      .is_associated = is_associated});
}

void decode_allocation(Call& call) {
  call.add(AddressSet{.allocation = call.response["allocationId"].text(),
                      .public_ip = Call::address(call.response["publicIp"])});
}

void decode_release(Call& call) {
  const Value& request = call.request;
  call.add(ResourceLife{any_of(request, {"allocationId", "publicIp"}).text(), false});
}

void decode_subnet(Call& call) {
  const Value& request = call.request;
  call.add(SubnetSet{.subnet = {request["subnetId"].text()},
                     .maps_public_ip = request["mapPublicIpOnLaunch"].flag(),
                     .assigns_ipv6 = request["assignIpv6AddressOnCreation"].flag()});
}

void decode_block_mode(Call& call) {
  const Value mode = call.request["internetGatewayBlockMode"];
  const std::string word = mode.text();
  if (word == "off") {
    call.add(BlockModeSet{BlockMode::Off});
  } else if (word == "block-ingress") {
    call.add(BlockModeSet{BlockMode::Ingress});
  } else if (word == "block-bidirectional") {
    call.add(BlockModeSet{BlockMode::Bidirectional});
  } else {
    call.fault("internetGatewayBlockMode", mode);
  }
}

void decode_exclusion(Call& call) {
  const Value& request = call.request;
  const Value made = call.response["vpcBlockPublicAccessExclusion"];
  std::string id = any_of(request, {"exclusionId"}).text();
  if (id.empty()) {
    id = made["exclusionId"].text();
  }
  const std::string mode = request["internetGatewayExclusionMode"].text();
  call.add(ExclusionSet{.exclusion = std::move(id),
                        .resource = any_of(request, {"subnetId", "vpcId"}).text(),
                        .allows_ingress = mode == "allow-bidirectional",
                        .is_active = !call.event.name.starts_with("Delete")});
}

void decode_gateway(Call& call) {
  const Value& request = call.request;
  call.add(GatewayAttached{.gateway = any_of(request, {"internetGatewayId", "vpnGatewayId"}).text(),
                           .vpc = {request["vpcId"].text()},
                           .is_attached = call.event.name.starts_with("Attach")});
}

void decode_peering(Call& call) {
  call.add(PeeringStateSet{.peering = call.request["vpcPeeringConnectionId"].text(),
                           .is_active = call.event.name.starts_with("Accept")});
}

}  // namespace

std::vector<Decoder> address_decoders() {
  return {{"AssociateAddress", decode_address},
          {"DisassociateAddress", decode_address},
          {"AllocateAddress", decode_allocation},
          {"ReleaseAddress", decode_release},
          {"ModifySubnetAttribute", decode_subnet},
          {"ModifyVpcBlockPublicAccessOptions", decode_block_mode},
          {"CreateVpcBlockPublicAccessExclusion", decode_exclusion},
          {"ModifyVpcBlockPublicAccessExclusion", decode_exclusion},
          {"DeleteVpcBlockPublicAccessExclusion", decode_exclusion},
          {"AttachInternetGateway", decode_gateway},
          {"DetachInternetGateway", decode_gateway},
          {"AttachVpnGateway", decode_gateway},
          {"DetachVpnGateway", decode_gateway},
          {"AcceptVpcPeeringConnection", decode_peering},
          {"RejectVpcPeeringConnection", decode_peering},
          {"DeleteVpcPeeringConnection", decode_peering}};
}

}  // namespace portolan::events
