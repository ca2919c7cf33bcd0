#include <algorithm>
#include <utility>

#include "collect/decode/families.h"

namespace portolan::collect {

namespace {

/// The public address of an association; carrier and customer addresses are of other networks.
std::optional<IpAddress> public_ip(Reader& in) {
  std::optional<IpAddress> address;
  in.object([&](std::string_view key) {
    if (key == "PublicIp") {
      in.read(address);
    } else {
      in.skip();
    }
  });
  return address;
}

struct AddressDraft {
  std::optional<IpAddress> private_ip;
  std::optional<IpAddress> public_ip;
  bool is_primary = false;
};

constexpr Field<AddressDraft> kAddressFields[] = {
    {"Association", [](Reader& in, AddressDraft& row) { row.public_ip = public_ip(in); }},
    {"Primary", value<&AddressDraft::is_primary>},
    {"PrivateIpAddress", value<&AddressDraft::private_ip>},
};

void private_addresses(Reader& in, std::vector<InterfaceAddress>& addresses) {
  in.objects([&] {
    AddressDraft draft;
    read_fields(in, kAddressFields, draft);
    if (draft.private_ip) {
      addresses.push_back({.private_ip = *draft.private_ip,
                           .public_ip = draft.public_ip,
                           .is_primary = draft.is_primary});
    }
  });
}

/// Reads an array of objects that each have an address block in the member `key`.
void delegated(Reader& in, std::string_view key, std::vector<IpPrefix>& prefixes) {
  in.objects([&] {
    in.object([&](std::string_view name) {
      if (name != key) {
        in.skip();
      } else if (const auto prefix = in.prefix()) {
        prefixes.push_back(*prefix);
      }
    });
  });
}

void ipv6_addresses(Reader& in, std::vector<IpAddress>& addresses) {
  in.objects([&] {
    in.object([&](std::string_view key) {
      std::optional<IpAddress> address;
      if (key == "Ipv6Address") {
        in.read(address);
      } else {
        in.skip();
      }
      if (address) {
        addresses.push_back(*address);
      }
    });
  });
}

struct InterfaceDraft {
  NetworkInterface& row;
  std::optional<IpAddress> primary;         // PrivateIpAddress
  std::optional<IpAddress> primary_public;  // Association
};

void attachment(Reader& in, InterfaceDraft& draft) {
  in.object([&](std::string_view key) {
    if (key == "InstanceId") {
      in.read(draft.row.instance);
    } else if (key == "InstanceOwnerId") {
      in.read(draft.row.instance_owner);
    } else {
      in.skip();
    }
  });
}

/// Reads a member of the row inside of a draft.
template <auto Member>
void inner(Reader& in, InterfaceDraft& draft) {
  in.read(draft.row.*Member);
}

/// SOURCE: EC2 API, NetworkInterface; InstanceNetworkInterface has a part of these.
constexpr Field<InterfaceDraft> kInterfaceFields[] = {
    {"Association", [](Reader& in, InterfaceDraft& row) { row.primary_public = public_ip(in); }},
    {"Attachment", attachment},
    {"AvailabilityZone", inner<&NetworkInterface::zone>},
    {"Description", inner<&NetworkInterface::description>},
    {"Groups", [](Reader& in, InterfaceDraft& row) { members_of(in, "GroupId", row.row.groups); }},
    {"InterfaceType", inner<&NetworkInterface::interface_type>},
    {"Ipv6Addresses", [](Reader& in, InterfaceDraft& row) { ipv6_addresses(in, row.row.ipv6); }},
    {"NetworkInterfaceId", inner<&NetworkInterface::id>},
    {"OwnerId", [](Reader& in, InterfaceDraft& row) { owner(in, row.row); }},
    {"PrivateIpAddress", value<&InterfaceDraft::primary>},
    {"PrivateIpAddresses",
     [](Reader& in, InterfaceDraft& row) { private_addresses(in, row.row.addresses); }},
    {"Ipv4Prefixes",
     [](Reader& in, InterfaceDraft& row) { delegated(in, "Ipv4Prefix", row.row.delegated); }},
    {"Ipv6Prefixes",
     [](Reader& in, InterfaceDraft& row) { delegated(in, "Ipv6Prefix", row.row.delegated); }},
    {"RequesterId", inner<&NetworkInterface::requester>},
    {"SourceDestCheck", inner<&NetworkInterface::checks_source_dest>},
    {"Status", inner<&NetworkInterface::status>},
    {"SubnetId", inner<&NetworkInterface::subnet>},
    {"TagSet", [](Reader& in, InterfaceDraft& row) { tags(in, row.row); }},
    {"VpcId", inner<&NetworkInterface::vpc>},
};

/// The primary address stands beside the list of all, and its public one may stand there only.
void complete_primary(InterfaceDraft& draft) {
  auto& addresses = draft.row.addresses;
  if (!draft.primary) {
    return;
  }
  auto found = std::find_if(addresses.begin(), addresses.end(), [&](const auto& address) {
    return address.private_ip == *draft.primary;
  });
  if (found == addresses.end()) {
    addresses.push_back({.private_ip = *draft.primary});
    found = addresses.end() - 1;
  }
  found->is_primary = true;
  if (!found->public_ip) {
    found->public_ip = draft.primary_public;
  }
}

void finish_interface(InterfaceDraft& draft) {
  NetworkInterface& row = draft.row;
  complete_primary(draft);
  std::sort(row.addresses.begin(), row.addresses.end(), [](const auto& a, const auto& b) {
    return std::pair(!a.is_primary, a.private_ip) < std::pair(!b.is_primary, b.private_ip);
  });
  std::sort(row.ipv6.begin(), row.ipv6.end());
  std::sort(row.delegated.begin(), row.delegated.end());
  std::sort(row.groups.begin(), row.groups.end());
  if (!row.owned.region.known()) {
    row.owned.region = region_of_zone(row.zone);
  }
}

struct ElasticDraft {
  ElasticAddress address;
  ElasticIp row;
};

/// What names its user: an association, or a service that keeps the address for itself.
void uses(Reader& in, ElasticDraft& draft) {
  const auto text = in.string();
  draft.row.is_used |= text && !text->empty();
}

constexpr Field<ElasticDraft> kElasticFields[] = {
    {"InstanceId", [](Reader& in, ElasticDraft& row) { in.read(row.address.instance); }},
    {"PublicIp", [](Reader& in, ElasticDraft& row) { in.read(row.address.public_ip); }},
    {"AllocationId", [](Reader& in, ElasticDraft& row) { in.read(row.row.id); }},
    {"AssociationId", uses},
    {"NetworkInterfaceId", [](Reader& in, ElasticDraft& row) { in.read(row.address.interface); }},
    {"Tags", [](Reader& in, ElasticDraft& row) { tags(in, row.row); }},
    {"PrivateIpAddress", [](Reader& in, ElasticDraft& row) { in.read(row.address.private_ip); }},
    {"ServiceManaged", uses},
};

}  // namespace

void decode_network_interfaces(Answer& answer) {
  read_drafts(answer, kInterfaceFields, finish_interface);
}

void decode_inline_interfaces(Answer& answer) {
  answer.in.objects([&] {
    const std::size_t place = answer.in.offset();
    auto& found = answer.out.inline_interfaces.emplace_back();
    found.origin = answer.origin(place);
    InterfaceDraft draft{found.row};
    read_fields(answer.in, kInterfaceFields, draft);
    if (answer.in.ok() && !found.row.id.empty()) {
      finish_interface(draft);
    } else {
      answer.out.inline_interfaces.pop_back();
    }
  });
}

void decode_addresses(Answer& answer) {
  answer.in.objects([&] {
    const std::size_t place = answer.in.offset();
    ElasticDraft draft;
    read_fields(answer.in, kElasticFields, draft);
    if (!answer.in.ok()) {
      return;
    }
    if (!draft.row.id.empty()) {
      draft.row.address = draft.address.public_ip;
      draft.row.is_used |= !draft.address.instance.empty() || !draft.address.interface.empty();
      add_row(answer, draft.row, place);
    }
    if (draft.address.public_ip) {
      answer.out.loose<ElasticAddress>().push_back(
          {.part = std::move(draft.address), .origin = answer.origin(place)});
    } else if (draft.row.id.empty()) {
      answer.in.missing_id(place);
    }
  });
}

}  // namespace portolan::collect
