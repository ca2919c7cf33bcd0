#include "tools/scenario/interface.h"

#include <fmt/format.h>

#include "core/text.h"

namespace portolan::scenario {

namespace {

bool is_v6(std::string_view address) { return address.find(':') != std::string_view::npos; }

bool is_prefix(std::string_view address) { return address.find('/') != std::string_view::npos; }

std::string dns_name(std::string_view address, std::string_view prefix) {
  std::string name(prefix);
  for (const char letter : address) {
    name += letter == '.' ? '-' : letter;
  }
  return name;
}

/// The public address that maps to the private one; null if none does.
json::value association_of(const InterfaceDraft& draft, std::string_view address, bool primary) {
  for (const std::string& text : draft.public_addresses) {
    const std::vector<std::string_view> parts = split(text, '@');
    const bool is_for_it = parts.size() == 2 ? parts[1] == address : primary;
    if (is_for_it) {
      return object({{"IpOwnerId", "amazon"},
                     {"PublicDnsName", dns_name(parts[0], "ec2-") + ".compute.amazonaws.com"},
                     {"PublicIp", parts[0]}});
    }
  }
  return nullptr;
}

void add_address(json::object& row, const InterfaceDraft& draft, std::string_view address) {
  if (is_prefix(address)) {
    const std::string member = is_v6(address) ? "Ipv6Prefix" : "Ipv4Prefix";
    array_of(row, is_v6(address) ? "Ipv6Prefixes" : "Ipv4Prefixes")
        .push_back(object({{member, address}}));
    return;
  }
  if (is_v6(address)) {
    array_of(row, "Ipv6Addresses")
        .push_back(object({{"Ipv6Address", address}, {"IsPrimaryIpv6", false}}));
    return;
  }
  const bool is_primary = !row.contains("PrivateIpAddress");
  json::object entry = object({{"PrivateIpAddress", address},
                               {"PrivateDnsName", dns_name(address, "ip-") + ".ec2.internal"},
                               {"Primary", is_primary}});
  if (json::value association = association_of(draft, address, is_primary);
      !association.is_null()) {
    if (is_primary) {
      row["Association"] = association;
    }
    entry["Association"] = std::move(association);
  }
  if (is_primary) {
    row["PrivateIpAddress"] = address;
  }
  array_of(row, "PrivateIpAddresses").push_back(std::move(entry));
}

json::object attachment_of(const InterfaceDraft& draft) {
  json::object attachment = object({{"AttachmentId", "eni-attach-0" + digest(draft.id)},
                                    {"DeleteOnTermination", true},
                                    {"DeviceIndex", draft.device},
                                    {"InstanceOwnerId", draft.instance_owner},
                                    {"Status", "attached"}});
  if (!draft.instance.empty()) {
    attachment["InstanceId"] = draft.instance;
  }
  return attachment;
}

}  // namespace

json::object& add_interface(Estate& estate, const InterfaceDraft& draft) {
  json::object row = object({{"NetworkInterfaceId", draft.id},
                             {"OwnerId", draft.place.account},
                             {"VpcId", draft.subnet->vpc},
                             {"SubnetId", draft.subnet->id},
                             {"AvailabilityZone", draft.subnet->zone},
                             {"Description", draft.description},
                             {"InterfaceType", draft.type},
                             {"Status", draft.status},
                             {"SourceDestCheck", draft.checks_source_dest},
                             {"RequesterManaged", !draft.requester.empty()},
                             {"MacAddress", "02:00:00:00:00:01"},
                             {"Groups", draft.groups},
                             {"Ipv6Addresses", json::array{}},
                             {"PrivateIpAddresses", json::array{}},
                             {"TagSet", json::array{}}});
  if (!draft.requester.empty()) {
    row["RequesterId"] = draft.requester;
  }
  if (draft.status == "in-use") {
    row["Attachment"] = attachment_of(draft);
  }
  for (const std::string& address : draft.addresses) {
    add_address(row, draft, address);
  }
  return estate.add(Kind::NetworkInterfaces, draft.place, draft.id, std::move(row)).value;
}

MadeInterface add_service_interface(Estate& estate, const Thing& owner, const Thing& subnet,
                                    ServiceInterface service) {
  std::string name = owner.name + ".eni";
  for (int number = 2; estate.find(name) != nullptr; ++number) {
    name = fmt::format("{}.eni{}", owner.name, number);
  }
  const std::string id = "eni-0" + digest(owner.id + name);
  estate.declare("eni", name, id, owner.place);
  const std::string address =
      service.address.empty() ? estate.free_address(subnet).text() : service.address;
  add_interface(estate, {.id = id,
                         .place = owner.place,
                         .subnet = &subnet,
                         .addresses = {address},
                         .public_addresses = std::move(service.public_addresses),
                         .groups = std::move(service.groups),
                         .type = std::move(service.type),
                         .description = std::move(service.description),
                         .requester = std::move(service.requester),
                         .instance_owner = std::move(service.instance_owner),
                         .checks_source_dest = service.checks_source_dest});
  return {.id = id, .address = address};
}

}  // namespace portolan::scenario
