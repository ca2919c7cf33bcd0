#include <algorithm>
#include <utility>

#include "collect/decode/families.h"

namespace portolan::collect {

namespace {

/// The VPCs of attachments in state `available` (as an IGW has it) or `attached`.
template <class Row>
void attachments(Reader& in, Row& row) {
  in.objects([&] {
    VpcId vpc;
    std::string state;
    in.object([&](std::string_view key) {
      if (key == "VpcId") {
        in.read(vpc);
      } else if (key == "State") {
        in.read(state);
      } else {
        in.skip();
      }
    });
    if (!vpc.empty() && (state == "available" || state == "attached")) {
      row.vpcs.push_back(std::move(vpc));
    }
  });
  std::sort(row.vpcs.begin(), row.vpcs.end());
}

constexpr Field<InternetGateway> kInternetGatewayFields[] = {
    {"Attachments", attachments<InternetGateway>},
    {"InternetGatewayId", value<&InternetGateway::id>},
    {"OwnerId", owner<InternetGateway>},
    {"Tags", tags<InternetGateway>},
};

constexpr Field<EgressOnlyInternetGateway> kEgressOnlyFields[] = {
    {"Attachments", attachments<EgressOnlyInternetGateway>},
    {"EgressOnlyInternetGatewayId", value<&EgressOnlyInternetGateway::id>},
    {"Tags", tags<EgressOnlyInternetGateway>},
};

constexpr Field<VpnGateway> kVpnGatewayFields[] = {
    {"VpcAttachments", attachments<VpnGateway>},
    {"VpnGatewayId", value<&VpnGateway::id>},
    {"Tags", tags<VpnGateway>},
};

/// A NAT gateway's address may stand there before its private address is known.
struct NatAddressDraft {
  NatAddress address;
  std::optional<IpAddress> private_ip;
};

constexpr Field<NatAddressDraft> kNatAddressFields[] = {
    {"NetworkInterfaceId",
     [](Reader& in, NatAddressDraft& row) { in.read(row.address.interface); }},
    {"PrivateIp", value<&NatAddressDraft::private_ip>},
    {"PublicIp", [](Reader& in, NatAddressDraft& row) { in.read(row.address.public_ip); }},
};

void nat_addresses(Reader& in, NatGateway& row) {
  in.objects([&] {
    NatAddressDraft draft;
    read_fields(in, kNatAddressFields, draft);
    if (draft.private_ip || draft.address.public_ip || !draft.address.interface.empty()) {
      draft.address.private_ip = draft.private_ip.value_or(IpAddress{});
      row.addresses.push_back(std::move(draft.address));
    }
  });
  std::sort(row.addresses.begin(), row.addresses.end());
}

/// SOURCE: EC2 API, NatGateway. AvailabilityMode `regional` came in 2025-11.
constexpr Field<NatGateway> kNatGatewayFields[] = {
    {"NatGatewayAddresses", nat_addresses},
    {"NatGatewayId", value<&NatGateway::id>},
    {"State", [](Reader& in, NatGateway& row) { row.is_available = in.string() == "available"; }},
    {"SubnetId", value<&NatGateway::subnet>},
    {"VpcId", value<&NatGateway::vpc>},
    {"Tags", tags<NatGateway>},
    {"ConnectivityType",
     [](Reader& in, NatGateway& row) { row.is_public = in.string() != "private"; }},
    {"AvailabilityMode",
     [](Reader& in, NatGateway& row) { row.is_regional = in.string() == "regional"; }},
};

constexpr Field<PeeringSide> kSideFields[] = {
    {"CidrBlock",
     [](Reader& in, PeeringSide& row) {
       if (const auto cidr = in.prefix()) {
         row.cidrs.push_back(*cidr);
       }
     }},
    {"CidrBlockSet",
     [](Reader& in, PeeringSide& row) {
       in.objects([&] {
         in.object([&](std::string_view key) {
           if (key != "CidrBlock") {
             in.skip();
           } else if (const auto cidr = in.prefix()) {
             row.cidrs.push_back(*cidr);
           }
         });
       });
     }},
    {"Ipv6CidrBlockSet",
     [](Reader& in, PeeringSide& row) {
       in.objects([&] {
         in.object([&](std::string_view key) {
           if (key != "Ipv6CidrBlock") {
             in.skip();
           } else if (const auto cidr = in.prefix()) {
             row.cidrs.push_back(*cidr);
           }
         });
       });
     }},
    {"OwnerId", value<&PeeringSide::account>},
    {"VpcId", value<&PeeringSide::vpc>},
    {"Region", value<&PeeringSide::region>},
};

template <PeeringSide VpcPeering::*Side>
void side(Reader& in, VpcPeering& row) {
  std::vector<IpPrefix>& cidrs = (row.*Side).cidrs;
  read_fields(in, kSideFields, row.*Side);
  std::sort(cidrs.begin(), cidrs.end());
  cidrs.erase(std::unique(cidrs.begin(), cidrs.end()), cidrs.end());
}

constexpr Field<VpcPeering> kPeeringFields[] = {
    {"AccepterVpcInfo", side<&VpcPeering::accepter>},
    {"RequesterVpcInfo", side<&VpcPeering::requester>},
    {"Status",
     [](Reader& in, VpcPeering& row) { row.is_active = member_of(in, "Code") == "active"; }},
    {"Tags", tags<VpcPeering>},
    {"VpcPeeringConnectionId", value<&VpcPeering::id>},
};

void static_routes(Reader& in, VpnConnection& row) {
  in.objects([&] {
    std::optional<IpPrefix> cidr;
    std::string state = "available";
    in.object([&](std::string_view key) {
      if (key == "DestinationCidrBlock") {
        cidr = in.prefix();
      } else if (key == "State") {
        in.read(state);
      } else {
        in.skip();
      }
    });
    if (cidr && state == "available") {
      row.static_routes.push_back(*cidr);
    }
  });
  std::sort(row.static_routes.begin(), row.static_routes.end());
}

constexpr Field<VpnConnection> kVpnConnectionFields[] = {
    {"VpnConnectionId", value<&VpnConnection::id>},
    {"State",
     [](Reader& in, VpnConnection& row) { row.is_available = in.string() == "available"; }},
    {"VpnGatewayId", value<&VpnConnection::vpn_gateway>},
    {"TransitGatewayId", value<&VpnConnection::transit_gateway>},
    {"Routes", static_routes},
    {"Tags", tags<VpnConnection>},
};

}  // namespace

void decode_internet_gateways(Answer& answer) { read_rows(answer, kInternetGatewayFields); }

void decode_egress_only_internet_gateways(Answer& answer) { read_rows(answer, kEgressOnlyFields); }

void decode_nat_gateways(Answer& answer) { read_rows(answer, kNatGatewayFields); }

void decode_vpn_gateways(Answer& answer) { read_rows(answer, kVpnGatewayFields); }

void decode_vpn_connections(Answer& answer) { read_rows(answer, kVpnConnectionFields); }

void decode_vpc_peerings(Answer& answer) {
  read_rows(answer, kPeeringFields, [](VpcPeering& peering) {
    peering.owned.account = peering.requester.account;
    peering.owned.region = peering.requester.region;
  });
  answer.evidence = {};  // both sides list a peering: its owner tells nothing of who was asked
}

}  // namespace portolan::collect
