#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "collect/decode/families.h"
#include "collect/decode/services.h"

namespace portolan::collect {

namespace {

/// Appends the block `cidr_key` of each association whose state (in `state_key`) is `associated`.
/// An association that does not tell its state counts.
struct AssociationKeys {
  std::string_view cidr;
  std::string_view state;
};

void read_associations(Reader& in, const AssociationKeys& keys, std::vector<IpPrefix>& cidrs) {
  in.objects([&] {
    std::optional<IpPrefix> cidr;
    std::string state = "associated";
    in.object([&](std::string_view key) {
      if (key == keys.cidr) {
        cidr = in.prefix();
      } else if (key == keys.state) {
        state = member_of(in, "State");
      } else {
        in.skip();
      }
    });
    if (cidr && state == "associated") {
      cidrs.push_back(*cidr);
    }
  });
}

template <class Row>
void ipv4_associations(Reader& in, Row& row) {
  read_associations(in, {"CidrBlock", "CidrBlockState"}, row.cidrs);
}

template <class Row>
void ipv6_associations(Reader& in, Row& row) {
  read_associations(in, {"Ipv6CidrBlock", "Ipv6CidrBlockState"}, row.cidrs);
}

template <class Row>
void cidr(Reader& in, Row& row) {
  if (const auto prefix = in.prefix()) {
    row.cidrs.push_back(*prefix);
  }
}

template <class Row>
void sort_cidrs(Row& row) {
  std::sort(row.cidrs.begin(), row.cidrs.end());
  row.cidrs.erase(std::unique(row.cidrs.begin(), row.cidrs.end()), row.cidrs.end());
}

constexpr Field<Vpc> kVpcFields[] = {
    {"CidrBlock", cidr<Vpc>},
    {"VpcId", value<&Vpc::id>},
    {"OwnerId", owner<Vpc>},
    {"Ipv6CidrBlockAssociationSet", ipv6_associations<Vpc>},
    {"CidrBlockAssociationSet", ipv4_associations<Vpc>},
    {"IsDefault", value<&Vpc::is_default>},
    {"Tags", tags<Vpc>},
};

constexpr Field<Subnet> kSubnetFields[] = {
    {"AvailabilityZone", value<&Subnet::zone>},
    {"AvailabilityZoneId", value<&Subnet::zone_id>},
    {"CidrBlock", cidr<Subnet>},
    {"MapPublicIpOnLaunch", value<&Subnet::maps_public_ip_on_launch>},
    {"SubnetId", value<&Subnet::id>},
    {"VpcId", value<&Subnet::vpc>},
    {"OwnerId", owner<Subnet>},
    {"AssignIpv6AddressOnCreation", value<&Subnet::assigns_ipv6_on_creation>},
    {"Ipv6CidrBlockAssociationSet", ipv6_associations<Subnet>},
    {"Tags", tags<Subnet>},
    {"SubnetArn", arn<Subnet>},
};

struct EntryDraft {
  NetworkAclEntry entry;
  std::optional<IpPrefix> cidr;
  std::string protocol;
  std::string action;
  std::optional<int> from;
  std::optional<int> to;
  std::optional<int> icmp_type;
  std::optional<int> icmp_code;
};

/// Two optional numbers of an object, such as `{"From": 80, "To": 81}`.
struct NumberPair {
  std::string_view first_key;
  std::string_view second_key;
  std::optional<int>& first;
  std::optional<int>& second;
};

void read_pair(Reader& in, const NumberPair& pair) {
  in.object([&](std::string_view key) {
    if (key == pair.first_key) {
      in.read(pair.first);
    } else if (key == pair.second_key) {
      in.read(pair.second);
    } else {
      in.skip();
    }
  });
}

void entry_cidr(Reader& in, EntryDraft& row) {
  if (const auto prefix = in.prefix()) {
    row.cidr = prefix;
  }
}

constexpr Field<EntryDraft> kEntryFields[] = {
    {"CidrBlock", entry_cidr},
    {"Egress", [](Reader& in, EntryDraft& row) { in.read(row.entry.is_egress); }},
    {"IcmpTypeCode",
     [](Reader& in, EntryDraft& row) {
       read_pair(in, {"Type", "Code", row.icmp_type, row.icmp_code});
     }},
    {"Ipv6CidrBlock", entry_cidr},
    {"PortRange",
     [](Reader& in, EntryDraft& row) {
       read_pair(in, {"From", "To", row.from, row.to});
     }},
    {"Protocol", value<&EntryDraft::protocol>},
    {"RuleAction", value<&EntryDraft::action>},
    {"RuleNumber", [](Reader& in, EntryDraft& row) { in.read(row.entry.number); }},
};

/// The services of an entry: type and code count for ICMP and ICMPv6 only, ports for others only.
Result<ServiceSet> services_of(const EntryDraft& draft) {
  const auto number = protocol_number(draft.protocol);
  const bool is_icmp = number == kProtocolIcmp || number == kProtocolIcmpV6;
  return services_of(ServiceMembers{.protocol = draft.protocol,
                                    .from = is_icmp ? draft.icmp_type : draft.from,
                                    .to = is_icmp ? draft.icmp_code : draft.to});
}

/// The entry that was read; nothing (and the problem reported) if it cannot be understood.
std::optional<NetworkAclEntry> understood(Reader& in, EntryDraft& draft, std::size_t place) {
  const auto complain = [&](std::string message) {
    if (in.ok()) {
      in.problem("entry_not_understood", std::move(message), place);
    }
    return std::nullopt;
  };
  if (!draft.cidr) {
    return complain("an entry of a network ACL has no address block");
  }
  if (draft.entry.number <= 0) {
    return complain("an entry of a network ACL has no rule number");
  }
  if (draft.action != "allow" && draft.action != "deny") {
    return complain("an entry of a network ACL neither allows nor denies");
  }
  auto services = services_of(draft);
  if (!services) {
    return complain(services.error().message);
  }
  draft.entry.cidr = *draft.cidr;
  draft.entry.allows = draft.action == "allow";
  draft.entry.services = std::move(*services);
  return std::move(draft.entry);
}

struct AclDraft {
  NetworkAcl& row;
  bool has_bad_entry = false;
};

void read_entries(Reader& in, AclDraft& draft) {
  in.objects([&] {
    const std::size_t place = in.offset();
    EntryDraft entry;
    read_fields(in, kEntryFields, entry);
    if (auto good = understood(in, entry, place)) {
      draft.row.entries.push_back(std::move(*good));
    } else {
      draft.has_bad_entry = true;
    }
  });
}

constexpr Field<AclDraft> kAclFields[] = {
    {"Associations",
     [](Reader& in, AclDraft& row) { members_of(in, "SubnetId", row.row.subnets); }},
    {"Entries", read_entries},
    {"IsDefault", [](Reader& in, AclDraft& row) { in.read(row.row.is_default); }},
    {"NetworkAclId", [](Reader& in, AclDraft& row) { in.read(row.row.id); }},
    {"Tags", [](Reader& in, AclDraft& row) { tags(in, row.row); }},
    {"VpcId", [](Reader& in, AclDraft& row) { in.read(row.row.vpc); }},
    {"OwnerId", [](Reader& in, AclDraft& row) { owner(in, row.row); }},
};

void sort_acl(NetworkAcl& acl) {
  std::sort(acl.subnets.begin(), acl.subnets.end());
  std::stable_sort(acl.entries.begin(), acl.entries.end(), [](const auto& a, const auto& b) {
    return std::pair(a.is_egress, a.number) < std::pair(b.is_egress, b.number);
  });
}

}  // namespace

void decode_vpcs(Answer& answer) { read_rows(answer, kVpcFields, sort_cidrs<Vpc>); }

void decode_subnets(Answer& answer) {
  read_rows(answer, kSubnetFields, [](Subnet& subnet) {
    sort_cidrs(subnet);
    if (!subnet.owned.region.known()) {
      subnet.owned.region = region_of_zone(subnet.zone);
    }
  });
}

void decode_network_acls(Answer& answer) {
  read_drafts(answer, kAclFields, [&](AclDraft& draft) {
    sort_acl(draft.row);
    if (draft.has_bad_entry) {
      add_gap(answer, "entry_not_understood", draft.row.id.value,
              "an entry of the network ACL could not be understood");
    }
  });
}

}  // namespace portolan::collect
